/* Columns of type uint8_t[N], as values, keys, foreign keys and columns of a join table. */
#include "archive.ar.h"
#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int open_archive(void **state)
{
    return fixture_open(state, &object_model, &shelf_model, &piece_model);
}

/* A file whose hash begins with `number`, as a version of the one with the hash `previous`. */
static struct object make_object(unsigned number, unsigned previous, const char *path)
{
    struct object object = {.path = path};
    object.hash[0] = (uint8_t)(number >> 8);
    object.hash[1] = (uint8_t)number;
    object.hash[31] = 0xff;
    if (previous != 0) {
        object.previous[0] = (uint8_t)(previous >> 8);
        object.previous[1] = (uint8_t)previous;
        object.previous[31] = 0xff;
    }
    object.checksum[2] = (uint8_t)(number >> 8);
    object.checksum[3] = (uint8_t)number;
    return object;
}

/* Three versions of a file, and another file. */
static void given_objects(struct fixture *f, struct object objects[4])
{
    objects[0] = make_object(1, 0, "a");
    objects[1] = make_object(2, 1, "a");
    objects[2] = make_object(3, 2, "a");
    objects[3] = make_object(4, 0, "b");
    for (size_t i = 0; i < 4; i++)
        add_row(f, &object_model, &objects[i]);
    reset_statements(f);
}

/* ---- Values ------------------------------------------------------------------------------------------------------ */

static void test_a_round_trip(void **state)
{
    struct fixture *f = *state;
    struct object object = make_object(0x1ff, 0, "a"), *read;
    object.seal[15] = 7;
    object.has_seal = true;
    ok(f->s, object_save(f->s, &object));
    assert_statements(f, 1);
    ok(f->other, object_find(f->other, object.hash, &read));
    assert_memory_equal(read->hash, object.hash, 32);
    assert_memory_equal(read->checksum, ((uint8_t[]){0, 0, 1, 0xff}), 4);
    assert_memory_equal(read->seal, object.seal, 16);
    assert_memory_equal(read->previous, ((uint8_t[32]){0}), 32);
    assert_true(read->has_seal);
    reset_statements(f);

    read->has_seal = false;
    read->checksum[0] = 9;
    ok(f->other, object_save(f->other, read));
    ok(f->other, object_save(f->other, read)); /* no column differs */
    assert_statements(f, 1);
    ok(f->s, object_reload(f->s, &object));
    assert_int_equal(object.checksum[0], 9);
    assert_false(object.has_seal);
    fails(f->s, AR_NOT_FOUND, object_find(f->s, make_object(5, 0, NULL).hash, &read));
}

/* A key of zeros counts as not set, like the number 0. */
static void test_a_key_of_zeros(void **state)
{
    struct fixture *f = *state;
    struct object object = {.path = "a"};
    fails(f->s, AR_INVALID, object_save(f->s, &object));
    assert_error_names(f->s, "object.hash is not set");
    assert_statements(f, 0);
}

/* The table accepts no other length, and a row of a table without that rule is refused. */
static void test_other_lengths(void **state)
{
    struct fixture *f = *state;
    struct object objects[4], *read;
    char sql[200];
    const char *bytes = fixture_is_sqlite() ? "x'0102'" : "'\\x0102'";
    given_objects(f, objects);
    snprintf(sql, sizeof sql, "UPDATE objects SET checksum = %s", bytes);
    fails(f->other, AR_CONSTRAINT, ar_execute(f->other, sql));

    run_sql(f, "DROP TABLE pieces");
    run_sql(f, "DROP TABLE object_shelves");
    run_sql(f, "DROP TABLE objects");
    run_sql(f, fixture_is_sqlite() ? "CREATE TABLE objects (hash BLOB PRIMARY KEY, previous, checksum, seal, path)"
                                   : "CREATE TABLE objects (hash bytea PRIMARY KEY, previous bytea, checksum bytea,"
                                     " seal bytea, path text)");
    add_row(f, &object_model, &objects[0]);
    run_sql(f, sql);
    fails(f->s, AR_INVALID, object_find(f->s, objects[0].hash, &read));
    assert_error_names(f->s, "column checksum of table objects has a blob of 2 bytes, but the field takes exactly 4");
    assert_text(ar_session_error(f->s)->column, "checksum");
}

