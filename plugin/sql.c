/* Quoting of names. The keywords are those of SQLite and the reserved ones of the SQL standard. */
#include "sql.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* Each between spaces. */
static const char keywords[] =
    " abort action add after all alter always analyse analyze and any array as asc asymmetric attach authorization"
    " autoincrement before begin between binary both by cascade case cast check collate collation column commit"
    " concurrently conflict constraint create cross current_schema"
    " current current_catalog current_date current_role current_time current_timestamp current_user database"
    " default deferrable deferred delete desc detach distinct do drop each else end escape except exclude"
    " exclusive exists explain fail false fetch filter first following for foreign freeze from full generated glob grant"
    " group groups having if ignore ilike immediate in index indexed initially inner insert instead intersect into is"
    " isnull join key last lateral leading left like limit localtime localtimestamp match materialized natural no"
    " not nothing notnull null nulls of offset on only or order others outer over overlaps partition placing plan pragma"
    " preceding primary query raise range recursive references regexp reindex release rename replace restrict"
    " returning right rollback row rows savepoint select session_user set similar some symmetric table tablesample temp"
    " temporary then ties to trailing transaction trigger true unbounded union unique update user using vacuum"
    " values variadic verbose view virtual when where window with without ";

static bool is_keyword(const char *name)
{
    size_t length = strlen(name);
    for (const char *at = strstr(keywords, name); at != NULL; at = strstr(at + 1, name))
        if (at[-1] == ' ' && at[length] == ' ')
            return true;
    return false;
}

static bool is_plain(const char *name)
{
    if (name[0] >= '0' && name[0] <= '9')
        return false;
    if (name[strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_")] != '\0')
        return false;
    return !is_keyword(name);
}

const char *sql_name(struct arena *arena, const char *name)
{
    if (is_plain(name))
        return name;
    char *quoted = arena_take(arena, 2 * strlen(name) + 3);
    char *out = quoted;
    *out++ = '"';
    for (; *name != '\0'; name++) {
        if (*name == '"')
            *out++ = '"';
        *out++ = *name;
    }
    *out = '"';
    return quoted;
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

const char *sql_default(struct arena *arena, const char *expression)
{
    static const char *const words[] = {"NULL", "TRUE", "FALSE", "CURRENT_TIME", "CURRENT_DATE", "CURRENT_TIMESTAMP"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(expression, words[i]) == 0)
            return expression;
    if (is_number(expression) || is_quoted_text(expression))
        return expression;
    return arena_print(arena, "(%s)", expression);
}
