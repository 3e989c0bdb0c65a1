/* Rows that are deleted by a time, S-313 to S-318: delete, restore and erase, and what leaves the rows out. */
#include "hooks.h"

#include <string.h>

static int open_shop(void **state)
{
    calls = (struct hook_calls){.failure = AR_OK};
    return fixture_open(state, &writer_model, &book_model, &review_model, &cover_model, &slot_model, &thing_model);
}

/* Insert a book and return the session's record of it. */
static struct book *given_book(struct fixture *f, const char *title, int32_t pages)
{
    struct book book = {.title = title, .pages = pages}, *loaded;
    add_row(f, &book_model, &book);
    ok(f->s, book_find(f->s, book.id, &loaded));
    calls = (struct hook_calls){.failure = AR_OK};
    reset_statements(f);
    return loaded;
}

static void delete_elsewhere(struct fixture *f, int64_t id)
{
    struct book key = {.id = id};
    f->is_paused = true;
    ok(f->other, book_delete(f->other, &key));
    f->is_paused = false;
    calls = (struct hook_calls){.failure = AR_OK};
}

static int64_t count_rows(struct fixture *f, struct book_query *q)
{
    int64_t count = -1;
    ok(f->s, book_count(q, &count));
    return count;
}

static struct book_query *all_books(struct fixture *f)
{
    struct book_query *q = book_query(f->s);
    book_with_deleted(q);
    return q;
}

/* S-313: a delete is one UPDATE that sets the time, the version and AR_UPDATED_AT. The record has them. */
static void test_s313_delete_marks(void **state)
{
    struct fixture *f = *state;
    struct book *book = given_book(f, "First", 10), *found;
    time_t before = book->updated_at;
    ok(f->s, book_delete(f->s, book));
    assert_statements(f, 1);
    assert_true(book->deleted_at > 1000000000);
    assert_true(book->updated_at >= before);
    assert_int_equal(book->revision, 1);
    assert_int_equal(calls.deletes, 1);
    assert_int_equal(calls.commits, 1);
    assert_int_equal(calls.change, AR_DELETED);
    assert_true(calls.is_marked);

    fails(f->s, AR_NOT_FOUND, book_find(f->s, book->id, &found));
    assert_error_names(f->s, "or it is deleted");
    fails(f->s, AR_NOT_FOUND, book_delete(f->s, book));
    struct book_query *q = all_books(f);
    ok(f->s, book_one(q, &found));
    assert_ptr_equal(found, book);
    ar_session_clear(f->other);
    q = book_query(f->other);
    book_with_deleted(q);
    book_where(q, ar_eq(book_column.id, book->id));
    ok(f->other, book_one(q, &found));
    assert_int_equal(found->deleted_at, book->deleted_at);
    assert_int_equal(found->revision, 1);
}

/* S-313: unsaved changes of the record stay in it, and are not written by the delete. */
static void test_s313_unsaved_changes(void **state)
{
    struct fixture *f = *state;
    struct book *book = given_book(f, "First", 10), *theirs;
    book->title = "Unsaved";
    ok(f->s, book_delete(f->s, book));
    assert_text(book->title, "Unsaved");
    struct book_query *q = book_query(f->other);
    book_with_deleted(q);
    ok(f->other, book_one(q, &theirs));
    assert_text(theirs->title, "First");
    assert_int_not_equal(theirs->deleted_at, 0);
}

/* S-313: the version is checked for a record of the session. */
static void test_s313_version(void **state)
{
    struct fixture *f = *state;
    struct book *book = given_book(f, "First", 10), *theirs;
    ok(f->other, book_find(f->other, book->id, &theirs));
    theirs->pages = 11;
    ok(f->other, book_save(f->other, theirs));
    fails(f->s, AR_CONFLICT, book_delete(f->s, book));
    assert_int_equal(book->deleted_at, 0);
    struct book key = {.id = book->id};
    ok(f->s, book_delete(f->s, &key));
    assert_int_equal(key.deleted_at, 0);
    assert_int_not_equal(book->deleted_at, 0);
}

