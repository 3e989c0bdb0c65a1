/* Bulk copies into tables by COPY, which takes the server half as long as INSERT from arrays, but returns nothing: keys
 * are drawn from their sequence first. COPY ignores some rules that INSERT obeys, and its values must have exactly the
 * types of the columns. Both are queried first, together with the keys. */
#include "driver/postgresql/bulk.h"

#include "base/arena_text.h"
#include "driver/postgresql/decode.h"
#include "driver/postgresql/type.h"
#include "model/field.h"
#include "model/key.h"
#include "model/row.h"

/* A table can be copied into if it is an ordinary table without rules, row security, and triggers that may change a
 * row. Keys are drawn if the key is an identity column, or its default is the next value of its own sequence. A
 * sub-select with LIMIT runs once even if it is named several times; a series in a select list is not copied into a
 * table first. $1: the table, its key, the columns; $2: the number of keys to draw. */
/* clang-format off */
#define OP(name) " OPERATOR(pg_catalog." name ") "
#define CATALOG(name) "pg_catalog." name
static const char facts[] =
    "SELECT (SELECT " CATALOG("array_agg") "(coalesce(a.atttypid, 0)::bigint ORDER BY n.ordinal)"
    " FROM " CATALOG("unnest") "($1) WITH ORDINALITY AS n (name, ordinal)"
    " LEFT JOIN " CATALOG("pg_attribute") " AS a ON a.attrelid" OP("=") "t.oid AND a.attname" OP("=") "n.name"
    " WHERE n.ordinal" OP(">") "2),"
    " CASE WHEN " CATALOG("has_sequence_privilege") "(s.id, 'USAGE')"
    " AND " CATALOG("has_column_privilege") "(t.oid, k.attnum, 'INSERT')"
    " THEN (SELECT " CATALOG("array_agg") "(" CATALOG("nextval") "(drawn.id))"
    " FROM (SELECT s.id, " CATALOG("generate_series") "(1, $2)) AS drawn) END"
    " FROM " CATALOG("pg_class") " AS t"
    " JOIN " CATALOG("pg_attribute") " AS k ON k.attrelid" OP("=") "t.oid AND k.attname" OP("=") "($1)[2]"
    " LEFT JOIN " CATALOG("pg_attrdef") " AS v ON v.adrelid" OP("=") "t.oid AND v.adnum" OP("=") "k.attnum"
    " LEFT JOIN LATERAL (SELECT d.objid::" CATALOG("regclass") " AS id FROM " CATALOG("pg_depend") " AS d"
    " WHERE d.classid" OP("=") "'pg_catalog.pg_class'::" CATALOG("regclass")
    " AND d.refclassid" OP("=") "'pg_catalog.pg_class'::" CATALOG("regclass")
    " AND d.refobjid" OP("=") "t.oid AND d.refobjsubid" OP("=") "k.attnum"
    " AND (k.attidentity" OP("<>") "'' AND d.deptype" OP("=") "'i'"
    " OR " CATALOG("pg_get_expr") "(v.adbin, t.oid)" OP("=")
    "('nextval('" OP("||") CATALOG("quote_literal") "(d.objid::" CATALOG("regclass") "::" CATALOG("text") ")"
    OP("||") "'::regclass)'))"
    " LIMIT 1) AS s ON $2" OP(">") "0"
    " WHERE t.oid" OP("=") "($1)[1]::" CATALOG("regclass") " AND t.relkind" OP("=") "'r' AND NOT t.relrowsecurity"
    " AND NOT EXISTS (SELECT FROM " CATALOG("pg_rewrite") " WHERE ev_class" OP("=") "t.oid)"
    " AND NOT EXISTS (SELECT FROM " CATALOG("pg_trigger") " WHERE tgrelid" OP("=") "t.oid AND NOT tgisinternal)";
#undef OP
#undef CATALOG
/* clang-format on */

/* Store the types of the columns; return false if one of them has no binary form of its field. */
static bool set_types(struct bulk_copy *copy, const int64_t *types)
{
    uint32_t *used = ar_arena_allocate(copy->arena, copy->rows.column_count * sizeof *used);

    copy->rows.types = used;
    for (size_t i = 0; i < copy->rows.column_count && used != NULL; i++) {
        used[i] = (uint32_t)types[i];
        if (!ar_pg_has_form(copy->rows.columns[i], used[i]))
            return false;
    }
    return used != NULL;
}

static enum ar_status take_facts(void *payload, const struct row *row)
{
    struct bulk_copy *copy = payload;
    int64_t *types = ar_arena_allocate(copy->arena, copy->rows.column_count * sizeof *types);
    struct ar_value type_array, key_array;

