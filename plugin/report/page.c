/* The frame of the page: its head, the numbers at the top, the list of contents, and the parts in their order. */
#include "report/html.h"
#include "report/report.h"

#include <armature/armature.h>

static void add_head(struct text *out, const struct report *report)
{
    text_add(out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    html_add(
        out,
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src &#39;none&#39;; style-src "
        "&#39;unsafe-inline&#39;; script-src &#39;$&#39;; img-src data:; base-uri &#39;none&#39;; form-action &#39;none&#39;\">\n",
        report_script_hash);
    text_add(out, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                  "<meta name=\"color-scheme\" content=\"light dark\">\n"
                  "<link rel=\"icon\" href=\"data:,\">\n");
    html_add(out, "<title>$: models</title>\n", report->set->headers[0].relative);
    text_add(out, "<style>\n");
    for (size_t i = 0; report_style[i] != NULL; i++)
        text_add(out, report_style[i]);
    text_add(out, "</style>\n</head>\n");
}

static void add_number(struct text *out, const char *href, const char *number, const char *label, const char *class)
{
    html_add(out, "<a class=\"number $\" href=\"#$\"><b>$</b><span>$</span></a>\n", class, href, number, label);
}

/* Return the number of relations, and set that of columns. */
static size_t count_parts(const struct model_set *set, size_t *columns)
{
    size_t relations = 0;
    *columns = 0;
    for (size_t i = 0; i < set->model_count; i++) {
        relations += set->models[i]->relation_count;
        *columns += set->models[i]->column_count;
    }
    return relations;
}

static void add_numbers(struct text *out, const struct report *report)
{
    struct arena *arena = report->arena;
    size_t columns, relations = count_parts(report->set, &columns), findings = report_finding_count(report);
    text_add(out, "<div class=\"numbers\">\n");
    add_number(out, "findings", html_number(arena, findings), findings == 1 ? "finding" : "findings",
               findings > 0 ? "warn" : "good");
    add_number(out, "models", html_number(arena, report->set->model_count), "models", "");
    add_number(out, "models", html_number(arena, columns), "columns", "");
    add_number(out, "models", html_number(arena, relations), "relations", "");
    if (report->run != NULL) {
        add_number(out, "run", html_number(arena, report->run->count), "statements recorded", "");
        add_number(out, "run", html_duration(arena, report->run->total), "in the database", "");
    }
    text_add(out, "</div>\n");
}

static void add_top(struct text *out, const struct report *report)
{
    text_add(out, "<header>\n<h1>");
    for (size_t i = 0; i < report->set->header_count && i < 4; i++)
        html_add(out, "$$", i > 0 ? ", " : "", report->set->headers[i].relative);
    text_add(out, report->set->header_count > 4 ? ", …</h1>\n<p>" : "</h1>\n<p>");
    if (report->database != NULL)
        html_add(out, "compared with $ · ", report->database->title);
    if (report->run != NULL)
        html_add(out, "run of $ on $ · ", report->run->opened_at, report->run->database);
    html_add(out, "Armature $</p>\n", ARMATURE_VERSION);
    text_add(out, "<input id=\"filter\" type=\"search\" placeholder=\"Filter models and statements\" "
                  "aria-label=\"Filter models and statements\" hidden>\n</header>\n");
}

static void add_contents(struct text *out, const struct report *report)
{
    text_add(out, "<nav aria-label=\"Contents\">\n<a href=\"#findings\">Findings</a>\n<a href=\"#graph\">Graph</a>\n");
    if (report->run != NULL)
        text_add(out, "<a href=\"#run\">Recorded run</a>\n");
    text_add(out, "<a href=\"#models\">Models</a>\n<ul>\n");
    for (size_t i = 0; i < report->set->model_count; i++)
        html_add(out, "<li data-filter=\"$ $\"><a href=\"#$\">$</a></li>\n", report->set->models[i]->name,
                 report->set->models[i]->table, report_model_id(report, report->set->models[i]),
                 report_model_name(report->set->models[i]));
    for (size_t i = 0; i < report->set->row_count; i++)
        html_add(out, "<li data-filter=\"$\"><a href=\"#$\">$</a></li>\n", report->set->rows[i]->name,
                 report_model_id(report, report->set->rows[i]), report->set->rows[i]->name);
    text_add(out, "</ul>\n<a href=\"#schema\">Schema</a>\n</nav>\n");
}

void report_page(struct text *out, const struct report *report)
{
    add_head(out, report);
    text_add(out, "<body>\n");
    add_top(out, report);
    text_add(out, "<div class=\"page\">\n");
    add_contents(out, report);
    text_add(out, "<main>\n");
    add_numbers(out, report);
    report_findings(out, report);
    report_diagram(out, report);
    if (report->run != NULL)
        report_run(out, report);
    report_models(out, report);
    report_schema(out, report);
    text_print(out, "</main>\n</div>\n<script>%s</script>\n</body>\n</html>\n", report_script);
}
