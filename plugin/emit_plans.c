/* The query plans of generated statements and of user SQL: the report of `armature check --sql`, and warnings of
 * statements that read every row of a table although an index would find the rows that they need. */
#include "check.h"
#include "emit.h"
#include "name.h"
#include "query_plan.h"
#include "sql_database.h"
#include "statement.h"

#include <stdlib.h>
#include <string.h>

/* A statement to explain. */
struct planned {
    const char *title;
    struct location at;
    const struct model *model; /* that declares it */
    const char *sql;
    const char *full_scan;           /* why it may read every row, or NULL */
    const struct relation *relation; /* whose rows it selects, or NULL */
};

/* The statements of a set, and the database that explains them. */
struct plans {
    struct model_set *set;
    sqlite3 *database;
    struct text *out; /* the report; NULL: only warn */
};

/* Return the text without the marks of places to break it. */
static const char *plain_sql(struct arena *arena, struct text *sql)
{
    char *out = sql->data;
    for (const char *at = sql->data; *at != '\0'; at++)
        if (*at != '\v')
            *out++ = *at;
    *out = '\0';
    const char *result = arena_text(arena, sql->data);
    text_free(sql);
    return result;
}

/* ---- Warnings ---------------------------------------------------------------------------------------------------- */

static const char *list_names(struct arena *arena, struct member *const *columns, size_t count, const char *separator,
                              bool are_fields)
{
    const char *list = "";
    for (size_t i = 0; i < count; i++)
        list = arena_print(arena, "%s%s%s", list, i > 0 ? separator : "",
                           are_fields ? columns[i]->field : columns[i]->name);
    return list;
}

/* Return a name for an index on the columns that no other object has. */
static const char *new_name(struct model_set *set, const char *table, struct member *const *columns, size_t count)
{
    const char *stem = arena_print(set->arena, "%s_%s", table, list_names(set->arena, columns, count, "_", false));
    const char *name = stem;
    for (unsigned number = 2; name_map_find(&set->objects, name_folded(set->arena, name)) != NULL; number++)
        name = arena_print(set->arena, "%s_%u", stem, number);
    return name;
}

static void warn(const struct plans *plans, const struct planned *planned, const struct full_scan *scan,
                 struct member *const *columns, size_t count)
{
    struct arena *arena = plans->set->arena;
    const char *table = scan->model->table;
    const char *index = new_name(plans->set, table, columns, count);
    diagnostic_warning(plans->set->diagnostics, planned->at, "%s reads every row of `%s`, to find those by `%s`",
                       planned->title, table, list_names(arena, columns, count, "`, `", true));
    diagnostic_help(
        plans->set->diagnostics,
        "write AR_INDEX(%s, %s) after the closing brace of `%s` (CREATE INDEX %s ON %s (%s)); or say why it "
        "does not matter: .full_scan = \"it has few rows\"",
        index, list_names(arena, columns, count, ", ", true), scan->model->c_type, index, table,
        list_names(arena, columns, count, ", ", false));
}

/* Return true if the step reads every row of a table without need. A relation looks for the rows of its keys. */
static bool check_step(const struct plans *plans, const struct planned *planned, const struct plan_step *step)
{
    struct full_scan scan;
    size_t count;
    if (!query_plan_scans(plans->set, planned->sql, step, &scan))
        return false;
    struct member *const *columns =
        query_plan_missing_index(plans->set->arena, plans->database, planned->sql, &scan, &count);
    if (count == 0 && planned->relation != NULL && scan.model == planned->relation->target) {
        columns = planned->relation->target_key;
        count = planned->relation->foreign_key_count;
    }
    if (count == 0)
        return false;
    if (planned->full_scan == NULL)
        warn(plans, planned, &scan, columns, count);
    return true;
}

/* ---- Statements -------------------------------------------------------------------------------------------------- */

static void explain(const struct plans *plans, const struct planned *planned)
{
    struct query_plan plan;
    struct text *out = plans->out;
    query_plan_explain(plans->set->arena, plans->database, planned->sql, &plan);
    if (out != NULL)
        text_print(out, "%s%s: %s\n", out->length > 0 ? "\n" : "", planned->title,
                   model_location(plans->set, planned->model, planned->at));
    if (out != NULL && plan.error != NULL)
        text_print(out, "    cannot be explained: %s\n", plan.error);
    for (size_t i = 0; i < plan.step_count; i++) {
        const struct plan_step *step = &plan.steps[i];
        bool is_slow = check_step(plans, planned, step);
        if (out == NULL)
            continue;
        text_print(out, "%*s%s", 4 * (int)(step->depth + 1), "", step->text);
        if (is_slow)
            text_print(out, "   <- every row%s%s", planned->full_scan != NULL ? ": " : "",
                       planned->full_scan != NULL ? planned->full_scan : "");
        text_add(out, "\n");
    }
}

static void explain_find(const struct plans *plans, const struct model *model)
{
    struct arena *arena = plans->set->arena;
    struct text sql = {0};
    if (model->key_count == 0 || model->is_join)
        return;
    emit_find_sql(&sql, model, &dialect_sqlite);
    explain(plans, &(const struct planned){.title = arena_print(arena, "%s_find", model->name),
                                           .at = model->at,
                                           .model = model,
                                           .sql = plain_sql(arena, &sql)});
}

/* Of a relation with a path, those that it follows are explained. */
static void explain_relation(const struct plans *plans, const struct relation *relation)
{
    struct arena *arena = plans->set->arena;
    struct text sql = {0};
    if (relation_has_path(relation) || relation->owner->is_join)
        return;
    dialect_sqlite.add_select(&sql, arena, relation);
    explain(plans, &(const struct planned){.title = arena_print(arena, "%s(%s) of `%s`", relation_macro(relation),
                                                                relation->name, relation->owner->name),
                                           .at = relation->at,
                                           .model = relation->owner,
                                           .sql = plain_sql(arena, &sql),
                                           .full_scan = relation->full_scan,
                                           .relation = relation});
}

static void explain_statements(const struct plans *plans, const struct model *model)
{
    struct arena *arena = plans->set->arena;
    for (size_t i = 0; i < model->statement_count; i++) {
        const struct sql_statement *statement = &model->statements[i];
        explain(plans, &(const struct planned){.title = arena_print(arena, "AR_SQL(%s)", statement->name),
                                               .at = statement->at,
                                               .model = model,
                                               .sql = statement_sql(arena, statement, &dialect_sqlite),
                                               .full_scan = statement->full_scan});
    }
}

static void explain_all(const struct plans *plans)
{
    const struct model_set *set = plans->set;
    for (size_t i = 0; i < set->model_count; i++) {
        explain_find(plans, set->models[i]);
        for (size_t j = 0; j < set->models[i]->relation_count; j++)
            explain_relation(plans, set->models[i]->relations[j]);
        explain_statements(plans, set->models[i]);
    }
    for (size_t i = 0; i < set->row_count; i++)
        explain_statements(plans, set->rows[i]);
}

void emit_plans(struct text *out, struct model_set *set)
{
    const struct plans plans = {set, sql_database_open(set), out};
    explain_all(&plans);
    sqlite3_close(plans.database);
}
