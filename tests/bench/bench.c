/* Measures Armature beside hand-written C on sqlite3 and on libpq, on the same rows in the same process, and prints
 * Markdown tables. Exits with 1 where a figure breaks the project's limit, and with 2 where something failed, which
 * includes that two sides have different rows.
 *
 *   bench FILE [--rounds N] [--only WORKLOAD] [--database sqlite|postgresql]
 *   bench FILE --once SIDE --only WORKLOAD --database sqlite|postgresql
 *   bench FILE --create
 *
 * FILE is SQLite's, and is filled where it lacks the rows. ARMATURE_TEST_URL names a PostgreSQL database, filled in the
 * same way; without it that half is left out. --once loads without a clock, for a profiler: SIDE is "Armature", or the
 * name of a hand-written side as the table has it. --create makes the rows and nothing else. */
#include "data.h"
#include "fail.h"
#include "timing.h"
#include "workload.h"

#include <getopt.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct options {
    const char *file;
    size_t rounds;
    const char *only;
    const char *database;
    const char *once;
    bool create;
};

static bool is_wanted(const struct options *options, const char *id, enum database database)
{
    return (options->only == NULL || strcmp(options->only, id) == 0) &&
           (options->database == NULL || strcmp(options->database, database_name(database)) == 0);
}

/* ---- Workloads ----------------------------------------------------------------------------------------------------- */

static bool measure(const struct workload *workload, const char *url, size_t rounds)
{
    const struct side *sides[SIDES_MAX];
    struct timing timings[SIDES_MAX];
    size_t count = 0, best = 0;
    while (count < REFERENCES_MAX && workload->references[count] != NULL) {
        sides[count] = workload->references[count];
        count++;
    }
    sides[count] = workload->armature;
    timing_compare(workload->id, url, workload->size, rounds, sides, count + 1, timings);
    for (size_t i = 1; i < count; i++)
        if (timings[i].ratio > timings[best].ratio)
            best = i;
    bool holds = workload->limit == 0 || timings[best].ratio <= workload->limit;
    printf("| %s | %s | %s | %.3f ms | %.3f ms | %.2f |", workload->id, workload->title, sides[best]->name,
           timings[best].milliseconds, timings[count].milliseconds, timings[best].ratio);
    if (workload->limit > 0)
        printf(" %.2f | %s |\n", workload->limit, holds ? "yes" : "no");
    else
        printf(" | |\n");
    return holds;
}

static bool measure_table(const struct options *options, enum database database, const char *url,
                          const struct workload *table, const char *reference)
{
    bool holds = true, has_head = false;
    for (const struct workload *workload = table; workload->id != NULL; workload++) {
        if (workload->database != database || !is_wanted(options, workload->id, database))
            continue;
        if (!has_head)
            printf("\n| | %s, %zu rounds | %s | takes | Armature | ratio | at most | holds |\n"
                   "|---|---|---|---|---|---|---|---|\n",
                   database_name(database), options->rounds, reference);
        has_head = true;
        holds &= measure(workload, url, options->rounds);
    }
    return holds;
}

static bool measure_workloads(const struct options *options, enum database database, const char *url)
{
    bool holds = measure_table(options, database, url, workloads, "hand-written C");
    holds &= measure_table(options, database, url, plan_workloads, "the better plan");
    return holds;
}

static bool load_once(const struct options *options, const struct workload *table, enum database database,
                      const char *url)
{
    for (const struct workload *workload = table; workload->id != NULL; workload++) {
        if (workload->database != database || !is_wanted(options, workload->id, database))
            continue;
        const struct side *side = strcmp(options->once, "Armature") == 0 ? workload->armature : NULL;
        for (size_t i = 0; i < REFERENCES_MAX && workload->references[i] != NULL; i++)
            if (strcmp(options->once, workload->references[i]->name) == 0)
                side = workload->references[i];
        if (side == NULL)
            bench_fail(options->once, "no such side");
        timing_once(side, url, workload->size);
        printf("%zu rows\n", workload->rows);
    }
    return true;
}

/* ---- The program --------------------------------------------------------------------------------------------------- */

/* glibc returns freed memory to the kernel and takes page faults for it again, which costs libpq's full results more
 * than anything else. Who measures libpq raises the thresholds; so the hand-written sides have it as good as can be. */
static void keep_freed_memory(void)
{
    if (mallopt(M_MMAP_THRESHOLD, 1 << 30) == 0 || mallopt(M_TRIM_THRESHOLD, 1 << 30) == 0)
        bench_fail("malloc", "takes no options");
}

static struct options parse(int argc, char **argv)
{
    static const struct option long_options[] = {
        {"rounds", required_argument, NULL, 'r'},   {"only", required_argument, NULL, 'o'},
        {"database", required_argument, NULL, 'd'}, {"once", required_argument, NULL, '1'},
        {"create", no_argument, NULL, 'c'},         {0}};
    struct options options = {.rounds = 51};
    int option;
    while ((option = getopt_long(argc, argv, "", long_options, NULL)) != -1) {
        if (option == 'r')
            options.rounds = strtoul(optarg, NULL, 10);
        else if (option == 'o')
            options.only = optarg;
        else if (option == 'd')
            options.database = optarg;
        else if (option == '1')
            options.once = optarg;
        else if (option == 'c')
            options.create = true;
        else
            exit(2);
    }
    if (optind + 1 != argc || options.rounds == 0) {
        fprintf(stderr, "usage: bench FILE [--rounds N] [--only WORKLOAD] [--database sqlite|postgresql]"
                        " [--once SIDE | --create]\n");
        exit(2);
    }
    options.file = argv[optind];
    return options;
}

static bool run(const struct options *options, enum database database, const char *url)
{
    if (options->create)
        return true;
    if (options->once != NULL)
        return load_once(options, workloads, database, url) && load_once(options, plan_workloads, database, url);
    return measure_workloads(options, database, url);
}

int main(int argc, char **argv)
{
    struct options options = parse(argc, argv);
    const char *postgresql = getenv("ARMATURE_TEST_URL");
    bool holds = true;
    setvbuf(stdout, NULL, _IOLBF, 0);
    keep_freed_memory();
    if (options.database == NULL || strcmp(options.database, "sqlite") == 0) {
        char url[4096];
        snprintf(url, sizeof url, "sqlite:%s", options.file);
        data_create_sqlite(url);
        holds &= run(&options, SQLITE, url);
    }
    if (postgresql != NULL && (options.database == NULL || strcmp(options.database, "postgresql") == 0)) {
        data_create_postgresql(postgresql);
        holds &= run(&options, POSTGRESQL, postgresql);
    }
    return holds ? 0 : 1;
}
