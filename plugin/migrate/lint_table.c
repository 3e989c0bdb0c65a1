/* Follows the tables through the statements of scripts. What lint does not understand leaves them as they are. */
#include "lint_table.h"

#include <string.h>

struct lint_table *lint_find_table(const struct lint_tables *tables, const char *name)
{
    for (size_t i = 0; name != NULL && i < tables->count; i++)
        if (strcmp(tables->items[i].name, name) == 0)
            return &tables->items[i];
    return NULL;
}

struct lint_column *lint_find_column(const struct lint_table *table, const char *name)
{
    for (size_t i = 0; table != NULL && name != NULL && i < table->count; i++)
        if (strcmp(table->columns[i].name, name) == 0)
            return &table->columns[i];
    return NULL;
}

/* ---- Declarations ------------------------------------------------------------------------------------------------ */

/* Return the source of the tokens. */
static const char *source_of(struct lint_cursor *cursor, size_t from, size_t to)
{
    const struct lint_token *tokens = cursor->statement->tokens;
    if (from >= to)
        return "";
    return arena_copy(cursor->arena, tokens[from].start,
                      (size_t)(tokens[to - 1].start + tokens[to - 1].length - tokens[from].start));
}

static bool is_after_type(const struct lint_cursor *cursor)
{
    static const char *const words[] = {"not",        "null",  "default",    "generated", "primary", "unique",
                                        "references", "check", "constraint", "collate",   "using"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (lint_has_words(cursor->statement, cursor->at, cursor->at + 1, words[i]))
            return true;
    return false;
}

/* Return true if the words follow each other outside of the parentheses of a check or default. */
static bool has_attribute(const struct lint_cursor *cursor, size_t end, const char *words)
{
    size_t depth = 0;
    for (size_t i = cursor->at; i < end; i++) {
        enum token kind = cursor->statement->tokens[i].kind;
        if (depth == 0 && lint_has_words(cursor->statement, i, i + 1, words))
            return true;
        depth += kind == TOKEN_OPEN;
        depth -= kind == TOKEN_CLOSE;
    }
    return false;
}

struct lint_column lint_read_column(struct lint_cursor *cursor, const char *name)
{
    struct lint_column column = {.name = name};
    size_t start = cursor->at;
    struct lint_cursor end = *cursor;
    lint_skip_part(&end);
    while (cursor->at < end.at && !is_after_type(cursor))
        cursor->at++;
    column.type = source_of(cursor, start, cursor->at);
    bool is_identity = has_attribute(cursor, end.at, "as identity");
    bool is_key = has_attribute(cursor, end.at, "primary key");
    column.is_not_null = is_key || has_attribute(cursor, end.at, "not null");
    column.is_generated = !is_identity && has_attribute(cursor, end.at, "generated");
    column.has_default = is_key || is_identity || column.is_generated || has_attribute(cursor, end.at, "default");
    cursor->at = end.at;
    return column;
}

/* Return true if a part of a CREATE TABLE is not a column. */
static bool is_constraint(const struct lint_cursor *cursor)
{
    static const char *const words[] = {"constraint", "primary key", "unique", "foreign key",
                                        "check",      "exclude",     "like"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (lint_has_words(cursor->statement, cursor->at, cursor->at + 1, words[i]))
            return true;
    return false;
}

struct lint_table lint_read_table(struct lint_cursor *cursor, const char *name)
{
    struct lint_table table = {.name = name, .is_new = true};
    if (!lint_take_symbol(cursor, '('))
        return table;
    do {
        const char *column = is_constraint(cursor) ? NULL : lint_take_name(cursor);
        if (column != NULL)
            list_add(cursor->arena, table.columns, table.count) = lint_read_column(cursor, column);
        else
            lint_skip_part(cursor);
    } while (lint_take_symbol(cursor, ','));
    return table;
}

/* ---- Statements -------------------------------------------------------------------------------------------------- */

static void remove_table(struct lint_tables *tables, const char *name)
{
    struct lint_table *table = lint_find_table(tables, name);
    if (table != NULL)
        *table = tables->items[--tables->count];
}

static void remove_column(struct lint_table *table, const char *name)
{
    struct lint_column *column = lint_find_column(table, name);
    if (column != NULL)
        *column = table->columns[--table->count];
}

static void alter_column(struct lint_cursor *cursor, struct lint_table *table)
{
    (void)lint_take(cursor, "column");
    struct lint_column *column = lint_find_column(table, lint_take_name(cursor));
    if (column == NULL)
        return;
    if (lint_take(cursor, "type") || lint_take(cursor, "set data type"))
        column->type = lint_read_column(cursor, column->name).type;
    else if (lint_take(cursor, "set not null"))
        column->is_not_null = true;
    else if (lint_take(cursor, "drop not null"))
        column->is_not_null = false;
    else if (lint_take(cursor, "set default"))
        column->has_default = true;
    else if (lint_take(cursor, "drop default"))
        column->has_default = false;
}

static void rename_part(struct lint_cursor *cursor, struct lint_table *table)
{
    if (lint_take(cursor, "constraint"))
        return;
    if (lint_take(cursor, "to")) {
        const char *name = lint_take_name(cursor), *dot = strchr(table->name, '.');
        if (name != NULL && dot != NULL)
            name = arena_print(cursor->arena, "%.*s.%s", (int)(dot - table->name), table->name, name);
        table->name = name != NULL ? name : table->name;
        return;
    }
    (void)lint_take(cursor, "column");
    struct lint_column *column = lint_find_column(table, lint_take_name(cursor));
    const char *name = lint_take(cursor, "to") ? lint_take_name(cursor) : NULL;
    if (column != NULL && name != NULL)
        column->name = name;
}

static void add(struct lint_cursor *cursor, struct lint_table *table)
{
    (void)lint_take(cursor, "column");
    (void)lint_take(cursor, "if not exists");
    const char *name = is_constraint(cursor) ? NULL : lint_take_name(cursor);
    if (name != NULL)
        list_add(cursor->arena, table->columns, table->count) = lint_read_column(cursor, name);
}

static void alter_table(struct lint_cursor *cursor, struct lint_table *table)
{
    do {
        if (lint_take(cursor, "add"))
            add(cursor, table);
        else if (lint_take(cursor, "alter"))
            alter_column(cursor, table);
        else if (lint_take(cursor, "rename"))
            rename_part(cursor, table);
        else if (lint_take(cursor, "drop") && !lint_take(cursor, "constraint")) {
            (void)lint_take(cursor, "column");
            (void)lint_take(cursor, "if exists");
            remove_column(table, lint_take_name(cursor));
        } else if (lint_take(cursor, "set schema")) {
            const char *dot = strrchr(table->name, '.'), *schema = lint_take_name(cursor);
            table->name =
                arena_print(cursor->arena, "%s.%s", schema != NULL ? schema : "", dot != NULL ? dot + 1 : table->name);
        }
        lint_skip_part(cursor);
    } while (lint_take_symbol(cursor, ','));
}

void lint_apply(struct arena *arena, struct lint_tables *tables, const struct lint_statement *statement)
{
    struct lint_cursor cursor = {arena, statement, 0};
    if (lint_take(&cursor, "create table")) {
        (void)lint_take(&cursor, "if not exists");
        const char *name = lint_take_name(&cursor);
        if (name != NULL)
            list_add(arena, tables->items, tables->count) = lint_read_table(&cursor, name);
    } else if (lint_take(&cursor, "drop table")) {
        (void)lint_take(&cursor, "if exists");
        do
            remove_table(tables, lint_take_name(&cursor));
        while (lint_take_symbol(&cursor, ','));
    } else if (lint_take(&cursor, "alter table")) {
        (void)lint_take(&cursor, "if exists");
        (void)lint_take(&cursor, "only");
        struct lint_table *table = lint_find_table(tables, lint_take_name(&cursor));
        if (table != NULL)
            alter_table(&cursor, table);
    }
}
