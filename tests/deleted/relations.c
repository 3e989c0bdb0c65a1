/* Relations to rows that are deleted by a time, S-319 to S-322: every way to load leaves them out, and writes drop what
 * they make stale. */
#include "hooks.h"

enum { WRITERS = 3, BOOKS = 4 };

static int open_shop(void **state)
{
    calls = (struct hook_calls){.failure = AR_OK};
    return fixture_open(state, &writer_model, &book_model, &review_model, &cover_model, &slot_model, &thing_model);
}

/* Three writers with four books each, of which the second is deleted; each book has a review and a cover. */
static void given_books(struct fixture *f)
{
    for (int i = 1; i <= WRITERS; i++) {
        struct writer writer = {.name = "writer"};
        add_row(f, &writer_model, &writer);
        for (int j = 1; j <= BOOKS; j++) {
            struct book book = {.writer_id = writer.id, .title = "book", .pages = j};
            add_row(f, &book_model, &book);
            struct review review = {.book_id = book.id, .text = "good"};
            add_row(f, &review_model, &review);
            struct cover cover = {.book_id = book.id};
            add_row(f, &cover_model, &cover);
        }
    }
    run_sql(f, "UPDATE books SET deleted_at = updated_at WHERE pages = 2");
    ar_session_clear(f->other);
    reset_statements(f);
}

static struct writer_list all_writers(struct fixture *f)
{
    struct writer_list writers;
    ok(f->s, writer_all(by_key(writer_query(f->s), &writer_model), &writers));
    assert_int_equal(writers.count, WRITERS);
    reset_statements(f);
    return writers;
}

static void assert_books(struct fixture *f, const struct writer *writer, size_t expected)
{
    struct book_list books;
    ok(f->s, writer_books(f->s, writer, &books));
    assert_int_equal(books.count, expected);
    for (size_t i = 0; i < books.count; i++)
        assert_int_equal(books.items[i]->writer_id, writer->id);
}

/* S-902: a path of two lists leads to no row that a call could insert or delete. */
static void test_s902_not_written_through(void **state)
{
    struct fixture *f = *state;
    given_books(f);
    struct writer *writer = all_writers(f).items[0];
    struct review *review;
    ok(f->s, review_find(f->s, 1, &review));
    reset_statements(f);
    void *records[] = {review};
    fails(f->s, AR_MISUSE, ar_relation_add(f->s, &writer_reviews_relation, writer, records, 1, NULL));
    assert_error_names(f->s, "writer.reviews cannot be written through");
    assert_statements(f, 0);
}

/* S-319: lists are without deleted rows: lazily for siblings, for one record, explicitly, by query, and eagerly. */
static void test_s319_lists(void **state)
{
    struct fixture *f = *state;
    given_books(f);
    struct writer_list writers = all_writers(f);
    for (size_t i = 0; i < writers.count; i++)
        assert_books(f, writers.items[i], BOOKS - 1);
    assert_statements(f, 1);

    struct book_list books;
    ok(f->s, book_all(writer_books_query(f->s, writers.items[0]), &books));
    assert_int_equal(books.count, BOOKS - 1);
    struct book_query *q = writer_books_query(f->s, writers.items[0]);
    book_with_deleted(q);
    ok(f->s, book_all(q, &books));
    assert_int_equal(books.count, BOOKS);
    assert_statements(f, 2);

    ok(f->s, writer_load_books(f->s, writers.items, writers.count));
    assert_books(f, writers.items[1], BOOKS - 1);
    ar_session_clear(f->s);
    struct writer *one;
    ok(f->s, writer_find(f->s, 1, &one));
    assert_books(f, one, BOOKS - 1);
}

