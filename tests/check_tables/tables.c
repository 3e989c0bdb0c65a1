/* Checks of several tables in all kinds of sessions, and ar_create_tables over old tables, S-488 to S-493. */
#include "support.h"
#include "things.ar.h"

#include <stdio.h>
#include <stdlib.h>

static int open_all(void **state)
{
    return fixture_open_with(state, NULL, NULL, things_models, things_model_count);
}

/* The same in a file on SQLite, so that another database can be opened on it. */
static int open_all_in_file(void **state)
{
    return fixture_open_file_with(state, NULL, things_models, things_model_count);
}

static void assert_conflict(struct fixture *f, enum ar_status status, const char *message)
{
    fails(f->s, AR_CONFLICT, status);
    assert_text(ar_session_error(f->s)->message, message);
}

/* Run SQL that one of the databases does not have. */
static void run_on(struct fixture *f, const char *sqlite, const char *postgresql)
{
    run_sql(f, fixture_is_sqlite() ? sqlite : postgresql);
}

/* S-488: all models of a header are checked by two statements: tables, views, join tables. Structs with AR_ROW are not
 * among them. */
static void test_all(void **state)
{
    struct fixture *f = *state;

    assert_int_equal(things_model_count, 8);
    ok(f->s, ar_check_table_list(f->s, things_models, things_model_count));
    assert_int_equal(f->reasons[AR_REASON_SCHEMA], 2);
    assert_statements(f, 0);
    ok(f->s, ar_check_table_list(f->s, NULL, 0));
}

/* S-488: the first difference in the order of the models is the message; the others are counted. */
static void test_missing_tables(void **state)
{
    struct fixture *f = *state;

    run_on(f, "DROP VIEW label_totals; DROP TABLE label_groups; ALTER TABLE labels DROP COLUMN colour",
           "DROP VIEW label_totals; DROP TABLE label_groups; ALTER TABLE labels DROP COLUMN colour");
    assert_conflict(f, ar_check_tables(f->s, &label_model, &group_model),
                    "labels.colour: the column is missing (and 1 more difference)");
    assert_conflict(f, ar_check_tables(f->s, &group_model, &label_model, &label_total_model),
                    "label_groups: the table does not exist (and 2 more differences)");
    assert_text(ar_session_error(f->s)->model, "label_groups");
    assert_conflict(f, ar_check_tables(f->s, &label_total_model), "label_totals: the table does not exist");
    assert_text(ar_session_error(f->s)->model, "label_total");
    run_sql(f, "DROP TABLE things");
    assert_conflict(f, ar_check_tables(f->s, &thing_name_model), "things: the table does not exist");
}

/* S-488: of a view, the columns and their types are compared. A table may be in place of it, and an index in place of
 * neither. */
