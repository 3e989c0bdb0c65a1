/* Time several sides of one workload in interleaved rounds. */
#include "timing.h"

#include "fail.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

uint64_t timing_nanoseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000U + (uint64_t)now.tv_nsec;
}

static int compare_numbers(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

double timing_quantile(double *numbers, size_t count, double share)
{
    qsort(numbers, count, sizeof *numbers, compare_numbers);
    return numbers[(size_t)((double)(count - 1) * share + 0.5)];
}

__attribute__((noinline)) void timing_load(const struct side *side, void *state)
{
    side->load(state);
}

/* Return the time of one load in milliseconds. */
static double time_load(const struct side *side, void *state)
{
    if (side->prepare != NULL)
        side->prepare(state);
    uint64_t start = timing_nanoseconds();
    side->load(state);
    return (double)(timing_nanoseconds() - start) / 1e6;
}

/* Time the second of two loads. The first one replaces the previous side's rows in the CPU caches; otherwise cache
 * misses would hide the difference between sides. */
static double time_of(const struct side *side, void *state)
{
    (void)time_load(side, state);
    return time_load(side, state);
}

static struct timing timing_of(const double *times, const double *last, size_t rounds)
{
    double *numbers = bench_allocate(rounds, sizeof *numbers);
    struct timing timing;
    for (size_t i = 0; i < rounds; i++)
        numbers[i] = last[i] / times[i];
    timing.ratio = timing_quantile(numbers, rounds, 0.5);
    memcpy(numbers, times, rounds * sizeof *numbers);
    timing.milliseconds = timing_quantile(numbers, rounds, 0.5);
    free(numbers);
    return timing;
}

void timing_compare(const char *name, const char *url, size_t size, size_t rounds, const struct side *const *sides,
                    size_t count, struct timing *timings)
{
    void *states[SIDES_MAX];
    double *times[SIDES_MAX];
    for (size_t i = 0; i < count; i++) {
        states[i] = sides[i]->open(url, size);
        times[i] = bench_allocate(rounds, sizeof(double));
    }
    for (size_t round = 0; round < rounds; round++)
        for (size_t i = 0; i < count; i++)
            times[i][round] = time_of(sides[i], states[i]);
    for (size_t i = 1; i < count; i++)
        if (sides[i]->checksum(states[i]) != sides[0]->checksum(states[0]))
            bench_fail(name, "two sides have different rows");
    for (size_t i = 0; i < count; i++)
        timings[i] = timing_of(times[i], times[count - 1], rounds);
    for (size_t i = 0; i < count; i++) {
        sides[i]->close(states[i]);
        free(times[i]);
    }
}

void timing_once(const struct side *side, const char *url, size_t size)
{
    void *state = side->open(url, size);
    for (int warm = 0; warm < 3; warm++) {
        if (side->prepare != NULL)
            side->prepare(state);
        side->load(state);
    }
    if (side->prepare != NULL)
        side->prepare(state);
    timing_load(side, state);
    side->close(state);
}
