/* Hooks around single writes, S-300 to S-305: their order, what they may change, and what a failure undoes. */
#include "hooked.h"

#include <string.h>

static int open_newsroom(void **state)
{
    reset_hooks();
    return fixture_open(state, &entry_model, &article_model, &ticket_model, &spinner_model, &badge_model);
}

static int64_t entries(struct fixture *f)
{
    int64_t count;
    ok(f->other, entry_count(entry_query(f->other), &count));
    return count;
}

static int64_t articles(struct fixture *f)
{
    int64_t count;
    ok(f->other, article_count(article_query(f->other), &count));
    return count;
}

/* Insert an article and return the session's record of it. */
static struct article *given_article(struct fixture *f, const char *title)
{
    struct article article = {.title = title}, *loaded;
    ok(f->s, article_insert(f->s, &article));
    ok(f->s, article_find(f->s, article.id, &loaded));
    reset_hooks();
    reset_statements(f);
    return loaded;
}

/* S-300: an insert, an update and a delete call their hooks before and after, in one transaction each; the hooks after
 * an insert have its key. */
static void test_s300_order(void **state)
{
    struct fixture *f = *state;
    struct article article = {.title = "First"}, *loaded;
    ok(f->s, article_save(f->s, &article));
    assert_int_equal(article.id, 1);
    assert_log("before_insert 0;after_insert 1;committed 1 First inserted;");
    assert_statements(f, 1);
    ok(f->s, article_find(f->s, 1, &loaded));
    reset_statements(f);

    loaded->title = "Second";
    ok(f->s, article_save(f->s, loaded));
    assert_log("before_update 1;after_update 1;committed 1 Second updated;");
    assert_int_equal(f->reasons[AR_REASON_TRANSACTION], 2);
    assert_statements(f, 1);

    ok(f->s, article_delete(f->s, loaded));
    assert_log("before_delete 1 Second;after_delete 1 Second;committed 1 Second deleted;");
    assert_statements(f, 1);
    assert_int_equal(articles(f), 0);
}

/* S-300: hooks of one event are called in the order of their attributes; one changes what is written. */
static void test_s300_a_hook_changes_the_record(void **state)
{
    struct fixture *f = *state;
    struct article article = {.title = "Old News"}, *loaded;
    ok(f->s, article_insert(f->s, &article));
    assert_text(article.slug, "old-news");
    assert_text(article.status, "draft");
    ok(f->other, article_find(f->other, article.id, &loaded));
    assert_text(loaded->slug, "old-news");

    loaded->title = "New News";
    ok(f->other, article_update(f->other, loaded));
    assert_text(loaded->slug, "new-news");
    ok(f->other, article_reload(f->other, loaded));
    assert_text(loaded->slug, "new-news");
    assert_int_equal(loaded->revision, 1);
}

/* S-300: an update that changes nothing calls no hook and sends nothing. */
static void test_s300_no_change(void **state)
{
    struct fixture *f = *state;
    struct article *article = given_article(f, "Same");
    ok(f->s, article_save(f->s, article));
    assert_log("");
    assert_int_equal(f->reasons[AR_REASON_TRANSACTION], 0);
    assert_statements(f, 0);
}

/* S-301: a hook before an insert gives the record its key. A save finds out first if the row exists, and then calls the
 * hooks of an insert or of an update; AR_CREATED_AT is kept. */
static void test_s301_a_hook_sets_the_key(void **state)
{
    struct fixture *f = *state;
    struct ticket ticket = {.holder = "ann"}, again, *loaded;
    ok(f->s, ticket_insert(f->s, &ticket));
    assert_int_not_equal(ticket.id[15], 0);
    assert_log("before_insert ann;");
    ok(f->other, ticket_find(f->other, ticket.id, &loaded));
    assert_text(loaded->holder, "ann");

    again = (struct ticket){.holder = "bob"};
    memcpy(again.id, ticket.id, sizeof again.id);
    ar_session_clear(f->other);
    reset_statements(f);
    ok(f->other, ticket_save(f->other, &again));
    assert_log("after_update bob;");
    assert_statements(f, 2);
    assert_int_equal(again.created_at, ticket.created_at);

    again.id[15] = 200;
    ok(f->other, ticket_save(f->other, &again));
    assert_log("before_insert bob;");
    assert_statements(f, 2);
}

/* S-302: hooks write other records, in the transaction of the write. */
static void test_s302_hooks_write(void **state)
{
    struct fixture *f = *state;
    hooks.writes = true;
    struct article article = {.title = "First"};
    ok(f->s, article_insert(f->s, &article));
    assert_statements(f, 3);
    assert_int_equal(entries(f), 2);
    ok(f->s, article_delete(f->s, &article));
    assert_int_equal(entries(f), 3);
}

