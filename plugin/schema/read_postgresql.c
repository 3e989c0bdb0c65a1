/* The schema of a PostgreSQL database: its tables with their columns, enum types, and what a schema cannot hold.
 *
 * Each statement reads one kind of object for all tables. Names in the statements are of pg_catalog, which is first in
 * the search path while they run; the user's search path follows, because it decides which names PostgreSQL prints
 * with a schema. */
#include "read_postgresql.h"

#include "read_postgresql_parts.h"
#include "sql_reader.h"

#ifdef ARMATURE_LIBPQ
#include <stdlib.h>
#include <string.h>

/* ---- Statements and values --------------------------------------------------------------------------------------- */

/* Return the first line of the message, without the severity that libpq puts before it. */
static const char *first_line(struct arena *arena, const char *message)
{
    const char *severity = strstr(message, "ERROR:  ");
    message = severity == message ? message + strlen("ERROR:  ") : message;
    return arena_copy(arena, message, strcspn(message, "\n"));
}

const char *postgresql_error(struct arena *arena, const PGresult *result)
{
    return first_line(arena, PQresultErrorMessage(result));
}

const char *postgresql_connection_error(struct arena *arena, const PGconn *connection)
{
    return first_line(arena, PQerrorMessage(connection));
}

PGresult *catalog_query(struct catalog_reading *reading, const char *sql, const char *parameter)
{
    if (reading->error != NULL)
        return NULL;
    PGresult *result = PQexecParams(reading->connection, sql, parameter != NULL, NULL, &parameter, NULL, NULL, 0);
    ExecStatusType status = PQresultStatus(result);
    if (status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK)
        return result;
    reading->error = result != NULL ? postgresql_error(reading->arena, result)
                                    : postgresql_connection_error(reading->arena, reading->connection);
    PQclear(result);
    return NULL;
}

static void run(struct catalog_reading *reading, const char *sql)
{
    PQclear(catalog_query(reading, sql, NULL));
}

const char *catalog_text(const struct catalog_reading *reading, const PGresult *result, int row, int column)
{
    return PQgetisnull(result, row, column) ? NULL : arena_text(reading->arena, PQgetvalue(result, row, column));
}

bool catalog_bool(const PGresult *result, int row, int column)
{
    return PQgetvalue(result, row, column)[0] == 't';
}

/* Return the next item of an array, {a,"b \"c\""}, and move *at behind it. */
static const char *take_item(struct arena *arena, const char **at)
{
    const char *from = *at + 1; /* after { or a comma */
    bool is_quoted = *from == '"';
    char *item = arena_take(arena, strlen(from) + 1);
    size_t length = 0;
    for (from += is_quoted; *from != '\0' && (is_quoted ? *from != '"' : *from != ',' && *from != '}'); from++) {
        if (*from == '\\' && from[1] != '\0')
            from++;
        item[length++] = *from;
    }
    *at = from + (is_quoted && *from == '"');
    return item;
}

struct schema_names catalog_names(const struct catalog_reading *reading, const PGresult *result, int row, int column)
{
    const char *at = PQgetvalue(result, row, column);
    struct schema_names names = {0};
    if (*at != '{' || at[1] == '}')
        return names;
    while (*at == '{' || *at == ',')
        list_add(reading->arena, names.items, names.count) = take_item(reading->arena, &at);
    return names;
}

static int compare_numbers(const void *left, const void *right)
{
    const struct catalog_table *a = left, *b = right;
    return (a->number > b->number) - (a->number < b->number);
}

struct schema_table *catalog_table(const struct catalog_reading *reading, const PGresult *result, int row)
{
    struct catalog_table like = {.number = strtoul(PQgetvalue(result, row, 0), NULL, 10)};
    const struct catalog_table *found =
        bsearch(&like, reading->tables, reading->schema->table_count, sizeof *reading->tables, compare_numbers);
    return &reading->schema->tables[found->index];
}

const char *catalog_expression(struct arena *arena, const char *sql)
{
    return sql != NULL ? sql_without_parentheses(arena, DIALECT_POSTGRESQL, sql) : NULL;
}

/* ---- Tables ------------------------------------------------------------------------------------------------------ */

/* A condition on the schema `n` of an object: it is $1 or, if that is empty, the user's. */
#define IS_READ                                                                                                        \
    "CASE WHEN $1 = '' THEN n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema' ELSE n.nspname = $1 END"

