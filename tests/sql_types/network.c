/* AR_SQL_TYPE: values of any type as strings, in every kind of statement. PostgreSQL compares and sorts them by their
 * type, SQLite as strings. */
#include "network.ar.h"
#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Create what the tables need. */
static void make_types(void)
{
    struct ar_db *db;
    struct ar_session *s;
    if (fixture_is_sqlite())
        return;
    assert_int_equal(ar_db_open(getenv("ARMATURE_TEST_URL"), NULL, &db), AR_OK);
    assert_int_equal(ar_session_open(db, NULL, &s), AR_OK);
    ok(s, ar_execute(s, "CREATE EXTENSION IF NOT EXISTS citext"));
    ok(s, ar_execute(s, "DROP DOMAIN IF EXISTS email_address CASCADE"));
    ok(s, ar_execute(s, "CREATE DOMAIN email_address AS text CHECK (VALUE LIKE '%@%')"));
    ar_session_close(s);
    ar_db_close(db);
}

static int open_network(void **state)
{
    make_types();
    return fixture_open(state, &person_model, &host_model, &route_model);
}

/* Three hosts of Ada and Bob, whose names the hosts write in other letter cases; 10.0.0.9 sorts after 10.0.0.10 as a
 * string, and before it as an address. */
static void given_hosts(struct fixture *f)
{
    struct person ada = {.login = "Ada", .email = "ada@example.com"}, bob = {.login = "Bob"};
    struct host first = {
        .address = "10.0.0.9",
        .gateway = "10.0.0.1",
        .owner = "ADA",
        .price = "1.50",
        .ports = "[80,443)",
        .tags = "{web,\"a b\"}",
        .area = "(3,4),(1,2)",
        .code = "ab",
    };
    struct host second = {.address = "10.0.0.10", .owner = "ada", .parent_id = 1, .tags = "{}"};
    struct host third = {.address = "192.168.0.0/16", .gateway = "::1", .owner = "bob", .parent_id = 2};
    struct route route = {.host_id = 1, .next_address = "192.168.0.0/16"};
    add_row(f, &person_model, &ada);
    add_row(f, &person_model, &bob);
    add_row(f, &host_model, &first);
    add_row(f, &host_model, &second);
    add_row(f, &host_model, &third);
    add_row(f, &route_model, &route);
}

static struct host *find(struct fixture *f, int64_t id)
{
    struct host *host;
    ok(f->s, host_find(f->s, id, &host));
    return host;
}

/* The hosts of the query have these addresses, in this order, separated by spaces. */
static void assert_addresses_at(struct fixture *f, struct host_query *q, const char *expected, const char *file,
                                int line)
{
    struct host_list hosts;
    char all[256] = "";
    support_ok(f->s, host_all(q, &hosts), "host_all", file, line);
    for (size_t i = 0; i < hosts.count; i++) {
        strcat(all, i > 0 ? " " : "");
        strcat(all, hosts.items[i]->address);
    }
    support_text(all, expected, file, line);
}

#define assert_addresses(f, q, expected) assert_addresses_at((f), (q), (expected), __FILE__, __LINE__)

static struct host_query *hosts_where(struct fixture *f, struct ar_condition condition)
{
    struct host_query *q = host_query(f->s);
    host_where(q, condition);
    host_order_by(q, ar_asc(host_column.id));
    return q;
}

/* ---- Single rows ------------------------------------------------------------------------------------------------- */

static void test_round_trip(void **state)
{
    struct fixture *f = *state;
    given_hosts(f);

    struct host *host = find(f, 1);
    assert_statements(f, 1);
    assert_text(host->address, "10.0.0.9");
    assert_text(host->gateway, "10.0.0.1");
    assert_text(host->owner, "ADA");
    assert_text(host->price, "1.50");
    assert_text(host->ports, "[80,443)");
    assert_text(host->tags, "{web,\"a b\"}");
    assert_text(host->area, "(3,4),(1,2)");
    assert_text(host->code, "ab");

    host = find(f, 2);
    assert_text(host->gateway, "10.0.0.254"); /* the default, returned by the INSERT as well */
    assert_text(host->tags, "{}");
    assert_null(host->ports);
    assert_text(host->code, "");
}

