/* Write the results as Markdown and as a bar chart. */
#include "report.h"

#include "fail.h"

#include <stdarg.h>

static FILE *create(const char *folder, const char *name)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    if (file == NULL)
        bench_fail(path, "cannot create the file");
    return file;
}

void report_open(struct report *report, const char *folder)
{
    *report = (struct report){.folder = folder};
    if (folder != NULL)
        report->markdown = create(folder, "results.md");
}

void report_print(struct report *report, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vprintf(format, arguments);
    va_end(arguments);
    if (report->markdown == NULL)
        return;
    va_start(arguments, format);
    vfprintf(report->markdown, format, arguments);
    va_end(arguments);
}

bool report_limit(struct report *report, double value, double limit)
{
    if (limit > 0)
        report_print(report, " %.2f | %s |\n", limit, value <= limit ? "yes" : "no");
    else
        report_print(report, " | |\n");
    return limit <= 0 || value <= limit;
}

void report_bar(struct report *report, const char *database, const char *id, double ratio, double limit)
{
    if (report->bar_count == BARS_MAX)
        bench_fail("report", "too many bars");
    struct bar *bar = &report->bars[report->bar_count++];
    snprintf(bar->label, sizeof bar->label, "%s %s", database, id);
    bar->ratio = ratio;
    bar->limit = limit;
}

/* ---- The chart ------------------------------------------------------------------------------------------------------
 */

static const int LEFT = 150, ROW = 20, TOP = 44, UNIT = 280 /* of a ratio of 1 */, LONGEST = 560, WIDTH = 800;

static double length_of(double ratio)
{
    return ratio * UNIT < LONGEST ? ratio * UNIT : LONGEST;
}

/* Draw a bar whose length is the ratio, red if it exceeds the limit, and a mark at the limit. */
static void write_bar(FILE *svg, const struct bar *bar, size_t row)
{
    double y = TOP + (double)row * ROW;
    const char *color = bar->limit > 0 && bar->ratio > bar->limit ? "#c0504d" : "#4f81bd";
    fprintf(svg, "<text x=\"%d\" y=\"%.0f\" text-anchor=\"end\">%s</text>\n", LEFT - 8, y + 13, bar->label);
    fprintf(svg, "<rect x=\"%d\" y=\"%.0f\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>\n", LEFT, y + 2,
            length_of(bar->ratio), ROW - 4, color);
    if (bar->limit > 0)
        fprintf(svg, "<rect x=\"%.1f\" y=\"%.0f\" width=\"2\" height=\"%d\" fill=\"black\"/>\n",
                LEFT + length_of(bar->limit) - 1, y, ROW);
    double end = length_of(bar->ratio > bar->limit ? bar->ratio : bar->limit);
    fprintf(svg, "<text x=\"%.1f\" y=\"%.0f\">%.2f</text>\n", LEFT + end + 6, y + 13, bar->ratio);
}

static void write_chart(const struct report *report, FILE *svg)
{
    double height = TOP + (double)report->bar_count * ROW + 10;
    fprintf(svg,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%.0f\" font-family=\"sans-serif\""
            " font-size=\"12\">\n<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>\n"
            "<text x=\"10\" y=\"18\" font-size=\"14\">Armature's time relative to hand-written C (line: 1); mark: limit"
            "</text>\n",
            WIDTH, height);
    for (size_t i = 0; i < report->bar_count; i++)
        write_bar(svg, &report->bars[i], i);
    fprintf(svg, "<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%.0f\" stroke=\"gray\" stroke-dasharray=\"4 3\"/>\n</svg>\n",
            LEFT + UNIT, TOP - 12, LEFT + UNIT, height - 6);
}

static void close_file(FILE *file)
{
    if (ferror(file) != 0 || fclose(file) != 0)
        bench_fail("report", "cannot write the file");
}

void report_close(struct report *report)
{
    if (report->folder == NULL)
        return;
    FILE *svg = create(report->folder, "results.svg");
    write_chart(report, svg);
    close_file(svg);
    close_file(report->markdown);
}
