/* Apply the migration of a change to tables with rows, once without a fault, then killed after each of its statements
 * and continued, then with each call into the database failing and continued. Schema and rows are the same each time,
 * S-442.
 *
 *     changed SCRIPTS ROWS EXPECTED [--renew]
 *
 * SCRIPTS is the folder of migrations: the first one makes the tables, the second is the change. ROWS has SQL, EXPECTED
 * the rows after the change. The database remains as it is in the end. */
#include "database.h"
#include "dump.h"
#include "fault.h"

#include <glob.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static struct ar_migration items[2];
static const struct ar_migrations both = {items, 2}, first = {items, 1};
static char *rows_sql, *rows_after, *schema_after;

/* ---- Files ------------------------------------------------------------------------------------------------------- */

static char *read_file(const char *path)
{
    FILE *file = fopen(path, "r");
    char *text = NULL;
    size_t size = 0;

    if (file == NULL)
        return strdup("");
    if (getdelim(&text, &size, '\0', file) < 0) {
        free(text);
        text = strdup("");
    }
    fclose(file);
    return text;
}

static void read_migration(const char *folder, unsigned number)
{
    char pattern[1024];
    glob_t found;

    snprintf(pattern, sizeof pattern, "%s/%04u_*.%s.sql", folder, number,
             fixture_is_sqlite() ? "sqlite" : "postgresql");
    items[number - 1] = (struct ar_migration)BOTH(number, "change", "");
    if (glob(pattern, 0, NULL, &found) == 0) {
        char *script = read_file(found.gl_pathv[0]);
        items[number - 1].sql = (struct ar_sql){script, script};
    }
    globfree(&found);
}

/* ---- Databases --------------------------------------------------------------------------------------------------- */

/* Make the tables with rows, as they are before the change. */
static void prepare(void)
{
    database_empty();
    migrated(&first, NULL);
    if (*rows_sql != '\0')
        database_run(rows_sql);
}

/* Complete the change, and compare rows and schema with those of a database without a fault. */
static void complete(void)
{
    char *rows, *schema;

    migrated(&both, NULL);
    rows = dump_rows();
    schema = dump_schema();
    assert_text(rows, rows_after);
    assert_text(schema, schema_after);
    free(rows);
    free(schema);
}

/* Return how far the database is: a number that grows with each step that is recorded. */
static int64_t progress(void)
{
    return database_integer("SELECT sum(number * 1000 + step * 2 + CASE WHEN applied_at IS NULL THEN is_running ELSE 1 "
                            "END) FROM armature_migrations");
}

/* ---- Kills ------------------------------------------------------------------------------------------------------- */

static unsigned long remaining; /* statements before the kill */

/* On a server, where each kill takes a new connection, reads are left out: what is killed after them is as before. */
static void kill_after(const struct ar_event *event, void *payload)
{
    bool is_read = strncmp(event->sql, "SELECT ", strlen("SELECT ")) == 0;

    (void)payload;
    if ((fixture_is_sqlite() || !is_read) && --remaining == 0)
        raise(SIGKILL);
}

static void migrate_in_child(void)
{
    struct ar_db *db = database_open();
    enum ar_status status;

    ar_db_observe(db, kill_after, NULL);
    status = ar_migrate(db, &both, NULL);
    ar_db_close(db);
    _exit(status == AR_OK ? 0 : 1);
}

/* Return true if the process was killed. */
static bool migrate_until(unsigned long count)
{
    int status;
    pid_t child;

    remaining = count;
    child = fork();
    assert_true(child >= 0);
    if (child == 0)
        migrate_in_child();
    assert_int_equal(waitpid(child, &status, 0), child);
    if (!WIFSIGNALED(status))
        assert_int_equal(WEXITSTATUS(status), 0);
    return WIFSIGNALED(status);
}

/* Kill after one statement, then after two, and so on, without restoring the database in between: what a kill leaves
 * behind would be seen at the end. Once a step is recorded, begin with one statement again. */
static void test_kills(void **state)
{
    unsigned long count = 1, kills = 0;
    int64_t before;

    (void)state;
    prepare();
    before = progress();
    while (migrate_until(count++)) {
        int64_t now = progress();
        kills++;
        if (now != before)
            count = 1;
        before = now;
    }
    complete();
    print_message("%lu kills\n", kills);
}

/* ---- Failures ---------------------------------------------------------------------------------------------------- */

/* Return true if the n-th call of the runtime into the database has failed. */
static bool migrate_with_failure(unsigned long n)
{
    struct ar_db *db = database_open();
    bool has_failed;

    fault_arm(fixture_is_sqlite() ? FAULT_SQLITE_CALL : FAULT_LIBPQ_CALL, n, false);
    (void)!ar_migrate(db, &both, NULL);
    has_failed = fault_happened();
    fault_disarm();
    ar_db_close(db);
    return has_failed;
}

/* The same with calls that fail; on a server, where each takes a new connection, with every third. */
static void test_failures(void **state)
{
    unsigned long n = 1, failures = 0, stride = fixture_is_sqlite() ? 1 : 3;
    int64_t before;

    (void)state;
    prepare();
    before = progress();
    for (; migrate_with_failure(n); n += stride) {
        int64_t now = progress();
        failures++;
        if (now != before)
            n = 1 - stride; /* plus the stride */
        before = now;
    }
    complete();
    print_message("%lu failures\n", failures);
}

/* ---- Without a fault --------------------------------------------------------------------------------------------- */

static void compare_with_golden(const char *path, bool renews)
{
    char *expected = read_file(path);
    FILE *file;

    if (!renews)
        assert_text(rows_after, expected);
    free(expected);
    if (!renews)
        return;
    file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(rows_after, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static void test_change(void **state)
{
    char **arguments = *state;

    read_migration(arguments[1], 1);
    read_migration(arguments[1], 2);
    rows_sql = read_file(arguments[2]);
    prepare();
    migrated(&both, NULL);
    rows_after = dump_rows();
    schema_after = dump_schema();
    compare_with_golden(arguments[3], arguments[4] != NULL);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_prestate(test_change, argv),
        cmocka_unit_test(test_kills),
        cmocka_unit_test(test_failures),
    };

    if (argc < 4)
        return 2;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
