/* Labels of enum types in the list that a server sends, which may be malformed. */
#include "schema/labels.h"

#include "unit.h"

#include <stdlib.h>
#include <string.h>

/* Search a copy that ends with its zero byte, so that a sanitizer finds reads beyond it. */
static bool has(const char *list, const char *label)
{
    char *copy = strdup(list);
    assert_non_null(copy);
    bool result = ar_labels_have(copy, label);
    free(copy);
    return result;
}

static void test_labels(void **state)
{
    (void)state;
    assert_true(has("'G'", "G"));
    assert_true(has("'PG','G','R'", "PG"));
    assert_true(has("'PG','G','R'", "G"));
    assert_true(has("'PG','G','R'", "R"));
    assert_false(has("'PG','G','R'", "P"));
    assert_false(has("'PG'", "PG-13"));
    assert_false(has("'PG-13'", "PG"));
    assert_true(has("''", ""));
    assert_false(has("'G'", ""));
    assert_false(has("", "G"));
}

static void test_quotes_and_commas(void **state)
{
    (void)state;
    assert_true(has("'it''s'", "it's"));
    assert_true(has("'''',','", "'"));
    assert_true(has("'''',','", ","));
    assert_false(has("'a'',''G'',''b'", "G"));
    assert_true(has("'a'',''G'',''b'", "a','G','b"));
}

static void test_malformed(void **state)
{
    (void)state;
    static const char *const lists[] = {"'",     "'''", "G",     "'G",    "'G''", "'a'G",
                                        "'a','", ",",   "'a',,", "'a',G", "a'G'", "'a' 'G'"};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        assert_false(has(lists[i], "G"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_labels),
        cmocka_unit_test(test_quotes_and_commas),
        cmocka_unit_test(test_malformed),
    };
    return cmocka_run_group_tests_name("labels", tests, NULL, NULL);
}
