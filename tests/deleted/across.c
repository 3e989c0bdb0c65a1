/* Rows that are deleted by a time, as other features meet them, S-323 to S-326: counts, conditions across relations,
 * counters, dependents and trees. */
#include "hooks.h"

static int open_clubs(void **state)
{
    return fixture_open(state, &club_model, &member_model);
}

/* Two clubs: the first with members aged 10, 20, 30 of which the second is deleted, the other with a deleted one. */
static void given_clubs(struct fixture *f)
{
    for (int i = 0; i < 2; i++) {
        struct club club = {.name = "club"};
        add_row(f, &club_model, &club);
        for (int age = 10; age <= (i == 0 ? 30 : 10); age += 10) {
            struct member member = {.club_id = club.id, .age = age};
            add_row(f, &member_model, &member);
            f->is_paused = true;
            if (age == 20 || i == 1)
                ok(f->other, member_delete(f->other, &member));
            f->is_paused = false;
        }
    }
    ar_session_clear(f->other);
    reset_statements(f);
}

static struct club *the_club(struct fixture *f, int64_t id)
{
    struct club *club;
    ok(f->s, club_find(f->s, id, &club));
    reset_statements(f);
    return club;
}

static int64_t counter_of(struct fixture *f, int64_t club)
{
    struct club *found;
    ar_session_clear(f->other);
    ok(f->other, club_find(f->other, club, &found));
    reset_statements(f);
    return found->members_count;
}

/* S-323: counts of a relation, lazily, eagerly and from a loaded list; a delete and a restore drop them. */
static void test_s323_counts(void **state)
{
    struct fixture *f = *state;
    given_clubs(f);
    struct club_list clubs;
    struct club_query *q = club_query(f->s);
    club_order_by(q, ar_asc(club_column.id));
    ok(f->s, club_all(q, &clubs));
    reset_statements(f);
    int64_t count;
    ok(f->s, club_members_count(f->s, clubs.items[0], &count));
    assert_int_equal(count, 2);
    ok(f->s, club_members_count(f->s, clubs.items[1], &count));
    assert_int_equal(count, 0);
    assert_statements(f, 1);

    struct member_list members;
    ok(f->s, club_members(f->s, clubs.items[0], &members));
    assert_int_equal(members.count, 2);
    ok(f->s, member_delete(f->s, members.items[0]));
    ok(f->s, club_members_count(f->s, clubs.items[0], &count));
    assert_int_equal(count, 1);
    ok(f->s, member_restore(f->s, members.items[0]));
    ok(f->s, club_members_count(f->s, clubs.items[0], &count));
    assert_int_equal(count, 2);

    q = club_query(f->s);
    member_with_deleted(club_with_members_count(q));
    fails(f->s, AR_MISUSE, club_all(q, &clubs));
    assert_error_names(f->s, "leaves deleted rows out");
}

/* S-324: conditions on related rows and orders by their number do not see deleted rows, in both directions. */
static void test_s324_conditions(void **state)
{
    struct fixture *f = *state;
    given_clubs(f);
    struct club_query *q = club_query(f->s);
    struct club_list clubs;
    club_where(q, club_has_members());
    ok(f->s, club_all(q, &clubs));
    assert_int_equal(clubs.count, 1);
    q = club_query(f->s);
    club_where(q, club_has_members(ar_eq(member_column.age, 20)));
    ok(f->s, club_all(q, &clubs));
    assert_int_equal(clubs.count, 0);
    q = club_query(f->s);
    club_where(q, club_has_members_count(AR_GE, 3));
    ok(f->s, club_all(q, &clubs));
    assert_int_equal(clubs.count, 0);
    q = club_query(f->s);
    club_order_by(q, club_by_members_count(AR_ASC));
    ok(f->s, club_all(q, &clubs));
    assert_int_equal(clubs.items[0]->id, 2);

    struct club_query *all = club_query(f->s);
    club_where(all, ar_eq(club_column.id, 1));
    ok(f->s, club_delete_all(all, NULL));
    struct member_query *members = member_query(f->s);
    member_where(members, member_has_club());
    int64_t count;
    ok(f->s, member_count(members, &count));
    assert_int_equal(count, 0);
    members = member_query(f->s);
    member_where(members, ar_not(member_has_club()));
    ok(f->s, member_count(members, &count));
    assert_int_equal(count, 2);
}

