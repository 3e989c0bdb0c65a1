/* Counters count living rows. A row that was inserted with a time of deletion was counted, by every kind of insert; and
 * a farm that was deleted by a time, and its cows with it, still had their number after it was restored. */
#include "counted_deleted_rows.ar.h"
#include "support.h"

static int open_tables(void **state)
{
    return fixture_open(state, &farm_model, &cow_model, &cat_model);
}

/* The farm's counters, for the session as for the database. */
static void assert_counts(struct fixture *f, const struct farm *farm, int cows, int cats)
{
    struct farm_query *q = farm_query(f->other);
    struct farm *stored;

    assert_int_equal(farm->cow_count, cows);
    assert_int_equal(farm->cat_count, cats);
    farm_with_deleted(q);
    farm_where(q, ar_eq(farm_column.id, farm->id));
    ok(f->other, farm_one(q, &stored));
    assert_int_equal(stored->cow_count, cows);
    assert_int_equal(stored->cat_count, cats);
}

static struct farm *given_farm(struct fixture *f)
{
    struct farm farm = {0}, *found;

    add_row(f, &farm_model, &farm);
    ok(f->s, farm_find(f->s, farm.id, &found));
    return found;
}

static void test_inserted_as_deleted(void **state)
{
    struct fixture *f = *state;
    struct farm *farm = given_farm(f), built = {0};
    struct cow one = {.farm_id = farm->id, .name = "one", .deleted_at = 7};
    struct cow many[] = {{.farm_id = farm->id, .name = "two", .deleted_at = 7}, {.farm_id = farm->id, .name = "three"}};
    struct cow upserted = {.farm_id = farm->id, .name = "four", .deleted_at = 7};
    struct cow put[] = {{.name = "five", .deleted_at = 7}, {.name = "six", .deleted_at = 7}, {.name = "seven"}};
    const struct ar_upsert by_name = {.by = cow_column.name.column, .ignore = true};
    struct ar_graph graph = ar_graph_start(f->s);
    enum ar_upsert_effect effect;

    ok(f->s, cow_insert(f->s, &one));
    assert_counts(f, farm, 0, 0);
    ok(f->s, cow_insert_many(f->s, many, 2));
    assert_counts(f, farm, 1, 0);
    ok(f->s, cow_upsert(f->s, &upserted, &by_name, &effect));
    assert_int_equal(effect, AR_UPSERT_INSERTED);
    assert_counts(f, farm, 1, 0);
    cow_set_farm(&graph, &put[0], farm);
    cow_set_farm(&graph, &put[1], &built);
    cow_set_farm(&graph, &put[2], &built);
    ok(f->s, ar_graph_save(&graph));
    assert_counts(f, farm, 1, 0);
    assert_counts(f, &built, 1, 0);
}

static void test_deleted_with_its_cows(void **state)
{
    struct fixture *f = *state;
    struct farm *farm = given_farm(f);
    struct cow cows[] = {{.farm_id = farm->id, .name = "one"}, {.farm_id = farm->id, .name = "two"}};
    struct cat cats[] = {{.farm_id = farm->id}, {.farm_id = farm->id}};
    struct cow_list list;

    ok(f->s, cow_insert_many(f->s, cows, 2));
    ok(f->s, cat_insert_many(f->s, cats, 2));
    assert_counts(f, farm, 2, 2);
    ok(f->s, ar_begin(f->s));
    ok(f->s, farm_delete(f->s, farm));
    ok(f->s, ar_rollback(f->s));
    ar_session_clear(f->other);
    assert_counts(f, farm, 2, 2);
    ok(f->s, farm_delete(f->s, farm));
    ar_session_clear(f->other);
    assert_counts(f, farm, 0, 0);
    ok(f->s, farm_restore(f->s, farm));
    ok(f->s, cow_restore(f->s, &cows[0]));
    ok(f->s, farm_cows(f->s, farm, &list));
    assert_int_equal(list.count, 1);
    ar_session_clear(f->other);
    assert_counts(f, farm, 1, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_inserted_as_deleted, open_tables, fixture_close),
        cmocka_unit_test_setup_teardown(test_deleted_with_its_cows, open_tables, fixture_close),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
