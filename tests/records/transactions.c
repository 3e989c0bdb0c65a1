/* Transactions and sessions: the state that a rollback restores, isolation between two sessions, the restrictions of
 * read-only sessions, and creating tables in any order. Relations after a rollback are S-96 of the scenarios. */
#include "account.ar.h"
#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int open_accounts(void **state)
{
    return fixture_open_file(state, &plan_model, &account_model, &document_model);
}

static struct plan *the_plan(struct fixture *f, const char *name, int64_t price)
{
    struct plan plan = {.name = name, .price = price}, *loaded;
    add_row(f, &plan_model, &plan);
    ok(f->s, plan_find(f->s, plan.id, &loaded));
    reset_statements(f);
    return loaded;
}

/* Return the number of plans that this session counts. */
static int64_t count_plans(struct ar_session *s)
{
    int64_t count;
    ok(s, plan_count(plan_query(s), &count));
    return count;
}

/* ---- Transactions ------------------------------------------------------------------------------------------------ */

static void test_commit(void **state)
{
    struct fixture *f = *state;
    struct plan plan = {.name = "basic"};
    ok(f->s, ar_begin(f->s));
    ok(f->s, plan_save(f->s, &plan));
    assert_int_equal(count_plans(f->other), 0);
    ok(f->s, ar_commit(f->s));
    assert_int_equal(count_plans(f->other), 1);
}

static void test_rollback_restores_records(void **state)
{
    struct fixture *f = *state;
    struct plan *plan = the_plan(f, "basic", 5);
    ok(f->s, ar_begin(f->s));
    plan->price = 6;
    plan->note = "note";
    ok(f->s, plan_save(f->s, plan));
    plan->price = 7;
    ok(f->s, plan_save(f->s, plan));
    ok(f->s, ar_rollback(f->s));

    assert_int_equal(plan->price, 5);
    assert_null(plan->note);
    assert_text(plan->name, "basic");
    reset_statements(f);
    ok(f->s, plan_save(f->s, plan));
    assert_statements(f, 0);
    plan->price = 6;
    ok(f->s, plan_save(f->s, plan));
    assert_statements(f, 1);
    ok(f->s, plan_reload(f->s, plan));
    assert_int_equal(plan->price, 6);
}

static void test_rollback_of_an_insert(void **state)
{
    struct fixture *f = *state;
    struct plan plan = {.name = "basic"};
    ok(f->s, ar_begin(f->s));
    ok(f->s, plan_save(f->s, &plan));
    struct plan *loaded;
    ok(f->s, plan_find(f->s, plan.id, &loaded));
    ok(f->s, ar_rollback(f->s));

    assert_int_equal(count_plans(f->s), 0);
    fails(f->s, AR_NOT_FOUND, plan_find(f->s, plan.id, &loaded));
    assert_text(plan.name, "basic"); /* a caller-owned string */
    plan.id = 0;
    ok(f->s, plan_save(f->s, &plan));
    ok(f->s, plan_find(f->s, plan.id, &loaded));
    assert_text(loaded->name, "basic");
}

static void test_rollback_of_a_delete(void **state)
{
    struct fixture *f = *state;
    struct plan *plan = the_plan(f, "basic", 5);
    ok(f->s, ar_begin(f->s));
    ok(f->s, plan_delete(f->s, plan));
    ok(f->s, ar_rollback(f->s));
    struct plan *again;
    ok(f->s, plan_find(f->s, plan->id, &again));
    assert_text(again->name, "basic");
    again->price = 6;
    ok(f->s, plan_save(f->s, again));
}

static void test_rollback_of_a_version(void **state)
{
    struct fixture *f = *state;
    struct document document = {.title = "title"}, *loaded;
    add_row(f, &document_model, &document);
    ok(f->s, document_find(f->s, document.id, &loaded));
    int32_t revision = loaded->revision;
    ok(f->s, ar_begin(f->s));
    loaded->title = "second";
    ok(f->s, document_save(f->s, loaded));
    ok(f->s, ar_rollback(f->s));
    assert_int_equal(loaded->revision, revision);
    assert_text(loaded->title, "title");
    loaded->title = "third";
    ok(f->s, document_save(f->s, loaded));
    assert_int_equal(loaded->revision, revision + 1);
}

