/* The generated header: list types, column handles and typed inline functions of its models. Each function only casts
 * the arguments and results of a function of the runtime. */
#include "emit.h"
#include "name.h"
#include "template.h"

#include <armature/armature.h>
#include <string.h>

/* Placeholders: @m is the model, @t its C type, @p the parameter for its record; @r a relation, @n its target, @u the C
 * type of the target, @k the kind of the relation, @l its source location. */

static const char list_template[] = "#ifndef @g\n"
                                    "#define @g\n"
                                    "/* Records of @m in the order of the query. The list belongs to the session. "
                                    "*/\n"
                                    "struct @m_list {\n"
                                    "    @t *const *items;\n"
                                    "    size_t count;\n"
                                    "};\n"
                                    "#endif\n"
                                    "\n";

static const char record_template[] =
    "/* Save the @m: insert it if its key is not set, otherwise update the changed columns. */\n"
    "AR_MUST_CHECK static inline enum ar_status @m_save(struct ar_session *s, @t *@p)\n"
    "{\n"
    "    return ar_record_save(s, &@m_model, @p);\n"
    "}\n"
    "\n"
    "/* Insert the @m as a new row. It receives its generated key, timestamps and defaults. */\n"
    "AR_MUST_CHECK static inline enum ar_status @m_insert(struct ar_session *s, @t *@p)\n"
    "{\n"
    "    return ar_record_insert(s, &@m_model, @p);\n"
    "}\n"
    "\n"
    "/* Insert an array of records, all or none. Each receives its key, timestamps and defaults. */\n"
    "AR_MUST_CHECK static inline enum ar_status @m_insert_many(struct ar_session *s, @t *records, size_t count)\n"
    "{\n"
    "    return ar_record_insert_many(s, &@m_model, records, count);\n"
    "}\n"
    "\n"
    "/* Insert the @m, or update the row that conflicts with it. `how` and `effect` may be NULL: see struct ar_upsert. */\n"
    "AR_MUST_CHECK static inline enum ar_status @m_upsert(struct ar_session *s, @t *@p, const struct ar_upsert *how, "
    "enum ar_upsert_effect *effect)\n"
    "{\n"
    "    return ar_record_upsert(s, &@m_model, @p, how, effect);\n"
    "}\n"
    "\n"
    "/* Do so for an array, all or none. `effects`, one for each record, and `totals` may be NULL. */\n"
    "AR_MUST_CHECK static inline enum ar_status @m_upsert_many(struct ar_session *s, @t *records, size_t count, "
    "const struct ar_upsert *how, enum ar_upsert_effect *effects, struct ar_upsert_totals *totals)\n"
    "{\n"
    "    return ar_record_upsert_many(s, &@m_model, records, count, how, effects, totals);\n"
    "}\n"
    "\n"
    "/* Put the new @m into a graph, to be inserted by ar_graph_save. */\n"
    "static inline void @m_put(struct ar_graph *graph, @t *@p)\n"
    "{\n"
    "    ar_graph_put(graph, &@m_model, @p);\n"
    "}\n"
    "\n"
    "/* Write the changed columns of the @m. AR_NOT_FOUND: its row no longer exists. */\n"
    "AR_MUST_CHECK static inline enum ar_status @m_update(struct ar_session *s, @t *@p)\n"
    "{\n"
    "    return ar_record_update(s, &@m_model, @p);\n"
    "}\n"
    "\n"
    "/* Assign to columns of the @m's row, whatever other sessions do: see ar_record_assign. */\n"
    "AR_MUST_CHECK static inline enum ar_status @m_assign(struct ar_session *s, @t *@p, struct ar_assignment set)\n"
    "{\n"
    "    return ar_record_assign(s, &@m_model, @p, &set);\n"
    "}\n"
    "\n"
    "/* Delete the row of the @m; its memory stays valid. AR_NOT_FOUND: the row no longer exists. */\n"
    "AR_MUST_CHECK static inline enum ar_status @m_delete(struct ar_session *s, const @t *@p)\n"
    "{\n"
    "    return ar_record_delete(s, &@m_model, @p);\n"
    "}\n"
    "\n";

