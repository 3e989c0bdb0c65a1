/* The generated source: the descriptors of all models and their finished SQL, as constant tables. */
#include "delete_rule.h"
#include "emit.h"
#include "shard.h"
#include "sql.h"
#include "union.h"

#include <armature/armature.h>
#include <inttypes.h>
#include <string.h>

/* ---- Strings ----------------------------------------------------------------------------------------------------- */

static void emit_string_member(struct text *out, const char *indent, const char *member, const char *value)
{
    text_print(out, "%s.%s = ", indent, member);
    text_add_literal(out, value);
    text_add(out, ",\n");
}

/* Adjacent string literals, one per line, aligned with the first. */
struct literals {
    struct text *out;
    size_t indent;
    bool any;
};

static void add_literal_line(struct literals *literals, const char *line)
{
    if (literals->any)
        text_print(literals->out, "\n%*s", (int)literals->indent, "");
    text_add_literal(literals->out, line);
    literals->any = true;
}

/* Return how many of the `length` bytes fit into a literal of this width, up to a space; all if there is no space. */
static size_t fitting_length(const char *text, size_t length, size_t width)
{
    size_t end = 0, used = 0;
    for (size_t i = 0; i < length && used <= width; i++) {
        used += text[i] == '"' || text[i] == '\\' ? 2 : 1;
        if (text[i] == ' ' && i > 4)
            end = i + 1;
    }
    return used > width && end > 0 ? end : length;
}

/* Add a literal for each line of the SQL; a line that is too long is broken at a space. */
static void add_literals(struct literals *literals, const char *text)
{
    size_t room = 116 - literals->indent;
    while (*text != '\0') {
        size_t length = strcspn(text, "\n" SQL_BREAK);
        length += text[length] == '\n';
        length = fitting_length(text, length, room);
        struct text line = {0};
        text_print(&line, "%.*s", (int)length, text);
        add_literal_line(literals, line.data);
        text_free(&line);
        text += length;
        text += *text == SQL_BREAK[0];
    }
}

void emit_shared_sql(struct text *out, const char *member, const struct text *sql)
{
    size_t start = out->length;
    text_print(out, "    .%s = ARMATURE_SQL(", member);
    struct literals literals = {.out = out, .indent = out->length - start};
    add_literals(&literals, sql->data);
    text_add(out, "),\n");
}

/* Write a member that is one SQL text. */
static void emit_sql_member(struct text *out, const char *indent, const char *member, const char *sql)
{
    size_t start = out->length;
    text_print(out, "%s.%s = ", indent, member);
    struct literals literals = {.out = out, .indent = out->length - start};
    add_literals(&literals, sql);
    text_add(out, ",\n");
}

static bool is_shared(const struct text sql[DIALECT_COUNT])
{
    for (size_t i = 0; i < DIALECT_COUNT; i++)
        if (sql[i].length == 0 || strcmp(sql[i].data, sql[0].data) != 0)
            return false;
    return true;
}

void emit_sql(struct text *out, const char *member, struct text sql[DIALECT_COUNT])
{
    bool is_open = false;
    if (is_shared(sql)) {
        emit_shared_sql(out, member, &sql[0]);
        for (size_t i = 0; i < DIALECT_COUNT; i++)
            text_free(&sql[i]);
        return;
    }
    for (size_t i = 0; i < DIALECT_COUNT; i++) {
        if (sql[i].length > 0 && !is_open)
            text_print(out, "    .%s =\n        {\n", member);
        if (sql[i].length > 0)
            emit_sql_member(out, "            ", dialects[i]->name, sql[i].data);
        is_open = is_open || sql[i].length > 0;
        text_free(&sql[i]);
    }
    if (is_open)
        text_add(out, "        },\n");
}

/* ---- Columns ----------------------------------------------------------------------------------------------------- */

