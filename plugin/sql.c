/* Quoting of names and defaults. The keywords are those of SQLite and the reserved ones of the SQL standard and of
 * PostgreSQL. */
#include "sql.h"
#include "name.h"
#include "type.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* Each between spaces. */
static const char keywords[] =
    " abort action add after all alter always analyse analyze and any array as asc asymmetric attach authorization"
    " autoincrement before begin between binary both by cascade case cast check collate collation column commit"
    " concurrently conflict constraint create cross current current_catalog current_date current_role current_schema"
    " current_time current_timestamp current_user database default deferrable deferred delete desc detach distinct do"
    " drop each else end escape except exclude exclusive exists explain fail false fetch filter first following for"
    " foreign freeze from full generated glob grant group groups having if ignore ilike immediate in index indexed"
    " initially inner insert instead intersect into is isnull join key last lateral leading left like limit localtime"
    " localtimestamp match materialized natural no not nothing notnull null nulls of offset on only or order others"
    " outer over overlaps partition placing plan pragma preceding primary query raise range recursive references"
    " regexp reindex release rename replace restrict returning right rollback row rows savepoint select session_user"
    " set similar some symmetric table tablesample temp temporary then ties to trailing transaction trigger true"
    " unbounded union unique update user using vacuum values variadic verbose view virtual when where window with"
    " without ";

static bool is_plain(const char *name)
{
    if (name[0] >= '0' && name[0] <= '9')
        return false;
    if (name[strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_")] != '\0')
        return false;
    return !name_is_in(keywords, name);
}

/* The text between quotes, each quote within it doubled. */
static const char *quoted(struct arena *arena, const char *text, char quote)
{
    char *result = arena_take(arena, 2 * strlen(text) + 3);
    char *out = result;
    *out++ = quote;
    for (; *text != '\0'; text++) {
        if (*text == quote)
            *out++ = quote;
        *out++ = *text;
    }
    *out = quote;
    return result;
}

const char *sql_name(struct arena *arena, const char *name)
{
    return is_plain(name) ? name : quoted(arena, name, '"');
}

const char *sql_text(struct arena *arena, const char *text)
{
    return quoted(arena, text, '\'');
}

/* Return the largest length up to `most` that does not split a UTF-8 character. */
static size_t cut_length(const char *text, size_t most)
{
    size_t length = strlen(text);
    if (length <= most)
        return length;
    for (length = most; length > 0 && ((unsigned char)text[length] & 0xc0) == 0x80; length--)
        ;
    return length;
}

const char *sql_short_name(struct arena *arena, const char *name)
{
    if (strlen(name) <= SQL_NAME_MAX)
        return name;
    uint32_t hash = UINT32_C(0x811c9dc5); /* FNV-1a */
    for (const char *at = name; *at != '\0'; at++)
        hash = (hash ^ (unsigned char)*at) * UINT32_C(0x01000193);
    return arena_print(arena, "%.*s_%08" PRIx32, (int)cut_length(name, SQL_NAME_MAX - 9), name, hash);
}

const char *sql_object_name(struct arena *arena, const char *table, const char *column, const char *label)
{
    const char *middle = column != NULL ? arena_print(arena, "_%s", column) : "";
    size_t room = SQL_NAME_MAX - strlen(label) - 1, first = strlen(table), second = strlen(middle);
    while (first + second > room)
        if (first > second - 1 || second == 0)
            first--;
        else
            second--;
    return arena_print(arena, "%.*s%.*s_%s", (int)cut_length(table, first), table, (int)cut_length(middle, second),
                       middle, label);
}

static bool is_number(const char *text)
{
    char *end;
    strtod(text, &end);
    return end != text && *end == '\0';
}

static bool is_quoted_text(const char *text)
{
    if (*text++ != '\'')
        return false;
    for (; *text != '\0'; text++)
        if (*text == '\'' && *++text != '\'')
            return *text == '\0';
    return false;
}

static const char *in_parentheses(struct arena *arena, const char *expression)
{
    static const char *const words[] = {"NULL", "TRUE", "FALSE", "CURRENT_TIME", "CURRENT_DATE", "CURRENT_TIMESTAMP"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(expression, words[i]) == 0)
            return expression;
    if (is_number(expression) || is_quoted_text(expression))
        return expression;
    return arena_print(arena, "(%s)", expression);
}

/* Return the default of a time for SQLite, in the form that the column stores. */
static const char *sqlite_time(struct arena *arena, const char *expression, const struct column_type *type,
                               unsigned flags)
{
    bool is_now = strcmp(expression, "CURRENT_TIMESTAMP") == 0;
    const char *unit = type->ticks_per_second == 1 ? "" : " / 1000000000.0";
    if ((flags & AR_COLUMN_TIME_TEXT) != 0) {
        bool is_date = (flags & AR_COLUMN_TIME_DATE) != 0;
        if (is_number(expression))
            return arena_print(arena, "(%s(%s%s, 'unixepoch'))", is_date ? "date" : "datetime", expression, unit);
        return is_now && is_date ? "CURRENT_DATE" : in_parentheses(arena, expression);
    }
    if (is_now || is_quoted_text(expression))
        return arena_print(arena, "(strftime('%%s', %s) * %u)", is_now ? "'now'" : expression, type->ticks_per_second);
    return in_parentheses(arena, expression);
}

/* A time is a number or a string in SQLite; PostgreSQL accepts a number neither as a boolean nor as a timestamp. */
struct ar_sql sql_default(struct arena *arena, const char *expression, enum ar_type type, unsigned flags)
{
    const char *same = in_parentheses(arena, expression);
    struct ar_sql sql = {.sqlite = same, .postgresql = same};
    bool is_time = column_type(type)->groups == GROUP_TIME;
    if (is_time)
        sql.sqlite = sqlite_time(arena, expression, column_type(type), flags);
    if (is_time && is_number(expression))
        sql.postgresql =
            arena_print(arena, "pg_catalog.to_timestamp(%s%s)", expression,
                        column_type(type)->ticks_per_second == 1 ? "" : " OPERATOR(pg_catalog./) 1000000000.0");
    else if ((flags & AR_COLUMN_TIME_DATE) != 0 && strcmp(expression, "CURRENT_TIMESTAMP") == 0)
        sql.postgresql = "CURRENT_DATE";
    else if (type == AR_TYPE_BOOL && is_number(expression))
        sql.postgresql = strtod(expression, NULL) != 0 ? "TRUE" : "FALSE";
    return sql;
}
