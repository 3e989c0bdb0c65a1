/* The comparison of two sets of models, which migrations use: renames, and objects with other names (S-385). */
#include "schema/compare.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* A table `notes` with a key, a title, an index and a check of it, and a foreign key to itself. */
struct notes {
    struct schema_column columns[3];
    const char *key[1], *parent[1];
    struct schema_part part;
    struct schema_index index;
    struct schema_check check;
    struct schema_foreign_key foreign_key;
    struct schema_table table;
    struct schema schema;
};

static void make_notes(struct notes *notes, const char *table, const char *title, const char *index, const char *check)
{
    *notes = (struct notes){
        .columns = {{.name = "id", .type = "bigint", .is_identity = true},
                    {.name = title, .type = "text"},
                    {.name = "parent_id", .type = "bigint"}},
        .key = {"id"},
        .parent = {"parent_id"},
        .part = {.column = title},
        .check = {.name = "notes_check", .sql = check},
    };
    notes->index = (struct schema_index){.name = index, .parts = &notes->part, .part_count = 1};
    notes->foreign_key = (struct schema_foreign_key){
        .name = "notes_parent", .columns = {notes->parent, 1}, .table = table, .referred = {notes->key, 1}};
    notes->table = (struct schema_table){
        .name = table,
        .columns = notes->columns,
        .column_count = 3,
        .key = {notes->key, 1},
        .foreign_keys = &notes->foreign_key,
        .foreign_key_count = 1,
        .indexes = &notes->index,
        .index_count = 1,
        .checks = &notes->check,
        .check_count = 1,
    };
    notes->schema = (struct schema){.dialect = &dialect_postgresql, .tables = &notes->table, .table_count = 1};
}

static void assert_kinds(const struct difference_list *differences, const enum difference_kind *kinds, size_t count)
{
    assert_int_equal(differences->count, count);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(differences->items[i].kind, kinds[i]);
}

static void test_same(void **state)
{
    struct arena arena = {0};
    struct notes from, to;
    (void)state;
    make_notes(&from, "notes", "title", "notes_title", "title <> ''");
    make_notes(&to, "notes", "title", "notes_title", "title <> ''");
    assert_int_equal(schema_compare(&arena, &from.schema, &to.schema, COMPARE_EXACT).count, 0);
    arena_free(&arena);
}

/* The index, the check and the foreign key follow the renames: only the name of the index differs. */
static void test_renames(void **state)
{
    static const enum difference_kind kinds[] = {DIFFERENCE_TABLE_RENAMED, DIFFERENCE_COLUMN_RENAMED,
                                                 DIFFERENCE_INDEX_RENAMED};
    struct arena arena = {0};
    struct notes from, to;
    (void)state;
    make_notes(&from, "notes", "title", "notes_title", "length(title) > 0 AND \"title\" <> 'title'");
    make_notes(&to, "papers", "headline", "papers_headline", "length(headline) > 0 AND headline <> 'title'");
    to.table.was = "notes";
    to.columns[1].was = "title";
    struct difference_list differences = schema_compare(&arena, &from.schema, &to.schema, COMPARE_EXACT);
    assert_kinds(&differences, kinds, COUNT(kinds));
    assert_ptr_equal(differences.items[0].from, &from.table);
    assert_ptr_equal(differences.items[0].to, &to.table);
    assert_ptr_equal(differences.items[1].from_column, &from.columns[1]);
    assert_ptr_equal(differences.items[1].to_column, &to.columns[1]);
    assert_ptr_equal(differences.items[2].index, &to.index);
    assert_string_equal(differences.items[2].was, "notes_title");
    assert_string_equal(from.table.name, "notes");
    differences = schema_compare(&arena, &from.schema, &to.schema, COMPARE_DATABASE);
    assert_kinds(&differences, kinds, 2);
    arena_free(&arena);
}

/* A former name counts only if the old name is gone and the new one is not there. */
static void test_renames_that_are_done(void **state)
{
    static const enum difference_kind kinds[] = {DIFFERENCE_COLUMN_ADDED};
    struct arena arena = {0};
    struct notes from, to;
    (void)state;
    make_notes(&from, "notes", "title", "notes_title", "title <> ''");
    make_notes(&to, "notes", "title", "notes_title", "title <> ''");
    to.table.was = "papers";
    to.columns[1].was = "headline";
    assert_int_equal(schema_compare(&arena, &from.schema, &to.schema, COMPARE_EXACT).count, 0);
    to.columns[1].was = "parent_id";
    from.table.column_count = 2;
    to.columns[2].was = "title";
    struct difference_list differences = schema_compare(&arena, &from.schema, &to.schema, COMPARE_EXACT);
    assert_kinds(&differences, kinds, COUNT(kinds));
    arena_free(&arena);
}

static void test_another_table(void **state)
{
    static const enum difference_kind kinds[] = {DIFFERENCE_TABLE_ADDED, DIFFERENCE_TABLE_DROPPED};
    static const enum difference_kind changed[] = {DIFFERENCE_INDEX_DROPPED, DIFFERENCE_INDEX_ADDED,
                                                   DIFFERENCE_CHECK_DROPPED, DIFFERENCE_CHECK_ADDED};
    struct arena arena = {0};
    struct notes from, to;
    (void)state;
    make_notes(&from, "notes", "title", "notes_title", "title <> ''");
    make_notes(&to, "papers", "title", "papers_title", "title <> ''");
    struct difference_list differences = schema_compare(&arena, &from.schema, &to.schema, COMPARE_EXACT);
    assert_kinds(&differences, kinds, COUNT(kinds));
    make_notes(&to, "notes", "title", "notes_title", "title <> 'x'");
    to.part.is_descending = true;
    differences = schema_compare(&arena, &from.schema, &to.schema, COMPARE_EXACT);
    assert_kinds(&differences, changed, COUNT(changed));
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_same),
        cmocka_unit_test(test_renames),
        cmocka_unit_test(test_renames_that_are_done),
        cmocka_unit_test(test_another_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
