/* Sessions on a driver that the library does not know: the SQL they send and how they use the rows it returns. */
#include "fake/driver.h"

#include "unit.h"

#include "fake/library.ar.h"

#include <armature/armature.h>
#include <string.h>

struct fixture {
    struct ar_db *db;
    struct ar_session *s;
};

static int set_up(void **state)
{
    static struct fixture fixture;

    fake_reset();
    if (ar_db_open("fake:", NULL, &fixture.db) != AR_OK || ar_session_open(fixture.db, NULL, &fixture.s) != AR_OK)
        return -1;
    *state = &fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;

    ar_session_close(fixture->s);
    ar_db_close(fixture->db);
    return 0;
}

static void assert_statements(const char *const *expected, size_t count)
{
    for (size_t i = 0; i < count; i++)
        assert_string_equal(fake_statement(i), expected[i]);
    assert_int_equal(fake_count(), count);
}

#define assert_sql(...)                                                                                                \
    assert_statements((const char *const[]){__VA_ARGS__}, sizeof(const char *[]){__VA_ARGS__} / sizeof(const char *))

static void test_find(void **state)
{
    struct fixture *f = *state;
    struct author *ann, *again;
    const struct ar_value row[] = {ar_value_integer(7), ar_value_text("Ann"), ar_value_null()};

    fake_return(1, 3, row);
    assert_int_equal(author_find(f->s, 7, &ann), AR_OK);
    assert_int_equal(ann->id, 7);
    assert_string_equal(ann->name, "Ann");
    assert_int_equal(ann->born, 0);
    fake_return(1, 3, row);
    assert_int_equal(author_find(f->s, 7, &again), AR_OK);
    assert_ptr_equal(ann, again);
    assert_int_equal(author_find(f->s, 8, &again), AR_NOT_FOUND);
    assert_sql("SELECT authors.id, authors.name, authors.born FROM authors WHERE authors.id = ?1 -- 7",
               "SELECT authors.id, authors.name, authors.born FROM authors WHERE authors.id = ?1 -- 7",
               "SELECT authors.id, authors.name, authors.born FROM authors WHERE authors.id = ?1 -- 8");
}

static void test_conditions(void **state)
{
    struct fixture *f = *state;
    const int64_t ids[] = {4, 5};
    struct author_query *q = author_query(f->s);
    struct author_list list;

    author_where(q, ar_in(author_column.id, ids, 2));
    author_where(q, ar_contains(author_column.name, "n_"));
    author_where(q, ar_gt(author_column.born, 1900));
    assert_int_equal(author_all(q, &list), AR_OK);
    assert_int_equal(list.count, 0);
    assert_sql("SELECT authors.id, authors.name, authors.born FROM authors"
               " WHERE (authors.id AMONG KEYS (?)) AND (authors.name RESEMBLES ?)"
               " AND (authors.born OPERATOR(builtin.>) ?) -- {4,5}, %n\\_%, 1900");
}

static void test_lazy_load(void **state)
{
    struct fixture *f = *state;
    struct author_list authors;
    struct book_list books;
    struct author *author;
    /* clang-format off */
    const struct ar_value author_rows[] = {
        ar_value_integer(1), ar_value_text("Ann"), ar_value_null(),
        ar_value_integer(2), ar_value_text("Ben"), ar_value_integer(1971),
    };
    const struct ar_value book_rows[] = {
        ar_value_integer(10), ar_value_integer(2), ar_value_text("Sea"),
        ar_value_integer(11), ar_value_integer(1), ar_value_text("Sky"),
        ar_value_integer(12), ar_value_integer(2), ar_value_text("Sun"),
    };
    /* clang-format on */

    fake_return(2, 3, author_rows);
    fake_return(3, 3, book_rows);
    assert_int_equal(author_all(author_query(f->s), &authors), AR_OK);
    assert_int_equal(authors.count, 2);
    assert_int_equal(author_books(f->s, authors.items[1], &books), AR_OK);
    assert_int_equal(books.count, 2);
    assert_string_equal(books.items[0]->title, "Sea");
    assert_string_equal(books.items[1]->title, "Sun");
    /* The same statement loaded the other author's books, and each book references its author. */
    assert_int_equal(author_books(f->s, authors.items[0], &books), AR_OK);
    assert_int_equal(books.count, 1);
    assert_int_equal(book_author(f->s, books.items[0], &author), AR_OK);
    assert_ptr_equal(author, authors.items[0]);
    assert_int_equal(fake_count(), 2);
    assert_non_null(strstr(fake_statement(1), "books.author_id"));
    assert_string_equal(strstr(fake_statement(1), " -- "), " -- {2,1}");
}