/* S-319: eager loads, level by level and in one trip; a sub-query with deleted rows has them in its own tree only. */
static void test_s319_eager(void **state)
{
    struct fixture *f = *state;
    given_books(f);
    static const enum ar_plan plans[] = {AR_PLAN_WAVES, AR_PLAN_ONE_TRIP};
    for (size_t p = 0; p < 2; p++) {
        ar_session_clear(f->s);
        struct writer_query *q = by_key(writer_query(f->s), &writer_model);
        ar_query_plan(q, plans[p]);
        book_with_reviews(writer_with_books(q));
        struct writer_list writers;
        reset_statements(f);
        ok(f->s, writer_all(q, &writers));
        assert_statements(f, 3);
        for (size_t i = 0; i < writers.count; i++)
            assert_books(f, writers.items[i], BOOKS - 1);
        assert_statements(f, 0);

        q = by_key(writer_query(f->s), &writer_model);
        ar_query_plan(q, plans[p]);
        struct book_query *books = writer_with_books(q);
        book_with_deleted(books);
        book_with_reviews(books);
        ok(f->s, writer_all(q, &writers));
        for (size_t i = 0; i < writers.count; i++)
            assert_books(f, writers.items[i], BOOKS);
        assert_statements(f, 3);
    }
    ar_session_clear(f->s);
    assert_books(f, all_writers(f).items[0], BOOKS - 1);
}

/* S-319: a limit for each owner counts living rows. */
static void test_s319_limit(void **state)
{
    struct fixture *f = *state;
    given_books(f);
    struct writer_query *q = by_key(writer_query(f->s), &writer_model);
    struct book_query *books = writer_with_books(q);
    book_order_by(books, ar_asc(book_column.pages));
    book_limit(books, 2);
    struct writer_list writers;
    ok(f->s, writer_all(q, &writers));
    struct book_list list;
    ok(f->s, writer_books(f->s, writers.items[1], &list));
    assert_int_equal(list.count, 2);
    assert_int_equal(list.items[1]->pages, 3);
}

/* S-320: a belongs_to that leads to a deleted row is NULL, for all siblings in one statement, and then known. */
static void test_s320_belongs_to(void **state)
{
    struct fixture *f = *state;
    given_books(f);
    struct review_list reviews;
    ok(f->s, review_all(by_key(review_query(f->s), &review_model), &reviews));
    reset_statements(f);
    for (int round = 0; round < 2; round++) {
        for (size_t i = 0; i < reviews.count; i++) {
            struct book *book;
            ok(f->s, review_book(f->s, reviews.items[i], &book));
            assert_int_equal(book == NULL, i % BOOKS == 1);
        }
        assert_statements(f, round == 0 ? 1 : 0);
    }
}

/* S-320: the record is in the identity map, living or deleted: no statement is needed. */
static void test_s320_in_the_map(void **state)
{
    struct fixture *f = *state;
    given_books(f);
    struct book_query *q = book_query(f->s);
    book_with_deleted(q);
    book_order_by(q, ar_asc(book_column.id));
    struct book_list books;
    ok(f->s, book_all(q, &books));
    struct review_list reviews;
    ok(f->s, review_all(by_key(review_query(f->s), &review_model), &reviews));
    reset_statements(f);
    for (size_t i = 0; i < reviews.count; i++) {
        struct book *book;
        ok(f->s, review_book(f->s, reviews.items[i], &book));
        assert_ptr_equal(book, i % BOOKS == 1 ? NULL : books.items[i]);
    }
    assert_statements(f, 0);

    struct book *book;
    ok(f->s, book_delete(f->s, books.items[0]));
    ok(f->s, book_restore(f->s, books.items[1]));
    reset_statements(f);
    ok(f->s, review_book(f->s, reviews.items[0], &book));
    assert_null(book);
    ok(f->s, review_book(f->s, reviews.items[1], &book));
    assert_ptr_equal(book, books.items[1]);
    assert_statements(f, 0);
}

/* S-320: a relation whose cache was cleared is read again, although the session has its target. */
static void test_s320_cleared(void **state)
{
    struct fixture *f = *state;
    given_books(f);
    struct review *review;
    struct book *book;
    ok(f->s, review_find(f->s, 1, &review));
    ok(f->s, review_book(f->s, review, &book));
    assert_non_null(book);
    run_sql(f, "UPDATE books SET deleted_at = updated_at WHERE id = 1");
    review_book_clear_cache(f->s, review);
    ok(f->s, review_book(f->s, review, &book));
    assert_null(book);
}