static void test_views(void **state)
{
    struct fixture *f = *state;

    run_sql(f, "DROP VIEW label_totals; CREATE VIEW label_totals AS SELECT text, 1 AS sum FROM labels");
    assert_conflict(f, ar_check_tables(f->s, &label_total_model), "label_totals.total: the column is missing");
    run_sql(f, "DROP VIEW label_totals; CREATE VIEW label_totals AS SELECT text, text AS total FROM labels");
    assert_conflict(f, ar_check_tables(f->s, &label_total_model),
                    fixture_is_sqlite() ? "label_totals.total: TEXT in the database, INTEGER in the model"
                                        : "label_totals.total: text in the database, bigint in the model");
    run_sql(f, "DROP VIEW label_totals; CREATE TABLE label_totals (text text, total bigint NOT NULL, x text NOT NULL)");
    ok(f->s, ar_check_tables(f->s, &label_total_model));
    run_sql(f, "DROP TABLE label_totals; CREATE INDEX label_totals ON labels (colour)");
    assert_conflict(f, ar_check_tables(f->s, &label_total_model),
                    fixture_is_sqlite() ? "label_totals: the table does not exist"
                                        : "label_totals: neither a table nor a view");
    run_sql(f, "DROP INDEX label_totals");
    if (fixture_is_sqlite()) { /* PostgreSQL does not drop a table that a view needs */
        run_sql(f, "CREATE VIEW label_totals AS SELECT text, colour AS total FROM no_labels");
        fails(f->s, AR_DATABASE, ar_check_tables(f->s, &label_total_model));
        assert_error_names(f->s, "no such table: main.no_labels");
    }

    /* A model with .read_only: nothing about writes is a difference. */
    run_sql(f, "DROP TABLE readings; CREATE TABLE readings (id bigint NOT NULL, level smallint NOT NULL,"
               " more text NOT NULL)");
    ok(f->s, ar_check_tables(f->s, &reading_model));
    run_on(f, "SELECT 1", "DROP TABLE readings; CREATE TABLE readings (id bigint, level boolean NOT NULL)");
    ok(f->s, ar_check_tables(f->s, &reading_model));
    run_on(f, "SELECT 1", "DROP TABLE readings; CREATE MATERIALIZED VIEW readings AS SELECT 1 AS id, 2 AS level");
    ok(f->s, ar_check_tables(f->s, &reading_model));
    run_on(f, "SELECT 1", "DROP MATERIALIZED VIEW readings");
}

/* S-488: JSON and enum types of PostgreSQL are read as strings by models with .read_only, which never write them. */
static void test_read_only_strings(void **state)
{
    static const char *const types[] = {"json", "jsonb", "text"};
    struct fixture *f = *state;
    struct excerpt_list excerpts;
    char sql[512];

    if (fixture_is_sqlite())
        return;
    run_sql(f, "DROP TABLE excerpts; CREATE TYPE excerpt_mood AS ENUM ('HAPPY', 'SAD')");
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        snprintf(
            sql, sizeof sql,
            "CREATE VIEW excerpts AS SELECT 1::bigint AS id, '{\"a\": 1}'::%s AS data, 'SAD'::excerpt_mood AS mood",
            types[i]);
        run_sql(f, sql);
        ok(f->s, ar_check_tables(f->s, &excerpt_model));
        ok(f->s, excerpt_all(excerpt_query(f->s), &excerpts));
        assert_int_equal(excerpts.count, 1);
        assert_text(excerpts.items[0]->data, "{\"a\": 1}");
        assert_int_equal(excerpts.items[0]->mood, SAD);
        run_sql(f, "DROP VIEW excerpts");
    }
    run_sql(f, "CREATE VIEW excerpts AS SELECT 1::bigint AS id, 'SAD'::excerpt_mood AS data, 'SAD' AS mood");
    assert_conflict(f, ar_check_tables(f->s, &excerpt_model),
                    "excerpts.data: excerpt_mood in the database, text in the model");
    run_sql(f, "DROP VIEW excerpts; DROP TYPE excerpt_mood");
}

/* S-489: a column that only another struct of the table has is no surprise. */
static void test_siblings(void **state)
{
    struct fixture *f = *state;

    ok(f->s, ar_check_tables(f->s, &thing_name_model));
    run_sql(f, "ALTER TABLE things DROP COLUMN note");
    ok(f->s, ar_check_tables(f->s, &thing_name_model));
    assert_conflict(f, ar_check_tables(f->s, &thing_model), "things.note: the column is missing");
}