static void test_rollback_to_a_savepoint(void **state)
{
    struct fixture *f = *state;
    struct plan *plan = the_plan(f, "basic", 5);
    ok(f->s, ar_begin(f->s));
    plan->price = 6;
    ok(f->s, plan_save(f->s, plan));

    ok(f->s, ar_begin(f->s));
    plan->price = 7;
    ok(f->s, plan_save(f->s, plan));
    struct plan inner = {.name = "inner"};
    ok(f->s, plan_save(f->s, &inner));
    ok(f->s, ar_rollback(f->s));
    assert_int_equal(plan->price, 6);
    assert_int_equal(count_plans(f->s), 1);

    ok(f->s, ar_commit(f->s));
    assert_int_equal(plan->price, 6);
    ok(f->s, plan_reload(f->s, plan));
    assert_int_equal(plan->price, 6);
    assert_int_equal(count_plans(f->other), 1);
}

/* A rollback of the outer transaction undoes a committed inner one. */
static void test_commit_within_a_rollback(void **state)
{
    struct fixture *f = *state;
    struct plan *plan = the_plan(f, "basic", 5);
    ok(f->s, ar_begin(f->s));
    ok(f->s, ar_begin(f->s));
    plan->price = 7;
    ok(f->s, plan_save(f->s, plan));
    ok(f->s, ar_begin(f->s));
    plan->name = "deep";
    ok(f->s, plan_save(f->s, plan));
    ok(f->s, ar_commit(f->s));
    ok(f->s, ar_commit(f->s));
    assert_int_equal(plan->price, 7);
    assert_text(plan->name, "deep");
    ok(f->s, ar_rollback(f->s));
    assert_int_equal(plan->price, 5);
    assert_text(plan->name, "basic");
    ok(f->s, plan_reload(f->s, plan));
    assert_int_equal(plan->price, 5);
}

static void test_rollback_of_many_rows_at_once(void **state)
{
    struct fixture *f = *state;
    struct plan *plan = the_plan(f, "basic", 5);
    ok(f->s, ar_begin(f->s));
    ok(f->s, plan_update_all(plan_query(f->s), ar_set(plan_column.price, 9), NULL));
    ok(f->s, plan_reload(f->s, plan));
    assert_int_equal(plan->price, 9);
    ok(f->s, ar_rollback(f->s));
    assert_int_equal(plan->price, 5);
    ok(f->s, plan_find(f->s, plan->id, &plan));
    assert_int_equal(plan->price, 5);
}

/* A record that was stale before the transaction is stale again after it: its row has changed since it was loaded. */
static void test_rollback_of_a_stale_record(void **state)
{
    struct fixture *f = *state;
    struct plan *plan = the_plan(f, "basic", 5);
    struct account account = {.name = "ann", .plan_id = plan->id}, *loaded;
    add_row(f, &account_model, &account);
    ok(f->s, account_find(f->s, account.id, &loaded));
    ok(f->s, plan_update_all(plan_query(f->s), ar_set(plan_column.price, 6), NULL));
    ok(f->s, ar_begin(f->s));
    ok(f->s, plan_find(f->s, plan->id, &plan));
    assert_int_equal(plan->price, 6);
    ok(f->s, ar_rollback(f->s));
    reset_statements(f);
    ok(f->s, account_plan(f->s, loaded, &plan));
    assert_int_equal(plan->price, 6);
    assert_statements(f, 1);
}

static void test_a_hundred_levels(void **state)
{
    struct fixture *f = *state;
    struct plan *plan = the_plan(f, "basic", 0);
    for (int level = 1; level <= 100; level++) {
        ok(f->s, ar_begin(f->s));
        plan->price = level;
        ok(f->s, plan_save(f->s, plan));
    }
    for (int level = 100; level > 50; level--) {
        ok(f->s, ar_rollback(f->s));
        assert_int_equal(plan->price, level - 1);
    }
    for (int level = 50; level > 0; level--)
        ok(f->s, ar_commit(f->s));
    ok(f->s, plan_reload(f->s, plan));
    assert_int_equal(plan->price, 50);
}

static void test_end_without_begin(void **state)
{
    struct fixture *f = *state;
    fails(f->s, AR_MISUSE, ar_commit(f->s));
    fails(f->s, AR_MISUSE, ar_rollback(f->s));
    ok(f->s, ar_begin(f->s));
    ok(f->s, ar_commit(f->s));
    fails(f->s, AR_MISUSE, ar_commit(f->s));
}

