/* M: bytes of memory per record for 100,000 loaded posts, with each side in a separate process. */
#include "data.h"
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

/* In the child process: load once, and write the increase in memory use to `out`. */
_Noreturn static void use(const struct side *side, const char *url, int out)
{
    void *state = side->open(url, POST_COUNT);
    (void)malloc_trim(0); /* otherwise freed memory would be reused without counting */
    struct usage before = usage_now();
    side->load(state);
    struct usage after = usage_now();
    struct usage more = {after.heap - before.heap, after.resident - before.resident};
    if (write(out, &more, sizeof more) != (ssize_t)sizeof more)
        _exit(2);
    side->close(state);
    _exit(0);
}

static struct usage usage_of(const struct side *side, const char *url)
{
    struct usage usage;
    int ends[2], status;
    if (pipe(ends) != 0)
        bench_fail("memory", "no pipe");
    (void)fflush(NULL); /* or the child would write the buffered output again */
    pid_t child = fork();
    if (child == 0)
        use(side, url, ends[1]);
    if (child < 0 || read(ends[0], &usage, sizeof usage) != (ssize_t)sizeof usage ||
        waitpid(child, &status, 0) != child)
        bench_fail("memory", "a side failed");
    (void)close(ends[0]);
    (void)close(ends[1]);
    return usage;
}

static bool print_line(const struct measurement *measurement, const char *name, struct usage usage, struct usage base,
                       double limit)
{
    double ratio = (double)usage.heap / (double)base.heap;
    report_print(measurement->report, "| M | %s | %.1f B | %.1f B | %.2f |", name,
                 (double)usage.heap / (double)POST_COUNT, (double)usage.resident / (double)POST_COUNT, ratio);
    return report_limit(measurement->report, ratio, limit);
}

bool measure_memory(const struct measurement *measurement)
{
    static const double limit = 1.6, read_only_limit = 1.2;
    if (!measure_wants(measurement, "M"))
        return true;
    const struct side *by_hand = measurement->database == SQLITE ? &sqlite_posts : &postgresql_posts;
    struct usage base = usage_of(by_hand, measurement->url);
    report_print(measurement->report,
                 "\n| %s | a record of 100,000 posts | heap in use | resident | ratio of heap | at most | holds |\n"
                 "|---|---|---|---|---|---|---|\n",
                 database_name(measurement->database));
    bool holds = print_line(measurement, "by hand", base, base, 0);
    holds &= print_line(measurement, "Armature", usage_of(&armature_posts, measurement->url), base, limit);
    holds &= print_line(measurement, "Armature, read-only session",
                        usage_of(&armature_posts_read_only, measurement->url), base, read_only_limit);
    return holds;
}
