/* What is the same although it is written differently: types and expressions (S-384). */
#include "schema/normal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

struct pair {
    const char *left, *right;
};

static void assert_types(const struct dialect *dialect, const struct pair *pairs, size_t count, bool is_same)
{
    struct arena arena = {0};
    for (size_t i = 0; i < count; i++)
        if (normal_is_same_type(&arena, dialect, pairs[i].left, pairs[i].right) != is_same)
            fail_msg("%s and %s are%s the same", pairs[i].left, pairs[i].right, is_same ? " not" : "");
    arena_free(&arena);
}

static void assert_sql(const struct dialect *dialect, enum normal_level level, const struct pair *pairs, size_t count,
                       bool is_same)
{
    struct arena arena = {0};
    for (size_t i = 0; i < count; i++)
        if (normal_is_same_sql(&arena, dialect, level, pairs[i].left, pairs[i].right) != is_same)
            fail_msg("%s and %s are%s the same", pairs[i].left, pairs[i].right, is_same ? " not" : "");
    arena_free(&arena);
}

#define COUNT(array) (sizeof(array) / sizeof *(array))

static void test_types_of_postgresql(void **state)
{
    static const struct pair same[] = {
        {"timestamptz", "timestamp with time zone"},
        {"timestamp(6)", "timestamp without time zone"},
        {"timestamp(3) with time zone", "TIMESTAMP ( 3 ) WITH TIME ZONE"},
        {"int", "pg_catalog.int4"},
        {"numeric(10, 2)", "numeric(10,2)"},
        {"numeric(10)", "DECIMAL(10,0)"},
        {"varchar(20)", "character varying(20)"},
        {"char", "character(1)"},
        {"float(24)", "real"},
        {"float(25)", "double precision"},
        {"float", "float8"},
        {"text[]", "text[ ][]"},
        {"\"Mood\"", "\"Mood\""},
        {"sales.mood", "sales.mood"},
        {"mood", "\"mood\""},
    };
    static const struct pair different[] = {
        {"timestamptz", "timestamp"},
        {"numeric(10,2)", "numeric(10,3)"},
        {"numeric", "numeric(10)"},
        {"text", "text[]"},
        {"varchar(20)", "varchar(21)"},
        {"integer", "bigint"},
        {"\"Mood\"", "mood"},
        {"sales.mood", "mood"},
        {"", "text"},
    };
    (void)state;
    assert_types(&dialect_postgresql, same, COUNT(same), true);
    assert_types(&dialect_postgresql, different, COUNT(different), false);
}

static void test_types_of_sqlite(void **state)
{
    static const struct pair same[] = {
        {"INTEGER", "BIGINT"},     {"INTEGER", "BOOLEAN"},
        {"TEXT", "VARCHAR(20)"},   {"REAL", "DOUBLE PRECISION"},
        {"NUMERIC(10,2)", "REAL"}, {"DATETIME", "TEXT"},
        {"TEXT", "TIMESTAMP"},     {"BLOB", ""},
        {"any", "BLOB"},           {"TEXT COLLATE NOCASE", "clob"},
    };
    static const struct pair different[] = {{"INTEGER", "TEXT"}, {"INTEGER", "REAL"}, {"TEXT", ""},
                                            {"BLOB", "TEXT"},    {"DATE", "BLOB"},    {"BLOB", "DATE"}};
    (void)state;
    assert_types(&dialect_sqlite, same, COUNT(same), true);
    assert_types(&dialect_sqlite, different, COUNT(different), false);
}

static void test_other_facts_of_types(void **state)
{
    struct arena arena = {0};
    const char *collation;
    (void)state;
    assert_int_equal(normal_text_length(&arena, "character varying(20)"), 20);
    assert_int_equal(normal_text_length(&arena, "text"), UINT32_MAX);
    assert_int_equal(normal_text_length(&arena, "varchar"), UINT32_MAX);
    assert_int_equal(normal_text_length(&arena, "char(3)"), 0);
    assert_int_equal(normal_text_length(&arena, "text[]"), 0);
    assert_true(normal_is_integer(&arena, &dialect_postgresql, "int2"));
    assert_false(normal_is_integer(&arena, &dialect_postgresql, "int2[]"));
    assert_true(normal_is_integer(&arena, &dialect_sqlite, "UNSIGNED BIG INT"));
    assert_string_equal(normal_split_type(&arena, &dialect_sqlite, "TEXT COLLATE NOCASE", &collation), "TEXT");
    assert_string_equal(collation, "NOCASE");
    assert_string_equal(normal_split_type(&arena, &dialect_postgresql, "text COLLATE \"C\"", &collation), "text");
    assert_string_equal(collation, "C");
    assert_string_equal(normal_split_type(&arena, &dialect_sqlite, "INT", &collation), "INT");
    assert_null(collation);
    assert_string_equal(normal_split_type(&arena, &dialect_sqlite, "COLLATE NOCASE", &collation), "");
    assert_string_equal(collation, "NOCASE");
    arena_free(&arena);
}

