/* Hooks at the end of transactions and of bulk calls, S-306 to S-310: exactly once for each transaction and record. */
#include "hooked.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int open_newsroom(void **state)
{
    reset_hooks();
    return fixture_open(state, &entry_model, &article_model, &page_model);
}

static void save_page(struct fixture *f, const char *book, int32_t number, const char *text)
{
    struct page page = {.book = book, .number = number, .text = text};
    ok(f->s, page_save(f->s, &page));
}

/* S-306: a write outside of a transaction is a transaction of one record. Without hooks before or after, it begins
 * none. */
static void test_s306_alone(void **state)
{
    struct fixture *f = *state;
    struct page page = {.book = "A", .number = 1, .text = "one"}, *loaded;
    ok(f->s, page_insert(f->s, &page));
    assert_log("committed A/1 one inserted;");
    assert_int_equal(f->reasons[AR_REASON_TRANSACTION], 0);
    assert_statements(f, 1);
    ok(f->s, page_find(f->s, "A", 1, &loaded));
    loaded->text = "two";
    ok(f->s, page_save(f->s, loaded));
    assert_log("committed A/1 two updated;");
    ok(f->s, page_delete(f->s, loaded));
    assert_log("committed A/1 two deleted;");
    fails(f->s, AR_NOT_FOUND, page_delete(f->s, loaded));
    assert_log("");
}

/* S-306: a write that fails is not a written record. */
static void test_s306_a_failed_write(void **state)
{
    struct fixture *f = *state;
    struct page page = {.book = "A", .number = 1}, *loaded;
    ok(f->s, page_insert(f->s, &page));
    reset_hooks();
    fails(f->s, AR_CONSTRAINT, page_insert(f->s, &page));
    assert_log("");
    ok(f->s, page_find(f->s, "A", 1, &loaded));
    ok(f->s, page_save(f->s, loaded)); /* nothing to write */
    assert_log("");
}

/* S-307: at the end of a transaction, the hooks are called once for each record, in the order of the first writes, with
 * the values written last and the change of the whole transaction. */
static void test_s307_once_per_record(void **state)
{
    struct fixture *f = *state;
    save_page(f, "A", 9, "old");
    save_page(f, "A", 8, "old");
    reset_hooks();
    ok(f->s, ar_begin(f->s));
    save_page(f, "A", 1, "one");
    save_page(f, "B", 1, "b");
    save_page(f, "A", 1, "two");
    struct page gone = {.book = "A", .number = 9};
    ok(f->s, page_delete(f->s, &gone));
    save_page(f, "A", 9, "again");
    struct page last = {.book = "A", .number = 8};
    ok(f->s, page_delete(f->s, &last));
    assert_log("");
    ok(f->s, ar_commit(f->s));
    assert_log("committed A/1 two inserted;committed B/1 b inserted;committed A/9 again updated;"
               "committed A/8 old deleted;");
    ok(f->s, ar_begin(f->s));
    ok(f->s, ar_commit(f->s));
    assert_log("");
}

/* S-307: the hook gets a copy: the caller may have changed or freed the record. */
static void test_s307_a_copy(void **state)
{
    struct fixture *f = *state;
    char *text = strdup("text");
    int64_t notes[] = {1, 2};
    struct page page = {.book = "A", .number = 1, .text = text, .scan = {text, 2}, .notes = {notes, 2}};
    ok(f->s, ar_begin(f->s));
    ok(f->s, page_insert(f->s, &page));
    memset(text, 'x', 4);
    free(text);
    memset(notes, 0x55, sizeof notes);
    memset(&page, 0x55, sizeof page);
    ok(f->s, ar_commit(f->s));
    assert_log("committed A/1 text inserted;scan te;note 1;note 2;");
}

/* S-308: a rolled back transaction calls the other hook; nothing is committed. */
static void test_s308_rollback(void **state)
{
    struct fixture *f = *state;
    ok(f->s, ar_begin(f->s));
    save_page(f, "A", 1, "one");
    save_page(f, "A", 1, "two");
    ok(f->s, ar_rollback(f->s));
    assert_log("rolled_back A/1 two inserted;");
    ok(f->s, ar_begin(f->s));
    save_page(f, "A", 2, "three");
    ar_session_clear(f->s);
    assert_log("rolled_back A/2 three inserted;");
}

