/* Counters and times of parents, S-290 to S-299. */
#include "data.h"

#include <string.h>

/* Return the counter as the database has it. */
static int64_t tracks_of(struct fixture *f, int64_t singer)
{
    struct singer *read;
    f->is_paused = true;
    ok(f->other, singer_find(f->other, singer, &read));
    f->is_paused = false;
    return read->tracks_count;
}

static int64_t tracks_on(struct fixture *f, int64_t album)
{
    struct album *read;
    f->is_paused = true;
    ok(f->other, album_find(f->other, album, &read));
    f->is_paused = false;
    return read->tracks_count;
}

/* S-290: an insert and a delete count, in one statement more per parent; the session's parents have the count. */
static void test_s290_insert_and_delete(void **state)
{
    struct fixture *f = *state;
    int64_t label_id = add_label(f, "Stax");
    struct album *album = the_album(f, add_album(f, label_id, "Hot"));
    struct singer *singer = the_singer(f, add_singer(f, "Ann"));
    struct track track = {.album_id = album->id, .number = 1, .singer_id = singer->id, .title = "One"};
    struct track *own;

    reset_statements(f);
    ok(f->s, track_insert(f->s, &track));
    assert_statements(f, 3);
    assert_int_equal(album->tracks_count, 1);
    assert_int_equal(singer->tracks_count, 1);
    assert_int_equal(tracks_of(f, singer->id), 1);
    assert_int_equal(tracks_on(f, album->id), 1);

    ok(f->s, track_find(f->s, album->id, 1, &own));
    reset_statements(f);
    ok(f->s, track_delete(f->s, own));
    assert_statements(f, 4); /* one of them deletes its lines */
    assert_int_equal(album->tracks_count, 0);
    assert_int_equal(singer->tracks_count, 0);
    assert_int_equal(tracks_of(f, singer->id), 0);
    assert_int_equal(tracks_on(f, album->id), 0);
}

/* S-290: a null foreign key counts nowhere; a failed insert counts nothing. */
static void test_s290_nothing_to_count(void **state)
{
    struct fixture *f = *state;
    struct album *album = the_album(f, add_album(f, add_label(f, "Stax"), "Hot"));
    struct track track = {.album_id = album->id, .number = 1};
    struct track again = track;
    struct singer *singer = the_singer(f, add_singer(f, "Ann"));

    reset_statements(f);
    ok(f->s, track_insert(f->s, &track));
    assert_statements(f, 2);
    again.singer_id = singer->id;
    fails(f->s, AR_CONSTRAINT, track_insert(f->s, &again));
    assert_int_equal(album->tracks_count, 1);
    assert_int_equal(singer->tracks_count, 0);
    assert_int_equal(tracks_on(f, album->id), 1);
    assert_int_equal(tracks_of(f, singer->id), 0);
}

/* S-291: a record that moves leaves one parent and joins another. */
static void test_s291_move(void **state)
{
    struct fixture *f = *state;
    int64_t album = add_album(f, add_label(f, "Stax"), "Hot");
    struct singer *ann = the_singer(f, add_singer(f, "Ann")), *bob = the_singer(f, add_singer(f, "Bob"));
    struct track *track;

    add_track(f, album, 1, ann->id);
    ok(f->s, track_find(f->s, album, 1, &track));
    ok(f->s, singer_reload(f->s, ann));
    assert_int_equal(ann->tracks_count, 1);
    track->singer_id = bob->id;
    reset_statements(f);
    ok(f->s, track_save(f->s, track));
    assert_statements(f, 4);
    assert_int_equal(ann->tracks_count, 0);
    assert_int_equal(bob->tracks_count, 1);
    assert_int_equal(tracks_of(f, ann->id), 0);
    assert_int_equal(tracks_of(f, bob->id), 1);

    track->title = "Other";
    ok(f->s, track_save(f->s, track));
    assert_statements(f, 1);
    track->singer_id = 0;
    ok(f->s, track_save(f->s, track));
    assert_int_equal(bob->tracks_count, 0);
}

