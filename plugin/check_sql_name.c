/* Errors of SQLite in a statement, reported at their place, with names that the user may have meant. */
#include "check_sql.h"
#include "join_model.h"
#include "name.h"
#include "sql_database.h"
#include "sql_lexer.h"

#include <string.h>
#include <strings.h>

/* Return the offset that SQLite reports; if it reports none, that of the name. */
static size_t place_of(const struct sql_check *check, const char *name)
{
#if SQLITE_VERSION_NUMBER >= 3038000
    int offset = sqlite3_error_offset(check->database);
    if (offset >= 0)
        return (size_t)offset;
#endif
    return name != NULL ? sql_find(check, name) : 0;
}

/* Return what follows the prefix in the message, or NULL. */
static const char *named(const char *message, const char *prefix)
{
    size_t length = strlen(prefix);
    return strncmp(message, prefix, length) == 0 ? message + length : NULL;
}

/* ---- Suggestions ------------------------------------------------------------------------------------------------- */

/* The tables of FROM, in the whole statement. */
struct source_visit {
    const struct sql_check *check;
    const char *qualifier; /* only this one; NULL: all */
    struct suggestion *columns;
    struct suggestion *qualifiers;
    const char *names;         /* of all tables: "`u`, `c`" */
    bool has_qualifier;        /* a table has its name */
    const struct model *found; /* the model of the qualifier */
};

static const struct model *find_table(const struct sql_check *check, const char *name)
{
    const struct model *model = model_find(check->set, name);
    return model != NULL ? model : join_table_model(check->set, name);
}

static void visit_query(struct source_visit *visit, const struct sql_query *query, unsigned depth);

static void visit_source(struct source_visit *visit, const struct sql_source *source, unsigned depth)
{
    const struct model_set *set = visit->check->set;
    const char *name = source->alias != NULL ? source->alias : source->name;
    if (name != NULL && visit->qualifiers != NULL) {
        visit->has_qualifier = visit->has_qualifier || strcasecmp(name, visit->qualifier) == 0;
        suggestion_offer(visit->qualifiers, name);
        visit->names = visit->names == NULL ? arena_print(set->arena, "`%s`", name)
                                            : arena_print(set->arena, "%s, `%s`", visit->names, name);
    }
    if (source->query != NULL)
        visit_query(visit, source->query, depth + 1);
    if (source->name == NULL || (visit->qualifier != NULL && strcasecmp(name, visit->qualifier) != 0))
        return;
    const struct model *model = find_table(visit->check, source->name);
    for (size_t i = 0; model != NULL && i < model->column_count; i++)
        suggestion_offer(visit->columns, model->columns[i]->name);
    if (model != NULL)
        visit->found = model;
}

static void visit_expression(struct source_visit *visit, const struct sql_expression *expression, unsigned depth)
{
    enum { DEPTH_MAX = 200 };
    if (expression == NULL || depth > DEPTH_MAX)
        return;
    if (expression->query != NULL)
        visit_query(visit, expression->query, depth + 1);
    for (size_t i = 0; i < expression->count; i++)
        visit_expression(visit, expression->items[i], depth + 1);
}

static void visit_select(struct source_visit *visit, const struct sql_select *select, unsigned depth)
{
    for (size_t i = 0; i < select->source_count; i++)
        visit_source(visit, &select->sources[i], depth);
    for (size_t i = 0; i < select->result_count; i++)
        visit_expression(visit, select->results[i].value, depth);
    for (size_t i = 0; i < select->filter_count; i++)
        visit_expression(visit, select->filters[i], depth);
}

static void visit_query(struct source_visit *visit, const struct sql_query *query, unsigned depth)
{
    for (size_t i = 0; i < query->table_count; i++)
        if (query->tables[i].query != NULL)
            visit_query(visit, query->tables[i].query, depth + 1);
    for (size_t i = 0; i < query->select_count; i++)
        visit_select(visit, query->selects[i], depth);
}

static void visit_tree(struct source_visit *visit)
{
    const struct sql_tree *tree = visit->check->tree;
    if (tree->query != NULL)
        visit_query(visit, tree->query, 0);
    if (tree->returning != NULL)
        visit_select(visit, tree->returning, 0);
}

/* ---- Messages ---------------------------------------------------------------------------------------------------- */

static void fail_table(const struct sql_check *check, const char *name)
{
    struct suggestion suggestion = {.wanted = name};
    const struct model_set *set = check->set;
    sql_fail(check, place_of(check, name), "there is no table `%s`", name);
    for (size_t i = 0; i < set->model_count; i++)
        suggestion_offer(&suggestion, set->models[i]->table);
    const struct model *model = model_find(set, name);
    const char *other = "the tables are those of the models: give the headers of all of them in one call";
    if (model != NULL)
        other = arena_print(set->arena, "the table of the model `%s` is `%s`", model->name, model->table);
    sql_help_similar(check, model != NULL ? &(struct suggestion){.wanted = name} : &suggestion, other);
}

/* The name may be that of a field whose column has another one. */
static bool help_field(const struct sql_check *check, const struct model *model, const char *name)
{
    const struct member *field = model != NULL ? model_member(model, name) : NULL;
    if (field == NULL || !member_is_mapped(field))
        return false;
    diagnostic_help(check->set->diagnostics, "the column of the field `%s` is `%s`", field->field, field->name);
    return true;
}

