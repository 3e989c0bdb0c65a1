/* The rules that are the same for all databases. */
#include "lint_rules.h"

#include <stdarg.h>
#include <string.h>

const struct diagnostic_rule lint_rules[LINT_RULE_COUNT] = {
    [LINT_DATA_LOSS] = {"data-loss", "The statement deletes values that cannot be restored."},
    [LINT_BREAKS_PROGRAM] = {"breaks-running-program",
                             "A program that was built for the schema before the migration fails after it."},
    [LINT_NOT_NULL] = {"not-null-without-default", "Existing rows have no value for the new column."},
    [LINT_BLOCKS_WRITES] = {"blocks-writes", "Writes of the table wait while the statement reads all rows."},
    [LINT_REWRITES_TABLE] = {"rewrites-table", "The statement writes all rows while the table is locked."},
    [LINT_LOCK_TIMEOUT] = {"no-lock-timeout",
                           "A statement that waits for a lock lets all later statements on the table wait."},
    [LINT_TRANSACTION] = {"wrong-transaction", "The statement cannot run in a transaction."},
    [LINT_ALLOW] = {"unused-allow", "The directive allows nothing."},
};

void lint_report(struct lint *lint, enum lint_rule rule, const char *format, ...)
{
    struct lint_statement *statement = lint->statement;
    for (size_t i = 0; i < statement->allow_count; i++)
        if (strcmp(statement->allows[i].rule, lint_rules[rule].id) == 0) {
            statement->allows[i].is_used = true;
            return;
        }
    va_list arguments;
    va_start(arguments, format);
    lint->diagnostics->rule = lint_rules[rule].id;
    diagnostic_warning(lint->diagnostics, statement->at, "%s",
                       arena_vprint(lint->diagnostics->arena, format, arguments));
    lint->diagnostics->rule = NULL;
    va_end(arguments);
}

/* ---- What a script replaces -------------------------------------------------------------------------------------- */

bool lint_is_old(const struct lint *lint, const char *table)
{
    const struct lint_table *found = lint_find_table(lint->tables, table);
    return found == NULL || !found->is_new;
}

/* Return the rest of the statement after ALTER TABLE and its name, or false. */
static bool take_alter_table(struct lint_cursor *cursor, const char **table)
{
    if (!lint_take(cursor, "alter table"))
        return false;
    (void)lint_take(cursor, "if exists");
    (void)lint_take(cursor, "only");
    *table = lint_take_name(cursor);
    return *table != NULL;
}

const char *lint_take_updated(struct lint_cursor *cursor)
{
    if (lint_take(cursor, "or")) /* OR IGNORE, for example */
        (void)lint_take_name(cursor);
    (void)lint_take(cursor, "only");
    const char *table = lint_take_name(cursor);
    if (lint_take(cursor, "set"))
        return table;
    (void)lint_take(cursor, "as");
    (void)lint_take_name(cursor);
    return lint_take(cursor, "set") ? table : NULL;
}

bool lint_replaces(const struct lint *lint, const char *table)
{
    for (size_t i = 0; i < lint->script->count; i++) {
        struct lint_cursor cursor = {lint->diagnostics->arena, &lint->script->statements[i], 0};
        const char *renamed, *name;
        if (take_alter_table(&cursor, &renamed) && lint_take(&cursor, "rename to") &&
            (name = lint_take_name(&cursor)) != NULL && strcmp(name, table) == 0)
            return true;
    }
    return false;
}

static bool makes_view(const struct lint *lint, const char *view)
{
    for (size_t i = 0; i < lint->script->count; i++) {
        struct lint_cursor cursor = {lint->diagnostics->arena, &lint->script->statements[i], 0};
        const char *name;
        if (lint_take(&cursor, "create") && (lint_take(&cursor, "or replace") || true) &&
            (lint_take(&cursor, "view") || lint_take(&cursor, "materialized view")) &&
            (name = lint_take_name(&cursor)) != NULL && strcmp(name, view) == 0)
            return true;
    }
    return false;
}

/* ---- Rules ------------------------------------------------------------------------------------------------------- */

static void check_dropped_table(struct lint *lint, const char *table)
{
    if (!lint_is_old(lint, table) || lint_replaces(lint, table))
        return;
    lint_report(lint, LINT_DATA_LOSS, "the rows of `%s` are lost", table);
    lint_report(lint, LINT_BREAKS_PROGRAM, "a running program may use the table `%s`", table);
}

static void check_drop(struct lint *lint, struct lint_cursor *cursor)
{
    bool is_table = lint_take(cursor, "table");
    if (!is_table && !lint_take(cursor, "view") && !lint_take(cursor, "materialized view"))
        return;
    (void)lint_take(cursor, "if exists");
    do {
        const char *name = lint_take_name(cursor);
        if (name == NULL)
            return;
        if (is_table)
            check_dropped_table(lint, name);
        else if (!makes_view(lint, name))
            lint_report(lint, LINT_BREAKS_PROGRAM, "a running program may use the view `%s`", name);
    } while (lint_take_symbol(cursor, ','));
}

static void check_added_column(struct lint *lint, const char *table, const struct lint_column *column)
{
    if (!column->is_not_null || column->has_default)
        return;
    lint_report(lint, LINT_NOT_NULL, "`%s.%s` cannot be NULL and has no default: the statement fails if there are rows",
                table, column->name);
    lint_report(lint, LINT_BREAKS_PROGRAM, "inserts of a running program have no value for `%s.%s`", table,
                column->name);
}

