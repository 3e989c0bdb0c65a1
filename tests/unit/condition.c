/* Conditions: checked and copied into a store, without a session. */
#include "read/condition.h"

#include "driver/statement.h"
#include "library.ar.h"
#include "read/fixed.h"
#include "read/pattern.h"

#include "unit.h"

#include <armature/json.h>
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
    assert_text(&copy(ar_like(book_column.title, "\\\\"))[0].value, "\\\\");
    assert_refused(ar_like(book_column.title, "a\\"), AR_INVALID, "backslash");
    assert_refused(ar_like(author_column.name, "a"), AR_MISUSE, "author.name cannot be used in a query of book");
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
    assert_refused(ar_in(author_column.name, titles, 3), AR_MISUSE, "author.name cannot be used in a query of book");
    assert_refused(ar_in(book_column.title, titles, SIZE_MAX), AR_NO_MEMORY, "out of memory");
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

/* The operand of a HAS is about the target; a HAS in a HAS stays one level deeper, an AND in an AND does not. */
static void test_related(void **state)
{
    (void)state;
    const struct ar_condition old = ar_lt(book_column.id, 7);
    const struct ar_term *terms = copy(book_has_author(author_has_books(ar_and(old, ar_and(old, book_has_author())))));
    const enum ar_operator expected[] = {AR_OP_HAS, AR_OP_HAS, AR_OP_AND, AR_OP_LT, AR_OP_LT, AR_OP_HAS};
    const uint32_t operands[] = {1, 1, 3, 0, 0, 0};
    for (size_t i = 0; i < 6; i++) {
        assert_int_equal(terms[i].op, expected[i]);
        assert_int_equal(terms[i].operand_count, operands[i]);
    }
    assert_ptr_equal(terms[1].related.relation, &author_books_relation);
    terms = copy(book_has_author(author_has_books_count(AR_LE, 2, ar_all_of(&old, 1))));
    assert_int_equal(terms[1].op, AR_OP_HAS_COUNT);
    assert_int_equal(terms[1].related.comparison, AR_LE);
    assert_int_equal(terms[1].related.count, 2);
    assert_int_equal(terms[2].op, AR_OP_AND);
    assert_refused(author_has_books(), AR_MISUSE, "relation author.books cannot be used in a query of book");
    assert_refused(book_has_author(ar_eq(book_column.id, 1)), AR_MISUSE,
                   "column book.id cannot be used in a condition on author, the target of book.author");
}

/* Strings that ignore case are folded, and only the letters of ASCII. */
static void test_folding(void **state)
{
    (void)state;
    assert_text(&copy(ar_eq_nocase(book_column.title, "aZ@[`{\xC3\x84"))[0].value, "az@[`{\xC3\x84");
    assert_text(&copy(ar_contains_nocase(book_column.title, "A%"))[0].value, "%a\\%%");
    assert_text(&copy(ar_eq_nocase(book_column.genre, "poem"))[0].value, "poem");
    assert_text(&copy(ar_contains_exact(book_column.title, "A"))[0].value, "%A%");
}

static void test_globs(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"", ""}, {"a%_b", "a*?b"}, {"\\%\\_\\\\", "%_\\"}, {"*?[]", "[*][?][[]]"}, {"\\*%", "[*]*"}, {"\\a", "a"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct ar_value pattern = ar_value_text(cases[i][0]);
        struct ar_value glob = ar_pattern_to_glob(&store.text, &pattern);
        assert_text(&glob, cases[i][1]);
    }
    struct ar_value none = ar_value_null();
    assert_int_equal(ar_pattern_to_glob(&store.text, &none).kind, AR_VALUE_NULL);
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

/* Compare two columns of a book that differ as given. */
static struct ar_condition compare(const struct ar_column *column, const struct ar_column *other)
{
    struct ar_condition condition = ar_condition_of(AR_OP_COLUMNS, column, ar_value_null());
    condition.terms[0].other = other;
    return condition;
}

static struct ar_column column_of(enum ar_type type)
{
    return (struct ar_column){.model = &book_model, .field = "x", .name = "x", .type = (uint8_t)type};
}

/* Enums are the same if their constants have the same names. */
static void test_columns_of_enums(void **state)
{
    static const struct ar_enum_name sides[] = {{"LEFT", 0}, {"RIGHT", 1}, {NULL, 0}};
    static const struct ar_enum_name copies[] = {{"LEFT", 0}, {"RIGHT", 1}, {NULL, 0}};
    static const struct ar_enum_name more[] = {{"LEFT", 0}, {"RIGHT", 1}, {"NONE", 2}, {NULL, 0}};
    struct ar_column side = column_of(AR_TYPE_ENUM_TEXT), other = side;
    (void)state;
    side.names = sides;
    other.names = copies;
    (void)copy(compare(&side, &other));
    other.names = more;
    assert_refused(compare(&side, &other), AR_MISUSE, "constants of different enums");
    assert_refused(compare(&other, &side), AR_MISUSE, "constants of different enums");
}

