/* Measures Armature beside hand-written C on sqlite3 and on libpq, on the same rows in the same process, and prints
 * Markdown tables. Exits with 1 where a figure breaks the project's limit, and with 2 where something failed, which
 * includes that two sides have different rows.
 *
 *   bench FILE [--rounds N] [--only PART] [--database sqlite|postgresql] [--output FOLDER]
 *              [--default-malloc]
 *   bench FILE --once SIDE --only WORKLOAD --database sqlite|postgresql
 *   bench FILE --create
 *
 * FILE is SQLite's, and is filled where it lacks the rows. ARMATURE_TEST_URL names a PostgreSQL database, filled in the
 * same way; without it that half is left out. --once loads without a clock, for a profiler: SIDE is "Armature", or the
 * name of a hand-written side as the table has it. --create makes the rows and nothing else. PART is a workload,
 * or M, W10, sweep, threads. FOLDER receives results.md and results.svg. */
#include "data.h"
#include "fail.h"
#include "measure.h"
#include "timing.h"

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
    const char *output;
    bool create;
    bool default_malloc;
};

static bool is_wanted(const struct options *options, const struct workload *workload, enum database database)
{
    return workload->database == database && (options->only == NULL || strcmp(options->only, workload->id) == 0);
}

static void load_once(const struct options *options, const struct workload *table, enum database database,
                      const char *url)
{
    for (const struct workload *workload = table; workload->id != NULL; workload++) {
        if (!is_wanted(options, workload, database))
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
        {"output", required_argument, NULL, 'f'},   {"create", no_argument, NULL, 'c'},
        {"default-malloc", no_argument, NULL, 'm'}, {0}};
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
        else if (option == 'f')
            options.output = optarg;
        else if (option == 'c')
            options.create = true;
        else if (option == 'm')
            options.default_malloc = true;
        else
            exit(2);
    }
    if (optind + 1 != argc || options.rounds == 0) {
        fprintf(stderr, "usage: bench FILE [--rounds N] [--only PART] [--database sqlite|postgresql]"
                        " [--output FOLDER] [--default-malloc]"
                        " [--once SIDE | --create]\n");
        exit(2);
    }
    options.file = argv[optind];
    return options;
}

/* Every part of the benchmark, on one database; memory first, because nothing has used any before. */
static bool measure(const struct options *options, struct report *report, enum database database, const char *url)
{
    const struct measurement measurement = {database, url, options->rounds, options->only, report};
    bool holds = measure_memory(&measurement);
    holds &= measure_workloads(&measurement);
    holds &= measure_plans(&measurement);
    holds &= measure_slow_trips(&measurement);
    holds &= measure_access(&measurement);
    holds &= measure_sweep(&measurement);
    holds &= measure_threads(&measurement);
    return holds;
}

static bool run(const struct options *options, struct report *report, enum database database, const char *url)
{
    if (options->once != NULL) {
        load_once(options, workloads, database, url);
        load_once(options, plan_workloads, database, url);
    } else if (!options->create) {
        return measure(options, report, database, url);
    }
    return true;
}

static bool is_wanted_database(const struct options *options, enum database database)
{
    return options->database == NULL || strcmp(options->database, database_name(database)) == 0;
}

int main(int argc, char **argv)
{
    struct options options = parse(argc, argv);
    struct report report;
    const char *postgresql = getenv("ARMATURE_TEST_URL");
    bool holds = true;
    setvbuf(stdout, NULL, _IOLBF, 0);
    if (!options.default_malloc)
        keep_freed_memory();
    report_open(&report, options.output);
    if (is_wanted_database(&options, SQLITE)) {
        char url[4096];
        snprintf(url, sizeof url, "sqlite:%s", options.file);
        data_create_sqlite(url);
        holds &= run(&options, &report, SQLITE, url);
    }
    if (postgresql != NULL && is_wanted_database(&options, POSTGRESQL)) {
        data_create_postgresql(postgresql);
        holds &= run(&options, &report, POSTGRESQL, postgresql);
    }
    report_close(&report);
    return holds ? 0 : 1;
}
