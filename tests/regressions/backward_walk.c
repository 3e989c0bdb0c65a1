/* A lazy walk backward took one statement per owner, because each loaded batch contained the owners after it. */
#include "backward_walk.ar.h"
#include "support.h"

enum { BOXES = 10000, REMEMBERED = 100 };

static int open_boxes(void **state)
{
    return fixture_open(state, &box_model, &thing_model);
}

static struct box_list all_boxes(struct fixture *f)
{
    static struct box boxes[BOXES];
    struct box_list list;
    for (size_t i = 0; i < BOXES; i++)
        boxes[i] = (struct box){.name = "box"};
    ok(f->other, box_insert_many(f->other, boxes, BOXES));
    ok(f->s, box_all(box_query(f->s), &list));
    assert_int_equal(list.count, BOXES);
    reset_statements(f);
    return list;
}

static void access_box(struct fixture *f, struct box *box)
{
    struct thing_list things;
    ok(f->s, box_things(f->s, box, &things));
    assert_int_equal(things.count, 0);
}

static void test_forwards(void **state)
{
    struct fixture *f = *state;
    struct box_list list = all_boxes(f);
    for (size_t i = 0; i < BOXES; i++)
        access_box(f, list.items[i]);
    assert_statements(f, BOXES / REMEMBERED);
}

static void test_backwards(void **state)
{
    struct fixture *f = *state;
    struct box_list list = all_boxes(f);
    for (size_t i = BOXES; i-- > 0;)
        access_box(f, list.items[i]);
    assert_statements(f, BOXES / REMEMBERED);
}

/* From the middle, one batch is needed to detect the direction. */
static void test_backwards_from_the_middle(void **state)
{
    struct fixture *f = *state;
    struct box_list list = all_boxes(f);
    for (size_t i = BOXES / 2; i-- > 0;)
        access_box(f, list.items[i]);
    assert_statements(f, BOXES / 2 / REMEMBERED + 1);
}

/* Walking over copies of the records behaves the same. */
static void test_backwards_over_copies(void **state)
{
    struct fixture *f = *state;
    struct box_list list = all_boxes(f);
    for (size_t i = BOXES; i-- > 0;) {
        struct box copy = *list.items[i];
        access_box(f, &copy);
    }
    assert_statements(f, BOXES / REMEMBERED);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, open_boxes, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_forwards),
        TEST(test_backwards),
        TEST(test_backwards_from_the_middle),
        TEST(test_backwards_over_copies),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
