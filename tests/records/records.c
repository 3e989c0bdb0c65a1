/* Single records, S-111 to S-114: find, insert, update, save, delete and reload, for records of the session and for
 * caller-owned structs. Validation rules are in rules.c, other keys in keys.c. */
#include "account.ar.h"
#include "support.h"

#include <stdlib.h>
#include <string.h>

static int open_accounts(void **state)
{
    return fixture_open(state, &plan_model, &account_model, &document_model, &setting_model);
}

static int64_t add_plan(struct fixture *f, const char *name, int64_t price)
{
    struct plan plan = {.name = name, .price = price};
    add_row(f, &plan_model, &plan);
    return plan.id;
}

/* Return the session's record of an existing plan. */
static struct plan *the_plan(struct fixture *f, int64_t id)
{
    struct plan *plan;
    ok(f->s, plan_find(f->s, id, &plan));
    reset_statements(f);
    return plan;
}

static struct document *the_document(struct fixture *f, const char *title, const char *body)
{
    char text[64];
    strcpy(text, body);
    struct document added = {.title = title, .body = text};
    add_row(f, &document_model, &added);
    struct document *document;
    ok(f->s, document_find(f->s, added.id, &document));
    reset_statements(f);
    return document;
}

/* Another session reads these values from the row. */
static void assert_plan_row(struct fixture *f, int64_t id, const char *name, int64_t price)
{
    struct plan *row;
    f->is_paused = true;
    ar_session_clear(f->other);
    ok(f->other, plan_find(f->other, id, &row));
    assert_text(row->name, name);
    assert_int_equal(row->price, price);
    f->is_paused = false;
}

/* ---- S-111 ------------------------------------------------------------------------------------------------------- */

static void test_s111_find(void **state)
{
    struct fixture *f = *state;
    int64_t id = add_plan(f, "basic", 5);

    struct plan *plan, *again;
    ok(f->s, plan_find(f->s, id, &plan));
    assert_int_equal(plan->id, id);
    assert_text(plan->name, "basic");
    assert_int_equal(plan->price, 5);
    assert_null(plan->note);
    assert_statements(f, 1);
    ok(f->s, plan_find(f->s, id, &again));
    assert_ptr_equal(again, plan);
    assert_statements(f, 1);
}

static void test_s111_find_missing(void **state)
{
    struct fixture *f = *state;
    int64_t id = add_plan(f, "basic", 5);

    struct plan *plan = (struct plan *)&id;
    fails(f->s, AR_NOT_FOUND, plan_find(f->s, 999, &plan));
    assert_null(plan);
    assert_error_names(f->s, "plan");
    assert_error_names(f->s, "999");
    assert_text(ar_session_error(f->s)->model, "plan");
    assert_statements(f, 1);

    /* A later success leaves the message unchanged. */
    ok(f->s, plan_find(f->s, id, &plan));
    assert_int_equal(ar_session_error(f->s)->status, AR_NOT_FOUND);
    assert_error_names(f->s, "999");
}

static void test_s111_find_refreshes_unchanged_fields(void **state)
{
    struct fixture *f = *state;
    struct plan *plan = the_plan(f, add_plan(f, "basic", 5));
    run_sql(f, "UPDATE plans SET name = 'other', price = 6");

    ok(f->s, plan_find(f->s, plan->id, &plan));
    assert_text(plan->name, "other");
    assert_int_equal(plan->price, 6);

    plan->price = 7;
    run_sql(f, "UPDATE plans SET price = 8");
    ok(f->s, plan_find(f->s, plan->id, &plan));
    assert_int_equal(plan->price, 7);
}

/* ---- S-112 ------------------------------------------------------------------------------------------------------- */

static void test_s112_insert_sets_the_key(void **state)
{
    struct fixture *f = *state;
    struct plan plan = {.name = "basic", .price = 5};
    ok(f->s, plan_save(f->s, &plan));
    assert_statements(f, 1);
    assert_true(plan.id > 0);
    assert_plan_row(f, plan.id, "basic", 5);

    struct plan second = {.name = "second"};
    ok(f->s, plan_insert(f->s, &second));
    assert_true(second.id > plan.id);
}

