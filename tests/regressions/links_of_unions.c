/* Adding a row to a relation over an exclusive arc violated the arc, because its other foreign key was left; removing
 * one did so, too, with a message of the database. Removing or nullifying a row of a polymorphic relation left the
 * type. */
#include "links_of_unions.ar.h"
#include "support.h"

static int open_tables(void **state)
{
    return fixture_open(state, &room_model, &garden_model, &maker_model, &plant_model, &lamp_model, &pipe_model,
                        &spot_model);
}

static void given_places(struct fixture *f, struct room **room, struct garden **garden)
{
    struct room new_room = {0};
    struct garden new_garden = {0};

    add_row(f, &room_model, &new_room);
    add_row(f, &garden_model, &new_garden);
    ok(f->s, room_find(f->s, new_room.id, room));
    ok(f->s, garden_find(f->s, new_garden.id, garden));
}

static void test_counted_arc(void **state)
{
    struct fixture *f = *state;
    struct room *room;
    struct garden *garden;
    struct plant plant, *plants[] = {&plant}, *stored;
    struct plant_place place;
    struct plant_list list;

    given_places(f, &room, &garden);
    plant = (struct plant){.garden_id = garden->id};
    ok(f->s, plant_insert(f->s, &plant));
    ok(f->s, garden_plants(f->s, garden, &list));
    ok(f->s, room_plants_add(f->s, room, plants, 1, NULL));
    assert_int_equal(plant.room_id, room->id);
    assert_int_equal(plant.garden_id, 0);
    assert_int_equal(room->plant_count, 1);
    ok(f->s, garden_plants(f->s, garden, &list));
    assert_int_equal(list.count, 0);
    ok(f->s, plant_place(f->s, &plant, &place));
    assert_int_equal(place.kind, PLANT_PLACE_ROOM);
    ok(f->s, garden_plants_replace(f->s, garden, plants, 1, AR_REMOVE_DELETE, NULL));
    assert_int_equal(room->plant_count, 0);
    ok(f->other, plant_find(f->other, plant.id, &stored));
    assert_int_equal(stored->room_id, 0);
    assert_int_equal(stored->garden_id, garden->id);
    assert_int_equal(stored->revision, 2);
    fails(f->s, AR_MISUSE, garden_plants_remove(f->s, garden, plants, 1, AR_REMOVE_UNLINK, NULL));
    assert_error_names(f->s, "plant.place always refers to a record");
}

static void test_arc(void **state)
{
    struct fixture *f = *state;
    struct room *room;
    struct garden *garden;
    struct lamp lamp, *lamps[] = {&lamp}, *stored;
    struct lamp_list list;

    given_places(f, &room, &garden);
    lamp = (struct lamp){.garden_id = garden->id};
    ok(f->s, lamp_insert(f->s, &lamp));
    ok(f->s, garden_lamps(f->s, garden, &list));
    ok(f->s, room_lamps_add(f->s, room, lamps, 1, NULL));
    assert_int_equal(lamp.room_id, room->id);
    assert_int_equal(lamp.garden_id, 0);
    ok(f->s, garden_lamps(f->s, garden, &list));
    assert_int_equal(list.count, 0);
    ok(f->s, room_lamps(f->s, room, &list));
    assert_int_equal(list.count, 1);
    ok(f->other, lamp_find(f->other, lamp.id, &stored));
    assert_int_equal(stored->garden_id, 0);
    fails(f->s, AR_MISUSE, room_lamps_remove(f->s, room, lamps, 1, AR_REMOVE_UNLINK, NULL));
    assert_error_names(f->s, "lamp.place always refers to a record");
    ok(f->s, room_lamps_remove(f->s, room, lamps, 1, AR_REMOVE_DELETE, NULL));
}