/* S-303: a hook that fails stops the write with its status: nothing is written, also by other hooks, and the record is
 * as it was before. */
static void test_s303_insert_fails(void **state)
{
    static const char *const functions[] = {"article_before_insert", "set_slug", "article_check",
                                            "article_after_insert"};
    struct fixture *f = *state;
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
        const struct article before = {.title = "First", .pages = 7};
        struct article article = before;
        reset_hooks();
        hooks = (struct hook_control){.failing = functions[i], .with = AR_CONFLICT, .writes = true};
        fails(f->s, AR_CONFLICT, article_insert(f->s, &article));
        assert_error_names(f->s, functions[i]);
        assert_text(ar_session_error(f->s)->model, "article");
        assert_memory_equal(&article, &before, sizeof before);
        assert_int_equal(entries(f), 0);
        assert_int_equal(articles(f), 0);
    }
    assert_log("before_insert 0;after_insert 1;rolled_back 1 First inserted;");
    reset_hooks();
    struct article article = {.title = "First"};
    ok(f->s, article_insert(f->s, &article));
    assert_int_equal(articles(f), 1);
}

static void test_s303_update_fails(void **state)
{
    static const char *const functions[] = {"set_slug", "article_before_update", "article_check",
                                            "article_after_update"};
    struct fixture *f = *state;
    struct article *article = given_article(f, "First"), *other;
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
        hooks = (struct hook_control){.failing = functions[i], .with = AR_NOT_FOUND};
        article->title = "Second";
        article->pages = 7;
        fails(f->s, AR_NOT_FOUND, article_save(f->s, article));
        assert_text(article->title, "Second");
        assert_text(article->slug, "first");
        assert_int_equal(article->pages, 7);
        assert_int_equal(article->revision, 0);
    }
    ok(f->other, article_find(f->other, article->id, &other));
    assert_text(other->title, "First");

    reset_hooks();
    ok(f->s, article_save(f->s, article));
    assert_text(article->slug, "second");
    assert_int_equal(article->revision, 1);
    ok(f->other, article_reload(f->other, other));
    assert_text(other->title, "Second");
    assert_int_equal(other->pages, 7);
}

static void test_s303_delete_fails(void **state)
{
    static const char *const functions[] = {"article_before_delete", "article_after_delete"};
    struct fixture *f = *state;
    struct article *article = given_article(f, "First"), *found;
    for (size_t i = 0; i < 2; i++) {
        hooks = (struct hook_control){.failing = functions[i], .with = AR_INVALID, .refuses = true, .writes = true};
        fails(f->s, AR_INVALID, article_delete(f->s, article));
        assert_error_names(f->s, "is refused by");
        assert_int_equal(ar_session_error(f->s)->violation_count, 1);
        assert_text(ar_session_error(f->s)->violations[0].rule, functions[i]);
        assert_int_equal(entries(f), 0);
        assert_int_equal(articles(f), 1);
        ok(f->s, article_find(f->s, article->id, &found));
        assert_ptr_equal(found, article);
    }
}

/* S-304: within a transaction, a write with hooks is a savepoint: its failure leaves the transaction as it was. */
static void test_s304_within_a_transaction(void **state)
{
    struct fixture *f = *state;
    struct article first = {.title = "First"}, second = {.title = "Second"};
    ok(f->s, ar_begin(f->s));
    ok(f->s, article_insert(f->s, &first));
    hooks = (struct hook_control){.failing = "article_after_insert", .with = AR_CONFLICT, .writes = true};
    fails(f->s, AR_CONFLICT, article_insert(f->s, &second));
    reset_hooks();
    ok(f->s, ar_commit(f->s));
    assert_log("committed 1 First inserted;");
    assert_int_equal(articles(f), 1);
    assert_int_equal(entries(f), 0);
}

/* S-304: the hook after a write may write the record again. */
static void test_s304_saves_again(void **state)
{
    struct fixture *f = *state;
    hooks.saves_again = true;
    struct article article = {.title = "First"}, *loaded;
    ok(f->s, article_insert(f->s, &article));
    assert_log("before_insert 0;after_insert 1;before_update 1;after_update 1;committed 1 First inserted;");
    assert_int_equal(article.pages, 99);
    assert_int_equal(article.revision, 1);
    ok(f->other, article_find(f->other, article.id, &loaded));
    assert_int_equal(loaded->pages, 99);
}

