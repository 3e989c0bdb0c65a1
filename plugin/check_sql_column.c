/* The columns of user SQL compared with the fields of its struct: names, NULL and types. */
#include "check_sql.h"
#include "sql.h"

#include <string.h>

/* A column of the statement. */
struct result {
    const char *name; /* as SQLite names it */
    bool has_name;    /* a name of a column or an alias; otherwise SQLite makes it of the expression */
    size_t start;     /* in the text */
    struct sql_value value;
    const struct member *field;
};

struct results {
    struct result *items;
    size_t count;
};

/* ---- The columns ------------------------------------------------------------------------------------------------- */

/* Return the offset of the first result of the statement. */
static size_t first_result(const struct sql_check *check)
{
    const struct sql_tree *tree = check->tree;
    const struct sql_select *select = tree->returning;
    if (tree->kind == SQL_STATEMENT_SELECT)
        select = tree->query->selects[0];
    if (select == NULL)
        return 0;
    return select->result_count > 0 ? select->results[0].start : select->start;
}

/* Return the columns that a database reports, with what is inferred of them if both agree on their number. */
static struct results reported_columns(const struct sql_check *check, const struct sql_row *reported)
{
    const struct sql_row *row = &check->inference.row;
    struct results results = {.items = arena_take(check->set->arena, (reported->count + 1) * sizeof *results.items),
                              .count = reported->count};
    bool is_known = !row->is_unknown && row->count == results.count;
    for (size_t i = 0; i < results.count; i++) {
        const struct sql_column *column = &reported->columns[i];
        struct sql_value value = is_known ? row->columns[i].value : column->value;
        bool is_null = value.class == SQL_CLASS_NULL; /* PostgreSQL reports text */
        if (column->value.class != SQL_CLASS_UNKNOWN && !is_null)
            value.class = column->value.class;
        results.items[i] =
            (struct result){.name = column->name,
                            .has_name = check->dialect != DIALECT_SQLITE || !is_known || row->columns[i].name != NULL,
                            .start = is_known ? row->columns[i].start : first_result(check),
                            .value = value};
    }
    return results;
}

/* Return the columns that were inferred. PostgreSQL names an expression by its function: unless all have names, return
 * none. */
static struct results inferred_columns(const struct sql_check *check)
{
    const struct sql_row *row = &check->inference.row;
    struct results results = {.items = arena_take(check->set->arena, (row->count + 1) * sizeof *results.items),
                              .count = row->count};
    for (size_t i = 0; i < row->count; i++) {
        const struct sql_column *column = &row->columns[i];
        if (column->name == NULL)
            return (struct results){0};
        results.items[i] =
            (struct result){.name = column->name, .has_name = true, .start = column->start, .value = column->value};
    }
    return results;
}

/* ---- Names ------------------------------------------------------------------------------------------------------- */

static bool has_result(const struct results *results, const struct member *field)
{
    for (size_t i = 0; i < results->count; i++)
        if (results->items[i].field == field)
            return true;
    return false;
}

/* Find the field of each column. Return false after an error. */
static bool match_names(const struct sql_check *check, struct results *results)
{
    const struct model *model = check->statement->model;
    bool done = true;
    for (size_t i = 0; i < results->count; i++) {
        struct result *result = &results->items[i];
        const struct member *field = NULL;
        for (size_t j = 0; j < model->column_count && field == NULL; j++)
            if (strcmp(model->columns[j]->name, result->name) == 0)
                field = model->columns[j];
        if (field != NULL && has_result(results, field)) {
            sql_fail(check, result->start, "two columns have the name `%s`", result->name);
            diagnostic_help(check->set->diagnostics, "rename one of them with AS, or leave it out");
            done = false;
        }
        result->field = field;
    }
    return done;
}

/* Return the only field without a column, or else the one with the most similar name; NULL if there is none. */
static const char *likely_field(const struct sql_check *check, const struct results *results, const char *name)
{
    const struct model *model = check->statement->model;
    struct suggestion suggestion = {.wanted = name};
    const char *only = NULL;
    size_t count = 0;
    for (size_t i = 0; i < model->column_count; i++) {
        if (has_result(results, model->columns[i]))
            continue;
        suggestion_offer(&suggestion, model->columns[i]->name);
        only = model->columns[i]->name;
        count++;
    }
    return count == 1 ? only : suggestion.name;
}