/* A condition on an object: it does not belong to an extension. */
#define IS_NOT_OF_EXTENSION(catalog, number)                                                                           \
    "NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = '" catalog "'::regclass AND d.objid = " number              \
    " AND d.deptype = 'e')"

static enum schema_kind kind_of(char letter)
{
    if (letter == 'm')
        return SCHEMA_MATERIALIZED_VIEW;
    return letter == 'v' ? SCHEMA_VIEW : SCHEMA_TABLE;
}

/* Return the SELECT of a view without its semicolon. */
static const char *view_of(struct arena *arena, const char *sql)
{
    if (sql == NULL)
        return NULL;
    size_t start = strspn(sql, " \n"), length = strlen(sql);
    while (length > start && strchr("; \n", sql[length - 1]) != NULL)
        length--;
    return arena_copy(arena, sql + start, length - start);
}

static void add_table(struct catalog_reading *reading, const PGresult *result, int row)
{
    struct arena *arena = reading->arena;
    const char *home = catalog_text(reading, result, row, 1);
    list_add(arena, reading->schema->tables, reading->schema->table_count) = (struct schema_table){
        .kind = kind_of(PQgetvalue(result, row, 4)[0]),
        .schema = catalog_bool(result, row, 2) ? NULL : home,
        .home = home,
        .name = catalog_text(reading, result, row, 3),
        .comment = catalog_text(reading, result, row, 5),
        .view_sql = view_of(arena, catalog_text(reading, result, row, 6)),
    };
    reading->tables[row] =
        (struct catalog_table){.number = strtoul(PQgetvalue(result, row, 0), NULL, 10), .index = (size_t)row};
    reading->numbers = arena_print(arena, "%s%s%s", reading->numbers, row > 0 ? "," : "", PQgetvalue(result, row, 0));
}

static void read_tables(struct catalog_reading *reading)
{
    static const char sql[] =
        "SELECT c.oid, n.nspname, pg_table_is_visible(c.oid), c.relname, c.relkind, obj_description(c.oid, 'pg_class'),"
        " CASE WHEN c.relkind IN ('v', 'm') THEN pg_get_viewdef(c.oid) END "
        "FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
        "WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition AND c.relname NOT LIKE 'armature\\_%' "
        "AND " IS_READ " AND " IS_NOT_OF_EXTENSION("pg_class", "c.oid") " "
                                                                        "ORDER BY n.nspname, c.relname";
    PGresult *result = catalog_query(reading, sql, reading->only != NULL ? reading->only : "");
    int count = result != NULL ? PQntuples(result) : 0;
    reading->tables = arena_take(reading->arena, ((size_t)count + 1) * sizeof *reading->tables);
    reading->numbers = "{";
    for (int i = 0; i < count; i++)
        add_table(reading, result, i);
    reading->numbers = arena_print(reading->arena, "%s}", reading->numbers);
    qsort(reading->tables, (size_t)count, sizeof *reading->tables, compare_numbers);
    PQclear(result);
}

/* ---- Columns ----------------------------------------------------------------------------------------------------- */

static void add_column(struct catalog_reading *reading, const PGresult *result, int row)
{
    struct schema_table *table = catalog_table(reading, result, row);
    const char *expression = catalog_text(reading, result, row, 4);
    char generated = PQgetvalue(result, row, 5)[0];
    bool is_identity = catalog_bool(result, row, 6);
    list_add(reading->arena, table->columns, table->column_count) = (struct schema_column){
        .name = catalog_text(reading, result, row, 1),
        .type = catalog_text(reading, result, row, 2),
        .is_not_null = catalog_bool(result, row, 3),
        .default_sql = generated == '\0' && !is_identity ? expression : NULL,
        .generated_sql = generated != '\0' ? catalog_expression(reading->arena, expression) : NULL,
        .is_virtual = generated == 'v',
        .is_identity = is_identity,
        .collation = catalog_text(reading, result, row, 7),
        .comment = catalog_text(reading, result, row, 8),
    };
}

/* A column with a NOT NULL that is not valid, which PostgreSQL 18 has, may still contain NULL. One of a domain that is
 * NOT NULL, perhaps by another domain, contains none, unless it is a view's.
 *
 * A column is an identity, too, if its default is the next value of a sequence, as that of a serial. */