/* S-490: names are found as statements find them: in a schema, temporary tables first, along the search path. */
static void test_schemas(void **state)
{
    struct fixture *f = *state;

    run_on(f, "ALTER TABLE stored_things DROP COLUMN what", "ALTER TABLE check_depot.stored_things DROP COLUMN what");
    assert_conflict(f, ar_check_tables(f->s, &stored_model),
                    fixture_is_sqlite() ? "stored_things.what: the column is missing"
                                        : "check_depot.stored_things.what: the column is missing");

    ok(f->s, ar_begin(f->s)); /* keeps the connection */
    ok(f->s, ar_execute(f->s, "CREATE TEMPORARY TABLE labels (text text PRIMARY KEY)"));
    assert_conflict(f, ar_check_tables(f->s, &label_model), "labels.colour: the column is missing");
    ok(f->s, ar_execute(f->s, "DROP TABLE labels"));
    ok(f->s, ar_check_tables(f->s, &label_model));
    if (!fixture_is_sqlite()) {
        ok(f->s, ar_execute(f->s, "CREATE TABLE check_depot.labels (text text PRIMARY KEY)"));
        ok(f->s, ar_execute(f->s, "SET LOCAL search_path = check_depot, public"));
        assert_conflict(f, ar_check_tables(f->s, &label_model), "labels.colour: the column is missing");
        ok(f->s, ar_execute(f->s, "SET LOCAL search_path = no_schema"));
        assert_conflict(f, ar_check_tables(f->s, &label_model),
                        "labels: the table does not exist (and 1 more difference)");
    }
    ok(f->s, ar_rollback(f->s));
    ok(f->s, ar_check_tables(f->s, &label_model));
}

/* S-491: a check writes nothing: it runs in sessions and transactions that only read, and leaves them as they were. */
static void test_sessions(void **state)
{
    struct fixture *f = *state;
    const struct ar_session_options sessions[] = {
        {.read_only = true},
        {.strict = true},
        {.snapshot = true},
        {.replica = true, .read_only = true},
    };
    const struct ar_transaction_options reads = {.read_only = true};

    for (size_t i = 0; i < sizeof sessions / sizeof *sessions; i++) {
        reopen_session(f, sessions[i]);
        ok(f->s, ar_check_table_list(f->s, things_models, things_model_count));
    }
    reopen_session(f, (struct ar_session_options){.strict = false});
    ok(f->s, ar_begin_with(f->s, &reads));
    ok(f->s, ar_check_tables(f->s, &label_model));
    ok(f->s, ar_commit(f->s));

    /* A difference does not abort a transaction, which sees its own tables. */
    ok(f->s, ar_begin(f->s));
    ok(f->s, ar_execute(f->s, "ALTER TABLE labels RENAME COLUMN colour TO color"));
    assert_conflict(f, ar_check_tables(f->s, &label_model),
                    "labels.colour: the column is missing (and 1 more difference)");
    ok(f->s, ar_execute(f->s, "ALTER TABLE labels RENAME COLUMN color TO colour"));
    ok(f->s, ar_check_tables(f->s, &label_model));
    ok(f->s, ar_commit(f->s));
}

/* S-491: likewise databases. The check of a view does not run it, so that an untrusted file is no exception. */
static void test_databases(void **state)
{
    struct fixture *f = *state;
    char url[200];
    const struct ar_db_options options[] = {{.read_only = true}, {.no_named_statements = true}, {.untrusted = true}};

    snprintf(url, sizeof url, "%s%s", f->file != NULL ? "sqlite:" : getenv("ARMATURE_TEST_URL"),
             f->file != NULL ? f->file : "");
    for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
        struct ar_db *db;
        struct ar_session *s;
        assert_int_equal(ar_db_open(url, &options[i], &db), AR_OK);
        assert_int_equal(ar_session_open(db, NULL, &s), AR_OK);
        ok(s, ar_check_table_list(s, things_models, things_model_count));
        ar_session_close(s);
        ar_db_close(db);
    }
}

