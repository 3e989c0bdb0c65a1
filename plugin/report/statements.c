/* The statements of a model: their SQL on each database, and their query plans. */
#include "report/html.h"
#include "report/report.h"

static void add_plan(struct text *out, const struct planned_result *plan)
{
    if (plan->error != NULL)
        html_add(out, "<p class=\"dim\">SQLite cannot explain it: $</p>\n", plan->error);
    if (plan->step_count == 0)
        return;
    text_add(out, "<h5>Plan on SQLite, without rows</h5>\n<ul class=\"plan\">\n");
    for (size_t i = 0; i < plan->step_count; i++) {
        const struct planned_step *step = &plan->steps[i];
        const char depth[] = {(char)('0' + (step->depth < 9 ? step->depth : 9)), '\0'};
        html_add(out, "<li class=\"depth-$$\">$</li>\n", depth, step->missing != NULL ? " every" : "", step->text);
    }
    text_add(out, "</ul>\n");
}

static bool is_slow(const struct planned_result *plan)
{
    for (size_t i = 0; i < plan->step_count; i++)
        if (plan->steps[i].missing != NULL)
            return true;
    return false;
}

static void add_statement(struct text *out, const struct report *report, size_t index)
{
    const struct planned *planned = &report->planned.items[index];
    const struct planned_result *plan = &report->plans[index];
    const char *database_plan =
        report->database != NULL && report->database->plans != NULL ? report->database->plans[index] : NULL;
    html_add(out, "<details class=\"statement\"><summary><span>$</span>",
             planned->relation != NULL ? planned->relation->name : planned->title);
    if (planned->relation != NULL)
        html_add(out, " <span class=\"dim\">loads $</span>", planned->relation->target->name);
    if (is_slow(plan))
        html_add(out, " <span class=\"tag $\">every row</span>", planned->full_scan != NULL ? "mild" : "bad");
    text_add(out, "</summary>\n<div class=\"both\">\n");
    for (size_t i = 0; i < DIALECT_COUNT; i++) {
        html_add(out, "<div><h5>$</h5>\n", dialects[i]->title);
        html_sql_block(out, planned->sql[i]);
        text_add(out, "</div>\n");
    }
    text_add(out, "</div>\n");
    add_plan(out, plan);
    if (database_plan != NULL)
        html_add(out, "<h5>Plan in the database</h5>\n<pre>$</pre>\n", database_plan);
    text_add(out, "</details>\n");
}

void report_statements(struct text *out, const struct report *report, const struct model *model)
{
    bool has_title = false;
    for (size_t i = 0; i < report->planned.count; i++) {
        if (report->planned.items[i].model != model)
            continue;
        if (!has_title)
            text_add(out, "<h4>Statements</h4>\n");
        has_title = true;
        add_statement(out, report, i);
    }
}
