/* Measure workloads: compare Armature with the fastest hand-written side. */
#include "measure.h"

#include "proxy.h"
#include "timing.h"

#include <string.h>

bool measure_wants(const struct measurement *measurement, const char *id)
{
    if (measurement->without != NULL && strcmp(measurement->without, id) == 0)
        return false;
    return measurement->only == NULL || strcmp(measurement->only, id) == 0;
}

static double limit_of(const struct measurement *measurement, const struct workload *workload)
{
    bool is_raised = workload->limit > 0 && workload->limit < measurement->lowest_limit;
    return is_raised ? measurement->lowest_limit : workload->limit;
}

/* ---- One line ------------------------------------------------------------------------------------------------------
 */

/* Time the workload; return the number of references. Armature's timing comes after theirs. */
static size_t time_workload(const struct measurement *measurement, const struct workload *workload,
                            struct timing *timings)
{
    const struct side *sides[SIDES_MAX];
    size_t count = 0;
    while (count < REFERENCES_MAX && workload->references[count] != NULL) {
        sides[count] = workload->references[count];
        count++;
    }
    sides[count] = workload->armature;
    timing_compare(workload->id, measurement->url, workload->size, measurement->rounds, sides, count + 1, timings);
    return count;
}

/* Return the index of the reference with the largest ratio of Armature's time to its own. */
static size_t best_of(const struct timing *timings, size_t count)
{
    size_t best = 0;
    for (size_t i = 1; i < count; i++)
        if (timings[i].ratio > timings[best].ratio)
            best = i;
    return best;
}

static bool measure_one(const struct measurement *measurement, const struct workload *workload, bool has_bar)
{
    struct timing timings[SIDES_MAX];
    size_t count = time_workload(measurement, workload, timings);
    size_t best = best_of(timings, count);
    double limit = limit_of(measurement, workload);
    report_print(measurement->report, "| %s | %s | %s | %.3f ms | %.3f ms | %.2f |", workload->id, workload->title,
                 workload->references[best]->name, timings[best].milliseconds, timings[count].milliseconds,
                 timings[best].ratio);
    if (has_bar)
        report_bar(measurement->report, database_name(measurement->database), workload->id, timings[best].ratio, limit);
    return report_limit(measurement->report, timings[best].ratio, limit);
}

/* The limit is for the ratio to the first reference; that to the second one is printed. */
static bool measure_natural(const struct measurement *measurement, const struct workload *workload)
{
    enum { NATURAL, FASTEST, ARMATURE };
    struct timing timings[SIDES_MAX];
    time_workload(measurement, workload, timings);
    double limit = limit_of(measurement, workload);
    report_print(measurement->report, "| %s | %s | %s: %.3f ms | %s: %.3f ms | %.3f ms | %.2f | %.2f |", workload->id,
                 workload->title, workload->references[NATURAL]->name, timings[NATURAL].milliseconds,
                 workload->references[FASTEST]->name, timings[FASTEST].milliseconds, timings[ARMATURE].milliseconds,
                 timings[FASTEST].ratio, timings[NATURAL].ratio);
    report_bar(measurement->report, database_name(measurement->database), workload->id, timings[NATURAL].ratio, limit);
    return report_limit(measurement->report, timings[NATURAL].ratio, limit);
}

/* ---- Tables --------------------------------------------------------------------------------------------------------
 */

static bool is_wanted(const struct measurement *measurement, const struct workload *workload)
{
    return workload->database == measurement->database && measure_wants(measurement, workload->id);
}

static void print_head(const struct measurement *measurement, const char *reference)
{
    report_print(measurement->report,
                 "\n| %s | %zu rounds | %s | takes | Armature | ratio | at most | holds |\n"
                 "|---|---|---|---|---|---|---|---|\n",
                 database_name(measurement->database), measurement->rounds, reference);
}

/* Print a table. The chart contains only comparisons with C. */
static bool measure_table(const struct measurement *measurement, const struct workload *table, const char *reference)
{
    bool holds = true, has_head = false;
    for (const struct workload *workload = table; workload->id != NULL; workload++) {
        if (!is_wanted(measurement, workload))
            continue;
        if (!has_head)
            print_head(measurement, reference);
        has_head = true;
        holds &= measure_one(measurement, workload, table != plan_workloads);
    }
    return holds;
}

bool measure_workloads(const struct measurement *measurement)
{
    return measure_table(measurement, workloads, "by hand");
}

bool measure_plans(const struct measurement *measurement)
{
    return measure_table(measurement, plan_workloads, "the better plan");
}

bool measure_pages(const struct measurement *measurement)
{
    bool holds = true, has_head = false;
    for (const struct workload *workload = page_workloads; workload->id != NULL; workload++) {
        if (!is_wanted(measurement, workload))
            continue;
        if (!has_head)
            report_print(measurement->report,
                         "\n| %s | %zu rounds | by hand, naturally | the fastest | Armature | ratio to the fastest |"
                         " ratio | at most | holds |\n|---|---|---|---|---|---|---|---|---|\n",
                         database_name(measurement->database), measurement->rounds);
        has_head = true;
        holds &= measure_natural(measurement, workload);
    }
    return holds;
}

bool measure_slow_trips(const struct measurement *measurement)
{
    enum { ROUNDS = 11 };
    struct measurement slow = *measurement;
    struct proxy *proxy = NULL;
    bool holds = true;
    slow.rounds = measurement->rounds < ROUNDS ? measurement->rounds : ROUNDS;
    for (const struct slow_workload *each = slow_workloads; each->workload.id != NULL; each++) {
        if (!is_wanted(measurement, &each->workload))
            continue;
        if (proxy == NULL) {
            proxy = proxy_start(measurement->url);
            print_head(&slow, "by hand");
        }
        proxy_delay(proxy, each->delay);
        slow.url = proxy_url(proxy, "");
        holds &= measure_one(&slow, &each->workload, true);
    }
    proxy_stop(proxy);
    return holds;
}
