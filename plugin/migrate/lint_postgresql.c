/* The rules for PostgreSQL: what locks a table while it reads or writes all rows. */
#include "convert.h"
#include "lint_rules.h"
#include "schema/normal.h"
#include "sql.h"

#include <string.h>

/* The action of an ALTER TABLE on a table that exists. */
struct altered {
    struct lint *lint;
    struct lint_cursor *cursor;
    const char *table;
    size_t start, end; /* the tokens of the action */
};

static bool has_words(const struct altered *altered, const char *words)
{
    return lint_has_words(altered->cursor->statement, altered->start, altered->end, words);
}

/* ---- What precedes a statement ----------------------------------------------------------------------------------- */

static size_t index_of(const struct lint *lint)
{
    return (size_t)(lint->statement - lint->script->statements);
}

/* Return true if an earlier statement has the words and the name. */
static bool follows(const struct lint *lint, const char *words, const char *name)
{
    for (size_t i = 0; i < index_of(lint); i++) {
        const struct lint_statement *earlier = &lint->script->statements[i];
        if (lint_has_words(earlier, 0, earlier->count, words) &&
            lint_has_name(lint->diagnostics->arena, earlier, 0, earlier->count, name))
            return true;
    }
    return false;
}

static bool is_asserted(const struct lint *lint, const char *column)
{
    for (size_t i = 0; i < index_of(lint); i++) {
        const struct lint_statement *earlier = &lint->script->statements[i];
        if (earlier->is_assert && lint_has_name(lint->diagnostics->arena, earlier, 0, earlier->count, column))
            return true;
    }
    return false;
}

/* ---- Types ------------------------------------------------------------------------------------------------------- */

/* Return true if rows keep their bytes: the type only allows more. */
static bool keeps_rows(struct arena *arena, const char *was, const char *is)
{
    long precision, scale, was_precision, was_scale;
    if (conversion_read_numeric(was, &was_precision, &was_scale) && conversion_read_numeric(is, &precision, &scale))
        return scale == was_scale && precision >= was_precision;
    if (strncmp(was, "numeric", strlen("numeric")) == 0 && strcmp(is, "numeric") == 0)
        return true;
    uint32_t was_length = normal_text_length(arena, was);
    return was_length > 0 && normal_text_length(arena, is) >= was_length;
}

static void check_type(const struct altered *altered, const char *name)
{
    struct lint *lint = altered->lint;
    struct arena *arena = lint->diagnostics->arena;
    const struct lint_column *column = lint_find_column(lint_find_table(lint->tables, altered->table), name);
    const char *was = column != NULL ? column->type : "", *is = lint_read_column(altered->cursor, name).type;
    struct schema_table table = {.name = altered->table};
    struct schema_column from = {.name = name, .type = normal_postgresql_type(arena, was)};
    struct schema_column to = {.name = name, .type = normal_postgresql_type(arena, is)};
    bool is_same = strcmp(from.type, to.type) == 0 && !has_words(altered, "using");
    if (is_same || keeps_rows(arena, from.type, to.type))
        return;
    lint_report(lint, LINT_REWRITES_TABLE, "all rows of `%s` are written again, and reads and writes wait for it",
                altered->table);
    lint_report(lint, LINT_BREAKS_PROGRAM, "a running program may read and write `%s.%s` as %s", altered->table, name,
                was[0] != '\0' ? was : "another type");
    if (column == NULL || is_asserted(lint, name))
        return;
    if (conversion_of(arena, lint->script->dialect, &table, &from, &to).loss_count > 0)
        lint_report(lint, LINT_DATA_LOSS, "values of `%s.%s` may change if they become %s, and no assert prevents it",
                    altered->table, name, is);
}

/* ---- ALTER TABLE ------------------------------------------------------------------------------------------------- */

