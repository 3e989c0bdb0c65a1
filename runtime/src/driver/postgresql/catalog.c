/* The catalog (https://www.postgresql.org/docs/15/catalogs.html). to_regclass finds a name as statements do, along the
 * search path, and temporary tables first. */
#include "driver/postgresql/catalog.h"

#include "driver/postgresql/array.h"
#include "driver/postgresql/type.h"

#include <string.h>

#define IS " OPERATOR(pg_catalog.=) "
#define IS_NOT " OPERATOR(pg_catalog.<>) "

/* ---- Queries ----------------------------------------------------------------------------------------------------- */

/* Tables, partitioned and foreign tables are 1, views and materialized views 2: enum catalog_kind. `domain` has the
 * type that each domain is based on, perhaps through others, and is NOT NULL if one of them is. It is computed once: as
 * a sub-select of each column, the planner would find it so expensive that it compiles the query. */
const char ar_pg_columns_query[] =
    "WITH RECURSIVE chain AS (SELECT oid AS id, typbasetype AS base, typnotnull AS is_not_null"
    " FROM pg_catalog.pg_type WHERE typtype" IS "'d'"
    " UNION ALL SELECT chain.id, y.typbasetype, chain.is_not_null OR y.typnotnull"
    " FROM chain JOIN pg_catalog.pg_type AS y ON y.oid" IS "chain.base AND y.typtype" IS "'d'),"
    " domain AS (SELECT chain.* FROM chain JOIN pg_catalog.pg_type AS y ON y.oid" IS "chain.base AND y.typtype" IS_NOT
    "'d')"
    " SELECT t.number::bigint OPERATOR(pg_catalog.-) 1 AS place,"
    " CASE WHEN c.oid IS NULL THEN 0 WHEN c.relkind" IS "ANY ('{r,p,f}') THEN 1"
    " WHEN c.relkind" IS "ANY ('{v,m}') THEN 2 ELSE 3 END,"
    " a.attname::text, pg_catalog.format_type(a.atttypid, a.atttypmod), COALESCE(d.base, a.atttypid)::bigint,"
    " a.attnotnull OR COALESCE(d.is_not_null, FALSE), a.atthasdef OR a.attidentity" IS_NOT "'',"
    " a.attgenerated" IS_NOT "'', a.attgenerated" IS "'' AND (a.atthasdef OR a.attidentity" IS_NOT "''),"
    " a.attidentity" IS "'a', a.attnum"
    " FROM pg_catalog.unnest($1::text[]) WITH ORDINALITY AS t (name, number)"
    " LEFT JOIN pg_catalog.pg_class AS c ON c.oid" IS "pg_catalog.to_regclass(t.name)::oid"
    " LEFT JOIN pg_catalog.pg_attribute AS a"
    " ON a.attrelid" IS "c.oid AND a.attnum OPERATOR(pg_catalog.>) 0 AND NOT a.attisdropped"
    " LEFT JOIN domain AS d ON d.id" IS "a.atttypid"
    " UNION ALL SELECT t.number OPERATOR(pg_catalog.-) 1, 4, NULL, (SELECT pg_catalog.string_agg("
    "pg_catalog.concat('''', pg_catalog.replace(e.enumlabel::text, '''', ''''''), ''''), ',' ORDER BY e.enumsortorder)"
    " FROM pg_catalog.pg_enum AS e WHERE e.enumtypid" IS "COALESCE(d.base, pg_catalog.to_regtype(t.name)::oid)),"
    " COALESCE(d.base, pg_catalog.to_regtype(t.name)::oid)::bigint, NULL, NULL, NULL, NULL, NULL, NULL"
    " FROM pg_catalog.unnest($2::text[]) WITH ORDINALITY AS t (name, number)"
    " LEFT JOIN domain AS d ON d.id" IS "pg_catalog.to_regtype(t.name)::oid ORDER BY place, attnum";

