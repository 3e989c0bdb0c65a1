/* ar_migrate on PostgreSQL only: indexes that are built concurrently, S-438, assertions that the server
 * cannot evaluate, S-430, and the lock of migrations, S-439. */
#include "database.h"

#include <libpq-fe.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SERVER(number, name, sql)                                                                                      \
    {                                                                                                                  \
        number, name,                                                                                                  \
        {                                                                                                              \
            NULL, sql                                                                                                  \
        }                                                                                                              \
    }

static const struct ar_migration table =
    SERVER(1, "table", "CREATE TABLE users (id integer PRIMARY KEY, name text); INSERT INTO users VALUES (1, 'Ann')");
static const struct ar_migration index_migration = SERVER(2, "index",
                                                          "INSERT INTO users VALUES (2, 'Bob');\n"
                                                          "-- armature: outside-transaction\n"
                                                          "CREATE UNIQUE INDEX CONCURRENTLY by_name ON users (name);\n"
                                                          "INSERT INTO users VALUES (3, 'Cid');\n");

/* ---- Indexes ----------------------------------------------------------------------------------------------------- */

/* S-438: a unique index that cannot be built leaves an invalid one. What precedes it is committed, and the next call
 * drops it, builds it again and continues. */
static void test_invalid_index(void **state)
{
    const struct ar_migrations migrations = MIGRATIONS(table, index_migration);

    (void)state;
    migrated(&(struct ar_migrations){migrations.items, 1}, NULL);
    database_run("INSERT INTO users VALUES (5, 'Bob')");
    refused(&migrations, NULL, AR_CONSTRAINT, "migration 2 index, line 3: could not create unique index");
    assert_int_equal(database_integer("SELECT count(*) FROM pg_index WHERE NOT indisvalid"), 1);
    assert_int_equal(database_integer("SELECT step FROM armature_migrations WHERE number = 2"), 1);
    refused(&migrations, NULL, AR_CONSTRAINT, "migration 2 index, line 3: could not create unique index");
    database_run("DELETE FROM users WHERE id = 5");
    migrated(&migrations, NULL);
    assert_int_equal(database_integer("SELECT count(*) FROM pg_index WHERE NOT indisvalid"), 0);
    assert_int_equal(database_integer("SELECT count(*) FROM pg_class WHERE relname = 'by_name'"), 1);
    assert_int_equal(database_integer("SELECT count(*) FROM users"), 3);
}

/* S-438: so does one whose table is in a schema, with comments after its name. */
static void test_invalid_index_with_comments(void **state)
{
    const struct ar_migrations migrations = MIGRATIONS(
        table, SERVER(2, "index",
                      "-- armature: outside-transaction\n"
                      "CREATE UNIQUE INDEX CONCURRENTLY by_name -- of\nON public /* the */ . users -- by\n (name)\n"));

    (void)state;
    migrated(&(struct ar_migrations){migrations.items, 1}, NULL);
    database_run("INSERT INTO users VALUES (5, 'Ann')");
    refused(&migrations, NULL, AR_CONSTRAINT, "could not create unique index");
    refused(&migrations, NULL, AR_CONSTRAINT, "could not create unique index");
    database_run("DELETE FROM users WHERE id = 5");
    migrated(&migrations, NULL);
    assert_int_equal(database_integer("SELECT count(*) FROM pg_index WHERE NOT indisvalid"), 0);
    assert_int_equal(database_integer("SELECT count(*) FROM pg_class WHERE relname = 'by_name'"), 1);
}

/* S-438: if the program ended after the index was built, and before it was recorded, the index is kept. */
static void test_valid_index(void **state)
{
    const struct ar_migrations migrations = MIGRATIONS(table, index_migration);
    int64_t before;

    (void)state;
    migrated(&(struct ar_migrations){migrations.items, 1}, NULL);
    database_run("INSERT INTO users VALUES (5, 'Bob')");
    refused(&migrations, NULL, AR_CONSTRAINT, "could not create unique index");
    database_run("DELETE FROM users WHERE id = 5; DROP INDEX by_name; CREATE UNIQUE INDEX by_name ON users (name);"
                 "UPDATE armature_migrations SET is_running = 1 WHERE number = 2");
    before = database_integer("SELECT oid FROM pg_class WHERE relname = 'by_name'");
    migrated(&migrations, NULL);
    assert_int_equal(database_integer("SELECT oid FROM pg_class WHERE relname = 'by_name'"), before);
    assert_int_equal(database_integer("SELECT count(*) FROM users"), 3);
}

/* S-438: an index of this name that the migration did not build is refused again and again, not taken for its own. */
static void test_foreign_index(void **state)
{
    const struct ar_migrations migrations = MIGRATIONS(table, index_migration);

    (void)state;
    migrated(&(struct ar_migrations){migrations.items, 1}, NULL);
    database_run("CREATE INDEX by_name ON users (id)");
    refused(&migrations, NULL, AR_DATABASE, "migration 2 index, line 3: relation \"by_name\" already exists");
    refused(&migrations, NULL, AR_DATABASE, "migration 2 index, line 3: relation \"by_name\" already exists");
    database_run("DROP INDEX by_name");
    migrated(&migrations, NULL);
}

/* ---- Assertions -------------------------------------------------------------------------------------------------- */

