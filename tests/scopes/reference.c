/* Foreign keys that refer to unique columns other than the primary key: contents and the number of statements, however
 * they are loaded, and what a write drops from the cache. */
#include "support.h"

#include "reference.ar.h"

#include <stdio.h>
#include <string.h>

static int open_reference(void **state)
{
    return fixture_open(state, &client_model, &letter_model, &call_model, &visit_model);
}

#define story(test) cmocka_unit_test_setup_teardown(test, open_reference, fixture_close)

/* ---- Rows -------------------------------------------------------------------------------------------------------- */

/* Clients ada (id 1, number 30), bob (id 2, number 20) and cyd (id 3, without a number), whose keys are not their
 * numbers. Letters 1 and 3 to ada, 2 to bob, 4 to nobody; calls 1 and 2 of bob, 3 of ada, 4 of nobody; visits 1 of bob,
 * 2 of ada. */
static void given_clients(struct fixture *f)
{
    static const char *const names[] = {"ada", "bob", "cyd"};
    static const int32_t numbers[] = {30, 20, 0}, callers[] = {20, 20, 30, 0};
    static const char *const receivers[] = {"ada@x.org", "bob@x.org", "ada@x.org", NULL};
    for (int i = 0; i < 3; i++) {
        char email[16];
        struct client client = {.email = email, .number = numbers[i], .tenant_id = 5, .name = names[i]};
        snprintf(email, sizeof email, "%s@x.org", names[i]);
        snprintf(client.code, sizeof client.code, "c%d", i + 1);
        add_row(f, &client_model, &client);
    }
    for (int i = 0; i < 4; i++) {
        add_row(f, &letter_model, &(struct letter){.client_email = receivers[i], .subject = "hello"});
        add_row(f, &call_model, &(struct call){.client_number = callers[i]});
    }
    add_row(f, &visit_model, &(struct visit){.tenant_id = 5, .client_code = "c2"});
    add_row(f, &visit_model, &(struct visit){.tenant_id = 5, .client_code = "c1"});
    reset_statements(f);
}

static struct client_list all_clients(struct fixture *f)
{
    struct client_list clients;
    struct client_query *query = client_query(f->s);
    client_order_by(query, ar_asc(client_column.id));
    ok(f->s, client_all(query, &clients));
    reset_statements(f);
    return clients;
}

static struct letter_list all_letters(struct fixture *f)
{
    struct letter_list letters;
    struct letter_query *query = letter_query(f->s);
    letter_order_by(query, ar_asc(letter_column.id));
    ok(f->s, letter_all(query, &letters));
    reset_statements(f);
    return letters;
}

static void assert_letters(struct fixture *f, const struct client *client, size_t count, int64_t first)
{
    struct letter_list letters;
    ok(f->s, client_letters(f->s, client, &letters));
    assert_int_equal(letters.count, count);
    if (count > 0)
        assert_int_equal(letters.items[0]->id, first);
}

static void assert_client(struct fixture *f, const struct letter *letter, int64_t id)
{
    struct client *client;
    ok(f->s, letter_client(f->s, letter, &client));
    assert_int_equal(client != NULL ? client->id : 0, id);
}

/* ---- Loading ----------------------------------------------------------------------------------------------------- */

/* S-136: both sides of a foreign key to a unique column load for all siblings. */
static void test_s136_siblings(void **state)
{
    struct fixture *f = *state;
    given_clients(f);
    struct client_list clients = all_clients(f);
    struct letter_list letters = all_letters(f);
    assert_letters(f, clients.items[0], 2, 1);
    assert_letters(f, clients.items[1], 1, 2);
    assert_letters(f, clients.items[2], 0, 0);
    assert_statements(f, 1);
    static const int64_t expected[] = {1, 2, 1, 0};
    for (size_t i = 0; i < 4; i++)
        assert_client(f, letters.items[i], expected[i]);
    assert_statements(f, 1);
}

