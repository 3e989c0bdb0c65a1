/* Graphs of new records: the order of inserts, keys and foreign keys, circles, and round trips. */
#include "club.ar.h"
#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- Round trips to PostgreSQL: every run of statements ends with a sync ----------------------------------------- */

struct pg_conn;
int __real_PQpipelineSync(struct pg_conn *connection); /* NOLINT(bugprone-reserved-identifier) */
int __wrap_PQpipelineSync(struct pg_conn *connection); /* NOLINT(bugprone-reserved-identifier) */

static size_t round_trips;

int __wrap_PQpipelineSync(struct pg_conn *connection) /* NOLINT(bugprone-reserved-identifier) */
{
    round_trips++;
    return __real_PQpipelineSync(connection);
}

static int open_tables(void **state)
{
    return fixture_open(state, &club_model, &member_model, &note_model, &hall_model, &hall_row_model, &chair_model,
                        &hen_model, &egg_model);
}

static void assert_round_trips(size_t expected)
{
    if (!fixture_is_sqlite())
        assert_int_equal(round_trips, expected);
    round_trips = 0;
}

/* ---- S-256: order and keys --------------------------------------------------------------------------------------- */

/* Children are put before their parents. */
static void test_s256_in_order_of_dependency(void **state)
{
    struct fixture *f = *state;
    struct ar_graph graph = ar_graph_start(f->s);
    struct note notes[] = {{.text = "one"}, {.text = "two"}};
    struct member member = {.name = "Ann"};
    struct club club = {.name = "chess"};
    struct note *stored;
    struct member *writer;

    note_set_member(&graph, &notes[0], &member);
    note_set_member(&graph, &notes[1], &member);
    member_set_club(&graph, &member, &club); /* the club has no key: it is inserted, too */
    round_trips = 0;
    ok(f->s, ar_graph_save(&graph));
    assert_statements(f, 3);
    assert_round_trips(3 + 1);
    assert_true(club.id > 0 && member.id > 0 && notes[0].id > 0 && notes[1].id > notes[0].id);
    assert_int_equal(member.club_id, club.id);
    assert_int_equal(club.member_count, 1);
    assert_text(member.state, "active");
    assert_true(member.created_at > 0);
    ok(f->other, note_find(f->other, notes[1].id, &stored));
    assert_text(stored->text, "two");
    ok(f->other, note_member(f->other, stored, &writer));
    assert_text(writer->name, "Ann");
    assert_int_equal(writer->club_id, club.id);

    /* The session knows the rows, and the graph is empty. */
    reset_statements(f);
    ok(f->s, ar_graph_save(&graph));
    ok(f->s, member_save(f->s, &member));
    assert_statements(f, 0);
}

static void test_s256_rows_that_exist(void **state)
{
    struct fixture *f = *state;
    struct ar_graph graph = ar_graph_start(f->s);
    struct club club = {.name = "chess"}, other = {.name = "go"}, *known;
    struct member members[] = {{.name = "Ann"}, {.name = "Bob"}};
    struct member_list list;

    add_row(f, &club_model, &club);
    add_row(f, &club_model, &other);
    ok(f->s, club_find(f->s, club.id, &known));
    ok(f->s, club_members(f->s, known, &list));
    assert_int_equal(list.count, 0);
    member_set_club(&graph, &members[0], &other);
    member_set_club(&graph, &members[0], known); /* the last one counts */
    member_set_club(&graph, &members[1], known);
    round_trips = 0;
    ok(f->s, ar_graph_save(&graph));
    assert_round_trips(1 + 1 + 1); /* and the counter of the club */
    assert_int_equal(known->member_count, 2);
    ok(f->s, club_members(f->s, known, &list));
    assert_int_equal(list.count, 2);
    assert_int_equal(list.items[0]->id, members[0].id);
}

static void test_s256_a_record_alone_and_none(void **state)
{
    struct fixture *f = *state;
    struct ar_graph graph = ar_graph_start(f->s);
    struct club club = {.name = "chess"};
    int64_t count;

    ok(f->s, ar_graph_save(&graph));
    club_put(&graph, &club);
    club_put(&graph, &club);
    ok(f->s, ar_graph_save(&graph));
    ok(f->other, club_count(club_query(f->other), &count));
    assert_int_equal(count, 1);
}

