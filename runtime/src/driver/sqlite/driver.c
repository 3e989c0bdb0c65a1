/* The SQLite driver: its functions and its dialect. */
#include "driver/driver.h"

#include "driver/sqlite/affinity.h"
#include "driver/sqlite/backup.h"
#include "driver/sqlite/catalog.h"
#include "driver/sqlite/connect.h"
#include "driver/sqlite/error.h"
#include "driver/sqlite/plain.h"
#include "driver/sqlite/prepare.h"
#include "driver/sqlite/run.h"
#include "driver/sqlite/url.h"

static bool sqlite_in_transaction(const struct connection *connection)
{
    return sqlite3_get_autocommit(connection->database) == 0;
}

static bool sqlite_is_usable(struct connection *connection)
{
    return !sqlite_in_transaction(connection);
}

/* SQLite cannot undo such settings. */
static bool sqlite_reset(struct connection *connection)
{
    return sqlite_is_usable(connection) && !connection->is_changed;
}

static void sqlite_interrupt_now(struct connection *connection)
{
    sqlite3_interrupt(connection->database);
}

/* ---- Schema queries ---------------------------------------------------------------------------------------------- */

static enum ar_status fail_query(const struct connection *connection, int code, const struct ar_model *model,
                                 struct failure *failure)
{
    const struct statement statement = {.sql = "-- a schema query", .model = model};

    return ar_sqlite_fail(connection, code, &statement, failure);
}

static inline enum ar_status end_query(const struct connection *connection, int code, const struct ar_model *model,
                                       struct failure *failure)
{
    return code == SQLITE_OK ? AR_OK : fail_query(connection, code, model, failure);
}

/* For RETURNING, SQLite creates a temporary table for the row, which takes longer than the insert. */
static enum ar_status sqlite_reports_key(struct connection *connection, const struct ar_model *model, bool *out,
                                         struct failure *failure)
{
    ar_sqlite_start_clock(connection);
    return end_query(connection, ar_sqlite_key_is_rowid(&connection->schema, model, out), model, failure);
}

static enum ar_status sqlite_compares_by_rules(struct connection *connection, const struct ar_relation *relation,
                                               bool *out, struct failure *failure)
{
    ar_sqlite_start_clock(connection);
    return end_query(connection, ar_sqlite_compares_by_rules(&connection->schema, relation, out), relation->target,
                     failure);
}

static enum ar_status sqlite_choose_access_path(struct connection *connection, const struct ar_relation *relation,
                                                size_t key_count, enum access_path *out, struct failure *failure)
{
    int code;

    ar_sqlite_start_clock(connection);
    code = ar_sqlite_choose_access_path(&connection->schema, relation, key_count, out);
    return end_query(connection, code, relation->target, failure);
}

static enum ar_status sqlite_next_keys(struct connection *connection, const struct ar_model *model, size_t count,
                                       int64_t *first, struct failure *failure)
{
    ar_sqlite_start_clock(connection);
    return end_query(connection, ar_sqlite_next_keys(&connection->schema, model, count, first), model, failure);
}

static enum ar_status sqlite_describe(struct connection *connection, const struct statement *statement,
                                      const char **out, struct failure *failure)
{
    static const char *const strategies[] = {
        [SQLITE_FETCHED] = "fetched",
        [SQLITE_AGGREGATED] = "delivered by an aggregate function",
        [SQLITE_CALLED] = "delivered by a function",
    };
    struct sqlite_statement *prepared;
    enum ar_status status;

    ar_sqlite_start_clock(connection);
    status = ar_sqlite_prepare(connection, statement, &prepared, failure);
    *out = status == AR_OK ? strategies[prepared->strategy] : NULL;
    return status;
}

static enum ar_status sqlite_backup(struct connection *connection, const char *path, struct failure *failure)
{
    return ar_sqlite_backup(connection->database, path, failure);
}

static const char *sqlite_pick(const struct ar_sql *sql)
{
    return sql->sqlite;
}

const struct driver ar_driver_sqlite = {
    .name = "sqlite",
    .choose = ar_sqlite_choose_driver,
    .locate = ar_sqlite_locate,
    .connect = ar_sqlite_connect,
    .disconnect = ar_sqlite_disconnect,
    .run = ar_sqlite_run,
    .run_script = ar_sqlite_run_script,
    .in_transaction = sqlite_in_transaction,
    .is_usable = sqlite_is_usable,
    .take = sqlite_is_usable,
    .reset = sqlite_reset,
    .set_timeout = ar_sqlite_set_timeout,
    .interrupt = sqlite_interrupt_now,
    .reports_key = sqlite_reports_key,
    .compares_by_rules = sqlite_compares_by_rules,
    .choose_access_path = sqlite_choose_access_path,
    .next_keys = sqlite_next_keys,
    .describe = sqlite_describe,
    .backup = sqlite_backup,
    .has_field_type = ar_sqlite_has_field_type,
    .type_name = ar_sqlite_type_name,
    .pick = sqlite_pick,
    .dialect =
        {
            .begin_write = "BEGIN IMMEDIATE",
            .begin_read = "BEGIN",
            .begin_snapshot = "BEGIN",
            .isolation = {"", "", "", ""},
            .lock = {"", ""},
            .lock_wait = {"", "", ""},
            .in_select = " IN ",
            .like = " LIKE ",
            .like_end = " ESCAPE '\\'",
            .glob = " GLOB ",
            .fold_to_equal = {"", " COLLATE NOCASE"},
            .fold_to_match = {"", ""},
            .decimal_collation = " COLLATE armature_decimal",
            .in_range = "armature_in_range",
            .in_keys = {" IN (SELECT k0 FROM temp.armature_keys(", "))"},
            .not_in_keys = {" NOT IN (SELECT k0 FROM temp.armature_keys(", "))"},
            .key_table = "temp.armature_keys",
            .key_test = "armature_wanted",
            .returns_ordinals = true,
            .prefers_single_key = true,
            .numbers_key_alone = true,
            .row_table = "temp.armature_rows",
            .explain = "EXPLAIN QUERY PLAN ",
            .explain_column = 3,
            .migration =
                {
                    .exists = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'armature_migrations'",
                    .create = "CREATE TABLE IF NOT EXISTS armature_migrations (number INTEGER NOT NULL PRIMARY KEY,"
                              " name TEXT NOT NULL, checksum TEXT NOT NULL, step INTEGER NOT NULL,"
                              " is_running INTEGER NOT NULL, applied_at TEXT)",
                    .select = "SELECT number, name, checksum, step, is_running, applied_at FROM armature_migrations"
                              " ORDER BY number",
                    .stop_foreign_keys = "PRAGMA foreign_keys = OFF",
                    .resume_foreign_keys = "PRAGMA foreign_keys = ON",
                    .dangling = "SELECT \"table\", rowid, parent FROM pragma_foreign_key_check",
                    .backup_exists = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'armature_backup'",
                    .backup_find = "SELECT path FROM armature_backup WHERE path = $1",
                    .backup_create = "CREATE TABLE IF NOT EXISTS armature_backup (path TEXT NOT NULL PRIMARY KEY)",
                    .backup_add = "INSERT INTO armature_backup (path) VALUES ($1)",
                    .backup_drop = "DROP TABLE IF EXISTS armature_backup",
                },
            .columns_query = ar_sqlite_columns_query,
            .keys_query = ar_sqlite_keys_query,
            .ignores_case_of_names = true,
            .checked_query = ar_sqlite_checked_query,
            .note_checked = ar_sqlite_note_checked,
            .refusing_query = ar_sqlite_refusing_query,
        },
};