static void test_s136_one_owner(void **state)
{
    struct fixture *f = *state;
    struct letter *letter;
    struct client *client;
    struct call *call;
    given_clients(f);
    ok(f->s, letter_find(f->s, 2, &letter));
    reset_statements(f);
    assert_client(f, letter, 2);
    assert_client(f, letter, 2);
    assert_statements(f, 1);
    ok(f->s, letter_client(f->s, letter, &client));
    assert_letters(f, client, 1, 2);
    ok(f->s, client_last_call(f->s, client, &call));
    assert_int_equal(call->id, 2);
    assert_statements(f, 2);
    ok(f->s, letter_few_client(f->s, letter, &client));
    assert_text(client->name, "bob");
    assert_statements(f, 1);
}

/* Counts depend on the unique column as the lists do, and follow from a loaded list without a statement. */
static void test_counts(void **state)
{
    struct fixture *f = *state;
    int64_t count;
    given_clients(f);
    struct client_list clients = all_clients(f);
    static const int64_t expected[] = {2, 1, 0};
    for (size_t i = 0; i < 3; i++) {
        ok(f->s, client_letters_count(f->s, clients.items[i], &count));
        assert_int_equal(count, expected[i]);
    }
    assert_statements(f, 1);
    assert_letters(f, clients.items[0], 2, 1);
    struct letter fresh = {.client_email = "ada@x.org"};
    ok(f->s, letter_insert(f->s, &fresh));
    reset_statements(f);
    ok(f->s, client_letters_count(f->s, clients.items[0], &count));
    assert_int_equal(count, 3);
    assert_statements(f, 1);
}

/* A dangling key, which PostgreSQL and SQLite refuse to store, is NULL, and remembered. */
static void test_dangling(void **state)
{
    struct fixture *f = *state;
    struct letter stranger = {.id = 77, .client_email = "eve@x.org"};
    given_clients(f);
    assert_client(f, &stranger, 0);
    assert_client(f, &stranger, 0);
    assert_statements(f, 1);
}

static void test_unsaved(void **state)
{
    struct fixture *f = *state;
    struct client fresh = {.email = "ada@x.org"};
    given_clients(f);
    assert_letters(f, &fresh, 0, 0);
    assert_statements(f, 0);
}

static void test_integers(void **state)
{
    struct fixture *f = *state;
    given_clients(f);
    struct client_list clients = all_clients(f);
    static const size_t expected[] = {1, 2, 0};
    for (size_t i = 0; i < 3; i++) {
        struct call_list calls;
        ok(f->s, client_calls(f->s, clients.items[i], &calls));
        assert_int_equal(calls.count, expected[i]);
    }
    assert_statements(f, 1);
    static const int64_t last[] = {3, 2, 0};
    for (size_t i = 0; i < 3; i++) {
        struct call *call;
        ok(f->s, client_last_call(f->s, clients.items[i], &call));
        assert_int_equal(call != NULL ? call->id : 0, last[i]);
    }
    assert_statements(f, 1);
}

static void test_two_columns(void **state)
{
    struct fixture *f = *state;
    struct visit_list visits;
    given_clients(f);
    struct visit_query *query = visit_query(f->s);
    visit_order_by(query, ar_asc(visit_column.id));
    ok(f->s, visit_all(query, &visits));
    reset_statements(f);
    for (size_t i = 0; i < 2; i++) {
        struct client *client;
        struct visit_list back;
        ok(f->s, visit_client(f->s, visits.items[i], &client));
        assert_int_equal(client->id, 2 - (int)i);
        ok(f->s, client_visits(f->s, client, &back));
        assert_int_equal(back.count, 1);
        assert_ptr_equal(back.items[0], visits.items[i]);
    }
    assert_statements(f, 2);
}