void emit_enum_names(struct text *out, const struct model *model, const struct member *column)
{
    text_print(out, "static const struct ar_enum_name %s_%s_names[] = {\n", model->name, column->identifier);
    for (size_t i = 0; i < column->enum_count; i++) {
        text_add(out, "    {");
        text_add_literal(out, column->enum_names[i].name);
        text_print(out, ", %" PRId64 "},\n", column->enum_names[i].value);
    }
    text_add(out, "    {NULL, 0},\n};\n\n");
}

static void emit_flags(struct text *out, unsigned flags)
{
    const char *separator = "        .flags = ";
    for (unsigned rest = flags; rest != 0; rest &= rest - 1) {
        unsigned lowest = rest & -rest;
        text_print(out, "%s%s", separator, attribute_flag_name(lowest));
        separator = " | ";
    }
    if (flags != 0)
        text_add(out, ",\n");
}

static void add_integer(struct text *out, int64_t number)
{
    if (number == INT64_MIN)
        text_add(out, "INT64_MIN");
    else
        text_print(out, "%" PRId64, number);
}

/* Add a literal of type double. */
static void add_real(struct text *out, double number)
{
    size_t start = out->length;
    text_print(out, "%.17g", number);
    if (strpbrk(out->data + start, ".e") == NULL)
        text_add(out, ".0");
}

static void emit_length(struct text *out, const struct member *column)
{
    text_print(out, "        .rule.length = {%" PRIu32 ", %" PRIu32 "},\n", column->minimum_length,
               column->maximum_length);
}

static void emit_range(struct text *out, const struct member *column)
{
    bool is_real = member_is(column, GROUP_REAL);
    text_print(out, "        .rule.range.%s = {", is_real ? "real" : "integer");
    if (is_real) {
        add_real(out, column->minimum_real);
        text_add(out, ", ");
        add_real(out, column->maximum_real);
    } else {
        add_integer(out, column->minimum_integer);
        text_add(out, ", ");
        add_integer(out, column->maximum_integer);
    }
    text_add(out, "},\n");
}

static void emit_cast(struct text *out, const struct column_cast *cast)
{
    if (cast == NULL)
        return;
    text_add(out, "        .cast = &(const struct ar_cast){");
    text_add_literal(out, cast->type);
    if (cast->read != NULL) {
        text_add(out, ", ");
        text_add_literal(out, cast->read);
        text_add(out, ", ");
        text_add_literal(out, cast->read_end);
    } else {
        text_add(out, ", NULL, NULL");
    }
    text_add(out, "},\n");
}

void emit_column_type(struct text *out, const struct model *model, const struct member *column)
{
    emit_flags(out, column->flags);
    text_print(out, "        .type = %s,\n", column_type(column->type)->constant);
    if ((column->flags & AR_COLUMN_DECIMAL) != 0)
        text_print(out, "        .precision = %u,\n", column->precision);
    if ((column->flags & AR_COLUMN_DECIMAL) != 0 || column->scale > 0)
        text_print(out, "        .scale = %u,\n", column->scale);
    if ((column->flags & AR_COLUMN_LENGTH) != 0)
        emit_length(out, column);
    if ((column->flags & AR_COLUMN_RANGE) != 0)
        emit_range(out, column);
    if (column->is_enum)
        text_print(out, "        .names = %s_%s_names,\n", model->name, column->identifier);
    emit_cast(out, column->cast);
}

static void emit_column(struct text *out, const struct model *model, const struct member *column)
{
    text_print(out, "    {\n        .model = &%s,\n", model->symbol);
    emit_string_member(out, "        ", "field", column->field);
    emit_string_member(out, "        ", "name", column->name);
    emit_string_member(out, "        ", "sql", column->sql);
    text_print(out,
               "        .offset = offsetof(%s, %s),\n"
               "        .size = sizeof(((%s *)0)->%s),\n",
               model->c_type, column->field, model->c_type, column->field);
    if (column->null_flag != NULL)
        text_print(out, "        .null_offset = offsetof(%s, %s),\n", model->c_type, column->null_flag->field);
    emit_column_type(out, model, column);
    text_add(out, "    },\n");
}