/* S-313: a hook after the delete fails: the row is living, and the record as before. */
static void test_s313_a_hook_fails(void **state)
{
    struct fixture *f = *state;
    struct book *book = given_book(f, "First", 10), *found;
    calls.failure = AR_CONFLICT;
    fails(f->s, AR_CONFLICT, book_delete(f->s, book));
    assert_int_equal(book->deleted_at, 0);
    assert_int_equal(book->revision, 0);
    ok(f->s, book_find(f->s, book->id, &found));
    ok(f->other, book_find(f->other, book->id, &found));
    calls.failure = AR_OK;
    ok(f->s, book_delete(f->s, book));
}

/* S-314: queries, counts, aggregates, pages and update_all leave deleted rows out, unless the query asks for them; a
 * condition on the column selects only those. */
static void test_s314_queries(void **state)
{
    struct fixture *f = *state;
    struct book *first = given_book(f, "First", 10), *second = given_book(f, "Second", 20), *found;
    given_book(f, "Third", 40);
    ok(f->s, book_delete(f->s, second));
    reset_statements(f);

    struct book_list list;
    ok(f->s, book_all(book_query(f->s), &list));
    assert_int_equal(list.count, 2);
    assert_int_equal(count_rows(f, book_query(f->s)), 2);
    assert_int_equal(count_rows(f, all_books(f)), 3);
    struct book_query *q = all_books(f);
    book_where(q, ar_is_not_null(book_column.deleted_at));
    assert_int_equal(count_rows(f, q), 1);
    ok(f->s, book_one(q, &found));
    assert_ptr_equal(found, second);
    q = book_query(f->s);
    book_where(q, ar_or(ar_eq(book_column.id, second->id), ar_eq(book_column.id, first->id)));
    assert_int_equal(count_rows(f, q), 1);
    q = book_query(f->s);
    book_where(q, ar_eq(book_column.id, second->id));
    ok(f->s, book_first(q, &found));
    assert_null(found);
    bool exists;
    ok(f->s, book_exists(q, &exists));
    assert_false(exists);

    struct ar_value sum;
    ok(f->s, book_sum(book_query(f->s), book_column.pages, &sum));
    assert_int_equal(sum.integer, 50);
    q = book_query(f->s);
    book_order_by(q, ar_asc(book_column.pages));
    book_limit(q, 1);
    book_offset(q, 1);
    ok(f->s, book_one(q, &found));
    assert_text(found->title, "Third");
    assert_int_equal(count_rows(f, q), 1);

    int64_t changed;
    ok(f->s, book_update_all(book_query(f->s), ar_set(book_column.pages, 1), &changed));
    assert_int_equal(changed, 2);
    ok(f->s, book_update_all(all_books(f), ar_set(book_column.pages, 1), &changed));
    assert_int_equal(changed, 3);
}

/* S-314: a row is not locked either. */
static void test_s314_find_for_update(void **state)
{
    struct fixture *f = *state;
    struct book *book = given_book(f, "First", 10), *found;
    ok(f->s, book_delete(f->s, book));
    ok(f->s, ar_begin(f->s));
    fails(f->s, AR_NOT_FOUND, book_find_for_update(f->s, book->id, &found));
    ok(f->s, ar_rollback(f->s));
}

/* S-315: restore clears the time, in one UPDATE with the version. */
static void test_s315_restore(void **state)
{
    struct fixture *f = *state;
    struct book *book = given_book(f, "First", 10), *found;
    fails(f->s, AR_NOT_FOUND, book_restore(f->s, book));
    assert_error_names(f->s, "no deleted row of table books");
    ok(f->s, book_delete(f->s, book));
    reset_statements(f);
    calls.commits = 0;
    ok(f->s, book_restore(f->s, book));
    assert_statements(f, 1);
    assert_int_equal(book->deleted_at, 0);
    assert_int_equal(book->revision, 2);
    assert_int_equal(calls.commits, 1);
    assert_int_equal(calls.change, AR_UPDATED);
    assert_false(calls.is_marked);
    ok(f->s, book_find(f->s, book->id, &found));
    assert_ptr_equal(found, book);
    found->pages = 11;
    ok(f->s, book_save(f->s, found));
    ok(f->other, book_find(f->other, book->id, &found));
    assert_int_equal(found->pages, 11);
    assert_int_equal(found->revision, 3);
}