static void read_columns(struct catalog_reading *reading)
{
    static const char sql[] =
        "WITH RECURSIVE domain AS (SELECT oid AS id, typbasetype AS base, typnotnull AS is_not_null FROM pg_type"
        " WHERE typtype = 'd' UNION ALL SELECT d.id, b.typbasetype, b.typnotnull FROM domain d JOIN pg_type b"
        " ON b.oid = d.base AND b.typtype = 'd') "
        "SELECT a.attrelid, a.attname, format_type(a.atttypid, a.atttypmod),"
        " EXISTS (SELECT FROM domain d JOIN pg_class c ON c.oid = a.attrelid AND c.relkind IN ('r', 'p', 'f')"
        " WHERE d.id = a.atttypid AND d.is_not_null)"
        " OR a.attnotnull AND NOT EXISTS (SELECT FROM pg_constraint n WHERE n.conrelid = a.attrelid"
        " AND n.contype = 'n' AND n.conkey[1] = a.attnum AND NOT n.convalidated),"
        " pg_get_expr(e.adbin, e.adrelid), a.attgenerated,"
        " a.attidentity <> '' OR coalesce(pg_get_expr(e.adbin, e.adrelid) LIKE 'nextval(%::regclass)', false),"
        " CASE WHEN a.attcollation <> t.typcollation THEN l.collname END,"
        " col_description(a.attrelid, a.attnum) "
        "FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid "
        "LEFT JOIN pg_attrdef e ON e.adrelid = a.attrelid AND e.adnum = a.attnum "
        "LEFT JOIN pg_collation l ON l.oid = a.attcollation "
        "WHERE a.attrelid = ANY ($1::oid[]) AND a.attnum > 0 AND NOT a.attisdropped "
        "ORDER BY a.attrelid, a.attnum";
    PGresult *result = catalog_query(reading, sql, reading->numbers);
    for (int i = 0; result != NULL && i < PQntuples(result); i++)
        add_column(reading, result, i);
    PQclear(result);
}

/* ---- The rest ---------------------------------------------------------------------------------------------------- */

static void read_enums(struct catalog_reading *reading)
{
    static const char sql[] =
        "SELECT n.nspname, pg_type_is_visible(t.oid), t.typname,"
        " array_agg(e.enumlabel::text ORDER BY e.enumsortorder) "
        "FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace "
        "JOIN pg_enum e ON e.enumtypid = t.oid "
        "WHERE " IS_READ " AND " IS_NOT_OF_EXTENSION(
            "pg_type", "t.oid") " "
                                "GROUP BY n.nspname, t.oid, t.typname ORDER BY n.nspname, t.typname";
    PGresult *result = catalog_query(reading, sql, reading->only != NULL ? reading->only : "");
    for (int i = 0; result != NULL && i < PQntuples(result); i++) {
        const char *home = catalog_text(reading, result, i, 0);
        list_add(reading->arena, reading->schema->enums, reading->schema->enum_count) = (struct schema_enum){
            .schema = catalog_bool(result, i, 1) ? NULL : home,
            .home = home,
            .name = catalog_text(reading, result, i, 2),
            .labels = catalog_names(reading, result, i, 3),
        };
    }
    PQclear(result);
}

