/* Databases that check their tables when they are opened, S-494 to S-499. The statements that ar_db_open prepares are
 * counted at the client library. */
#include "support.h"
#include "things.ar.h"

#include <libpq-fe.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- The client libraries, wrapped ------------------------------------------------------------------------------- */

static unsigned lookups; /* of a result that was kept */
static unsigned checks;  /* of all columns */

static void count(const char *sql)
{
    lookups += strncmp(sql, "SELECT 1 FROM armature_schema", 29) == 0;
    checks += strstr(sql, "table_xinfo") != NULL || strstr(sql, "format_type") != NULL;
}

int __real_sqlite3_prepare_v3(sqlite3 *database, const char *sql, int size, unsigned flags, sqlite3_stmt **out,
                              const char **tail);
int __wrap_sqlite3_prepare_v3(sqlite3 *database, const char *sql, int size, unsigned flags, sqlite3_stmt **out,
                              const char **tail);

int __wrap_sqlite3_prepare_v3(sqlite3 *database, const char *sql, int size, unsigned flags, sqlite3_stmt **out,
                              const char **tail)
{
    count(sql);
    return __real_sqlite3_prepare_v3(database, sql, size, flags, out, tail);
}

int __real_PQsendPrepare(PGconn *connection, const char *name, const char *sql, int count, const Oid *types);
int __wrap_PQsendPrepare(PGconn *connection, const char *name, const char *sql, int number, const Oid *types);

int __wrap_PQsendPrepare(PGconn *connection, const char *name, const char *sql, int number, const Oid *types)
{
    count(sql);
    return __real_PQsendPrepare(connection, name, sql, number, types);
}

/* ---- Faults ------------------------------------------------------------------------------------------------------ */

static int until_fault = -1; /* allocations that succeed before one fails; negative: none fails */

static bool is_faulty(void)
{
    return until_fault >= 0 && until_fault-- == 0;
}

void *__real_malloc(size_t size);
void *__wrap_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__real_realloc(void *memory, size_t size);
void *__wrap_realloc(void *memory, size_t size);

void *__wrap_malloc(size_t size)
{
    return is_faulty() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t number, size_t size)
{
    return is_faulty() ? NULL : __real_calloc(number, size);
}

void *__wrap_realloc(void *memory, size_t size)
{
    return is_faulty() ? NULL : __real_realloc(memory, size);
}

/* ---- Opening ----------------------------------------------------------------------------------------------------- */

static const char *url_of(const struct fixture *f)
{
    static char url[300];

    snprintf(url, sizeof url, "%s%s", f->file != NULL ? "sqlite:" : getenv("ARMATURE_TEST_URL"),
             f->file != NULL ? f->file : "");
    return url;
}

static const struct ar_model *const models[] = {&label_model, &group_model, &label_total_model};

/* Open the database with these options and the models above, and close it. Return its status and copy its message. */
static enum ar_status open_with(const struct fixture *f, struct ar_db_options options, char message[200])
{
    struct ar_db *db;
    enum ar_status status;

    if (options.models == NULL) {
        options.models = models;
        options.model_count = sizeof models / sizeof *models;
    }
    lookups = checks = 0;
    status = ar_db_open(url_of(f), &options, &db);
    snprintf(message, 200, "%s", ar_db_error(db)->message);
    if (status != AR_OK) {
        assert_int_equal(ar_db_error(db)->status, status);
        ar_db_close(db);
        return status;
    }
    ar_db_close(db);
    return AR_OK;
}

/* Assert that the database can be opened with the check, and how much that takes. */
static void assert_opens(const struct fixture *f, struct ar_db_options options, unsigned expected_lookups,
                         unsigned expected_checks)
{
    char message[200];

    if (open_with(f, options, message) != AR_OK)
        fail_msg("%s", message);
    assert_int_equal(lookups, expected_lookups);
    assert_int_equal(checks > 0, expected_checks);
}

static void assert_refused(const struct fixture *f, struct ar_db_options options, const char *expected)
{
    char message[200];

    assert_int_equal(open_with(f, options, message), AR_CONFLICT);
    assert_text(message, expected);
}

static const struct ar_db_options trust = {.schema = AR_SCHEMA_TRUST}, full = {.schema = AR_SCHEMA_FULL},
                                  fingerprint = {.schema = AR_SCHEMA_FINGERPRINT};

static int open_labels(void **state)
{
    int result = fixture_open_file_with(state, NULL, models, sizeof models / sizeof *models);

    if (result == 0)
        run_sql(*state, "DROP TABLE IF EXISTS armature_schema");
    return result;
}