/* Keys of the caller: such records are put, because a key does not mean that there is a row. The key of a row is partly
 * the key of its hall. */
static void test_s256_composite_keys_of_the_caller(void **state)
{
    struct fixture *f = *state;
    struct ar_graph graph = ar_graph_start(f->s);
    struct club club = {.name = "chess"};
    struct member keeper = {.name = "Ann"};
    struct hall hall = {.code = "east", .name = "East"};
    struct hall_row rows[] = {{.number = 1}, {.number = 2}}, *stored;
    struct chair chairs[4] = {{0}};
    struct chair_list list;

    hall_put(&graph, &hall);
    member_set_club(&graph, &keeper, &club);
    for (size_t i = 0; i < 4; i++) {
        hall_row_set_hall(&graph, &rows[i / 2], &hall);
        hall_row_set_keeper(&graph, &rows[i / 2], &keeper);
        chair_set_row(&graph, &chairs[i], &rows[i / 2]);
    }
    round_trips = 0;
    ok(f->s, ar_graph_save(&graph));
    assert_round_trips(3 + 1); /* hall and club, keeper, rows with keys of the caller and chairs */
    ok(f->other, hall_row_find(f->other, "east", 2, &stored));
    assert_int_equal(stored->keeper_id, keeper.id);
    ok(f->other, hall_row_chairs(f->other, stored, &list));
    assert_int_equal(list.count, 2);
    assert_int_equal(list.items[1]->id, chairs[3].id);
    assert_text(chairs[3].hall_code, "east");
}

/* A member that was put into a new club, and then into one that exists, counts there. */
static void test_s256_set_twice(void **state)
{
    struct fixture *f = *state;
    struct ar_graph graph = ar_graph_start(f->s);
    struct club fresh = {.name = "new"}, existing = {.name = "old"}, *stored;
    struct member member = {.name = "Ann"};

    add_row(f, &club_model, &existing);
    member_set_club(&graph, &member, &fresh);
    member_set_club(&graph, &member, &existing);
    member_set_club(&graph, &member, &fresh);
    member_set_club(&graph, &member, &existing);
    ok(f->s, ar_graph_save(&graph));
    assert_int_equal(member.club_id, existing.id);
    ok(f->other, club_find(f->other, existing.id, &stored));
    ok(f->other, club_reload(f->other, stored));
    assert_int_equal(stored->member_count, 1);
    ok(f->other, club_find(f->other, fresh.id, &stored));
    assert_int_equal(stored->member_count, 0);
}

/* ---- S-257: rows of one model that refer to each other, and circles ---------------------------------------------- */

static void test_s257_a_tree(void **state)
{
    enum { NOTES = 40 };
    struct fixture *f = *state;
    struct ar_graph graph = ar_graph_start(f->s);
    struct club club = {.name = "chess"};
    struct member member = {.name = "Ann"};
    struct note notes[NOTES] = {{0}};

    member_set_club(&graph, &member, &club);
    for (size_t i = NOTES; i-- > 0;) { /* a heap: the parent of i is (i - 1) / 3 */
        note_set_member(&graph, &notes[i], &member);
        if (i > 0)
            note_set_parent(&graph, &notes[i], &notes[(i - 1) / 3]);
    }
    round_trips = 0;
    ok(f->s, ar_graph_save(&graph));
    assert_round_trips(6 + 1); /* club, member, and four levels of notes: 1, 3, 9, 27 */
    for (size_t i = 1; i < NOTES; i++) {
        struct note *stored;
        ok(f->other, note_find(f->other, notes[i].id, &stored));
        assert_int_equal(stored->parent_id, notes[(i - 1) / 3].id);
    }
}

