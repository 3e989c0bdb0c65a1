/* Checks of AR_ROW structs and of the declarations of AR_SQL; check_sql.c checks the SQL itself. */
#include "check.h"
#include "emit.h"
#include "name.h"
#include "statement.h"

#include <string.h>

/* The parameters and variables of generated functions, and what they call. */
static const char variables[] = " NULL arguments changed list memcpy out record s status ";
static const char functions[] =
    " ar_statement_all ar_statement_explain ar_statement_one ar_statement_query ar_statement_run ";

/* Return true if it is the name of another parameter, of a list: its number of values. */
static bool is_count(const struct sql_statement *statement, const char *name)
{
    for (size_t i = 0; i < statement->parameter_count; i++) {
        const struct sql_parameter *list = &statement->parameters[i];
        size_t length = strlen(list->member.field);
        if (list->is_list && strncmp(name, list->member.field, length) == 0 && strcmp(name + length, "_count") == 0)
            return true;
    }
    return false;
}

/* Return true if the name begins with that of the statement, and ends so. */
static bool is_generated(const struct sql_statement *statement, const char *name)
{
    size_t length = strlen(statement->name);
    return strncmp(name, statement->name, length) == 0 &&
           (strcmp(name + length, "_arguments") == 0 || strcmp(name + length, "_statement") == 0);
}

static void check_parameters(struct model_set *set, const struct sql_statement *statement)
{
    for (size_t i = 0; i < statement->parameter_count; i++) {
        const char *name = statement->parameters[i].member.field, *why = "the generated function uses this name";
        if (emit_is_keyword(name))
            why = "that is a keyword of C or C++";
        else if (!name_is_in(variables, name) && !name_is_in(functions, name) && !is_count(statement, name) &&
                 !is_generated(statement, name) && name_map_find(&set->typedefs, name) == NULL)
            continue;
        diagnostic_error(set->diagnostics, statement->at, "AR_SQL(%s): no parameter can be named `%s`: %s",
                         statement->name, name, why);
        diagnostic_help(set->diagnostics, "rename it, for example to `%s_value`", name);
    }
}

static void check_function(struct model_set *set, const struct sql_statement *statement)
{
    if (!emit_is_keyword(statement->name))
        return;
    diagnostic_error(set->diagnostics, statement->at,
                     "AR_SQL: no function can be named `%s`: that is a keyword of C or C++", statement->name);
}

static void check_result(struct model_set *set, const struct sql_statement *statement)
{
    if (statement->returns_rows)
        return;
    if (statement->model->is_row) {
        diagnostic_error(set->diagnostics, statement->at, "AR_SQL(%s): the statement returns no rows of `%s`",
                         statement->name, statement->model->name);
        diagnostic_help(set->diagnostics, "add RETURNING, or move the statement to the model that it changes");
    } else if (statement->is_one)
        diagnostic_error(set->diagnostics, statement->at, "AR_SQL(%s): `.one`, but the statement returns no rows",
                         statement->name);
}

void check_statements(struct model_set *set, const struct model *model)
{
    for (size_t i = 0; i < model->statement_count; i++) {
        check_function(set, &model->statements[i]);
        check_parameters(set, &model->statements[i]);
        check_result(set, &model->statements[i]);
    }
}

/* Report attributes of the struct that only models have. */
static void check_row_attributes(struct model_set *set, const struct model *row)
{
    for (size_t i = 0; i < row->attributes.count; i++) {
        struct annotation annotation;
        (void)annotation_parse(set->arena, row->attributes.items[i].text, &annotation);
        if (annotation.attribute != NULL && annotation.kind != ATTRIBUTE_ROW && annotation.kind != ATTRIBUTE_SQL)
            diagnostic_error(set->diagnostics, row->attributes.items[i].at,
                             "%s: `%s` is AR_ROW, the result of statements, not a model", annotation.attribute->macro,
                             row->name);
    }
}

/* Report attributes of fields that only columns of tables have. */
static void check_row_fields(struct model_set *set, const struct model *row)
{
    for (size_t i = 0; i < row->column_count; i++)
        for (unsigned kind = 0; kind < ATTRIBUTE_COUNT; kind++)
            if (member_has(row->columns[i], kind) && !attribute_table[kind].is_of_value)
                diagnostic_error(set->diagnostics, row->columns[i]->kind_at[kind],
                                 "%s: `%s` is AR_ROW, the result of statements, not a model",
                                 attribute_table[kind].macro, row->name);
}

void check_row(struct model_set *set, const struct model *row)
{
    if (row->is_broken)
        return;
    if (row->name[0] == '\0') {
        diagnostic_error(set->diagnostics, row->at, "AR_ROW: a struct without a name cannot be a result");
        diagnostic_help(set->diagnostics, "give it a tag, or make it a typedef: typedef struct { ... } AR_ROW name_t;");
        return;
    }
    check_row_attributes(set, row);
    check_row_fields(set, row);
    if (check_counts(set, row))
        check_columns(set, row);
    check_statements(set, row);
}