static const char reload_template[] =
    "/* Read the @m again and discard its changes. AR_NOT_FOUND: its row no longer exists. */\n"
    "AR_MUST_CHECK static inline enum ar_status @m_reload(struct ar_session *s, @t *@p)\n"
    "{\n"
    "    return ar_record_reload(s, &@m_model, @p);\n"
    "}\n"
    "\n";

static const char query_template[] =
    "/* Return a new query of all rows of @m. Never NULL; it belongs to the session. */\n"
    "static inline struct @m_query *@m_query(struct ar_session *s)\n"
    "{\n"
    "    return (struct @m_query *)ar_query_open(s, &@m_model);\n"
    "}\n"
    "\n"
    "/* Add a condition. A row must meet all conditions. */\n"
    "static inline void @m_where(struct @m_query *q, struct ar_condition condition)\n"
    "{\n"
    "    ar_query_where((struct ar_query *)q, &condition);\n"
    "}\n"
    "\n"
    "/* Add a sort key after those added before. */\n"
    "static inline void @m_order_by(struct @m_query *q, struct ar_order order)\n"
    "{\n"
    "    ar_query_order_by((struct ar_query *)q, order);\n"
    "}\n"
    "\n"
    "/* Return at most `limit` rows; in the sub-query of an eager load, per parent. */\n"
    "static inline void @m_limit(struct @m_query *q, uint64_t limit)\n"
    "{\n"
    "    ar_query_limit((struct ar_query *)q, limit);\n"
    "}\n"
    "\n"
    "/* Skip `offset` rows; in the sub-query of an eager load, per parent. */\n"
    "static inline void @m_offset(struct @m_query *q, uint64_t offset)\n"
    "{\n"
    "    ar_query_offset((struct ar_query *)q, offset);\n"
    "}\n"
    "\n"
    "/* Make lazy loads from the records of this query fail, with an error that names the relation and the model. */\n"
    "static inline void @m_strict(struct @m_query *q)\n"
    "{\n"
    "    ar_query_strict((struct ar_query *)q);\n"
    "}\n"
    "\n"
    "/* Return all records of the query. On failure the list is empty. */\n"
    "AR_MUST_CHECK static inline enum ar_status @m_all(struct @m_query *q, struct @m_list *out)\n"
    "{\n"
    "    struct ar_list list;\n"
    "    enum ar_status status = ar_query_all((struct ar_query *)q, &list);\n"
    "    out->items = (@t *const *)list.items;\n"
    "    out->count = list.count;\n"
    "    return status;\n"
    "}\n"
    "\n"
    "/* Return the first @m, by primary key if the query has no order; AR_OK and NULL if there is none. */\n"
    "AR_MUST_CHECK static inline enum ar_status @m_first(struct @m_query *q, @t **out)\n"
    "{\n"
    "    void *record;\n"
    "    enum ar_status status = ar_query_first((struct ar_query *)q, &record);\n"
    "    *out = (@t *)record;\n"
    "    return status;\n"
    "}\n"
    "\n"
    "/* Return the only @m. AR_NOT_FOUND: there is none. AR_MISUSE: there are several. *out is then NULL. */\n"
    "AR_MUST_CHECK static inline enum ar_status @m_one(struct @m_query *q, @t **out)\n"
    "{\n"
    "    void *record;\n"
    "    enum ar_status status = ar_query_one((struct ar_query *)q, &record);\n"
    "    *out = (@t *)record;\n"
    "    return status;\n"
    "}\n"
    "\n"
    "/* Return the number of rows, or true if there are any. Limit and offset apply. */\n"
    "AR_MUST_CHECK static inline enum ar_status @m_count(struct @m_query *q, int64_t *out)\n"
    "{\n"
    "    return ar_query_count((struct ar_query *)q, out);\n"
    "}\n"
    "\n"
    "AR_MUST_CHECK static inline enum ar_status @m_exists(struct @m_query *q, bool *out)\n"
    "{\n"
    "    return ar_query_exists((struct ar_query *)q, out);\n"
    "}\n"
    "\n";