/* S-137: eager loads are the same in every plan, and so are explicit loads and queries. */
static void test_s137_eager(void **state)
{
    struct fixture *f = *state;
    static const enum ar_plan plans[] = {AR_PLAN_AUTO, AR_PLAN_WAVES, AR_PLAN_ONE_TRIP};
    given_clients(f);
    for (size_t i = 0; i < 3; i++) {
        struct letter_list letters;
        struct client *client;
        struct call_list calls;
        ar_session_clear(f->s);
        struct letter_query *query = letter_query(f->s);
        ar_query_plan(query, plans[i]);
        letter_where(query, ar_ne(letter_column.id, 2));
        letter_order_by(query, ar_asc(letter_column.id));
        struct client_query *with_client = letter_with_client(query);
        client_with_calls(with_client);
        client_with_last_call(with_client);
        reset_statements(f);
        ok(f->s, letter_all(query, &letters));
        assert_statements(f, 4);
        assert_client(f, letters.items[0], 1);
        assert_client(f, letters.items[1], 1);
        assert_client(f, letters.items[2], 0);
        ok(f->s, letter_client(f->s, letters.items[0], &client));
        ok(f->s, client_calls(f->s, client, &calls));
        assert_int_equal(calls.count, 1);
        assert_statements(f, 0);
    }
}

static void test_s137_explicit_and_query(void **state)
{
    struct fixture *f = *state;
    struct letter_list list;
    struct client *client;
    given_clients(f);
    struct client_list clients = all_clients(f);
    struct letter_list letters = all_letters(f);
    ok(f->s, client_load_letters(f->s, clients.items, 3));
    ok(f->s, letter_load_client(f->s, letters.items, 4));
    assert_statements(f, 2);
    assert_letters(f, clients.items[0], 2, 1);
    assert_client(f, letters.items[2], 1);
    assert_statements(f, 0);
    ok(f->s, letter_all(client_letters_query(f->s, clients.items[0]), &list));
    assert_int_equal(list.count, 2);
    ok(f->s, client_one(letter_client_query(f->s, letters.items[1]), &client));
    assert_ptr_equal(client, clients.items[1]);
    ok(f->s, letter_all(client_letters_query(f->s, &(struct client){.email = "ada@x.org"}), &list));
    assert_int_equal(list.count, 0);
}

static void test_strict_and_clear(void **state)
{
    struct fixture *f = *state;
    struct letter_list letters;
    struct client *client;
    given_clients(f);
    struct letter_list all = all_letters(f);
    assert_client(f, all.items[0], 1);
    letter_client_clear_cache(f->s, all.items[0]);
    reset_statements(f);
    assert_client(f, all.items[0], 1);
    assert_statements(f, 1);
    ar_session_clear(f->s);
    struct letter_query *query = by_key(letter_query(f->s), &letter_model);
    letter_strict(query);
    ok(f->s, letter_all(query, &letters));
    fails(f->s, AR_MISUSE, letter_client(f->s, letters.items[0], &client));
}

/* ---- Writes ------------------------------------------------------------------------------------------------------ */

/* S-138: what an owner or a target has in its unique column decides, however it got there. */
static void test_s138_foreign_key_changes(void **state)
{
    struct fixture *f = *state;
    given_clients(f);
    struct client_list clients = all_clients(f);
    struct letter_list letters = all_letters(f);
    assert_letters(f, clients.items[0], 2, 1);
    assert_letters(f, clients.items[1], 1, 2);
    assert_client(f, letters.items[0], 1);
    letters.items[0]->client_email = "bob@x.org";
    assert_client(f, letters.items[0], 2); /* by the struct, before it is saved */
    ok(f->s, letter_save(f->s, letters.items[0]));
    assert_letters(f, clients.items[0], 1, 3);
    assert_letters(f, clients.items[1], 2, 1);
}