    copy->keys = ar_arena_allocate(copy->arena, copy->rows.count * sizeof *copy->keys);
    if (types == NULL || copy->keys == NULL || !row->methods->value(row, 0, &type_array) ||
        !row->methods->value(row, 1, &key_array))
        return ar_fail_no_memory(copy->failure);
    copy->is_possible = ar_pg_decode_integers(&type_array, copy->rows.column_count, types) && set_types(copy, types) &&
                        (!copy->wants_keys || ar_pg_decode_integers(&key_array, copy->rows.count, copy->keys));
    return AR_OK;
}

/* Add `table (columns)`. Return the number of columns. */
static size_t add_table(struct arena_text *sql, const struct bulk_copy *copy, bool with_generated_key)
{
    size_t count = 0;

    ar_arena_text_add(sql, ar_model_qualified(copy->model), NULL);
    for (size_t i = 0; i < copy->rows.column_count; i++) {
        const struct ar_column *column = copy->rows.columns[i];
        if (with_generated_key || (column->flags & AR_COLUMN_GENERATED) == 0)
            ar_arena_text_add(sql, count++ > 0 ? ", " : " (", column->sql, NULL);
    }
    ar_arena_text_add(sql, ")", NULL);
    return count;
}

/* An INSERT that is explained, not run, locks the table until the transaction ends, so that the facts stay true: the
 * table cannot be altered or get a trigger. LOCK TABLE would require more privileges than INSERT. It selects no row,
 * because servers that shard plan a row only if it has a shard key. As COPY does, it may write identity columns. */
static bool set_lock(const struct bulk_copy *copy, struct statement *out)
{
    struct arena_text sql = {.arena = copy->arena};
    size_t count;

    ar_arena_text_add(&sql, "EXPLAIN INSERT INTO ", NULL);
    count = add_table(&sql, copy, !copy->wants_keys);
    for (size_t i = 0; i < count; i++)
        ar_arena_text_add(&sql, i > 0 ? ", NULL" : " OVERRIDING SYSTEM VALUE SELECT NULL", NULL);
    ar_arena_text_add(&sql, " WHERE false", NULL);
    *out = (struct statement){.sql = sql.data, .reason = AR_REASON_SCHEMA, .model = copy->model};
    return !sql.out_of_memory;
}

static bool set_facts_query(struct bulk_copy *copy, struct statement *out)
{
    static const struct ar_column name = {.type = AR_TYPE_TEXT}, *const columns = &name;
    const struct ar_column *key = ar_generated_key(copy->model);
    size_t count = copy->rows.column_count + 2;
    struct ar_value *names = ar_arena_allocate(copy->arena, count * sizeof *names);
    struct key_set *set = ar_arena_allocate(copy->arena, sizeof *set);
    struct parameter *parameters = ar_arena_allocate_zero(copy->arena, 2 * sizeof *parameters);

    if (names == NULL || set == NULL || parameters == NULL)
        return false;
    names[0] = ar_value_text(ar_model_qualified(copy->model));
    names[1] = ar_value_text(key != NULL ? key->name : copy->model->columns[copy->model->key[0]].name);
    for (size_t i = 0; i < copy->rows.column_count; i++)
        names[i + 2] = ar_value_text(copy->rows.columns[i]->name);
    *set = (struct key_set){.count = count, .column_count = 1, .values = names, .columns = &columns};
    parameters[0].keys = set;
    parameters[1].value = ar_value_integer(copy->wants_keys ? (int64_t)copy->rows.count : 0);
    *out = (struct statement){
        .sql = facts,
        .is_constant = true,
        .parameters = parameters,
        .parameter_count = 2,
        .on_row = take_facts,
        .payload = copy,
        .reason = AR_REASON_SCHEMA,
        .model = copy->model,
    };
    return true;
}

bool ar_pg_prepare_copy(struct bulk_copy *copy, struct statement queries[AR_COPY_QUERIES])
{
    copy->is_possible = false;
    return set_lock(copy, &queries[0]) && set_facts_query(copy, &queries[1]);
}

bool ar_pg_copy_statement(const struct bulk_copy *copy, struct statement *out)
{
    struct parameter *parameter = ar_arena_allocate_zero(copy->arena, sizeof *parameter);
    struct arena_text sql = {.arena = copy->arena};

    if (parameter == NULL)
        return false;
    parameter->rows = &copy->rows;
    ar_arena_text_add(&sql, "COPY ", NULL);
    (void)add_table(&sql, copy, true);
    ar_arena_text_add(&sql, " FROM STDIN (FORMAT binary)", NULL);
    *out = (struct statement){
        .sql = sql.data, .parameters = parameter, .parameter_count = 1, .reason = AR_REASON_SAVE, .model = copy->model};
    return !sql.out_of_memory;
}
