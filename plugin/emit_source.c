/* The generated source: the descriptors of all models and their finished SQL, as constant tables. */
#include "emit.h"

#include <armature/armature.h>
#include <inttypes.h>
#include <string.h>

/* ---- Texts ------------------------------------------------------------------------------------------------------- */

static void emit_text_member(struct text *out, const char *indent, const char *member, const char *value)
{
    text_print(out, "%s.%s = ", indent, member);
    text_add_literal(out, value);
    text_add(out, ",\n");
}

/* One literal after another, each on a line of its own below the first. */
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

/* Stands in SQL where the next literal begins; it is no part of the SQL. */
#define BREAK "\v"

/* How much of the text, which has `length` bytes, fits into a literal of this width: up to a space, or all of it. */
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

/* The text, with a literal for each of its lines; lines that are too long are broken at a space. */
static void add_literals(struct literals *literals, const char *text)
{
    size_t room = 116 - literals->indent;
    while (*text != '\0') {
        size_t length = strcspn(text, "\n" BREAK);
        length += text[length] == '\n';
        length = fitting_length(text, length, room);
        struct text line = {0};
        text_print(&line, "%.*s", (int)length, text);
        add_literal_line(literals, line.data);
        text_free(&line);
        text += length;
        text += *text == BREAK[0];
    }
}

/* A `struct ar_sql` of one text for both databases. */
static void emit_shared_sql(struct text *out, const char *member, const struct text *sql)
{
    size_t start = out->length;
    text_print(out, "    .%s = ARMATURE_SQL(", member);
    struct literals literals = {.out = out, .indent = out->length - start};
    add_literals(&literals, sql->data);
    text_add(out, "),\n");
}

/* One text of a `struct ar_sql`. */
static void emit_dialect(struct text *out, const char *dialect, const char *sql)
{
    size_t start = out->length;
    text_print(out, "            .%s = ", dialect);
    struct literals literals = {.out = out, .indent = out->length - start};
    add_literals(&literals, sql);
    text_add(out, ",\n");
}

/* A `struct ar_sql`. A database whose text is empty has none. */
static void emit_sql(struct text *out, const char *member, const struct text *sqlite, const struct text *postgresql)
{
    if (sqlite->length == 0 && postgresql->length == 0)
        return;
    text_print(out, "    .%s =\n        {\n", member);
    if (sqlite->length > 0)
        emit_dialect(out, "sqlite", sqlite->data);
    if (postgresql->length > 0)
        emit_dialect(out, "postgresql", postgresql->data);
    text_add(out, "        },\n");
}

static void add_column_list(struct text *sql, const struct model *model)
{
    for (size_t i = 0; i < model->column_count; i++)
        text_print(sql, "%s%s.%s", i == 0 ? "" : ", ", model->table_sql, model->columns[i]->sql);
}

/* ---- Columns ----------------------------------------------------------------------------------------------------- */

