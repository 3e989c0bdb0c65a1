/* The checks of AR_CHECK and AR_GENERATED. */
#include "check.h"
#include "own_sql.h"
#include "sql.h"
#include "sql_lexer.h"

#include <string.h>
#include <strings.h>

/* Return the names of the model's columns, separated by commas. */
static const char *column_list(struct arena *arena, const struct model *model)
{
    struct text list = {0};
    for (size_t i = 0; i < model->column_count; i++)
        text_print(&list, "%s%s", i > 0 ? ", " : "", sql_name(arena, model->columns[i]->name));
    const char *result = arena_text(arena, list.data);
    text_free(&list);
    return result;
}

/* ---- AR_CHECK ---------------------------------------------------------------------------------------------------- */

static void check_constraint_name(struct model_set *set, const struct model *model, const struct table_check *check)
{
    if (check->constraint == NULL)
        return;
    if (check_length(set, check->at, "AR_CHECK: the name of the constraint", check->constraint))
        diagnostic_help(set->diagnostics, "give the constraint a shorter name");
    for (size_t i = 0; i < model->union_count; i++)
        if (model->unions[i]->is_exclusive &&
            strcasecmp(check->constraint,
                       sql_object_name(set->arena, model->table, model->unions[i]->self.name, "check")) == 0)
            diagnostic_error(set->diagnostics, check->at,
                             "AR_CHECK: `%s` is the name of the constraint of AR_BELONGS_TO_ONE_OF(%s)",
                             check->constraint, model->unions[i]->self.name);
}

/* Report the name of a constraint that an earlier one has. */
static void check_same_constraint(struct model_set *set, const struct model *model, const struct table_check *check,
                                  const struct table_check *earlier)
{
    if (check->constraint == NULL || earlier->constraint == NULL ||
        strcasecmp(check->constraint, earlier->constraint) != 0)
        return;
    diagnostic_error(set->diagnostics, check->at, "AR_CHECK: `%s` already has a constraint `%s`, at %s", model->name,
                     check->constraint, model_location(set, earlier->at));
}

static void check_condition(struct model_set *set, const struct model *model, const struct table_check *check)
{
    for (size_t i = 0; i < DIALECT_COUNT; i++) {
        const char *sql = check->sql[i];
        if (i > 0 && sql == check->sql[0])
            continue;
        own_sql_check(set, &(const struct own_sql){
                               model, check->at, i == 0 ? "AR_CHECK" : "AR_CHECK: `.postgresql`", sql, "a condition",
                               arena_print(set->arena, "CREATE TABLE armature_check (%s, CHECK (%s\n))",
                                           column_list(set->arena, model), sql)});
    }
}

void check_checks(struct model_set *set, const struct model *model)
{
    const struct table_check **all = NULL;
    size_t count = 0;
    for (size_t i = 0; i < model->column_count; i++)
        if (model->columns[i]->check != NULL)
            list_add(set->arena, all, count) = model->columns[i]->check;
    for (size_t i = 0; i < model->check_count; i++)
        list_add(set->arena, all, count) = model->checks[i];
    for (size_t i = 0; i < count; i++) {
        check_constraint_name(set, model, all[i]);
        for (size_t j = 0; j < i; j++)
            check_same_constraint(set, model, all[i], all[j]);
        check_condition(set, model, all[i]);
    }
}

/* ---- AR_GENERATED ------------------------------------------------------------------------------------------------ */

/* Return what the runtime or another attribute writes into the column, or NULL. */
static const char *writer_of(struct model_set *set, const struct model *model, const struct member *column)
{
    for (size_t i = 0; i < model->relation_count; i++)
        if (model->relations[i]->kind->owner_has_key)
            for (size_t j = 0; j < model->relations[i]->foreign_key_count; j++)
                if (model->relations[i]->foreign_key != NULL && model->relations[i]->foreign_key[j] == column)
                    return arena_print(set->arena, "it is a foreign key of the relation `%s`",
                                       model->relations[i]->name);
    for (size_t i = 0; i < model->referrer_count; i++) {
        const struct relation *relation = model->referrers[i];
        if (relation->counter == column)
            return arena_print(set->arena, "it is the `.counter` of the relation `%s` of `%s`", relation->name,
                               relation->owner->name);
        for (size_t j = 0; !relation->kind->owner_has_key && j < relation->foreign_key_count; j++)
            if (relation->foreign_key != NULL && relation->foreign_key[j] == column)
                return arena_print(set->arena, "it is a foreign key of the relation `%s` of `%s`", relation->name,
                                   relation->owner->name);
    }
    for (size_t i = 0; i < model->union_count; i++)
        if (model->unions[i]->type == column)
            return arena_print(set->arena, "it is the type of `%s`", model->unions[i]->self.name);
    return NULL;
}

