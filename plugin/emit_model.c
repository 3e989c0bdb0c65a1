/* Writes the typed functions of a model: those of its records and queries. Each feature has a separate file. */
#include "emit.h"
#include "template.h"

#include <string.h>

/* Placeholders: @m is the model, @t its C type, @p the parameter for its record, @c its first field. */

static const char record_template[] =
    "/* Insert the @m if its key is not set; otherwise write its changed columns. */\n"
    "AR_MUST_CHECK enum ar_status @m_save(struct ar_session *s, @t *@p)\n"
    "{\n"
    "    return ar_record_save(s, &@m_model, @p);\n"
    "}\n"
    "\n"
    "/* Insert a row; or an array, all or none. Each record receives its key, timestamps and defaults. */\n"
    "AR_MUST_CHECK enum ar_status @m_insert(struct ar_session *s, @t *@p)\n"
    "{\n"
    "    return ar_record_insert(s, &@m_model, @p);\n"
    "}\n"
    "AR_MUST_CHECK enum ar_status @m_insert_many(struct ar_session *s, @t *records, size_t count)\n"
    "{\n"
    "    return ar_record_insert_many(s, &@m_model, records, count);\n"
    "}\n"
    "\n"
    "/* Insert, or update the rows that conflict: see struct ar_upsert. `how` and what follows may be NULL. */\n"
    "AR_MUST_CHECK enum ar_status @m_upsert(struct ar_session *s, @t *@p, const struct ar_upsert *how, "
    "enum ar_upsert_effect *effect)\n"
    "{\n"
    "    return ar_record_upsert(s, &@m_model, @p, how, effect);\n"
    "}\n"
    "AR_MUST_CHECK enum ar_status @m_upsert_many(struct ar_session *s, @t *records, size_t count, "
    "const struct ar_upsert *how, enum ar_upsert_effect *effects, struct ar_upsert_totals *totals)\n"
    "{\n"
    "    return ar_record_upsert_many(s, &@m_model, records, count, how, effects, totals);\n"
    "}\n"
    "\n"
    "/* Put the new @m into a graph, to be inserted by ar_graph_save. */\n"
    "void @m_put(struct ar_graph *graph, @t *@p)\n"
    "{\n"
    "    ar_graph_put(graph, &@m_model, @p);\n"
    "}\n"
    "\n"
    "/* Write the changed columns. AR_NOT_FOUND: the row no longer exists. */\n"
    "AR_MUST_CHECK enum ar_status @m_update(struct ar_session *s, @t *@p)\n"
    "{\n"
    "    return ar_record_update(s, &@m_model, @p);\n"
    "}\n"
    "\n"
    "/* Assign to columns of the row, whatever other sessions do: see ar_record_assign. */\n"
    "AR_MUST_CHECK enum ar_status @m_assign(struct ar_session *s, @t *@p, struct ar_assignment set)\n"
    "{\n"
    "    return ar_record_assign(s, &@m_model, @p, &set);\n"
    "}\n"
    "\n"
    "/* Delete the row; the struct stays valid. AR_NOT_FOUND: the row no longer exists. */\n"
    "AR_MUST_CHECK enum ar_status @m_delete(struct ar_session *s, const @t *@p)\n"
    "{\n"
    "    return ar_record_delete(s, &@m_model, @p);\n"
    "}\n"
    "\n";

static const char reload_template[] =
    "/* Read the row again and discard changes. AR_NOT_FOUND: it no longer exists. */\n"
    "AR_MUST_CHECK enum ar_status @m_reload(struct ar_session *s, @t *@p)\n"
    "{\n"
    "    return ar_record_reload(s, &@m_model, @p);\n"
    "}\n"
    "\n";