static void emit_column_table(struct text *out, const struct model *model)
{
    for (size_t i = 0; i < model->column_count; i++)
        if (model->columns[i]->is_enum)
            emit_enum_names(out, model, model->columns[i]);
    text_print(out, "static const struct ar_column %s_column_table[] = {\n", model->name);
    for (size_t i = 0; i < model->column_count; i++)
        emit_column(out, model, model->columns[i]);
    text_add(out, "};\n\n");
}

static void emit_columns(struct text *out, const struct model *model)
{
    emit_column_table(out, model);
    if (model->is_join) /* no header declares the type */
        return;
    text_print(out, "const struct %s_columns %s_column = {\n", model->name, model->name);
    for (size_t i = 0; i < model->column_count; i++)
        text_print(out, "    .%s = {&%s_column_table[%zu]},\n", model->columns[i]->field, model->name, i);
    text_add(out, "};\n\n");
}

/* ---- Relations --------------------------------------------------------------------------------------------------- */

static void emit_column_numbers(struct text *out, const char *member, struct member *const *columns, size_t count)
{
    text_print(out, "    .%s = (const uint16_t[]){", member);
    for (size_t i = 0; i < count; i++)
        text_print(out, "%s%u", i == 0 ? "" : ", ", columns[i]->index);
    text_add(out, "},\n");
}

static void emit_cache(struct text *out, const struct ar_cache_policy *cache)
{
    if (!cache->is_set)
        return;
    if (cache->off) {
        text_add(out, "    .cache = {.is_set = true, .off = true},\n");
        return;
    }
    text_add(out, "    .cache = {.is_set = true, .ttl = ");
    if (cache->ttl == AR_CACHE_FOREVER)
        text_add(out, "AR_CACHE_FOREVER, .max_size = ");
    else
        text_print(out, "%" PRId32 ", .max_size = ", cache->ttl);
    if (cache->max_size == AR_CACHE_UNLIMITED)
        text_add(out, "AR_CACHE_UNLIMITED},\n");
    else
        text_print(out, "%" PRIu32 "},\n", cache->max_size);
}

static void emit_guard(struct text *out, struct arena *arena, const struct relation *relation)
{
    const struct variant *guard = relation->guard;
    if (guard == NULL)
        return;
    text_print(out, "    .guard = &(const struct ar_guard){%u, ", union_type(relation)->index);
    if (guard->type_text != NULL)
        text_add_literal(out, guard->type_text);
    else
        text_add(out, "NULL");
    text_add(out, ", ");
    add_integer(out, guard->type_number);
    text_add(out, ", ");
    text_add_literal(out, union_type_sql(arena, guard));
    text_add(out, "},\n");
}

static void emit_scope(struct text *out, const struct relation *relation)
{
    for (size_t i = 0; i < relation->where_count; i++) {
        text_add(out, i == 0 ? "    .where = (const char *const[]){" : ", ");
        text_add_literal(out, relation->where[i]);
    }
    text_add(out, relation->where_count > 0 ? ", NULL},\n" : "");
    for (size_t i = 0; i < relation->order_count; i++)
        text_print(out, "%s{.column = &%s_column_table[%u], .descending = %s}",
                   i == 0 ? "    .order = (const struct ar_order[]){" : ", ", relation->target->name,
                   relation->orders[i].column->index, relation->orders[i].descending ? "true" : "false");
    text_add(out, relation->order_count > 0 ? ", {.column = NULL}},\n" : "");
    if (relation->scope_column_count == 0)
        return;
    emit_column_numbers(out, "scope_columns", relation->scope_columns, relation->scope_column_count);
    text_print(out, "    .scope_column_count = %zu,\n", relation->scope_column_count);
}