/* S-304: the hooks of a delete get the row, also if the caller has only its key. */
static void test_s304_delete_by_key(void **state)
{
    struct fixture *f = *state;
    struct article *article = given_article(f, "First");
    struct article key = {.id = article->id};
    ok(f->other, article_delete(f->other, &key));
    assert_log("before_delete 1 First;after_delete 1 First;committed 1 First deleted;");
    assert_statements(f, 2);
    fails(f->other, AR_NOT_FOUND, article_delete(f->other, &key));
    assert_log("");
}

/* S-305: hooks that write each other's records end at a depth of 16; everything is undone. */
static void test_s305_endless(void **state)
{
    struct fixture *f = *state;
    struct spinner spinner = {.turns = 0}, *loaded;
    ok(f->s, spinner_insert(f->s, &spinner));
    spinner.turns = 1;
    fails(f->s, AR_MISUSE, spinner_update(f->s, &spinner));
    assert_error_names(f->s, "turn_again");
    assert_error_names(f->s, "16");
    assert_int_equal(spinner.turns, 1);
    ok(f->other, spinner_find(f->other, spinner.id, &loaded));
    assert_int_equal(loaded->turns, 0);
}

/* S-305: what a hook must not do is refused. */
static void test_s305_misuse(void **state)
{
    struct fixture *f = *state;
    struct article article = {.title = "First"}, *loaded;
    hooks.ends = true;
    ok(f->s, article_insert(f->s, &article));
    assert_int_equal(hooks.commits, AR_MISUSE);

    struct article other = {.title = "Second"};
    reset_hooks();
    hooks.leaves_open = true;
    fails(f->s, AR_MISUSE, article_insert(f->s, &other));
    assert_error_names(f->s, "article_before_insert of article left a transaction open");

    reset_hooks();
    hooks.clears = true;
    ok(f->s, article_insert(f->s, &other));

    ok(f->s, article_find(f->s, article.id, &loaded));
    reset_hooks();
    hooks.changes_key = true;
    loaded->title = "Third";
    fails(f->s, AR_MISUSE, article_update(f->s, loaded));
    assert_error_names(f->s, "primary key");
    assert_int_equal(loaded->id, article.id);
    assert_int_equal(articles(f), 2);

    fails(f->s, AR_MISUSE, ar_refuse(f->s, NULL, "outside of a hook"));
}

/* S-304: the same for a key that is a string in the struct. */
static void test_s304_key_in_the_struct(void **state)
{
    struct fixture *f = *state;
    struct badge *first, *second, *third;
    add_row(f, &badge_model, &(struct badge){"A", "Ann"});
    add_row(f, &badge_model, &(struct badge){"B", "Bob"});
    add_row(f, &badge_model, &(struct badge){"C", "Cy"});
    ok(f->s, badge_find(f->s, "A", &first));
    first->holder = "Cid";
    hooks.changes_key = true;
    fails(f->s, AR_MISUSE, badge_save(f->s, first));
    assert_error_names(f->s, "a hook changed the primary key of the badge");
    assert_text(first->code, "A");
    ok(f->s, badge_find(f->s, "B", &second));
    second->holder = "Dan";
    fails(f->s, AR_MISUSE, badge_save(f->s, second));
    assert_text(second->code, "B");
    ok(f->s, badge_find(f->s, "C", &third));
    third->holder = "Eve";
    fails(f->s, AR_MISUSE, badge_save(f->s, third));
    assert_text(third->code, "C");
    hooks.changes_key = false;
    ok(f->s, badge_save(f->s, first));
    ok(f->other, badge_find(f->other, "B", &second));
    assert_text(second->holder, "Bob");
}

/* S-305: a session that only reads calls no hook. */
static void test_s305_read_only(void **state)
{
    struct fixture *f = *state;
    struct article article = {.title = "First"};
    reopen_session(f, (struct ar_session_options){.read_only = true});
    fails(f->s, AR_MISUSE, article_insert(f->s, &article));
    assert_log("");
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, open_newsroom, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_s300_order),
        TEST(test_s300_a_hook_changes_the_record),
        TEST(test_s300_no_change),
        TEST(test_s301_a_hook_sets_the_key),
        TEST(test_s302_hooks_write),
        TEST(test_s303_insert_fails),
        TEST(test_s303_update_fails),
        TEST(test_s303_delete_fails),
        TEST(test_s304_within_a_transaction),
        TEST(test_s304_saves_again),
        TEST(test_s304_delete_by_key),
        TEST(test_s305_endless),
        TEST(test_s305_misuse),
        TEST(test_s304_key_in_the_struct),
        TEST(test_s305_read_only),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