static void test_s112_insert_with_an_explicit_key(void **state)
{
    struct fixture *f = *state;
    struct plan plan = {.id = 41, .name = "chosen"};
    ok(f->s, plan_insert(f->s, &plan));
    assert_int_equal(plan.id, 41);
    assert_plan_row(f, 41, "chosen", 0);

    struct plan next = {.name = "next"};
    ok(f->s, plan_insert(f->s, &next));
    assert_int_equal(next.id, fixture_is_sqlite() ? 42 : 1); /* PostgreSQL's sequence ignores explicit keys */
}

static void test_s112_update_writes_changed_columns(void **state)
{
    struct fixture *f = *state;
    struct plan *plan = the_plan(f, add_plan(f, "basic", 5));
    run_sql(f, "UPDATE plans SET name = 'changed by another'");

    plan->price = 6;
    ok(f->s, plan_update(f->s, plan));
    assert_non_null(strstr(f->last_sql, "price"));
    assert_null(strstr(f->last_sql, "name"));
    assert_statements(f, 1);
    assert_plan_row(f, plan->id, "changed by another", 6);
}

static void test_s112_unchanged_save_writes_nothing(void **state)
{
    struct fixture *f = *state;
    struct plan *plan = the_plan(f, add_plan(f, "basic", 5));
    ok(f->s, plan_save(f->s, plan));
    ok(f->s, plan_update(f->s, plan));
    assert_statements(f, 0);

    /* A copy of the same text at another address is not a change. */
    char copy[] = "basic";
    plan->name = copy;
    ok(f->s, plan_save(f->s, plan));
    assert_statements(f, 0);
    copy[0] = 'X';
    assert_text(plan->name, "basic");

    plan->price = 6;
    ok(f->s, plan_save(f->s, plan));
    assert_statements(f, 1);
    ok(f->s, plan_save(f->s, plan));
    assert_statements(f, 0);
}

static void test_s112_null_is_a_change(void **state)
{
    struct fixture *f = *state;
    struct plan *plan = the_plan(f, add_plan(f, "basic", 5));
    plan->note = "";
    ok(f->s, plan_save(f->s, plan));
    assert_statements(f, 1);
    ok(f->s, plan_reload(f->s, plan));
    assert_text(plan->note, "");
    plan->note = NULL;
    reset_statements(f);
    ok(f->s, plan_save(f->s, plan));
    assert_statements(f, 1);
    ok(f->s, plan_reload(f->s, plan));
    assert_null(plan->note);
}

/* A caller-owned struct is matched by its key. Only the columns that differ from the loaded row are written, and the
 * session's record is updated. */
static void test_s112_save_of_a_caller_owned_struct(void **state)
{
    struct fixture *f = *state;
    struct plan *plan = the_plan(f, add_plan(f, "basic", 5));

    struct plan own = {.id = plan->id, .name = "own", .price = 5};
    ok(f->s, plan_save(f->s, &own));
    assert_null(strstr(f->last_sql, "price"));
    assert_statements(f, 1);
    assert_plan_row(f, own.id, "own", 5);
    ok(f->s, plan_find(f->s, own.id, &plan));
    assert_text(plan->name, "own");
    assert_true(plan != &own);
}

