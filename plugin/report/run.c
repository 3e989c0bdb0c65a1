/* The recorded run: where its time went, what was slow, repeated or loaded for nothing, and all statements. */
#include "report/html.h"
#include "report/report.h"

#include <inttypes.h>
#include <string.h>

/* ---- Time by reason ---------------------------------------------------------------------------------------------- */

static void add_bar(struct text *out, const struct report *report)
{
    const struct run *run = report->run;
    text_add(out, "<div class=\"bar\" role=\"img\" aria-label=\"Time by reason\">\n");
    for (size_t i = 0; i < run->reason_count && run->total > 0; i++)
        html_add(out, "<i class=\"r-$\" style=\"flex-grow:$\" title=\"$: $\"></i>\n", run->reasons[i].name,
                 html_value(report->arena, run->reasons[i].total * 1000 / run->total), run->reasons[i].name,
                 html_duration(report->arena, run->reasons[i].total));
    text_add(out, "</div>\n<ul class=\"legend\">\n");
    for (size_t i = 0; i < run->reason_count; i++)
        html_add(out, "<li><i class=\"r-$\"></i>$ <b>$</b> <span class=\"dim\">$</span></li>\n", run->reasons[i].name,
                 run->reasons[i].name, html_duration(report->arena, run->reasons[i].total),
                 html_count(report->arena, run->reasons[i].count, "statement", "statements"));
    text_add(out, "</ul>\n");
}

static void add_summary(struct text *out, const struct report *report)
{
    struct arena *arena = report->arena;
    const struct run *run = report->run;
    html_add(out,
             "<p>$ in $: $, and $ in the database. Recorded from $ to $ by Armature $ on $, in <code>$</code>.</p>\n",
             html_count(arena, run->count, "statement", "statements"),
             html_count(arena, run->sessions, "session", "sessions"), html_count(arena, run->rows, "row", "rows"),
             html_duration(arena, run->total), run->opened_at, run->closed_at != NULL ? run->closed_at : "?",
             run->armature, run->database, report->run_title);
    if (run->closed_at == NULL)
        text_add(out, "<p class=\"note\">The program ended without closing the trace: its last statements are "
                      "missing.</p>\n");
    if (run->error != NULL)
        html_add(out, "<p class=\"note\">The recording stopped early: $.</p>\n", run->error);
    if (run->count == 0)
        text_add(out, "<p class=\"empty\">No statement was recorded.</p>\n");
}

/* ---- Tables ------------------------------------------------------------------------------------------------------ */

static void open_table(struct text *out, const char *id, const char *title, const char *explanation)
{
    html_add(out, "<h3 id=\"$\">$</h3>\n<p class=\"dim\">$</p>\n<div class=\"wide\"><table class=\"sort\">\n", id,
             title, explanation);
}

static void close_table(struct text *out)
{
    text_add(out, "</tbody></table></div>\n");
}

/* Add a cell with a number, or a duration, by which the table can be sorted. */
static void add_number(struct text *out, const struct report *report, uint64_t number)
{
    html_add(out, "<td class=\"num\" data-value=\"$\">$</td>", html_value(report->arena, number),
             html_number(report->arena, number));
}

static void add_time(struct text *out, const struct report *report, uint64_t time)
{
    html_add(out, "<td class=\"num\" data-value=\"$\">$</td>", html_value(report->arena, time),
             html_duration(report->arena, time));
}

/* Return the relation of the models with the name "post.comments", or NULL. */
static const struct relation *find_relation(const struct report *report, const char *name)
{
    const char *dot = name != NULL ? strchr(name, '.') : NULL;
    const struct model *model =
        dot != NULL ? model_find(report->set, arena_copy(report->arena, name, (size_t)(dot - name))) : NULL;
    return model != NULL ? model_relation(model, dot + 1) : NULL;
}

/* Add the cells that say what the statement is for. */
static void add_purpose(struct text *out, const struct report *report, const char *reason, const char *model_name,
                        const char *relation_name)
{
    const struct relation *relation = find_relation(report, relation_name);
    const struct model *model = relation != NULL     ? relation->owner
                                : model_name != NULL ? model_find(report->set, model_name)
                                                     : NULL;
    const char *name = relation_name != NULL ? relation_name : model_name;
    html_add(out, "<td><span class=\"tag r-$\">$</span></td><td>", reason, reason);
    if (model != NULL)
        html_add(out, "<a href=\"#$\">$</a></td>", report_model_id(report, model), name);
    else
        html_add(out, "$</td>", name);
}

static void add_sql(struct text *out, const char *sql)
{
    text_add(out, "<td class=\"sqlcell\"><code class=\"sql\">");
    html_sql(out, sql);
    text_add(out, "</code></td></tr>\n");
}