static void check_not_null(const struct altered *altered, const char *column)
{
    lint_report(altered->lint, LINT_BREAKS_PROGRAM, "a running program may insert rows without a value for `%s.%s`",
                altered->table, column);
    if (!follows(altered->lint, "is not null", column) ||
        !follows(altered->lint, "validate constraint", altered->table))
        lint_report(altered->lint, LINT_BLOCKS_WRITES,
                    "SET NOT NULL reads all rows of `%s`: validate a CHECK (%s IS NOT NULL) first", altered->table,
                    sql_name(altered->lint->diagnostics->arena, column));
}

static void check_alter(const struct altered *altered)
{
    (void)lint_take(altered->cursor, "column");
    const char *column = lint_take_name(altered->cursor);
    if (column == NULL)
        return;
    if (lint_take(altered->cursor, "type") || lint_take(altered->cursor, "set data type"))
        check_type(altered, column);
    else if (lint_take(altered->cursor, "set not null"))
        check_not_null(altered, column);
}

/* A default that differs from row to row, and a column that the database computes, need all rows to be written. */
static void check_added_column(const struct altered *altered)
{
    static const char *const volatiles[] = {"gen_random_uuid",  "random",    "clock_timestamp", "nextval",
                                            "uuid_generate_v4", "generated", "identity"};
    for (size_t i = 0; i < sizeof volatiles / sizeof *volatiles; i++)
        if (lint_has_name(altered->lint->diagnostics->arena, altered->cursor->statement, altered->start, altered->end,
                          volatiles[i])) {
            lint_report(altered->lint, LINT_REWRITES_TABLE,
                        "all rows of `%s` are written again to have a value in the new column", altered->table);
            return;
        }
}

static void check_add(const struct altered *altered)
{
    bool is_foreign = has_words(altered, "foreign key"), is_check = has_words(altered, "check");
    bool is_constraint = lint_take(altered->cursor, "constraint") || lint_take(altered->cursor, "foreign key") ||
                         lint_take(altered->cursor, "check");
    bool is_key = has_words(altered, "primary key") || has_words(altered, "unique");
    if (is_constraint && (is_foreign || is_check) && !has_words(altered, "not valid"))
        lint_report(altered->lint, LINT_BLOCKS_WRITES,
                    "the new constraint reads all rows of `%s`: add it NOT VALID, and validate it after the commit",
                    altered->table);
    else if ((is_constraint || lint_take(altered->cursor, "primary") || lint_take(altered->cursor, "unique")) &&
             is_key && !has_words(altered, "using index"))
        lint_report(
            altered->lint, LINT_BLOCKS_WRITES,
            "the index of the key is made while `%s` is locked: create a unique index CONCURRENTLY, and add the "
            "key USING INDEX",
            altered->table);
    else if (!is_constraint)
        check_added_column(altered);
}

static void check_action(const struct altered *altered)
{
    struct lint *lint = altered->lint;
    if (lint_take(altered->cursor, "alter"))
        check_alter(altered);
    else if (lint_take(altered->cursor, "add"))
        check_add(altered);
    else if (lint_take(altered->cursor, "set schema"))
        lint_report(lint, LINT_BREAKS_PROGRAM, "a running program may use the table `%s` in its schema",
                    altered->table);
    else if (has_words(altered, "set logged") || has_words(altered, "set unlogged") ||
             has_words(altered, "set tablespace"))
        lint_report(lint, LINT_REWRITES_TABLE, "all rows of `%s` are written again", altered->table);
    else if (lint_take(altered->cursor, "validate constraint") && !lint->statement->is_outside &&
             follows(lint, "add constraint", altered->table))
        lint_report(lint, LINT_BLOCKS_WRITES,
                    "all rows of `%s` are read while the transaction locks it: validate outside of it", altered->table);
}

