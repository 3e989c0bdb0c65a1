/* The SQL that only PostgreSQL has. Every operator and function is schema-qualified, because the search path may be
 * hostile. */
#include "dialect.h"
#include "model.h"
#include "schema/ddl.h"
#include "scope.h"
#include "sql.h"

#include <stdlib.h>
#include <string.h>

#define EQUALS "OPERATOR(pg_catalog.=)"

static const char *column_type_sql(const struct member *column)
{
    if ((column->flags & AR_COLUMN_WITHOUT_ZONE) != 0)
        return "timestamp";
    return column->sql_type != NULL ? column->sql_type : column_type(column->type)->sql[DIALECT_POSTGRESQL];
}

static const char *column_check(struct arena *arena, const struct member *column)
{
    if (column->type != AR_TYPE_BYTES)
        return NULL;
    return arena_print(arena, "pg_catalog.length(%s) " EQUALS " %u", column->sql, column->size);
}

/* Return the default of a time: PostgreSQL does not accept a number as a timestamp, and converts one with a zone to one
 * without by the zone of the session. */
static const char *time_default(struct arena *arena, const struct member *column)
{
    const char *expression = column->default_sql;
    unsigned ticks = column_type(column->type)->ticks_per_second;
    bool is_now = strcmp(expression, "CURRENT_TIMESTAMP") == 0;
    bool is_number = sql_is_number(expression);
    if ((column->flags & AR_COLUMN_TIME_DATE) != 0 && is_now)
        return "CURRENT_DATE";
    if (is_number && ticks == 1)
        expression = arena_print(arena, "pg_catalog.to_timestamp(%s)", expression);
    else if (is_number)
        expression = arena_print(arena, "pg_catalog.to_timestamp(%s OPERATOR(pg_catalog./) %u.0)", expression, ticks);
    if ((column->flags & AR_COLUMN_WITHOUT_ZONE) != 0 && (is_now || is_number))
        return arena_print(arena, "pg_catalog.timezone('UTC', %s)", expression);
    return is_number ? expression : sql_parenthesized(arena, expression);
}

/* PostgreSQL does not accept a number as a boolean or interval. */
static const char *column_default(struct arena *arena, const struct member *column)
{
    const char *expression = column->default_sql;
    const char *now = column_type(column->type)->now[DIALECT_POSTGRESQL];
    if (member_is(column, GROUP_TIME))
        return time_default(arena, column);
    if (now != NULL && strcmp(expression, "CURRENT_TIMESTAMP") == 0)
        return now;
    if (column->type == AR_TYPE_INTERVAL)
        return arena_print(arena, "'%s microseconds'", expression);
    if (column->type == AR_TYPE_BOOL && sql_is_number(expression))
        return strtod(expression, NULL) != 0 ? "TRUE" : "FALSE";
    return sql_parenthesized(arena, expression);
}

static const char *new_uuid(const struct member *column)
{
    return column->type == AR_TYPE_UUID_TEXT ? "(CAST(pg_catalog.gen_random_uuid() AS text))"
                                             : "(pg_catalog.gen_random_uuid())";
}

/* Select by one array for each column of the key. */
static void add_select(struct text *sql, struct arena *arena, const struct relation *relation)
{
    const char *table = relation->target->table_sql;
    size_t count = relation->foreign_key_count;
    text_add(sql, "SELECT ");
    sql_add_all_columns(sql, relation->target, &dialect_postgresql);
    if (count == 1) {
        text_print(sql, " " SQL_BREAK "FROM %s " SQL_BREAK "WHERE %s.%s %s ANY ($1)",
                   sql_table(relation->target, &dialect_postgresql), table, relation->target_key[0]->sql,
                   sql_equals(relation->target_key[0], &dialect_postgresql));
        scope_add_where(sql, arena, relation, &dialect_postgresql);
        return;
    }
    text_add(sql, " " SQL_BREAK "FROM ROWS FROM (");
    for (size_t i = 0; i < count; i++)
        text_print(sql, "%spg_catalog.unnest($%zu)", i == 0 ? "" : ", ", i + 1);
    text_add(sql, ") AS armature_keys (");
    for (size_t i = 0; i < count; i++)
        text_print(sql, "%sk%zu", i == 0 ? "" : ", ", i);
    text_print(sql, ") " SQL_BREAK "JOIN %s", sql_table(relation->target, &dialect_postgresql));
    for (size_t i = 0; i < count; i++)
        text_print(sql, " %s %s.%s %s armature_keys.k%zu", i == 0 ? "ON" : "AND", table, relation->target_key[i]->sql,
                   sql_equals(relation->target_key[i], &dialect_postgresql), i);
    scope_add_where(sql, arena, relation, &dialect_postgresql);
}

/* ---- Anonymous blocks -------------------------------------------------------------------------------------------- */

/* Return a dollar quote that the block does not contain: names may contain anything. */
static const char *block_quote(struct arena *arena, const char *block)
{
    const char *quote = "$armature$";
    for (unsigned number = 2; strstr(block, quote) != NULL; number++)
        quote = arena_print(arena, "$armature%u$", number);
    return quote;
}

void dialect_postgresql_add_block(struct text *out, struct arena *arena, const struct text *block)
{
    const char *quote = block_quote(arena, block->data);
    text_print(out, "DO %s BEGIN\n%sEND %s;\n", quote, block->data, quote);
}

/* Add an IF to a block's body; the caller continues its condition. */
static void add_search(struct text *body, const char *catalog, const char *column, const char *name)
{
    text_print(body,
               "    IF NOT EXISTS (SELECT FROM pg_catalog.%s\n"
               "                   WHERE %s " EQUALS " %s",
               catalog, column, name);
}

