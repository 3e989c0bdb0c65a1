/* Which columns a write sets, omits and returns. */
#include "write/write_plan.h"

#include "base/text_buffer.h"
#include "library.ar.h"

#include "unit.h"

/* The names of the columns for which a predicate holds. */
static const char *columns_where(const struct write *write,
                                 bool (*holds)(const struct write *, const struct ar_column *))
{
    static char list[256];
    struct text_buffer buffer = {list, sizeof list, 0};
    list[0] = '\0';
    for (size_t i = 0; i < write->model->column_count; i++)
        if (holds(write, &write->model->columns[i]))
            ar_text_buffer_add(&buffer, "%s%s", buffer.length > 0 ? " " : "", write->model->columns[i].field);
    return list;
}

/* The names of the columns that an update sets. */
static const char *updated_columns(struct write *write, const void *image)
{
    bool any;
    assert_int_equal(ar_write_find_updated(write, image, &any), AR_OK);
    const char *list = columns_where(write, ar_write_updates);
    assert_int_equal(any, *list != '\0');
    return list;
}

static void test_insert(void **state)
{
    (void)state;
    struct book book = {.title = "A Tale"};
    struct write write = {.model = &book_model, .copy = &book};
    assert_string_equal(columns_where(&write, ar_write_omits), "id status");
    assert_string_equal(columns_where(&write, ar_write_returns), "id status");
    /* A key or a status that the caller has set is written, and there is nothing to return. */
    book.id = 7;
    book.status = "old";
    write.has_key = true;
    assert_string_equal(columns_where(&write, ar_write_omits), "");
    assert_string_equal(columns_where(&write, ar_write_returns), "");
}

/* An existing row keeps its creation time and increments its version: both are returned. */
static void test_insert_or_update(void **state)
{
    (void)state;
    struct book book = {.id = 7, .status = "old"};
    const struct write write = {.model = &book_model, .copy = &book, .has_key = true, .or_update = true};
    assert_string_equal(columns_where(&write, ar_write_omits), "");
    assert_string_equal(columns_where(&write, ar_write_returns), "created_at revision");
}

static void test_update(void **state)
{
    (void)state;
    struct book before = {.id = 7, .author_id = 1, .title = "A Tale", .status = "old", .created_at = 5};
    struct book book = before;
    char title[] = "A Tale";
    struct store store = {.options = {0}};
    struct write write = {.store = &store, .model = &book_model, .copy = &book, .has_key = true};
    /* Nothing is known of the row: all columns, but neither the key, nor what the runtime maintains. */
    assert_string_equal(updated_columns(&write, NULL), "author_id title price status genre");
    /* An equal string at another address is no change. */
    book.title = title;
    assert_string_equal(updated_columns(&write, &before), "");
    book.title = "Two Tales";
    book.author_id = 2;
    book.created_at = 6;
    book.revision = 9;
    assert_string_equal(updated_columns(&write, &before), "author_id title created_at");
    ar_arena_free(&store.scratch);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_insert),
        cmocka_unit_test(test_insert_or_update),
        cmocka_unit_test(test_update),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
