/* Throughput and latencies by kind of operation and phase. */
#include "report.h"

#include <stdio.h>
#include <stdlib.h>

static int compare(const void *a, const void *b)
{
    uint64_t left = *(const uint64_t *)a, right = *(const uint64_t *)b;
    return (left > right) - (left < right);
}

/* Collect the times of an operation in a phase. Return their number. */
static size_t collect(const struct stage *stage, enum operation operation, enum phase phase, uint64_t *times)
{
    size_t count = 0;

    for (unsigned w = 0; w < PROCESSES; w++)
        for (unsigned i = 0; i < stage->logs[w].measurement_count; i++) {
            const struct measurement *each = &stage->logs[w].measurements[i];
            if (each->operation == operation && each->phase == phase && each->status == AR_OK)
                times[count++] = each->nanoseconds;
        }
    qsort(times, count, sizeof *times, compare);
    return count;
}

static double milliseconds(uint64_t nanoseconds)
{
    return (double)nanoseconds / 1e6;
}

static void print_cell(const struct stage *stage, enum operation operation, enum phase phase, uint64_t *times)
{
    size_t count = collect(stage, operation, phase, times);
    double seconds = (double)(stage->began[phase + 1] - stage->began[phase]) / 1e9;

    if (count == 0)
        printf(" | %7s %7s %7s", "", "", "");
    else
        printf(" | %7.0f %7.1f %7.1f", (double)count / seconds, milliseconds(times[count / 2]),
               milliseconds(times[count * 99 / 100]));
}

void report(const struct stage *stage)
{
    uint64_t *times = calloc((size_t)PROCESSES * MAX_OPERATIONS, sizeof *times);
    static const char *const titles[PHASES] = {"before the failover", "during", "after"};
    enum phase last = stage->has_failover ? AFTER : BEFORE;

    if (times == NULL)
        return;
    printf("%-15s", "");
    for (enum phase phase = BEFORE; phase <= last; phase++)
        printf(" | %-23s", !stage->has_failover ? "" : titles[phase]);
    printf("\n%-15s", "");
    for (enum phase phase = BEFORE; phase <= last; phase++)
        printf(" | %7s %7s %7s", "/s", "p50 ms", "p99 ms");
    printf("\n");
    for (enum operation operation = 0; operation < OPERATIONS; operation++) {
        printf("%-15s", operation_name(operation));
        for (enum phase phase = BEFORE; phase <= last; phase++)
            print_cell(stage, operation, phase, times);
        printf("\n");
    }
    free(times);
}