/* Clearing a session rolls back its open transaction. */
static void test_clear_rolls_back(void **state)
{
    struct fixture *f = *state;
    struct plan plan = {.name = "basic"};
    ok(f->s, ar_begin(f->s));
    ok(f->s, ar_begin(f->s));
    ok(f->s, plan_save(f->s, &plan));
    ar_session_clear(f->s);
    assert_int_equal(count_plans(f->s), 0);
    fails(f->s, AR_MISUSE, ar_commit(f->s));
    ok(f->other, ar_begin(f->other));
    ok(f->other, ar_rollback(f->other));
}

/* A foreign key that is checked at the end of the transaction. SQLite keeps the transaction open, so that the caller
 * can fix it; PostgreSQL rolls back. */
static void test_deferred_constraint(void **state)
{
    struct fixture *f = *state;
    ok(f->s, ar_execute(f->s, "DROP TABLE IF EXISTS children; DROP TABLE IF EXISTS parents"));
    ok(f->s, ar_execute(f->s, "CREATE TABLE parents (id INTEGER PRIMARY KEY);"
                              "CREATE TABLE children (parent_id INTEGER REFERENCES parents (id)"
                              " DEFERRABLE INITIALLY DEFERRED)"));
    ok(f->s, ar_begin(f->s));
    ok(f->s, ar_execute(f->s, "INSERT INTO children VALUES (1)"));
    fails(f->s, AR_CONSTRAINT, ar_commit(f->s));
    if (!fixture_is_sqlite()) {
        fails(f->s, AR_MISUSE, ar_commit(f->s));
        ok(f->s, ar_rollback(f->s));
        ok(f->s, ar_begin(f->s));
        ok(f->s, ar_execute(f->s, "INSERT INTO children VALUES (1)"));
    }
    ok(f->s, ar_execute(f->s, "INSERT INTO parents VALUES (1)"));
    ok(f->s, ar_commit(f->s));
    fails(f->s, AR_MISUSE, ar_rollback(f->s));
}

/* ---- Two sessions ------------------------------------------------------------------------------------------------ */

static void test_two_sessions_have_separate_records(void **state)
{
    struct fixture *f = *state;
    struct plan *mine = the_plan(f, "basic", 5), *theirs;
    ok(f->other, plan_find(f->other, mine->id, &theirs));
    assert_true(mine != theirs);
    theirs->price = 6;
    assert_int_equal(mine->price, 5);
    ok(f->other, plan_save(f->other, theirs));
    assert_int_equal(mine->price, 5);
    ok(f->s, plan_find(f->s, mine->id, &mine));
    assert_int_equal(mine->price, 6);
}

/* Each session writes only the columns it changed, so both changes are kept. */
static void test_two_sessions_write_different_columns(void **state)
{
    struct fixture *f = *state;
    struct plan *mine = the_plan(f, "basic", 5), *theirs;
    ok(f->other, plan_find(f->other, mine->id, &theirs));
    mine->price = 6;
    theirs->note = "theirs";
    ok(f->other, plan_save(f->other, theirs));
    ok(f->s, plan_save(f->s, mine));
    ok(f->other, plan_reload(f->other, theirs));
    assert_int_equal(theirs->price, 6);
    assert_text(theirs->note, "theirs");
}

/* When the row is read again, fields that the caller changed are kept, and the others are refreshed. */
static void test_a_changed_record_is_read_again(void **state)
{
    struct fixture *f = *state;
    struct plan *plan = the_plan(f, "basic", 5);
    plan->price = 6;
    run_sql(f, "UPDATE plans SET price = 7, note = 'theirs'");
    struct plan_list plans;
    ok(f->s, plan_all(plan_query(f->s), &plans));
    assert_ptr_equal(plans.items[0], plan);
    assert_int_equal(plan->price, 6);
    ok(f->s, plan_save(f->s, plan));
    struct plan *row;
    ok(f->other, plan_find(f->other, plan->id, &row));
    assert_int_equal(row->price, 6);
    assert_text(row->note, "theirs");
}