/* The leader of a club is a member of it: the nullable foreign key is set afterwards. */
static void test_s257_a_circle_with_a_nullable_key(void **state)
{
    enum { CLUBS = 5 };
    struct fixture *f = *state;
    struct ar_graph graph = ar_graph_start(f->s);
    struct club clubs[CLUBS] = {{.name = "a"}, {.name = "b"}, {.name = "c"}, {.name = "d"}, {.name = "e"}};
    struct member leaders[CLUBS] = {{0}};
    struct note self = {.text = "refers to itself"};

    for (size_t i = 0; i < CLUBS; i++) {
        member_set_club(&graph, &leaders[i], &clubs[i]);
        club_set_leader(&graph, &clubs[i], &leaders[i]);
    }
    note_set_member(&graph, &self, &leaders[0]);
    note_set_parent(&graph, &self, &self);
    round_trips = 0;
    ok(f->s, ar_graph_save(&graph));
    assert_round_trips(3 + 1 + 1); /* clubs, members, the note; updates; COMMIT */
    for (size_t i = 0; i < CLUBS; i++) {
        struct club *stored;
        ok(f->other, club_find(f->other, clubs[i].id, &stored));
        assert_int_equal(stored->leader_id, leaders[i].id);
        assert_int_equal(stored->member_count, 1);
        assert_int_equal(clubs[i].leader_id, leaders[i].id);
        assert_int_equal(leaders[i].club_id, clubs[i].id);
    }
    assert_int_equal(self.parent_id, self.id);
    reset_statements(f);
    ok(f->s, club_save(f->s, &clubs[0]));
    assert_statements(f, 0);
}

static void test_s257_a_circle_without_one(void **state)
{
    struct fixture *f = *state;
    struct ar_graph graph = ar_graph_start(f->s);
    struct hen hen = {0};
    struct egg egg = {0};

    hen_set_egg(&graph, &hen, &egg);
    egg_set_hen(&graph, &egg, &hen);
    fails(f->s, AR_INVALID, ar_graph_save(&graph));
    assert_error_names(f->s, "in a circle");
    assert_error_names(f->s, "egg.hen");
    assert_error_names(f->s, "hen.egg");
    assert_int_equal(hen.id + hen.egg_id + egg.id + egg.hen_id, 0);
    assert_statements(f, 0);
}

/* ---- S-258: many rows -------------------------------------------------------------------------------------------- */

/* 3 levels of 7,000 rows with and without defaults: the round trips do not depend on the number of rows. */
static void test_s258_many_rows(void **state)
{
    enum { CLUBS = 20, MEMBERS = 1000, NOTES = 6000 };
    struct fixture *f = *state;
    struct ar_graph graph = ar_graph_start(f->s);
    struct club *clubs = calloc(CLUBS, sizeof *clubs);
    struct member *members = calloc(MEMBERS, sizeof *members);
    struct note *notes = calloc(NOTES, sizeof *notes);
    struct note_query *all = note_query(f->other);
    struct note_list list;

    for (size_t i = 0; i < NOTES; i++)
        note_set_member(&graph, &notes[i], &members[i % MEMBERS]);
    for (size_t i = 0; i < MEMBERS; i++) {
        members[i].state = i / 100 % 2 == 0 ? NULL : "given";
        member_set_club(&graph, &members[i], &clubs[i % CLUBS]);
    }
    round_trips = 0;
    ok(f->s, ar_graph_save(&graph));
    assert_round_trips(3 + 1);
    if (!fixture_is_sqlite())
        assert_statements(f, 1 + 10 + 2); /* members in runs of 100, notes in two statements */
    note_order_by(all, ar_asc(note_column.id));
    ok(f->other, note_all(all, &list));
    assert_int_equal(list.count, NOTES);
    for (size_t i = 0; i < NOTES; i++) {
        struct member *member;
        assert_int_equal(list.items[i]->id, notes[i].id);
        assert_int_equal(list.items[i]->member_id, members[i % MEMBERS].id);
        ok(f->other, note_member(f->other, list.items[i], &member));
        assert_int_equal(member->club_id, clubs[i % MEMBERS % CLUBS].id);
        assert_text(member->state, i % MEMBERS / 100 % 2 == 0 ? "active" : "given");
    }
    free(clubs);
    free(members);
    free(notes);
}