/* S-315: of a caller-owned struct only the key is used. */
static void test_s315_restore_by_key(void **state)
{
    struct fixture *f = *state;
    struct book *book = given_book(f, "First", 10), *found;
    delete_elsewhere(f, book->id);
    ar_session_clear(f->s);
    struct book key = {.id = 1, .title = "ignored", .deleted_at = 7};
    ok(f->s, book_restore(f->s, &key));
    assert_int_equal(key.deleted_at, 0);
    ok(f->s, book_find(f->s, 1, &found));
    assert_text(found->title, "First");
    assert_int_equal(found->deleted_at, 0);
    struct book none = {.id = 99};
    fails(f->s, AR_NOT_FOUND, book_restore(f->s, &none));
    assert_error_names(f->s, "no deleted row of table books has the key 99");
    assert_int_equal(calls.commits, 1);
}

/* S-313: another session moved the book to a writer whose list has it, but not the record, which has unsaved changes.
 */
static void test_s313_moved_elsewhere(void **state)
{
    struct fixture *f = *state;
    struct writer before = {.name = "before"}, after = {.name = "after"}, *writer;
    struct book book = {.title = "Moved"}, *loaded, *theirs;
    struct book_list books;
    add_row(f, &writer_model, &before);
    add_row(f, &writer_model, &after);
    book.writer_id = before.id;
    add_row(f, &book_model, &book);
    ok(f->s, book_find(f->s, book.id, &loaded));
    loaded->title = "Unsaved";
    ok(f->other, book_find(f->other, book.id, &theirs));
    theirs->writer_id = after.id;
    ok(f->other, book_save(f->other, theirs));
    ok(f->s, writer_find(f->s, after.id, &writer));
    ok(f->s, writer_books(f->s, writer, &books));
    assert_int_equal(books.count, 1);
    assert_int_equal(loaded->writer_id, before.id);
    struct book key = {.id = book.id};
    ok(f->s, book_delete(f->s, &key));
    ok(f->s, writer_books(f->s, writer, &books));
    assert_int_equal(books.count, 0);
}

/* S-316: update and save of a deleted row are AR_NOT_FOUND, as if the row was gone; also if another session deleted
 * it. An insert of its key violates the key. */
static void test_s316_writes_of_a_deleted_row(void **state)
{
    struct fixture *f = *state;
    struct book *book = given_book(f, "First", 10);
    delete_elsewhere(f, book->id);
    book->title = "Changed";
    fails(f->s, AR_NOT_FOUND, book_save(f->s, book));
    book->deleted_at = 0;
    fails(f->s, AR_NOT_FOUND, book_update(f->s, book));
    struct book same = {.id = book->id, .title = "Same"};
    fails(f->s, AR_CONSTRAINT, book_insert(f->s, &same));
    fails(f->s, AR_NOT_FOUND, book_save(f->s, &same));
    struct book_query *q = all_books(f);
    assert_int_equal(count_rows(f, q), 1);
}

/* S-316: the save of a record whose key the program sets does not overwrite a deleted row. */
static void test_s316_save_by_key(void **state)
{
    struct fixture *f = *state;
    struct slot slot = {.shelf = "A", .number = 1, .label = "old"}, *found;
    add_row(f, &slot_model, &slot);
    ok(f->other, slot_delete(f->other, &slot));
    struct slot same = {.shelf = "A", .number = 1, .label = "new"}, other = {.shelf = "A", .number = 2};
    fails(f->s, AR_NOT_FOUND, slot_save(f->s, &same));
    ok(f->s, slot_save(f->s, &other));
    other.label = "second";
    ar_session_clear(f->s);
    ok(f->s, slot_save(f->s, &other));
    ok(f->s, slot_restore(f->s, &same));
    ok(f->s, slot_find(f->s, "A", 1, &found));
    assert_text(found->label, "old");
    ok(f->s, slot_find(f->s, "A", 2, &found));
    assert_text(found->label, "second");
}

