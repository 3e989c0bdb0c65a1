/* Error handling of the benchmark: any failure ends the program, because its results would be meaningless. */
#ifndef BENCH_FAIL_H
#define BENCH_FAIL_H

#include <stddef.h>

/* Print the message and exit with status 2. */
_Noreturn void bench_fail(const char *what, const char *message);

/* Like calloc() and realloc(), but exit if memory is exhausted. */
void *bench_allocate(size_t count, size_t size);
void *bench_resize(void *memory, size_t count, size_t size);

#endif
