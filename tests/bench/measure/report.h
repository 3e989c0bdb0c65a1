/* Report the results: Markdown on standard output and in results.md, and a bar chart of the ratios in results.svg. */
#ifndef BENCH_REPORT_H
#define BENCH_REPORT_H

#include <stdbool.h>
#include <stdio.h>

enum { BARS_MAX = 96 };

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

/* Create the files in `folder`, overwriting old ones. If it is NULL, write only to standard output. */
void report_open(struct report *report, const char *folder);

/* Print like printf(). */
__attribute__((format(printf, 2, 3))) void report_print(struct report *report, const char *format, ...);

/* Print the last columns of a line: the limit and "yes" or "no"; both are empty if the limit is 0. Return false if the
 * value exceeds the limit. */
bool report_limit(struct report *report, double value, double limit);

/* Add a bar to the chart. */
void report_bar(struct report *report, const char *database, const char *id, double ratio, double limit);

/* Write the chart and close the files. */
void report_close(struct report *report);

#endif