static const char change_template[] =
    "/* Delete or update all rows without loading them. `changed` receives their number; it may be NULL. */\n"
    "AR_MUST_CHECK static inline enum ar_status @m_delete_all(struct @m_query *q, int64_t *changed)\n"
    "{\n"
    "    return ar_query_delete_all((struct ar_query *)q, changed);\n"
    "}\n"
    "\n"
    "AR_MUST_CHECK static inline enum ar_status @m_update_all(struct @m_query *q, struct ar_assignment set, "
    "int64_t *changed)\n"
    "{\n"
    "    return ar_query_update_all((struct ar_query *)q, &set, changed);\n"
    "}\n"
    "\n";

static const char aggregate_template[] =
    "/* Aggregate a column into a struct ar_value: @m_max(q, @m_column.@c, &value). Sum and average take numbers. "
    "These are macros, because a C function cannot take a column of any type. */\n"
    "static inline struct ar_query *@m_query_base(struct @m_query *q)\n"
    "{\n"
    "    return (struct ar_query *)q;\n"
    "}\n"
    "#define @m_sum(q, handle, out) \\\n"
    "    ar_query_aggregate(@m_query_base(q), AR_AGGREGATE_SUM, ar_number_column(handle), (out))\n"
    "#define @m_avg(q, handle, out) \\\n"
    "    ar_query_aggregate(@m_query_base(q), AR_AGGREGATE_AVG, ar_number_column(handle), (out))\n"
    "#define @m_min(q, handle, out) \\\n"
    "    ar_query_aggregate(@m_query_base(q), AR_AGGREGATE_MIN, ar_ordered_column(handle), (out))\n"
    "#define @m_max(q, handle, out) \\\n"
    "    ar_query_aggregate(@m_query_base(q), AR_AGGREGATE_MAX, ar_ordered_column(handle), (out))\n"
    "\n";

static const char clear_template[] = "/* Drop all relations of the @m from the cache: the next access loads. */\n"
                                     "static inline void @m_clear_relation_cache(struct ar_session *s, const @t *@p)\n"
                                     "{\n"
                                     "    ar_relation_clear_all(s, &@m_model, @p);\n"
                                     "}\n"
                                     "\n";

/* ---- Models ------------------------------------------------------------------------------------------------------ */

/* Return the middle of the handle's type, struct ar_<handle>_column. Enums are integers, whatever their sign. */
static const char *handle_type(const struct member *column)
{
    if (member_has(column, ATTRIBUTE_JSON))
        return "json";
    bool is_integer_enum = column->is_enum && member_is(column, GROUP_INTEGER);
    return column_type(is_integer_enum ? AR_TYPE_INT32 : column->type)->handle;
}

/* Return the length of the start that two scopes share, up to a dot. */
static size_t shared_scope(const char *a, const char *b)
{
    size_t shared = 0;
    for (size_t i = 0; a[i] != '\0' && a[i] == b[i]; i++)
        if (a[i] == '.')
            shared = i + 1;
    return shared;
}

/* Write the ends of the structs that contain the scope's rest. */
static void close_scope(struct text *out, const char *scope, size_t kept, unsigned *depth)
{
    for (size_t length = strlen(scope); length > kept;) {
        size_t start = length - 1;
        while (start > kept && scope[start - 1] != '.')
            start--;
        text_print(out, "%*s} %.*s;\n", (int)(4 * (*depth)--), "", (int)(length - 1 - start), scope + start);
        length = start;
    }
}

/* Write the column handles, in structs like those that contain the fields. */
static void emit_handles(struct text *out, const struct model *model)
{
    const char *scope = "";
    unsigned depth = 0;
    for (size_t i = 0; i < model->column_count; i++) {
        const struct member *column = model->columns[i];
        size_t shared = shared_scope(scope, column->scope);
        close_scope(out, scope, shared, &depth);
        scope = column->scope;
        for (const char *at = scope + shared; *at != '\0'; at++)
            if (*at == '.')
                text_print(out, "%*sstruct {\n", (int)(4 * ++depth), "");
        text_print(out, "%*sstruct ar_%s_column %s;\n", (int)(4 * (depth + 1)), "", handle_type(column),
                   column->field + strlen(scope));
    }
    close_scope(out, scope, 0, &depth);
}

