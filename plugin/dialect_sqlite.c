/* The SQL that only SQLite has. */
#include "decimal.h"
#include "dialect.h"
#include "model.h"
#include "scope.h"
#include "sql.h"

#include <inttypes.h>
#include <string.h>

static const char *column_type_sql(const struct member *column)
{
    if ((column->flags & AR_COLUMN_TIME_DATE) != 0)
        return "DATE";
    if ((column->flags & AR_COLUMN_TIME_ISO) != 0)
        return "TEXT";
    if ((column->flags & AR_COLUMN_TIME_TEXT) != 0)
        return "DATETIME";
    return column->sqlite_type != NULL ? column->sqlite_type : column_type(column->type)->sql[DIALECT_SQLITE];
}

static const char *column_check(struct arena *arena, const struct member *column)
{
    if (column->type == AR_TYPE_BYTES)
        return arena_print(arena, "length(%s) = %u", column->sql, column->size);
    if (column->type == AR_TYPE_DECIMAL)
        return arena_print(arena, "%s BETWEEN -%" PRId64 " AND %" PRId64, column->sql, decimal_largest(column),
                           decimal_largest(column));
    return NULL;
}

/* Return the default of a time in ISO form. SQLite has milliseconds: more digits are zeros. */
static const char *iso_default(struct arena *arena, const struct member *column, const char *time)
{
    int zeros = column->scale > 3 ? column->scale - 3 : 0;
    if (column->scale == 0)
        return arena_print(arena, "(strftime('%%Y-%%m-%%dT%%H:%%M:%%SZ', %s))", time);
    if (column->scale < 3)
        return arena_print(arena, "(substr(strftime('%%Y-%%m-%%dT%%H:%%M:%%f', %s), 1, %d) || 'Z')", time,
                           20 + column->scale);
    return arena_print(arena, "(strftime('%%Y-%%m-%%dT%%H:%%M:%%f%.*sZ', %s))", zeros, "000000", time);
}

/* Return the default of a time, in the form that the column stores: a string, or a number of ticks. */
static const char *time_default(struct arena *arena, const struct member *column)
{
    const char *expression = column->default_sql;
    bool is_now = strcmp(expression, "CURRENT_TIMESTAMP") == 0;
    bool is_date = (column->flags & AR_COLUMN_TIME_DATE) != 0;
    unsigned ticks = column_type(column->type)->ticks_per_second;
    const char *seconds = ticks == 1 ? expression : arena_print(arena, "%s / %u.0", expression, ticks);
    if ((column->flags & AR_COLUMN_TIME_ISO) != 0 && sql_is_number(expression))
        return iso_default(arena, column, arena_print(arena, "%s, 'unixepoch'", seconds));
    if ((column->flags & AR_COLUMN_TIME_ISO) != 0 && (is_now || sql_is_string(expression)))
        return iso_default(arena, column, is_now ? "'now'" : expression);
    if ((column->flags & AR_COLUMN_TIME_TEXT) != 0 && sql_is_number(expression))
        return arena_print(arena, "(%s(%s, 'unixepoch'))", is_date ? "date" : "datetime", seconds);
    if ((column->flags & AR_COLUMN_TIME_TEXT) != 0)
        return is_now && is_date ? "CURRENT_DATE" : sql_parenthesized(arena, expression);
    if (is_now || sql_is_string(expression))
        return arena_print(arena, "(strftime('%%s', %s) * %u)", is_now ? "'now'" : expression, ticks);
    return sql_parenthesized(arena, expression);
}

static const char *column_default(struct arena *arena, const struct member *column)
{
    const char *number = column->precision > 0 ? decimal_default(arena, column) : NULL;
    if (number != NULL)
        return number;
    const char *now = column_type(column->type)->now[DIALECT_SQLITE];
    if (now != NULL && strcmp(column->default_sql, "CURRENT_TIMESTAMP") == 0)
        return now;
    return member_is(column, GROUP_TIME) ? time_default(arena, column) : sql_parenthesized(arena, column->default_sql);
}

static unsigned column_digits(const struct member *column)
{
    unsigned digits = 0;
    if (column->type == AR_TYPE_DECIMAL || (column->flags & AR_COLUMN_TIME_ISO) != 0)
        return column->scale;
    if (column->type == AR_TYPE_INTERVAL)
        return 6;
    for (unsigned ticks = column_type(column->type)->ticks_per_second; ticks >= 10; ticks /= 10)
        digits++;
    return (column->flags & AR_COLUMN_TIME_TEXT) == 0 ? digits : 0;
}

/* A UUID of version 4. The variant is in the first two bits of a byte that is chosen among 16. */
static const char *new_uuid(const struct member *column)
{
    if (column->type == AR_TYPE_UUID_TEXT)
        return "(lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' "
               "|| substr('89ab', (random() & 3) + 1, 1) || substr(hex(randomblob(2)), 2) || '-' || "
               "hex(randomblob(6))))";
    return "(CAST(randomblob(6) || substr(x'404142434445464748494a4b4c4d4e4f', (random() & 15) + 1, 1) || "
           "randomblob(1) || substr(x'8084888c9094989ca0a4a8acb0b4b8bc', (random() & 15) + 1, 1) || randomblob(7) AS "
           "BLOB))";
}

/* Select by the keys of a table-valued function, k0, k1, … Unless keys are single integers, each row also has the index
 * of its key, because SQLite may consider strings with different bytes equal. */
static void add_select(struct text *sql, struct arena *arena, const struct relation *relation)
{
    const char *table = relation->target->table_sql;
    bool has_integer_key = relation->foreign_key_count == 1 && member_is(relation->target_key[0], GROUP_INTEGER);
    text_add(sql, "SELECT ");
    sql_add_all_columns(sql, relation->target, &dialect_sqlite);
    text_print(sql, "%s " SQL_BREAK "FROM temp.armature_keys(?1) AS armature_keys " SQL_BREAK "CROSS JOIN %s",
               has_integer_key ? "" : ", armature_keys.ordinal", table);
    for (size_t i = 0; i < relation->foreign_key_count; i++)
        text_print(sql, " %s %s.%s = armature_keys.k%zu", i == 0 ? "ON" : "AND", table, relation->target_key[i]->sql,
                   i);
    scope_add_where(sql, arena, relation, &dialect_sqlite);
}

const struct dialect dialect_sqlite = {
    .id = DIALECT_SQLITE,
    .title = "SQLite",
    .name = "sqlite",
    .create_view = "CREATE VIEW IF NOT EXISTS",
    .column_max = 2000,
    .reserved_prefix = "sqlite_",
    .system_columns = "", /* rowid can be the name of a column */
    .equals = "=",
    .equality = " = ",
    .placeholder = "?",
    .in_list = "IN (SELECT k0 FROM temp.armature_keys(",
    .not_in_list = "NOT IN (SELECT k0 FROM temp.armature_keys(",
    .list_end = "))",
    .identity = "",
    .column_type = column_type_sql,
    .column_check = column_check,
    .column_default = column_default,
    .column_digits = column_digits,
    .new_uuid = new_uuid,
    .add_select = add_select,
};