/* ---- S-259: all or nothing --------------------------------------------------------------------------------------- */

static void assert_failed(struct fixture *f, struct ar_graph *graph, struct note *note, struct member *member,
                          struct club *club, enum ar_status expected)
{
    struct note note_before = *note;
    struct member member_before = *member;
    struct club club_before = *club;
    int64_t count;

    fails(f->s, expected, ar_graph_save(graph));
    assert_memory_equal(note, &note_before, sizeof note_before);
    assert_memory_equal(member, &member_before, sizeof member_before);
    assert_memory_equal(club, &club_before, sizeof club_before);
    ok(f->other, club_count(club_query(f->other), &count));
    assert_int_equal(count, 0);
}

static void test_s259_a_failure_changes_nothing(void **state)
{
    struct fixture *f = *state;
    struct ar_graph graph = ar_graph_start(f->s);
    struct note note = {.text = "one", .parent_id = 999};
    struct member member = {.name = "Ann"}, missing = {.id = 999};
    struct club club = {.name = "chess"};
    int64_t count;

    note_set_member(&graph, &note, &member);
    member_set_club(&graph, &member, &club);
    assert_failed(f, &graph, &note, &member, &club, AR_CONSTRAINT); /* no note 999 */
    note.parent_id = 0;
    club.name = "a name of more than twenty characters";
    assert_failed(f, &graph, &note, &member, &club, AR_INVALID);
    club.name = "chess";
    /* In a transaction, earlier writes stay. */
    ok(f->s, ar_begin(f->s));
    struct club earlier = {.name = "earlier"};
    ok(f->s, club_insert(f->s, &earlier));
    note.parent_id = 999;
    fails(f->s, AR_CONSTRAINT, ar_graph_save(&graph));
    note.parent_id = 0;
    ok(f->s, ar_graph_save(&graph)); /* the graph is still complete */
    ok(f->s, ar_commit(f->s));
    ok(f->other, club_count(club_query(f->other), &count));
    assert_int_equal(count, 2);

    struct note lost = {.text = "lost"};
    note_set_member(&graph, &lost, &missing);
    fails(f->s, AR_CONSTRAINT, ar_graph_save(&graph));
}

static void test_s259_rollback(void **state)
{
    struct fixture *f = *state;
    struct ar_graph graph = ar_graph_start(f->s);
    struct member member = {.name = "Ann"}, *found;
    struct club club = {.name = "chess"};

    member_set_club(&graph, &member, &club);
    ok(f->s, ar_begin(f->s));
    ok(f->s, ar_graph_save(&graph));
    ok(f->s, ar_rollback(f->s));
    fails(f->s, AR_NOT_FOUND, member_find(f->s, member.id, &found));
}

static void test_s259_misuse(void **state)
{
    struct fixture *f = *state;
    struct ar_graph graph = ar_graph_start(f->s);
    struct note note = {.text = "one"};
    struct hall hall = {.name = "no code"};
    struct hall_row row = {.number = 1};

    hall_row_set_hall(&graph, &row, &hall);
    fails(f->s, AR_INVALID, ar_graph_save(&graph));
    assert_error_names(f->s, "hall.code is not set");
    graph = ar_graph_start(f->s);
    note_put(&graph, &note);
    club_put(&graph, (struct club *)(void *)&note);
    fails(f->s, AR_MISUSE, ar_graph_save(&graph));
    assert_statements(f, 0);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, open_tables, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_s256_in_order_of_dependency),
        TEST(test_s256_rows_that_exist),
        TEST(test_s256_a_record_alone_and_none),
        TEST(test_s256_composite_keys_of_the_caller),
        TEST(test_s256_set_twice),
        TEST(test_s257_a_tree),
        TEST(test_s257_a_circle_with_a_nullable_key),
        TEST(test_s257_a_circle_without_one),
        TEST(test_s258_many_rows),
        TEST(test_s259_a_failure_changes_nothing),
        TEST(test_s259_rollback),
        TEST(test_s259_misuse),
    };
    return cmocka_run_group_tests_name("graph", tests, NULL, NULL);
}
