/* Many inserts on PostgreSQL by COPY, which takes the server half as long as arrays, but returns nothing: keys are
 * drawn from their sequence before. It goes around what INSERT obeys, and its values must be of the columns' very
 * types: both are asked for first, together with the keys. */
#include "driver/postgresql/value.h"
#include "link/run.h"
#include "model/row.h"
#include "session/session.h"
#include "write/bulk/chunk.h"

/* What the server says of the table. */
struct table_facts {
    const struct chunk *chunk;
    bool wants_keys;
    size_t column_count;
    int64_t *types;
    int64_t *keys;
    bool has_types, has_keys;
};

/* INSERT's rules, row security and triggers that may change a row are none of COPY's; views and partitions are left to
 * INSERT as well. A key is drawn where it is an identity, or where its default is the next of a sequence of its own. A
 * subquery with LIMIT is run once, and not wherever it is named; a series in a select list is no table.
 * $1: the table, its key, the columns; $2: how many keys to draw. */
#define OP(name) " OPERATOR(pg_catalog." name ") "
#define CATALOG(name) "pg_catalog." name
static const char facts[] =
    "SELECT (SELECT " CATALOG("array_agg") "(coalesce(a.atttypid, 0)::bigint ORDER BY n.place)"
                                           " FROM " CATALOG(
                                               "unnest") "($1) WITH ORDINALITY AS n (name, place)"
                                                         " LEFT JOIN " CATALOG("pg_attribute") " AS a ON a.attrelid" OP("=") "t.oid AND a.attname" OP(
                                                             "=") "n.name"
                                                                  " WHERE n.place" OP(
                                                                      ">") "2),"
                                                                           " CASE WHEN " CATALOG("has_sequence_privilege") "(s.id, 'USAGE')"
                                                                                                                           " AND " CATALOG(
                                                                                                                               "has_column_privilege") "(t.oid, k.attnum, 'INSERT')"
                                                                                                                                                       " THEN (SELECT " CATALOG("array_agg") "(" CATALOG("nextval") "(drawn.id))"
                                                                                                                                                                                                                    " FROM (SELECT s.id, " CATALOG("generate_series") "(1, $2)) AS drawn) END"
                                                                                                                                                                                                                                                                      " FROM " CATALOG("pg_class") " AS t"
                                                                                                                                                                                                                                                                                                   " JOIN " CATALOG("pg_attribute") " AS k ON k.attrelid" OP("=") "t.oid AND k.attname" OP("=") "($1)[2]"
                                                                                                                                                                                                                                                                                                                                                                                                " LEFT JOIN " CATALOG("pg_attrdef") " AS v ON v.adrelid" OP(
                                                                                                                                                                                                                                                                                                                                                                                                    "=") "t.oid AND v.adnum" OP("=") "k.attnum"
                                                                                                                                                                                                                                                                                                                                                                                                                                     " LEFT JOIN LATERAL (SELECT d.objid::" CATALOG(
                                                                                                                                                                                                                                                                                                                                                                                                                                         "regclass") " AS id FROM " CATALOG("pg_depend") " AS d"
                                                                                                                                                                                                                                                                                                                                                                                                                                                                                         " WHERE d.classid" OP(
                                                                                                                                                                                                                                                                                                                                                                                                                                                                                             "=") "'pg_catalog.pg_class'::" CATALOG("regclass") " AND d.refclassid" OP("=") "'pg_catalog.pg_class'::" CATALOG("regclass") " AND d.refobjid" OP("=") "t.oid AND d.refobjsubid" OP("=") "k.attnum"
                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                      " AND (k.attidentity" OP("<>") "'' AND d.deptype" OP("=") "'i'"
                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                " OR " CATALOG("pg_get_expr") "(v.adbin, t.oid)" OP(
                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                    "=") "('nextval('" OP("||") CATALOG("quote_literal") "(d.objid::" CATALOG("regclass") "::" CATALOG("text") ")" OP("||") "'::regclass)'))"
                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                            " LIMIT 1) AS s ON $2" OP(">") "0"
                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                           " WHERE t.oid" OP("=") "($1)[1]::" CATALOG(
                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                               "regclass") " AND t.relkind" OP("=") "'r' AND NOT t.relrowsecurity"
                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                    " AND NOT EXISTS (SELECT FROM " CATALOG(
                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                        "pg_rewrite") " WHERE ev_class" OP("=") "t.oid)"
                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                " AND NOT EXISTS (SELECT FROM " CATALOG(
                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                    "pg_trigger") " WHERE tgrelid" OP("=") "t.oid AND NOT tgisinternal)";
#undef OP
#undef CATALOG

static enum ar_status take_facts(void *payload, const struct row *row)
{
    struct table_facts *out = payload;
    struct ar_value types, keys;

    if (!row->methods->value(row, 0, &types) || !row->methods->value(row, 1, &keys))
        return ar_fail_no_memory(&out->chunk->s->store.failure);
    out->has_types = ar_pg_decode_integers(&types, out->column_count, out->types);
    out->has_keys = ar_pg_decode_integers(&keys, out->chunk->count, out->keys);
    return AR_OK;
}

/* An INSERT that is not run takes its lock until the transaction ends, so that the facts stay true: nobody alters the
 * table or makes a trigger. LOCK TABLE would want more rights than INSERT. */
static enum ar_status add_lock(const struct chunk *chunk, const struct column_list *columns, struct statement *out)
{
    struct sql sql = ar_sql_start(chunk->s);

