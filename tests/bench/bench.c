/* Measures Armature beside hand-written sqlite3 C, on the same file in the same process, in interleaved rounds, and
 * prints medians and their ratios as a Markdown table. Exits with 1 where a ratio is above the project's limit, and
 * with 2 where the two sides read different rows.
 *
 *   bench FILE [ROUNDS]     FILE is created anew; 201 rounds without the second */
#include "data.h"
#include "workload.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static const double RATIO_LIMIT = 1.3;
static const double ACCESS_LIMIT = 30.0;

void bench_fail(const char *what, const char *message)
{
    fprintf(stderr, "bench: %s: %s\n", what, message);
    exit(2);
}

uint64_t bench_nanoseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000U + (uint64_t)now.tv_nsec;
}

static int compare_times(const void *left, const void *right)
{
    uint64_t a = *(const uint64_t *)left, b = *(const uint64_t *)right;
    return (a > b) - (a < b);
}

static double median_milliseconds(uint64_t *times, size_t count)
{
    qsort(times, count, sizeof *times, compare_times);
    return (double)times[count / 2] / 1e6;
}

/* The second of two loads: the first leaves nothing of the other side's rows in the processor's caches, where waiting
 * for memory would make both sides look alike. */
static uint64_t time_of(const struct side *side, void *state)
{
    side->load(state);
    uint64_t start = bench_nanoseconds();
    side->load(state);
    return bench_nanoseconds() - start;
}

/* Prints a line of the table; true where the limit holds. */
static bool measure(const struct workload *workload, const char *path, size_t rounds)
{
    const struct side *hand = &workload->hand_written, *armature = &workload->armature;
    void *hand_state = hand->open(path), *armature_state = armature->open(path);
    uint64_t *hand_times = malloc(rounds * sizeof(uint64_t)), *armature_times = malloc(rounds * sizeof(uint64_t));
    if (hand_times == NULL || armature_times == NULL)
        bench_fail(workload->name, "out of memory");

    for (size_t i = 0; i < rounds; i++) {
        hand_times[i] = time_of(hand, hand_state);
        armature_times[i] = time_of(armature, armature_state);
    }
    if (hand->checksum(hand_state) != armature->checksum(armature_state))
        bench_fail(workload->name, "the two sides read different rows");

    double reference = median_milliseconds(hand_times, rounds), own = median_milliseconds(armature_times, rounds);
    bool holds = own / reference <= RATIO_LIMIT;
    printf("| %s | %.3f ms | %.3f ms | %.2f | %.1f | %s |\n", workload->name, reference, own, own / reference,
           RATIO_LIMIT, holds ? "yes" : "NO");
    hand->close(hand_state);
    armature->close(armature_state);
    free(hand_times);
    free(armature_times);
    return holds;
}

static bool print_access(const char *name, double nanoseconds)
{
    bool holds = nanoseconds < ACCESS_LIMIT;
    printf("| %s | | %.1f ns | | %.0f ns | %s |\n", name, nanoseconds, ACCESS_LIMIT, holds ? "yes" : "NO");
    return holds;
}

int main(int argc, char **argv)
{
    const struct workload workloads[] = {
        {"10,000 rows of 5 columns", hand_written_rows, armature_rows},
        {"1,000 users with 10 posts each, eager", hand_written_tree, armature_tree},
        {"1,000 posts, then the user of each, lazy", hand_written_lazy, armature_lazy},
    };
    long rounds = argc == 3 ? strtol(argv[2], NULL, 10) : 201;
    if (argc < 2 || argc > 3 || rounds < 1) {
        fprintf(stderr, "usage: bench FILE [ROUNDS]\n");
        return 2;
    }
    data_create(argv[1]);

    bool holds = true;
    printf("| workload, median of %ld | hand-written C | Armature | ratio | limit | holds |\n", rounds);
    printf("|---|---|---|---|---|---|\n");
    for (size_t i = 0; i < sizeof workloads / sizeof workloads[0]; i++)
        holds &= measure(&workloads[i], argv[1], (size_t)rounds);
    struct access_times access = armature_access(argv[1]);
    holds &= print_access("access to a loaded has_many", access.has_many);
    holds &= print_access("access to a loaded belongs_to", access.belongs_to);
    return holds ? 0 : 1;
}
