/* Measures Armature beside hand-written C on sqlite3 and on libpq, on the same rows in the same process, and prints
 * Markdown tables. Exits with 1 where a figure breaks the project's limit, and with 2 where something failed, which
 * includes that two sides have different rows.
 *
 *   bench FILE [--rounds N] [--only PART | --without PART] [--database sqlite|postgresql] [--output FOLDER]
 *              [--default-malloc]
 *   bench FILE --once SIDE --only WORKLOAD --database sqlite|postgresql
 *   bench FILE --create
 *
 * FILE is SQLite's, and is filled where it lacks the rows. ARMATURE_TEST_URL names a PostgreSQL database, filled in the
 * same way; without it that half is left out. --once loads without a clock, for a profiler: SIDE is "Armature", or the
 * name of a hand-written side as the table has it. --create makes the rows and nothing else. PART is a workload,
 * or M, W10, sweep, threads. FOLDER receives results.md and results.svg. --default-malloc: see keep_freed_memory. */
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
    const char *only, *without;
    const char *database;
    const char *once;
    const char *output;
    bool create;
    bool default_malloc;
};

/* The side that --once names, or NULL. */
static const struct side *find_side(const char *name, const struct workload *workload)
{
    if (strcmp(name, "Armature") == 0)
        return workload->armature;
    for (size_t i = 0; i < REFERENCES_MAX && workload->references[i] != NULL; i++)
        if (strcmp(name, workload->references[i]->name) == 0)
            return workload->references[i];
    return NULL;
}

static void load_once(const struct options *options, const struct measurement *measurement)
{
    static const struct workload *const tables[] = {workloads, plan_workloads};
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
        for (const struct workload *workload = tables[i]; workload->id != NULL; workload++) {
            if (workload->database != measurement->database || !measure_wants(measurement, workload->id))
                continue;
            const struct side *side = find_side(options->once, workload);
            if (side == NULL)
                bench_fail(options->once, "no such side");
            timing_once(side, measurement->url, workload->size);
            printf("%zu rows\n", workload->rows);
        }
    }
}

/* ---- The program ---------------------------------------------------------------------------------------------------
 */

/* glibc returns freed memory to the kernel and takes page faults for it again, which costs libpq's full results more
 * than anything else. Who measures libpq raises the thresholds; so the hand-written sides have it as good as can be. */
static void keep_freed_memory(void)
{
    if (mallopt(M_MMAP_THRESHOLD, 1 << 30) == 0 || mallopt(M_TRIM_THRESHOLD, 1 << 30) == 0)
        bench_fail("malloc", "takes no options");
}

static struct options parse(int argc, char **argv)
{
    static const struct option long_options[] = {{"rounds", required_argument, NULL, 'r'},
                                                 {"only", required_argument, NULL, 'o'},
                                                 {"without", required_argument, NULL, 'w'},
                                                 {"database", required_argument, NULL, 'd'},
                                                 {"once", required_argument, NULL, '1'},
                                                 {"output", required_argument, NULL, 'f'},
                                                 {"create", no_argument, NULL, 'c'},
                                                 {"default-malloc", no_argument, NULL, 'm'},
                                                 {0}};
    struct options options = {.rounds = 51};
    int option;
    while ((option = getopt_long(argc, argv, "", long_options, NULL)) != -1) {
        if (option == 'r')
            options.rounds = strtoul(optarg, NULL, 10);
        else if (option == 'o')
            options.only = optarg;
        else if (option == 'w')
            options.without = optarg;
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
        fprintf(stderr, "usage: bench FILE [--rounds N] [--only PART | --without PART] [--database sqlite|postgresql]"
                        " [--output FOLDER] [--default-malloc]"
                        " [--once SIDE | --create]\n");
        exit(2);
    }
    options.file = argv[optind];
    return options;
}

/* Every part of the benchmark but memory, on one database. */
static bool measure(const struct measurement *measurement)
{
    bool holds = measure_workloads(measurement);
    holds &= measure_plans(measurement);
    holds &= measure_slow_trips(measurement);
    holds &= measure_access(measurement);
    holds &= measure_sweep(measurement);
    holds &= measure_threads(measurement);
    return holds;
}

static bool is_wanted_database(const struct options *options, enum database database)
{
    return options->database == NULL || strcmp(options->database, database_name(database)) == 0;
}

/* The databases that are wanted, with their rows; returns how many. */
static size_t open_databases(const struct options *options, struct report *report, struct measurement *measurements)
{
    static char sqlite[4096];
    const char *postgresql = getenv("ARMATURE_TEST_URL");
    size_t count = 0;
    if (is_wanted_database(options, SQLITE)) {
        snprintf(sqlite, sizeof sqlite, "sqlite:%s", options->file);
        data_create_sqlite(sqlite);
        measurements[count++] = (struct measurement){.database = SQLITE, .url = sqlite};
    }
    if (postgresql != NULL && is_wanted_database(options, POSTGRESQL)) {
        data_create_postgresql(postgresql);
        measurements[count++] = (struct measurement){.database = POSTGRESQL, .url = postgresql};
    }
    for (size_t i = 0; i < count; i++) {
        measurements[i].rounds = options->rounds;
        measurements[i].only = options->only;
        measurements[i].without = options->without;
        measurements[i].report = report;
    }
    return count;
}

int main(int argc, char **argv)
{
    struct options options = parse(argc, argv);
    struct report report;
    struct measurement measurements[2];
    bool holds = true;
    setvbuf(stdout, NULL, _IOLBF, 0);
    if (!options.default_malloc)
        keep_freed_memory();
    data_tune_sqlite();
    report_open(&report, options.output);
    size_t count = open_databases(&options, &report, measurements);
    if (options.once != NULL) {
        for (size_t i = 0; i < count; i++)
            load_once(&options, &measurements[i]);
    } else if (!options.create) {
        /* Memory first: nothing has used any before. */
        for (size_t i = 0; i < count; i++)
            holds &= measure_memory(&measurements[i]);
        for (size_t i = 0; i < count; i++)
            holds &= measure(&measurements[i]);
    }
    report_close(&report);
    return holds ? 0 : 1;
}
