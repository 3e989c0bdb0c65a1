/* Error handling of the benchmark. */
#include "fail.h"

#include <stdio.h>
#include <stdlib.h>

void bench_fail(const char *what, const char *message)
{
    fprintf(stderr, "bench: %s: %s\n", what, message);
    exit(2);
}

void *bench_allocate(size_t count, size_t size)
{
    void *memory = calloc(count, size);
    if (memory == NULL)
        bench_fail("memory", "out of memory");
    return memory;
}

void *bench_resize(void *memory, size_t count, size_t size)
{
    void *resized = realloc(memory, count * size);
    if (resized == NULL)
        bench_fail("memory", "out of memory");
    return resized;
}