/* S-316: the field may be set by hand: that is an update, and the row is deleted. */
static void test_s316_by_hand(void **state)
{
    struct fixture *f = *state;
    struct book *book = given_book(f, "First", 10), *found;
    book->deleted_at = 5;
    ok(f->s, book_save(f->s, book));
    assert_int_equal(calls.deletes, 0);
    fails(f->s, AR_NOT_FOUND, book_find(f->s, book->id, &found));
    ok(f->s, book_restore(f->s, book));
    ok(f->s, book_find(f->s, book->id, &found));
}

/* S-317: delete_all marks the rows that are not deleted yet; erase and erase_all remove rows, deleted or not. */
static void test_s317_erase(void **state)
{
    struct fixture *f = *state;
    struct book *first = given_book(f, "First", 10), *second = given_book(f, "Second", 20), *found;
    given_book(f, "Third", 30);
    given_book(f, "Fourth", 40);
    ok(f->s, book_delete(f->s, first));
    time_t deleted_at = first->deleted_at;
    ok(f->s, book_erase(f->s, second));
    reset_statements(f);
    int64_t changed;
    struct book_query *q = all_books(f);
    book_where(q, ar_lt(book_column.pages, 35));
    ok(f->s, book_delete_all(q, &changed));
    assert_int_equal(changed, 1);
    assert_statements(f, 1);
    assert_int_equal(count_rows(f, book_query(f->s)), 1);
    assert_int_equal(count_rows(f, all_books(f)), 3);
    q = all_books(f);
    book_where(q, ar_eq(book_column.title, "Third"));
    ok(f->s, book_one(q, &found));
    assert_int_not_equal(found->deleted_at, 0);
    assert_int_equal(found->revision, 1);
    assert_int_equal(first->deleted_at, deleted_at);

    ok(f->s, book_erase(f->s, first));
    fails(f->s, AR_NOT_FOUND, book_erase(f->s, first));
    ok(f->s, book_erase_all(book_query(f->s), &changed));
    assert_int_equal(changed, 1);
    ok(f->s, book_erase_all(all_books(f), &changed));
    assert_int_equal(changed, 1);
    assert_int_equal(count_rows(f, all_books(f)), 0);
}

/* Return the book with this title, of which nothing else is loaded. */
static struct book *only_title(struct fixture *f, const char *title)
{
    struct book_query *q = all_books(f);
    struct book *book;
    book_only(q, book_column.title);
    book_where(q, ar_eq(book_column.title, title));
    ok(f->s, book_one(q, &book));
    assert_false(book_is_loaded(f->s, book, book_column.pages));
    return book;
}

/* S-317: hooks get the whole row of a record that was loaded in part. */
static void test_s317_partial(void **state)
{
    struct fixture *f = *state;
    int64_t erased = given_book(f, "Erased", 10)->id, restored = given_book(f, "Restored", 20)->id;
    delete_elsewhere(f, restored);
    ar_session_clear(f->s);
    struct book *book = only_title(f, "Erased");
    ok(f->s, book_erase(f->s, book));
    assert_int_equal(calls.deletes, 1);
    assert_int_equal(calls.pages, 10);
    fails(f->s, AR_NOT_FOUND, book_find(f->s, erased, &book));
    book = only_title(f, "Restored");
    ok(f->s, book_restore(f->s, book));
    assert_int_equal(calls.commits, 2);
    assert_int_equal(calls.pages, 20);
    ok(f->s, book_find(f->s, restored, &book));
    assert_int_equal(book->pages, 20);
    ar_session_clear(f->s);
    book = only_title(f, "Restored");
    book->pages = 30;
    fails(f->s, AR_MISUSE, book_erase(f->s, book));
    assert_error_names(f->s, "book.pages was assigned, but not loaded");
}