static void test_one_writer_at_a_time(void **state)
{
    struct fixture *f = *state;
    if (!fixture_is_sqlite())
        skip();
    struct ar_db *db;
    struct ar_session *s;
    char url[256];
    snprintf(url, sizeof url, "sqlite:%s", f->file);
    assert_int_equal(ar_db_open(url, &(struct ar_db_options){.busy_timeout_ms = 1}, &db), AR_OK);
    assert_int_equal(ar_session_open(db, NULL, &s), AR_OK);

    ok(f->s, ar_begin(f->s));
    fails(s, AR_BUSY, ar_begin(s));
    assert_error_names(s, "database is locked: another connection holds the lock; busy_timeout_ms is 1");
    struct plan plan = {.name = "basic"};
    fails(s, AR_BUSY, plan_save(s, &plan));
    assert_int_equal(plan.id, 0);
    ok(f->s, ar_commit(f->s));
    ok(s, plan_save(s, &plan));
    ar_session_close(s);
    ar_db_close(db);
}

/* ---- Read-only sessions ------------------------------------------------------------------------------------------ */

static void test_read_only_session(void **state)
{
    struct fixture *f = *state;
    struct plan stored = {.name = "basic", .price = 5}, *plan;
    add_row(f, &plan_model, &stored);
    reopen_session(f, (struct ar_session_options){.read_only = true});
    ok(f->s, plan_find(f->s, stored.id, &plan));
    assert_int_equal(count_plans(f->s), 1);
    reset_statements(f);

    struct plan added = {.name = "added"};
    plan->price = 6;
    fails(f->s, AR_MISUSE, plan_save(f->s, plan));
    fails(f->s, AR_MISUSE, plan_update(f->s, plan));
    fails(f->s, AR_MISUSE, plan_delete(f->s, plan));
    fails(f->s, AR_MISUSE, plan_save(f->s, &added));
    fails(f->s, AR_MISUSE, plan_insert(f->s, &added));
    fails(f->s, AR_MISUSE, plan_delete_all(plan_query(f->s), NULL));
    fails(f->s, AR_MISUSE, plan_update_all(plan_query(f->s), ar_set(plan_column.price, 1), NULL));
    assert_statements(f, 0);
    ok(f->s, plan_reload(f->s, plan));
    assert_int_equal(plan->price, 5);
    assert_text(plan->name, "basic");
}

/* The records of a read-only session have no images: a rollback restores what they contained. */
static void test_rollback_in_a_read_only_session(void **state)
{
    struct fixture *f = *state;
    struct plan stored = {.name = "basic", .price = 5}, *plan;
    add_row(f, &plan_model, &stored);
    reopen_session(f, (struct ar_session_options){.read_only = true});
    ok(f->s, plan_find(f->s, stored.id, &plan));
    run_sql(f, "UPDATE plans SET price = 6");
    ok(f->s, ar_begin(f->s));
    ok(f->s, plan_find(f->s, stored.id, &plan));
    assert_int_equal(plan->price, 6);
    ok(f->s, ar_rollback(f->s));
    assert_int_equal(plan->price, 5);
    assert_text(plan->name, "basic");
    ok(f->s, plan_find(f->s, stored.id, &plan)); /* it may have changed */
    assert_int_equal(plan->price, 6);
}

/* With .replica, a session on SQLite, or on a server without standbys, uses the database itself: writes are refused,
 * and rows committed by others are visible. */
static void test_replica_session(void **state)
{
    struct fixture *f = *state;
    struct plan stored = {.name = "basic"}, added = {.name = "added"};
    struct ar_session *wrong;
    struct ar_position position = {{1}};
    char text[AR_POSITION_LENGTH + 1];
    add_row(f, &plan_model, &stored);
    ok(f->other, ar_session_position(f->other, &position));
    ar_position_format(&position, text);
    assert_int_equal(*text == '\0', fixture_is_sqlite());
    reopen_session(f, (struct ar_session_options){.read_only = true, .replica = true, .after = position});
    assert_int_equal(count_plans(f->s), 1);
    fails(f->s, AR_MISUSE, plan_insert(f->s, &added));
    fails(f->s, AR_MISUSE, ar_execute(f->s, "DELETE FROM plans"));
    fails(f->s, AR_MISUSE, ar_create_tables(f->s, &plan_model));
    stored = (struct plan){.name = "another"};
    add_row(f, &plan_model, &stored);
    assert_int_equal(count_plans(f->s), 2);

    assert_int_equal(ar_session_open(f->db, &(struct ar_session_options){.replica = true}, &wrong), AR_MISUSE);
    assert_error_names(wrong, ".read_only");
    ar_session_close(wrong);
}

static enum ar_status save_plan(struct ar_session *s, void *plan)
{
    return plan_save(s, plan);
}