/* S-320: eagerly, and with deleted rows. */
static void test_s320_eager(void **state)
{
    struct fixture *f = *state;
    given_books(f);
    struct review_query *q = by_key(review_query(f->s), &review_model);
    review_with_book(q);
    struct review_list reviews;
    ok(f->s, review_all(q, &reviews));
    struct book *book;
    ok(f->s, review_book(f->s, reviews.items[1], &book));
    assert_null(book);
    ok(f->s, review_book(f->s, reviews.items[2], &book));
    assert_int_equal(book->pages, 3);
    assert_statements(f, 2);

    q = by_key(review_query(f->s), &review_model);
    book_with_deleted(review_with_book(q));
    ok(f->s, review_all(q, &reviews));
    ok(f->s, review_book(f->s, reviews.items[1], &book));
    assert_int_equal(book->pages, 2);
    assert_statements(f, 2);
    ok(f->s, review_all(by_key(review_query(f->s), &review_model), &reviews)); /* another result: the tree is gone */
    ok(f->s, review_book(f->s, reviews.items[1], &book));
    assert_null(book);
}

/* S-320: a has_one. */
static void test_s320_has_one(void **state)
{
    struct fixture *f = *state;
    given_books(f);
    struct book_list books;
    ok(f->s, book_all(by_key(book_query(f->s), &book_model), &books));
    struct cover *cover, *other;
    ok(f->s, book_cover(f->s, books.items[0], &cover));
    assert_non_null(cover);
    ok(f->s, cover_delete(f->s, cover));
    ok(f->s, book_cover(f->s, books.items[0], &other));
    assert_null(other);
    ok(f->s, cover_restore(f->s, cover));
    ok(f->s, book_cover(f->s, books.items[0], &other));
    assert_ptr_equal(other, cover);
}

/* S-321: delete and restore drop the lists of the owner, and only those. */
static void test_s321_caches(void **state)
{
    struct fixture *f = *state;
    given_books(f);
    struct writer_list writers = all_writers(f);
    struct book_list books;
    ok(f->s, writer_books(f->s, writers.items[0], &books));
    struct book *book = books.items[0];
    ok(f->s, book_delete(f->s, book));
    reset_statements(f);
    assert_books(f, writers.items[1], BOOKS - 1);
    assert_statements(f, 0);
    assert_books(f, writers.items[0], BOOKS - 2);
    assert_statements(f, 1);

    ok(f->s, book_restore(f->s, book));
    reset_statements(f);
    assert_books(f, writers.items[0], BOOKS - 1);
    assert_statements(f, 1);

    book->deleted_at = 9;
    ok(f->s, book_save(f->s, book));
    reset_statements(f);
    assert_books(f, writers.items[0], BOOKS - 2);
    assert_statements(f, 1);

    ok(f->s, book_delete_all(writer_books_query(f->s, writers.items[1]), NULL));
    reset_statements(f);
    assert_books(f, writers.items[1], 0);
    ok(f->s, book_restore(f->s, book));

    ok(f->s, ar_begin(f->s));
    ok(f->s, book_delete(f->s, book));
    assert_books(f, writers.items[0], BOOKS - 2);
    ok(f->s, ar_rollback(f->s));
    assert_books(f, writers.items[0], BOOKS - 1);
}