/* S-494: AR_SCHEMA_TRUST asks nothing; AR_SCHEMA_FULL checks each time, and refuses a table that differs. */
static void test_modes(void **state)
{
    struct fixture *f = *state;
    char message[200];

    assert_opens(f, trust, 0, false);
    assert_opens(f, full, 0, true);
    run_sql(f, "ALTER TABLE labels RENAME COLUMN colour TO color");
    assert_opens(f, trust, 0, false);
    assert_refused(f, full, "labels.colour: the column is missing (and 1 more difference)");

    assert_int_equal(open_with(f, (struct ar_db_options){.schema = AR_SCHEMA_FULL, .models = models}, message),
                     AR_MISUSE);
    assert_text(message, "ar_db_options.schema checks .models, but there are none");
}

/* S-495: the second AR_SCHEMA_FINGERPRINT finds the result of the first. A change of a table, by whichever program, or
 * of the models makes another check. */
static void test_fingerprint(void **state)
{
    struct fixture *f = *state;
    struct ar_db_options other = fingerprint;

    assert_opens(f, fingerprint, 1, true);
    assert_opens(f, fingerprint, 1, false);
    assert_opens(f, fingerprint, 1, false);

    other.models = models;
    other.model_count = 1;
    assert_opens(f, other, 1, true);
    assert_opens(f, other, 1, false);
    assert_opens(f, fingerprint, 1, false);

    run_sql(f, "ALTER TABLE labels ADD COLUMN more integer");
    assert_opens(f, fingerprint, 1, true);
    assert_opens(f, fingerprint, 1, false);
    assert_opens(f, other, 1, true);

    run_sql(f, "CREATE UNIQUE INDEX labels_more ON labels (more)");
    assert_opens(f, fingerprint, 1, true);
    assert_opens(f, fingerprint, 1, false);
}

/* S-495: each change that the check would find is noticed. A difference is not kept: it is found again. */
static void test_changes(void **state)
{
    static const struct {
        const char *sqlite, *postgresql; /* SQL; NULL: no such change */
        const char *message;
    } changes[] = {
        {"ALTER TABLE labels DROP COLUMN colour", "ALTER TABLE labels DROP COLUMN colour",
         "labels.colour: the column is missing"},
        {"ALTER TABLE labels ADD COLUMN colour TEXT NOT NULL DEFAULT ''",
         "ALTER TABLE labels ADD COLUMN colour text NOT NULL DEFAULT ''", NULL},
        {NULL,
         "ALTER TABLE labels ALTER COLUMN colour DROP DEFAULT, ALTER COLUMN colour TYPE integer USING 0,"
         " ALTER COLUMN colour DROP NOT NULL",
         "labels.colour: NULL allowed in the database, not in the model"},
        {NULL, "ALTER TABLE labels ALTER COLUMN colour SET NOT NULL", NULL},
        {NULL, "ALTER TABLE labels DROP CONSTRAINT labels_pkey",
         "labels: the primary key is missing in the database, (text) in the model"},
        {NULL, "ALTER TABLE labels ADD PRIMARY KEY (text)", NULL},
        {NULL, "ALTER TABLE \"group\" ALTER COLUMN id DROP IDENTITY",
         "\"group\".id: the database does not make the key of new rows"},
    };
    struct fixture *f = *state;

    run_sql(f, fixture_is_sqlite()
                   ? "DROP VIEW label_totals; CREATE TABLE label_totals (text TEXT, total INTEGER NOT NULL)"
                   : "DROP VIEW label_totals; ALTER TABLE label_groups DROP CONSTRAINT IF EXISTS"
                     " label_groups_label_fkey; CREATE TABLE label_totals (text text, total bigint NOT NULL)");
    assert_opens(f, fingerprint, 1, true);
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        const char *sql = fixture_is_sqlite() ? changes[i].sqlite : changes[i].postgresql;
        if (sql == NULL)
            continue;
        run_sql(f, sql);
        if (changes[i].message == NULL && i != 1) {
            assert_opens(f, fingerprint, 1, true);
        } else {
            const char *message = changes[i].message != NULL ? changes[i].message
                                  : fixture_is_sqlite() ? "labels.colour: TEXT in the database, INTEGER in the model"
                                                        : "labels.colour: text in the database, integer in the model";
            assert_refused(f, fingerprint, message);
            assert_refused(f, fingerprint, message);
        }
    }
    run_sql(f, "DROP TABLE label_totals");
}

/* S-791: so is a label that an enum type no longer has. */
static void test_labels(void **state)
{
    static const struct ar_model *const things[] = {&thing_model};
    const struct ar_db_options options = {.schema = AR_SCHEMA_FINGERPRINT, .models = things, .model_count = 1};
    struct fixture *f = *state;

    ok(f->s, ar_create_tables(f->s, &thing_model));
    assert_opens(f, options, 1, true);
    assert_opens(f, options, 1, false);
    if (!fixture_is_sqlite()) {
        run_sql(f, "ALTER TYPE check_rating RENAME VALUE 'PG' TO 'PG-13'");
        assert_refused(f, options,
                       "things.rating: type check_rating lacks the label 'PG' in the database: "
                       "ALTER TYPE check_rating ADD VALUE 'PG'");
        run_sql(f, "ALTER TYPE check_rating RENAME VALUE 'PG-13' TO 'PG'");
    }
    run_sql(f, "DROP TABLE things");
}