/* S-291: the parent that is left is that of the database, not the one that the session knows. */
static void test_s291_move_after_another(void **state)
{
    struct fixture *f = *state;
    int64_t album = add_album(f, add_label(f, "Stax"), "Hot");
    int64_t ann = add_singer(f, "Ann"), bob = add_singer(f, "Bob"), eve = add_singer(f, "Eve");
    struct track *track, *theirs;

    add_track(f, album, 1, ann);
    ok(f->s, track_find(f->s, album, 1, &track));
    ok(f->other, track_find(f->other, album, 1, &theirs));
    theirs->singer_id = bob;
    ok(f->other, track_save(f->other, theirs));
    track->singer_id = eve;
    ok(f->s, track_save(f->s, track));
    assert_int_equal(tracks_of(f, ann), 0);
    assert_int_equal(tracks_of(f, bob), 0);
    assert_int_equal(tracks_of(f, eve), 1);
}

/* S-292: the second delete of a row finds none and counts nothing. */
static void test_s292_double_delete(void **state)
{
    struct fixture *f = *state;
    int64_t album = add_album(f, add_label(f, "Stax"), "Hot"), ann = add_singer(f, "Ann");
    struct track *mine, *theirs;

    add_track(f, album, 1, ann);
    add_track(f, album, 2, ann);
    ok(f->s, track_find(f->s, album, 1, &mine));
    ok(f->other, track_find(f->other, album, 1, &theirs));
    ok(f->other, track_delete(f->other, theirs));
    fails(f->s, AR_NOT_FOUND, track_delete(f->s, mine));
    assert_int_equal(tracks_of(f, ann), 1);
    assert_int_equal(tracks_on(f, album), 1);
}

/* S-293: insert_many updates each parent once: one statement for all parents of a model, or one for each of two. */
static void test_s293_insert_many(void **state)
{
    enum { SINGERS = 5, TRACKS = 40 };
    struct fixture *f = *state;
    struct album *album = the_album(f, add_album(f, add_label(f, "Stax"), "Hot"));
    struct singer *singers[SINGERS];
    struct track tracks[TRACKS] = {0};

    for (int i = 0; i < SINGERS; i++)
        singers[i] = the_singer(f, add_singer(f, "x"));
    for (int i = 0; i < TRACKS; i++) {
        tracks[i].album_id = album->id;
        tracks[i].number = i;
        tracks[i].singer_id = i % 8 < SINGERS ? singers[i % 8]->id : 0;
    }
    reset_statements(f);
    ok(f->s, track_insert_many(f->s, tracks, TRACKS));
    assert_statements(f, fixture_is_sqlite() ? 3 : 4); /* one locks the singers */
    assert_int_equal(album->tracks_count, TRACKS);
    for (int i = 0; i < SINGERS; i++) {
        assert_int_equal(singers[i]->tracks_count, TRACKS / 8);
        assert_int_equal(tracks_of(f, singers[i]->id), TRACKS / 8);
    }
}

/* S-293: a failed insert_many counts nothing. */
static void test_s293_insert_many_fails(void **state)
{
    struct fixture *f = *state;
    struct album *album = the_album(f, add_album(f, add_label(f, "Stax"), "Hot"));
    struct track tracks[3] = {{.number = 1}, {.number = 2}, {.number = 1}};

    for (int i = 0; i < 3; i++)
        tracks[i].album_id = album->id;
    fails(f->s, AR_CONSTRAINT, track_insert_many(f->s, tracks, 3));
    assert_int_equal(album->tracks_count, 0);
    assert_int_equal(tracks_on(f, album->id), 0);
}

/* S-294: each write of a child sets the time of its parent. */
static void test_s294_touch(void **state)
{
    struct fixture *f = *state;
    struct label *stax = the_label(f, add_label(f, "Stax")), *motown = the_label(f, add_label(f, "Motown"));
    struct album album = {.label_id = stax->id, .title = "Hot"};
    struct album *own;

    run_sql(f, fixture_is_sqlite() ? "UPDATE labels SET updated_at = 1000"
                                   : "UPDATE labels SET updated_at = to_timestamp(1000)");
    ok(f->s, label_reload(f->s, stax));
    ok(f->s, label_reload(f->s, motown));
    reset_statements(f);
    ok(f->s, album_insert(f->s, &album));
    assert_statements(f, 2);
    assert_true(stax->updated_at > 1000);
    assert_int_equal(stax->albums_count, 1);
    assert_int_equal(motown->updated_at, 1000);

    run_sql(f, fixture_is_sqlite() ? "UPDATE labels SET updated_at = 1000"
                                   : "UPDATE labels SET updated_at = to_timestamp(1000)");
    own = the_album(f, album.id);
    own->title = "Hotter";
    reset_statements(f);
    ok(f->s, album_save(f->s, own));
    assert_statements(f, 2);
    ok(f->s, label_reload(f->s, stax));
    assert_true(stax->updated_at > 1000);
    assert_int_equal(stax->albums_count, 1);

    own->label_id = motown->id;
    ok(f->s, album_save(f->s, own));
    assert_true(motown->updated_at > 1000);
    assert_int_equal(motown->albums_count, 1);
    assert_int_equal(stax->albums_count, 0);
}

