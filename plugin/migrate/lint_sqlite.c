/* The rules for SQLite: a table that is replaced by a new one must not lose columns, and the program that runs must be
 * able to insert rows. */
#include "lint_rules.h"

#include <string.h>

/* Return the table that the script makes of the new one, or NULL. */
static const char *replaced_by(const struct lint *lint, const char *table)
{
    for (size_t i = 0; i < lint->script->count; i++) {
        struct lint_cursor cursor = {lint->diagnostics->arena, &lint->script->statements[i], 0};
        const char *name;
        if (lint_take(&cursor, "alter table") && (name = lint_take_name(&cursor)) != NULL && strcmp(name, table) == 0 &&
            lint_take(&cursor, "rename to"))
            return lint_take_name(&cursor);
    }
    return NULL;
}

/* Return true if the value is in another form than the column that it is computed from: a type or unit changes. */
static bool is_converted(const struct lint_statement *statement, size_t at)
{
    if (at + 1 >= statement->count)
        return false;
    const struct lint_token *next = &statement->tokens[at + 1];
    return lint_has_words(statement, at, at + 1, "cast") ||
           (next->length == 1 && (next->start[0] == '*' || next->start[0] == '/'));
}

/* Report columns whose values are copied in another form. `names` are those of INSERT, `values` those of SELECT. */
static void check_forms(struct lint *lint, struct lint_cursor names, struct lint_cursor values, const char *table)
{
    const struct lint_table *old = lint_find_table(lint->tables, table);
    if (!lint_take_symbol(&names, '('))
        return;
    do {
        const char *name = lint_take_name(&names);
        if (lint_find_column(old, name) != NULL && is_converted(values.statement, values.at))
            lint_report(lint, LINT_BREAKS_PROGRAM, "a running program may read and write `%s.%s` in its former form",
                        table, name);
        lint_skip_part(&values);
    } while (lint_take_symbol(&names, ',') && lint_take_symbol(&values, ','));
}

/* Report columns of the old table that are not copied to the new one, or in another form. */
static void check_copy(struct lint *lint, struct lint_cursor *cursor)
{
    const struct lint_statement *statement = cursor->statement;
    const char *made = lint_take_name(cursor), *name = made != NULL ? replaced_by(lint, made) : NULL;
    const struct lint_table *old = lint_find_table(lint->tables, name);
    size_t select = cursor->at;
    while (select < statement->count && !lint_has_words(statement, select, select + 1, "select"))
        select++;
    if (old == NULL || select == statement->count)
        return;
    check_forms(lint, *cursor, (struct lint_cursor){cursor->arena, statement, select + 1}, name);
    for (size_t i = 0; i < old->count; i++) {
        const struct lint_column *column = &old->columns[i];
        if (column->is_generated ||
            lint_has_name(lint->diagnostics->arena, statement, select, statement->count, column->name))
            continue;
        lint_report(lint, LINT_DATA_LOSS, "the values of `%s.%s` are lost", name, column->name);
        lint_report(lint, LINT_BREAKS_PROGRAM, "a running program may use `%s.%s`", name, column->name);
    }
}

/* Compare the declaration of a new table with that of the table that it replaces. */
static void check_declaration(struct lint *lint, struct lint_cursor *cursor)
{
    (void)lint_take(cursor, "if not exists");
    const char *made = lint_take_name(cursor), *name = made != NULL ? replaced_by(lint, made) : NULL;
    const struct lint_table *old = lint_find_table(lint->tables, name);
    if (old == NULL)
        return;
    struct lint_table table = lint_read_table(cursor, made);
    for (size_t i = 0; i < table.count; i++) {
        const struct lint_column *column = &table.columns[i], *was = lint_find_column(old, column->name);
        if (!column->is_not_null || column->has_default || (was != NULL && was->is_not_null && !was->has_default))
            continue;
        if (was == NULL || !was->is_not_null)
            lint_report(lint, LINT_BREAKS_PROGRAM, "a running program may insert rows without a value for `%s.%s`",
                        name, column->name);
    }
}

void lint_check_sqlite(struct lint *lint)
{
    struct lint_cursor cursor = {lint->diagnostics->arena, lint->statement, 0};
    if (lint_take(&cursor, "insert into"))
        check_copy(lint, &cursor);
    else if (lint_take(&cursor, "create table"))
        check_declaration(lint, &cursor);
}