/* S-430: if a value cannot be converted, the message of the assertion comes before that of the server. */
static void test_assertion_that_fails(void **state)
{
    const struct ar_migrations migrations =
        MIGRATIONS(table, SERVER(2, "number",
                                 "-- armature: assert each name is a number\n"
                                 "SELECT count(*) = 0 FROM users WHERE CAST(name AS integer) IS NULL"));

    (void)state;
    migrated(&(struct ar_migrations){migrations.items, 1}, NULL);
    refused(&migrations, NULL, AR_CONSTRAINT,
            "migration 2 number, line 2: each name is a number (invalid input syntax for type integer: \"Ann\")");
    database_run("UPDATE users SET name = '1'");
    migrated(&migrations, NULL);
}

/* ---- The lock ---------------------------------------------------------------------------------------------------- */

/* A program in a thread. */
struct program {
    const struct ar_migrations *migrations;
    enum ar_status status;
    pthread_t thread;
};

static void *migrate_in_thread(void *payload)
{
    struct program *program = payload;
    struct ar_db *db;

    program->status = ar_db_open(database_url(), NULL, &db);
    if (program->status == AR_OK)
        program->status = ar_migrate(db, program->migrations, NULL);
    if (program->status != AR_OK)
        print_error("%s\n", ar_db_error(db)->message);
    ar_db_close(db);
    return NULL;
}

static void start(struct program *program)
{
    assert_int_equal(pthread_create(&program->thread, NULL, migrate_in_thread, program), 0);
}

static void join(struct program *program)
{
    assert_int_equal(pthread_join(program->thread, NULL), 0);
    assert_int_equal(program->status, AR_OK);
}

/* Other tests use other databases of the same server at the same time. */
#define HERE "pid IN (SELECT pid FROM pg_stat_activity WHERE datname = current_database())"

/* Wait until a session waits for the transaction of another one. */
static void wait_for_waiter(void)
{
    while (database_integer("SELECT count(*) FROM pg_locks WHERE NOT granted AND locktype = 'virtualxid' AND " HERE) ==
           0)
        ;
}

/* S-439: a program that waits for another one does not block the other's CREATE INDEX CONCURRENTLY, which waits for all
 * transactions. Here, both programs wait for a third session. */
static void test_concurrent_programs(void **state)
{
    const struct ar_migrations migrations = MIGRATIONS(table, index_migration);
    struct program first = {.migrations = &migrations}, second = {.migrations = &migrations};
    PGconn *third = PQconnectdb(database_url());

    (void)state;
    migrated(&(struct ar_migrations){migrations.items, 1}, NULL);
    PQclear(PQexec(third, "BEGIN"));
    PQclear(PQexec(third, "INSERT INTO users VALUES (9, 'Ned')"));
    start(&first);
    wait_for_waiter();
    start(&second);
    while (
        database_integer("SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%pg_try_advisory_lock%' AND pid <> "
                         "pg_backend_pid() AND " HERE) == 0)
        ;
    PQclear(PQexec(third, "COMMIT"));
    PQfinish(third);
    join(&first);
    join(&second);
    assert_int_equal(database_integer("SELECT count(*) FROM users"), 4);
}

/* S-439: if another program has the lock for longer than wait_ms, the call is AR_BUSY. A lock is released with its
 * connection. */
static void test_locked(void **state)
{
    const struct ar_migrations migrations = MIGRATIONS(table);
    const struct ar_migrate_options impatient = {.wait_ms = 1};
    PGconn *other = PQconnectdb(database_url());

    (void)state;
    PQclear(PQexec(other, "SELECT pg_advisory_lock(7021795034357133925)"));
    refused(&migrations, &impatient, AR_BUSY, "another program is migrating the database");
    PQfinish(other);
    migrated(&migrations, NULL);
    assert_int_equal(database_integer("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND " HERE), 0);
}

/* S-439: options that need a file or a lock of the connection are refused. */
static void test_refused_options(void **state)
{
    const struct ar_migrations migrations = MIGRATIONS(table);
    const struct ar_migrate_options backup = {.backup = "migrate.backup"};
    const struct ar_db_options pooled = {.pooled = true};
    struct ar_db *db;

    (void)state;
    refused(&migrations, &backup, AR_MISUSE, "use pg_dump");
    assert_int_equal(ar_db_open(database_url(), &pooled, &db), AR_OK);
    assert_int_equal(ar_migrate(db, &migrations, NULL), AR_MISUSE);
    assert_non_null(strstr(ar_db_error(db)->message, "pooled"));
    ar_db_close(db);
}

/* S-439: settings of a migration end with it: the connection is given back as it was. */
static void test_settings(void **state)
{
    const struct ar_migrations migrations =
        MIGRATIONS(SERVER(1, "settings", "SET lock_timeout = '1s'; SET search_path = pg_catalog, public"));
    struct ar_db *db = database_open();
    struct ar_session *s;

    (void)state;
    assert_int_equal(ar_migrate(db, &migrations, NULL), AR_OK);
    assert_int_equal(ar_session_open(db, NULL, &s), AR_OK);
    ok(s, ar_execute(s, "DO $$ BEGIN ASSERT current_setting('lock_timeout') = '5s'; "
                        "ASSERT current_setting('search_path') = '\"$user\", public'; END $$"));
    ar_session_close(s);
    ar_db_close(db);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_invalid_index, database_set_up),
        cmocka_unit_test_setup(test_invalid_index_with_comments, database_set_up),
        cmocka_unit_test_setup(test_valid_index, database_set_up),
        cmocka_unit_test_setup(test_foreign_index, database_set_up),
        cmocka_unit_test_setup(test_assertion_that_fails, database_set_up),
        cmocka_unit_test_setup(test_concurrent_programs, database_set_up),
        cmocka_unit_test_setup(test_locked, database_set_up),
        cmocka_unit_test_setup(test_refused_options, database_set_up),
        cmocka_unit_test_setup(test_settings, database_set_up),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
