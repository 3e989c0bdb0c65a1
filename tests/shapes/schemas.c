/* Tables in schemas of PostgreSQL that are not on the search path; SQLite leaves the schemas out. */
#include "schemas.ar.h"
#include "support.h"

#include <string.h>

enum { MANY = 600 }; /* enough for a COPY */

static int open_sales(void **state)
{
    return fixture_open(state, &client_model, &group_model, &mark_model, &bill_model, &line_model, &bill_total_model);
}

/* Amy has the bills 10 and 11, Ben 20; group 2 is in 1, and 3 in 2. Bill 10 has two lines, of the groups 1 and 3. */
static void given_bills(struct fixture *f)
{
    add_row(f, &client_model, &(struct client){.name = "Amy"});
    add_row(f, &client_model, &(struct client){.name = "Ben"});
    for (int64_t i = 0; i < 3; i++)
        add_row(f, &group_model, &(struct group){.parent_id = i, .name = i == 0 ? "all" : "some"});
    add_row(f, &bill_model, &(struct bill){.client_id = 1, .number = 10});
    add_row(f, &bill_model, &(struct bill){.client_id = 1, .number = 11});
    add_row(f, &bill_model, &(struct bill){.client_id = 2, .number = 20});
    add_row(f, &line_model, &(struct line){.bill_id = 1, .position = 1, .group_id = 1, .price = 150});
    add_row(f, &line_model, &(struct line){.bill_id = 1, .position = 2, .group_id = 3, .price = 250});
    ar_session_clear(f->other);
    reset_statements(f);
}

static int64_t bills_count_of(struct fixture *f, int64_t id)
{
    struct client *client;
    ar_session_clear(f->other);
    ok(f->other, client_find(f->other, id, &client));
    return client->bills_count;
}

static void test_single_writes(void **state)
{
    struct fixture *f = *state;
    given_bills(f);
    struct bill *bill, fresh = {.client_id = 2, .number = 21}, again = {.number = 10};
    ok(f->s, bill_find(f->s, 2, &bill));
    assert_text(bill->state, "open");
    bill->number = 12;
    ok(f->s, bill_save(f->s, bill));
    ok(f->s, bill_insert(f->s, &fresh));
    assert_int_equal(bills_count_of(f, 2), 2);
    assert_text(fresh.state, "open");
    struct group group = {.id = 70, .name = "new"};
    ok(f->s, group_upsert(f->s, &group, NULL, NULL));
    group.name = "newer";
    ok(f->s, group_upsert(f->s, &group, NULL, NULL));
    fails(f->s, AR_CONSTRAINT, bill_insert(f->s, &again));
    assert_error_names(f->s, "bill.number");
    ok(f->s, bill_reload(f->s, bill));
    assert_int_equal(bill->number, 12);
    ok(f->s, bill_delete(f->s, bill));
    assert_int_equal(bills_count_of(f, 1), 1);
    ok(f->s, bill_restore(f->s, bill));
    assert_int_equal(bills_count_of(f, 1), 2);
    ok(f->s, bill_erase(f->s, bill));
    fails(f->s, AR_NOT_FOUND, bill_find(f->s, 2, &bill));
}

static void test_many_writes(void **state)
{
    struct fixture *f = *state;
    given_bills(f);
    static struct group groups[MANY];
    static struct line lines[MANY];
    struct ar_upsert_totals totals;
    int64_t changed;
    for (size_t i = 0; i < MANY; i++) {
        groups[i] = (struct group){.parent_id = 1, .name = "more", .kind = i % 2 == 0 ? "own" : NULL};
        lines[i] = (struct line){.bill_id = 3, .position = (int32_t)i, .group_id = 1 + (int64_t)i % 3, .price = 5};
    }
    ok(f->s, group_insert_many(f->s, groups, MANY));
    assert_int_equal(groups[MANY - 1].id, MANY + 3);
    assert_text(groups[MANY - 1].kind, "plain");
    ok(f->s, line_insert_many(f->s, lines, MANY));
    for (size_t i = 0; i < MANY; i++)
        lines[i].price = 6;
    ok(f->s, line_upsert_many(f->s, lines, MANY, NULL, NULL, &totals));
    assert_int_equal(totals.updated, MANY);
    struct line_query *q = line_query(f->s);
    line_where(q, ar_and(ar_eq(line_column.price, 6), line_has_bill(ar_eq(bill_column.number, 20))));
    ok(f->s, line_update_all(q, ar_set(line_column.group_id, 2), &changed));
    assert_int_equal(changed, MANY);
    q = line_query(f->s);
    line_where(q, ar_eq(line_column.group_id, 2));
    line_order_by(q, ar_asc(line_column.position));
    line_limit(q, 10);
    ok(f->s, line_delete_all(q, &changed));
    assert_int_equal(changed, 10);
    struct bill_query *bills = bill_query(f->s);
    bill_where(bills, bill_has_lines(ar_eq(line_column.group_id, 2)));
    ok(f->s, bill_delete_all(bills, &changed));
    assert_int_equal(changed, 1);
    ok(f->s, line_delete_all(line_query(f->s), NULL));
    bills = bill_query(f->s);
    bill_with_deleted(bills);
    ok(f->s, bill_erase_all(bills, &changed));
    assert_int_equal(changed, 3);
}