/* If SQL of the session has changed the rows since they were loaded, a caller-owned struct is written completely. */
static void test_s112_save_of_a_struct_after_an_update_of_all(void **state)
{
    struct fixture *f = *state;
    struct plan *plan = the_plan(f, add_plan(f, "basic", 5));
    struct plan own = {.id = plan->id, .name = "basic", .price = 5};
    ok(f->s, plan_update_all(plan_query(f->s), ar_set(plan_column.price, 6), NULL));
    ok(f->s, plan_save(f->s, &own));
    assert_plan_row(f, own.id, "basic", 5);
    ok(f->s, ar_execute(f->s, "UPDATE plans SET name = 'other'"));
    ok(f->s, plan_save(f->s, &own));
    assert_plan_row(f, own.id, "basic", 5);

    /* The session's own record was loaded earlier: only the fields that the caller changed are written. */
    ok(f->s, plan_update_all(plan_query(f->s), ar_set(plan_column.price, 7), NULL));
    plan->name = "mine";
    ok(f->s, plan_save(f->s, plan));
    assert_plan_row(f, own.id, "mine", 7);
}

/* If the session has not loaded the row, all columns are written. */
static void test_s112_save_of_a_struct_the_session_has_not_loaded(void **state)
{
    struct fixture *f = *state;
    struct plan own = {.id = add_plan(f, "basic", 5), .name = "own", .price = 6};
    ok(f->s, plan_save(f->s, &own));
    assert_statements(f, 1);
    assert_plan_row(f, own.id, "own", 6);
}

static void test_s112_saved_struct_is_saved_again(void **state)
{
    struct fixture *f = *state;
    struct plan own = {.name = "first", .price = 5};
    ok(f->s, plan_save(f->s, &own));
    own.name = "second";
    ok(f->s, plan_save(f->s, &own));
    assert_plan_row(f, own.id, "second", 5);
    assert_statements(f, 2);
}

/* After a save, a record of the session never points to caller-owned memory. */
static void test_s112_assigned_text_is_copied(void **state)
{
    struct fixture *f = *state;
    struct plan *plan = the_plan(f, add_plan(f, "basic", 5));
    char text[] = "mine";
    plan->name = text;
    ok(f->s, plan_save(f->s, plan));
    text[0] = 'X';
    assert_text(plan->name, "mine");
    ok(f->s, plan_save(f->s, plan));
    assert_statements(f, 1);
}

static void test_s112_text_edited_in_place_is_saved(void **state)
{
    struct fixture *f = *state;
    struct document *document = the_document(f, "title", "body");
    document->body[0] = 'B';
    ok(f->s, document_save(f->s, document));
    assert_statements(f, 1);
    ok(f->s, document_reload(f->s, document));
    assert_text(document->body, "Body");

    document->body[0] = 'M';
    reset_statements(f);
    ok(f->s, document_find(f->s, document->id, &document));
    assert_text(document->body, "Mody"); /* changed by the caller, so it is kept */
    ok(f->s, document_save(f->s, document));
    assert_statements(f, 2);
}

static void test_s112_defaults(void **state)
{
    struct fixture *f = *state;
    struct setting setting = {0};
    ok(f->s, setting_save(f->s, &setting));
    assert_statements(f, 1);
    assert_text(setting.name, "it's");
    assert_int_equal(setting.level, 7);
    assert_int_equal(setting.plain, 0);
    assert_text(setting.upper, "ABC");

    struct setting given = {.name = "given", .level = 1, .plain = 2, .upper = ""};
    ok(f->s, setting_save(f->s, &given));
    assert_text(given.name, "given");
    assert_int_equal(given.level, 1);
    assert_int_equal(given.plain, 2);
    assert_text(given.upper, "");

    /* Defaults apply to inserts only. */
    given.level = 0;
    given.name = NULL;
    ok(f->s, setting_save(f->s, &given));
    ok(f->s, setting_reload(f->s, &given));
    assert_null(given.name);
    assert_int_equal(given.level, 0);
}

static void test_s112_reload(void **state)
{
    struct fixture *f = *state;
    struct plan *plan = the_plan(f, add_plan(f, "basic", 5));
    plan->name = "mine";
    run_sql(f, "UPDATE plans SET price = 6");
    ok(f->s, plan_reload(f->s, plan));
    assert_text(plan->name, "basic");
    assert_int_equal(plan->price, 6);
    assert_statements(f, 1);
    ok(f->s, plan_save(f->s, plan));
    assert_statements(f, 0);

    struct plan own = {.id = plan->id};
    ok(f->s, plan_reload(f->s, &own));
    assert_text(own.name, "basic");
    assert_int_equal(own.price, 6);
}

