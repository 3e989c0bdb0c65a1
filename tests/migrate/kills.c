/* A program is killed after each statement of its migrations, those of the record and of transactions included, and
 * migrates again. Each time, the database ends up the same as without a kill, S-440. */
#include "database.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* Three migrations: a plain one; one whose steps are in and outside of a transaction, with an assertion; and one that
 * splits a table. Each statement would be visible, or fail, if it ran twice. */
static const struct ar_migrations story = {
    (const struct ar_migration[]){
        BOTH(1, "people",
             "CREATE TABLE people (id integer PRIMARY KEY, name text, city text);\n"
             "INSERT INTO people VALUES (1, 'Ann', 'Bern'), (2, 'Bob', 'Oslo'), (3, 'Cid', 'Bern');\n"
             "CREATE TABLE log (entry integer);\n"),
        {2,
         "index",
         {"INSERT INTO log VALUES (1);\n"
          "-- armature: outside-transaction\n"
          "VACUUM;\n"
          "INSERT INTO log VALUES (2);\n"
          "-- armature: outside-transaction\n"
          "CREATE INDEX IF NOT EXISTS by_city ON people (city);\n"
          "-- armature: outside-transaction\n"
          "VACUUM;\n",
          "INSERT INTO log VALUES (1);\n"
          "-- armature: outside-transaction\n"
          "VACUUM people;\n"
          "INSERT INTO log VALUES (2);\n"
          "-- armature: outside-transaction\n"
          "CREATE INDEX CONCURRENTLY by_city ON people (city);\n"
          "-- armature: outside-transaction\n"
          "VACUUM people;\n"}},
        {3,
         "cities",
         {"-- armature: rebuild\n"
          "CREATE TABLE cities (id integer PRIMARY KEY, name text UNIQUE);\n"
          "INSERT INTO cities (name) SELECT DISTINCT city FROM people ORDER BY city;\n"
          "CREATE TABLE people_new (id integer PRIMARY KEY, name text, city_id integer REFERENCES cities (id));\n"
          "INSERT INTO people_new SELECT p.id, p.name, c.id FROM people p LEFT JOIN cities c ON c.name = p.city;\n"
          "-- armature: assert no person is lost\n"
          "SELECT (SELECT count(*) FROM people) = (SELECT count(*) FROM people_new);\n"
          "DROP TABLE people;\n"
          "ALTER TABLE people_new RENAME TO people;\n"
          "INSERT INTO log VALUES (3);\n",
          "CREATE TABLE cities (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text UNIQUE);\n"
          "INSERT INTO cities (name) SELECT DISTINCT city FROM people ORDER BY city;\n"
          "ALTER TABLE people ADD COLUMN city_id integer REFERENCES cities (id);\n"
          "UPDATE people SET city_id = (SELECT c.id FROM cities c WHERE c.name = people.city);\n"
          "-- armature: assert no city is lost\n"
          "SELECT count(*) = 0 FROM people WHERE city IS NOT NULL AND city_id IS NULL;\n"
          "ALTER TABLE people DROP COLUMN city;\n"
          "INSERT INTO log VALUES (3);\n"}},
    },
    3};

static int remaining; /* statements before the kill */

static void kill_after(const struct ar_event *event, void *payload)
{
    (void)event;
    (void)payload;
    if (--remaining == 0)
        raise(SIGKILL);
}

static void migrate_in_child(const struct ar_migrate_options *options)
{
    struct ar_db *db;
    /* A killed process loses nothing that the system has. */
    enum ar_status status =
        ar_db_open(database_url(), &(struct ar_db_options){.sqlite_setup = "PRAGMA synchronous = OFF"}, &db);

    if (status == AR_OK) {
        ar_db_observe(db, kill_after, NULL);
        status = ar_migrate(db, &story, options);
    }
    ar_db_close(db);
    _exit(status == AR_OK ? 0 : 1);
}

/* Migrate in a process that is killed after `count` statements. Return true if it ended before. */
static bool migrate_until(int count, const struct ar_migrate_options *options)
{
    int status;
    pid_t child;

    remaining = count;
    child = fork();
    assert_true(child >= 0);
    if (child == 0)
        migrate_in_child(options);
    assert_int_equal(waitpid(child, &status, 0), child);
    if (WIFSIGNALED(status)) {
        assert_int_equal(WTERMSIG(status), SIGKILL);
        return false;
    }
    assert_int_equal(WEXITSTATUS(status), 0);
    return true;
}

/* Check all rows in one query: connecting takes longer than migrating. */
static void check_contents(void)
{
    static const char log[] = "(SELECT count(*) FROM log) || ' ' || (SELECT count(DISTINCT entry) FROM log)";
    static const char people[] =
        "(SELECT count(*) FROM people JOIN cities ON cities.id = people.city_id WHERE (people.name = 'Bob') = "
        "(cities.name = 'Oslo')) || ' ' || (SELECT count(*) FROM cities)";
    static const char record[] =
        "(SELECT count(*) FROM armature_migrations WHERE applied_at IS NOT NULL AND is_running = 0)";
    const char *invalid = fixture_is_sqlite() ? "0" : "(SELECT count(*) FROM pg_index WHERE NOT indisvalid)";
    char sql[1024], *found;

    snprintf(sql, sizeof sql, "SELECT %s || ' ' || %s || ' ' || %s || ' ' || %s", log, people, record, invalid);
    found = database_text(sql);
    assert_text(found, "3 3 3 2 3 0");
    free(found);
}

static void test_kills(void **state)
{
    const struct ar_migrate_options with_backup = {.backup = "migrate.backup"};
    const struct ar_migrate_options *options = fixture_is_sqlite() ? &with_backup : NULL;
    int count = 0;
    bool is_done = false;

    (void)state;
    while (!is_done) {
        database_empty();
        is_done = migrate_until(++count, options);
        migrated(&story, options);
        check_contents();
    }
    print_message("%d kills\n", count - 1);
    assert_true(count > 30);
}

/* Kill again and again, each time after one more statement than the database needs to get further. */
static void test_repeated_kills(void **state)
{
    int count = 5;

    (void)state;
    database_empty();
    while (!migrate_until(count, NULL))
        count++;
    check_contents();
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_kills), cmocka_unit_test(test_repeated_kills)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
