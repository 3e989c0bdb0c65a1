/* The kinds of relations: which columns of owner and target must be equal. */
#include "model/key.h"

#include "library.ar.h"

#include "unit.h"

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_owner_has_the_foreign_key),
        cmocka_unit_test(test_target_has_the_foreign_key),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