/* For a set of one key, this dialect prefers a single-key condition. */
static void test_lazy_load_of_one(void **state)
{
    struct fixture *f = *state;
    struct author ann = {.id = 3};
    struct book_list books;
    const struct ar_value row[] = {ar_value_integer(10), ar_value_integer(3), ar_value_text("Sea")};

    fake_return(1, 3, row);
    assert_int_equal(author_books(f->s, &ann, &books), AR_OK);
    assert_int_equal(books.count, 1);
    assert_sql("SELECT books.id, books.author_id, books.title FROM books"
               " WHERE books.author_id OPERATOR(builtin.=) ? -- 3");
}

static void test_insert(void **state)
{
    struct fixture *f = *state;
    struct author ann = {.name = "Ann"};
    const struct ar_value key[] = {ar_value_integer(42)};

    fake_return(1, 1, key);
    assert_int_equal(author_insert(f->s, &ann), AR_OK);
    assert_int_equal(ann.id, 42);
    assert_sql("INSERT INTO authors (name, born) VALUES (?, ?) RETURNING id -- Ann, NULL");
}

/* Without a bulk strategy, every row is inserted by its own statement. */
static void test_insert_many(void **state)
{
    struct fixture *f = *state;
    struct author authors[] = {{.name = "Ann"}, {.name = "Ben"}};
    const struct ar_value first[] = {ar_value_integer(1)}, second[] = {ar_value_integer(2)};

    fake_return(1, 1, first);
    fake_return(1, 1, second);
    assert_int_equal(author_insert_many(f->s, authors, 2), AR_OK);
    assert_int_equal(authors[1].id, 2);
    assert_sql("BEGIN", "INSERT INTO authors (name, born) VALUES (?, ?) RETURNING id -- Ann, NULL",
               "INSERT INTO authors (name, born) VALUES (?, ?) RETURNING id -- Ben, NULL", "COMMIT");
}

/* The driver reports the kind of violation; the runtime finds the foreign key. */
static void test_violation(void **state)
{
    struct fixture *f = *state;
    struct book book = {.author_id = 9, .title = "Sea"};

    fake_fail(VIOLATION_FOREIGN_KEY, "Fremdschlüssel verletzt");
    assert_int_equal(book_insert(f->s, &book), AR_CONSTRAINT);
    assert_string_equal(ar_session_error(f->s)->column, "author_id");
    assert_string_equal(ar_session_error(f->s)->message,
                        "book.author_id: no author has this key (Fremdschlüssel verletzt)");
}

static void test_locked(void **state)
{
    struct fixture *f = *state;
    struct author *ann;
    const struct ar_value row[] = {ar_value_integer(7), ar_value_text("Ann"), ar_value_null()};

    fake_return(1, 3, row);
    assert_int_equal(ar_begin(f->s), AR_OK);
    assert_int_equal(author_find_for_update(f->s, 7, &ann), AR_OK);
    assert_int_equal(ar_rollback(f->s), AR_OK);
    assert_sql("BEGIN",
               "SELECT authors.id, authors.name, authors.born FROM authors"
               " WHERE authors.id OPERATOR(builtin.=) ? LOCKED -- 7",
               "ROLLBACK");
}

static void test_unknown_scheme(void **state)
{
    struct ar_db *db;

    (void)state;
    assert_int_equal(ar_db_open("sqlite::memory:", NULL, &db), AR_MISUSE);
    ar_db_close(db);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_find, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_conditions, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_lazy_load, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_lazy_load_of_one, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_insert, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_insert_many, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_violation, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_locked, set_up, tear_down),
        cmocka_unit_test(test_unknown_scheme),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