/* Write what a write or delete of one side does to the other. */
static void emit_writes(struct text *out, const struct relation *relation)
{
    static const char *const dependents[] = {
        [AR_DEPENDENT_DESTROY] = "AR_DEPENDENT_DESTROY",
        [AR_DEPENDENT_DELETE] = "AR_DEPENDENT_DELETE",
        [AR_DEPENDENT_NULLIFY] = "AR_DEPENDENT_NULLIFY",
        [AR_DEPENDENT_RESTRICT] = "AR_DEPENDENT_RESTRICT",
    };
    if (relation->dependent != AR_DEPENDENT_NONE)
        text_print(out, "    .dependent = %s,\n", dependents[relation->dependent]);
    if (relation->touches)
        text_add(out, "    .touches = true,\n");
    if (relation->counter != NULL)
        text_print(out, "    .has_counter = true,\n    .counter = %u,\n", relation->counter->index);
}

static void emit_relation_select(struct text *out, struct arena *arena, const struct relation *relation)
{
    struct text select[DIALECT_COUNT] = {0};
    for (size_t i = 0; i < DIALECT_COUNT; i++)
        dialects[i]->add_select(&select[i], arena, relation);
    emit_sql(out, "select", select);
}

static void emit_foreign_key(struct text *out, const struct relation *relation)
{
    emit_column_numbers(out, "foreign_key", relation->foreign_key, relation->foreign_key_count);
    if (relation->referred_key == relation->referred->keys)
        return;
    emit_column_numbers(out, "referred_key", relation->referred_key, relation->referred_count);
    text_print(out, "    .referred_key_count = %zu,\n", relation->referred_count);
}

static void emit_path(struct text *out, const struct relation *relation)
{
    text_add(out, "    .path =\n        (const struct ar_relation *const[]){\n");
    for (size_t i = 0; i < relation->path_count; i++)
        text_print(out, "            &%s,\n", relation->path[i]->symbol);
    text_print(out, "        },\n    .path_count = %zu,\n", relation->path_count);
    if (relation->is_distinct)
        text_add(out, "    .is_distinct = true,\n");
    if (relation_has_links(relation))
        text_add(out, "    .has_links = true,\n");
}

static void emit_relation(struct text *out, struct arena *arena, const struct relation *relation, const char *linkage)
{
    text_print(out, "%sconst struct ar_relation %s = {\n", linkage, relation->symbol);
    emit_string_member(out, "    ", "name", relation->name);
    text_print(out,
               "    .owner = &%s_model,\n"
               "    .target = &%s_model,\n",
               relation->owner->name, relation->target->name);
    if (relation->inverse != NULL)
        text_print(out, "    .inverse = &%s,\n", relation->inverse->symbol);
    if (relation_has_path(relation))
        emit_path(out, relation);
    else
        emit_foreign_key(out, relation);
    text_print(out, "    .kind = %s,\n", relation->kind->constant);
    if (relation->load_one)
        text_add(out, "    .load_one = true,\n");
    emit_writes(out, relation);
    emit_cache(out, &relation->cache);
    emit_guard(out, arena, relation);
    emit_scope(out, relation);
    if (!relation_has_path(relation))
        emit_relation_select(out, arena, relation);
    text_add(out, "};\n\n");
}

/* ---- Models ------------------------------------------------------------------------------------------------------ */

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

