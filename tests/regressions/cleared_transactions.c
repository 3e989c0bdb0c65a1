/* A cleared session numbers its transactions from the beginning. A bulk write before the clear was mistaken for one of
 * a later transaction, whose rollback then refreshed every record. */
#include "cleared_transactions.ar.h"
#include "support.h"

static int open_folders(void **state)
{
    if (fixture_open(state, &folder_model, &page_model) != 0)
        return -1;
    add_row(*state, &folder_model, &(struct folder){.name = "inbox"});
    add_row(*state, &page_model, &(struct page){.folder_id = 1, .title = "first"});
    return 0;
}

/* Find both records, roll back an empty transaction, and follow the relation between them. */
static void assert_cached_after_rollback(struct fixture *f)
{
    struct folder *folder, *found;
    struct page *page;
    ok(f->s, folder_find(f->s, 1, &folder));
    ok(f->s, page_find(f->s, 1, &page));
    reset_statements(f);
    ok(f->s, ar_begin(f->s));
    ok(f->s, ar_rollback(f->s));
    ok(f->s, page_folder(f->s, page, &found));
    assert_ptr_equal(found, folder);
    assert_statements(f, 0);
}

static void test_update_all_before_a_clear(void **state)
{
    struct fixture *f = *state;
    assert_cached_after_rollback(f);
    ok(f->s, ar_begin(f->s));
    ok(f->s, folder_update_all(folder_query(f->s), ar_set(folder_column.name, "outbox"), NULL));
    ok(f->s, ar_commit(f->s));
    ar_session_clear(f->s);
    assert_cached_after_rollback(f);
}

static void test_user_sql_before_a_clear(void **state)
{
    struct fixture *f = *state;
    assert_cached_after_rollback(f);
    ok(f->s, ar_begin(f->s));
    ok(f->s, ar_execute(f->s, "UPDATE folders SET name = 'outbox'"));
    ok(f->s, ar_rollback(f->s));
    ar_session_clear(f->s);
    assert_cached_after_rollback(f);
}

#define test(function) cmocka_unit_test_setup_teardown(function, open_folders, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        test(test_update_all_before_a_clear),
        test(test_user_sql_before_a_clear),
    };
    return cmocka_run_group_tests_name("cleared_transactions", tests, NULL, NULL);
}
