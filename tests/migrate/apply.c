/* ar_migrate and ar_migration_status: what is applied, recorded, reported and refused, S-426 to S-434. */
#include "database.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* ---- Applying ---------------------------------------------------------------------------------------------------- */

static const struct ar_migrations two = {
    (const struct ar_migration[]){
        BOTH(1, "first",
             "CREATE TABLE users (id integer PRIMARY KEY, name text); INSERT INTO users VALUES (1, 'Ann');"),
        BOTH(4, "second", "ALTER TABLE users ADD COLUMN age integer;\nUPDATE users SET age = 30"),
    },
    2};

struct counts {
    size_t begun, other;
};

static void count_statement(const struct ar_event *event, void *payload)
{
    struct counts *counts = payload;

    if (strncmp(event->sql, "BEGIN", strlen("BEGIN")) == 0)
        counts->begun++;
    counts->other += event->reason != AR_REASON_TRANSACTION;
}

/* S-426: each migration runs in one transaction; when all are applied, a call reads the record in two statements. */
static void test_applied_once(void **state)
{
    struct ar_db *db = database_open();
    struct counts counts = {0};

    (void)state;
    ar_db_observe(db, count_statement, &counts);
    assert_int_equal(ar_migrate(db, &two, NULL), AR_OK);
    assert_int_equal(counts.begun, 2);
    assert_int_equal(database_integer("SELECT age FROM users WHERE name = 'Ann'"), 30);
    assert_int_equal(database_integer("SELECT count(*) FROM armature_migrations WHERE applied_at IS NOT NULL"), 2);
    counts = (struct counts){0};
    assert_int_equal(ar_migrate(db, &two, NULL), AR_OK);
    assert_int_equal(counts.begun, 0);
    assert_int_equal(counts.other, 2);
    ar_db_close(db);
}

static void add_step(const struct ar_migration_step *step, void *payload)
{
    char *text = payload;
    size_t length = strlen(text);

    snprintf(text + length, 1024 - length, "%d %s %u/%u %s\n", (int)step->event,
             step->migration != NULL ? step->migration->name : "-", step->statement, step->statement_count,
             step->sql != NULL ? step->sql : "-");
}

/* S-427: each statement is reported before it runs, and each migration when it is committed. A dry run reports the same
 * statements and changes nothing. */
static void test_reported(void **state)
{
    static const char statements[] = "1 first 1/2 CREATE TABLE users (id integer PRIMARY KEY, name text)\n"
                                     "1 first 2/2 INSERT INTO users VALUES (1, 'Ann')\n";
    char text[1024] = "", expected[1024];
    struct ar_migrate_options options = {.on_step = add_step, .payload = text, .dry_run = true};

    (void)state;
    snprintf(expected, sizeof expected, "%s%s", statements,
             "1 second 1/2 ALTER TABLE users ADD COLUMN age integer\n1 second 2/2 UPDATE users SET age = 30\n");
    migrated(&two, &options);
    assert_string_equal(text, expected);
    text[0] = '\0';
    options.dry_run = false;
    migrated(&two, &options);
    snprintf(expected, sizeof expected, "%s2 first 0/2 -\n%s2 second 0/2 -\n", statements,
             "1 second 1/2 ALTER TABLE users ADD COLUMN age integer\n1 second 2/2 UPDATE users SET age = 30\n");
    assert_string_equal(text, expected);
}

/* ---- Refusals ---------------------------------------------------------------------------------------------------- */

/* S-428: a program that is older than the database, one whose migrations differ, and one that has a new migration
 * before an applied one are refused, and nothing changes. */
static void test_conflicts(void **state)
{
    const struct ar_migrations older = {two.items, 1};
    const struct ar_migrations changed = MIGRATIONS(BOTH(1, "first", "SELECT 1"), two.items[1]);
    const struct ar_migrations renamed = MIGRATIONS({1, "renamed", two.items[0].sql}, two.items[1]);
    const struct ar_migrations between = MIGRATIONS(two.items[0], BOTH(2, "late", "SELECT 1"), two.items[1]);
    const struct ar_migrations without = MIGRATIONS(two.items[1]);
    const struct ar_migrations unordered = MIGRATIONS(two.items[1], two.items[0]);

    (void)state;
    migrated(&two, NULL);
    refused(&older, NULL, AR_CONFLICT, "written by a newer program: it has migration 4 second");
    refused(&changed, NULL, AR_CONFLICT, "migration 1 first was changed");
    refused(&renamed, NULL, AR_CONFLICT, "migration 1 renamed was changed");
    refused(&between, NULL, AR_CONFLICT, "migration 2 late is not applied, but a later one is");
    refused(&without, NULL, AR_CONFLICT, "the database has migration 1 first");
    refused(&unordered, NULL, AR_MISUSE, "must be ascending");
    migrated(&two, NULL);
}

/* S-429: all scripts are read before the first statement runs; a failed migration leaves no trace, its message names
 * migration, line and statement, and the call completes once the cause is gone. */
