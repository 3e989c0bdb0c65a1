/* ar_migrate on SQLite only: tables that are rebuilt, S-435; backups, S-436; a locked and a read-only file, S-437; a
 * damaged history, S-871. */
#include "database.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SQLITE(number, name, sql)                                                                                      \
    {                                                                                                                  \
        number, name,                                                                                                  \
        {                                                                                                              \
            sql, NULL                                                                                                  \
        }                                                                                                              \
    }

static const struct ar_migration tables = SQLITE(
    1, "tables",
    "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);"
    "CREATE TABLE posts (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE);"
    "INSERT INTO users VALUES (1, 'Ann'), (2, 'Bob'); INSERT INTO posts VALUES (10, 1), (11, 1), (12, 2)");

/* ---- Rebuilds ---------------------------------------------------------------------------------------------------- */

/* S-435: a rebuild drops a table that others refer to, without deleting their rows. Afterwards, foreign keys are
 * enforced again, in the same ar_db. */
static void test_rebuild(void **state)
{
    const struct ar_migrations migrations =
        MIGRATIONS(tables, SQLITE(2, "rebuild",
                                  "-- armature: rebuild\n"
                                  "CREATE TABLE users_new (id INTEGER PRIMARY KEY, name TEXT NOT NULL);\n"
                                  "INSERT INTO users_new SELECT id, name FROM users;\n"
                                  "DROP TABLE users;\n"
                                  "ALTER TABLE users_new RENAME TO users;\n"));
    struct ar_db *db = database_open();
    struct ar_session *s;

    (void)state;
    assert_int_equal(ar_migrate(db, &migrations, NULL), AR_OK);
    assert_int_equal(ar_session_open(db, NULL, &s), AR_OK);
    fails(s, AR_CONSTRAINT, ar_execute(s, "INSERT INTO posts VALUES (13, 9)"));
    fails(s, AR_CONSTRAINT, ar_execute(s, "INSERT INTO users VALUES (3, NULL)"));
    ar_session_close(s);
    ar_db_close(db);
    assert_int_equal(database_integer("SELECT count(*) FROM posts"), 3);
    assert_int_equal(database_integer("SELECT count(*) FROM users"), 2);
}

/* S-435: a rebuild does not enforce foreign keys that the program leaves unenforced. */
static void test_rebuild_without_foreign_keys(void **state)
{
    const struct ar_migrations migrations =
        MIGRATIONS(tables, SQLITE(2, "lossy", "-- armature: rebuild\nDELETE FROM users WHERE id = 2"));
    const struct ar_db_options options = {.no_foreign_keys = true};
    struct ar_db *db;
    struct ar_session *s;

    (void)state;
    assert_int_equal(ar_db_open(database_url(), &options, &db), AR_OK);
    assert_int_equal(ar_migrate(db, &migrations, NULL), AR_OK);
    assert_int_equal(ar_session_open(db, NULL, &s), AR_OK);
    ok(s, ar_execute(s, "INSERT INTO posts VALUES (13, 9)"));
    ar_session_close(s);
    ar_db_close(db);
    assert_int_equal(database_integer("SELECT count(*) FROM posts"), 4);
}

/* S-435: a rebuild that loses rows to which others refer is rolled back, and foreign keys are enforced again. */
static void test_dangling(void **state)
{
    const struct ar_migrations migrations =
        MIGRATIONS(tables, SQLITE(2, "lossy", "-- armature: rebuild\nDELETE FROM users WHERE id = 2"));
    struct ar_db *db = database_open();
    struct ar_session *s;

    (void)state;
    assert_int_equal(ar_migrate(db, &migrations, NULL), AR_CONSTRAINT);
    assert_string_equal(ar_db_error(db)->message,
                        "migration 2 lossy: afterwards, rows of posts would refer to missing rows of users");
    assert_int_equal(ar_session_open(db, NULL, &s), AR_OK);
    fails(s, AR_CONSTRAINT, ar_execute(s, "INSERT INTO posts VALUES (13, 9)"));
    ar_session_close(s);
    ar_db_close(db);
    assert_int_equal(database_integer("SELECT count(*) FROM users"), 2);
    assert_int_equal(database_integer("SELECT count(*) FROM armature_migrations"), 1);
}

