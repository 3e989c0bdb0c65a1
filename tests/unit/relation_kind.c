/* The kinds of relations: which columns of owner and target must be equal; and keys of these columns. */
#include "model/key.h"

#include "library.ar.h"
#include "model/field.h"
#include "model/shard.h"

#include "unit.h"

#include <string.h>

static const char *name_of(struct key_columns columns)
{
    assert_int_equal(columns.count, 1);
    return columns.model->columns[columns.columns[0]].field;
}

static void test_owner_has_the_foreign_key(void **state)
{
    (void)state;
    const struct ar_relation *author = &book_author_relation;
    assert_true(ar_owner_has_foreign_key(author));
    assert_false(ar_relation_kind(author).is_list);
    assert_ptr_equal(ar_referring_model(author), &book_model);
    assert_ptr_equal(ar_referred_model(author), &author_model);
    assert_string_equal(name_of(ar_owner_columns(author)), "author_id");
    assert_ptr_equal(ar_owner_columns(author).model, &book_model);
    assert_string_equal(name_of(ar_target_columns(author)), "id");
    assert_ptr_equal(ar_target_columns(author).model, &author_model);
}

static void test_target_has_the_foreign_key(void **state)
{
    (void)state;
    const struct ar_relation *const relations[] = {&author_books_relation, &author_profile_relation};
    for (size_t i = 0; i < 2; i++) {
        const struct ar_model *target = relations[i]->target;
        assert_false(ar_owner_has_foreign_key(relations[i]));
        assert_ptr_equal(ar_referring_model(relations[i]), target);
        assert_ptr_equal(ar_referred_model(relations[i]), &author_model);
        assert_string_equal(name_of(ar_owner_columns(relations[i])), "id");
        assert_ptr_equal(ar_owner_columns(relations[i]).model, &author_model);
        assert_string_equal(name_of(ar_target_columns(relations[i])), "author_id");
        assert_ptr_equal(ar_target_columns(relations[i]).model, target);
    }
    assert_true(ar_relation_kind(&author_books_relation).is_list);
    assert_false(ar_relation_kind(&author_profile_relation).is_list);
}

static void assert_sorted(const struct ar_value *small, const struct ar_value *large)
{
    assert_true(ar_key_parts_compare(small, large) < 0);
    assert_true(ar_key_parts_compare(large, small) > 0);
    assert_int_equal(ar_key_parts_compare(small, small), 0);
}

static void test_order_of_parts(void **state)
{
    const struct ar_value empty = ar_value_text(""), a = ar_value_text("a"), ab = ar_value_text("ab"),
                          b = ar_value_text("b"), minus = ar_value_integer(-1), one = ar_value_integer(1),
                          time = ar_value_timespec((struct timespec){1, 5}),
                          later = ar_value_timespec((struct timespec){1, 6});
    (void)state;
    assert_sorted(&empty, &a);
    assert_sorted(&a, &ab);
    assert_sorted(&ab, &b);
    assert_sorted(&minus, &one);
    assert_sorted(&time, &later);
}

static void test_equal_parts(void **state)
{
    char copy[] = "a";
    const struct ar_value a = ar_value_text("a"), same = ar_value_text(copy), b = ar_value_text("b"),
                          ab = ar_value_text("ab"), one = ar_value_integer(1), two = ar_value_integer(2),
                          blob = ar_value_bytes(AR_VALUE_BLOB, "a", 1), real = ar_value_real(1);
    (void)state;
    assert_true(ar_key_parts_equal(&a, &same));
    assert_false(ar_key_parts_equal(&a, &b));
    assert_false(ar_key_parts_equal(&a, &ab));
    assert_false(ar_key_parts_equal(&a, &blob));
    assert_false(ar_key_parts_equal(&one, &two));
    assert_false(ar_key_parts_equal(&real, &real));
}

/* A guard holds for its number or string only. */
static void test_guards(void **state)
{
    struct note {
        int64_t kind;
        const char *name;
    };
    const struct ar_column columns[] = {
        {.type = AR_TYPE_INT64, .size = 8, .offset = offsetof(struct note, kind)},
        {.type = AR_TYPE_TEXT, .size = sizeof(char *), .offset = offsetof(struct note, name)}};
    const struct ar_model model = {.columns = columns, .column_count = 2};
    const struct ar_guard two = {.column = 0, .number = 2}, name = {.column = 0, .text = "2"};
    const struct ar_guard post = {.column = 1, .text = "post"}, zero = {.column = 1};
    const struct field_reader reader = {0};
    struct note note = {.kind = 2, .name = "post"};

    (void)state;
    assert_true(ar_guard_holds(&two, &model, &note));
    assert_false(ar_guard_holds(&name, &model, &note));
    assert_true(ar_guard_holds(&post, &model, &note));
    assert_false(ar_guard_holds(&zero, &model, &note));
    note = (struct note){.kind = 3, .name = "port"};
    assert_false(ar_guard_holds(&two, &model, &note));
    assert_false(ar_guard_holds(&post, &model, &note));
    note.name = "posts";
    assert_false(ar_guard_holds(&post, &model, &note));
    note.name = NULL;
    assert_false(ar_guard_holds(&post, &model, &note));
    assert_int_equal(ar_foreign_key_set((struct key_columns){.model = &model, .guard = &two}, NULL, &reader, &note),
                     AR_OK);
    assert_int_equal(note.kind, 2);
}

/* A tenant is a number, a string or a UUID, like the shard key. */
static void test_shard_keys(void **state)
{
    const uint8_t bytes[16] = {1};
    const struct ar_value values[] = {ar_value_integer(7), ar_value_text("a"), ar_value_fixed(bytes, 16)};
    static const char *const names[] = {"is a number", "is a string", "is a UUID"};
    static const enum ar_type types[] = {AR_TYPE_INT32, AR_TYPE_CHARS, AR_TYPE_UUID};
    const struct shard_limit real = {.value = ar_value_real(1)};

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        const struct shard_limit limit = {.is_any = true, .is_scoped = true, .value = values[i]};
        for (size_t j = 0; j < 3; j++) {
            const struct ar_column key = {.type = (uint8_t)types[j], .model = &book_model, .field = "tenant"};
            struct failure failure;
            assert_int_equal(ar_shard_fits(&limit, &key), i == j);
            assert_int_equal(ar_shard_has(&limit, &key, &values[j]), i == j);
            assert_false(ar_shard_has(&limit, &key, &values[(j + 1) % 3]));
            assert_false(ar_shard_fits(&real, &key));
            assert_int_equal(ar_shard_refuse_value(&limit, &key, &values[j], &failure), AR_MISUSE);
            assert_non_null(strstr(failure.message, i == j ? ", but the .scope of the session is " : names[i]));
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_owner_has_the_foreign_key),
        cmocka_unit_test(test_target_has_the_foreign_key),
        cmocka_unit_test(test_order_of_parts),
        cmocka_unit_test(test_equal_parts),
        cmocka_unit_test(test_guards),
        cmocka_unit_test(test_shard_keys),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