static void emit_columns(struct text *out, const struct model *model)
{
    text_print(out, "/* The columns of %s, for conditions and orders: ar_is_null(%s_column.%s). */\n", model->name,
               model->name, model->columns[0]->field);
    text_print(out, "struct %s_columns {\n", model->name);
    emit_handles(out, model);
    text_print(out,
               "};\n\n"
               "extern const struct %s_columns %s_column;\n"
               "extern const struct ar_model %s_model;\n",
               model->name, model->name, model->name);
    for (size_t i = 0; i < model->relation_count; i++)
        text_print(out, "extern const struct ar_relation %s_%s_relation;\n", model->name, model->relations[i]->name);
    for (size_t i = 0; i < model->union_count; i++)
        text_print(out, "extern const struct ar_union %s_%s_union;\n", model->name, model->unions[i]->self.name);
    text_add(out, "\n");
}

/* Return the field's type as written, if it has a name. */
static const char *key_type(const struct member *column)
{
    const char *spelling = column->spelling;
    if (strncmp(spelling, "const ", 6) == 0)
        spelling += 6;
    return strchr(spelling, '{') == NULL ? spelling : column_type(column->type)->c_type;
}

/* Write a function that reads a record by its key. */
static void emit_find_function(struct text *out, const struct model_set *set, const struct placeholder *placeholders,
                               const char *parameters, const char *values, const char *name, const char *comment)
{
    template_add(out,
                 arena_print(set->arena,
                             "%s"
                             "AR_MUST_CHECK static inline enum ar_status @m_%s(struct ar_session *s, %s@t **out)\n"
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

static void emit_find(struct text *out, const struct model_set *set, const struct model *model,
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
    emit_find_function(out, set, placeholders, parameters, values, "find",
                       "/* Read the @m with this key from the database. AR_NOT_FOUND: there is none, and *out is NULL. "
                       "*/\n");
    emit_find_function(
        out, set, placeholders, parameters, values, "find_for_update",
        "/* Like @m_find, but lock the row until the transaction ends. AR_MISUSE: no transaction is open. */\n");
}

static void emit_model(struct text *out, const struct model_set *set, const struct model *model)
{
    const struct placeholder placeholders[] = {
        {'m', model->name}, {'t', model->c_type}, {'p', emit_record_name(set, model)}, {'c', model->columns[0]->field},
        {'\0', NULL},
    };
    emit_section(out, set, model);
    text_add(out, "\n");
    emit_columns(out, model);
    for (size_t i = 0; i < model->column_count; i++)
        emit_enum(out, set->arena, model, model->columns[i]);
    emit_hook_prototypes(out, set, model);
    if (model->key_count > 0)
        emit_find(out, set, model, placeholders);
    if (!model->is_read_only)
        template_add(out, record_template, placeholders);
    if (model->key_count > 0)
        template_add(out, reload_template, placeholders);
    emit_deleted_functions(out, model, placeholders);
    template_add(out, query_template, placeholders);
    if (!model->is_read_only)
        template_add(out, change_template, placeholders);
    template_add(out, aggregate_template, placeholders);
    emit_rows_functions(out, model, placeholders);
    for (size_t i = 0; i < model->relation_count; i++)
        emit_relation_functions(out, set, model->relations[i]);
    for (size_t i = 0; i < model->union_count; i++)
        emit_union_functions(out, set, model->unions[i]);
    template_add(out, clear_template, placeholders);
    emit_statement_functions(out, set, model);
}

static void emit_row(struct text *out, const struct model_set *set, const struct model *row)
{
    emit_section(out, set, row);
    text_print(out, "\nextern const struct ar_model %s;\n\n", row->symbol);
    emit_statement_functions(out, set, row);
}

/* ---- The file ---------------------------------------------------------------------------------------------------- */

/* Return true if functions of the header name this model: it belongs to the header, is the target of a relation, or is
 * read with its target. */
static bool uses_model(const struct header *header, const struct model *model)
{
    for (size_t i = 0; i < header->model_count; i++) {
        if (header->models[i] == model)
            return true;
        for (size_t j = 0; j < header->models[i]->relation_count; j++) {
            const struct relation *relation = header->models[i]->relations[j];
            if (relation->target == model || (relation_has_links(relation) && relation->path[0]->target == model))
                return true;
        }
    }
    return false;
}

static void emit_includes(struct text *out, const struct model_set *set, const struct header *header)
{
    text_print(out, "#include <armature/armature.h>\n\n#include \"%s\"\n", header->relative);
    for (size_t i = 0; i < set->header_count; i++) {
        const struct header *other = &set->headers[i];
        bool is_needed = false;
        for (size_t j = 0; j < other->model_count; j++)
            is_needed = is_needed || uses_model(header, other->models[j]);
        if (is_needed && other != header)
            text_print(out, "#include \"%s\"\n", other->relative);
    }
    text_add(out, "\n");
}

static void emit_list_type(struct text *out, const struct model_set *set, const struct model *model)
{
    const char *guard = arena_print(set->arena, "ARMATURE_LIST_%s", name_upper(set->arena, model->name));
    const struct placeholder placeholders[] = {{'g', guard}, {'m', model->name}, {'t', model->c_type}, {'\0', NULL}};
    template_add(out, list_template, placeholders);
}

static void emit_types(struct text *out, const struct model_set *set, const struct header *header)
{
    for (size_t i = 0; i < set->model_count; i++)
        if (uses_model(header, set->models[i]))
            text_print(out, "struct %s_query;\n", set->models[i]->name);
    text_add(out, "\n");
    for (size_t i = 0; i < set->model_count; i++)
        if (uses_model(header, set->models[i]))
            emit_list_type(out, set, set->models[i]);
    for (size_t i = 0; i < header->row_count; i++)
        emit_list_type(out, set, header->rows[i]);
}

/* Write the list of the header's models. It is static, so that two headers with the same name do not collide when the
 * program is linked. */
static void emit_model_list(struct text *out, const struct model_set *set, const struct header *header)
{
    if (header->model_count == 0)
        return;
    const char *name = emit_list_name(set, header);
    text_print(out,
               "/* All models of %s, for ar_create_table_list, ar_check_table_list and ar_db_options.models. */\n"
               "enum { %s_count = %zu };\n"
               "static const struct ar_model *const %ss[%s_count] = {\n",
               emit_comment_text(set->arena, header->relative), name, header->model_count, name, name);
    for (size_t i = 0; i < header->model_count; i++)
        text_print(out, "    &%s_model,\n", header->models[i]->name);
    text_add(out, "};\n\n");
}

void emit_header(struct text *out, const struct model_set *set, const struct header *header)
{
    const char *name = emit_comment_text(set->arena, header->relative);
    text_print(
        out,
        "/* Types and functions for the models in %s. Generated by armature %s: edit that header, not this file. */\n"
        "#ifndef %s\n"
        "#define %s\n\n",
        name, ARMATURE_VERSION, header->guard, header->guard);
    emit_includes(out, set, header);
    text_print(out,
               "#if ARMATURE_ABI != %d\n"
               "#error \"%s was generated by a different version of Armature: generate it again with this one\"\n"
               "#endif\n\n"
               "#ifdef __cplusplus\n"
               "extern \"C\" {\n"
               "#endif\n\n",
               ARMATURE_ABI, header->output);
    if (header->model_count > 0 || header->row_count > 0)
        emit_types(out, set, header);
    for (size_t i = 0; i < header->model_count; i++)
        emit_model(out, set, header->models[i]);
    for (size_t i = 0; i < header->row_count; i++)
        emit_row(out, set, header->rows[i]);
    emit_model_list(out, set, header);
    text_add(out, "#ifdef __cplusplus\n"
                  "}\n"
                  "#endif\n"
                  "#endif\n");
}