/* ---- Conditions -------------------------------------------------------------------------------------------------- */

static void assert_count(struct fixture *f, struct ar_condition condition, int64_t expected)
{
    struct object_query *q = object_query(f->s);
    int64_t count;
    object_where(q, condition);
    ok(f->s, object_count(q, &count));
    assert_int_equal(count, expected);
}

static void test_conditions(void **state)
{
    struct fixture *f = *state;
    struct object objects[4];
    uint8_t hashes[3][32];
    given_objects(f, objects);
    memcpy(hashes[0], objects[3].hash, 32);
    memcpy(hashes[1], make_object(9, 0, NULL).hash, 32);
    memcpy(hashes[2], objects[0].hash, 32);
    const uint8_t *second = objects[1].hash;

    assert_count(f, ar_eq(object_column.hash, second), 1);
    assert_count(f, ar_ne(object_column.hash, second), 3);
    assert_count(f, ar_lt(object_column.hash, second), 1);
    assert_count(f, ar_between(object_column.hash, second, objects[3].hash), 3);
    assert_count(f, ar_in(object_column.hash, hashes[0], 3), 2);
    assert_count(f, ar_not_in(object_column.hash, hashes[0], 3), 2);
    assert_count(f, ar_in(object_column.hash, hashes[0], 0), 0);
    assert_count(f, ar_is_null(object_column.previous), 2);
    assert_count(f, ar_gt_column(object_column.hash, object_column.previous), 2);
    assert_count(f, ar_is_null(object_column.seal), 4);
    assert_count(f, ar_not(object_has_next_objects()), 2);
    assert_statements(f, 11);

    struct object_query *q = object_query(f->s);
    struct object_list list;
    int64_t changed;
    object_order_by(q, ar_desc(object_column.previous));
    object_order_by(q, ar_desc(object_column.checksum));
    ok(f->s, object_all(q, &list));
    assert_memory_equal(list.items[0]->hash, objects[2].hash, 32);
    assert_memory_equal(list.items[3]->hash, objects[0].hash, 32);

    const uint8_t seal[16] = {1};
    ok(f->s, object_update_all(object_query(f->s), ar_set(object_column.seal, seal), &changed));
    assert_int_equal(changed, 4);
    ok(f->s, object_reload(f->s, list.items[0]));
    assert_true(list.items[0]->has_seal);
    assert_memory_equal(list.items[0]->seal, seal, 16);
}

/* ---- Relations --------------------------------------------------------------------------------------------------- */

static void test_relations(void **state)
{
    struct fixture *f = *state;
    struct object objects[4], *previous;
    struct object_list list, next;
    given_objects(f, objects);
    struct object_query *q = object_query(f->s);
    object_order_by(q, ar_asc(object_column.hash));
    object_with_next_objects(q);
    ok(f->s, object_all(q, &list));
    assert_statements(f, 2);
    for (size_t i = 0; i < 4; i++) {
        ok(f->s, object_next_objects(f->s, list.items[i], &next));
        assert_int_equal(next.count, i < 2 ? 1 : 0);
        ok(f->s, object_previous_object(f->s, list.items[i], &previous));
        assert_ptr_equal(previous, i == 1 || i == 2 ? list.items[i - 1] : NULL);
    }
    assert_statements(f, 0);

    ar_session_clear(f->s);
    ok(f->s, object_find(f->s, objects[2].hash, &previous));
    ok(f->s, object_previous_object(f->s, previous, &previous));
    assert_memory_equal(previous->hash, objects[1].hash, 32);
    assert_statements(f, 2);
}