/* A deferrable key is no target of ON CONFLICT, but still identifies rows. Columns after indnkeyatts are INCLUDEd. */
const char ar_pg_keys_query[] =
    "SELECT t.number::bigint OPERATOR(pg_catalog.-) 1 AS place, i.indexrelid::bigint AS key, i.indisprimary,"
    " a.attname::text FROM pg_catalog.unnest($1::text[]) WITH ORDINALITY AS t (name, number)"
    " JOIN pg_catalog.pg_index AS i ON i.indrelid" IS "pg_catalog.to_regclass(t.name)::oid"
    " CROSS JOIN LATERAL pg_catalog.unnest(i.indkey) WITH ORDINALITY AS p (attnum, number)"
    " JOIN pg_catalog.pg_attribute AS a ON a.attrelid" IS "i.indrelid AND a.attnum" IS "p.attnum"
    " WHERE i.indisvalid AND p.number OPERATOR(pg_catalog.<=) i.indnkeyatts AND (i.indisprimary OR i.indisunique"
    " AND i.indimmediate AND i.indpred IS NULL AND i.indexprs IS NULL) ORDER BY place, key, p.number";

/* A hash of the tables in $1: of their numbers, and of the transactions that last wrote the rows of the catalog that
 * the queries above read. */
#define STATE                                                                                                          \
    "(SELECT pg_catalog.md5(pg_catalog.concat_ws(' ', pg_catalog.string_agg(pg_catalog.concat_ws(' ', c.oid, a.state," \
    " i.state), ',' ORDER BY t.number), (SELECT pg_catalog.string_agg(y.xmin::text, ' ' ORDER BY y.oid)"               \
    " FROM pg_catalog.pg_type AS y WHERE y.typtype" IS "'d'),"                                                         \
    " (SELECT pg_catalog.string_agg(e.xmin::text, ' ' ORDER BY e.oid) FROM pg_catalog.pg_enum AS e)))"                 \
    " FROM pg_catalog.unnest($1::text[]) WITH ORDINALITY AS t (name, number)"                                          \
    " LEFT JOIN pg_catalog.pg_class AS c ON c.oid" IS "pg_catalog.to_regclass(t.name)::oid"                            \
    " LEFT JOIN LATERAL (SELECT pg_catalog.string_agg(a.xmin::text, ' ' ORDER BY a.attnum) AS state"                   \
    " FROM pg_catalog.pg_attribute AS a WHERE a.attrelid" IS "c.oid AND a.attnum OPERATOR(pg_catalog.>) 0) AS a"       \
    " ON TRUE LEFT JOIN LATERAL (SELECT pg_catalog.string_agg(i.xmin::text, ' ' ORDER BY i.indexrelid) AS state"       \
    " FROM pg_catalog.pg_index AS i WHERE i.indrelid" IS "c.oid) AS i ON TRUE)"

const char ar_pg_checked_query[] =
    "SELECT 1 FROM armature_schema AS c WHERE c.models" IS "$2::text AND c.state" IS STATE;

const char ar_pg_note_checked[] = "INSERT INTO armature_schema (models, state) VALUES ($2::text, " STATE ")"
                                  " ON CONFLICT (models) DO UPDATE SET state = excluded.state";

/* ---- Types ------------------------------------------------------------------------------------------------------- */

static bool is_number(int64_t id)
{
    return id == OID_INT2 || id == OID_INT4 || id == OID_INT8 || id == OID_OID || id == OID_NUMERIC;
}

static bool is_string(int64_t id)
{
    return id == OID_TEXT || id == OID_VARCHAR || id == OID_BPCHAR;
}

static bool is_json(int64_t id)
{
    return id == OID_JSON || id == OID_JSONB;
}

static bool is_time(int64_t id)
{
    return id == OID_TIMESTAMPTZ || id == OID_TIMESTAMP || id == OID_DATE;
}

static bool is_bits(int64_t id)
{
    return id == OID_BIT || id == OID_VARBIT;
}

/* The server converts values of such a column to strings and back. Columns of strings hold them too, if it reads them
 * by a CAST, or without one, as the labels of enum types. The cast of a bit(N), whose length it would lose, is to a bit
 * varying. */
static bool has_named_type(const struct ar_column *column, const struct catalog_type *type)
{
    bool reads_any = column->cast->read == NULL || strncmp(column->cast->read, "CAST", 4) == 0;

    if (type->id == type->named_id || (reads_any && is_string(type->id)))
        return true;
    if (is_bits(type->id) && is_bits(type->named_id))
        return true;
    return (column->flags & AR_COLUMN_JSON) != 0 && is_json(type->id);
}

