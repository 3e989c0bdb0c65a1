/* Pieces of HTML. Everything that is not part of a template is escaped, in text and in attributes, so that no name, SQL
 * or file can be markup. */
#ifndef ARMATURE_PLUGIN_REPORT_HTML_H
#define ARMATURE_PLUGIN_REPORT_HTML_H

#include "output.h"

#include <stdint.h>

/* Add the text, escaped. Characters that HTML does not allow become U+FFFD. */
void html_text(struct text *out, const char *text);

/* Add the template, each `$` of it replaced by the next value, escaped. A value that is NULL is "". */
#define html_add(out, template, ...) html_fill((out), (template), (const char *const[]){__VA_ARGS__, NULL})
void html_fill(struct text *out, const char *template, const char *const *values);

/* Add the SQL with its keywords and strings marked, and with line breaks before its clauses if it is long. */
void html_sql(struct text *out, const char *sql);

/* Add <pre> with the SQL. */
void html_sql_block(struct text *out, const char *sql);

/* Return the number with a thin space between thousands; "1 row", "2 rows"; a duration with its unit. */
const char *html_number(struct arena *arena, uint64_t number);
const char *html_count(struct arena *arena, uint64_t number, const char *singular, const char *plural);
const char *html_duration(struct arena *arena, uint64_t nanoseconds);

/* Return the plain number, for sorting. */
const char *html_value(struct arena *arena, uint64_t number);

/* Return an id for a model, a table or a relation: letters, digits and hyphens only. */
const char *html_id(struct arena *arena, const char *prefix, const char *name);

#endif