static const char query_template[] =
    "/* Return a new query of all rows. Never NULL; it belongs to the session. */\n"
    "struct @m_query *@m_query(struct ar_session *s)\n"
    "{\n"
    "    return (struct @m_query *)ar_query_open(s, &@m_model);\n"
    "}\n"
    "\n"
    "/* Add a condition; a row must meet all. */\n"
    "void @m_where(struct @m_query *q, struct ar_condition condition)\n"
    "{\n"
    "    ar_query_where((struct ar_query *)q, &condition);\n"
    "}\n"
    "\n"
    "/* Add a sort key after those added before. */\n"
    "void @m_order_by(struct @m_query *q, struct ar_order order)\n"
    "{\n"
    "    ar_query_order_by((struct ar_query *)q, order);\n"
    "}\n"
    "\n"
    "/* Return at most `limit` rows, after the first `offset`; in the sub-query of an eager load, per parent. */\n"
    "void @m_limit(struct @m_query *q, uint64_t limit)\n"
    "{\n"
    "    ar_query_limit((struct ar_query *)q, limit);\n"
    "}\n"
    "void @m_offset(struct @m_query *q, uint64_t offset)\n"
    "{\n"
    "    ar_query_offset((struct ar_query *)q, offset);\n"
    "}\n"
    "\n"
    "/* Make lazy loads from the records fail: see ar_query_strict. */\n"
    "void @m_strict(struct @m_query *q)\n"
    "{\n"
    "    ar_query_strict((struct ar_query *)q);\n"
    "}\n"
    "\n"
    "/* Return all records. On failure the list is empty. */\n"
    "AR_MUST_CHECK enum ar_status @m_all(struct @m_query *q, struct @m_list *out)\n"
    "{\n"
    "    struct ar_list list;\n"
    "    enum ar_status status = ar_query_all((struct ar_query *)q, &list);\n"
    "    out->items = (@t *const *)list.items;\n"
    "    out->count = list.count;\n"
    "    return status;\n"
    "}\n"
    "\n"
    "/* Return the first record, by primary key if the query has no order; AR_OK and NULL if there is none. */\n"
    "AR_MUST_CHECK enum ar_status @m_first(struct @m_query *q, @t **out)\n"
    "{\n"
    "    void *record;\n"
    "    enum ar_status status = ar_query_first((struct ar_query *)q, &record);\n"
    "    *out = (@t *)record;\n"
    "    return status;\n"
    "}\n"
    "\n"
    "/* Return the only record. AR_NOT_FOUND: there is none. AR_MISUSE: there are several. *out is then NULL. */\n"
    "AR_MUST_CHECK enum ar_status @m_one(struct @m_query *q, @t **out)\n"
    "{\n"
    "    void *record;\n"
    "    enum ar_status status = ar_query_one((struct ar_query *)q, &record);\n"
    "    *out = (@t *)record;\n"
    "    return status;\n"
    "}\n"
    "\n"
    "/* Count the rows, or find if there are any. Limit and offset apply. */\n"
    "AR_MUST_CHECK enum ar_status @m_count(struct @m_query *q, int64_t *out)\n"
    "{\n"
    "    return ar_query_count((struct ar_query *)q, out);\n"
    "}\n"
    "AR_MUST_CHECK enum ar_status @m_exists(struct @m_query *q, bool *out)\n"
    "{\n"
    "    return ar_query_exists((struct ar_query *)q, out);\n"
    "}\n"
    "\n";

static const char change_template[] =
    "/* Delete or update all rows without loading them. `changed` receives their number; it may be NULL. */\n"
    "AR_MUST_CHECK enum ar_status @m_delete_all(struct @m_query *q, int64_t *changed)\n"
    "{\n"
    "    return ar_query_delete_all((struct ar_query *)q, changed);\n"
    "}\n"
    "AR_MUST_CHECK enum ar_status @m_update_all(struct @m_query *q, struct ar_assignment set, int64_t *changed)\n"
    "{\n"
    "    return ar_query_update_all((struct ar_query *)q, &set, changed);\n"
    "}\n"
    "\n";

static const char aggregate_template[] =
    "/* Aggregate a column into a struct ar_value: @m_max(q, @m_column.@c, &value). Sum and average take numbers. */\n"
    "struct ar_query *@m_query_base(struct @m_query *q)\n"
    "{\n"
    "    return (struct ar_query *)q;\n"
    "}\n"
    "#define @m_sum(q, handle, out) ar_query_sum(@m_query_base(q), handle, out)\n"
    "#define @m_avg(q, handle, out) ar_query_avg(@m_query_base(q), handle, out)\n"
    "#define @m_min(q, handle, out) ar_query_min(@m_query_base(q), handle, out)\n"
    "#define @m_max(q, handle, out) ar_query_max(@m_query_base(q), handle, out)\n"
    "\n";