static void check_rename(struct lint *lint, struct lint_cursor *cursor, const char *table)
{
    if (lint_take(cursor, "constraint"))
        return;
    if (lint_take(cursor, "to")) {
        if (lint_is_old(lint, table))
            lint_report(lint, LINT_BREAKS_PROGRAM, "a running program may use the table `%s`", table);
        return;
    }
    (void)lint_take(cursor, "column");
    const char *column = lint_take_name(cursor);
    if (column != NULL && lint_is_old(lint, table))
        lint_report(lint, LINT_BREAKS_PROGRAM, "a running program may use `%s.%s`", table, column);
}

static void check_dropped_column(struct lint *lint, struct lint_cursor *cursor, const char *table)
{
    if (lint_take(cursor, "constraint"))
        return;
    (void)lint_take(cursor, "column");
    (void)lint_take(cursor, "if exists");
    const char *name = lint_take_name(cursor);
    const struct lint_column *column = lint_find_column(lint_find_table(lint->tables, table), name);
    if (name == NULL || (column != NULL && column->is_generated))
        return;
    lint_report(lint, LINT_DATA_LOSS, "the values of `%s.%s` are lost", table, name);
    lint_report(lint, LINT_BREAKS_PROGRAM, "a running program may use `%s.%s`", table, name);
}

static void check_action(struct lint *lint, struct lint_cursor *cursor, const char *table)
{
    if (lint_take(cursor, "rename"))
        check_rename(lint, cursor, table);
    else if (lint_take(cursor, "drop"))
        check_dropped_column(lint, cursor, table);
    else if (lint_take(cursor, "add")) {
        static const char *const constraints[] = {"constraint", "primary", "unique", "foreign", "check", "exclude"};
        for (size_t i = 0; i < sizeof constraints / sizeof *constraints; i++)
            if (lint_has_words(cursor->statement, cursor->at, cursor->at + 1, constraints[i]))
                return;
        (void)lint_take(cursor, "column");
        (void)lint_take(cursor, "if not exists");
        const char *name = lint_take_name(cursor);
        if (name == NULL || !lint_is_old(lint, table))
            return;
        struct lint_column column = lint_read_column(cursor, name);
        check_added_column(lint, table, &column);
    }
}

/* Numbers in another unit, for example: every value is computed from the old one. */
static void check_update(struct lint *lint, struct lint_cursor *cursor)
{
    const char *table = lint_take_updated(cursor), *column = table != NULL ? lint_take_name(cursor) : NULL;
    const struct lint_statement *statement = cursor->statement;
    if (column != NULL && lint_is_old(lint, table) &&
        !lint_has_words(statement, cursor->at, statement->count, "where") &&
        lint_has_name(cursor->arena, statement, cursor->at, statement->count, column))
        lint_report(lint, LINT_BREAKS_PROGRAM, "a running program may read and write `%s.%s` in its former form", table,
                    column);
}

static void check_statement(struct lint *lint)
{
    struct lint_cursor cursor = {lint->diagnostics->arena, lint->statement, 0};
    const char *table;
    if (lint_take(&cursor, "drop"))
        check_drop(lint, &cursor);
    else if (lint_take(&cursor, "delete from") || lint_take(&cursor, "truncate"))
        lint_report(lint, LINT_DATA_LOSS, "rows are deleted");
    else if (lint_take(&cursor, "update"))
        check_update(lint, &cursor);
    else if (take_alter_table(&cursor, &table))
        do {
            check_action(lint, &cursor, table);
            lint_skip_part(&cursor);
        } while (lint_take_symbol(&cursor, ','));
}

static void check_allows(struct lint *lint)
{
    for (size_t i = 0; i < lint->statement->allow_count; i++) {
        const struct lint_allow *allow = &lint->statement->allows[i];
        size_t rule = 0;
        while (rule < LINT_RULE_COUNT && strcmp(lint_rules[rule].id, allow->rule) != 0)
            rule++;
        if (allow->is_used)
            continue;
        lint->diagnostics->rule = lint_rules[LINT_ALLOW].id;
        diagnostic_warning(lint->diagnostics, allow->at,
                           rule == LINT_RULE_COUNT ? "there is no rule `%s`"
                                                   : "the next statement has no finding of the rule `%s`",
                           allow->rule);
        lint->diagnostics->rule = NULL;
    }
}

void lint_check(struct diagnostics *diagnostics, const struct lint_script *script, struct lint_tables *tables)
{
    static void (*const checks[DIALECT_COUNT])(struct lint * lint) = {
        [DIALECT_SQLITE] = lint_check_sqlite,
        [DIALECT_POSTGRESQL] = lint_check_postgresql,
    };
    struct lint lint = {.diagnostics = diagnostics, .script = script, .tables = tables};
    for (size_t i = 0; i < tables->count; i++)
        tables->items[i].is_new = false;
    for (size_t i = 0; i < script->count; i++) {
        lint.statement = &script->statements[i];
        check_statement(&lint);
        checks[script->dialect->id](&lint);
        check_allows(&lint);
        lint_apply(diagnostics->arena, tables, lint.statement);
    }
}