static void test_failures(void **state)
{
    const struct ar_migrations broken = MIGRATIONS(two.items[0], BOTH(5, "broken", "SELECT 'a"));
    const struct ar_migrations failing =
        MIGRATIONS(two.items[0], two.items[1],
                   BOTH(5, "unique", "CREATE TABLE tags (id integer);\n\nCREATE UNIQUE INDEX by_age ON users (age);"));
    const struct ar_migrations absent = MIGRATIONS({1, "absent", {NULL, NULL}});

    (void)state;
    refused(&broken, NULL, AR_MISUSE, "migration 5 broken, line 1: the string or quoted name has no end");
    refused(&absent, NULL, AR_MISUSE, "migration 1 absent has no script for this database");
    migrated(&two, NULL);
    database_run("INSERT INTO users VALUES (2, 'Bob', 30)");
    refused(&failing, NULL, AR_CONSTRAINT, "migration 5 unique, line 3: ");
    assert_int_equal(database_integer("SELECT count(*) FROM armature_migrations"), 2);
    migrated(&two, NULL);
    database_run("DELETE FROM users WHERE id = 2");
    migrated(&failing, NULL);
    database_run("INSERT INTO tags VALUES (1)");
}

/* S-430: an assertion that is not true ends the migration with its message. */
static void test_assertions(void **state)
{
    const struct ar_migrations guarded =
        MIGRATIONS(two.items[0], BOTH(2, "guarded",
                                      "DELETE FROM users WHERE name = 'Bob';\n"
                                      "-- armature: assert every user has an e-mail address\n"
                                      "SELECT count(*) = 0 FROM users WHERE name NOT LIKE '%@%';\n"
                                      "UPDATE users SET name = lower(name)"));
    const struct ar_migrations empty = MIGRATIONS(BOTH(1, "empty", "-- armature: assert a row\nSELECT 1 WHERE 1 = 2"));

    (void)state;
    refused(&empty, NULL, AR_CONSTRAINT, "migration 1 empty, line 2: a row");
    refused(&guarded, NULL, AR_CONSTRAINT, "migration 2 guarded, line 3: every user has an e-mail address");
    assert_int_equal(database_integer("SELECT count(*) FROM users WHERE name = 'Ann'"), 1);
    database_run("UPDATE users SET name = 'Ann@example.org'");
    migrated(&guarded, NULL);
    assert_int_equal(database_integer("SELECT count(*) FROM users WHERE name = 'ann@example.org'"), 1);
}

/* ---- Status and baseline ----------------------------------------------------------------------------------------- */

static void add_state(const struct ar_migration_state *state, void *payload)
{
    static const char *const conditions[] = {
        [AR_MIGRATION_APPLIED] = "applied",           [AR_MIGRATION_INCOMPLETE] = "incomplete",
        [AR_MIGRATION_PENDING] = "pending",           [AR_MIGRATION_CHANGED] = "changed",
        [AR_MIGRATION_OUT_OF_ORDER] = "out of order", [AR_MIGRATION_UNKNOWN] = "unknown",
    };
    char *text = payload;
    size_t length = strlen(text);

    snprintf(text + length, 1024 - length, "%u %s %s %u%s\n", state->number, state->name, conditions[state->condition],
             state->statements, state->applied != NULL ? " at" : "");
    if (state->applied != NULL)
        assert_int_equal(strlen(state->applied), strlen("2026-11-27 08:15:00"));
}

static void assert_states(const struct ar_migrations *migrations, const char *expected)
{
    struct ar_db *db = database_open();
    char text[1024] = "";

    assert_int_equal(ar_migration_status(db, migrations, add_state, text), AR_OK);
    assert_string_equal(text, expected);
    ar_db_close(db);
}

/* S-431: the status lists the migrations of the program and of the database, and creates nothing. */
static void test_status(void **state)
{
    const struct ar_migrations other =
        MIGRATIONS(BOTH(1, "first", "SELECT 1"), BOTH(2, "between", "SELECT 2"), BOTH(5, "next", "SELECT 5"));

    (void)state;
    assert_states(&two, "1 first pending 0\n4 second pending 0\n");
    assert_int_equal(database_integer(fixture_is_sqlite() ? "SELECT count(*) FROM sqlite_master"
                                                          : "SELECT count(*) FROM pg_tables WHERE "
                                                            "tablename = 'armature_migrations'"),
                     0);
    migrated(&two, NULL);
    assert_states(&two, "1 first applied 0 at\n4 second applied 0 at\n");
    assert_states(&other, "1 first changed 0 at\n2 between out of order 0\n4 second unknown 0 at\n5 next pending 0\n");
}

/* S-432: a baseline records the migrations that made an existing database without running them. Repeating it does
 * nothing, and it is refused if the database has recorded others. */
