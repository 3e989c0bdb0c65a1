/* What to look at first: missing indexes, differences of the database, and what is conspicuous in a recorded run. */
#include "report/html.h"
#include "report/report.h"

#include <string.h>

size_t report_finding_count(const struct report *report)
{
    size_t count = 0;
    for (size_t i = 0; i < report->missing_count; i++)
        count += report->missing[i].excuse == NULL;
    if (report->database != NULL)
        count += report->database->differences.item_count;
    if (report->run != NULL)
        count += report->run->repeat_count + report->run->unread_count + report->run->failure_count;
    return count;
}

static void open_finding(struct text *out, const char *class, const char *kind)
{
    html_add(out, "<li><span class=\"tag $\">$</span> ", class, kind);
}

static void add_missing(struct text *out, const struct report *report)
{
    struct arena *arena = report->arena;
    for (size_t i = 0; i < report->missing_count; i++) {
        const struct report_missing *missing = &report->missing[i];
        if (missing->excuse != NULL)
            continue;
        open_finding(out, "bad", "index");
        html_add(out,
                 "<a href=\"#$\">$</a> reads every row of <code>$</code>: it lacks an index on <code>$</code></li>\n",
                 report_model_id(report, missing->planned->model), missing->planned->title,
                 missing->index->model->table, missing_index_columns(arena, missing->index, ", ", false));
    }
}

/* Add the line of the header; a difference that no struct is about has none. */
static void add_location(struct text *out, const struct report *report, struct location at)
{
    if (at.file == NULL)
        return;
    html_add(out, " <span class=\"dim\">$:$</span>",
             at.order < report->set->header_count ? report->set->headers[at.order].relative : at.file,
             html_value(report->arena, at.line));
}

static void add_differences(struct text *out, const struct report *report)
{
    const struct diagnostics *differences = &report->database->differences;
    for (size_t i = 0; i < differences->item_count; i++) {
        const struct diagnostic *difference = &differences->items[i];
        open_finding(out, strcmp(difference->severity, "error") == 0 ? "bad" : "mild", "database");
        html_text(out, difference->message);
        add_location(out, report, difference->at);
        text_add(out, "</li>\n");
    }
}

/* Return what statements that run once per record could be instead. */
static const char *advice(const struct run_repeat *repeat)
{
    if (strcmp(repeat->reason, "lazy") == 0)
        return "load the relation with the query, or for all records at once";
    if (strcmp(repeat->reason, "explicit") == 0)
        return "load the relation for all records at once";
    if (strcmp(repeat->reason, "save") == 0)
        return "write many records at once";
    return "read them in one query";
}

static void add_repeats(struct text *out, const struct report *report)
{
    struct arena *arena = report->arena;
    for (size_t i = 0; i < report->run->repeat_count; i++) {
        const struct run_repeat *repeat = &report->run->repeats[i];
        const char *what = repeat->relation != NULL ? repeat->relation
                           : repeat->model != NULL  ? repeat->model
                                                    : "a statement";
        open_finding(out, "mild", "repeated");
        html_add(out, "<a href=\"#repeated\">$</a>: the same $ ran $ in one session. Perhaps: $.</li>\n", what,
                 repeat->reason, html_count(arena, repeat->most, "time", "times"), advice(repeat));
    }
}

static void add_run(struct text *out, const struct report *report)
{
    struct arena *arena = report->arena;
    const struct run *run = report->run;
    for (size_t i = 0; i < run->failure_count; i++) {
        open_finding(out, "bad", "failed");
        html_add(out, "<a href=\"#failed\">$</a>, $: <code>$</code></li>\n", run->failures[i].status,
                 html_count(arena, run->failures[i].count, "time", "times"), run->failures[i].sql);
    }
    for (size_t i = 0; i < run->unread_count; i++) {
        open_finding(out, "mild", "unread");
        html_add(out, "<a href=\"#unread\">$</a>: $ of $, never read</li>\n", run->unread[i].relation,
                 html_number(arena, run->unread[i].unread), html_count(arena, run->unread[i].loads, "load", "loads"));
    }
    add_repeats(out, report);
}

void report_findings(struct text *out, const struct report *report)
{
    text_add(out, "<section id=\"findings\" class=\"card\">\n<h2>Findings</h2>\n");
    if (report_finding_count(report) == 0)
        text_add(out, "<p class=\"empty\">Nothing was found: every statement has the index that it needs.</p>\n");
    text_add(out, "<ul class=\"findings\">\n");
    add_missing(out, report);
    if (report->database != NULL)
        add_differences(out, report);
    if (report->run != NULL)
        add_run(out, report);
    text_add(out, "</ul>\n</section>\n");
}
