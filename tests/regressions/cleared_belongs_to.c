/* A cleared belongs_to has no foreign key to compare with: a write of its target dereferenced NULL. */
#include "cleared_belongs_to.ar.h"
#include "support.h"

#include <string.h>

static const uint8_t MAKER[16] = {7};

static int open_items(void **state)
{
    return fixture_open(state, &color_model, &maker_model, &shelf_model, &owner_model, &item_model);
}

/* Return an item with a target for each relation; the session has loaded all rows. */
static struct item *the_item(struct fixture *f)
{
    struct color color = {.name = "red"}, *known_color;
    struct maker maker = {.founded = 1900}, *known_maker;
    struct shelf shelf = {.room = 2, .number = 3}, *known_shelf;
    struct owner owner = {.name = "ann"}, *known_owner;
    struct item item = {.color_name = "red", .room = 2, .shelf_number = 3}, *loaded;
    memcpy(maker.id, MAKER, sizeof maker.id);
    memcpy(item.maker_id, MAKER, sizeof item.maker_id);
    add_row(f, &color_model, &color);
    add_row(f, &maker_model, &maker);
    add_row(f, &shelf_model, &shelf);
    add_row(f, &owner_model, &owner);
    item.owner_id = owner.id;
    add_row(f, &item_model, &item);
    ok(f->s, item_find(f->s, item.id, &loaded));
    ok(f->s, item_color(f->s, loaded, &known_color));
    ok(f->s, item_maker(f->s, loaded, &known_maker));
    ok(f->s, item_shelf(f->s, loaded, &known_shelf));
    ok(f->s, item_owner(f->s, loaded, &known_owner));
    reset_statements(f);
    return loaded;
}

static void test_an_insert_of_a_target(void **state)
{
    struct fixture *f = *state;
    struct item *item = the_item(f);
    struct color blue = {.name = "blue"}, *color;
    struct maker other = {.id = {8}}, *maker;
    struct shelf second = {.room = 2, .number = 4}, *shelf;
    item_clear_relation_cache(f->s, item);
    ok(f->s, color_insert(f->s, &blue));
    ok(f->s, maker_insert(f->s, &other));
    ok(f->s, shelf_insert(f->s, &second));
    ok(f->s, item_color(f->s, item, &color));
    ok(f->s, item_maker(f->s, item, &maker));
    ok(f->s, item_shelf(f->s, item, &shelf));
    assert_text(color->name, "red");
    assert_memory_equal(maker->id, MAKER, sizeof MAKER);
    assert_int_equal(shelf->number, 3);
}

static void test_an_update_of_the_target(void **state)
{
    struct fixture *f = *state;
    struct item *item = the_item(f);
    struct color *color;
    ok(f->s, item_color(f->s, item, &color));
    item_color_clear_cache(f->s, item);
    color->hue = 5;
    ok(f->s, color_save(f->s, color));
    ok(f->s, item_color(f->s, item, &color));
    assert_int_equal(color->hue, 5);
}

static void test_a_delete_of_a_target(void **state)
{
    struct fixture *f = *state;
    struct item *item = the_item(f);
    struct color blue = {.name = "blue"}, *color;
    struct shelf second = {.room = 2, .number = 4}, *shelf;
    ok(f->s, color_insert(f->s, &blue));
    ok(f->s, shelf_insert(f->s, &second));
    item_clear_relation_cache(f->s, item);
    ok(f->s, color_delete(f->s, &blue));
    ok(f->s, shelf_delete(f->s, &second));
    ok(f->s, item_color(f->s, item, &color));
    ok(f->s, item_shelf(f->s, item, &shelf));
    assert_text(color->name, "red");
    assert_int_equal(shelf->number, 3);
}

/* Cleared relations stay cleared, regardless of the key of a written row: the next access loads them. */
static void test_a_cleared_relation_is_loaded_again(void **state)
{
    struct fixture *f = *state;
    struct item *item = the_item(f);
    struct owner *owner;
    item_owner_clear_cache(f->s, item);
    run_sql(f, "UPDATE owners SET name = 'joe' WHERE id > 0");
    ok(f->s, owner_insert(f->s, &(struct owner){.name = "sue"}));
    reset_statements(f);
    ok(f->s, item_owner(f->s, item, &owner));
    assert_text(owner->name, "joe");
    assert_statements(f, 1);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, open_items, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_an_insert_of_a_target),
        TEST(test_an_update_of_the_target),
        TEST(test_a_delete_of_a_target),
        TEST(test_a_cleared_relation_is_loaded_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
