/* Migrations whose n-th allocation, call or file operation fails, for n = 1, 2, … until they run without a failure,
 * S-441; with ARMATURE_TEST_STRIDE=s, for every s-th of the many. Each failure is an ordinary status; the database is
 * then at a step from which the next call continues. */
#include "fault.h"

#include "database.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Each statement would be visible, or fail, if it ran twice. */
static const struct ar_migrations story = {
    (const struct ar_migration[]){
        BOTH(1, "tables", "CREATE TABLE log (entry integer PRIMARY KEY); CREATE TABLE users (id integer, name text)"),
        {2,
         "index",
         {"INSERT INTO log VALUES (1);\n"
          "-- armature: outside-transaction\n"
          "CREATE INDEX IF NOT EXISTS by_name ON users (name);\n"
          "INSERT INTO log VALUES (2);\n",
          "INSERT INTO log VALUES (1);\n"
          "-- armature: outside-transaction\n"
          "CREATE INDEX CONCURRENTLY by_name ON users (name);\n"
          "INSERT INTO log VALUES (2);\n"}},
        {3,
         "rebuild",
         {"-- armature: rebuild\n"
          "CREATE TABLE users_new (id integer PRIMARY KEY, name text);\n"
          "INSERT INTO users_new SELECT * FROM users;\n"
          "DROP TABLE users;\n"
          "ALTER TABLE users_new RENAME TO users;\n"
          "INSERT INTO log VALUES (3);\n",
          "ALTER TABLE users ADD PRIMARY KEY (id);\n"
          "-- armature: assert no user\n"
          "SELECT count(*) = 0 FROM users;\n"
          "INSERT INTO log VALUES (3);\n"}},
    },
    3};

static const char *kind_name(enum fault_kind kind)
{
    static const char *const names[] = {"runtime memory", "piece", "SQLite memory", "SQLite call",
                                        "libpq call",     "file",  "full disk"};

    return names[kind];
}

static bool is_memory(enum fault_kind kind)
{
    return kind == FAULT_RUNTIME_MEMORY || kind == FAULT_SQLITE_MEMORY;
}

/* Migrate with a backup, if there can be one, in a database that is opened before the fault. Return the status. */
static enum ar_status migrate_with_fault(enum fault_kind kind, unsigned long n, bool lasting)
{
    const struct ar_migrate_options options = {.backup = fixture_is_sqlite() ? "migrate.backup" : NULL};
    struct ar_db *db = database_open();
    enum ar_status status;

    fault_arm(kind, n, lasting);
    status = ar_migrate(db, &story, &options);
    fault_disarm();
    if (status != AR_OK && ar_db_error(db)->status != status)
        fail_msg("fault %lu of %s gave %s, but the database reports %s", n, kind_name(kind), ar_status_name(status),
                 ar_status_name(ar_db_error(db)->status));
    if (status != AR_OK && status != AR_NO_MEMORY &&
        (is_memory(kind) || (status != AR_DATABASE && status != AR_UNAVAILABLE)))
        fail_msg("fault %lu of %s gave %s: %s", n, kind_name(kind), ar_status_name(status), ar_db_error(db)->message);
    if (status != AR_OK)
        status = ar_migrate(db, &story, &options); /* in the same ar_db */
    if (status != AR_OK)
        fail_msg("after fault %lu of %s: %s: %s", n, kind_name(kind), ar_status_name(status), ar_db_error(db)->message);
    ar_db_close(db);
    return status;
}

static void check_contents(void)
{
    assert_int_equal(database_integer("SELECT count(*) FROM log"), 3);
    assert_int_equal(database_integer("SELECT count(*) FROM users"), 0);
    assert_int_equal(database_integer("SELECT count(*) FROM armature_migrations WHERE applied_at IS NOT NULL"), 3);
    if (fixture_is_sqlite())
        assert_int_equal(access("migrate.backup", F_OK), 0);
}

static void run_until_it_succeeds(enum fault_kind kind, bool lasting)
{
    const char *stride_text = getenv("ARMATURE_TEST_STRIDE");
    unsigned long stride = stride_text != NULL ? strtoul(stride_text, NULL, 10) : 1;
    unsigned long n = 1;

    if (kind != FAULT_SQLITE_MEMORY && stride > 5) /* there are fewer */
        stride = 5;
    for (;; n += stride) {
        database_empty();
        (void)migrate_with_fault(kind, n, lasting);
        check_contents();
        if (!fault_happened())
            break;
    }
    print_message("%lu faults of %s\n", n / stride, kind_name(kind));
}

static void test_once(void **state)
{
    run_until_it_succeeds(*(enum fault_kind *)*state, false);
}

static void test_from_then_on(void **state)
{
    run_until_it_succeeds(*(enum fault_kind *)*state, true);
}

#define FAULTS(kind)                                                                                                   \
    cmocka_unit_test_prestate(test_once, &(enum fault_kind){kind}),                                                    \
        cmocka_unit_test_prestate(test_from_then_on, &(enum fault_kind){kind})

int main(void)
{
    const struct CMUnitTest on_sqlite[] = {FAULTS(FAULT_RUNTIME_MEMORY), FAULTS(FAULT_SQLITE_MEMORY),
                                           FAULTS(FAULT_SQLITE_CALL), FAULTS(FAULT_FILE), FAULTS(FAULT_FULL_DISK)};
    const struct CMUnitTest on_postgresql[] = {FAULTS(FAULT_RUNTIME_MEMORY), FAULTS(FAULT_LIBPQ_CALL)};

    fault_initialize();
    fault_register_files();
    return fixture_is_sqlite() ? cmocka_run_group_tests(on_sqlite, NULL, NULL)
                               : cmocka_run_group_tests(on_postgresql, NULL, NULL);
}