static void test_columns_of_different_forms(void **state)
{
    struct ar_column price = column_of(AR_TYPE_DECIMAL), text = column_of(AR_TYPE_TEXT), number = text;
    struct ar_column uuid = column_of(AR_TYPE_UUID), uuid_text = column_of(AR_TYPE_UUID_TEXT);
    struct ar_column time = column_of(AR_TYPE_TIMESPEC), finer;
    (void)state;
    price.flags = number.flags = AR_COLUMN_DECIMAL;
    assert_refused(compare(&price, &book_model.columns[0]), AR_MISUSE, "have different units");
    assert_refused(compare(&text, &number), AR_MISUSE, "have different units");
    (void)copy(compare(&number, &number));
    assert_refused(compare(&uuid, &uuid_text), AR_MISUSE, "in different forms");
    time.flags = AR_COLUMN_TIME_TEXT | AR_COLUMN_TIME_ISO;
    finer = time;
    finer.scale = 3;
    (void)copy(compare(&time, &time));
    assert_refused(compare(&time, &finer), AR_MISUSE, "in different forms");
}

static void test_json(void **state)
{
    const struct ar_json_column name = {author_column.name.column}, title = {book_column.title.column};
    (void)state;
    assert_refused(ar_json_exists(name, "a"), AR_MISUSE, "author.name cannot be used");
    assert_refused(ar_json_exists(title, "\xff"), AR_INVALID, "not valid UTF-8");
    assert_refused(ar_json_exists(title, NULL), AR_MISUSE, "has a malformed path");
}

/* Return true if a query with this condition finds rows of one title only. */
static bool fixes_title(struct ar_condition condition, struct ar_value *out)
{
    struct query_condition each = {.terms = copy(condition)};
    const struct ar_query q = {.model = &book_model, .conditions = &each};
    return ar_query_fixes(&q, book_column.title.column, out);
}

static void test_fixed_values(void **state)
{
    (void)state;
    const char *const titles[] = {"a", "b"};
    struct ar_value value;
    assert_true(fixes_title(ar_and(ar_eq(book_column.id, 1), ar_eq(book_column.title, "a")), &value));
    assert_text(&value, "a");
    assert_true(fixes_title(ar_in(book_column.title, titles, 1), &value));
    assert_text(&value, "a");
    assert_false(fixes_title(ar_in(book_column.title, titles, 2), &value));
    assert_false(fixes_title(ar_not_in(book_column.title, titles, 1), &value));
    assert_false(fixes_title(ar_eq_nocase(book_column.title, "a"), &value));
    assert_false(fixes_title(ar_eq(book_column.title, NULL), &value));
    assert_false(fixes_title(ar_not(ar_eq(book_column.title, "a")), &value));
    assert_false(fixes_title(book_has_author(ar_eq(author_column.name, "a")), &value));
}

/* A query of one row, or of what the rows of such a query refer to. */
static void test_single_rows(void **state)
{
    (void)state;
    struct query_condition one = {.terms = copy(ar_eq(book_column.id, 1))};
    struct ar_query book = {.model = &book_model, .conditions = &one};
    struct ar_query author = {.model = &author_model, .relation = &book_author_relation, .parent = &book};
    const struct ar_query books = {.model = &book_model, .relation = &author_books_relation, .parent = &author};
    assert_true(ar_query_is_single(&book));
    assert_true(ar_query_is_single(&author));
    assert_false(ar_query_is_single(&books));
    book.conditions = NULL;
    assert_false(ar_query_is_single(&author));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_strings_are_copied),
        cmocka_unit_test(test_patterns),
        cmocka_unit_test(test_items),
        cmocka_unit_test(test_lists),
        cmocka_unit_test(test_related),
        cmocka_unit_test(test_folding),
        cmocka_unit_test(test_globs),
        cmocka_unit_test(test_enum_constants),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_columns_of_enums),
        cmocka_unit_test(test_columns_of_different_forms),
        cmocka_unit_test(test_json),
        cmocka_unit_test(test_fixed_values),
        cmocka_unit_test(test_single_rows),
    };
    return cmocka_run_group_tests(tests, NULL, free_store);
}