/* S-496: a result that cannot be kept is no failure: each open checks all. So does that of an untrusted file, whose
 * table anybody may have written. */
static void test_read_only(void **state)
{
    struct fixture *f = *state;
    const struct ar_db_options read_only = {.schema = AR_SCHEMA_FINGERPRINT, .read_only = true};
    const struct ar_db_options untrusted = {.schema = AR_SCHEMA_FINGERPRINT, .untrusted = true};

    assert_opens(f, read_only, 1, true);
    assert_opens(f, read_only, 1, true);
    assert_opens(f, fingerprint, 1, true);
    assert_opens(f, read_only, 1, false);
    assert_opens(f, untrusted, 0, true);
    run_sql(f, "ALTER TABLE labels RENAME COLUMN colour TO color");
    assert_refused(f, read_only, "labels.colour: the column is missing (and 1 more difference)");
}

/* S-496: likewise a table of another program with this name, and a user who may not create tables. */
static void test_not_kept(void **state)
{
    struct fixture *f = *state;

    run_sql(f, "CREATE TABLE armature_schema (other integer)");
    assert_opens(f, fingerprint, 1, true);
    assert_opens(f, fingerprint, 1, true);
    run_sql(f, "DROP TABLE armature_schema");
    if (fixture_is_sqlite())
        return;
    run_sql(f, "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET default_transaction_read_only = on', "
               "current_database()); END $$");
    assert_opens(f, fingerprint, 1, true);
    assert_opens(f, fingerprint, 1, true);
    run_sql(f, "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I RESET default_transaction_read_only', "
               "current_database()); END $$");
    assert_opens(f, fingerprint, 1, true);
    assert_opens(f, fingerprint, 1, false);
}

/* S-497: another connection has the write lock: the result is not kept. */
static void test_locked(void **state)
{
    struct fixture *f = *state;
    const struct ar_db_options impatient = {.schema = AR_SCHEMA_FINGERPRINT, .busy_timeout_ms = 10};

    if (!fixture_is_sqlite())
        return;
    ok(f->s, ar_begin(f->s));
    assert_opens(f, impatient, 1, true);
    ok(f->s, ar_rollback(f->s));
    assert_opens(f, impatient, 1, true);
    assert_opens(f, impatient, 1, false);
}

/* S-498: in one program, tables are created and checked by the list of the header; two programs keep two results. */
static void test_lists(void **state)
{
    struct fixture *f = *state;
    const struct ar_db_options all = {
        .schema = AR_SCHEMA_FINGERPRINT, .models = things_models, .model_count = things_model_count};

    ok(f->s, ar_create_table_list(f->s, things_models, things_model_count));
    ar_session_clear(f->s);
    assert_opens(f, all, 1, true);
    assert_opens(f, fingerprint, 1, true);
    assert_opens(f, all, 1, false);
    assert_opens(f, fingerprint, 1, false);
    run_sql(f, fixture_is_sqlite() ? "DROP TABLE things" : "DROP TABLE things; DROP SCHEMA check_depot CASCADE");
}

/* S-499: an allocation that fails makes the open fail, or the result is not kept. The next open succeeds. */
static void test_no_memory(void **state)
{
    struct fixture *f = *state;
    const struct ar_db_options modes[] = {full, fingerprint};
    unsigned failures = 0;
    char message[200];

    for (size_t mode = 0; mode < sizeof modes / sizeof *modes; mode++) {
        bool is_faulty_run = true;
        for (int i = 0; is_faulty_run; i++) {
            run_sql(f, "DROP TABLE IF EXISTS armature_schema");
            until_fault = i;
            enum ar_status status = open_with(f, modes[mode], message);
            is_faulty_run = until_fault < 0;
            until_fault = -1;
            assert_true(status == AR_OK || status == AR_NO_MEMORY);
            failures += status != AR_OK;
        }
        assert_opens(f, modes[mode], modes[mode].schema == AR_SCHEMA_FINGERPRINT, modes[mode].schema == AR_SCHEMA_FULL);
    }
    assert_true(failures > 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_modes, open_labels, fixture_close),
        cmocka_unit_test_setup_teardown(test_fingerprint, open_labels, fixture_close),
        cmocka_unit_test_setup_teardown(test_changes, open_labels, fixture_close),
        cmocka_unit_test_setup_teardown(test_labels, open_labels, fixture_close),
        cmocka_unit_test_setup_teardown(test_read_only, open_labels, fixture_close),
        cmocka_unit_test_setup_teardown(test_not_kept, open_labels, fixture_close),
        cmocka_unit_test_setup_teardown(test_locked, open_labels, fixture_close),
        cmocka_unit_test_setup_teardown(test_lists, open_labels, fixture_close),
        cmocka_unit_test_setup_teardown(test_no_memory, open_labels, fixture_close),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