static void test_s138_referred_column_changes(void **state)
{
    struct fixture *f = *state;
    given_clients(f);
    struct client_list clients = all_clients(f);
    struct letter_list letters = all_letters(f);
    struct call stranger = {.id = 77, .client_number = 40};
    struct client *client;
    ok(f->s, call_client(f->s, &stranger, &client));
    assert_null(client);
    assert_client(f, letters.items[0], 1);
    clients.items[2]->number = 40;
    clients.items[2]->email = "cyd@y.org"; /* no letter refers to it */
    ok(f->s, client_save(f->s, clients.items[2]));
    ok(f->s, call_client(f->s, &stranger, &client));
    assert_ptr_equal(client, clients.items[2]);
    reset_statements(f);
    assert_client(f, letters.items[0], 1);
    assert_statements(f, 0);
}

static void test_s138_insert_and_delete(void **state)
{
    struct fixture *f = *state;
    struct letter stranger = {.id = 77, .client_email = "eve@x.org"};
    struct client eve = {.email = "eve@x.org", .name = "eve", .code = "c9"};
    given_clients(f);
    struct client_list clients = all_clients(f);
    assert_client(f, &stranger, 0);
    ok(f->s, client_insert(f->s, &eve));
    assert_client(f, &stranger, eve.id);
    ok(f->s, client_delete(f->s, &eve));
    assert_client(f, &stranger, 0);

    struct letter fresh = {.client_email = "cyd@x.org"};
    assert_letters(f, clients.items[2], 0, 0);
    ok(f->s, letter_insert(f->s, &fresh));
    assert_letters(f, clients.items[2], 1, fresh.id);
    ok(f->s, letter_delete(f->s, &fresh));
    assert_letters(f, clients.items[2], 0, 0);
}

static void test_s138_update_all(void **state)
{
    struct fixture *f = *state;
    given_clients(f);
    struct client_list clients = all_clients(f);
    struct letter_query *query = letter_query(f->s);
    assert_letters(f, clients.items[1], 1, 2);
    ok(f->s, letter_update_all(query, ar_set(letter_column.client_email, "bob@x.org"), NULL));
    assert_letters(f, clients.items[1], 4, 1);
}

static void test_s138_rollback(void **state)
{
    struct fixture *f = *state;
    given_clients(f);
    struct client_list clients = all_clients(f);
    struct letter_list letters = all_letters(f);
    assert_letters(f, clients.items[0], 2, 1);
    ok(f->s, ar_begin(f->s));
    letters.items[0]->client_email = "bob@x.org";
    ok(f->s, letter_save(f->s, letters.items[0]));
    assert_letters(f, clients.items[0], 1, 3);
    ok(f->s, ar_rollback(f->s));
    assert_letters(f, clients.items[0], 2, 1);
}

/* S-139: the database enforces the foreign key, and a refused write names it. */
static void test_s139_constraint(void **state)
{
    struct fixture *f = *state;
    struct letter stranger = {.client_email = "eve@x.org"};
    struct client twin = {.email = "twin@x.org", .tenant_id = 5, .code = "c1"};
    given_clients(f);
    fails(f->s, AR_CONSTRAINT, letter_insert(f->s, &stranger));
    assert_error_names(f->s, "client_email");
    fails(f->s, AR_CONSTRAINT, client_delete(f->s, &(struct client){.id = 2, .email = "bob@x.org"}));
    assert_error_names(f->s, fixture_is_sqlite() ? "letter.client_email" : "letters");
    fails(f->s, AR_CONSTRAINT, client_insert(f->s, &twin));
    assert_error_names(f->s, "code");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        story(test_s136_siblings),
        story(test_s136_one_owner),
        story(test_counts),
        story(test_dangling),
        story(test_unsaved),
        story(test_integers),
        story(test_two_columns),
        story(test_s137_eager),
        story(test_s137_explicit_and_query),
        story(test_strict_and_clear),
        story(test_s138_foreign_key_changes),
        story(test_s138_referred_column_changes),
        story(test_s138_insert_and_delete),
        story(test_s138_update_all),
        story(test_s138_rollback),
        story(test_s139_constraint),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
