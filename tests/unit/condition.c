/* Conditions: checked and copied into a store, without a session. */
#include "read/condition.h"

#include "driver/statement.h"
#include "library.ar.h"

#include "unit.h"

#include <math.h>
#include <string.h>

static struct store store; /* all zero: empty */

static int free_store(void **state)
{
    (void)state;
    ar_arena_free(&store.objects);
    ar_arena_free(&store.text);
    return 0;
}

static const struct ar_term *copy(struct ar_condition condition)
{
    struct failure failure;
    const struct ar_term *terms;
    assert_int_equal(ar_condition_copy(&store, &book_model, &condition, &terms, &failure), AR_OK);
    return terms;
}

static void assert_refused(struct ar_condition condition, enum ar_status status, const char *reason)
{
    struct failure failure;
    const struct ar_term *terms;
    assert_int_equal(ar_condition_copy(&store, &book_model, &condition, &terms, &failure), status);
    assert_non_null(strstr(failure.error.message, reason));
}

static void assert_text(const struct ar_value *value, const char *expected)
{
    assert_int_equal(value->kind, AR_VALUE_TEXT);
    assert_int_equal(value->bytes.size, strlen(expected));
    assert_memory_equal(value->bytes.data, expected, strlen(expected));
}

/* The caller may change a string as soon as it is copied. */
static void test_strings_are_copied(void **state)
{
    (void)state;
    char title[] = "A Tale";
    const struct ar_term *terms = copy(ar_eq(book_column.title, title));
    title[0] = 'B';
    assert_text(&terms[0].value, "A Tale");
}

static void test_patterns(void **state)
{
    (void)state;
    assert_text(&copy(ar_contains(book_column.title, "5%_\\"))[0].value, "%5\\%\\_\\\\%");
    assert_text(&copy(ar_starts_with(book_column.title, "a"))[0].value, "a%");
    assert_text(&copy(ar_ends_with(book_column.title, "a"))[0].value, "%a");
    assert_text(&copy(ar_like(book_column.title, "a%\\\\"))[0].value, "a%\\\\");
    assert_refused(ar_like(book_column.title, "a\\"), AR_INVALID, "backslash");
}

/* The items become one parameter; a NULL string is left out. */
static void test_items(void **state)
{
    (void)state;
    const char *const titles[] = {"a", NULL, "b"};
    const struct ar_term *terms = copy(ar_in(book_column.title, titles, 3));
    const struct key_set *set = terms[0].value.bytes.data;
    assert_int_equal(set->count, 2);
    assert_text(&set->values[0], "a");
    assert_text(&set->values[1], "b");
}

/* Lists become AND and OR of their conditions, in prefix notation. */
static void test_lists(void **state)
{
    (void)state;
    const struct ar_condition each[] = {ar_eq(book_column.id, 1), ar_not(ar_eq(book_column.id, 2))};
    const struct ar_term *terms = copy(ar_any_of(each, 2));
    const enum ar_operator expected[] = {AR_OP_OR, AR_OP_EQ, AR_OP_NOT, AR_OP_EQ};
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(terms[i].op, expected[i]);
    assert_int_equal(terms[0].operand_count, 2);
}

static void test_enum_constants(void **state)
{
    (void)state;
    assert_text(&copy(ar_eq(book_column.genre, GENRE_POEM))[0].value, "GENRE_POEM");
    assert_refused(ar_eq(book_column.genre, 9), AR_INVALID, "constant of the enum");
}

static void test_refused(void **state)
{
    (void)state;
    struct ar_condition empty = ar_eq(book_column.id, 1), large = empty;
    empty.count = 0;
    large.count = AR_CONDITION_TERMS + 1;
    assert_refused(empty, AR_MISUSE, "a condition on book is empty");
    assert_refused(large, AR_MISUSE, "more than 24 comparisons");
    assert_refused(ar_all_of(&empty, 1), AR_MISUSE, "empty");
    assert_refused(ar_eq(author_column.name, "x"), AR_MISUSE, "author.name cannot be used in a query of book");
    assert_refused(ar_eq(book_column.title, "\xff"), AR_INVALID, "not valid UTF-8");
    assert_refused(ar_lt(book_column.price, (double)NAN), AR_INVALID, "NaN");
    assert_refused(ar_condition_of(AR_OP_EQ, book_column.id.column, ar_value_unsigned(UINT64_MAX)), AR_INVALID,
                   "the largest integer");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_strings_are_copied),
        cmocka_unit_test(test_patterns),
        cmocka_unit_test(test_items),
        cmocka_unit_test(test_lists),
        cmocka_unit_test(test_enum_constants),
        cmocka_unit_test(test_refused),
    };
    return cmocka_run_group_tests(tests, NULL, free_store);
}
