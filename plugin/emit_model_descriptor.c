/* The descriptors of models, with their finished SQL, and of the rows of user SQL. */
#include "delete_rule.h"
#include "emit.h"
#include "emit_descriptor.h"
#include "shard.h"
#include "sql.h"

static void emit_relation_list(struct text *out, const char *member, struct relation *const *relations, size_t count)
{
    if (count == 0)
        return;
    text_print(out, "    .%s =\n        (const struct ar_relation *const[]){\n", member);
    for (size_t i = 0; i < count; i++)
        text_print(out, "            &%s,\n", relations[i]->symbol);
    text_add(out, "        },\n");
}

/* Add the SELECT of all rows. */
static void add_select(struct text *sql, const struct model *model, const struct dialect *dialect)
{
    text_add(sql, "SELECT ");
    sql_add_all_columns(sql, model, dialect);
    text_print(sql, " " SQL_BREAK "FROM %s", sql_table(model, dialect));
}

void emit_find_sql(struct text *sql, const struct model *model, const struct dialect *dialect)
{
    if (model->key_count == 0)
        return;
    add_select(sql, model, dialect);
    for (size_t i = 0; i < model->key_count; i++)
        text_print(sql, "%s%s.%s %s %s%zu", i == 0 ? " " SQL_BREAK "WHERE " : " AND ", model->table_sql,
                   model->keys[i]->sql, sql_equals(model->keys[i], dialect), dialect->placeholder, i + 1);
    sql_add_living(sql, model);
}

static void emit_selects(struct text *out, const struct model *model)
{
    struct text select[DIALECT_COUNT] = {0}, find[DIALECT_COUNT] = {0};
    for (size_t i = 0; i < DIALECT_COUNT; i++) {
        add_select(&select[i], model, dialects[i]);
        emit_find_sql(&find[i], model, dialects[i]);
    }
    emit_sql(out, "select", select);
    emit_sql(out, "find", find);
}

static void emit_tables(struct text *out, struct arena *arena, const struct model *model)
{
    struct text create[DIALECT_COUNT] = {0}, constrain[DIALECT_COUNT] = {0};
    for (size_t i = 0; i < DIALECT_COUNT; i++) {
        emit_schema_needs(&create[i], arena, model, dialects[i]);
        emit_schema_of(&create[i], arena, model, dialects[i]);
        emit_schema_rest(&constrain[i], arena, model, dialects[i]);
    }
    emit_sql(out, "create", create);
    emit_sql(out, "constrain", constrain);
}

static void emit_shards(struct text *out, const struct model_set *set, const struct model *model)
{
    const struct model *colocated = shard_colocated(set, model);
    struct text distribute = {0};
    emit_distribution(&distribute, set, model);
    if (distribute.length > 0)
        emit_sql_member(out, "    ", "distribute", distribute.data);
    if (colocated != NULL)
        text_print(out, "    .colocated = &%s_model,\n", colocated->name);
    text_free(&distribute);
}

static void emit_cascaded(struct text *out, struct arena *arena, const struct model *model)
{
    size_t count;
    struct model *const *models = delete_cascaded(arena, model, &count);
    if (count == 0)
        return;
    text_add(out, "    .cascaded =\n        (const struct ar_model *const[]){\n");
    for (size_t i = 0; i < count; i++)
        text_print(out, "            &%s_model,\n", models[i]->name);
    text_print(out, "        },\n    .cascaded_count = %zu,\n", count);
}

/* Write the other models of the same table. */
static void emit_siblings(struct text *out, const struct model_set *set, const struct model *model)
{
    size_t count = 0;
    for (size_t i = 0; model->main->has_siblings && i < set->model_count; i++) {
        if (set->models[i]->main != model->main || set->models[i] == model)
            continue;
        text_print(out, "%s&%s_model", count++ == 0 ? "    .siblings = (const struct ar_model *const[]){" : ", ",
                   set->models[i]->name);
    }
    if (count > 0)
        text_print(out, "},\n    .sibling_count = %zu,\n", count);
}

void emit_model_descriptor(struct text *out, const struct model_set *set, const struct model *model)
{
    emit_section(out, set, model);
    text_add(out, "\n");
    emit_columns(out, model);
    const char *linkage = model->is_join ? "static " : "";
    for (size_t i = 0; i < model->relation_count; i++) {
        emit_relation_descriptor(out, set->arena, model->relations[i], linkage);
        if (model->is_join)
            emit_relation_descriptor(out, set->arena, model->relations[i]->inverse, linkage);
        if (model->relations[i]->path_end != NULL)
            emit_relation_descriptor(out, set->arena, model->relations[i]->path_end, "static ");
    }
    for (size_t i = 0; i < model->union_count; i++)
        emit_union_descriptor(out, model->unions[i]);
    emit_hook_wrappers(out, set, model);
    text_print(out, "%sconst struct ar_model %s_model = {\n", linkage, model->name);
    emit_string_member(out, "    ", "name", model->is_join ? model->table : model->name);
    emit_string_member(out, "    ", "table", model->table);
    emit_string_member(out, "    ", "sql", model->table_sql);
    if (model->qualified != NULL)
        emit_string_member(out, "    ", "qualified", model->qualified);
    text_print(out, "    .size = sizeof(%s),\n    .alignment = _Alignof(%s),\n    .columns = %s_column_table,\n",
               model->c_type, model->c_type, model->name);
    if (model->key_count > 0)
        emit_column_numbers(out, "key", model->keys, model->key_count);
    emit_relation_list(out, "relations", model->relations, model->relation_count);
    emit_relation_list(out, "referrers", model->referrers, model->referrer_count);
    emit_union_list(out, model);
    text_print(out,
               "    .column_count = %zu,\n"
               "    .key_count = %zu,\n"
               "    .relation_count = %zu,\n"
               "    .referrer_count = %zu,\n",
               model->column_count, model->key_count, model->relation_count, model->referrer_count);
    if (model_deleted_at(model) != NULL)
        text_print(out, "    .deleted_at = &%s_column_table[%u],\n", model->name, model_deleted_at(model)->index);
    if (model_shard_key(model) != NULL)
        text_print(out, "    .shard_key = &%s_column_table[%u],\n", model->name, model_shard_key(model)->index);
    emit_hook_table(out, model);
    if (model->is_join)
        text_add(out, "    .is_join = true,\n");
    if (model->is_read_only)
        text_add(out, "    .is_read_only = true,\n");
    if (model->all_shards != NULL)
        text_add(out, "    .all_shards = true,\n");
    if (model->main->is_reference)
        text_add(out, "    .is_reference = true,\n");
    emit_selects(out, model);
    emit_tables(out, set->arena, model);
    emit_shards(out, set, model);
    emit_cascaded(out, set->arena, model);
    emit_constraints(out, model);
    emit_siblings(out, set, model);
    text_add(out, "};\n\n");
    emit_statement_descriptors(out, set, model);
}

void emit_row_descriptor(struct text *out, const struct model_set *set, const struct model *row)
{
    emit_section(out, set, row);
    text_add(out, "\n");
    emit_column_table(out, row);
    text_print(out, "const struct ar_model %s = {\n", row->symbol);
    emit_string_member(out, "    ", "name", row->name);
    emit_string_member(out, "    ", "table", row->name);
    text_print(out,
               "    .size = sizeof(%s),\n    .alignment = _Alignof(%s),\n    .columns = %s_column_table,\n"
               "    .column_count = %zu,\n};\n\n",
               row->c_type, row->c_type, row->name, row->column_count);
    emit_statement_descriptors(out, set, row);
}
