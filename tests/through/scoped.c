/* Conditions and orders of paths and of what they follow, S-174 and S-175. */
#include "support.h"

#include "scopes.ar.h"

#include <string.h>

static int open_scopes(void **state)
{
    return fixture_open(state, &singer_model, &opera_model, &hall_model, &role_model, &prize_model);
}

/* Ann sang in Aida, Parsifal and Tristan (twice), Bob in Tosca and Parsifal; Ann has all prizes, Bob has Echo. */
static void given_singers(struct fixture *f)
{
    run_sql(f, "INSERT INTO singers (name) VALUES ('Ann'), ('Bob'), ('Cid')");
    run_sql(f, "INSERT INTO operas (name, minutes) VALUES ('Aida', 145), ('Tosca', 118), ('Parsifal', 250),"
               " ('Tristan', 235)");
    run_sql(f, "INSERT INTO halls (name) VALUES ('Scala'), ('Met'), ('Bayreuth')");
    run_sql(f, "INSERT INTO opera_halls (opera_id, hall_id) VALUES (3, 3), (4, 3), (4, 2), (1, 1)");
    run_sql(f,
            "INSERT INTO roles (singer_id, opera_id, year, is_lead) VALUES (1, 1, 2001, TRUE),"
            " (1, 3, 2003, FALSE), (1, 4, 2010, TRUE), (2, 2, 2000, FALSE), (2, 3, 1999, TRUE), (1, 4, 2005, FALSE)");
    run_sql(f, "INSERT INTO prizes (name, year) VALUES ('Grammy', 1990), ('Echo', 2005), ('Gold', 1995)");
    run_sql(f, "INSERT INTO singer_prizes (singer_id, prize_id) VALUES (1, 1), (1, 2), (1, 3), (2, 2)");
}

/* Join the names of a list. */
#define assert_names(s, call, list, expected)                                                                          \
    do {                                                                                                               \
        char names[256] = "";                                                                                          \
        ok(s, call);                                                                                                   \
        for (size_t at = 0; at < (list).count; at++) {                                                                 \
            strcat(names, at > 0 ? " " : "");                                                                          \
            strcat(names, (list).items[at]->name);                                                                     \
        }                                                                                                              \
        assert_text(names, expected);                                                                                  \
    } while (false)

static void assert_singer(struct ar_session *s, const struct singer *singer, const char *const expected[])
{
    struct opera_list operas;
    struct hall_list halls;
    struct prize_list prizes;
    struct singer_list singers;
    struct opera *opera;
    assert_names(s, singer_operas(s, singer, &operas), operas, expected[0]);
    assert_names(s, singer_lead_operas(s, singer, &operas), operas, expected[1]);
    assert_names(s, singer_long_operas(s, singer, &operas), operas, expected[2]);
    assert_names(s, singer_long_halls(s, singer, &halls), halls, expected[3]);
    ok(s, singer_longest(s, singer, &opera));
    assert_text(opera != NULL ? opera->name : NULL, expected[4]);
    ok(s, singer_latest_opera(s, singer, &opera));
    assert_text(opera != NULL ? opera->name : NULL, expected[5]);
    assert_names(s, singer_prizes(s, singer, &prizes), prizes, expected[6]);
    assert_names(s, singer_old_prizes(s, singer, &prizes), prizes, expected[7]);
    assert_names(s, singer_some_singers(s, singer, &singers), singers, expected[8]);
    assert_names(s, singer_some_operas(s, singer, &operas), operas, expected[9]);
}

static void assert_singers(struct ar_session *s, struct singer_list singers)
{
    static const char *const ann[] = {"Aida Parsifal Tristan Tristan",
                                      "Aida Tristan",
                                      "Parsifal Tristan Tristan",
                                      "Met Bayreuth",
                                      "Parsifal",
                                      "Tristan",
                                      "Echo Gold Grammy",
                                      "Grammy Gold",
                                      "Bob",
                                      "Parsifal"};
    static const char *const bob[] = {"Tosca Parsifal", "Parsifal", "Parsifal", "Bayreuth", "Parsifal",
                                      "Tosca",          "Echo",     "",         "Bob",      "Parsifal"};
    static const char *const cid[] = {"", "", "", "", NULL, NULL, "", "", "", ""};
    assert_int_equal(singers.count, 3);
    assert_singer(s, singers.items[0], ann);
    assert_singer(s, singers.items[1], bob);
    assert_singer(s, singers.items[2], cid);
}