static void add_slowest(struct text *out, const struct report *report)
{
    const struct run *run = report->run;
    if (run->slowest_count == 0)
        return;
    open_table(out, "slowest", "Slowest", "The statements that took longest, each as it ran.");
    text_add(out, "<thead><tr><th class=\"num\">Time</th><th class=\"num\">Rows</th><th class=\"num\">Session</th>"
                  "<th>Reason</th><th>For</th><th>SQL</th></tr></thead><tbody>\n");
    for (size_t i = 0; i < run->slowest_count; i++) {
        const struct run_statement *statement = &run->slowest[i];
        text_add(out, "<tr data-filter>");
        add_time(out, report, statement->duration);
        add_number(out, report, statement->rows);
        add_number(out, report, statement->session);
        add_purpose(out, report, statement->reason, statement->model, statement->relation);
        add_sql(out, statement->sql);
    }
    close_table(out);
}

static void add_repeats(struct text *out, const struct report *report)
{
    const struct run *run = report->run;
    if (run->repeat_count == 0)
        return;
    open_table(out, "repeated", "Repeated",
               "The same SQL at least 5 times in one session: often a statement for each record, where one could serve "
               "all.");
    text_add(out, "<thead><tr><th class=\"num\">Most in a session</th><th class=\"num\">Sessions</th>"
                  "<th class=\"num\">Count</th><th class=\"num\">Total</th><th>Reason</th><th>For</th><th>SQL</th></tr>"
                  "</thead><tbody>\n");
    for (size_t i = 0; i < run->repeat_count; i++) {
        const struct run_repeat *repeat = &run->repeats[i];
        text_add(out, "<tr data-filter>");
        add_number(out, report, repeat->most);
        add_number(out, report, repeat->sessions);
        add_number(out, report, repeat->count);
        add_time(out, report, repeat->total);
        add_purpose(out, report, repeat->reason, repeat->model, repeat->relation);
        add_sql(out, repeat->sql);
    }
    close_table(out);
}

static void add_unread(struct text *out, const struct report *report)
{
    const struct run *run = report->run;
    if (run->unread_count == 0)
        return;
    open_table(out, "unread", "Loaded, but never read",
               "Relations that were loaded with a query or explicitly, and that the program did not access in the same "
               "session.");
    text_add(out, "<thead><tr><th>Relation</th><th>Reason</th><th class=\"num\">Loads</th>"
                  "<th class=\"num\">Never read</th><th class=\"num\">Their rows</th><th class=\"num\">Their time</th>"
                  "</tr></thead><tbody>\n");
    for (size_t i = 0; i < run->unread_count; i++) {
        const struct run_unread *unread = &run->unread[i];
        const struct relation *relation = find_relation(report, unread->relation);
        text_add(out, "<tr data-filter><td>");
        if (relation != NULL)
            html_add(out, "<a href=\"#$\">$</a>", report_model_id(report, relation->owner), unread->relation);
        else
            html_text(out, unread->relation);
        html_add(out, "</td><td><span class=\"tag r-$\">$</span></td>", unread->reason, unread->reason);
        add_number(out, report, unread->loads);
        add_number(out, report, unread->unread);
        add_number(out, report, unread->rows);
        add_time(out, report, unread->total);
        text_add(out, "</tr>\n");
    }
    close_table(out);
}

static void add_failures(struct text *out, const struct report *report)
{
    const struct run *run = report->run;
    if (run->failure_count == 0)
        return;
    open_table(out, "failed", "Failed", "Statements whose status is not AR_OK.");
    text_add(out, "<thead><tr><th>Status</th><th class=\"num\">Count</th><th>Reason</th><th>SQL</th></tr></thead>"
                  "<tbody>\n");
    for (size_t i = 0; i < run->failure_count; i++) {
        html_add(out, "<tr data-filter><td>$</td>", run->failures[i].status);
        add_number(out, report, run->failures[i].count);
        html_add(out, "<td><span class=\"tag r-$\">$</span></td>", run->failures[i].reason, run->failures[i].reason);
        add_sql(out, run->failures[i].sql);
    }
    close_table(out);
}

static void add_all(struct text *out, const struct report *report)
{
    const struct run *run = report->run;
    if (run->group_count == 0)
        return;
    open_table(out, "statements", "All statements", "By SQL, reason and relation; what took most time is first.");
    text_add(out,
             "<thead><tr><th class=\"num\">Total</th><th class=\"num\">Count</th><th class=\"num\">Mean</th>"
             "<th class=\"num\">Longest</th><th class=\"num\">Rows</th><th>Reason</th><th>For</th><th>SQL</th></tr>"
             "</thead><tbody>\n");
    for (size_t i = 0; i < run->group_count; i++) {
        const struct run_group *group = &run->groups[i];
        text_add(out, "<tr data-filter>");
        add_time(out, report, group->total);
        add_number(out, report, group->count);
        add_time(out, report, group->count > 0 ? group->total / group->count : 0);
        add_time(out, report, group->longest);
        add_number(out, report, group->rows);
        add_purpose(out, report, group->reason, group->model, group->relation);
        add_sql(out, group->sql);
    }
    close_table(out);
}

void report_run(struct text *out, const struct report *report)
{
    text_add(out, "<section id=\"run\" class=\"card\">\n<h2>Recorded run</h2>\n");
    add_summary(out, report);
    if (report->run->count > 0)
        add_bar(out, report);
    add_failures(out, report);
    add_unread(out, report);
    add_repeats(out, report);
    add_slowest(out, report);
    add_all(out, report);
    text_add(out, "</section>\n");
}