static void fail_extra(const struct sql_check *check, const struct results *results, const struct result *result)
{
    const struct model *model = check->statement->model;
    const char *likely = likely_field(check, results, result->name);
    if (!result->has_name)
        sql_fail(check, result->start, "the column `%s` has no name", result->name);
    else
        sql_fail(check, result->start, "`%s` has no field for the column `%s`", model->name, result->name);
    if (likely != NULL)
        diagnostic_help(check->set->diagnostics, "write AS %s after it, if it is for that field",
                        sql_name(check->set->arena, likely));
    else if (result->has_name)
        diagnostic_help(check->set->diagnostics, "remove the column, or add a field `%s`", result->name);
    else
        diagnostic_help(check->set->diagnostics, "write AS and the name of a field of `%s` after it", model->name);
}

static void fail_missing(const struct sql_check *check, const struct results *results, size_t extra)
{
    const struct model *model = check->statement->model;
    for (size_t i = 0; i < model->column_count; i++) {
        const struct member *field = model->columns[i];
        if (has_result(results, field) || extra > 0) {
            extra -= extra > 0 && !has_result(results, field); /* the help for that column names the field */
            continue;
        }
        sql_fail(check, first_result(check), "there is no column for the field `%s` of `%s`", field->field,
                 model->name);
        if (model->is_row)
            diagnostic_help(check->set->diagnostics, "add an expression AS %s, or remove the field",
                            sql_name(check->set->arena, field->name));
        else
            diagnostic_help(check->set->diagnostics, "a record needs all columns of its table: write %s.*",
                            model->table);
    }
}

/* Records ignore other columns, such as those that the statement sorts by. */
static bool check_names(const struct sql_check *check, struct results *results)
{
    const struct model *model = check->statement->model;
    bool done = match_names(check, results);
    size_t extra = 0, matched = 0;
    for (size_t i = 0; i < results->count; i++) {
        extra += model->is_row && results->items[i].field == NULL;
        matched += results->items[i].field != NULL;
    }
    for (size_t i = 0; i < results->count; i++)
        if (model->is_row && results->items[i].field == NULL)
            fail_extra(check, results, &results->items[i]);
    if (done)
        fail_missing(check, results, extra);
    return done && extra == 0 && matched >= model->column_count;
}

/* ---- NULL and types ---------------------------------------------------------------------------------------------- */

static void check_null(const struct sql_check *check, const struct result *result)
{
    const struct member *field = result->field;
    if (result->value.null != SQL_NULL_MAYBE || member_is_nullable(field))
        return;
    sql_fail(check, result->start, "`%s` can be NULL, but the field `%s` of `%s` is not nullable: %s", result->name,
             field->field, check->statement->model->name, result->value.reason);
    const char *zero = member_is(field, GROUP_NUMBER) ? "0" : field->type == AR_TYPE_BOOL ? "FALSE" : "…";
    const char *how =
        member_has(field, ATTRIBUTE_NOT_NULL) ? "remove AR_NOT_NULL from the field" : "declare the field AR_NULLABLE";
    diagnostic_help(check->set->diagnostics, "%s, or replace NULL: coalesce(…, %s) AS %s", how, zero,
                    sql_name(check->set->arena, field->name));
}

static void check_type(const struct sql_check *check, const struct result *result)
{
    const struct member *field = result->field;
    const char *what =
        arena_print(check->set->arena, "field `%s` of `%s`", field->field, check->statement->model->name);
    if (!sql_fits(&result->value, field)) {
        sql_fail(check, result->start, "`%s` is %s, but the %s is %s", result->name,
                 sql_class_name(result->value.class), what, sql_class_name(sql_class_of(field)));
        if (result->value.column != NULL)
            diagnostic_help(check->set->diagnostics, "declare the field like the column: %s",
                            result->value.column->spelling);
        else
            diagnostic_help(check->set->diagnostics, "change the type of the field, or write CAST(… AS …) AS %s",
                            sql_name(check->set->arena, field->name));
    } else
        check_sql_form(check, result->start, &result->value, field, what);
}

bool check_sql_columns(const struct sql_check *check, const struct sql_row *reported)
{
    size_t errors = check->set->diagnostics->count;
    if (reported == NULL && check->inference.row.is_unknown)
        return true;
    struct results results = reported != NULL ? reported_columns(check, reported) : inferred_columns(check);
    if (results.count == 0)
        return true;
    if (!check_names(check, &results))
        return false;
    for (size_t i = 0; i < results.count; i++)
        if (results.items[i].field != NULL) {
            check_null(check, &results.items[i]);
            check_type(check, &results.items[i]);
        }
    return check->set->diagnostics->count == errors;
}