static void check_alter_table(struct lint *lint, struct lint_cursor *cursor)
{
    (void)lint_take(cursor, "if exists");
    (void)lint_take(cursor, "only");
    const char *table = lint_take_name(cursor);
    if (table == NULL || !lint_is_old(lint, table))
        return;
    do {
        struct lint_cursor end = *cursor;
        lint_skip_part(&end);
        struct altered altered = {lint, cursor, table, cursor->at, end.at};
        check_action(&altered);
        *cursor = end;
    } while (lint_take_symbol(cursor, ','));
}

/* ---- Other statements -------------------------------------------------------------------------------------------- */

static void check_concurrently(struct lint *lint)
{
    if (!lint->statement->is_outside)
        lint_report(lint, LINT_TRANSACTION,
                    "CONCURRENTLY fails in a transaction: write `-- armature: outside-transaction` before it");
}

static void check_index(struct lint *lint, struct lint_cursor *cursor)
{
    if (lint_take(cursor, "concurrently")) {
        check_concurrently(lint);
        return;
    }
    (void)lint_take(cursor, "if not exists");
    (void)lint_take_name(cursor);
    (void)lint_take(cursor, "on");
    (void)lint_take(cursor, "only");
    const char *table = lint_take_name(cursor);
    if (table != NULL && lint_is_old(lint, table))
        lint_report(lint, LINT_BLOCKS_WRITES, "writes of `%s` wait until the index is made: create it CONCURRENTLY",
                    table);
}

static void check_update(struct lint *lint, struct lint_cursor *cursor)
{
    const char *table = lint_take_updated(cursor);
    if (table != NULL && lint_is_old(lint, table) &&
        !lint_has_words(cursor->statement, cursor->at, cursor->statement->count, "where"))
        lint_report(lint, LINT_REWRITES_TABLE, "all rows of `%s` are written again and locked until the commit", table);
}

/* Changes of a table that exists wait for running transactions, and later statements wait for them. */
static void check_timeout(struct lint *lint)
{
    struct lint_cursor cursor = {lint->diagnostics->arena, lint->statement, 0};
    if (lint->statement->is_outside) {
        lint->has_lock_timeout = false;
        return;
    }
    if (lint_take(&cursor, "set") && lint_has_name(cursor.arena, cursor.statement, 0, 3, "lock_timeout")) {
        lint->has_lock_timeout = true;
        return;
    }
    bool is_locking = lint_take(&cursor, "alter table") || lint_take(&cursor, "drop table");
    (void)lint_take(&cursor, "if exists");
    (void)lint_take(&cursor, "only");
    const char *table = is_locking ? lint_take_name(&cursor) : NULL;
    if (table == NULL || !lint_is_old(lint, table) || lint->has_lock_timeout || lint->has_missed_timeout)
        return;
    lint->has_missed_timeout = true;
    lint_report(lint, LINT_LOCK_TIMEOUT,
                "the statement waits for transactions that use `%s`, and others wait for it: write SET LOCAL "
                "lock_timeout = '5s' before it",
                table);
}

void lint_check_postgresql(struct lint *lint)
{
    struct lint_cursor cursor = {lint->diagnostics->arena, lint->statement, 0};
    check_timeout(lint);
    if (lint_take(&cursor, "alter table"))
        check_alter_table(lint, &cursor);
    else if (lint_take(&cursor, "create index") || lint_take(&cursor, "create unique index"))
        check_index(lint, &cursor);
    else if (lint_take(&cursor, "drop index") && lint_take(&cursor, "concurrently"))
        check_concurrently(lint);
    else if (lint_take(&cursor, "update"))
        check_update(lint, &cursor);
    else if (lint_take(&cursor, "alter type") &&
             lint_has_words(cursor.statement, cursor.at, cursor.statement->count, "rename value"))
        lint_report(lint, LINT_BREAKS_PROGRAM, "a running program may use the label under its former name");
    else if (lint_take(&cursor, "vacuum full") || lint_take(&cursor, "cluster"))
        lint_report(lint, LINT_REWRITES_TABLE, "all rows are written again while the table is locked");
}