/* S-325: a counter counts living rows: a delete, a restore and the erasure of a living row change it, that of a deleted
 * row does not. */
static void test_s325_counter(void **state)
{
    struct fixture *f = *state;
    given_clubs(f);
    assert_int_equal(counter_of(f, 1), 2);
    assert_int_equal(counter_of(f, 2), 0);
    struct member_list members;
    struct member_query *q = member_query(f->s);
    member_order_by(q, ar_asc(member_column.id));
    ok(f->s, member_all(q, &members));
    ok(f->s, member_delete(f->s, members.items[0]));
    assert_int_equal(members.items[0]->revision, 1);
    assert_int_equal(counter_of(f, 1), 1);
    ok(f->s, member_restore(f->s, members.items[0]));
    assert_int_equal(members.items[0]->revision, 2);
    assert_int_equal(counter_of(f, 1), 2);
    fails(f->s, AR_NOT_FOUND, member_restore(f->s, members.items[0]));
    assert_int_equal(counter_of(f, 1), 2);
    ok(f->s, member_delete(f->s, members.items[0]));
    ok(f->s, member_erase(f->s, members.items[0]));
    assert_int_equal(counter_of(f, 1), 1);
    ok(f->s, member_erase(f->s, members.items[1]));
    assert_int_equal(counter_of(f, 1), 0);
    struct member deleted = {.id = 2};
    ok(f->s, member_erase(f->s, &deleted));
    assert_int_equal(counter_of(f, 1), 0);

    struct club *club = the_club(f, 2);
    run_sql(f, "UPDATE clubs SET members_count = 9");
    ok(f->s, member_recount_club(f->s, &club, 1));
    assert_int_equal(counter_of(f, 2), 0);
}

/* S-325: dependents that are deleted by a time are marked, with their owner; those that are deleted already keep their
 * time. A restore of the owner restores nothing else. */
static void test_s325_dependents(void **state)
{
    struct fixture *f = *state;
    given_clubs(f);
    struct club *club = the_club(f, 1);
    struct member_list members;
    ok(f->s, club_members(f->s, club, &members));
    ok(f->s, club_delete(f->s, club));
    assert_int_not_equal(club->deleted_at, 0);
    int64_t count;
    ok(f->s, member_count(member_query(f->s), &count));
    assert_int_equal(count, 0);
    struct member_query *q = member_query(f->s);
    member_with_deleted(q);
    member_where(q, ar_eq(member_column.club_id, 1));
    ok(f->s, member_all(q, &members));
    assert_int_equal(members.count, 3);
    for (size_t i = 0; i < members.count; i++)
        assert_int_equal(members.items[i]->revision, 1);
    ok(f->s, club_restore(f->s, club));
    ok(f->s, club_members(f->s, club, &members));
    assert_int_equal(members.count, 0);
}

/* S-326: trees end at deleted rows. */
static void test_s326_trees(void **state)
{
    struct fixture *f = *state;
    int64_t ids[4];
    for (int i = 0; i < 4; i++) { /* 0 <- 1 <- 2, 0 <- 3 */
        struct member member = {.parent_id = i == 0 ? 0 : i == 3 ? ids[0] : ids[i - 1]};
        add_row(f, &member_model, &member);
        ids[i] = member.id;
    }
    struct member *root, *leaf, *parent;
    ok(f->s, member_find(f->s, ids[0], &root));
    struct member key = {.id = ids[1]};
    ok(f->other, member_delete(f->other, &key));
    struct member_list below;
    ok(f->s, member_children_tree(f->s, root, AR_WHOLE_DEPTH, &below));
    assert_int_equal(below.count, 1);
    assert_int_equal(below.items[0]->id, ids[3]);
    ok(f->s, member_find(f->s, ids[2], &leaf));
    ok(f->s, member_parent_path(f->s, leaf, AR_WHOLE_DEPTH, &below));
    assert_int_equal(below.count, 0);
    ok(f->s, member_parent(f->s, leaf, &parent));
    assert_null(parent);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, open_clubs, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_s323_counts),     TEST(test_s324_conditions), TEST(test_s325_counter),
        TEST(test_s325_dependents), TEST(test_s326_trees),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
