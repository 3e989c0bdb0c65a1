/* Measures Armature beside hand-written C on sqlite3 and on libpq, on the same rows in the same process, in interleaved
 * rounds, and prints medians of times and of the rounds' ratios as Markdown tables. Exits with 1 where a ratio breaks the project's limit,
 * and with 2 where two sides have different rows.
 *
 *   bench FILE [ROUNDS]     FILE is created anew; 201 rounds without the second
 *
 * ARMATURE_TEST_URL names an empty PostgreSQL database; without it that half is left out. */
#include "data.h"
#include "proxy.h"
#include "workload.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static const double SQLITE_LIMIT = 1.3, POSTGRESQL_LIMIT = 1.25;
static const double ACCESS_LIMIT = 30.0;
static const double PLAN_LIMIT = 1.15;
static const double SLOW_TREE_GAIN = 1.8, SQLITE_INSERT_GAIN = 2, POSTGRESQL_INSERT_GAIN = 10;

enum { SIDES_MAX = 3, DELAY = 3 /* milliseconds a round trip */, FEWER_ROUNDS = 10 /* of what takes long */ };

void bench_fail(const char *what, const char *message)
{
    fprintf(stderr, "bench: %s: %s\n", what, message);
    exit(2);
}

const char *bench_sqlite_path(const char *url)
{
    return url + strlen("sqlite:");
}

uint64_t bench_nanoseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000U + (uint64_t)now.tv_nsec;
}

/* ---- Timing ------------------------------------------------------------------------------------------------------ */