static void test_read_only_database(void **state)
{
    struct fixture *f = *state;
    struct ar_db *db;
    struct ar_session *s;
    char url[512];
    struct plan *mine = the_plan(f, "basic", 5), *plan;
    snprintf(url, sizeof url, "%s%s", f->file != NULL ? "sqlite:" : "",
             f->file != NULL ? f->file : getenv("ARMATURE_TEST_URL"));
    if (!fixture_is_sqlite())
        strcat(url, "&target_session_attrs=read-write"); /* does not override .read_only */
    const struct ar_db_options options[] = {
        {.read_only = true}, {.read_only = true, .no_named_statements = true}, {.read_only = true, .pooled = true}};
    for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
        assert_int_equal(ar_db_open(url, &options[i], &db), AR_OK);
        assert_int_equal(ar_session_open(db, NULL, &s), AR_OK);
        ok(s, plan_find(s, mine->id, &plan));
        plan->price = 6;
        fails(s, AR_DATABASE, plan_save(s, plan));
        fails(s, AR_DATABASE, ar_transaction(s, save_plan, plan));
        ar_session_close(s);
        ar_db_close(db);
    }
}

/* ---- Tables ------------------------------------------------------------------------------------------------------ */

static int open_nothing(void **state)
{
    if (fixture_open_with(state, NULL, NULL, NULL, 0) != 0)
        return -1;
    static const char *const tables[] = {"others", "accounts", "plans", "documents"};
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
        char sql[64];
        snprintf(sql, sizeof sql, "DROP TABLE IF EXISTS %s", tables[i]);
        run_sql(*state, sql);
    }
    reset_statements(*state);
    return 0;
}

static void test_create_tables_in_any_order(void **state)
{
    struct fixture *f = *state;
    ok(f->s, ar_create_tables(f->s, &account_model, &document_model, &plan_model));
    struct plan plan = {.name = "basic"};
    struct account account = {.name = "ann"};
    ok(f->s, plan_save(f->s, &plan));
    account.plan_id = plan.id;
    ok(f->s, account_save(f->s, &account));

    ok(f->s, ar_create_tables(f->s, &plan_model, &document_model, &account_model));
    assert_int_equal(count_plans(f->s), 1);
}

/* Inside a transaction of the caller, and undone with it. */
static void test_create_tables_in_a_transaction(void **state)
{
    struct fixture *f = *state;
    ok(f->s, ar_begin(f->s));
    ok(f->s, ar_create_tables(f->s, &plan_model));
    assert_int_equal(count_plans(f->s), 0);
    ok(f->s, ar_rollback(f->s));
    int64_t count;
    fails(f->s, AR_DATABASE, plan_count(plan_query(f->s), &count));
    assert_error_names(f->s, "plans");
    ok(f->s, ar_create_tables(f->s, &plan_model));
    assert_int_equal(count_plans(f->s), 0);
}

/* Either all tables are created or none. */
static void test_failed_create_tables(void **state)
{
    struct fixture *f = *state;
    ok(f->s, ar_execute(f->s, "CREATE TABLE others (id INTEGER PRIMARY KEY); CREATE INDEX accounts ON others (id)"));
    assert_int_not_equal(ar_create_tables(f->s, &plan_model, &account_model), AR_OK);
    assert_non_null(ar_session_error(f->s)->sql);
    int64_t count;
    fails(f->s, AR_DATABASE, plan_count(plan_query(f->s), &count));
}

static void test_execute(void **state)
{
    struct fixture *f = *state;
    ok(f->s, ar_create_tables(f->s, &plan_model));
    struct plan plan = {.name = "basic", .price = 5}, *loaded;
    ok(f->s, plan_save(f->s, &plan));
    ok(f->s, plan_find(f->s, plan.id, &loaded));
    ok(f->s, ar_execute(f->s, "UPDATE plans SET price = 6; INSERT INTO plans (name, price) VALUES ('second', 7);"
                              " -- and a comment at the end\n"));
    assert_int_equal(count_plans(f->s), 2);
    ok(f->s, plan_find(f->s, plan.id, &loaded));
    assert_int_equal(loaded->price, 6);

    assert_int_not_equal(ar_execute(f->s, "SELEC 1"), AR_OK);
    assert_error_names(f->s, "SELEC");
    ok(f->s, ar_execute(f->s, ""));
    ok(f->s, ar_execute(f->s, "SELECT * FROM plans"));
}