static void test_graphs_and_links(void **state)
{
    struct fixture *f = *state;
    given_bills(f);
    struct mark *marks[2];
    struct mark_list found;
    struct bill *bill, *moved;
    struct client *amy, *ben;
    struct ar_link_changes changes;
    add_row(f, &mark_model, &(struct mark){.name = "late"});
    add_row(f, &mark_model, &(struct mark){.name = "big"});
    ok(f->s, mark_find(f->s, 1, &marks[0]));
    ok(f->s, mark_find(f->s, 2, &marks[1]));
    ok(f->s, bill_find(f->s, 1, &bill));
    ok(f->s, bill_marks_add(f->s, bill, marks, 2, &changes));
    assert_int_equal(changes.added, 2);
    ok(f->s, bill_marks_replace(f->s, bill, marks, 1, &changes));
    assert_int_equal(changes.removed, 1);
    ok(f->s, bill_marks(f->s, bill, &found));
    assert_int_equal(found.count, 1);
    ok(f->s, client_find(f->s, 1, &amy));
    ok(f->s, client_find(f->s, 2, &ben));
    ok(f->s, bill_find(f->s, 2, &moved));
    ok(f->s, client_bills_add(f->s, ben, &moved, 1, &changes));
    assert_int_equal(moved->client_id, 2);
    assert_int_equal(bills_count_of(f, 1), 1);
    ok(f->s, client_bills_replace(f->s, amy, &moved, 1, AR_REMOVE_UNLINK, &changes));
    assert_int_equal(bills_count_of(f, 1), 1);
    assert_int_equal(bills_count_of(f, 2), 1);
    run_sql(f, "UPDATE clients SET bills_count = 9");
    ok(f->s, bill_recount_client(f->s, NULL, 0));
    assert_int_equal(bills_count_of(f, 2), 1);
}

static void load_tree(struct fixture *f, enum ar_plan plan)
{
    struct client_query *q = client_query(f->s);
    struct client_list clients;
    struct bill_list bills;
    struct line_list lines;
    struct group *group;
    struct ar_value sum;
    int64_t count;
    ar_session_clear(f->s);
    q = client_query(f->s);
    client_order_by(q, ar_asc(client_column.id));
    client_where(q, client_has_bills(ar_lt(bill_column.number, 100)));
    struct bill_query *of_client = client_with_bills(q);
    bill_order_by(of_client, ar_desc(bill_column.number));
    bill_limit(of_client, 5);
    (void)line_with_group(bill_with_lines(of_client));
    (void)bill_with_marks(of_client);
    (void)client_with_lines(q);
    client_with_bills_count(q);
    ar_query_plan(q, plan);
    ok(f->s, client_all(q, &clients));
    assert_int_equal(clients.count, 2);
    reset_statements(f);
    ok(f->s, client_bills(f->s, clients.items[0], &bills));
    assert_int_equal(bills.count, 2);
    assert_int_equal(bills.items[0]->number, 11);
    ok(f->s, bill_lines(f->s, bills.items[1], &lines));
    assert_int_equal(lines.count, 2);
    ok(f->s, line_group(f->s, lines.items[1], &group));
    assert_int_equal(group->id, 3);
    ok(f->s, client_lines(f->s, clients.items[0], &lines));
    assert_int_equal(lines.count, 2);
    ok(f->s, client_bills_count(f->s, clients.items[0], &count));
    assert_int_equal(count, 2);
    assert_statements(f, 0);
    ok(f->s, line_sum(line_query(f->s), line_column.price, &sum));
    reset_statements(f);
}

static void test_eager_loads(void **state)
{
    struct fixture *f = *state;
    given_bills(f);
    load_tree(f, AR_PLAN_WAVES);
    load_tree(f, AR_PLAN_ONE_TRIP);
}