static void test_a_join_table(void **state)
{
    struct fixture *f = *state;
    struct object objects[4];
    struct shelf shelf = {.name = "top"};
    struct shelf_list shelves;
    struct object_list list;
    given_objects(f, objects);
    add_row(f, &shelf_model, &shelf);
    ok(f->s, shelf_objects_add(f->s, &shelf, (struct object *[]){&objects[0], &objects[3]}, 2, NULL));
    reset_statements(f);
    ok(f->s, object_shelves(f->s, &objects[3], &shelves));
    assert_int_equal(shelves.count, 1);
    ok(f->s, shelf_objects(f->s, shelves.items[0], &list));
    assert_int_equal(list.count, 2);
    assert_memory_equal(list.items[1]->hash, objects[3].hash, 32);
    assert_statements(f, 2);
}

static void test_a_composite_key(void **state)
{
    struct fixture *f = *state;
    struct object objects[4], *object;
    struct piece pieces[2] = {{.number = 1, .size = 10}, {.number = 2, .size = 20}}, *read;
    struct piece_list list;
    given_objects(f, objects);
    for (size_t i = 0; i < 2; i++)
        memcpy(pieces[i].object_hash, objects[i].hash, 32);
    ok(f->s, piece_insert_many(f->s, pieces, 2));
    ok(f->other, piece_find(f->other, objects[1].hash, 2, &read));
    assert_int_equal(read->size, 20);
    reset_statements(f);

    struct piece_query *q = piece_query(f->s);
    piece_with_object(q);
    ok(f->s, piece_all(q, &list));
    assert_statements(f, 2);
    ok(f->s, piece_object(f->s, list.items[1], &object));
    assert_memory_equal(object->hash, objects[1].hash, 32);
    assert_statements(f, 0);
}

/* ---- Many rows --------------------------------------------------------------------------------------------------- */

/* With arrays, or by COPY on PostgreSQL; each as one statement, apart from what COPY asks first. */
static void insert_many(struct fixture *f, size_t count)
{
    struct object *objects = calloc(count, sizeof *objects), *read;
    int64_t stored;
    for (size_t i = 0; i < count; i++) {
        objects[i] = make_object((unsigned)i + 1, (unsigned)i, "a");
        objects[i].has_seal = i % 2 == 0;
        objects[i].seal[0] = (uint8_t)i;
    }
    ok(f->s, object_insert_many(f->s, objects, count));
    ok(f->other, object_count(object_query(f->other), &stored));
    assert_int_equal(stored, count);
    for (size_t i = 0; i < count; i += 7) {
        ok(f->other, object_find(f->other, objects[i].hash, &read));
        assert_memory_equal(read->previous, objects[i].previous, 32);
        assert_int_equal(read->has_seal, objects[i].has_seal);
        assert_int_equal(read->seal[0], read->has_seal ? (uint8_t)i : 0);
    }
    free(objects);
}

static void test_insert_many(void **state)
{
    insert_many(*state, 50);
}

static void test_insert_very_many(void **state)
{
    struct fixture *f = *state;
    run_sql(f, "DROP TABLE pieces"); /* no foreign key refers to the table */
    run_sql(f, "DROP TABLE object_shelves");
    insert_many(f, 3000);
}

static void test_upsert(void **state)
{
    struct fixture *f = *state;
    struct object objects[4];
    given_objects(f, objects);
    struct object changed[2] = {objects[3], make_object(5, 0, "c")};
    changed[0].path = "d";
    enum ar_upsert_effect effects[2];
    ok(f->s,
       object_upsert_many(f->s, changed, 2, &(struct ar_upsert){.by = object_column.checksum.column}, effects, NULL));
    assert_int_equal(effects[0], AR_UPSERT_UPDATED);
    assert_int_equal(effects[1], AR_UPSERT_INSERTED);
    struct object *read;
    ok(f->other, object_find(f->other, objects[3].hash, &read));
    assert_text(read->path, "d");
}

#define test(function) cmocka_unit_test_setup_teardown(function, open_archive, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        test(test_a_round_trip),     test(test_a_key_of_zeros), test(test_other_lengths),   test(test_conditions),
        test(test_relations),        test(test_a_join_table),   test(test_a_composite_key), test(test_insert_many),
        test(test_insert_very_many), test(test_upsert),
    };
    return cmocka_run_group_tests_name("bytes", tests, NULL, NULL);
}
