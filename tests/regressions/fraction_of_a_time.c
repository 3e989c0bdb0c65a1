/* On PostgreSQL, update_all wrote fractional seconds into the column of a time_t, so a condition with the time read
 * back did not match. */
#include "fraction_of_a_time.ar.h"
#include "support.h"

static int open_pages(void **state)
{
    return fixture_open(state, &page_model);
}

static void test_update_all(void **state)
{
    struct fixture *f = *state;
    struct page *page;
    int64_t count;
    add_row(f, &page_model, &(struct page){.title = "first"});
    for (int i = 0; i < 3; i++) {
        ok(f->s, page_update_all(page_query(f->s), ar_set(page_column.title, "second"), NULL));
        ok(f->s, page_find(f->s, 1, &page));
        struct page_query *q = page_query(f->s);
        page_where(q, ar_eq(page_column.updated_at, page->updated_at));
        ok(f->s, page_count(q, &count));
        assert_int_equal(count, 1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_update_all, open_pages, fixture_close),
    };
    return cmocka_run_group_tests_name("fraction_of_a_time", tests, NULL, NULL);
}
