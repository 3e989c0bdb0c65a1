/* Referring to a record of another kind cleared the foreign keys and the type before it failed, if a part of the key
 * did not fit: the record referred to nothing, or to a row of half a key, which the next save wrote. */
#include "failed_set_of_a_union.ar.h"
#include "support.h"

static int open_tables(void **state)
{
    return fixture_open(state, &lake_model, &peak_model, &photo_model, &hut_model, &camp_model, &night_model);
}

static void test_string(void **state)
{
    struct fixture *f = *state;
    struct lake lake = {.code = "tarn"}, near = {.code = "mer"};
    struct peak peak = {.code = "everest"};
    struct photo photo = {0}, *same;
    struct photo_place place;

    add_row(f, &lake_model, &near);
    ok(f->s, photo_set_place(f->s, &photo, (struct photo_place){.kind = PHOTO_PLACE_LAKE, .lake = &near}));
    ok(f->s, photo_insert(f->s, &photo));
    fails(f->s, AR_INVALID,
          photo_set_place(f->s, &photo, (struct photo_place){.kind = PHOTO_PLACE_LAKE, .lake = &lake}));
    fails(f->s, AR_INVALID,
          photo_set_place(f->s, &photo, (struct photo_place){.kind = PHOTO_PLACE_PEAK, .peak = &peak}));
    assert_error_names(f->s, "place_code");
    assert_text(photo.place_code, "mer");
    assert_text(photo.place_type, "lake");
    ok(f->s, photo_save(f->s, &photo));
    ok(f->s, photo_find(f->s, photo.id, &same));
    ok(f->s, photo_place(f->s, same, &place));
    assert_int_equal(place.kind, PHOTO_PLACE_LAKE);
    assert_text(place.lake->code, "mer");
}

static void test_second_part(void **state)
{
    struct fixture *f = *state;
    struct hut near = {.country = 1, .number = 2}, far = {.country = 7, .number = 40000};
    struct camp camp = {0};
    struct night night = {0};

    add_row(f, &camp_model, &camp);
    add_row(f, &hut_model, &near);
    ok(f->s, night_set_stay(f->s, &night, (struct night_stay){.kind = NIGHT_STAY_HUT, .hut = &near}));
    fails(f->s, AR_INVALID, night_set_stay(f->s, &night, (struct night_stay){.kind = NIGHT_STAY_HUT, .hut = &far}));
    assert_error_names(f->s, "hut_number");
    assert_int_equal(night.hut_country, 1);
    assert_int_equal(night.hut_number, 2);
    ok(f->s, night_set_stay(f->s, &night, (struct night_stay){.kind = NIGHT_STAY_CAMP, .camp = &camp}));
    assert_int_equal(night.hut_country + night.hut_number, 0);
    fails(f->s, AR_INVALID, night_set_stay(f->s, &night, (struct night_stay){.kind = NIGHT_STAY_HUT, .hut = &far}));
    assert_int_equal(night.camp_id, camp.id);
    assert_int_equal(night.hut_country, 0);
    ok(f->s, night_set_stay(f->s, &night, (struct night_stay){.kind = NIGHT_STAY_NONE}));
    assert_int_equal(night.camp_id, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_string, open_tables, fixture_close),
        cmocka_unit_test_setup_teardown(test_second_part, open_tables, fixture_close),
    };

    return cmocka_run_group_tests_name("failed_set_of_a_union", tests, NULL, NULL);
}