/* Integers and booleans are read into each other, but the server does not accept one for the other. */
static bool has_integer_type(const struct ar_column *column, int64_t id)
{
    bool is_bool = column->type == AR_TYPE_BOOL;

    if (column->model->is_read_only)
        return is_number(id) || id == OID_BOOL;
    return is_bool ? id == OID_BOOL : is_number(id);
}

/* JSON and the labels of enum types are read as strings, but the server accepts no strings for them. Types of enums
 * have numbers above those of built-in types. */
static bool has_string_type(const struct ar_column *column, int64_t id)
{
    enum { FIRST_SCHEMA_TYPE = 16384 };

    if (column->model->is_read_only && (is_json(id) || (column->type == AR_TYPE_ENUM_TEXT && id >= FIRST_SCHEMA_TYPE)))
        return true;
    return is_string(id);
}

bool ar_pg_has_field_type(const struct ar_column *column, const struct catalog_type *type)
{
    int64_t id = type->id;

    if (column->cast != NULL && !ar_type_is_array(column->type))
        return has_named_type(column, type);
    switch ((enum ar_type)column->type) {
    case AR_TYPE_BOOL:
    case AR_TYPE_INT8:
    case AR_TYPE_INT16:
    case AR_TYPE_INT32:
    case AR_TYPE_INT64:
    case AR_TYPE_UINT8:
    case AR_TYPE_UINT16:
    case AR_TYPE_UINT32:
    case AR_TYPE_UINT64:
        return has_integer_type(column, id);
    case AR_TYPE_FLOAT:
    case AR_TYPE_DOUBLE:
        return id == OID_FLOAT4 || id == OID_FLOAT8 || is_number(id);
    case AR_TYPE_TEXT:
    case AR_TYPE_CHARS:
    case AR_TYPE_ENUM_TEXT:
    case AR_TYPE_UUID_TEXT:
        return has_string_type(column, id);
    case AR_TYPE_TIME:
    case AR_TYPE_TIMESPEC:
        return is_time(id);
    case AR_TYPE_INT64S:
    case AR_TYPE_TEXTS:
        return ar_pg_reads_array(column, (Oid)id);
    case AR_TYPE_DECIMAL:
    case AR_TYPE_INTERVAL:
    case AR_TYPE_BLOB:
    case AR_TYPE_BYTES:
    case AR_TYPE_UUID:
    case AR_TYPE_DATE:
    case AR_TYPE_TIME_OF_DAY:
        break;
    }
    return ar_pg_has_form(column, (Oid)id);
}

const char *ar_pg_type_name(const struct ar_column *column)
{
    static const char *const names[AR_TYPE_COUNT] = {
        [AR_TYPE_BOOL] = "boolean",
        [AR_TYPE_INT8] = "smallint",
        [AR_TYPE_INT16] = "smallint",
        [AR_TYPE_INT32] = "integer",
        [AR_TYPE_INT64] = "bigint",
        [AR_TYPE_UINT8] = "smallint",
        [AR_TYPE_UINT16] = "integer",
        [AR_TYPE_UINT32] = "bigint",
        [AR_TYPE_UINT64] = "bigint",
        [AR_TYPE_FLOAT] = "real",
        [AR_TYPE_DOUBLE] = "double precision",
        [AR_TYPE_DECIMAL] = "numeric",
        [AR_TYPE_INTERVAL] = "interval",
        [AR_TYPE_TEXT] = "text",
        [AR_TYPE_CHARS] = "text",
        [AR_TYPE_BLOB] = "bytea",
        [AR_TYPE_BYTES] = "bytea",
        [AR_TYPE_UUID] = "uuid",
        [AR_TYPE_UUID_TEXT] = "text",
        [AR_TYPE_TIME] = "timestamptz",
        [AR_TYPE_TIMESPEC] = "timestamptz",
        [AR_TYPE_ENUM_TEXT] = "text",
        [AR_TYPE_DATE] = "date",
        [AR_TYPE_TIME_OF_DAY] = "time",
        [AR_TYPE_INT64S] = "bigint[]",
        [AR_TYPE_TEXTS] = "text[]",
    };

    if (column->cast != NULL)
        return column->cast->type;
    return (column->flags & AR_COLUMN_WITHOUT_ZONE) != 0 ? "timestamp" : names[column->type];
}