/* S-322: composite keys with a string, in both directions. */
static void test_s322_composite_keys(void **state)
{
    struct fixture *f = *state;
    for (int i = 1; i <= 3; i++) {
        struct slot slot = {.shelf = "A", .number = i};
        add_row(f, &slot_model, &slot);
        for (int j = 0; j < 2; j++) {
            struct thing thing = {.shelf = "A", .number = i};
            add_row(f, &thing_model, &thing);
        }
    }
    run_sql(f, fixture_is_sqlite() ? "UPDATE things SET lost = 5 WHERE id % 2 = 0"
                                   : "UPDATE things SET lost = now() WHERE id % 2 = 0");
    struct slot_list slots;
    ok(f->s, slot_all(by_key(slot_query(f->s), &slot_model), &slots));
    reset_statements(f);
    struct thing_list things;
    for (size_t i = 0; i < slots.count; i++) {
        ok(f->s, slot_things(f->s, slots.items[i], &things));
        assert_int_equal(things.count, 1);
    }
    assert_statements(f, 1);
    struct slot_query *q = by_key(slot_query(f->s), &slot_model);
    thing_with_deleted(slot_with_things(q));
    ok(f->s, slot_all(q, &slots));
    ok(f->s, slot_things(f->s, slots.items[1], &things));
    assert_int_equal(things.count, 2);

    ok(f->s, slot_delete(f->s, slots.items[1]));
    ar_session_clear(f->s);
    struct thing_list all;
    ok(f->s, thing_all(by_key(thing_query(f->s), &thing_model), &all));
    assert_int_equal(all.count, 3);
    reset_statements(f);
    for (int round = 0; round < 2; round++)
        for (size_t i = 0; i < all.count; i++) {
            struct slot *slot;
            ok(f->s, thing_slot(f->s, all.items[i], &slot));
            assert_int_equal(slot == NULL, all.items[i]->number == 2);
        }
    assert_statements(f, 1);
}

/* S-327: a relation through others leaves out what leads through a deleted row, and deleted targets. */
static void test_s327_through(void **state)
{
    struct fixture *f = *state;
    given_books(f);
    run_sql(f, fixture_is_sqlite() ? "UPDATE covers SET \"goneAt\" = 5 WHERE book_id % 4 = 1"
                                   : "UPDATE covers SET \"goneAt\" = now() WHERE book_id % 4 = 1");
    struct writer_list writers = all_writers(f);
    struct review_list reviews;
    struct cover_list covers;
    for (size_t i = 0; i < writers.count; i++) {
        ok(f->s, writer_reviews(f->s, writers.items[i], &reviews));
        assert_int_equal(reviews.count, BOOKS - 1);
        ok(f->s, writer_covers(f->s, writers.items[i], &covers));
        assert_int_equal(covers.count, BOOKS - 2);
    }
    assert_statements(f, 2);

    int64_t count;
    ok(f->s, cover_count(writer_covers_query(f->s, writers.items[0]), &count));
    assert_int_equal(count, BOOKS - 2);
    struct cover_query *with_deleted = writer_covers_query(f->s, writers.items[0]);
    cover_with_deleted(with_deleted);
    ok(f->s, cover_count(with_deleted, &count));
    assert_int_equal(count, BOOKS - 1);
    ok(f->s, writer_covers_count(f->s, writers.items[0], &count));
    assert_int_equal(count, BOOKS - 2);

    static const enum ar_plan plans[] = {AR_PLAN_WAVES, AR_PLAN_ONE_TRIP};
    for (size_t p = 0; p < 2; p++) {
        struct writer_query *q = by_key(writer_query(f->s), &writer_model);
        ar_query_plan(q, plans[p]);
        cover_with_deleted(writer_with_covers(q));
        ok(f->s, writer_all(q, &writers));
        ok(f->s, writer_covers(f->s, writers.items[1], &covers));
        assert_int_equal(covers.count, BOOKS - 1);
        q = by_key(writer_query(f->s), &writer_model);
        ar_query_plan(q, plans[p]);
        writer_with_covers(q);
        ok(f->s, writer_all(q, &writers));
        ok(f->s, writer_covers(f->s, writers.items[1], &covers));
        assert_int_equal(covers.count, BOOKS - 2);
    }
    struct book *book;
    ok(f->s, book_find(f->s, 3, &book));
    ok(f->s, book_delete(f->s, book));
    ok(f->s, writer_covers(f->s, writers.items[0], &covers));
    assert_int_equal(covers.count, BOOKS - 3);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, open_shop, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_s319_lists),          TEST(test_s319_eager),      TEST(test_s319_limit),
        TEST(test_s320_belongs_to),     TEST(test_s320_in_the_map), TEST(test_s320_cleared),
        TEST(test_s320_eager),          TEST(test_s320_has_one),    TEST(test_s321_caches),
        TEST(test_s322_composite_keys), TEST(test_s327_through),    TEST(test_s902_not_written_through),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