/* User SQL must not begin or end a transaction, because the session cannot track it. */
static void test_execute_of_a_transaction(void **state)
{
    struct fixture *f = *state;
    ok(f->s, ar_create_tables(f->s, &plan_model));
    fails(f->s, AR_MISUSE, ar_execute(f->s, "BEGIN"));
    assert_error_names(f->s, "ar_begin");

    struct plan plan = {.name = "basic"}, other = {.name = "second"};
    ok(f->s, ar_begin(f->s));
    ok(f->s, plan_save(f->s, &plan));
    fails(f->s, AR_MISUSE, ar_execute(f->s, "COMMIT"));
    fails(f->s, AR_MISUSE, plan_save(f->s, &other));
    ok(f->s, ar_rollback(f->s));
    assert_int_equal(count_plans(f->s), 1); /* COMMIT had already run */
}

/* After a rollback a string that is written in place belongs to the record again: the next save detects the change. */
static void test_rollback_of_a_text_in_place(void **state)
{
    struct fixture *f = *state;
    struct document document = {.body = (char[]){"body"}}, *loaded, *theirs;
    add_row(f, &document_model, &document);
    ok(f->s, document_find(f->s, document.id, &loaded));
    ok(f->s, ar_begin(f->s));
    loaded->title = "title";
    ok(f->s, document_save(f->s, loaded));
    ok(f->s, ar_rollback(f->s));

    loaded->body[0] = 'B';
    ok(f->s, document_save(f->s, loaded));
    ar_session_clear(f->other);
    ok(f->other, document_find(f->other, document.id, &theirs));
    assert_text(theirs->body, "Body");
}

/* When a statement fails, PostgreSQL aborts the transaction, SQLite only the statement. In both cases the commit
 * reports the outcome. */
static void test_commit_after_a_failure(void **state)
{
    struct fixture *f = *state;
    struct plan plan = {.name = "basic"}, same;
    ok(f->s, ar_begin(f->s));
    ok(f->s, plan_save(f->s, &plan));
    same = plan;
    fails(f->s, AR_CONSTRAINT, plan_insert(f->s, &same));
    if (fixture_is_sqlite()) {
        ok(f->s, ar_commit(f->s));
    } else {
        fails(f->s, AR_MISUSE, ar_commit(f->s));
        ok(f->s, ar_rollback(f->s));
    }
    assert_int_equal(count_plans(f->s), fixture_is_sqlite() ? 1 : 0);
}

/* Another session alters a table that has prepared statements: no call fails. */
static void test_altered_table(void **state)
{
    struct fixture *f = *state;
    struct plan *plan = the_plan(f, "basic", 5);
    int64_t id = plan->id;
    if (fixture_is_sqlite())
        skip();
    run_sql(f, "ALTER TABLE plans ALTER COLUMN price TYPE integer");
    ok(f->s, plan_find(f->s, id, &plan));
    assert_int_equal(plan->price, 5);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, open_accounts, fixture_close)
#define TEST_TABLES(function) cmocka_unit_test_setup_teardown(function, open_nothing, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_commit),
        TEST(test_rollback_restores_records),
        TEST(test_rollback_of_an_insert),
        TEST(test_rollback_of_a_delete),
        TEST(test_rollback_of_a_version),
        TEST(test_rollback_to_a_savepoint),
        TEST(test_commit_within_a_rollback),
        TEST(test_rollback_of_many_rows_at_once),
        TEST(test_rollback_of_a_stale_record),
        TEST(test_rollback_of_a_text_in_place),
        TEST(test_commit_after_a_failure),
        TEST(test_altered_table),
        TEST(test_a_hundred_levels),
        TEST(test_end_without_begin),
        TEST(test_clear_rolls_back),
        TEST(test_deferred_constraint),
        TEST(test_two_sessions_have_separate_records),
        TEST(test_two_sessions_write_different_columns),
        TEST(test_a_changed_record_is_read_again),
        TEST(test_one_writer_at_a_time),
        TEST(test_read_only_session),
        TEST(test_rollback_in_a_read_only_session),
        TEST(test_replica_session),
        TEST(test_read_only_database),
        TEST_TABLES(test_create_tables_in_any_order),
        TEST_TABLES(test_create_tables_in_a_transaction),
        TEST_TABLES(test_failed_create_tables),
        TEST_TABLES(test_execute),
        TEST_TABLES(test_execute_of_a_transaction),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