static void test_update_writes_what_changed(void **state)
{
    struct fixture *f = *state;
    given_hosts(f);
    struct host *host = find(f, 1);
    reset_statements(f);

    host->address = "10.0.0.11";
    host->ports = NULL;
    ok(f->s, host_save(f->s, host));
    assert_statements(f, 1);
    ok(f->s, host_reload(f->s, host));
    assert_text(host->address, "10.0.0.11");
    assert_null(host->ports);
}

static void test_insert_returns_defaults_and_saves_by_key(void **state)
{
    struct fixture *f = *state;
    struct host host = {.address = "10.1.1.1"};
    struct person ada = {.login = "Ada"}, *found;

    ok(f->s, host_save(f->s, &host));
    assert_text(host.gateway, "10.0.0.254");
    ok(f->s, person_insert(f->s, &ada));
    ok(f->s, person_find(f->s, "Ada", &found));
    found->email = "ada@example.org";
    ok(f->s, person_save(f->s, found));
    ar_session_clear(f->s);
    ok(f->s, person_find(f->s, "ADA", &found)); /* equal by the rules of the column */
    assert_text(found->login, "Ada");
    assert_text(found->email, "ada@example.org");
    ok(f->s, person_delete(f->s, found));
}

static void test_the_database_refuses_other_strings(void **state)
{
    struct fixture *f = *state;
    struct host not_an_address = {.address = "ten"}, long_code = {.address = "10.0.0.1", .code = "abcde"};
    struct person no_email = {.login = "x", .email = "nowhere"};
    if (fixture_is_sqlite())
        return;

    fails(f->s, AR_INVALID, host_insert(f->s, &not_an_address));
    fails(f->s, AR_INVALID, host_insert(f->s, &long_code));
    fails(f->s, AR_INVALID, host_insert_many(f->s, &long_code, 1));
    fails(f->s, AR_CONSTRAINT, person_insert(f->s, &no_email));
}

/* ---- Many rows --------------------------------------------------------------------------------------------------- */

/* PostgreSQL casts what COPY cannot send. */
static void test_insert_many(void **state)
{
    struct fixture *f = *state;
    struct host hosts[600] = {{0}};
    char addresses[600][16];
    for (int i = 0; i < 600; i++) {
        snprintf(addresses[i], sizeof addresses[i], "10.0.%d.%d", i / 200, i % 200);
        hosts[i] = (struct host){
            .address = addresses[i], .gateway = "10.0.0.1", .tags = i == 0 ? "{a,NULL}" : "{}", .area = "(2,2),(0,0)"};
        hosts[i].ports = i % 2 == 0 ? "[1,2)" : NULL;
        strcpy(hosts[i].code, "abcd");
    }
    ok(f->s, host_insert_many(f->s, hosts, 600));
    ar_session_clear(f->s);

    struct host *first = find(f, hosts[0].id), *last = find(f, hosts[599].id);
    assert_text(first->address, "10.0.0.0");
    assert_text(first->tags, "{a,NULL}");
    assert_text(first->area, "(2,2),(0,0)");
    assert_text(first->ports, "[1,2)");
    assert_text(last->address, "10.0.2.199");
    assert_text(last->code, "abcd");
    assert_null(last->ports);
}

static void test_insert_many_with_defaults_and_with_keys(void **state)
{
    struct fixture *f = *state;
    struct host hosts[2] = {{.address = "10.0.0.1"}, {.address = "10.0.0.2"}};
    struct person people[2] = {{.login = "Ada", .email = "a@b"}, {.login = "Bob"}};

    ok(f->s, host_insert_many(f->s, hosts, 2));
    assert_text(hosts[1].gateway, "10.0.0.254");
    ok(f->s, person_insert_many(f->s, people, 2));
    ar_session_clear(f->s);
    struct person *ada;
    ok(f->s, person_find(f->s, "Ada", &ada));
    assert_text(ada->email, "a@b");
}