static void test_s112_version(void **state)
{
    struct fixture *f = *state;
    struct document *document = the_document(f, "title", "body");
    int32_t revision = document->revision;
    document->title = "second";
    ok(f->s, document_save(f->s, document));
    assert_int_equal(document->revision, revision + 1);

    run_sql(f, "UPDATE documents SET title = 'faster', revision = revision + 1");
    document->title = "slower";
    reset_statements(f);
    fails(f->s, AR_CONFLICT, document_save(f->s, document));
    assert_error_names(f->s, "document");
    assert_int_equal(document->revision, revision + 1);
    assert_text(document->title, "slower");

    ok(f->s, document_reload(f->s, document));
    assert_text(document->title, "faster");
    document->title = "again";
    ok(f->s, document_save(f->s, document));
    assert_int_equal(document->revision, revision + 3);
}

/* ---- S-113 ------------------------------------------------------------------------------------------------------- */

static void test_s113_deleted_row(void **state)
{
    struct fixture *f = *state;
    struct plan *plan = the_plan(f, add_plan(f, "basic", 5));
    run_sql(f, "DELETE FROM plans");

    plan->price = 6;
    fails(f->s, AR_NOT_FOUND, plan_update(f->s, plan));
    assert_error_names(f->s, "plan");
    fails(f->s, AR_NOT_FOUND, plan_save(f->s, plan));
    fails(f->s, AR_NOT_FOUND, plan_delete(f->s, plan));
    fails(f->s, AR_NOT_FOUND, plan_reload(f->s, plan));
    assert_int_equal(plan->price, 6);
    assert_text(plan->name, "basic");

    struct plan own = {.id = 999, .name = "own"};
    fails(f->s, AR_NOT_FOUND, plan_save(f->s, &own));
    fails(f->s, AR_NOT_FOUND, plan_delete(f->s, &own));
}

static void test_s113_a_version_of_a_deleted_row(void **state)
{
    struct fixture *f = *state;
    struct document *document = the_document(f, "title", "body");
    run_sql(f, "DELETE FROM documents");
    document->title = "late";
    fails(f->s, AR_NOT_FOUND, document_save(f->s, document));
}

static void test_s113_delete(void **state)
{
    struct fixture *f = *state;
    struct plan *plan = the_plan(f, add_plan(f, "basic", 5));
    int64_t id = plan->id;
    ok(f->s, plan_delete(f->s, plan));
    assert_statements(f, 1);
    assert_text(plan->name, "basic"); /* its memory remains valid */

    struct plan *gone;
    fails(f->s, AR_NOT_FOUND, plan_find(f->s, id, &gone));
    fails(f->s, AR_NOT_FOUND, plan_delete(f->s, plan));
}

static void test_s113_delete_without_a_key(void **state)
{
    struct fixture *f = *state;
    add_plan(f, "basic", 5);
    struct plan own = {.name = "never saved"};
    assert_int_not_equal(plan_delete(f->s, &own), AR_OK);
    assert_int_not_equal(plan_update(f->s, &own), AR_OK);
    assert_int_not_equal(plan_reload(f->s, &own), AR_OK);
    int64_t count;
    ok(f->s, plan_count(plan_query(f->s), &count));
    assert_int_equal(count, 1);
}

/* ---- S-114 ------------------------------------------------------------------------------------------------------- */

/* Read the same clock as the runtime: time() may lag behind it by a tick. */
static time_t seconds_now(void)
{
    struct timespec now;
    assert_int_equal(clock_gettime(CLOCK_REALTIME, &now), 0);
    return now.tv_sec;
}

