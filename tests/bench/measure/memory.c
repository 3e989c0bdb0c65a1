/* M: bytes of memory per record, and what a clear keeps, with each side in a separate process. */
#include "armature_side.h"
#include "data.h"
#include "data_shapes.h"
#include "fail.h"
#include "measure.h"

#include <malloc.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* In bytes, excluding SQLite's memory, because its page cache is kept for later statements. */
struct usage {
    int64_t heap; /* in use */
    int64_t resident;
};

static struct usage usage_now(void)
{
    struct mallinfo2 info = mallinfo2();
    struct usage usage = {.heap = (int64_t)(info.uordblks + info.hblkhd) - sqlite3_memory_used()};
    char text[128];
    FILE *file = fopen("/proc/self/statm", "r");
    if (file == NULL || fgets(text, sizeof text, file) == NULL)
        bench_fail("memory", "/proc/self/statm cannot be read");
    (void)fclose(file);
    const char *resident = strchr(text, ' '); /* the second number, in pages */
    int64_t pages = resident != NULL ? strtol(resident, NULL, 10) : 0;
    usage.resident = pages * sysconf(_SC_PAGESIZE) - sqlite3_memory_used();
    return usage;
}

/* The increase in memory use by one load, and what is left of the heap after ar_session_clear(). */
struct increase {
    struct usage loaded;
    int64_t cleared; /* 0 if not by Armature */
};

/* In the child process: load once, and write the increase to `out`. */
_Noreturn static void use(const struct side *side, const char *url, bool is_armature, int out)
{
    void *state = side->open(url, POST_COUNT);
    (void)malloc_trim(0); /* otherwise freed memory would be reused without counting */
    struct usage before = usage_now();
    side->load(state);
    struct usage after = usage_now();
    struct increase more = {.loaded = {after.heap - before.heap, after.resident - before.resident}};
    if (is_armature) {
        ar_session_clear(((struct armature_side *)state)->session);
        more.cleared = usage_now().heap - before.heap;
    }
    if (write(out, &more, sizeof more) != (ssize_t)sizeof more)
        _exit(2);
    side->close(state);
    _exit(0);
}

static struct increase increase_of(const struct side *side, const char *url, bool is_armature)
{
    struct increase increase;
    int ends[2], status;
    if (pipe(ends) != 0)
        bench_fail("memory", "no pipe");
    (void)fflush(NULL); /* or the child would write the buffered output again */
    pid_t child = fork();
    if (child == 0)
        use(side, url, is_armature, ends[1]);
    if (child < 0 || read(ends[0], &increase, sizeof increase) != (ssize_t)sizeof increase ||
        waitpid(child, &status, 0) != child)
        bench_fail("memory", "a side failed");
    (void)close(ends[0]);
    (void)close(ends[1]);
    return increase;
}

/* Rows of one kind, and the sides that load them. */
struct rows_in_memory {
    const char *title;
    size_t count;
    const struct side *by_hand[2]; /* by database */
    const struct side *armature, *armature_read_only;
    double limit, read_only_limit; /* of the ratios */
    double megabytes;              /* kept after a clear, at most */
};

static bool print_line(const struct measurement *measurement, const struct rows_in_memory *rows, const char *name,
                       struct usage usage, struct usage base, double limit)
{
    double ratio = (double)usage.heap / (double)base.heap;
    report_print(measurement->report, "| M | %s | %s | %.1f B | %.1f B | %.2f |", rows->title, name,
                 (double)usage.heap / (double)rows->count, (double)usage.resident / (double)rows->count, ratio);
    return report_limit(measurement->report, ratio, limit);
}

static bool print_kept(const struct measurement *measurement, const struct rows_in_memory *rows, const char *name,
                       int64_t kept)
{
    double megabytes = (double)kept / 1e6;
    report_print(measurement->report, "| M | %s | %s, MB after a clear | %.1f | | |", rows->title, name, megabytes);
    return report_limit(measurement->report, megabytes, rows->megabytes);
}

static bool measure_rows(const struct measurement *measurement, const struct rows_in_memory *rows)
{
    static const char name[] = "Armature", read_only_name[] = "Armature, read-only session";
    struct increase base = increase_of(rows->by_hand[measurement->database], measurement->url, false);
    struct increase usual = increase_of(rows->armature, measurement->url, true);
    struct increase read_only = increase_of(rows->armature_read_only, measurement->url, true);
    bool holds = print_line(measurement, rows, "by hand", base.loaded, base.loaded, 0);
    holds &= print_line(measurement, rows, name, usual.loaded, base.loaded, rows->limit);
    holds &= print_line(measurement, rows, read_only_name, read_only.loaded, base.loaded, rows->read_only_limit);
    holds &= print_kept(measurement, rows, name, usual.cleared);
    holds &= print_kept(measurement, rows, read_only_name, read_only.cleared);
    return holds;
}

bool measure_memory(const struct measurement *measurement)
{
    static const struct rows_in_memory posts = {"a record of 100,000 posts",
                                                POST_COUNT,
                                                {&sqlite_posts, &postgresql_posts},
                                                &armature_posts,
                                                &armature_posts_read_only,
                                                1.6,
                                                1.2,
                                                128};
    /* Of 48 bytes, half of them a string: the header, the image and the identity map weigh more. */
    static const struct rows_in_memory marks = {"a record of 1,000,000 small rows",
                                                MARK_COUNT,
                                                {&sqlite_marks, &postgresql_marks},
                                                &armature_marks,
                                                &armature_marks_read_only,
                                                2.7,
                                                2.2,
                                                128};
    if (!measure_wants(measurement, "M"))
        return true;
    report_print(measurement->report,
                 "\n| %s | | | heap in use | resident | ratio of heap | at most | holds |\n"
                 "|---|---|---|---|---|---|---|---|\n",
                 database_name(measurement->database));
    bool holds = measure_rows(measurement, &posts);
    return measure_rows(measurement, &marks) && holds;
}