static void test_upserts(void **state)
{
    struct fixture *f = *state;
    given_hosts(f);
    struct host hosts[2] = {{.address = "10.0.0.10", .price = "9.00", .tags = "{x}"}, {.address = "10.0.0.77"}};
    const struct ar_column *const update[] = {host_column.price.column, host_column.tags.column, NULL};
    const struct ar_upsert by_address = {.by = host_column.address.column, .update = update};
    enum ar_upsert_effect effects[2];

    ok(f->s, host_upsert_many(f->s, hosts, 2, &by_address, effects, NULL));
    assert_int_equal(effects[0], AR_UPSERT_UPDATED);
    assert_int_equal(effects[1], AR_UPSERT_INSERTED);
    assert_int_equal(hosts[0].id, 2);
    ar_session_clear(f->s);
    assert_text(find(f, 2)->price, "9.00");
    assert_text(find(f, 2)->tags, "{x}");

    struct person people[2] = {{.login = "ADA", .email = "new@example.com"}, {.login = "Eve"}};
    ok(f->s, person_upsert_many(f->s, people, 2, NULL, effects, NULL));
    assert_int_equal(effects[0], AR_UPSERT_UPDATED);
    assert_int_equal(effects[1], AR_UPSERT_INSERTED);
}

/* ---- Conditions and orders --------------------------------------------------------------------------------------- */

static void test_conditions(void **state)
{
    struct fixture *f = *state;
    bool is_sqlite = fixture_is_sqlite();
    const char *const addresses[] = {"10.0.0.9", "192.168.0.0/16"}, *const names[] = {"BOB", "Eve"};
    given_hosts(f);

    assert_addresses(f, hosts_where(f, ar_eq(host_column.address, "10.0.0.9")), "10.0.0.9");
    assert_addresses(f, hosts_where(f, ar_eq(host_column.address, "10.0.0.9/32")), is_sqlite ? "" : "10.0.0.9");
    assert_addresses(f, hosts_where(f, ar_ne(host_column.owner, "ADA")), "192.168.0.0/16");
    assert_addresses(f, hosts_where(f, ar_in(host_column.address, addresses, 2)), "10.0.0.9 192.168.0.0/16");
    assert_addresses(f, hosts_where(f, ar_in(host_column.owner, names, 2)), "192.168.0.0/16");
    assert_addresses(f, hosts_where(f, ar_not_in(host_column.owner, names, 2)), "10.0.0.9 10.0.0.10");
    assert_addresses(f, hosts_where(f, ar_is_null(host_column.ports)), "10.0.0.10 192.168.0.0/16");
    assert_addresses(f, hosts_where(f, ar_eq_column(host_column.address, host_column.address)),
                     "10.0.0.9 10.0.0.10 192.168.0.0/16");
    assert_addresses(f, hosts_where(f, ar_lt(host_column.address, "10.0.0.10")), is_sqlite ? "" : "10.0.0.9");
}

/* Patterns match the string that a read returns. */
static void test_patterns(void **state)
{
    struct fixture *f = *state;
    given_hosts(f);

    assert_addresses(f, hosts_where(f, ar_starts_with(host_column.address, "10.")), "10.0.0.9 10.0.0.10");
    assert_addresses(f, hosts_where(f, ar_ends_with_exact(host_column.address, "/16")), "192.168.0.0/16");
    assert_addresses(f, hosts_where(f, ar_eq_nocase(host_column.owner, "aDa")), "10.0.0.9 10.0.0.10");
    assert_addresses(f, hosts_where(f, ar_like_exact(host_column.owner, "A%")), "10.0.0.9");
}

static void test_orders_and_pages(void **state)
{
    struct fixture *f = *state;
    bool is_sqlite = fixture_is_sqlite();
    struct host_query *q = host_query(f->s);
    given_hosts(f);

    host_order_by(q, ar_asc(host_column.address));
    assert_addresses(f, q, is_sqlite ? "10.0.0.10 10.0.0.9 192.168.0.0/16" : "10.0.0.9 10.0.0.10 192.168.0.0/16");
    q = host_query(f->s);
    host_order_by(q, ar_asc(host_column.owner));
    host_order_by(q, ar_desc(host_column.address));
    host_after(q, find(f, 1));
    assert_addresses(f, q, is_sqlite ? "10.0.0.10 192.168.0.0/16" : "192.168.0.0/16");
}

