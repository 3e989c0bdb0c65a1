/* Tables named armature_keys, armature_rows or armature_result hid the virtual tables of the runtime: relations, ar_in
 * and insert_many of every model failed with "'armature_keys' is not a function". */
#include "names_at_run_time.ar.h"
#include "support.h"

static int open_folders(void **state)
{
    if (fixture_open(state, &folder_model, &file_model) != 0)
        return -1;
    run_sql(*state, fixture_is_sqlite() ? "SELECT 1"
                                        : "DROP TABLE IF EXISTS armature_keys; DROP TABLE IF EXISTS armature_rows;"
                                          "DROP TABLE IF EXISTS armature_result");
    run_sql(*state, "CREATE TABLE armature_keys (k0 INTEGER, ordinal INTEGER);"
                    "CREATE TABLE armature_rows (c0 INTEGER); CREATE TABLE armature_result (c0 INTEGER)");
    return 0;
}

static void test_tables_may_have_the_names_of_virtual_tables(void **state)
{
    static const int64_t ids[] = {1, 2};
    struct fixture *f = *state;
    struct folder folders[20] = {0};
    struct file file = {.name = "file"};
    struct folder_query *q = folder_query(f->s), *eager = folder_query(f->s);
    struct folder_list list;
    struct file_list files;
    struct folder *parent;

    for (size_t i = 0; i < 20; i++)
        folders[i].name = "folder";
    ok(f->s, folder_insert_many(f->s, folders, 20));
    file.folder_id = folders[0].id;
    ok(f->s, file_insert(f->s, &file));
    folder_where(q, ar_in(folder_column.id, ids, 2));
    ok(f->s, folder_all(q, &list));
    assert_int_equal(list.count, 2);
    ok(f->s, folder_files(f->s, &folders[0], &files));
    assert_int_equal(files.count, 1);
    ok(f->s, file_folder(f->s, &file, &parent));
    assert_non_null(parent);
    file_limit(folder_with_files(eager), 1);
    ok(f->s, folder_all(eager, &list));
    assert_int_equal(list.count, 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_tables_may_have_the_names_of_virtual_tables, open_folders, fixture_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