/* S-492: an old table without a column of the model is refused, before anything is created. */
static void test_create(void **state)
{
    struct fixture *f = *state;

    run_sql(f, "DROP TABLE label_groups; DROP TABLE \"group\"; DROP VIEW label_totals; DROP TABLE labels;"
               "CREATE TABLE labels (text text NOT NULL PRIMARY KEY)");
    assert_conflict(f, ar_create_tables(f->s, &group_model, &label_model), "labels.colour: the column is missing");
    assert_conflict(f, ar_check_tables(f->s, &group_model),
                    fixture_is_sqlite() ? "group: the table does not exist (and 1 more difference)"
                                        : "\"group\": the table does not exist (and 1 more difference)");
    run_sql(f, "ALTER TABLE labels ADD COLUMN colour integer NOT NULL DEFAULT 0");
    ok(f->s, ar_create_tables(f->s, &group_model, &label_model));
    ok(f->s, ar_check_tables(f->s, &group_model, &label_model));
}

/* S-492: the join table of a model, and the columns of another struct of the table, which an index of it may need. */
static void test_create_related(void **state)
{
    struct fixture *f = *state;

    run_sql(f, "ALTER TABLE label_groups RENAME COLUMN group_id TO groups");
    assert_conflict(f, ar_create_tables(f->s, &label_model), "label_groups.group_id: the column is missing");
    run_sql(f, "ALTER TABLE things RENAME COLUMN amount TO number");
    assert_conflict(f, ar_create_tables(f->s, &thing_name_model), "things.amount: the column is missing");
    assert_text(ar_session_error(f->s)->model, "thing");

    /* Other differences are not its business: the table is as the program left it. */
    run_sql(f, "DROP TABLE readings; CREATE TABLE readings (id text, level text, more text NOT NULL)");
    ok(f->s, ar_create_tables(f->s, &reading_model));
}

/* S-492: SQLite keeps an old view, which must have the columns; PostgreSQL replaces it. */
static void test_create_view(void **state)
{
    struct fixture *f = *state;

    run_sql(f, "DROP VIEW label_totals; CREATE VIEW label_totals AS SELECT text FROM labels");
    if (fixture_is_sqlite())
        assert_conflict(f, ar_create_tables(f->s, &label_total_model), "label_totals.total: the column is missing");
    else
        ok(f->s, ar_create_tables(f->s, &label_total_model));
}

/* S-493: a connection that is lost, or an earlier failure of the transaction, is reported as by any other call. */
static void test_failures(void **state)
{
    struct fixture *f = *state;

    if (fixture_is_sqlite())
        return;
    ok(f->s, ar_begin(f->s));
    fails(f->s, AR_DATABASE, ar_execute(f->s, "SELECT * FROM no_table"));
    fails(f->s, AR_MISUSE, ar_check_tables(f->s, &label_model));
    ok(f->s, ar_rollback(f->s));

    ok(f->s, ar_begin(f->s));
    ok(f->s, ar_check_tables(f->s, &label_model));
    run_sql(f, "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = current_database()"
               " AND pid <> pg_backend_pid() AND state LIKE 'idle in transaction%'");
    fails(f->s, AR_UNAVAILABLE, ar_check_tables(f->s, &label_model));
    ok(f->s, ar_rollback(f->s));
    ok(f->s, ar_check_tables(f->s, &label_model));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_all, open_all, fixture_close),
        cmocka_unit_test_setup_teardown(test_missing_tables, open_all, fixture_close),
        cmocka_unit_test_setup_teardown(test_read_only_strings, open_all, fixture_close),
        cmocka_unit_test_setup_teardown(test_views, open_all, fixture_close),
        cmocka_unit_test_setup_teardown(test_siblings, open_all, fixture_close),
        cmocka_unit_test_setup_teardown(test_schemas, open_all, fixture_close),
        cmocka_unit_test_setup_teardown(test_sessions, open_all, fixture_close),
        cmocka_unit_test_setup_teardown(test_databases, open_all_in_file, fixture_close),
        cmocka_unit_test_setup_teardown(test_create, open_all, fixture_close),
        cmocka_unit_test_setup_teardown(test_create_related, open_all, fixture_close),
        cmocka_unit_test_setup_teardown(test_create_view, open_all, fixture_close),
        cmocka_unit_test_setup_teardown(test_failures, open_all, fixture_close),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