/* A relation over the second of two arcs changes only that one, and a save of other columns checks neither. */
static void test_two_arcs(void **state)
{
    struct fixture *f = *state;
    struct room *room;
    struct garden *garden;
    struct pipe pipe, *pipes[] = {&pipe}, *stored;

    given_places(f, &room, &garden);
    pipe = (struct pipe){.from_room_id = room->id, .to_room_id = room->id, .width = 3};
    ok(f->s, pipe_insert(f->s, &pipe));
    ok(f->s, garden_sources_add(f->s, garden, pipes, 1, NULL));
    pipe.width = 4;
    ok(f->s, pipe_save(f->s, &pipe));
    ok(f->other, pipe_find(f->other, pipe.id, &stored));
    assert_int_equal(stored->from_room_id, room->id);
    assert_int_equal(stored->to_room_id, 0);
    assert_int_equal(stored->to_garden_id, garden->id);
    assert_int_equal(stored->width, 4);
    pipe.to_room_id = room->id;
    fails(f->s, AR_INVALID, pipe_save(f->s, &pipe));
    assert_error_names(f->s, "pipe.drain");
    struct pipe dangling = {.from_room_id = room->id, .to_room_id = 99, .width = 1};
    fails(f->s, AR_CONSTRAINT, pipe_insert(f->s, &dangling));
    assert_text(ar_session_error(f->s)->column, "to_room_id");
    struct spot spot = {.place_type = "room", .place_id = room->id, .maker_id = 99};
    fails(f->s, AR_CONSTRAINT, spot_insert(f->s, &spot));
    assert_text(ar_session_error(f->s)->column, "maker_id");
    struct ar_graph graph = ar_graph_start(f->s);
    pipe = (struct pipe){.from_garden_id = garden->id, .width = 5};
    pipe_set_to_room(&graph, &pipe, room);
    ok(f->s, ar_graph_save(&graph));
    assert_int_equal(pipe.from_garden_id, garden->id);
    assert_int_equal(pipe.to_garden_id, 0);
    assert_int_equal(pipe.to_room_id, room->id);
}

static void test_type(void **state)
{
    struct fixture *f = *state;
    struct room *room;
    struct garden *garden;
    struct spot removed, nullified, *spots[] = {&removed}, *stored;

    given_places(f, &room, &garden);
    removed = nullified = (struct spot){.place_type = "room", .place_id = room->id};
    ok(f->s, spot_insert(f->s, &removed));
    ok(f->s, spot_insert(f->s, &nullified));
    ok(f->s, room_spots_remove(f->s, room, spots, 1, AR_REMOVE_UNLINK, NULL));
    assert_null(removed.place_type);
    assert_int_equal(removed.place_id, 0);
    ok(f->s, room_delete(f->s, room));
    for (size_t i = 0; i < 2; i++) {
        ok(f->other, spot_find(f->other, i == 0 ? removed.id : nullified.id, &stored));
        assert_null(stored->place_type);
        assert_int_equal(stored->place_id, 0);
    }
}

/* Rows that another parent counts are written one by one, with their type. */
static void test_counted_type(void **state)
{
    struct fixture *f = *state;
    struct room *room;
    struct garden *garden;
    struct maker maker = {0}, *known;
    struct spot spot, *spots[] = {&spot}, *stored;
    struct spot_list list;

    given_places(f, &room, &garden);
    add_row(f, &maker_model, &maker);
    ok(f->s, maker_find(f->s, maker.id, &known));
    spot = (struct spot){.place_type = "room", .place_id = room->id, .maker_id = maker.id};
    ok(f->s, spot_insert(f->s, &spot));
    ok(f->s, room_spots(f->s, room, &list));
    assert_int_equal(list.count, 1);
    ok(f->s, garden_spots_add(f->s, garden, spots, 1, NULL));
    assert_text(spot.place_type, "garden");
    assert_int_equal(spot.place_id, garden->id);
    assert_int_equal(known->spot_count, 1);
    ok(f->s, room_spots(f->s, room, &list));
    assert_int_equal(list.count, 0);
    ok(f->s, garden_spots(f->s, garden, &list));
    assert_int_equal(list.count, 1);
    ok(f->other, spot_find(f->other, spot.id, &stored));
    assert_text(stored->place_type, "garden");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_counted_arc, open_tables, fixture_close),
        cmocka_unit_test_setup_teardown(test_arc, open_tables, fixture_close),
        cmocka_unit_test_setup_teardown(test_two_arcs, open_tables, fixture_close),
        cmocka_unit_test_setup_teardown(test_counted_type, open_tables, fixture_close),
        cmocka_unit_test_setup_teardown(test_type, open_tables, fixture_close),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