static void test_aggregates(void **state)
{
    struct fixture *f = *state;
    struct ar_value value;
    struct person *ada;
    given_hosts(f);

    ok(f->s,
       ar_query_aggregate((struct ar_query *)host_query(f->s), AR_AGGREGATE_MAX, host_column.address.column, &value));
    assert_int_equal(value.kind, AR_VALUE_TEXT);
    assert_memory_equal(value.bytes.data, "192.168.0.0/16", value.bytes.size);
    ok(f->s, person_find(f->s, "Ada", &ada));
    ok(f->s, person_hosts_aggregate(f->s, ada, ar_min(host_column.address), &value));
    assert_memory_equal(value.bytes.data, fixture_is_sqlite() ? "10.0.0.10" : "10.0.0.9", value.bytes.size);
}

static enum ar_status take_addresses(struct ar_session *s, const struct host_list *hosts, void *payload)
{
    (void)s;
    for (size_t i = 0; i < hosts->count; i++)
        strcat(strcat(payload, hosts->items[i]->address), " ");
    return AR_OK;
}

static void test_streams_and_parts(void **state)
{
    struct fixture *f = *state;
    struct host_query *q = host_query(f->s);
    char all[128] = "";
    struct host *host;
    given_hosts(f);

    ok(f->s, host_each(q, 2, take_addresses, all));
    assert_text(all, "10.0.0.9 10.0.0.10 192.168.0.0/16 ");
    q = host_query(f->s);
    host_only(q, host_column.ports, host_column.address);
    ok(f->s, host_first(q, &host));
    assert_text(host->ports, "[80,443)");
    assert_false(host_is_loaded(f->s, host, host_column.tags));
}

static void test_update_all(void **state)
{
    struct fixture *f = *state;
    struct host_query *q = hosts_where(f, ar_eq(host_column.address, "10.0.0.9"));
    int64_t changed;
    given_hosts(f);

    ok(f->s,
       host_update_all(q, ar_sets(ar_set(host_column.gateway, "10.0.0.2"), ar_set_null(host_column.ports)), &changed));
    assert_int_equal(changed, 1);
    assert_text(find(f, 1)->gateway, "10.0.0.2");
    run_sql(f, "DELETE FROM routes");
    q = hosts_where(f, ar_eq(host_column.owner, "BOB"));
    host_limit(q, 1);
    ok(f->s, host_delete_all(q, &changed));
    assert_int_equal(changed, 1);
}

/* ---- Relations --------------------------------------------------------------------------------------------------- */

static void test_keys_of_other_letter_case(void **state)
{
    struct fixture *f = *state;
    struct person_query *q = person_query(f->s);
    struct person_list people;
    struct host_list hosts;
    struct person *owner;
    given_hosts(f);

    person_order_by(q, ar_asc(person_column.login));
    ok(f->s, person_all(q, &people));
    reset_statements(f);
    ok(f->s, person_hosts(f->s, people.items[0], &hosts)); /* lazy, for both */
    assert_int_equal(hosts.count, 2);
    ok(f->s, person_hosts(f->s, people.items[1], &hosts));
    assert_int_equal(hosts.count, 1);
    assert_statements(f, 1);
    assert_text(hosts.items[0]->address, "192.168.0.0/16");
    ok(f->s, host_person(f->s, hosts.items[0], &owner));
    assert_text(owner->login, "Bob");
    /* A row whose key has the bytes of the owner's is one of its list, another could be of any list. */
    ok(f->s, host_insert(f->s, &(struct host){.address = "10.0.1.1", .owner = "Bob"}));
    reset_statements(f);
    ok(f->s, person_hosts(f->s, people.items[0], &hosts));
    assert_int_equal(hosts.count, 2);
    assert_statements(f, 0);
    ok(f->s, person_hosts(f->s, people.items[1], &hosts));
    assert_int_equal(hosts.count, 2);
    assert_statements(f, 1);
    ok(f->s, host_insert(f->s, &(struct host){.address = "10.0.1.2", .owner = "aDA"}));
    ok(f->s, person_hosts(f->s, people.items[0], &hosts));
    assert_int_equal(hosts.count, 3);
}

