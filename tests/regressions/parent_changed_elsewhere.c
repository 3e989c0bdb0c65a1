/* A row whose parent was changed by another session is refreshed while its parent is loaded, because both are in the
 * same table. The load crashed, or returned no parent. */
#include "parent_changed_elsewhere.ar.h"
#include "support.h"

static int open_trees(void **state)
{
    return fixture_open(state, &timed_model, &sized_model, &kept_model, &tagged_model);
}

/* Nodes 1 (the root), 2 (under 1) and 3 (under 2); then another session moves 2 under 4, which this session has not
 * loaded. */
#define TEST_OF(model)                                                                                                 \
    static void test_##model(void **state)                                                                             \
    {                                                                                                                  \
        struct fixture *f = *state;                                                                                    \
        struct model rows[] = {{.name = "1"}, {.name = "2"}, {.name = "3"}, {.name = "4"}}, *parent;                   \
        for (size_t i = 0; i < 4; i++) {                                                                               \
            rows[i].parent_id = i > 0 && i < 3 ? rows[i - 1].id : 0;                                                   \
            add_row(f, &model##_model, &rows[i]);                                                                      \
        }                                                                                                              \
        struct model##_query *q = model##_query(f->s);                                                                 \
        struct model##_list list;                                                                                      \
        model##_where(q, ar_in(model##_column.id, ((int64_t[]){rows[1].id, rows[2].id}), 2));                          \
        model##_order_by(q, ar_asc(model##_column.id));                                                                \
        ok(f->s, model##_all(q, &list));                                                                               \
        rows[1].parent_id = rows[3].id;                                                                                \
        ok(f->other, model##_save(f->other, &rows[1]));                                                                \
        ok(f->s, ar_execute(f->s, "SELECT 1")); /* makes cached rows stale */                                          \
        ok(f->s, model##_parent(f->s, list.items[0], &parent));                                                        \
        assert_non_null(parent);                                                                                       \
        assert_text(parent->name, "4");                                                                                \
        ok(f->s, model##_parent(f->s, list.items[1], &parent));                                                        \
        assert_ptr_equal(parent, list.items[0]);                                                                       \
        reset_statements(f);                                                                                           \
        ok(f->s, model##_parent(f->s, list.items[0], &parent));                                                        \
        assert_text(parent->name, "4");                                                                                \
        assert_statements(f, 0);                                                                                       \
    }

TEST_OF(timed)
TEST_OF(sized)
TEST_OF(kept)

/* The keys of a load are stable, even if a loaded row changes the struct from which a key was read: 2 and 5 are under
 * 1, 3 is under 2, and 2 moves under 4. */
static void test_tagged(void **state)
{
    struct fixture *f = *state;
    struct tagged rows[] = {{.id = {1}, .place = 9},
                            {.id = {2}, .parent_id = {1}, .place = 2},
                            {.id = {3}, .parent_id = {2}, .place = 1},
                            {.id = {4}, .place = 8},
                            {.id = {5}, .parent_id = {1}, .place = 3}};
    struct tagged_query *q = tagged_query(f->s);
    struct tagged_list list;
    struct tagged *parent;
    for (size_t i = 0; i < 5; i++)
        add_row(f, &tagged_model, &rows[i]);
    tagged_where(q, ar_lt(tagged_column.place, 8));
    tagged_order_by(q, ar_asc(tagged_column.place));
    ok(f->s, tagged_all(q, &list));
    rows[1].parent_id[0] = 4;
    ok(f->other, tagged_save(f->other, &rows[1]));
    ok(f->s, ar_execute(f->s, "SELECT 1"));
    ok(f->s, tagged_parent(f->s, list.items[0], &parent));
    assert_ptr_equal(parent, list.items[1]);
    ok(f->s, tagged_parent(f->s, list.items[1], &parent));
    assert_int_equal(parent->id[0], 4);
    ok(f->s, tagged_parent(f->s, list.items[2], &parent));
    assert_int_equal(parent->id[0], 1);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, open_trees, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_timed),
        TEST(test_sized),
        TEST(test_kept),
        TEST(test_tagged),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