/* S-308: savepoints: what an inner transaction wrote is rolled back with it, and committed only with the outermost. */
static void test_s308_savepoints(void **state)
{
    struct fixture *f = *state;
    ok(f->s, ar_begin(f->s));
    save_page(f, "A", 1, "outer");
    save_page(f, "B", 1, "outer");
    ok(f->s, ar_begin(f->s));
    save_page(f, "A", 1, "inner");
    save_page(f, "C", 1, "inner");
    ok(f->s, ar_rollback(f->s));
    assert_log("rolled_back A/1 inner updated;rolled_back C/1 inner inserted;");
    ok(f->s, ar_begin(f->s));
    save_page(f, "B", 1, "inner");
    save_page(f, "D", 1, "inner");
    ok(f->s, ar_commit(f->s));
    assert_log("");
    ok(f->s, ar_commit(f->s));
    assert_log("committed A/1 outer inserted;committed B/1 inner inserted;committed D/1 inner inserted;");

    ok(f->s, ar_begin(f->s));
    ok(f->s, ar_begin(f->s));
    save_page(f, "E", 1, "deep");
    ok(f->s, ar_commit(f->s));
    ok(f->s, ar_rollback(f->s));
    assert_log("rolled_back E/1 deep inserted;");

    ok(f->s, ar_begin(f->s));
    save_page(f, "F", 1, "outer");
    ok(f->s, ar_begin(f->s));
    ok(f->s, ar_begin(f->s));
    save_page(f, "F", 1, "inner");
    ok(f->s, ar_commit(f->s));
    ok(f->s, ar_rollback(f->s));
    assert_log("rolled_back F/1 inner updated;");
    ok(f->s, ar_commit(f->s));
    assert_log("committed F/1 outer inserted;");
}

/* S-308: many records, each written three times, in nested transactions. */
static void test_s308_many(void **state)
{
    enum { COUNT = 40 };
    struct fixture *f = *state;
    ok(f->s, ar_begin(f->s));
    for (int round = 0; round < 3; round++) {
        ok(f->s, ar_begin(f->s));
        for (int i = 1; i <= COUNT; i++)
            save_page(f, i % 2 == 0 ? "A" : "Odd one", i, round == 2 ? "last" : "x");
        ok(f->s, ar_commit(f->s));
    }
    assert_log("");
    ok(f->s, ar_commit(f->s));
    char expected[COUNT * 40] = "";
    for (int i = 1; i <= COUNT; i++)
        sprintf(expected + strlen(expected), "committed %s/%d last inserted;", i % 2 == 0 ? "A" : "Odd one", i);
    assert_log(expected);
}

/* S-309: a hook after a commit may write: that is another transaction. */
static void test_s309_writes_after_commit(void **state)
{
    struct fixture *f = *state;
    struct article first = {.title = "First"}, second = {.title = "Second"};
    ok(f->s, ar_begin(f->s));
    ok(f->s, article_insert(f->s, &first));
    ok(f->s, article_insert(f->s, &second));
    reset_hooks();
    hooks.writes_after_commit = true;
    hooks.after_commit = AR_MISUSE;
    ok(f->s, ar_commit(f->s));
    assert_int_equal(hooks.after_commit, AR_OK);
    assert_log("committed 1 First inserted;committed 2 Second inserted;");
    int64_t count;
    ok(f->other, entry_count(entry_query(f->other), &count));
    assert_int_equal(count, 1);
}

/* S-310: insert_many calls the hooks of an insert for each record: all before, then all after. */
static void test_s310_insert_many(void **state)
{
    struct fixture *f = *state;
    struct article articles[] = {{.title = "First"}, {.title = "Second"}, {.title = "Third"}};
    ok(f->s, article_insert_many(f->s, articles, 3));
    assert_log("before_insert 0;before_insert 0;before_insert 0;after_insert 1;after_insert 2;after_insert 3;"
               "committed 1 First inserted;committed 2 Second inserted;committed 3 Third inserted;");
    assert_text(articles[1].slug, "third"); /* one buffer */
}

