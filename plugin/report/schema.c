/* The schema as a whole: the SQL that creates it on each database. */
#include "emit.h"
#include "report/html.h"
#include "report/report.h"

void report_schema(struct text *out, const struct report *report)
{
    text_add(
        out,
        "<section id=\"schema\" class=\"card\">\n<h2>Schema</h2>\n"
        "<p class=\"dim\">What <code>ar_create_tables</code> runs, and <code>armature schema</code> writes.</p>\n");
    for (size_t i = 0; i < DIALECT_COUNT; i++) {
        struct text sql = {0};
        emit_schema(&sql, report->set, dialects[i], false);
        html_add(out, "<details><summary>$</summary>\n", dialects[i]->title);
        html_sql_block(out, sql.data != NULL ? sql.data : "");
        text_add(out, "</details>\n");
        text_free(&sql);
    }
    text_add(out, "</section>\n");
}
