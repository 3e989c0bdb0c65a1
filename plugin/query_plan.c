/* Explains statements, and finds the indexes that they lack by trying them. */
#include "query_plan.h"
#include "sql.h"
#include "sql_database.h"
#include "sql_lexer.h"

#include <string.h>

void query_plan_explain(struct arena *arena, sqlite3 *database, const char *sql, struct query_plan *out)
{
    sqlite3_stmt *statement = NULL;
    *out = (struct query_plan){0};
    if (sql_database_prepare(arena, database, arena_print(arena, "EXPLAIN QUERY PLAN %s", sql), &statement) !=
        SQLITE_OK) {
        out->error = arena_text(arena, sqlite3_errmsg(database));
        return;
    }
    while (sqlite3_step(statement) == SQLITE_ROW) {
        struct plan_step step = {.id = sqlite3_column_int(statement, 0)};
        const int parent = sqlite3_column_int(statement, 1);
        step.text = arena_text(arena, (const char *)sqlite3_column_text(statement, 3));
        for (size_t i = 0; i < out->step_count; i++)
            if (out->steps[i].id == parent)
                step.depth = out->steps[i].depth + 1;
        list_add(arena, out->steps, out->step_count) = step;
    }
    sqlite3_finalize(statement);
}

/* ---- Full scans -------------------------------------------------------------------------------------------------- */

static const char *after(const char *text, const char *prefix)
{
    return strncmp(text, prefix, strlen(prefix)) == 0 ? text + strlen(prefix) : NULL;
}

/* Return the name in `SCAN name USING …`, or NULL if the step is not a scan. */
static const char *scanned_name(struct arena *arena, const char *text, bool *is_indexed)
{
    const char *name = after(text, "SCAN "), *searched = after(text, "SEARCH ");
    *is_indexed = false;
    if (name != NULL) {
        static const char *const ends[] = {" USING ", " VIRTUAL ", " LEFT-JOIN"};
        size_t length = strlen(name);
        for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
            const char *end = strstr(name, ends[i]);
            length = end != NULL && (size_t)(end - name) < length ? (size_t)(end - name) : length;
        }
        return arena_copy(arena, name, length);
    }
    const char *end = searched != NULL ? strstr(searched, " USING AUTOMATIC ") : NULL;
    if (end == NULL)
        return NULL;
    *is_indexed = true;
    return arena_copy(arena, searched, (size_t)(end - searched));
}

/* Return true if the token is the name, in quotes or not. */
static bool is_name(const struct sql_lexer *lexer, enum sql_token token, const char *name)
{
    if (token == SQL_TOKEN_WORD)
        return sql_lexer_is_word(lexer, name);
    return token == SQL_TOKEN_NAME && strlen(name) + 2 == lexer->length &&
           strncmp(lexer->start + 1, name, lexer->length - 2) == 0;
}

/* Return true if the statement has `table alias` or `table AS alias`. */
static bool has_alias(const char *sql, const char *table, const char *alias)
{
    struct sql_lexer lexer = {.at = sql, .is_statement = true};
    bool is_after_table = false;
    for (enum sql_token token = sql_lexer_next(&lexer); token != SQL_TOKEN_END; token = sql_lexer_next(&lexer)) {
        if (is_after_table && is_name(&lexer, token, alias))
            return true;
        is_after_table = is_name(&lexer, token, table) || (is_after_table && sql_lexer_is_word(&lexer, "as"));
    }
    return false;
}

bool query_plan_scans(const struct model_set *set, const char *sql, const struct plan_step *step, struct full_scan *out)
{
    *out = (struct full_scan){0};
    out->name = scanned_name(set->arena, step->text, &out->is_indexed);
    if (out->name == NULL)
        return false;
    for (size_t i = 0; i < set->model_count && out->model == NULL; i++)
        if (strcmp(set->models[i]->table, out->name) == 0)
            out->model = set->models[i];
    for (size_t i = 0; i < set->model_count && out->model == NULL; i++)
        if (has_alias(sql, set->models[i]->table, out->name))
            out->model = set->models[i];
    return out->model != NULL;
}

/* ---- Missing indexes --------------------------------------------------------------------------------------------- */

static bool names_column(const char *sql, const char *column)
{
    struct sql_lexer lexer = {.at = sql, .is_statement = true};
    for (enum sql_token token = sql_lexer_next(&lexer); token != SQL_TOKEN_END; token = sql_lexer_next(&lexer))
        if (is_name(&lexer, token, column))
            return true;
    return false;
}

/* Return true if the step finds rows of the scanned table by the first column of the index that is tried. */
static bool is_search(const struct plan_step *step, const struct full_scan *scan, const struct member *column)
{
    const char *name = after(step->text, "SEARCH ");
    size_t length = strlen(scan->name);
    if (name == NULL || strncmp(name, scan->name, length) != 0 || name[length] != ' ')
        return false;
    const char *index = strstr(name, " armature_index (");
    return index != NULL && strncmp(index + strlen(" armature_index (") + strlen(column->name), "=?", 2) == 0;
}

/* Return true if the statement would use an index on the column. */
static bool would_use(struct arena *arena, sqlite3 *database, const char *sql, const struct full_scan *scan,
                      const struct member *column)
{
    struct query_plan plan;
    bool is_used = false;
    const char *create =
        arena_print(arena, "CREATE INDEX armature_index ON %s (%s)", scan->model->table_sql, column->sql);
    sqlite3_exec(database, create, NULL, NULL, NULL);
    query_plan_explain(arena, database, sql, &plan);
    for (size_t i = 0; i < plan.step_count; i++)
        is_used = is_used || is_search(&plan.steps[i], scan, column);
    sqlite3_exec(database, "DROP INDEX armature_index", NULL, NULL, NULL);
    return is_used;
}

struct member **query_plan_missing_index(struct arena *arena, sqlite3 *database, const char *sql,
                                         const struct full_scan *scan, size_t *count)
{
    struct member **columns = NULL;
    *count = 0;
    for (size_t i = 0; i < scan->model->column_count; i++) {
        struct member *column = scan->model->columns[i];
        if (names_column(sql, column->name) && would_use(arena, database, sql, scan, column))
            list_add(arena, columns, *count) = column;
    }
    return columns;
}