static void test_eager_loads(void **state)
{
    struct fixture *f = *state;
    struct person_query *q = person_query(f->s);
    struct person_list people;
    struct host_list hosts;
    given_hosts(f);

    person_order_by(q, ar_asc(person_column.login));
    host_order_by(person_with_hosts(q), ar_asc(host_column.id));
    ok(f->s, person_all(q, &people));
    assert_statements(f, 2);
    ok(f->s, person_hosts(f->s, people.items[0], &hosts));
    assert_int_equal(hosts.count, 2);
    assert_text(hosts.items[0]->tags, "{web,\"a b\"}");
    assert_statements(f, 0);

    ar_session_clear(f->s);
    q = person_query(f->s);
    host_limit(person_with_hosts(q), 1);
    ok(f->s, person_all(q, &people));
    assert_int_equal(people.count, 2);
}

static void test_references_paths_and_conditions_on_related_rows(void **state)
{
    struct fixture *f = *state;
    struct person_list people;
    struct person_query *q = person_query(f->s);
    struct host *next;
    struct route_list routes;
    given_hosts(f);

    ok(f->s, host_routes(f->s, find(f, 1), &routes));
    ok(f->s, route_next(f->s, routes.items[0], &next));
    assert_text(next->gateway, "::1");
    ok(f->s, host_next_people(f->s, find(f, 1), &people));
    assert_int_equal(people.count, 1);
    assert_text(people.items[0]->login, "Bob");
    person_where(q, person_has_hosts(ar_eq(host_column.address, "10.0.0.9")));
    ok(f->s, person_all(q, &people));
    assert_int_equal(people.count, 1);
    assert_text(people.items[0]->login, "Ada");
}

static void test_trees(void **state)
{
    struct fixture *f = *state;
    struct host_list hosts;
    given_hosts(f);

    ok(f->s, host_children_tree(f->s, find(f, 1), AR_WHOLE_DEPTH, &hosts));
    assert_int_equal(hosts.count, 2);
    assert_text(hosts.items[0]->tags, "{}");
    assert_text(hosts.items[1]->address, "192.168.0.0/16");
    ok(f->s, host_parent_path(f->s, find(f, 3), AR_WHOLE_DEPTH, &hosts));
    assert_int_equal(hosts.count, 2);
    assert_text(hosts.items[1]->ports, "[80,443)");
}

/* The counter of the person with the key, whatever its letter case. */
static void test_counters_and_links(void **state)
{
    struct fixture *f = *state;
    struct person *ada, *bob;
    given_hosts(f);
    ok(f->s, person_find(f->s, "Ada", &ada));
    ok(f->s, person_find(f->s, "Bob", &bob));
    assert_int_equal(ada->host_count, 2);

    struct host *const hosts[] = {find(f, 3)};
    ok(f->s, person_hosts_add(f->s, ada, hosts, 1, NULL));
    assert_int_equal(ada->host_count, 3);
    assert_int_equal(bob->host_count, 0);
    ok(f->s, person_hosts_remove(f->s, ada, hosts, 1, AR_REMOVE_UNLINK, NULL));
    assert_int_equal(ada->host_count, 2);
    run_sql(f, "UPDATE hosts SET parent_id = NULL");
    ok(f->s, host_delete(f->s, find(f, 2)));
    ok(f->s, person_reload(f->s, ada));
    assert_int_equal(ada->host_count, 1);
}

#define test(name) cmocka_unit_test_setup_teardown(name, open_network, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        test(test_round_trip),
        test(test_update_writes_what_changed),
        test(test_insert_returns_defaults_and_saves_by_key),
        test(test_the_database_refuses_other_strings),
        test(test_insert_many),
        test(test_insert_many_with_defaults_and_with_keys),
        test(test_upserts),
        test(test_conditions),
        test(test_patterns),
        test(test_orders_and_pages),
        test(test_aggregates),
        test(test_streams_and_parts),
        test(test_update_all),
        test(test_keys_of_other_letter_case),
        test(test_eager_loads),
        test(test_references_paths_and_conditions_on_related_rows),
        test(test_trees),
        test(test_counters_and_links),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