static void test_expressions(void **state)
{
    static const struct pair same[] = {
        {"a > 1 AND b", "  (( A>1 and \"b\" ))"},
        {"a != 1", "a <> 1"},
        {"'x'::text", "'x'"},
        {"'x'::character varying(20)", "'x'"},
        {"'-1'::integer", "-1"},
        {"'2020-01-01 00:00:00'::timestamp without time zone", "'2020-01-01 00:00:00'"},
        {"pg_catalog.length(a) OPERATOR(pg_catalog.=) 3", "length(a) = 3"},
        {"'x'::\"My Type\"[3]", "'x'"},
        {"now()", "CURRENT_TIMESTAMP"},
        {NULL, NULL},
    };
    static const struct pair different[] = {
        {"a > 1", "a > 2"},
        {"'X'", "'x'"},
        {"(a + b) * c", "a + b * c"},
        {"\"A\" > 1", "a > 1"},
        {"a::text", "a::bigint"},
        {"NULL", "'a'"},
        {"(a) = (b)", "a = b"},
        {NULL, "a"},
        {"a", NULL},
        {"now(1)", "CURRENT_TIMESTAMP"},
        {"now(", "CURRENT_TIMESTAMP"},
        {"now", "CURRENT_TIMESTAMP"},
        {"operator + 1", "1"},
        {"operator(a)", "a"},
        {"pg_catalog + 1", "1"},
        {"1 operator(pg_catalog + 1)", "1 + 1"},
        {"1 operator(other.+) 1", "1 + 1"},
        {"'1'", "1"},
        {"a || b", "a"},
    };
    (void)state;
    assert_sql(&dialect_postgresql, NORMAL_STRICT, same, COUNT(same), true);
    assert_sql(&dialect_postgresql, NORMAL_STRICT, different, COUNT(different), false);
}

static void test_names_of_sqlite(void **state)
{
    static const struct pair same[] = {{"[Price] > 1", "`PRICE` > 1"}, {"\"price\" == 1", "price = 1"}};
    (void)state;
    assert_sql(&dialect_sqlite, NORMAL_STRICT, same, COUNT(same), true);
}

/* What PostgreSQL prints on the right. */
static void test_loose_expressions(void **state)
{
    static const struct pair same[] = {
        {"a IN ('x', 'y')", "(a = ANY (ARRAY['x'::text, 'y'::text]))"},
        {"a NOT IN (1, 2)", "(a <> ALL (ARRAY[1, 2]))"},
        {"a BETWEEN 1 AND 9 AND b", "(((a >= 1) AND (a <= 9)) AND b)"},
        {"a LIKE 'x%' OR a NOT ILIKE 'y'", "((a ~~ 'x%'::text) OR (a !~~* 'y'::text))"},
        {"name || CAST(quantity AS text)", "(name || (quantity)::text)"},
        {"SELECT id, n + 1 AS next FROM notes", "SELECT notes.id, (notes.n + 1) AS next FROM notes"},
        {"price > 0.5", "(price > (0.5)::double precision)"},
    };
    static const struct pair different[] = {
        {"a > 1", "(a > 2)"}, {"a IN (1, 2)", "(a = ANY (ARRAY[1, 3]))"}, {"cast + 1", "1"}};
    (void)state;
    assert_sql(&dialect_postgresql, NORMAL_LOOSE, same, COUNT(same), true);
    assert_sql(&dialect_postgresql, NORMAL_LOOSE, different, COUNT(different), false);
}

/* Text that is cut off ends, whatever it is. */
static void test_broken_expressions(void **state)
{
    static const char *const broken[] = {"",  "'", "\"",  "a::", "a BETWEEN", "BETWEEN 1 AND 2", "OPERATOR(pg_catalog.",
                                         "(", ")", "$x$", "a["};
    struct arena arena = {0};
    (void)state;
    for (size_t i = 0; i < COUNT(broken); i++) {
        assert_true(normal_is_same_sql(&arena, &dialect_postgresql, NORMAL_LOOSE, broken[i], broken[i]));
        assert_true(normal_is_same_sql(&arena, &dialect_sqlite, NORMAL_STRICT, broken[i], broken[i]));
        assert_true(normal_is_same_type(&arena, &dialect_postgresql, broken[i], broken[i]));
    }
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_types_of_postgresql),  cmocka_unit_test(test_types_of_sqlite),
        cmocka_unit_test(test_other_facts_of_types), cmocka_unit_test(test_expressions),
        cmocka_unit_test(test_names_of_sqlite),      cmocka_unit_test(test_loose_expressions),
        cmocka_unit_test(test_broken_expressions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
