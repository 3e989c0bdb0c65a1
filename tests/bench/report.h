/* What was measured, for people: Markdown on standard output and in results.md, and a bar for each ratio in
 * results.svg. */
#ifndef BENCH_REPORT_H
#define BENCH_REPORT_H

#include <stdbool.h>
#include <stdio.h>

enum { BARS_MAX = 64 };

struct bar {
    char label[80];
    double ratio;
    double limit; /* 0: none */
};

struct report {
    const char *folder;
    FILE *markdown;
    struct bar bars[BARS_MAX];
    size_t bar_count;
};

/* folder: where the files go, which are written anew; NULL for none, and standard output alone. */
void report_open(struct report *report, const char *folder);

/* Text as for printf. */
__attribute__((format(printf, 2, 3))) void report_print(struct report *report, const char *format, ...);

/* The last columns of a line: the limit and whether it holds; both empty where the limit is 0. Returns whether. */
bool report_limit(struct report *report, double value, double limit);

/* A bar of the chart. */
void report_bar(struct report *report, const char *database, const char *id, double ratio, double limit);

/* Writes the chart, and closes the files. */
void report_close(struct report *report);

#endif