/* S-295: a save of the parent does not overwrite the counter, and changes of the record are kept. */
static void test_s295_save_of_the_parent(void **state)
{
    struct fixture *f = *state;
    struct album *album = the_album(f, add_album(f, add_label(f, "Stax"), "Hot"));
    struct album copy = {.id = album->id, .label_id = album->label_id, .title = "Copy"};
    struct track track = {.album_id = album->id, .number = 1};

    album->title = "Changed";
    ok(f->s, track_insert(f->s, &track));
    assert_text(album->title, "Changed");
    assert_int_equal(album->tracks_count, 1);
    add_track(f, album->id, 2, 0);
    album->tracks_count = 70;
    ok(f->s, album_save(f->s, album));
    assert_int_equal(album->tracks_count, 1);
    assert_int_equal(tracks_on(f, album->id), 2);

    ok(f->s, album_update(f->s, &copy));
    assert_int_equal(tracks_on(f, album->id), 2);
    ok(f->s, album_reload(f->s, album));
    assert_text(album->title, "Copy");
    assert_int_equal(album->tracks_count, 2);
}

/* S-295: a counter does not change the version of the parent. */
static void test_s295_version_of_the_parent(void **state)
{
    struct fixture *f = *state;
    int64_t album = add_album(f, add_label(f, "Stax"), "Hot");
    struct singer *ann = the_singer(f, add_singer(f, "Ann"));

    add_track(f, album, 1, ann->id);
    ann->name = "Anna";
    ok(f->s, singer_save(f->s, ann));
    assert_int_equal(tracks_of(f, ann->id), 1);
}

/* S-296: user SQL does not count; recount sets the counters of these records, or of all. */
static void test_s296_recount(void **state)
{
    struct fixture *f = *state;
    int64_t label = add_label(f, "Stax"), other = add_album(f, label, "Other");
    struct album *album = the_album(f, add_album(f, label, "Hot"));

    add_track(f, album->id, 1, 0);
    add_track(f, other, 1, 0);
    run_sql(f, "UPDATE albums SET tracks_count = 50");
    reset_statements(f);
    ok(f->s, track_recount_album(f->s, &album, 1));
    assert_statements(f, fixture_is_sqlite() ? 1 : 2);
    assert_int_equal(album->tracks_count, 1);
    assert_int_equal(tracks_on(f, album->id), 1);
    assert_int_equal(tracks_on(f, other), 50);

    ok(f->s, track_recount_album(f->s, &album, 0));
    assert_statements(f, 0);
    ok(f->s, track_recount_album(f->s, NULL, 0));
    assert_statements(f, fixture_is_sqlite() ? 1 : 2);
    assert_int_equal(tracks_on(f, other), 1);
    fails(f->s, AR_MISUSE, ar_relation_recount(f->s, &label_contract_relation, NULL, 0));
    assert_error_names(f->s, "label.contract has no .counter");
}

/* S-296: keys that are strings. */
static void test_s296_recount_by_text(void **state)
{
    struct fixture *f = *state;
    struct country countries[3] = {{.code = "de"}, {.code = "fr"}, {.code = "it"}};
    struct town towns[4] = {{.country_code = "de", .name = "Ulm"},
                            {.country_code = "de", .name = "Bonn"},
                            {.country_code = "fr", .name = "Lyon"},
                            {.country_code = "it", .name = "Rome"}};
    struct country *records[2];

    ok(f->s, country_insert_many(f->s, countries, 3));
    ok(f->s, country_find(f->s, "de", &records[0]));
    ok(f->s, country_find(f->s, "fr", &records[1]));
    reset_statements(f);
    ok(f->s, town_insert_many(f->s, towns, 4));
    assert_int_equal(records[0]->towns_count, 2);
    assert_int_equal(records[1]->towns_count, 1);
    run_sql(f, "UPDATE countries SET towns_count = 50");
    ok(f->s, town_recount_country(f->s, records, 2));
    assert_int_equal(records[0]->towns_count, 2);
    assert_int_equal(records[1]->towns_count, 1);
}