static void test_s114_timestamps_of_an_insert(void **state)
{
    struct fixture *f = *state;
    struct account account = {.name = "ann", .email = "ann@example.com"};
    struct document document = {.title = "title"};
    time_t before = seconds_now();
    ok(f->s, account_save(f->s, &account));
    ok(f->s, document_save(f->s, &document));
    time_t after = seconds_now();

    assert_in_range(account.created_at, before, after);
    assert_int_equal(account.updated_at, account.created_at);
    assert_in_range(document.created_at.tv_sec, before, after);
    assert_in_range(document.updated_at.tv_sec, before, after);
    assert_statements(f, 2);

    struct account *stored;
    ok(f->other, account_find(f->other, account.id, &stored));
    assert_int_equal(stored->created_at, account.created_at);
    assert_int_equal(stored->updated_at, account.updated_at);
}

static void test_s114_an_explicit_creation_time_is_kept(void **state)
{
    struct fixture *f = *state;
    struct account account = {.name = "ann", .created_at = 1000, .updated_at = 1000};
    time_t before = seconds_now();
    ok(f->s, account_save(f->s, &account));
    assert_int_equal(account.created_at, 1000);
    assert_true(account.updated_at >= before);
    struct document document = {.title = "early", .created_at = {.tv_nsec = 5000}};
    ok(f->s, document_save(f->s, &document));
    assert_true(document.created_at.tv_sec == 0 && document.created_at.tv_nsec == 5000);
}

/* Set the timestamps of all accounts. */
static void set_times(struct fixture *f, time_t created_at, time_t updated_at)
{
    const struct ar_assignment times =
        ar_sets(ar_set(account_column.created_at, created_at), ar_set(account_column.updated_at, updated_at));
    ok(f->other, account_update_all(account_query(f->other), times, NULL));
}

static void test_s114_timestamps_of_an_update(void **state)
{
    struct fixture *f = *state;
    struct account account = {.name = "ann"};
    add_row(f, &account_model, &account);
    set_times(f, 1000, 2000);
    struct account *loaded;
    ok(f->s, account_find(f->s, account.id, &loaded));
    reset_statements(f);

    ok(f->s, account_save(f->s, loaded));
    assert_statements(f, 0);
    assert_int_equal(loaded->updated_at, 2000);

    time_t before = seconds_now();
    loaded->age = 30;
    ok(f->s, account_save(f->s, loaded));
    assert_statements(f, 1);
    assert_int_equal(loaded->created_at, 1000);
    assert_true(loaded->updated_at >= before);
    time_t written = loaded->updated_at;
    ok(f->s, account_reload(f->s, loaded));
    assert_int_equal(loaded->created_at, 1000);
    assert_int_equal(loaded->updated_at, written);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, open_accounts, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_s111_find),
        TEST(test_s111_find_missing),
        TEST(test_s111_find_refreshes_unchanged_fields),
        TEST(test_s112_insert_sets_the_key),
        TEST(test_s112_insert_with_an_explicit_key),
        TEST(test_s112_update_writes_changed_columns),
        TEST(test_s112_unchanged_save_writes_nothing),
        TEST(test_s112_null_is_a_change),
        TEST(test_s112_save_of_a_caller_owned_struct),
        TEST(test_s112_save_of_a_struct_after_an_update_of_all),
        TEST(test_s112_save_of_a_struct_the_session_has_not_loaded),
        TEST(test_s112_saved_struct_is_saved_again),
        TEST(test_s112_assigned_text_is_copied),
        TEST(test_s112_text_edited_in_place_is_saved),
        TEST(test_s112_defaults),
        TEST(test_s112_reload),
        TEST(test_s112_version),
        TEST(test_s113_deleted_row),
        TEST(test_s113_a_version_of_a_deleted_row),
        TEST(test_s113_delete),
        TEST(test_s113_delete_without_a_key),
        TEST(test_s114_timestamps_of_an_insert),
        TEST(test_s114_an_explicit_creation_time_is_kept),
        TEST(test_s114_timestamps_of_an_update),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