static struct singer_query *by_id(struct fixture *f)
{
    struct singer_query *query = singer_query(f->s);
    singer_order_by(query, ar_asc(singer_column.id));
    return query;
}

/* S-174: conditions and orders apply to lazy loads of siblings, each in one statement, and to single owners. */
static void test_s174_lazy(void **state)
{
    struct fixture *f = *state;
    given_singers(f);
    struct singer_list singers;
    ok(f->s, singer_all(by_id(f), &singers));
    reset_statements(f);
    assert_singers(f->s, singers);
    assert_statements(f, 10);

    ar_session_clear(f->s);
    struct singer *each[3];
    for (int64_t id = 1; id <= 3; id++)
        ok(f->s, singer_find(f->s, id, &each[id - 1]));
    assert_singers(f->s, (struct singer_list){each, 3});
}

/* S-174: … to eager loads in each plan, with a condition on the owners or without, and to explicit loads. */
static void test_s174_eager(void **state)
{
    struct fixture *f = *state;
    given_singers(f);
    for (size_t i = 0; i < 4; i++) {
        ar_session_clear(f->s);
        struct singer_query *query = by_id(f);
        struct singer_list singers;
        ar_query_plan(query, i % 2 == 0 ? AR_PLAN_WAVES : AR_PLAN_ONE_TRIP);
        if (i >= 2)
            singer_where(query, ar_ne(singer_column.name, "Eve"));
        (void)singer_with_operas(query);
        (void)singer_with_lead_operas(query);
        (void)opera_with_halls(singer_with_long_operas(query));
        (void)singer_with_long_halls(query);
        (void)opera_with_halls(singer_with_longest(query));
        (void)singer_with_latest_opera(query);
        (void)singer_with_prizes(query);
        (void)singer_with_old_prizes(query);
        (void)singer_with_some_singers(query);
        (void)singer_with_some_operas(query);
        ok(f->s, singer_all(query, &singers));
        assert_statements(f, 13);
        assert_singers(f->s, singers);
        struct opera *parsifal;
        struct hall_list halls;
        ok(f->s, singer_longest(f->s, singers.items[1], &parsifal));
        assert_names(f->s, opera_halls(f->s, parsifal, &halls), halls, "Bayreuth");
        assert_statements(f, 0);
        ok(f->s, singer_load_long_operas(f->s, singers.items, singers.count));
        ok(f->s, singer_load_longest(f->s, singers.items, singers.count));
        assert_singers(f->s, singers);
        assert_statements(f, 2);
    }
}

/* S-174: … and to queries of a relation and counts. */
static void test_s174_queries(void **state)
{
    struct fixture *f = *state;
    given_singers(f);
    struct singer *ann;
    struct opera *parsifal;
    struct opera_list operas;
    struct hall_list halls;
    struct singer_list singers;
    struct prize *echo;
    int64_t count;
    ok(f->s, singer_find(f->s, 1, &ann));
    assert_names(f->s, opera_all(singer_long_operas_query(f->s, ann), &operas), operas, "Parsifal Tristan");
    assert_names(f->s, hall_all(by_key(singer_long_halls_query(f->s, ann), &hall_model), &halls), halls,
                 "Met Bayreuth");
    ok(f->s, opera_count(singer_lead_operas_query(f->s, ann), &count));
    assert_int_equal(count, 2);
    ok(f->s, singer_long_operas_count(f->s, ann, &count));
    assert_int_equal(count, 3);
    ok(f->s, singer_long_halls_count(f->s, ann, &count));
    assert_int_equal(count, 2);
    ok(f->s, opera_first(singer_latest_opera_query(f->s, ann), &parsifal));
    assert_text(parsifal->name, "Tristan");
    ok(f->s, opera_find(f->s, 3, &parsifal));
    assert_names(f->s, opera_singers(f->s, parsifal, &singers), singers, "Ann Bob");
    ok(f->s, prize_find(f->s, 2, &echo));
    assert_names(f->s, prize_singers(f->s, echo, &singers), singers, "Bob Ann");
}

/* S-175: a write that changes a column of a condition or order, of the relation or of one that it follows, drops what
 * it makes stale. */