static void emit_enum_names(struct text *out, const struct model *model, const struct member *column)
{
    text_print(out, "static const struct ar_enum_name %s_%s_names[] = {\n", model->name, column->field);
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

/* A literal of type double. */
static void add_real(struct text *out, double number)
{
    size_t start = out->length;
    text_print(out, "%.17g", number);
    if (strpbrk(out->data + start, ".e") == NULL)
        text_add(out, ".0");
}

static void emit_rule(struct text *out, const struct member *column)
{
    if ((column->flags & AR_COLUMN_LENGTH) != 0)
        text_print(out, "        .rule = {.length = {%" PRIu32 ", %" PRIu32 "}},\n", column->minimum_length,
                   column->maximum_length);
    if ((column->flags & AR_COLUMN_RANGE) == 0)
        return;
    bool is_real = member_is(column, GROUP_REAL);
    text_print(out, "        .rule = {.%s = {", is_real ? "real" : "integer");
    if (is_real) {
        add_real(out, column->minimum_real);
        text_add(out, ", ");
        add_real(out, column->maximum_real);
    } else {
        add_integer(out, column->minimum_integer);
        text_add(out, ", ");
        add_integer(out, column->maximum_integer);
    }
    text_add(out, "}},\n");
}

static void emit_column(struct text *out, const struct model *model, const struct member *column)
{
    text_print(out, "    {\n        .model = &%s_model,\n", model->name);
    emit_text_member(out, "        ", "field", column->field);
    emit_text_member(out, "        ", "name", column->name);
    emit_text_member(out, "        ", "sql", column->sql);
    text_print(out,
               "        .offset = offsetof(%s, %s),\n"
               "        .size = sizeof(((%s *)0)->%s),\n",
               model->c_type, column->field, model->c_type, column->field);
    if (column->null_flag != NULL)
        text_print(out, "        .null_offset = offsetof(%s, %s),\n", model->c_type, column->null_flag->field);
    emit_flags(out, column->flags);
    text_print(out, "        .type = %s,\n", column_type(column->type)->constant);
    emit_rule(out, column);
    if (column->is_enum)
        text_print(out, "        .names = %s_%s_names,\n", model->name, column->field);
    text_add(out, "    },\n");
}

static void emit_columns(struct text *out, const struct model *model)
{
    for (size_t i = 0; i < model->column_count; i++)
        if (model->columns[i]->is_enum)
            emit_enum_names(out, model, model->columns[i]);
    text_print(out, "static const struct ar_column %s_column_table[] = {\n", model->name);
    for (size_t i = 0; i < model->column_count; i++)
        emit_column(out, model, model->columns[i]);
    text_print(out, "};\n\nconst struct %s_columns %s_column = {\n", model->name, model->name);
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

/* Whether the keys are integers: one column of an integer type, as ar_key_is_integer has it. */
static bool has_integer_key(const struct relation *relation)
{
    return relation->foreign_key_count == 1 && member_is(relation->target_key[0], GROUP_INTEGER);
}

/* Add the SELECT of rows by the keys of a table-valued function, k0, k1, … Unless keys are integers, each row also
 * carries the index of its key, because SQLite may consider strings with different bytes equal. */
static void add_sqlite_select(struct text *sql, const struct relation *relation)
{
    const struct model *target = relation->target;
    text_add(sql, "SELECT ");
    add_column_list(sql, target);
    text_print(sql, "%s " BREAK "FROM temp.armature_keys(?1) AS armature_keys " BREAK "CROSS JOIN %s",
               has_integer_key(relation) ? "" : ", armature_keys.ordinal", target->table_sql);
    for (size_t i = 0; i < relation->foreign_key_count; i++)
        text_print(sql, " %s %s.%s = armature_keys.k%zu", i == 0 ? "ON" : "AND", target->table_sql,
                   relation->target_key[i]->sql, i);
}

/* Rows by one array for each column of the key. */
static void add_postgresql_select(struct text *sql, const struct relation *relation)
{
    const struct model *target = relation->target;
    size_t count = relation->foreign_key_count;
    text_add(sql, "SELECT ");
    add_column_list(sql, target);
    if (count == 1) {
        text_print(sql, " " BREAK "FROM %s " BREAK "WHERE %s.%s OPERATOR(pg_catalog.=) ANY ($1)", target->table_sql,
                   target->table_sql, relation->target_key[0]->sql);
        return;
    }
    text_add(sql, " " BREAK "FROM ROWS FROM (");
    for (size_t i = 0; i < count; i++)
        text_print(sql, "%spg_catalog.unnest($%zu)", i == 0 ? "" : ", ", i + 1);
    text_add(sql, ") AS armature_keys (");
    for (size_t i = 0; i < count; i++)
        text_print(sql, "%sk%zu", i == 0 ? "" : ", ", i);
    text_print(sql, ") " BREAK "JOIN %s", target->table_sql);
    for (size_t i = 0; i < count; i++)
        text_print(sql, " %s %s.%s OPERATOR(pg_catalog.=) armature_keys.k%zu", i == 0 ? "ON" : "AND", target->table_sql,
                   relation->target_key[i]->sql, i);
}

static void emit_relation_select(struct text *out, const struct relation *relation)
{
    struct text sqlite = {0}, postgresql = {0};
    add_sqlite_select(&sqlite, relation);
    add_postgresql_select(&postgresql, relation);
    emit_sql(out, "select", &sqlite, &postgresql);
    text_free(&sqlite);
    text_free(&postgresql);
}

static void emit_relation(struct text *out, const struct relation *relation)
{
    text_print(out, "const struct ar_relation %s_%s_relation = {\n", relation->owner->name, relation->name);
    emit_text_member(out, "    ", "name", relation->name);
    text_print(out,
               "    .owner = &%s_model,\n"
               "    .target = &%s_model,\n",
               relation->owner->name, relation->target->name);
    if (relation->inverse != NULL)
        text_print(out, "    .inverse = &%s_%s_relation,\n", relation->inverse->owner->name, relation->inverse->name);
    emit_column_numbers(out, "foreign_key", relation->foreign_key, relation->foreign_key_count);
    text_print(out, "    .kind = %s,\n", relation->kind->constant);
    if (relation->load_one)
        text_add(out, "    .load_one = true,\n");
    emit_cache(out, &relation->cache);
    emit_relation_select(out, relation);
    text_add(out, "};\n\n");
}

/* ---- Models ------------------------------------------------------------------------------------------------------ */

static void emit_relation_list(struct text *out, const char *member, struct relation *const *relations, size_t count)
{
    if (count == 0)
        return;
    text_print(out, "    .%s =\n        (const struct ar_relation *const[]){\n", member);
    for (size_t i = 0; i < count; i++)
        text_print(out, "            &%s_%s_relation,\n", relations[i]->owner->name, relations[i]->name);
    text_add(out, "        },\n");
}

/* Add WHERE for the primary key, with the operator and parameters of the database: = ?1. */
static void add_key_condition(struct text *sql, const struct model *model, const char *equals)
{
    for (size_t i = 0; i < model->key_count; i++)
        text_print(sql, "%s%s.%s %s%zu", i == 0 ? " " BREAK "WHERE " : " AND ", model->table_sql, model->keys[i]->sql,
                   equals, i + 1);
}

static void emit_selects(struct text *out, const struct model *model)
{
    struct text sqlite = {0}, postgresql = {0};
    text_add(&sqlite, "SELECT ");
    add_column_list(&sqlite, model);
    text_print(&sqlite, " " BREAK "FROM %s", model->table_sql);
    text_add(&postgresql, sqlite.data);
    emit_shared_sql(out, "select", &sqlite);

    add_key_condition(&sqlite, model, "= ?");
    add_key_condition(&postgresql, model, "OPERATOR(pg_catalog.=) $");
    emit_sql(out, "find", &sqlite, &postgresql);
    text_free(&sqlite);
    text_free(&postgresql);
}

static void emit_tables(struct text *out, struct arena *arena, const struct model *model)
{
    struct text sqlite = {0}, postgresql = {0};
    emit_schema_of(&sqlite, arena, model, DIALECT_SQLITE);
    emit_schema_of(&postgresql, arena, model, DIALECT_POSTGRESQL);
    emit_sql(out, "create", &sqlite, &postgresql);
    text_free(&sqlite);
    text_free(&postgresql);

    emit_foreign_keys_of(&postgresql, arena, model);
    emit_sql(out, "constrain", &sqlite, &postgresql);
    text_free(&postgresql);
}

static void emit_model(struct text *out, const struct model_set *set, const struct model *model)
{
    emit_section(out, set, model);
    text_add(out, "\n");
    emit_columns(out, model);
    for (size_t i = 0; i < model->relation_count; i++)
        emit_relation(out, model->relations[i]);
    text_print(out, "const struct ar_model %s_model = {\n", model->name);
    emit_text_member(out, "    ", "name", model->name);
    emit_text_member(out, "    ", "table", model->table);
    emit_text_member(out, "    ", "sql", model->table_sql);
    text_print(out, "    .size = sizeof(%s),\n    .alignment = _Alignof(%s),\n    .columns = %s_column_table,\n",
               model->c_type, model->c_type, model->name);
    emit_column_numbers(out, "key", model->keys, model->key_count);
    emit_relation_list(out, "relations", model->relations, model->relation_count);
    emit_relation_list(out, "referrers", model->referrers, model->referrer_count);
    text_print(out,
               "    .column_count = %zu,\n"
               "    .key_count = %zu,\n"
               "    .relation_count = %zu,\n"
               "    .referrer_count = %zu,\n",
               model->column_count, model->key_count, model->relation_count, model->referrer_count);
    emit_selects(out, model);
    emit_tables(out, set->arena, model);
    text_add(out, "};\n\n");
}

/* Return true if a literal is longer than about 4095 bytes, the limit that ISO C99 guarantees: with -Wpedantic,
 * compilers warn about it, although all accept longer ones. */
static bool is_long(struct text *sql)
{
    bool result = sql->length > 3900;
    text_free(sql);
    return result;
}

static bool has_long_sql_of(const struct model *model, struct arena *arena)
{
    struct text texts[4] = {0};
    bool result = false;
    add_column_list(&texts[0], model);
    add_key_condition(&texts[0], model, "OPERATOR(pg_catalog.=) $");
    emit_schema_of(&texts[1], arena, model, DIALECT_SQLITE);
    emit_schema_of(&texts[2], arena, model, DIALECT_POSTGRESQL);
    emit_foreign_keys_of(&texts[3], arena, model);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        result = is_long(&texts[i]) || result;
    for (size_t i = 0; i < model->relation_count && !result; i++) {
        struct text select = {0};
        add_postgresql_select(&select, model->relations[i]); /* the longer one */
        result = is_long(&select);
    }
    return result;
}

static bool has_long_sql(const struct model_set *set)
{
    for (size_t i = 0; i < set->model_count; i++)
        if (has_long_sql_of(set->models[i], set->arena))
            return true;
    return false;
}

void emit_source(struct text *out, const struct model_set *set)
{
    text_print(out, "/* Descriptors of the models. Generated by armature %s: change their headers, not this file. */\n",
               ARMATURE_VERSION);
    for (size_t i = 0; i < set->header_count; i++)
        text_print(out, "#include \"%s\"\n", set->headers[i].output);
    if (has_long_sql(set))
        text_add(out, "\n#pragma GCC diagnostic ignored \"-Woverlength-strings\"\n");
    text_add(out, "\n/* One text for both databases. */\n"
                  "#define ARMATURE_SQL(text) {.sqlite = (text), .postgresql = (text)}\n\n");
    for (size_t i = 0; i < set->model_count; i++)
        emit_model(out, set, set->models[i]);
    out->length -= out->length > 0 ? 1 : 0; /* the last model's empty line */
    out->data[out->length] = '\0';
}
