/* The pieces of HTML: escaping, SQL, numbers. */
#include "report/html.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void assert_html(struct text *text, const char *expected)
{
    assert_string_equal(text->data, expected);
    text_free(text);
    *text = (struct text){0};
}

static void test_text_is_escaped(void **state)
{
    struct text text = {0};
    (void)state;
    html_text(&text, "<script> & \"double\" 'single' \x01\x7f\t\n$ é");
    assert_html(&text, "&lt;script&gt; &amp; &quot;double&quot; &#39;single&#39; \xef\xbf\xbd\xef\xbf\xbd\t\n$ é");
    html_add(&text, "<b title=\"$\">$</b>$", "\"", "<$>", NULL);
    assert_html(&text, "<b title=\"&quot;\">&lt;$&gt;</b>");
}

static void test_sql_is_marked(void **state)
{
    struct text text = {0};
    (void)state;
    html_sql(&text, "SELECT \"<b>\" FROM t WHERE x = 'it''s' AND SELECTED = $1");
    assert_html(&text, "<span class=\"k\">SELECT</span> <span class=\"n\">&quot;&lt;b&gt;&quot;</span> "
                       "<span class=\"k\">FROM</span> t <span class=\"k\">WHERE</span> x = "
                       "<span class=\"s\">&#39;it&#39;&#39;s&#39;</span> <span class=\"k\">AND</span> "
                       "<span class=\"k\">SELECTED</span> = $1");
    html_sql(&text, "'unterminated");
    assert_html(&text, "<span class=\"s\">&#39;unterminated</span>");
}

static void test_long_sql_is_broken(void **state)
{
    struct text text = {0};
    (void)state;
    html_sql(&text,
             "select a FROM t LEFT JOIN u ON (SELECT max(x) FROM v) WHERE aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa = 1");
    assert_html(&text,
                "select a \n<span class=\"k\">FROM</span> t \n<span class=\"k\">LEFT</span> "
                "<span class=\"k\">JOIN</span> u <span class=\"k\">ON</span> (<span class=\"k\">SELECT</span> max(x) "
                "<span class=\"k\">FROM</span> v) \n<span class=\"k\">WHERE</span> "
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa = 1");
}

static void test_numbers(void **state)
{
    struct arena arena = {0};
    (void)state;
    assert_string_equal(html_number(&arena, 0), "0");
    assert_string_equal(html_number(&arena, 1234567), "1\xe2\x80\xaf"
                                                      "234\xe2\x80\xaf"
                                                      "567");
    assert_string_equal(html_count(&arena, 1, "row", "rows"), "1 row");
    assert_string_equal(html_count(&arena, 2, "row", "rows"), "2 rows");
    assert_string_equal(html_duration(&arena, 999), "999 ns");
    assert_string_equal(html_duration(&arena, 1500), "1.50 µs");
    assert_string_equal(html_duration(&arena, 43800000), "43.8 ms");
    assert_string_equal(html_duration(&arena, UINT64_C(123456789000)), "123 s");
    assert_string_equal(html_id(&arena, "model", "a b$é"), "model-a-b---");
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_text_is_escaped),
        cmocka_unit_test(test_sql_is_marked),
        cmocka_unit_test(test_long_sql_is_broken),
        cmocka_unit_test(test_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