static int compare_numbers(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

/* Sorts the numbers. */
static double median(double *numbers, size_t count)
{
    qsort(numbers, count, sizeof *numbers, compare_numbers);
    return numbers[count / 2];
}

static double *allocate_numbers(const char *name, size_t count)
{
    double *numbers = malloc(count * sizeof *numbers);
    if (numbers == NULL)
        bench_fail(name, "out of memory");
    return numbers;
}

/* In milliseconds. */
static double time_load(const struct side *side, void *state)
{
    if (side->prepare != NULL)
        side->prepare(state);
    uint64_t start = bench_nanoseconds();
    side->load(state);
    return (double)(bench_nanoseconds() - start) / 1e6;
}

/* The second of two loads: the first leaves nothing of the other side's rows in the processor's caches, where waiting
 * for memory would make both sides look alike. */
static double time_of(const struct side *side, void *state)
{
    (void)time_load(side, state);
    return time_load(side, state);
}

/* What one side took, and how many times as long as it the last side did: both medians. The ratio is taken within each
 * round, so that what slows the machine for a while slows both. */
struct timing {
    double milliseconds;
    double ratio;
};

static struct timing timing_of(const char *name, const double *times, const double *last, size_t rounds)
{
    double *numbers = allocate_numbers(name, rounds);
    struct timing timing;
    for (size_t i = 0; i < rounds; i++)
        numbers[i] = last[i] / times[i];
    timing.ratio = median(numbers, rounds);
    memcpy(numbers, times, rounds * sizeof *numbers);
    timing.milliseconds = median(numbers, rounds);
    free(numbers);
    return timing;
}

/* Times several sides of one workload. */
static void time_sides(const char *name, const char *url, size_t rounds, const struct side *const *sides, size_t count,
                       struct timing *timings)
{
    void *states[SIDES_MAX];
    double *times[SIDES_MAX];
    for (size_t i = 0; i < count; i++) {
        states[i] = sides[i]->open(url);
        times[i] = allocate_numbers(name, rounds);
    }
    for (size_t round = 0; round < rounds; round++)
        for (size_t i = 0; i < count; i++)
            times[i][round] = time_of(sides[i], states[i]);
    for (size_t i = 1; i < count; i++)
        if (sides[i]->checksum(states[i]) != sides[0]->checksum(states[0]))
            bench_fail(name, "two sides have different rows");
    for (size_t i = 0; i < count; i++)
        timings[i] = timing_of(name, times[i], times[count - 1], rounds);
    for (size_t i = 0; i < count; i++) {
        sides[i]->close(states[i]);
        free(times[i]);
    }
}

/* ---- Lines of the tables: true where the limit holds -------------------------------------------------------------- */

static bool print_line(const char *name, double left, double right, double ratio, double limit, bool holds)
{
    printf("| %s | %.3f ms | %.3f ms | %.2f | %.2f | %s |\n", name, left, right, ratio, limit, holds ? "yes" : "NO");
    return holds;
}

/* Armature beside hand-written C. */
static bool compare(const char *name, const char *url, size_t rounds, const struct side *hand_written,
                    const struct side *armature, double limit)
{
    struct timing timings[2];
    time_sides(name, url, rounds, (const struct side *const[]){hand_written, armature}, 2, timings);
    return print_line(name, timings[0].milliseconds, timings[1].milliseconds, timings[0].ratio, limit,
                      timings[0].ratio <= limit);
}

/* How much faster the one is than the other. */
static bool gain(const char *name, const char *url, size_t rounds, const struct side *slow, const struct side *fast,
                 double least)
{
    struct timing timings[2];
    time_sides(name, url, rounds, (const struct side *const[]){slow, fast}, 2, timings);
    return print_line(name, timings[0].milliseconds, timings[1].milliseconds, 1 / timings[0].ratio, least,
                      1 / timings[0].ratio >= least);
}

/* The plan that Armature chooses beside the better of the two. */
static bool compare_plans(const char *name, const char *url, size_t rounds, const struct side *waves,
                          const struct side *one_trip, const struct side *chosen)
{
    struct timing timings[3];
    time_sides(name, url, rounds, (const struct side *const[]){waves, one_trip, chosen}, 3, timings);
    const struct timing *better = timings[0].ratio > timings[1].ratio ? &timings[0] : &timings[1];
    return print_line(name, better->milliseconds, timings[2].milliseconds, better->ratio, PLAN_LIMIT,
                      better->ratio <= PLAN_LIMIT);
}

static bool print_access(const char *name, double nanoseconds)
{
    bool holds = nanoseconds < ACCESS_LIMIT;
    printf("| %s | | %.1f ns | | %.0f ns | %s |\n", name, nanoseconds, ACCESS_LIMIT, holds ? "yes" : "NO");
    return holds;
}

/* ---- Databases --------------------------------------------------------------------------------------------------- */

static size_t fewer(size_t rounds)
{
    return rounds > FEWER_ROUNDS ? rounds / FEWER_ROUNDS : 1;
}

static void print_head(const char *database, size_t rounds, const char *left, const char *right, const char *ratio,
                       const char *limit)
{
    printf("| %s, median of %zu | %s | %s | %s | %s | holds |\n|---|---|---|---|---|---|\n", database, rounds, left,
           right, ratio, limit);
}

static bool measure_sqlite(const char *path, size_t rounds)
{
    char url[4096];
    bool holds = true;
    snprintf(url, sizeof url, "sqlite:%s", path);
    data_create_sqlite(url);
    print_head("SQLite", rounds, "hand-written C", "Armature", "ratio", "at most");
    holds &= compare("10,000 rows of 5 columns", url, rounds, &sqlite_rows, &armature_rows, SQLITE_LIMIT);
    holds &= compare("1,000 users with 10 posts each, eager", url, rounds, &sqlite_tree, &armature_tree, SQLITE_LIMIT);
    holds &=
        compare("1,000 posts, then the user of each, lazy", url, rounds, &sqlite_lazy, &armature_lazy, SQLITE_LIMIT);
    struct access_times access = armature_access(url);
    holds &= print_access("access to a loaded has_many", access.has_many);
    holds &= print_access("access to a loaded belongs_to", access.belongs_to);
    printf("\n");
    print_head("SQLite", fewer(rounds), "one by one", "at once", "gain", "at least");
    holds &= gain("10,000 inserts in a transaction, Armature", url, fewer(rounds), &armature_insert_one_by_one,
                  &armature_insert_many, SQLITE_INSERT_GAIN);
    return holds;
}

static bool measure_postgresql(const char *url, size_t rounds)
{
    bool holds = true;
    data_create_postgresql(url);
    print_head("PostgreSQL", rounds, "hand-written C", "Armature", "ratio", "at most");
    holds &= compare("10,000 rows of 5 columns", url, rounds, &postgresql_rows, &armature_rows, POSTGRESQL_LIMIT);
    holds &= compare("1,000 users with 10 posts each, eager", url, rounds, &postgresql_tree, &armature_tree,
                     POSTGRESQL_LIMIT);
    holds &= compare("100 boards with 5 topics of 5 messages each, eager", url, rounds, &postgresql_levels,
                     &armature_levels, POSTGRESQL_LIMIT);
    printf("\n");
    print_head("PostgreSQL", rounds, "the better plan", "the chosen plan", "ratio", "at most");
    holds &= compare_plans("1,000 users with 10 posts each", url, rounds, &armature_tree_waves, &armature_tree_one_trip,
                           &armature_tree);
    holds &= compare_plans("100 boards with 5 topics of 5 messages each", url, rounds, &armature_levels_waves,
                           &armature_levels_one_trip, &armature_levels);
    printf("\n");
    print_head("PostgreSQL", fewer(rounds), "one by one", "at once", "gain", "at least");
    holds &= gain("10,000 inserts in a transaction, Armature", url, fewer(rounds), &armature_insert_one_by_one,
                  &armature_insert_many, POSTGRESQL_INSERT_GAIN);

    struct proxy *proxy = proxy_start(url);
    proxy_delay(proxy, DELAY);
    holds &=
        gain("100 boards with 5 topics of 5 messages each, 3 ms a round trip: hand-written C, Armature",
             proxy_url(proxy, ""), fewer(rounds), &postgresql_levels_in_sequence, &armature_levels, SLOW_TREE_GAIN);
    proxy_stop(proxy);
    return holds;
}

int main(int argc, char **argv)
{
    long rounds = argc == 3 ? strtol(argv[2], NULL, 10) : 201;
    if (argc < 2 || argc > 3 || rounds < 1) {
        fprintf(stderr, "usage: bench FILE [ROUNDS]\n");
        return 2;
    }
    setvbuf(stdout, NULL, _IOLBF, 0);
    bool holds = measure_sqlite(argv[1], (size_t)rounds);
    const char *url = getenv("ARMATURE_TEST_URL");
    printf("\n");
    if (url != NULL)
        holds &= measure_postgresql(url, (size_t)rounds);
    else
        printf("PostgreSQL is left out: ARMATURE_TEST_URL names no database.\n");
    return holds ? 0 : 1;
}