/* ---- Backups ----------------------------------------------------------------------------------------------------- */

static int64_t integer_in_backup(const char *sql)
{
    sqlite3 *file;
    sqlite3_stmt *statement;
    int64_t number = -1;

    assert_int_equal(sqlite3_open_v2("migrate.backup", &file, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
    if (sqlite3_prepare_v2(file, sql, -1, &statement, NULL) != SQLITE_OK)
        fail_msg("%s: %s", sql, sqlite3_errmsg(file));
    if (sqlite3_step(statement) == SQLITE_ROW)
        number = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    sqlite3_close(file);
    return number;
}

static const struct ar_migrate_options with_backup = {.backup = "migrate.backup"};

/* S-436: the backup has the database as it was, and is made only if there is something to apply. */
static void test_backup(void **state)
{
    const struct ar_migrations first = MIGRATIONS(tables);
    const struct ar_migrations both = MIGRATIONS(tables, SQLITE(2, "empty", "DELETE FROM posts"));

    (void)state;
    migrated(&first, NULL);
    migrated(&first, &with_backup);
    assert_int_equal(access("migrate.backup", F_OK), -1);
    migrated(&both, &with_backup);
    assert_int_equal(database_integer("SELECT count(*) FROM posts"), 0);
    assert_int_equal(integer_in_backup("SELECT count(*) FROM posts"), 3);
    assert_int_equal(access("migrate.backup.partial", F_OK), -1);
    assert_int_equal(database_integer("SELECT count(*) FROM sqlite_master WHERE name = 'armature_backup'"), 0);
    migrated(&both, &with_backup);
}

/* S-436: an existing file is not overwritten, and nothing is applied. */
static void test_backup_exists(void **state)
{
    const struct ar_migrations first = MIGRATIONS(tables);
    FILE *file = fopen("migrate.backup", "w");
    char text[16] = "";

    (void)state;
    assert_non_null(file);
    assert_true(fputs("precious", file) >= 0);
    assert_int_equal(fclose(file), 0);
    refused(&first, &with_backup, AR_CONFLICT, "the backup migrate.backup exists already");
    assert_int_equal(database_integer("SELECT count(*) FROM sqlite_master"), 0);
    file = fopen("migrate.backup", "r");
    assert_non_null(file);
    assert_non_null(fgets(text, sizeof text, file));
    assert_int_equal(fclose(file), 0);
    assert_string_equal(text, "precious");
}

/* S-436: the call after an interrupted one keeps the backup that it made, which has the first state. */
static void test_backup_kept(void **state)
{
    const struct ar_migrations first = MIGRATIONS(tables);
    const struct ar_migrations three =
        MIGRATIONS(tables, SQLITE(2, "empty", "DELETE FROM posts"), SQLITE(3, "table", "CREATE TABLE tags (id)"));

    (void)state;
    migrated(&first, NULL);
    database_run("CREATE TABLE tags (id)");
    refused(&three, &with_backup, AR_DATABASE, "migration 3 table, line 1: table tags already exists");
    assert_int_equal(database_integer("SELECT count(*) FROM posts"), 0);
    database_run("DROP TABLE tags");
    migrated(&three, &with_backup);
    assert_int_equal(integer_in_backup("SELECT count(*) FROM posts"), 3);
    assert_int_equal(database_integer("SELECT count(*) FROM tags"), 0);
    assert_int_equal(database_integer("SELECT count(*) FROM sqlite_master WHERE name = 'armature_backup'"), 0);
}

/* S-436: a backup that cannot be written is an error, and nothing is applied. */
static void test_backup_impossible(void **state)
{
    const struct ar_migrations first = MIGRATIONS(tables);
    const struct ar_migrate_options options = {.backup = "missing-folder/migrate.backup"};

    (void)state;
    refused(&first, &options, AR_DATABASE, "the backup missing-folder/migrate.backup cannot be written: ");
    assert_int_equal(database_integer("SELECT count(*) FROM sqlite_master WHERE name = 'users'"), 0);
    migrated(&first, &(struct ar_migrate_options){.backup = "./migrate.backup"});
    assert_int_equal(integer_in_backup("SELECT count(*) FROM sqlite_master WHERE name = 'users'"), 0);
}

/* ---- Files ------------------------------------------------------------------------------------------------------- */

/* S-437: if another program has the write lock for longer than wait_ms, the call is AR_BUSY, and nothing changes. */
static void test_locked(void **state)
{
    const struct ar_migrations first = MIGRATIONS(tables);
    const struct ar_migrate_options options = {.wait_ms = 1};
    const struct ar_db_options impatient = {.busy_timeout_ms = 1};
    struct ar_db *db;
    sqlite3 *other;

    (void)state;
    assert_int_equal(ar_db_open(database_url(), &impatient, &db), AR_OK);
    assert_int_equal(sqlite3_open("migrate.db", &other), SQLITE_OK);
    assert_int_equal(sqlite3_exec(other, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(ar_migrate(db, &first, &options), AR_BUSY);
    assert_int_equal(sqlite3_exec(other, "ROLLBACK", NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(other);
    assert_int_equal(ar_migrate(db, &first, &options), AR_OK);
    ar_db_close(db);
}

/* S-437: a database in memory can be migrated, and a step outside of a transaction may be VACUUM. */
static void test_memory(void **state)
{
    const struct ar_migrations migrations =
        MIGRATIONS(tables, SQLITE(2, "vacuum",
                                  "DELETE FROM posts;\n-- armature: outside-transaction\nVACUUM;\n"
                                  "INSERT INTO posts VALUES (20, 1);"));
    struct ar_db *db;

    (void)state;
    assert_int_equal(ar_db_open("sqlite::memory:", NULL, &db), AR_OK);
    if (ar_migrate(db, &migrations, NULL) != AR_OK)
        fail_msg("%s", ar_db_error(db)->message);
    assert_int_equal(ar_migrate(db, &migrations, NULL), AR_OK);
    ar_db_close(db);
    migrated(&migrations, NULL);
    assert_int_equal(database_integer("SELECT count(*) FROM posts"), 1);
}

/* S-871: values in the history that no migration writes are not taken for others: the call is refused, and nothing
 * runs. */
static void test_damaged_history(void **state)
{
    static const struct {
        const char *damage, *message;
    } damages[] = {
        {"number = 'first'", "the database has migration 0 tables, which this program does not have"},
        {"number = 4294967297", "the database has migration 0 tables, which this program does not have"},
        {"number = -1", "the database has migration 0 tables, which this program does not have"},
        {"name = x'00'", "migration 1 tables was changed after the database had applied it"},
        {"checksum = 7", "migration 1 tables was changed after the database had applied it"},
    };
    const struct ar_migrations migrations = MIGRATIONS(tables, SQLITE(2, "more", "DELETE FROM posts"));
    char sql[256];

    (void)state;
    for (size_t i = 0; i < sizeof damages / sizeof *damages; i++) {
        database_empty();
        migrated(&(struct ar_migrations){&tables, 1}, NULL);
        /* a file of another program, whose columns have no types */
        database_run("CREATE TABLE history AS SELECT * FROM armature_migrations; DROP TABLE armature_migrations;"
                     "ALTER TABLE history RENAME TO armature_migrations");
        snprintf(sql, sizeof sql, "UPDATE armature_migrations SET %s", damages[i].damage);
        database_run(sql);
        refused(&migrations, NULL, AR_CONFLICT, damages[i].message);
        assert_int_equal(database_integer("SELECT count(*) FROM posts"), 3);
    }
    database_run("UPDATE armature_migrations SET number = 3, name = x'00'");
    refused(&(struct ar_migrations){&tables, 0}, NULL, AR_CONFLICT,
            "it has migration 3 , and this program ends with 0 (none)");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_rebuild, database_set_up),
        cmocka_unit_test_setup(test_rebuild_without_foreign_keys, database_set_up),
        cmocka_unit_test_setup(test_dangling, database_set_up),
        cmocka_unit_test_setup(test_backup, database_set_up),
        cmocka_unit_test_setup(test_backup_exists, database_set_up),
        cmocka_unit_test_setup(test_backup_kept, database_set_up),
        cmocka_unit_test_setup(test_backup_impossible, database_set_up),
        cmocka_unit_test_setup(test_locked, database_set_up),
        cmocka_unit_test_setup(test_memory, database_set_up),
        cmocka_unit_test_setup(test_damaged_history, database_set_up),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