static void emit_model(struct text *out, const struct model_set *set, const struct model *model)
{
    emit_section(out, set, model);
    text_add(out, "\n");
    emit_columns(out, model);
    const char *linkage = model->is_join ? "static " : "";
    for (size_t i = 0; i < model->relation_count; i++) {
        emit_relation(out, set->arena, model->relations[i], linkage);
        if (model->is_join)
            emit_relation(out, set->arena, model->relations[i]->inverse, linkage);
        if (model->relations[i]->path_end != NULL)
            emit_relation(out, set->arena, model->relations[i]->path_end, "static ");
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

/* Write the descriptor of an AR_ROW, with the statements that return it. */
static void emit_row(struct text *out, const struct model_set *set, const struct model *row)
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

/* Return true if a literal is longer than about 4095 bytes, the limit that ISO C99 guarantees: with -Wpedantic,
 * compilers warn about it, although all accept longer ones. */
static bool is_long(struct text *sql)
{
    bool result = sql->length > 3900;
    text_free(sql);
    return result;
}

static bool has_long_sql_of(const struct model *model, struct arena *arena, const struct dialect *dialect)
{
    struct text find = {0}, create = {0}, constrain = {0};
    emit_find_sql(&find, model, dialect);
    emit_schema_needs(&create, arena, model, dialect);
    emit_schema_of(&create, arena, model, dialect);
    emit_schema_rest(&constrain, arena, model, dialect);
    bool result = is_long(&find);
    result = is_long(&create) || result;
    result = is_long(&constrain) || result;
    for (size_t i = 0; i < model->relation_count && !result; i++) {
        struct text select = {0};
        if (relation_has_path(model->relations[i]))
            continue;
        dialect->add_select(&select, arena, model->relations[i]);
        result = is_long(&select);
    }
    return result;
}

static bool has_long_statement(const struct model *model)
{
    for (size_t i = 0; i < model->statement_count; i++)
        for (size_t j = 0; j < DIALECT_COUNT; j++)
            if (strlen(model->statements[i].text[j].text) > 3800)
                return true;
    return false;
}

static bool has_long_sql(const struct model_set *set)
{
    for (size_t i = 0; i < set->row_count; i++)
        if (has_long_statement(set->rows[i]))
            return true;
    for (size_t i = 0; i < set->model_count; i++)
        for (size_t j = 0; j < DIALECT_COUNT; j++)
            if (has_long_sql_of(set->models[i], set->arena, dialects[j]) || has_long_statement(set->models[i]))
                return true;
    return false;
}

static bool is_ordered(const struct model *model)
{
    for (size_t i = 0; i < model->referrer_count; i++)
        if (model->referrers[i]->order_count > 0)
            return true;
    return false;
}

/* Declare the columns that relations of other models refer to before they are defined. */
static void emit_declarations(struct text *out, const struct model_set *set)
{
    bool any = false;
    for (size_t i = 0; i < set->model_count; i++)
        if (is_ordered(set->models[i])) {
            text_print(out, "static const struct ar_column %s_column_table[%zu];\n", set->models[i]->name,
                       set->models[i]->column_count);
            any = true;
        }
    text_add(out, any ? "\n" : "");
}

void emit_source(struct text *out, const struct model_set *set)
{
    text_print(out, "/* Descriptors of the models. Generated by armature %s: edit their headers, not this file. */\n",
               ARMATURE_VERSION);
    for (size_t i = 0; i < set->header_count; i++)
        text_print(out, "#include \"%s\"\n", set->headers[i].output);
    if (has_long_sql(set))
        text_add(out, "\n#pragma GCC diagnostic ignored \"-Woverlength-strings\"\n");
    text_add(out, "\n/* The same SQL for both databases. */\n"
                  "#define ARMATURE_SQL(text) {");
    for (size_t i = 0; i < DIALECT_COUNT; i++)
        text_print(out, "%s.%s = (text)", i == 0 ? "" : ", ", dialects[i]->name);
    text_add(out, "}\n\n");
    emit_join_declarations(out, set);
    emit_declarations(out, set);
    for (size_t i = 0; i < set->model_count; i++)
        emit_model(out, set, set->models[i]);
    for (size_t i = 0; i < set->row_count; i++)
        emit_row(out, set, set->rows[i]);
    out->length -= out->length > 0 ? 1 : 0; /* the last model's empty line */
    out->data[out->length] = '\0';
}