static void fail_column(const struct sql_check *check, const char *name)
{
    struct arena *arena = check->set->arena;
    const char *dot = strrchr(name, '.');
    const char *column = dot != NULL ? dot + 1 : name;
    struct suggestion columns = {.wanted = column}, qualifiers = {.wanted = ""};
    struct source_visit visit = {.check = check, .columns = &columns};
    if (dot != NULL) {
        const char *qualifier = arena_copy(arena, name, (size_t)(dot - name));
        const char *schema = strrchr(qualifier, '.');
        visit.qualifier = schema != NULL ? schema + 1 : qualifier;
        qualifiers.wanted = visit.qualifier;
        visit.qualifiers = &qualifiers;
    }
    visit_tree(&visit);
    sql_fail(check, place_of(check, name), "there is no column `%s`", name);
    if (help_field(check, visit.found, column))
        return;
    bool is_known = visit.qualifier == NULL || visit.has_qualifier;
    if (columns.name != NULL && dot != NULL)
        columns.name = arena_print(arena, "%s.%s", visit.qualifier, columns.name);
    if (!is_known && qualifiers.name != NULL)
        qualifiers.name = arena_print(arena, "%s.%s", qualifiers.name, column);
    const char *other = dot != NULL && is_known ? NULL : "strings are in single quotes, names in double quotes";
    if (!is_known && visit.names != NULL)
        other = arena_print(arena, "the tables of the statement are %s", visit.names);
    sql_help_similar(check, is_known ? &columns : &qualifiers, other);
}

static void fail_function(const struct sql_check *check, const char *name)
{
    struct suggestion suggestion = {.wanted = name};
    sqlite3_stmt *functions = NULL;
    bool is_known = sql_has_function(name_folded(check->set->arena, name)); /* not a misspelled one */
    sql_fail(check, place_of(check, name), "there is no function `%s`%s", name,
             check->statement->is_shared ? " in SQLite" : "");
    sqlite3_prepare_v2(check->database, "SELECT DISTINCT name FROM pragma_function_list", -1, &functions, NULL);
    while (!is_known && sqlite3_step(functions) == SQLITE_ROW)
        suggestion_offer(&suggestion, arena_text(check->set->arena, (const char *)sqlite3_column_text(functions, 0)));
    sqlite3_finalize(functions);
    sql_help_similar(check, &suggestion,
                     "if only PostgreSQL has it, give PostgreSQL its own text: .postgresql = \"…\"");
}

static void fail_ambiguous(const struct sql_check *check, const char *name)
{
    sql_fail(check, place_of(check, name), "the column `%s` is ambiguous: several tables have it", name);
    diagnostic_help(check->set->diagnostics, "write the table before it: table.%s", name);
}

/* "table users has no column named nme": of INSERT. */
static bool fail_inserted(const struct sql_check *check, const char *message)
{
    static const char prefix[] = "table ", middle[] = " has no column named ";
    const char *end = strstr(message, middle);
    if (named(message, prefix) == NULL || end == NULL)
        return false;
    const char *name = end + strlen(middle);
    const char *table =
        arena_copy(check->set->arena, message + strlen(prefix), (size_t)(end - message) - strlen(prefix));
    const struct model *model = find_table(check, table);
    struct suggestion suggestion = {.wanted = name};
    sql_fail(check, place_of(check, name), "the table `%s` has no column `%s`", table, name);
    for (size_t i = 0; model != NULL && i < model->column_count; i++)
        suggestion_offer(&suggestion, model->columns[i]->name);
    if (!help_field(check, model, name))
        sql_help_similar(check, &suggestion, NULL);
    return true;
}

/* Return the offset of the last character of the text that is not a space. */
static size_t last_character(const char *sql)
{
    size_t length = strlen(sql);
    while (length > 1 && strchr(" \t\r\n", sql[length - 1]) != NULL)
        length--;
    return length - 1;
}

/* `near "FORM": syntax error`. */
static void fail_syntax(const struct sql_check *check, const char *message)
{
    const char *quoted = named(message, "near \"");
    const char *end = quoted != NULL ? strstr(quoted, "\": syntax error") : NULL;
    const char *token = end != NULL ? arena_copy(check->set->arena, quoted, (size_t)(end - quoted)) : NULL;
    size_t place = strcmp(message, "incomplete input") == 0 ? last_character(check->sql) : place_of(check, token);
    if (token != NULL)
        sql_fail(check, place, "SQLite does not expect `%s` here", token);
    else if (strcmp(message, "incomplete input") == 0)
        sql_fail(check, place, "the statement is incomplete");
    else
        sql_fail(check, place, "%s", message);
    if (token != NULL && check->statement->is_shared && sql_is_postgresql(check))
        diagnostic_help(check->set->diagnostics,
                        "if this is SQL of PostgreSQL only, give SQLite its own text, and this one as .postgresql");
}

void sql_fail_message(const struct sql_check *check)
{
    static const struct {
        const char *prefix;
        void (*fail)(const struct sql_check *check, const char *name);
    } messages[] = {
        {"no such table: ", fail_table},
        {"no such column: ", fail_column},
        {"no such function: ", fail_function},
        {"ambiguous column name: ", fail_ambiguous},
    };
    const char *message = sql_database_message(check->set->arena, check->database);
    for (size_t i = 0; i < sizeof messages / sizeof *messages; i++) {
        const char *name = named(message, messages[i].prefix);
        if (name != NULL) {
            messages[i].fail(check, name);
            return;
        }
    }
    if (!fail_inserted(check, message))
        fail_syntax(check, message);
}
