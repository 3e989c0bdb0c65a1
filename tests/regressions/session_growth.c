/* Every find, rollback and commit allocated memory until the session was cleared. */
#include "session_growth.ar.h"
#include "support.h"

#include <string.h>

enum { ROUNDS = 1000, SETTLED = 40, LARGE = 40000 };

static int open_pages(void **state)
{
    return fixture_open(state, &page_model);
}

static int64_t a_page(struct fixture *f, size_t size)
{
    static char text[LARGE + 1];
    struct page page = {.text = text};
    memset(text, 'x', size);
    text[size] = '\0';
    add_row(f, &page_model, &page);
    return page.id;
}

/* Run it repeatedly: after a few rounds, the session must not use more memory. */
static void assert_no_growth(struct fixture *f, int64_t id, void (*round)(struct fixture *f, int64_t id))
{
    size_t settled = 0;
    for (int i = 0; i < ROUNDS; i++) {
        round(f, id);
        if (i == SETTLED)
            settled = ar_session_memory(f->s);
    }
    assert_true(settled > 0);
    assert_true(ar_session_memory(f->s) <= settled);
}

static void find(struct fixture *f, int64_t id)
{
    struct page *page;
    ok(f->s, page_find(f->s, id, &page));
}

static void test_finds(void **state)
{
    assert_no_growth(*state, a_page(*state, 10), find);
}

static void test_finds_of_a_large_text(void **state)
{
    assert_no_growth(*state, a_page(*state, LARGE), find);
}

/* The row differs each time. */
static void find_changed(struct fixture *f, int64_t id)
{
    struct page *page;
    ok(f->other, page_find(f->other, id, &page));
    page->views++;
    ok(f->other, page_save(f->other, page));
    find(f, id);
}

static void test_finds_of_a_row_that_changes(void **state)
{
    assert_no_growth(*state, a_page(*state, 0), find_changed);
}

static void roll_back(struct fixture *f, int64_t id)
{
    struct page *page;
    ok(f->s, ar_begin(f->s));
    ok(f->s, page_find(f->s, id, &page));
    page->views++;
    ok(f->s, page_save(f->s, page));
    ok(f->s, ar_rollback(f->s));
}

static void test_rollbacks(void **state)
{
    assert_no_growth(*state, a_page(*state, 10), roll_back);
}

static void test_rollbacks_to_a_savepoint(void **state)
{
    struct fixture *f = *state;
    struct page *page;
    int64_t id = a_page(f, 10);
    ok(f->s, ar_begin(f->s));
    ok(f->s, page_find(f->s, id, &page));
    page->views++;
    ok(f->s, page_save(f->s, page));
    assert_no_growth(f, id, roll_back);
    ok(f->s, ar_rollback(f->s));
    assert_int_equal(page->views, 0);
}

static void commit(struct fixture *f, int64_t id)
{
    struct page *page;
    ok(f->s, ar_begin(f->s));
    ok(f->s, page_find(f->s, id, &page));
    page->views++;
    ok(f->s, page_save(f->s, page));
    ok(f->s, ar_commit(f->s));
}

static void test_commits(void **state)
{
    assert_no_growth(*state, a_page(*state, 10), commit);
}

static void save(struct fixture *f, int64_t id)
{
    struct page *page;
    ok(f->s, page_find(f->s, id, &page));
    page->views++;
    ok(f->s, page_save(f->s, page));
}

/* A transaction stores the values of a record once, no matter how often it is saved. */
static void test_saves_in_a_transaction(void **state)
{
    struct fixture *f = *state;
    struct page *page;
    int64_t id = a_page(f, 10);
    ok(f->s, page_find(f->s, id, &page));
    ok(f->s, ar_begin(f->s));
    assert_no_growth(f, id, save);
    ok(f->s, ar_rollback(f->s));
    assert_int_equal(page->views, 0);
}

/* The tables of many records count, until the session is cleared. */
static void test_many_records(void **state)
{
    struct fixture *f = *state;
    struct page_list pages;
    size_t before;
    for (int i = 0; i < 100; i++)
        (void)a_page(f, 10);
    find(f, 1);
    before = ar_session_memory(f->s);
    ok(f->s, page_all(page_query(f->s), &pages));
    assert_int_equal(pages.count, 100);
    assert_true(ar_session_memory(f->s) > before);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, open_pages, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_finds),
        TEST(test_finds_of_a_large_text),
        TEST(test_finds_of_a_row_that_changes),
        TEST(test_rollbacks),
        TEST(test_rollbacks_to_a_savepoint),
        TEST(test_commits),
        TEST(test_saves_in_a_transaction),
        TEST(test_many_records),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
