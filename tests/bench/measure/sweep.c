/* W4 with 1 to 10,000 parents: Armature compared with all strategies. The best one depends on the size. */
#include "measure.h"

#include "timing.h"

enum { ROUNDS = 11 };

static const struct side *const sqlite_strategies[] = {&sqlite_tree, &sqlite_tree_scan, &sqlite_tree_loop, NULL};
static const struct side *const postgresql_strategies[] = {&postgresql_tree, &postgresql_tree_join,
                                                           &postgresql_tree_scan, &postgresql_tree_loop, NULL};

static void print_head(const struct measurement *measurement, const struct side *const *strategies)
{
    report_print(measurement->report, "\n| %s, users with 10 posts each |", database_name(measurement->database));
    for (size_t i = 0; strategies[i] != NULL; i++)
        report_print(measurement->report, " %s |", strategies[i]->name);
    report_print(measurement->report, " Armature | ratio to the best | at most | holds |\n|---|---|---|---|");
    for (size_t i = 0; strategies[i] != NULL; i++)
        report_print(measurement->report, "---|");
    report_print(measurement->report, "---|\n");
}

static bool measure_size(const struct measurement *measurement, const struct side *const *strategies, size_t size)
{
    static const double limit = 1.15;
    const struct side *sides[SIDES_MAX];
    struct timing timings[SIDES_MAX];
    size_t count = 0, best = 0;
    for (; strategies[count] != NULL; count++)
        sides[count] = strategies[count];
    sides[count] = &armature_tree;
    /* Loads of microseconds need more rounds than loads of tenths of a second. */
    size_t rounds = size < 1000 || measurement->rounds < ROUNDS ? measurement->rounds : ROUNDS;
    timing_compare("sweep", measurement->url, size, rounds, sides, count + 1, timings);
    report_print(measurement->report, "| %zu |", size);
    for (size_t i = 0; i < count; i++) {
        report_print(measurement->report, " %.3f ms |", timings[i].milliseconds);
        if (timings[i].ratio > timings[best].ratio)
            best = i;
    }
    report_print(measurement->report, " %.3f ms | %.2f |", timings[count].milliseconds, timings[best].ratio);
    return report_limit(measurement->report, timings[best].ratio, limit);
}

bool measure_sweep(const struct measurement *measurement)
{
    const struct side *const *strategies = measurement->database == SQLITE ? sqlite_strategies : postgresql_strategies;
    bool holds = true;
    if (!measure_wants(measurement, "sweep"))
        return true;
    print_head(measurement, strategies);
    for (size_t size = 1; size <= 10000; size *= 10)
        holds &= measure_size(measurement, strategies, size);
    return holds;
}
