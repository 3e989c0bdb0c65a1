/* The JSON writer: its layout, and strings with any bytes (S-450). */
#include "json_writer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void assert_text(const char *value, const char *expected)
{
    struct text out = {0};
    json_print_text(&out, value);
    assert_string_equal(out.data, expected);
    text_free(&out);
}

static void test_layout(void **state)
{
    struct text out = {0};
    struct json json = {.out = &out};
    (void)state;
    json_open_object(&json, NULL, JSON_LINES);
    json_add_integer(&json, "format", 1);
    json_open_object(&json, "location", JSON_LINE);
    json_add_text(&json, "file", "blog.h");
    json_open_array(&json, "empty", JSON_LINES);
    json_close_array(&json);
    json_add_integer(&json, "least", INT64_MIN);
    json_close_object(&json);
    json_open_array(&json, "empty", JSON_LINES);
    json_close_array(&json);
    json_open_array(&json, "values", JSON_LINES);
    json_add_bool(&json, NULL, true);
    json_add_text(&json, NULL, NULL);
    json_open_object(&json, NULL, JSON_LINES);
    json_close_object(&json);
    json_close_array(&json);
    json_close_object(&json);
    json_end(&json);
    assert_string_equal(out.data, "{\n"
                                  "  \"format\": 1,\n"
                                  "  \"location\": {\"file\": \"blog.h\", \"empty\": [], \"least\": "
                                  "-9223372036854775808},\n"
                                  "  \"empty\": [],\n"
                                  "  \"values\": [\n"
                                  "    true,\n"
                                  "    null,\n"
                                  "    {}\n"
                                  "  ]\n"
                                  "}\n");
    text_free(&out);
}

static void test_strings(void **state)
{
    (void)state;
    assert_text("", "\"\"");
    assert_text("a \"b\" \\ c\n\r\t\x01\x7f", "\"a \\\"b\\\" \\\\ c\\n\\r\\t\\u0001\\u007f\"");
    assert_text("</script><!-- a < b <> c", "\"\\u003c/script>\\u003c!-- a < b <> c\"");
    assert_text("\xe0\xa0\x80\xed\x9f\xbf\xf0\x90\x80\x80\xf4\x8f\xbf\xbf",
                "\"\xe0\xa0\x80\xed\x9f\xbf\xf0\x90\x80\x80\xf4\x8f\xbf\xbf\"");
    assert_text("\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80", "\"\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80\"");
}

#define UNKNOWN "\xef\xbf\xbd"

/* Overlong forms, surrogates, numbers beyond the last character, and sequences that are cut off. */
static void test_invalid_utf8(void **state)
{
    (void)state;
    assert_text("\xff", "\"" UNKNOWN "\"");
    assert_text("\xc0\xaf", "\"" UNKNOWN UNKNOWN "\"");
    assert_text("\xe0\x80\x80", "\"" UNKNOWN UNKNOWN UNKNOWN "\"");
    assert_text("\xed\xa0\x80", "\"" UNKNOWN UNKNOWN UNKNOWN "\"");
    assert_text("\xf4\x90\x80\x80", "\"" UNKNOWN UNKNOWN UNKNOWN UNKNOWN "\"");
    assert_text("\xf0\x9f\x98", "\"" UNKNOWN UNKNOWN UNKNOWN "\"");
    assert_text("\xf0\x80\x80\x80", "\"" UNKNOWN UNKNOWN UNKNOWN UNKNOWN "\"");
    assert_text("\xe2z", "\"" UNKNOWN "z\"");
    assert_text("\xe2\x82z", "\"" UNKNOWN UNKNOWN "z\"");
    assert_text("\xf1z", "\"" UNKNOWN "z\"");
    assert_text("\xf1\x9fz", "\"" UNKNOWN UNKNOWN "z\"");
    assert_text("\xf1\x9f\x98z", "\"" UNKNOWN UNKNOWN UNKNOWN "z\"");
    assert_text("\xf5\x80", "\"" UNKNOWN UNKNOWN "\"");
    assert_text("\xe2\x82", "\"" UNKNOWN UNKNOWN "\"");
    assert_text("\xc3", "\"" UNKNOWN "\"");
    assert_text("\xc3z", "\"" UNKNOWN "z\"");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_layout),
        cmocka_unit_test(test_strings),
        cmocka_unit_test(test_invalid_utf8),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
