/* Quoting, literals and lists of columns. The keywords are those of SQLite and the reserved ones of the SQL standard
 * and of PostgreSQL. */
#include "sql.h"
#include "dialect.h"
#include "model.h"
#include "name.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* A space precedes and follows each. */
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

/* Return the string between quotes, with each quote in it doubled. */
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

const char *sql_string(struct arena *arena, const char *text)
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

bool sql_is_number(const char *text)
{
    char *end;
    strtod(text, &end);
    return end != text && *end == '\0';
}

bool sql_is_string(const char *text)
{
    if (*text++ != '\'')
        return false;
    for (; *text != '\0'; text++)
        if (*text == '\'' && *++text != '\'')
            return *text == '\0';
    return false;
}

const char *sql_parenthesized(struct arena *arena, const char *expression)
{
    static const char *const words[] = {"NULL", "TRUE", "FALSE", "CURRENT_TIME", "CURRENT_DATE", "CURRENT_TIMESTAMP"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(expression, words[i]) == 0)
            return expression;
    if (sql_is_number(expression) || sql_is_string(expression))
        return expression;
    return arena_print(arena, "(%s)", expression);
}

const char *sql_table(const struct model *model, const struct dialect *dialect)
{
    return dialect->add_schema != NULL && model->qualified != NULL ? model->qualified : model->table_sql;
}

/* Return the cast of the column if a result converts it to a string, else NULL. */
static const struct column_cast *read_cast(const struct member *column, const struct dialect *dialect)
{
    return dialect->has_casts && column->cast != NULL && column->cast->read != NULL ? column->cast : NULL;
}

void sql_add_all_columns(struct text *sql, const struct model *model, const struct dialect *dialect)
{
    for (size_t i = 0; i < model->column_count; i++) {
        const struct member *column = model->columns[i];
        const struct column_cast *cast = read_cast(column, dialect);
        text_print(sql, "%s%s%s.%s%s", i == 0 ? "" : ", ", cast != NULL ? cast->read : "", model->table_sql,
                   column->sql, cast != NULL ? cast->read_end : "");
    }
}

/* An extension has the operators of its types in its own schema. */
const char *sql_equals(const struct member *column, const struct dialect *dialect)
{
    return read_cast(column, dialect) != NULL ? "=" : dialect->equals;
}

void sql_add_living(struct text *sql, const struct model *model)
{
    const struct member *column = model_deleted_at(model);
    if (column != NULL)
        text_print(sql, " AND %s.%s IS NULL", model->table_sql, column->sql);
}