static void test_lazy_loads(void **state)
{
    struct fixture *f = *state;
    given_bills(f);
    struct bill_list bills;
    struct line_list lines;
    struct client *client;
    struct bill *bill;
    struct bill_query *q = bill_query(f->s);
    int64_t count;
    bill_order_by(q, ar_asc(bill_column.number));
    ok(f->s, bill_all(q, &bills));
    ok(f->s, bill_client(f->s, bills.items[2], &client));
    assert_text(client->name, "Ben");
    ok(f->s, bill_lines(f->s, bills.items[0], &lines));
    assert_int_equal(lines.count, 2);
    ok(f->s, line_bill(f->s, lines.items[0], &bill));
    assert_ptr_equal(bill, bills.items[0]);
    assert_statements(f, 3);
    ok(f->s, client_lines(f->s, client, &lines));
    assert_int_equal(lines.count, 0);
    ok(f->s, bill_lines_count(f->s, bills.items[1], &count));
    assert_int_equal(count, 0);
}

static void test_trees(void **state)
{
    struct fixture *f = *state;
    given_bills(f);
    struct group *top, *bottom;
    struct group_list groups;
    ok(f->s, group_find(f->s, 1, &top));
    ok(f->s, group_children_tree(f->s, top, AR_WHOLE_DEPTH, &groups));
    assert_int_equal(groups.count, 2);
    ok(f->s, group_find(f->s, 3, &bottom));
    ok(f->s, group_parent_path(f->s, bottom, AR_WHOLE_DEPTH, &groups));
    assert_int_equal(groups.count, 2);
    assert_ptr_equal(groups.items[1], top);
}

static enum ar_status count_bills(struct ar_session *s, const struct bill_list *bills, void *payload)
{
    size_t *count = payload;
    (void)s;
    *count += bills->count;
    return AR_OK;
}

static void test_queries(void **state)
{
    struct fixture *f = *state;
    given_bills(f);
    struct bill *bill;
    struct bill_list bills;
    struct bill_total *total;
    struct open_bill_list open;
    size_t count = 0;
    struct bill_query *q = bill_query(f->s);
    bill_order_by(q, ar_asc(bill_column.number));
    ok(f->s, bill_each(q, 2, count_bills, &count));
    assert_int_equal(count, 3);
    q = bill_query(f->s);
    bill_only(q, bill_column.state, bill_column.number);
    bill_order_by(q, ar_desc(bill_column.number));
    bill_limit(q, 1);
    ok(f->s, bill_first(q, &bill));
    assert_text(bill->state, "open");
    q = bill_query(f->s);
    bill_order_by(q, ar_desc(bill_column.number));
    bill_after(q, bill);
    ok(f->s, bill_all(q, &bills));
    assert_int_equal(bills.count, 2);
    ok(f->s, bill_total_find(f->s, 1, &total));
    assert_int_equal(total->line_count, 2);
    ok(f->s, bill_total_bill(f->s, total, &bill));
    assert_int_equal(bill->number, 10);
    ok(f->s, open_bills(f->s, 11, &open));
    assert_int_equal(open.count, 2);
    assert_text(open.items[1]->name, "Ben");
}

static void test_locks(void **state)
{
    struct fixture *f = *state;
    given_bills(f);
    struct bill *bill;
    ok(f->s, ar_begin(f->s));
    struct bill_query *q = bill_query(f->s);
    bill_lock(q, AR_LOCK_UPDATE, AR_LOCK_SKIP);
    bill_limit(q, 1);
    ok(f->s, bill_first(q, &bill));
    ok(f->s, bill_delete(f->s, bill));
    ok(f->s, ar_commit(f->s));
    assert_int_equal(bills_count_of(f, 1), 1);
}

/* The schemas are created once, and the connection does not look for tables there. */
static void test_the_schemas(void **state)
{
    struct fixture *f = *state;
    static const struct ar_model *const models[] = {&bill_model, &bill_total_model};
    ok(f->s, ar_create_table_list(f->s, models, 2));
    given_bills(f);
    enum ar_status status = ar_execute(f->s, "SELECT 1 FROM sales.bills, reports.bill_totals");
    assert_int_equal(status, fixture_is_sqlite() ? AR_DATABASE : AR_OK);
    status = ar_execute(f->s, "SELECT 1 FROM bills, \"Lines\"");
    assert_int_equal(status, fixture_is_sqlite() ? AR_OK : AR_DATABASE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_single_writes, open_sales, fixture_close),
        cmocka_unit_test_setup_teardown(test_many_writes, open_sales, fixture_close),
        cmocka_unit_test_setup_teardown(test_graphs_and_links, open_sales, fixture_close),
        cmocka_unit_test_setup_teardown(test_eager_loads, open_sales, fixture_close),
        cmocka_unit_test_setup_teardown(test_lazy_loads, open_sales, fixture_close),
        cmocka_unit_test_setup_teardown(test_trees, open_sales, fixture_close),
        cmocka_unit_test_setup_teardown(test_queries, open_sales, fixture_close),
        cmocka_unit_test_setup_teardown(test_locks, open_sales, fixture_close),
        cmocka_unit_test_setup_teardown(test_the_schemas, open_sales, fixture_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