/* S-317: with a limit, delete_all marks as many rows. */
static void test_s317_delete_some(void **state)
{
    struct fixture *f = *state;
    struct book *first = given_book(f, "First", 10);
    given_book(f, "Second", 20);
    given_book(f, "Third", 30);
    ok(f->s, book_delete(f->s, first));
    struct book_query *q = book_query(f->s);
    book_order_by(q, ar_asc(book_column.pages));
    book_limit(q, 1);
    int64_t changed;
    ok(f->s, book_delete_all(q, &changed));
    assert_int_equal(changed, 1);
    struct book *found;
    ok(f->s, book_one(book_query(f->s), &found));
    assert_text(found->title, "Third");
}

/* S-318: a rollback undoes a delete and a restore, in the database and in the record. */
static void test_s318_rollback(void **state)
{
    struct fixture *f = *state;
    struct book *book = given_book(f, "First", 10), *found;
    ok(f->s, ar_begin(f->s));
    ok(f->s, book_delete(f->s, book));
    assert_int_not_equal(book->deleted_at, 0);
    ok(f->s, ar_rollback(f->s));
    assert_int_equal(book->deleted_at, 0);
    assert_int_equal(book->revision, 0);
    ok(f->s, book_find(f->s, book->id, &found));
    assert_ptr_equal(found, book);

    ok(f->s, book_delete(f->s, book));
    time_t deleted_at = book->deleted_at;
    ok(f->s, ar_begin(f->s));
    ok(f->s, book_restore(f->s, book));
    ok(f->s, ar_rollback(f->s));
    assert_int_equal(book->deleted_at, deleted_at);
    assert_int_equal(book->revision, 1);
    ok(f->s, book_restore(f->s, book));
}

/* S-318: a session that only reads refuses all three. */
static void test_s318_read_only(void **state)
{
    struct fixture *f = *state;
    struct book book = {.id = given_book(f, "First", 10)->id};
    reopen_session(f, (struct ar_session_options){.read_only = true});
    fails(f->s, AR_MISUSE, book_delete(f->s, &book));
    fails(f->s, AR_MISUSE, book_restore(f->s, &book));
    fails(f->s, AR_MISUSE, book_erase(f->s, &book));
    int64_t changed;
    fails(f->s, AR_MISUSE, book_erase_all(book_query(f->s), &changed));
}

/* S-318: a time with a flag of NULL, and a composite key. */
static void test_s318_flag_and_composite_key(void **state)
{
    struct fixture *f = *state;
    struct book *book = given_book(f, "First", 10);
    struct cover cover = {.book_id = book->id}, *found;
    ok(f->s, cover_insert(f->s, &cover));
    ok(f->s, cover_find(f->s, cover.id, &found));
    ok(f->s, cover_delete(f->s, found));
    assert_true(found->is_gone);
    assert_true(found->gone.tv_sec > 1000000000);
    fails(f->s, AR_NOT_FOUND, cover_find(f->s, cover.id, &found));
    ok(f->s, cover_restore(f->s, &cover));
    ok(f->s, cover_find(f->s, cover.id, &found));
    assert_false(found->is_gone);

    struct slot slot = {.shelf = "A", .number = 1, .label = "one"}, *loaded;
    ok(f->s, slot_insert(f->s, &slot));
    ok(f->s, slot_find(f->s, "A", 1, &loaded));
    ok(f->s, slot_delete(f->s, loaded));
    assert_int_not_equal(loaded->removed, 0);
    fails(f->s, AR_NOT_FOUND, slot_find(f->s, "A", 1, &loaded));
    ok(f->s, slot_erase(f->s, &slot));
    fails(f->s, AR_NOT_FOUND, slot_restore(f->s, &slot));
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, open_shop, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_s313_delete_marks),    TEST(test_s313_unsaved_changes),
        TEST(test_s313_version),         TEST(test_s313_a_hook_fails),
        TEST(test_s313_moved_elsewhere), TEST(test_s314_queries),
        TEST(test_s314_find_for_update), TEST(test_s315_restore),
        TEST(test_s315_restore_by_key),  TEST(test_s316_writes_of_a_deleted_row),
        TEST(test_s316_save_by_key),     TEST(test_s316_by_hand),
        TEST(test_s317_erase),           TEST(test_s317_partial),
        TEST(test_s317_delete_some),     TEST(test_s318_rollback),
        TEST(test_s318_read_only),       TEST(test_s318_flag_and_composite_key),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