/* S-297: in a transaction that is rolled back, the counters of records are as before. */
static void test_s297_rollback(void **state)
{
    struct fixture *f = *state;
    struct album *album = the_album(f, add_album(f, add_label(f, "Stax"), "Hot"));
    struct track track = {.album_id = album->id, .number = 1};

    ok(f->s, ar_begin(f->s));
    ok(f->s, track_insert(f->s, &track));
    assert_int_equal(album->tracks_count, 1);
    ok(f->s, ar_rollback(f->s));
    assert_int_equal(album->tracks_count, 0);
    assert_int_equal(tracks_on(f, album->id), 0);
}

/* S-298: a save that inserts or updates, for keys that the program sets, counts a row once. */
static void test_s298_save_by_key(void **state)
{
    struct fixture *f = *state;
    struct album *album = the_album(f, add_album(f, add_label(f, "Stax"), "Hot"));
    int64_t ann = add_singer(f, "Ann"), bob = add_singer(f, "Bob");
    struct track track = {.album_id = album->id, .number = 1, .singer_id = ann};

    ok(f->s, track_save(f->s, &track));
    assert_int_equal(album->tracks_count, 1);
    assert_int_equal(tracks_of(f, ann), 1);
    ar_session_clear(f->s);
    track.singer_id = bob;
    ok(f->s, track_save(f->s, &track));
    assert_int_equal(tracks_on(f, track.album_id), 1);
    assert_int_equal(tracks_of(f, ann), 0);
    assert_int_equal(tracks_of(f, bob), 1);
}

/* S-294: of several parents of one model, some are counted and others only noted: each has a statement. */
static void test_s294_touch_some(void **state)
{
    struct fixture *f = *state;
    struct transfer transfers[] = {{.from_id = 1, .to_id = 2}, {.from_id = 1, .to_id = 3}, {.from_id = 1, .to_id = 3}};
    struct account_list accounts;

    for (int i = 0; i < 4; i++)
        add_row(f, &account_model, &(struct account){0});
    ok(f->s, account_update_all(account_query(f->s), ar_set(account_column.updated_at, 1000), NULL));
    ok(f->s, account_all(by_key(account_query(f->s), &account_model), &accounts));
    ok(f->s, transfer_insert_many(f->s, transfers, 3));
    for (size_t i = 0; i < 4; i++) {
        static const int64_t arrivals[] = {0, 1, 2, 0};
        struct account *stored;
        ok(f->other, account_find(f->other, (int64_t)i + 1, &stored));
        assert_int_equal(stored->arrivals, arrivals[i]);
        assert_int_equal(accounts.items[i]->arrivals, arrivals[i]);
        assert_true((stored->updated_at > 1000) == (i == 0));
        assert_true(accounts.items[i]->updated_at == stored->updated_at);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_s290_insert_and_delete, open_label, fixture_close),
        cmocka_unit_test_setup_teardown(test_s290_nothing_to_count, open_label, fixture_close),
        cmocka_unit_test_setup_teardown(test_s291_move, open_label, fixture_close),
        cmocka_unit_test_setup_teardown(test_s291_move_after_another, open_label, fixture_close),
        cmocka_unit_test_setup_teardown(test_s292_double_delete, open_label, fixture_close),
        cmocka_unit_test_setup_teardown(test_s293_insert_many, open_label, fixture_close),
        cmocka_unit_test_setup_teardown(test_s293_insert_many_fails, open_label, fixture_close),
        cmocka_unit_test_setup_teardown(test_s294_touch, open_label, fixture_close),
        cmocka_unit_test_setup_teardown(test_s294_touch_some, open_label, fixture_close),
        cmocka_unit_test_setup_teardown(test_s295_save_of_the_parent, open_label, fixture_close),
        cmocka_unit_test_setup_teardown(test_s295_version_of_the_parent, open_label, fixture_close),
        cmocka_unit_test_setup_teardown(test_s296_recount, open_label, fixture_close),
        cmocka_unit_test_setup_teardown(test_s296_recount_by_text, open_label, fixture_close),
        cmocka_unit_test_setup_teardown(test_s297_rollback, open_label, fixture_close),
        cmocka_unit_test_setup_teardown(test_s298_save_by_key, open_label, fixture_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