static const char *to_regclass(struct arena *arena, const char *name)
{
    return arena_print(arena, "pg_catalog.to_regclass(%s)", sql_string(arena, name));
}

/* Complete the IF: raise an error, because the name belongs to something else. */
static void add_refusal(struct text *body, struct arena *arena, const char *message)
{
    text_print(body,
               ") THEN\n"
               "        RAISE duplicate_table USING MESSAGE = %s;\n"
               "    END IF;\n",
               sql_string(arena, message));
}

/* CREATE SCHEMA IF NOT EXISTS requires the privilege to create one even if it exists. */
static void add_schema(struct text *out, struct arena *arena, const char *schema)
{
    const char *name = sql_name(arena, schema);
    struct text body = {0};
    text_print(&body,
               "    IF pg_catalog.to_regnamespace(%s) IS NULL THEN\n"
               "        CREATE SCHEMA %s;\n"
               "    END IF;\n",
               sql_string(arena, name), name);
    dialect_postgresql_add_block(out, arena, &body);
    text_free(&body);
}

/* There is no CREATE TYPE IF NOT EXISTS either. */
static void add_type(struct text *out, struct arena *arena, const struct schema_enum *type)
{
    const char *name = ddl_name(arena, type->schema, type->name);
    const char *found = arena_print(arena, "pg_catalog.to_regtype(%s)", sql_string(arena, name));
    struct text body = {0};
    text_print(&body,
               "    IF %s IS NULL THEN\n"
               "        CREATE TYPE %s AS ENUM (",
               found, name);
    ddl_add_labels(&body, arena, type, "", "");
    text_add(&body, ");\n"
                    "    ELSIF EXISTS (SELECT FROM (VALUES ");
    ddl_add_labels(&body, arena, type, "(", ")");
    text_print(&body,
               ") AS wanted (label)\n"
               "                  WHERE label OPERATOR(pg_catalog.<>) ALL (\n"
               "                      SELECT enumlabel FROM pg_catalog.pg_enum\n"
               "                      WHERE enumtypid " EQUALS " %s)) THEN\n"
               "        RAISE invalid_object_definition USING MESSAGE = %s;\n"
               "    END IF;\n",
               found,
               sql_string(arena, arena_print(arena,
                                             "type %s is not an enum with all labels of the program: add them by "
                                             "ALTER TYPE %s ADD VALUE",
                                             name, name)));
    dialect_postgresql_add_block(out, arena, &body);
    text_free(&body);
}

/* IF NOT EXISTS silently skips a name that belongs to another relation: a sequence, or the index of another table. The
 * table and its unique indexes must not be missing: check them. */
static void add_checks(struct text *out, struct arena *arena, const struct schema_table *table)
{
    const char *name = schema_table_sql(arena, table), *found = to_regclass(arena, name);
    struct text body = {0};
    add_search(&body, "pg_class", "oid", found);
    text_add(&body, "\n                     AND relkind OPERATOR(pg_catalog.<>) ALL ('{i,I,S,c,t}')");
    add_refusal(&body, arena,
                arena_print(arena, "table %s cannot be created: a relation that is not a table has its name", name));
    for (size_t i = 0; i < table->index_count; i++) {
        const struct schema_index *index = &table->indexes[i];
        if (!index->is_unique)
            continue;
        add_search(&body, "pg_index", "indexrelid", to_regclass(arena, ddl_name(arena, table->schema, index->name)));
        text_print(&body, "\n                     AND indrelid " EQUALS " %s", found);
        add_refusal(&body, arena,
                    arena_print(arena, "index %s of table %s cannot be created: another relation has its name",
                                sql_name(arena, index->name), name));
    }
    dialect_postgresql_add_block(out, arena, &body);
    text_free(&body);
}

/* PostgreSQL has no ADD CONSTRAINT IF NOT EXISTS: query the catalog. */
static void add_foreign_keys(struct text *out, struct arena *arena, const struct schema_table *table)
{
    const char *name = schema_table_sql(arena, table);
    for (size_t i = 0; i < table->foreign_key_count; i++) {
        const struct schema_foreign_key *key = &table->foreign_keys[i];
        struct text body = {0};
        add_search(&body, "pg_constraint", "conname", sql_string(arena, key->name));
        text_print(&body,
                   "\n                     AND conrelid " EQUALS " %s) THEN\n"
                   "        ALTER TABLE %s\n"
                   "            ADD CONSTRAINT %s\n"
                   "            ",
                   to_regclass(arena, name), name, sql_name(arena, key->name));
        ddl_add_foreign_key(&body, arena, key, &dialect_postgresql);
        text_add(&body, ";\n    END IF;\n");
        dialect_postgresql_add_block(out, arena, &body);
        text_free(&body);
    }
}

const struct dialect dialect_postgresql = {
    .id = DIALECT_POSTGRESQL,
    .title = "PostgreSQL",
    .name = "postgresql",
    .create_view = "CREATE OR REPLACE VIEW",
    .column_max = 1600,
    .name_max = SQL_NAME_MAX,
    .system_columns = " tableoid xmin cmin xmax cmax ctid ",
    .equals = EQUALS,
    .has_casts = true,
    .equality = " " EQUALS " ",
    .placeholder = "$",
    .in_list = "= ANY (",
    .not_in_list = "<> ALL (",
    .list_end = ")",
    .identity = " GENERATED BY DEFAULT AS IDENTITY",
    .column_type = column_type_sql,
    .column_check = column_check,
    .column_default = column_default,
    .new_uuid = new_uuid,
    .reserved_schema = "pg_",
    .add_select = add_select,
    .add_schema = add_schema,
    .add_type = add_type,
    .add_checks = add_checks,
    .add_foreign_keys = add_foreign_keys,
};