static const char clear_template[] = "/* Drop all relations of the @m from the cache: the next access loads. */\n"
                                     "void @m_clear_relation_cache(struct ar_session *s, const @t *@p)\n"
                                     "{\n"
                                     "    ar_relation_clear_all(s, &@m_model, @p);\n"
                                     "}\n"
                                     "\n";

/* Return the field's type as written. An enum without a name, or with one that is local to the struct in C++, is an
 * integer. */
static const char *key_type(const struct member *column)
{
    const char *spelling = column->spelling;
    if (column->is_enum && column->enum_type == NULL)
        return column_type(column->type)->c_type;
    return strncmp(spelling, "const ", 6) == 0 ? spelling + 6 : spelling;
}

/* Write a function that reads a record by its key. */
static void emit_find_function(struct text *out, enum template_form form, const struct model_set *set,
                               const struct placeholder *placeholders, const char *parameters, const char *values,
                               const char *name, const char *comment)
{
    template_add_functions(out, form,
                           arena_print(set->arena,
                                       "%sAR_MUST_CHECK enum ar_status @m_%s(struct ar_session *s, %s@t **out)\n"
                                       "{\n"
                                       "    const struct ar_value key[] = {%s};\n"
                                       "    void *record;\n"
                                       "    enum ar_status status = ar_record_%s(s, &@m_model, key, &record);\n"
                                       "    *out = (@t *)record;\n"
                                       "    return status;\n"
                                       "}\n"
                                       "\n",
                                       comment, name, parameters, values, name),
                           placeholders);
}

static void emit_find(struct text *out, enum template_form form, const struct model_set *set, const struct model *model,
                      const struct placeholder *placeholders)
{
    const char *parameters = "", *values = "";
    const char *const *names = emit_key_names(set, model);
    for (size_t i = 0; i < model->key_count; i++) {
        const struct member *column = model->keys[i];
        const char *name = names[i];
        const struct column_type *type = column_type(column->type);
        const char *size = type->key.has_size ? arena_print(set->arena, ", %u", column->size) : "";
        if (type->key.has_size)
            parameters = arena_print(set->arena, "%s%s%s[%u], ", parameters, type->key.before, name, column->size);
        else if (type->key.before != NULL)
            parameters = arena_print(set->arena, "%s%s%s%s, ", parameters, type->key.before, name, type->key.after);
        else
            parameters = arena_print(set->arena, "%s%s %s, ", parameters, key_type(column), name);
        values = arena_print(set->arena, "%s%sar_value_%s(%s%s)", values, i == 0 ? "" : ", ", type->key.constructor,
                             name, size);
    }
    emit_find_function(out, form, set, placeholders, parameters, values, "find",
                       "/* Read the @m with this key. AR_NOT_FOUND: there is none, and *out is NULL. "
                       "*/\n");
    emit_find_function(
        out, form, set, placeholders, parameters, values, "find_for_update",
        "/* Likewise, and lock the row until the transaction ends. AR_MISUSE: no transaction is open. */\n");
}

void emit_model_functions(struct text *out, enum template_form form, const struct model_set *set,
                          const struct model *model)
{
    const struct placeholder placeholders[] = {
        {'m', model->name}, {'t', model->c_type}, {'p', emit_record_name(set, model)}, {'c', model->columns[0]->field},
        {'\0', NULL},
    };
    if (model->key_count > 0)
        emit_find(out, form, set, model, placeholders);
    if (!model->is_read_only)
        template_add_functions(out, form, record_template, placeholders);
    if (model->key_count > 0)
        template_add_functions(out, form, reload_template, placeholders);
    emit_deleted_functions(out, form, model, placeholders);
    template_add_functions(out, form, query_template, placeholders);
    if (!model->is_read_only)
        template_add_functions(out, form, change_template, placeholders);
    template_add_functions(out, form, aggregate_template, placeholders);
    emit_rows_functions(out, form, model, placeholders);
    for (size_t i = 0; i < model->relation_count; i++)
        emit_relation_functions(out, form, set, model->relations[i]);
    for (size_t i = 0; i < model->union_count; i++)
        emit_union_functions(out, form, set, model->unions[i]);
    template_add_functions(out, form, clear_template, placeholders);
    emit_statement_functions(out, form, set, model);
}
