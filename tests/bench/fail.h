/* How a part of the benchmark fails: a benchmark that fails has nothing to tell. */
#ifndef BENCH_FAIL_H
#define BENCH_FAIL_H

#include <stddef.h>

/* Ends the program with the message and status 2. */
_Noreturn void bench_fail(const char *what, const char *message);

/* calloc and realloc that do not return without memory. */
void *bench_allocate(size_t count, size_t size);
void *bench_resize(void *memory, size_t count, size_t size);

#endif
