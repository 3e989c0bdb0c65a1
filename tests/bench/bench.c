/* Compare Armature with hand-written C on sqlite3 and libpq, on the same rows in the same process, and print Markdown
 * tables. Exit with 1 if a result exceeds its limit, and with 2 on failure, for example if two sides return different
 * rows.
 *
 *   bench FILE [--rounds N] [--only PART | --without PART] [--database sqlite|postgresql] [--output FOLDER]
 *              [--default-malloc] [--plain] [--lowest-limit RATIO]
 *   bench FILE --once SIDE --only WORKLOAD --database sqlite|postgresql
 *   bench FILE --create
 *
 * FILE is the SQLite database, filled if necessary. ARMATURE_TEST_URL is the PostgreSQL database, also filled if
 * necessary; without it, only SQLite is measured. --once runs one side without timing, for a profiler: SIDE is
 * "Armature" or the name of a hand-written side in the table. --create only creates the rows. PART is a workload, or
 * M, W10, sweep, threads. results.md and results.svg are written to FOLDER. --default-malloc: see keep_freed_memory.
 * --plain: Armature opens SQLite with .sqlite_plain. --lowest-limit: raise lower limits of ratios to this one. */
#include "armature_side.h"
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
    double lowest_limit;
};

/* Return the side with this name, or NULL. */
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
    static const struct workload *const tables[] = {workloads, page_workloads, plan_workloads};
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

/* Raise the thresholds at which glibc returns freed memory to the kernel. Otherwise page faults dominate the cost of
 * full results in libpq, and the hand-written sides would look slower than they are. */
static void keep_freed_memory(void)
{
    if (mallopt(M_MMAP_THRESHOLD, 1 << 30) == 0 || mallopt(M_TRIM_THRESHOLD, 1 << 30) == 0)
        bench_fail("malloc", "mallopt failed");
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
                                                 {"plain", no_argument, NULL, 'p'},
                                                 {"lowest-limit", required_argument, NULL, 'l'},
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
        else if (option == 'l')
            options.lowest_limit = strtod(optarg, NULL);
        else if (option == 'p')
            armature_is_plain = true;
        else
            exit(2);
    }
    if (optind + 1 != argc || options.rounds == 0) {
        fprintf(stderr, "usage: bench FILE [--rounds N] [--only PART | --without PART] [--database sqlite|postgresql]"
                        " [--output FOLDER] [--default-malloc] [--plain] [--lowest-limit RATIO]"
                        " [--once SIDE | --create]\n");
        exit(2);
    }
    options.file = argv[optind];
    return options;
}

/* Run all parts of the benchmark except memory on one database. Return false if a limit is exceeded. */
static bool measure(const struct measurement *measurement)
{
    bool holds = measure_workloads(measurement);
    holds &= measure_pages(measurement);
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

/* Create the selected databases and their rows; return the number of databases. */
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
        measurements[i].lowest_limit = options->lowest_limit;
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
        /* Measure memory first, before other parts use any. */
        for (size_t i = 0; i < count; i++)
            holds &= measure_memory(&measurements[i]);
        for (size_t i = 0; i < count; i++)
            holds &= measure(&measurements[i]);
    }
    report_close(&report);
    return holds ? 0 : 1;
}
