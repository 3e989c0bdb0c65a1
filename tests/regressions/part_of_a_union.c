/* The kind of a record whose type was not loaded was "none", or read from bytes that the program must not read. Links
 * copied whole records, although some of their fields were not loaded. A query of some columns left out the type by
 * which its relations are found. */
#include "part_of_a_union.ar.h"
#include "support.h"

static int open_tables(void **state)
{
    return fixture_open(state, &book_model, &song_model, &quote_model, &loan_model);
}

/* Return the quote, of which only the text is loaded. */
static struct quote *given_part(struct fixture *f, struct book *book)
{
    struct quote quote = {.source_type = "book", .text = "words"};
    struct quote_query *q;
    struct quote_list list;

    add_row(f, &book_model, book);
    quote.source_id = book->id;
    add_row(f, &quote_model, &quote);
    q = quote_query(f->s);
    quote_only(q, quote_column.text);
    ok(f->s, quote_all(q, &list));
    assert_int_equal(list.count, 1);
    return list.items[0];
}

static void test_kind(void **state)
{
    struct fixture *f = *state;
    struct book book = {.isbn = "1"}, *found;
    struct quote *quote = given_part(f, &book);
    struct quote_source source;
    struct quote_query *q;
    struct quote_list list;

    fails(f->s, AR_MISUSE, quote_source(f->s, quote, &source));
    assert_error_names(f->s, "needs quote.source_id, which was not loaded");
    fails(f->s, AR_MISUSE, quote_set_source(f->s, quote, (struct quote_source){.kind = QUOTE_SOURCE_NONE}));
    /* The foreign key alone is not enough. */
    q = quote_query(f->s);
    quote_only(q, quote_column.source_id);
    ok(f->s, quote_all(q, &list));
    fails(f->s, AR_MISUSE, quote_source(f->s, quote, &source));
    assert_error_names(f->s, "needs quote.source_type, which was not loaded");
    fails(f->s, AR_MISUSE, quote_source_book(f->s, quote, &found));
    ok(f->s, quote_reload(f->s, quote));
    ok(f->s, quote_source(f->s, quote, &source));
    assert_int_equal(source.kind, QUOTE_SOURCE_BOOK);
    fails(f->s, AR_MISUSE, quote_set_source(f->s, quote, (struct quote_source){.kind = 9}));
    assert_error_names(f->s, "quote.source has no kind 9");
}

/* The type is loaded with the relations that depend on it, from either side. */
static void test_relations_of_parts(void **state)
{
    struct fixture *f = *state;
    struct book book = {.isbn = "1"};
    struct quote *quote = given_part(f, &book);
    struct quote_query *q = quote_query(f->s);
    struct quote_source source;
    struct quote_list quotes;
    struct book_query *books;
    struct book_list list;

    quote_only(q, quote_column.text);
    quote_with_source(q);
    ok(f->s, quote_all(q, &quotes));
    reset_statements(f);
    ok(f->s, quote_source(f->s, quote, &source));
    assert_int_equal(source.kind, QUOTE_SOURCE_BOOK);
    assert_int_equal(source.book->id, book.id);
    assert_statements(f, 0);
    ar_session_clear(f->s);
    books = book_query(f->s);
    quote_only(book_with_quotes(books), quote_column.text);
    ok(f->s, book_all(books, &list));
    reset_statements(f);
    ok(f->s, book_quotes(f->s, list.items[0], &quotes));
    assert_int_equal(quotes.count, 1);
    assert_text(quotes.items[0]->text, "words");
    assert_statements(f, 0);
}

static void test_links(void **state)
{
    struct fixture *f = *state;
    struct book book = {.isbn = "1"};
    struct song song = {0};
    struct quote *quote = given_part(f, &book);
    struct quote_list list;

    add_row(f, &song_model, &song);
    ok(f->s, song_quotes_add(f->s, &song, &quote, 1, NULL));
    assert_text(quote->text, "words");
    ok(f->s, song_quotes(f->s, &song, &list));
    assert_int_equal(list.count, 1);
    ok(f->s, book_quotes(f->s, &book, &list));
    assert_int_equal(list.count, 0);
    ok(f->s, quote_reload(f->s, quote));
    assert_text(quote->source_type, "song");
}

static void test_part_of_an_owner(void **state)
{
    struct fixture *f = *state;
    struct book book = {.isbn = "1"};
    struct loan loan = {0}, *loans[] = {&loan};
    struct ar_graph graph = ar_graph_start(f->s);
    struct book_query *q;
    struct book_list list;

    add_row(f, &book_model, &book);
    ok(f->s, loan_insert(f->s, &loan));
    q = book_query(f->s);
    book_only(q, book_column.id);
    ok(f->s, book_all(q, &list));
    fails(f->s, AR_MISUSE, book_loans_add(f->s, list.items[0], loans, 1, NULL));
    assert_error_names(f->s, "book.loans needs book.isbn, which was not loaded");
    fails(f->s, AR_MISUSE, book_loans_build(f->s, list.items[0], &loan));
    loan = (struct loan){0};
    loan_set_book(&graph, &loan, list.items[0]);
    fails(f->s, AR_MISUSE, ar_graph_save(&graph));
    assert_error_names(f->s, "loan.book refers to a book whose isbn was not loaded");
}

/* A relation by a unique column that may be NULL: a row without it has no related rows, and none can be added. */
static void test_null_reference(void **state)
{
    struct fixture *f = *state;
    struct book book = {.isbn = NULL}, *found;
    struct loan loan = {.isbn = NULL}, *loans[] = {&loan};
    int64_t count;

    add_row(f, &book_model, &book);
    add_row(f, &loan_model, &loan);
    ok(f->s, book_find(f->s, book.id, &found));
    ok(f->s, book_loans_count(f->s, found, &count));
    assert_int_equal(count, 0);
    fails(f->s, AR_INVALID, book_loans_add(f->s, found, loans, 1, NULL));
    assert_error_names(f->s, "book.loans: the book has no key");
    struct ar_graph graph = ar_graph_start(f->s);
    loan.id = 0;
    loan_set_book(&graph, &loan, found);
    fails(f->s, AR_INVALID, ar_graph_save(&graph));
    assert_error_names(f->s, "loan.book refers to a book whose isbn is not set");
    ok(f->s, book_loans_remove(f->s, found, loans, 0, AR_REMOVE_UNLINK, NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_kind, open_tables, fixture_close),
        cmocka_unit_test_setup_teardown(test_relations_of_parts, open_tables, fixture_close),
        cmocka_unit_test_setup_teardown(test_links, open_tables, fixture_close),
        cmocka_unit_test_setup_teardown(test_part_of_an_owner, open_tables, fixture_close),
        cmocka_unit_test_setup_teardown(test_null_reference, open_tables, fixture_close),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