/* List what a schema cannot hold: of tables, and in the schemas that are read. */
static void read_others(struct catalog_reading *reading)
{
    static const char of_tables[] =
        "SELECT c.relname, what FROM ("
        "SELECT tgrelid, format('the trigger %I', tgname) FROM pg_trigger WHERE NOT tgisinternal"
        " UNION ALL SELECT ev_class, format('the rule %I', rulename) FROM pg_rewrite WHERE rulename <> '_RETURN'"
        " UNION ALL SELECT polrelid, format('the policy %I', polname) FROM pg_policy"
        " UNION ALL SELECT conrelid, format('the exclusion constraint %I', conname) FROM pg_constraint"
        " WHERE contype = 'x'"
        " UNION ALL SELECT conrelid, format('the index %I: DEFERRABLE', conname) FROM pg_constraint"
        " WHERE contype = 'p' AND condeferrable"
        " UNION ALL SELECT conrelid, format('ON %s %s %sof the foreign key to %s', part[1], part[2],"
        " CASE WHEN part[3] <> '' THEN 'of some columns ' END, confrelid::regclass) FROM pg_constraint,"
        " regexp_matches(pg_get_constraintdef(oid), 'ON (DELETE|UPDATE) (SET NULL|SET DEFAULT)( [(])?', 'g') AS m (part)"
        " WHERE contype = 'f' AND conparentid = 0 AND (part[2] = 'SET DEFAULT' OR part[3] <> '')"
        " UNION ALL SELECT conrelid, format('MATCH FULL of the foreign key to %s', confrelid::regclass) FROM pg_constraint"
        " WHERE contype = 'f' AND conparentid = 0 AND confmatchtype = 'f' AND cardinality(conkey) > 1"
        " UNION ALL SELECT oid, 'row-level security' FROM pg_class WHERE relrowsecurity"
        " UNION ALL SELECT indrelid, format('the index %s: NULLS NOT DISTINCT', indexrelid::regclass)"
        " FROM pg_index WHERE pg_get_indexdef(indexrelid) LIKE '%) NULLS NOT DISTINCT%'"
        " UNION ALL SELECT indrelid, format('the index %s, which is not valid', indexrelid::regclass) FROM pg_index"
        " WHERE NOT indisvalid"
        " UNION ALL SELECT oid, 'a foreign table: its server' FROM pg_class WHERE relkind = 'f'"
        " UNION ALL SELECT oid, 'its partitions' FROM pg_class WHERE relkind = 'p'"
        ") AS others (number, what) JOIN pg_class c ON c.oid = number "
        "WHERE c.oid = ANY ($1::oid[]) ORDER BY c.relname, what COLLATE \"C\"";
    static const char of_schemas[] =
        "SELECT NULL, CASE catalog WHEN 'pg_proc'::regclass THEN format('the function %s', number::regprocedure)"
        " WHEN 'pg_type'::regclass THEN format('the domain %s', number::regtype)"
        " ELSE format('the sequence %s', number::regclass) END COLLATE \"C\" AS what FROM ("
        "SELECT pronamespace, 'pg_proc'::regclass, oid FROM pg_proc UNION ALL "
        "SELECT typnamespace, 'pg_type'::regclass, oid FROM pg_type WHERE typtype = 'd' UNION ALL "
        "SELECT relnamespace, 'pg_class'::regclass, oid FROM pg_class WHERE relkind = 'S'"
        ") AS others (schema, catalog, number) JOIN pg_namespace n ON n.oid = schema "
        "WHERE " IS_READ " AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = catalog AND d.objid = number"
        " AND (d.deptype = 'e' OR d.deptype IN ('a', 'i') AND catalog = 'pg_class'::regclass)) ORDER BY what";
    for (int i = 0; i < 2; i++) {
        PGresult *result = i == 0 ? catalog_query(reading, of_tables, reading->numbers)
                                  : catalog_query(reading, of_schemas, reading->only != NULL ? reading->only : "");
        for (int j = 0; result != NULL && j < PQntuples(result); j++)
            list_add(reading->arena, reading->schema->others, reading->schema->other_count) = (struct schema_other){
                .table = catalog_text(reading, result, j, 0), .what = catalog_text(reading, result, j, 1)};
        PQclear(result);
    }
}

/* The statements return few rows, so that compiling them takes longer than running them. */
static void read_all(struct catalog_reading *reading)
{
    run(reading, "SELECT pg_catalog.set_config('jit', 'off', true), pg_catalog.set_config('search_path', CASE"
                 " WHEN pg_catalog.current_setting('search_path') OPERATOR(pg_catalog.=) '' THEN 'pg_catalog'"
                 " ELSE 'pg_catalog, ' OPERATOR(pg_catalog.||) pg_catalog.current_setting('search_path') END, true)");
    read_tables(reading);
    read_columns(reading);
    catalog_read_constraints(reading);
    catalog_read_indexes(reading);
    read_enums(reading);
    read_others(reading);
}

struct schema *schema_read_postgresql(struct arena *arena, PGconn *connection, const char *only, const char **error)
{
    struct catalog_reading reading = {
        .arena = arena, .connection = connection, .schema = arena_take(arena, sizeof *reading.schema), .only = only};
    bool is_begun = PQtransactionStatus(connection) == PQTRANS_INTRANS;
    reading.schema->dialect = &dialect_postgresql;
    if (!is_begun)
        run(&reading, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    read_all(&reading);
    if (!is_begun)
        PQclear(PQexec(connection, "ROLLBACK"));
    *error = reading.error;
    return reading.error == NULL ? reading.schema : NULL;
}

#endif