/* S-310: if a hook fails, no row is inserted, and all structs are as before. */
static void test_s310_insert_many_fails(void **state)
{
    static const char *const functions[] = {"article_before_insert", "article_after_insert"};
    struct fixture *f = *state;
    for (size_t i = 0; i < 2; i++) {
        const struct article before[] = {{.title = "First"}, {.title = "Second"}};
        struct article articles[] = {before[0], before[1]};
        reset_hooks();
        hooks = (struct hook_control){.failing = functions[i], .with = AR_CONFLICT, .writes = true};
        fails(f->s, AR_CONFLICT, article_insert_many(f->s, articles, 2));
        assert_memory_equal(articles, before, sizeof before);
        int64_t count;
        ok(f->other, entry_count(entry_query(f->other), &count));
        assert_int_equal(count, 0);
        ok(f->other, article_count(article_query(f->other), &count));
        assert_int_equal(count, 0);
    }
}

/* S-310: an invalid record stops insert_many before anything is sent. */
static void test_s310_insert_many_invalid(void **state)
{
    struct fixture *f = *state;
    struct article articles[] = {{.title = "First"}, {.title = "forbidden", .pages = -1}};
    fails(f->s, AR_INVALID, article_insert_many(f->s, articles, 2));
    assert_int_equal(ar_session_error(f->s)->violation_count, 2);
    assert_statements(f, 0);
    assert_log("before_insert 0;before_insert 0;");
}

/* S-310: update_all and delete_all call no hooks. */
static void test_s310_all(void **state)
{
    struct fixture *f = *state;
    struct article article = {.title = "First"};
    ok(f->s, article_insert(f->s, &article));
    reset_hooks();
    reset_statements(f);
    int64_t changed;
    ok(f->s, article_update_all(article_query(f->s), ar_set(article_column.pages, 3), &changed));
    assert_int_equal(changed, 1);
    ok(f->s, article_delete_all(article_query(f->s), &changed));
    assert_int_equal(changed, 1);
    assert_log("");
    assert_statements(f, 2);
}

static enum ar_status write_page(struct ar_session *s, const struct page_list *pages, void *payload)
{
    const bool *rolls_back = payload;
    enum ar_status status = ar_begin(s);
    pages->items[0]->text = "new";
    if (status == AR_OK)
        status = page_save(s, pages->items[0]);
    if (status != AR_OK)
        return status;
    return *rolls_back && pages->items[0]->number == 2 ? ar_rollback(s) : ar_commit(s);
}

/* S-190: what the function of a stream has written is committed with the transaction of the query's session. */
static void test_s190_streams(void **state)
{
    struct fixture *f = *state;
    bool rolls_back = true;
    save_page(f, "A", 1, "old");
    save_page(f, "A", 2, "old");
    reset_hooks();
    ok(f->s, ar_begin(f->s));
    save_page(f, "A", 1, "first");
    ok(f->s, page_each(page_query(f->s), 1, write_page, &rolls_back));
    assert_log("rolled_back A/2 new updated;");
    ok(f->s, ar_commit(f->s));
    assert_log("committed A/1 new updated;");
    ok(f->s, page_each(page_query(f->s), 1, write_page, &rolls_back));
    assert_log("rolled_back A/2 new updated;");
    rolls_back = false;
    ok(f->s, page_each(page_query(f->s), 2, write_page, &rolls_back));
    assert_log("");
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, open_newsroom, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_s306_alone),
        TEST(test_s306_a_failed_write),
        TEST(test_s307_once_per_record),
        TEST(test_s307_a_copy),
        TEST(test_s308_rollback),
        TEST(test_s308_savepoints),
        TEST(test_s308_many),
        TEST(test_s309_writes_after_commit),
        TEST(test_s310_insert_many),
        TEST(test_s310_insert_many_fails),
        TEST(test_s310_insert_many_invalid),
        TEST(test_s310_all),
        TEST(test_s190_streams),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
