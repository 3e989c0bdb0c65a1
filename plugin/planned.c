/* The statements of models, their query plans, and the indexes that they lack. */
#include "planned.h"
#include "emit.h"
#include "name.h"
#include "statement.h"

#include <string.h>

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

/* ---- Indexes ----------------------------------------------------------------------------------------------------- */

const char *missing_index_columns(struct arena *arena, const struct missing_index *index, const char *separator,
                                  bool are_fields)
{
    const char *list = "";
    for (size_t i = 0; i < index->count; i++)
        list = arena_print(arena, "%s%s%s", list, i > 0 ? separator : "",
                           are_fields ? index->columns[i]->field : index->columns[i]->name);
    return list;
}

/* Return a name for the index that no other object has. */
static const char *new_name(const struct model_set *set, const struct missing_index *index)
{
    const char *stem =
        arena_print(set->arena, "%s_%s", index->model->table, missing_index_columns(set->arena, index, "_", false));
    const char *name = stem;
    for (unsigned number = 2; name_map_find(&set->objects, name_folded(set->arena, name)) != NULL; number++)
        name = arena_print(set->arena, "%s_%u", stem, number);
    return name;
}

/* Return the index that the step lacks, or NULL. A view has none. */
static const struct missing_index *find_missing(struct model_set *set, sqlite3 *database, const char *sql,
                                                const struct plan_step *step)
{
    struct full_scan scan;
    if (!query_plan_scans(set, sql, step, &scan) || scan.model->is_view)
        return NULL;
    struct missing_index *index = arena_take(set->arena, sizeof *index);
    index->model = scan.model;
    index->columns = query_plan_missing_index(set->arena, database, sql, &scan, &index->count);
    if (index->count == 0)
        return NULL;
    index->name = new_name(set, index);
    return index;
}

void planned_explain(struct model_set *set, sqlite3 *database, const struct planned *planned,
                     struct planned_result *out)
{
    const char *sql = planned->sql[DIALECT_SQLITE];
    struct query_plan plan;
    query_plan_explain(set->arena, database, sql, &plan);
    *out = (struct planned_result){.error = plan.error};
    for (size_t i = 0; i < plan.step_count; i++)
        list_add(set->arena, out->steps, out->step_count) =
            (struct planned_step){.text = plan.steps[i].text,
                                  .depth = plan.steps[i].depth,
                                  .missing = find_missing(set, database, sql, &plan.steps[i])};
}

/* ---- Statements -------------------------------------------------------------------------------------------------- */

static void add_find(struct arena *arena, struct planned_list *list, const struct model *model)
{
    if (model->key_count == 0 || model->is_join)
        return;
    struct planned planned = {
        .title = arena_print(arena, "%s_find", model->name),
        .at = model->at,
        .model = model,
    };
    for (size_t i = 0; i < DIALECT_COUNT; i++) {
        struct text sql = {0};
        emit_find_sql(&sql, model, dialects[i]);
        planned.sql[i] = plain_sql(arena, &sql);
    }
    list_add(arena, list->items, list->count) = planned;
}

static void add_relation(struct arena *arena, struct planned_list *list, const struct relation *relation)
{
    if (relation_has_path(relation) || relation->owner->is_join)
        return;
    struct planned planned = {
        .title = arena_print(arena, "%s(%s) of `%s`", relation_macro(relation), relation->name, relation->owner->name),
        .at = relation->at,
        .model = relation->owner,
        .full_scan = relation->full_scan,
        .relation = relation,
    };
    for (size_t i = 0; i < DIALECT_COUNT; i++) {
        struct text sql = {0};
        dialects[i]->add_select(&sql, arena, relation);
        planned.sql[i] = plain_sql(arena, &sql);
    }
    list_add(arena, list->items, list->count) = planned;
}

static void add_statements(struct arena *arena, struct planned_list *list, const struct model *model)
{
    for (size_t i = 0; i < model->statement_count; i++) {
        const struct sql_statement *statement = &model->statements[i];
        struct planned planned = {
            .title = arena_print(arena, "AR_SQL(%s)", statement->name),
            .at = statement->at,
            .model = model,
            .full_scan = statement->full_scan,
            .statement = statement,
        };
        for (size_t k = 0; k < DIALECT_COUNT; k++)
            planned.sql[k] = statement_sql(arena, statement, dialects[k]);
        list_add(arena, list->items, list->count) = planned;
    }
}

struct planned_list planned_list(const struct model_set *set)
{
    struct planned_list list = {0};
    for (size_t i = 0; i < set->model_count; i++) {
        add_find(set->arena, &list, set->models[i]);
        for (size_t j = 0; j < set->models[i]->relation_count; j++)
            add_relation(set->arena, &list, set->models[i]->relations[j]);
        add_statements(set->arena, &list, set->models[i]);
    }
    for (size_t i = 0; i < set->row_count; i++)
        add_statements(set->arena, &list, set->rows[i]);
    return list;
}