/* Return the names of the other columns, with the generated one at the end of the list. */
static const char *generated_list(struct arena *arena, const struct model *model, const struct member *column,
                                  const char *sql)
{
    struct text list = {0};
    text_add(&list, "armature_key, "); /* a table has a column that is not generated */
    for (size_t i = 0; i < model->column_count; i++)
        if (model->columns[i] != column && model->columns[i]->generated_sql[DIALECT_SQLITE] == NULL)
            text_print(&list, "%s, ", sql_name(arena, model->columns[i]->name));
    text_print(&list, "%s AS (%s\n)", sql_name(arena, column->name), sql);
    const char *result = arena_text(arena, list.data);
    text_free(&list);
    return result;
}

/* Return true if the token is the name of a generated column. */
static bool is_generated(const struct model *model, const struct sql_lexer *lexer, enum sql_token token)
{
    bool is_call = lexer->at[strspn(lexer->at, " \t\r\n\v\f")] == '(';
    for (size_t i = 0; i < model->column_count; i++) {
        const char *name = model->columns[i]->name;
        bool is_name = token == SQL_TOKEN_NAME && strlen(name) + 2 == lexer->length &&
                       strncmp(lexer->start + 1, name, lexer->length - 2) == 0;
        if (model->columns[i]->generated_sql[DIALECT_SQLITE] != NULL && !is_call &&
            (is_name || (token == SQL_TOKEN_WORD && sql_lexer_is_word(lexer, name))))
            return true;
    }
    return false;
}

/* PostgreSQL lets no generated column depend on another, or on itself. Return false after reporting one. */
static bool check_dependence(struct model_set *set, const struct model *model, const struct own_sql *own)
{
    struct sql_lexer lexer = {.at = own->sql};
    for (enum sql_token token = sql_lexer_next(&lexer); token != SQL_TOKEN_END; token = sql_lexer_next(&lexer))
        if (is_generated(model, &lexer, token)) {
            diagnostic_error(set->diagnostics, own->at, "%s: `%s` names `%.*s`, which is a generated column itself",
                             own->subject, own->sql, (int)lexer.length, lexer.start);
            diagnostic_help(set->diagnostics, "on PostgreSQL, no generated column depends on another: repeat its "
                                              "expression");
            return false;
        }
    return true;
}

static void check_generated(struct model_set *set, const struct model *model, const struct member *column)
{
    struct location at = column->kind_at[ATTRIBUTE_GENERATED];
    const char *writer = writer_of(set, model, column);
    if (writer != NULL)
        diagnostic_error(set->diagnostics, at, "AR_GENERATED: `%s` cannot be computed: %s", column->field, writer);
    for (size_t i = 0; i < DIALECT_COUNT; i++) {
        const char *sql = column->generated_sql[i];
        if (i > 0 && sql == column->generated_sql[0])
            continue;
        const struct own_sql own = {model,
                                    at,
                                    i == 0 ? "AR_GENERATED" : "AR_GENERATED: `.postgresql`",
                                    sql,
                                    "an expression",
                                    arena_print(set->arena, "CREATE TABLE armature_generated (%s)",
                                                generated_list(set->arena, model, column, sql))};
        if (check_dependence(set, model, &own))
            own_sql_check(set, &own);
    }
}

void check_generated_columns(struct model_set *set, const struct model *model)
{
    for (size_t i = 0; i < model->column_count; i++)
        if (model->columns[i]->generated_sql[DIALECT_SQLITE] != NULL)
            check_generated(set, model, model->columns[i]);
}