    *out = (struct statement){.reason = AR_REASON_SCHEMA, .model = chunk->model};
    ar_chunk_add_table(&sql, "EXPLAIN INSERT INTO ", chunk, columns);
    for (size_t i = 0; i < columns->count; i++)
        ar_sql_add(&sql, i > 0 ? ", DEFAULT" : " VALUES (DEFAULT", NULL);
    ar_sql_add(&sql, ")", NULL);
    return ar_sql_finish(&sql, out);
}

static enum ar_status add_question(const struct chunk *chunk, const struct column_list *columns,
                                   struct table_facts *facts_out, struct parameter *parameters, struct statement *out)
{
    struct arena *scratch = &chunk->s->store.scratch;
    struct ar_value *names = ar_arena_allocate(scratch, (columns->count + 2) * sizeof *names);
    struct key_set *set = ar_arena_allocate(scratch, sizeof *set);
    static const enum ar_type type = AR_TYPE_TEXT;

    facts_out->types = ar_arena_allocate(scratch, columns->count * sizeof *facts_out->types);
    facts_out->keys = ar_arena_allocate(scratch, chunk->count * sizeof *facts_out->keys);
    if (names == NULL || set == NULL || facts_out->types == NULL || facts_out->keys == NULL)
        return ar_fail_no_memory(&chunk->s->store.failure);
    names[0] = ar_value_text(chunk->model->sql);
    names[1] = ar_value_text(chunk->model->columns[chunk->model->key[0]].name);
    for (size_t i = 0; i < columns->count; i++)
        names[i + 2] = ar_value_text(columns->items[i]->name);
    *set = (struct key_set){.count = columns->count + 2, .column_count = 1, .values = names, .types = &type};
    parameters[0] = (struct parameter){.keys = set};
    parameters[1].value = ar_value_integer(facts_out->wants_keys ? (int64_t)chunk->count : 0);
    *out = (struct statement){
        .sql = facts,
        .is_constant = true,
        .parameters = parameters,
        .parameter_count = 2,
        .on_row = take_facts,
        .payload = facts_out,
        .reason = AR_REASON_SCHEMA,
        .model = chunk->model,
    };
    return AR_OK;
}

static enum ar_status ask(const struct chunk *chunk, const struct column_list *columns, struct table_facts *out)
{
    struct column_list inserted = ar_chunk_columns(chunk, false);
    struct statement statements[2];
    struct outcome outcomes[2];
    struct parameter parameters[2] = {0};
    enum ar_status status = inserted.items != NULL ? AR_OK : AR_NO_MEMORY;

    if (status != AR_OK || inserted.count == 0)
        return status;
    status = add_lock(chunk, &inserted, &statements[0]);
    if (status == AR_OK)
        status = add_question(chunk, columns, out, parameters, &statements[1]);
    return status == AR_OK ? ar_run_all(&chunk->s->link, statements, 2, outcomes) : status;
}

/* The columns' types, where the fields' values have their binary form. */
static const uint32_t *usable_types(const struct table_facts *known, const struct column_list *columns)
{
    uint32_t *types = ar_arena_allocate(&known->chunk->s->store.scratch, columns->count * sizeof *types);

    for (size_t i = 0; i < columns->count && types != NULL; i++) {
        types[i] = (uint32_t)known->types[i];
        if (!ar_pg_has_form(columns->items[i]->type, types[i]))
            return NULL;
    }
    return types;
}

static enum ar_status copy_rows(const struct chunk *chunk, const struct column_list *columns, const uint32_t *types)
{
    const struct row_set *untyped = ar_chunk_rows(chunk, columns);
    struct row_set rows;
    struct parameter parameter = {.rows = &rows};
    struct statement statement = {.reason = AR_REASON_SAVE, .model = chunk->model};
    struct outcome outcome;
    struct sql sql = ar_sql_start(chunk->s);
    enum ar_status status;

    if (untyped == NULL)
        return AR_NO_MEMORY;
    rows = *untyped;
    rows.types = types;
    ar_chunk_add_table(&sql, "COPY ", chunk, columns);
    ar_sql_add(&sql, " FROM STDIN (FORMAT binary)", NULL);
    status = ar_sql_finish(&sql, &statement);
    statement.parameters = &parameter;
    statement.parameter_count = 1;
    if (status == AR_OK)
        status = ar_run(&chunk->s->link, &statement, &outcome);
    if (status != AR_OK || outcome.changes == chunk->count)
        return status;
    return ar_fail(&chunk->s->store.failure, AR_DATABASE, chunk->model, NULL, "of %zu rows, %s took %llu", chunk->count,
                   chunk->model->table, (unsigned long long)outcome.changes);
}

enum ar_status ar_insert_by_copy(struct chunk *chunk, bool *is_done)
{
    struct column_list columns = ar_chunk_columns(chunk, true);
    struct table_facts known = {
        .chunk = chunk, .wants_keys = ar_chunk_generates_key(chunk), .column_count = columns.count};
    const uint32_t *types;
    enum ar_status status = columns.items != NULL ? ask(chunk, &columns, &known) : AR_NO_MEMORY;

    *is_done = false;
    types = status == AR_OK && known.has_types ? usable_types(&known, &columns) : NULL;
    if (types == NULL || (known.wants_keys && !known.has_keys))
        return status;
    *is_done = true;
    for (size_t i = 0; i < chunk->count && known.wants_keys && status == AR_OK; i++)
        status = ar_chunk_set_key(chunk, i, known.keys[i]);
    return status == AR_OK ? copy_rows(chunk, &columns, types) : status;
}