static void test_s175_writes(void **state)
{
    struct fixture *f = *state;
    given_singers(f);
    struct singer_list singers;
    struct opera_list operas;
    struct opera *tosca, *latest;
    struct role *role;
    ok(f->s, singer_all(by_id(f), &singers));
    assert_singers(f->s, singers);
    reset_statements(f);

    ok(f->s, opera_find(f->s, 2, &tosca));
    tosca->minutes = 200;
    ok(f->s, opera_save(f->s, tosca));
    assert_statements(f, 2);
    assert_names(f->s, singer_long_operas(f->s, singers.items[1], &operas), operas, "Parsifal Tosca");
    assert_names(f->s, singer_operas(f->s, singers.items[1], &operas), operas, "Tosca Parsifal");
    reset_statements(f);

    ok(f->s, role_find(f->s, 5, &role));
    role->year = 2020;
    ok(f->s, role_save(f->s, role));
    ok(f->s, singer_latest_opera(f->s, singers.items[1], &latest));
    assert_text(latest->name, "Parsifal");
    role->is_lead = false;
    ok(f->s, role_save(f->s, role));
    assert_names(f->s, singer_lead_operas(f->s, singers.items[1], &operas), operas, "");
}

/* S-175: a link that would be outside of the relation is not added, and one that is outside is not taken for one. */
static void test_s175_additions(void **state)
{
    struct fixture *f = *state;
    const struct singer bob = {.id = 2};
    struct opera *operas[2], *tosca[1];
    struct prize *prizes[2];
    struct ar_link_changes changes;
    int64_t count;
    given_singers(f);
    ok(f->s, opera_find(f->s, 1, &operas[0]));
    ok(f->s, opera_find(f->s, 4, &operas[1]));
    fails(f->s, AR_NOT_FOUND, singer_long_operas_add(f->s, &bob, operas, 2, &changes));
    assert_error_names(f->s, "1 of 2 records cannot be added to singer.long_operas");
    assert_int_equal(changes.added, 0);
    ok(f->s, singer_long_operas_add(f->s, &bob, operas + 1, 1, &changes));
    assert_int_equal(changes.added, 1);
    ok(f->s, opera_find(f->s, 2, &tosca[0]));
    fails(f->s, AR_NOT_FOUND, singer_lead_operas_add(f->s, &bob, tosca, 1, NULL)); /* he sang it, but not the lead */
    ok(f->s, role_count(role_query(f->s), &count));
    assert_int_equal(count, 7);
    ok(f->s, prize_find(f->s, 1, &prizes[0]));
    ok(f->s, prize_find(f->s, 2, &prizes[1]));
    fails(f->s, AR_NOT_FOUND, singer_old_prizes_add(f->s, &bob, prizes, 2, NULL));
    reset_statements(f);
    ok(f->s, singer_old_prizes_add(f->s, &bob, prizes, 1, &changes));
    assert_statements(f, fixture_is_sqlite() ? 3 : 2);
    assert_int_equal(changes.added, 1);
}

/* S-175: the sum of a column of the targets follows an update of one of them. */
static void test_s175_sums(void **state)
{
    struct fixture *f = *state;
    const struct singer bob = {.id = 2};
    struct ar_value sum;
    struct opera *opera;
    given_singers(f);
    ok(f->s, singer_operas_aggregate(f->s, &bob, ar_sum(opera_column.minutes), &sum));
    assert_int_equal(sum.integer, 368);
    ok(f->s, opera_find(f->s, 2, &opera));
    opera->minutes = 120;
    ok(f->s, opera_save(f->s, opera));
    ok(f->s, singer_operas_aggregate(f->s, &bob, ar_sum(opera_column.minutes), &sum));
    assert_int_equal(sum.integer, 370);
    opera->name = "Tosca!"; /* not summed: the value is still known */
    ok(f->s, opera_save(f->s, opera));
    reset_statements(f);
    ok(f->s, singer_operas_aggregate(f->s, &bob, ar_sum(opera_column.minutes), &sum));
    assert_int_equal(sum.integer, 370);
    assert_statements(f, 0);
}

#define story(test) cmocka_unit_test_setup_teardown(test, open_scopes, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        story(test_s174_lazy),   story(test_s174_eager), story(test_s174_queries),
        story(test_s175_writes), story(test_s175_sums),  story(test_s175_additions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