static void test_baseline(void **state)
{
    const struct ar_migrate_options baseline = {.baseline = 1}, later = {.baseline = 4}, none = {.baseline = 2};

    (void)state;
    database_run("CREATE TABLE users (id integer PRIMARY KEY, name text)");
    refused(&two, &none, AR_MISUSE, "the baseline is 2");
    migrated(&two, &baseline);
    assert_int_equal(database_integer("SELECT count(*) FROM users"), 0);
    assert_int_equal(database_integer("SELECT count(age) FROM users"), 0);
    migrated(&two, &baseline);
    database_empty();
    database_run("CREATE TABLE users (id integer PRIMARY KEY, name text)");
    migrated(&(struct ar_migrations){two.items, 1}, &baseline);
    migrated(&two, &baseline); /* a later version of the program */
    assert_states(&two, "1 first applied 0 at\n4 second applied 0 at\n");
    database_empty();
    migrated(&(struct ar_migrations){two.items, 1}, NULL);
    refused(&two, &later, AR_CONFLICT, "needs no baseline");
    assert_states(&two, "1 first applied 0 at\n4 second pending 0\n");
}

/* S-427, S-432: a dry run leaves out what the baseline covers, and the steps that an earlier call has completed. */
static void test_reported_rest(void **state)
{
    const struct ar_migrations steps =
        MIGRATIONS(two.items[0], BOTH(2, "steps",
                                      "-- armature: outside-transaction\nCREATE TABLE tags (id integer);\n"
                                      "-- armature: outside-transaction\nINSERT INTO absent VALUES (1);\nSELECT 3"));
    char text[1024] = "";
    struct ar_migrate_options options = {.on_step = add_step, .payload = text, .dry_run = true, .baseline = 1};

    (void)state;
    migrated(&two, &options);
    assert_string_equal(
        text, "1 second 1/2 ALTER TABLE users ADD COLUMN age integer\n1 second 2/2 UPDATE users SET age = 30\n");
    refused(&steps, NULL, AR_DATABASE, "migration 2 steps, line 4: ");
    text[0] = '\0';
    options.baseline = 0;
    migrated(&steps, &options);
    assert_string_equal(text, "1 steps 2/3 INSERT INTO absent VALUES (1)\n1 steps 3/3 SELECT 3\n");
    assert_states(&steps, "1 first applied 0 at\n2 steps incomplete 1\n");
}

/* ---- Other programs ---------------------------------------------------------------------------------------------- */

/* Migrate in a process. */
static void migrate_in_child(const struct ar_migrations *migrations)
{
    struct ar_db *db;
    enum ar_status status = ar_db_open(database_url(), NULL, &db);

    if (status == AR_OK)
        status = ar_migrate(db, migrations, NULL);
    if (status != AR_OK)
        fprintf(stderr, "%s: %s\n", ar_status_name(status), ar_db_error(db)->message);
    ar_db_close(db);
    exit_child(status == AR_OK ? 0 : 1);
}

/* S-433: several programs that migrate at once: one applies each migration, the others wait and find nothing to do. */
static void test_at_once(void **state)
{
    enum { PROGRAMS = 4, MIGRATIONS_MAX = 20 };
    static struct ar_migration items[MIGRATIONS_MAX];
    const struct ar_migrations many = {items, MIGRATIONS_MAX};

    (void)state;
    database_run("CREATE TABLE log (number integer)");
    for (unsigned i = 0; i < MIGRATIONS_MAX; i++)
        items[i] = (struct ar_migration)BOTH(i + 1, "log", "INSERT INTO log SELECT count(*) FROM log");
    for (int i = 0; i < PROGRAMS; i++)
        if (fork() == 0)
            migrate_in_child(&many);
    for (int i = 0; i < PROGRAMS; i++) {
        int status;
        assert_true(wait(&status) > 0);
        assert_int_equal(status, 0);
    }
    assert_int_equal(database_integer("SELECT count(*) FROM log"), MIGRATIONS_MAX);
    assert_int_equal(database_integer("SELECT count(DISTINCT number) FROM log"), MIGRATIONS_MAX);
}

/* S-434: a database that is opened with read_only can be used if nothing is to be applied; otherwise it is refused. */
static void test_read_only(void **state)
{
    const struct ar_db_options options = {.read_only = true};
    const struct ar_migrations first = {two.items, 1};
    struct ar_db *db;

    (void)state;
    migrated(&first, NULL);
    assert_int_equal(ar_db_open(database_url(), &options, &db), AR_OK);
    assert_int_equal(ar_migrate(db, &first, NULL), AR_OK);
    assert_int_equal(ar_migrate(db, &two, NULL), AR_MISUSE);
    assert_non_null(strstr(ar_db_error(db)->message, "migration 4 second is to be applied, but"));
    ar_db_close(db);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_applied_once, database_set_up),
        cmocka_unit_test_setup(test_reported, database_set_up),
        cmocka_unit_test_setup(test_conflicts, database_set_up),
        cmocka_unit_test_setup(test_failures, database_set_up),
        cmocka_unit_test_setup(test_assertions, database_set_up),
        cmocka_unit_test_setup(test_status, database_set_up),
        cmocka_unit_test_setup(test_baseline, database_set_up),
        cmocka_unit_test_setup(test_reported_rest, database_set_up),
        cmocka_unit_test_setup(test_at_once, database_set_up),
        cmocka_unit_test_setup(test_read_only, database_set_up),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
