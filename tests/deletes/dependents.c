/* Deleting a record with the rows that depend on it, S-280 to S-288. */
#include "data.h"

/* Two labels; the first has two albums with three tracks each, of which two have lines. */
struct catalogue {
    struct label *stax, *motown;
    int64_t albums[3];
    int64_t ann, bob;
};

static struct catalogue given_catalogue(struct fixture *f)
{
    struct catalogue given = {.stax = the_label(f, add_label(f, "Stax")),
                              .motown = the_label(f, add_label(f, "Motown"))};
    given.ann = add_singer(f, "Ann");
    given.bob = add_singer(f, "Bob");
    for (int i = 0; i < 3; i++) {
        given.albums[i] = add_album(f, i < 2 ? given.stax->id : given.motown->id, "x");
        for (int32_t number = 1; number <= 3; number++) {
            struct line line = {.album_id = given.albums[i], .number = number};
            add_track(f, given.albums[i], number, number == 1 ? given.ann : given.bob);
            if (number < 3)
                add_row(f, &line_model, &line);
        }
    }
    reset_statements(f);
    return given;
}

/* S-280: destroy deletes the rows level by level, by the rules of each model; other rows stay. */
static void test_s280_destroy(void **state)
{
    struct fixture *f = *state;
    struct catalogue given = given_catalogue(f);
    struct singer *ann = the_singer(f, given.ann), *bob = the_singer(f, given.bob);
    struct album_list albums;

    assert_int_equal(ann->tracks_count, 3);
    assert_int_equal(bob->tracks_count, 6);
    reset_statements(f);
    ok(f->s, label_delete(f->s, given.stax));
    /* contract; albums: select, tracks: select, lines, delete; delete; demos; posters: count and delete, or both in
     * one; the label; the singers */
    assert_statements(f, fixture_is_sqlite() ? 12 : 11);
    assert_int_equal(count_of(f, &label_model), 1);
    assert_int_equal(count_of(f, &album_model), 1);
    assert_int_equal(count_of(f, &track_model), 3);
    assert_int_equal(count_of(f, &line_model), 2);
    assert_int_equal(ann->tracks_count, 1);
    assert_int_equal(bob->tracks_count, 2);
    ok(f->s, label_albums(f->s, given.motown, &albums));
    assert_int_equal(albums.count, 1);
    assert_int_equal(albums.items[0]->tracks_count, 3);
}

/* S-280: if a row is not deleted, because a trigger keeps it, what depends on it must not be deleted either. */
static void test_s280_kept_by_a_trigger(void **state)
{
    struct fixture *f = *state;
    struct catalogue given = given_catalogue(f);

    if (fixture_is_sqlite()) {
        run_sql(f, "CREATE TRIGGER keep BEFORE DELETE ON albums WHEN old.id = 1 BEGIN SELECT RAISE(IGNORE); END");
    } else {
        run_sql(f, "CREATE OR REPLACE FUNCTION keep_row() RETURNS trigger LANGUAGE plpgsql AS"
                   " $$ BEGIN RETURN NULL; END $$");
        run_sql(f, "CREATE TRIGGER keep BEFORE DELETE ON albums FOR EACH ROW WHEN (old.id = 1)"
                   " EXECUTE FUNCTION keep_row()");
    }
    assert_int_equal(given.albums[0], 1);
    fails(f->s, AR_BUSY, label_delete(f->s, given.stax));
    assert_error_names(f->s, "changed rows of table albums while they were deleted");
    assert_int_equal(count_of(f, &label_model), 2);
    assert_int_equal(count_of(f, &album_model), 3);
    assert_int_equal(count_of(f, &track_model), 9);
}

/* S-281: rows are destroyed in chunks, each by two statements and those of the levels below. */
static void test_s281_chunks(void **state)
{
    struct fixture *f = *state;
    struct label *label;
    int64_t id = add_label(f, "Stax");

    for (int i = 0; i < 5; i++) {
        int64_t album = add_album(f, id, "x");
        for (int32_t number = 1; number <= 2; number++)
            add_track(f, album, number, 0);
    }
    reopen_session(f, (struct ar_session_options){.delete_chunk = 2});
    label = the_label(f, id);
    reset_statements(f);
    ok(f->s, label_delete(f->s, label));
    /* Three chunks of albums, of 2, 2 and 1. Four tracks of two albums are two chunks and an empty select, two tracks
     * of one album one chunk and an empty select. A chunk of tracks takes 3 statements. */
    assert_statements(f, 1 + 2 * (1 + 7 + 1) + (1 + 4 + 1) + 1 + (fixture_is_sqlite() ? 2 : 1) + 1);
    assert_int_equal(count_of(f, &album_model), 0);
    assert_int_equal(count_of(f, &track_model), 0);
}

/* S-282: delete removes the rows in one statement; the database acts on rows that refer to them. */
static void test_s282_delete(void **state)
{
    struct fixture *f = *state;
    struct label *label = the_label(f, add_label(f, "Stax"));
    struct singer *ann = the_singer(f, add_singer(f, "Ann"));
    struct poster posters[2] = {{.label_id = label->id, .singer_id = ann->id},
                                {.label_id = label->id, .singer_id = ann->id}};
    struct copy copy = {0}, *read;
    struct poster *poster, *none;

    ok(f->s, poster_insert_many(f->s, posters, 2));
    assert_int_equal(ann->posters_count, 2);
    copy.poster_id = posters[0].id;
    ok(f->s, copy_insert(f->s, &copy));
    ok(f->s, copy_find(f->s, copy.id, &read));
    ok(f->s, copy_poster(f->s, read, &poster));
    assert_int_equal(poster->id, posters[0].id);
    ok(f->s, label_delete(f->s, label));
    assert_int_equal(count_of(f, &poster_model), 0);
    assert_int_equal(ann->posters_count, 0);

    ok(f->s, copy_poster(f->s, read, &none));
    assert_null(none);
    ok(f->s, copy_find(f->s, copy.id, &read));
    assert_int_equal(read->poster_id, 0);
}

/* S-282: of a relation to several models, only rows of the deleted one are deleted. */
static void test_s282_one_of_several_types(void **state)
{
    struct fixture *f = *state;
    struct contract contract = {.label_id = add_label(f, "Stax")}, *own;
    struct demo demo = {.label_id = contract.label_id};
    struct remark remarks[] = {{.subject_type = "contract"}, {.subject_type = "demo"}}, *left;

    add_row(f, &contract_model, &contract);
    add_row(f, &demo_model, &demo);
    assert_int_equal(contract.id, demo.id);
    for (int i = 0; i < 2; i++) {
        remarks[i].subject_id = contract.id;
        add_row(f, &remark_model, &remarks[i]);
    }
    ok(f->s, contract_find(f->s, contract.id, &own));
    ok(f->s, contract_delete(f->s, own));
    ok(f->s, remark_one(remark_query(f->s), &left));
    assert_text(left->subject_type, "demo");
}

/* S-283: nullify sets the foreign keys to NULL, and is an update of the rows. */
static void test_s283_nullify(void **state)
{
    struct fixture *f = *state;
    struct label *label = the_label(f, add_label(f, "Stax"));
    struct demo demo = {.label_id = label->id}, *read;
    struct label *none;

    ok(f->s, demo_insert(f->s, &demo));
    ok(f->s, demo_update_all(demo_query(f->s), ar_set(demo_column.updated_at, 1000), NULL));
    ok(f->s, demo_find(f->s, demo.id, &read));
    assert_int_equal(read->updated_at, 1000);
    demo.edits = read->edits;
    ok(f->s, label_delete(f->s, label));
    ok(f->s, demo_label(f->s, read, &none));
    assert_null(none);
    ok(f->s, demo_find(f->s, demo.id, &read));
    assert_int_equal(read->label_id, 0);
    assert_int_equal(read->edits, demo.edits + 1);
    assert_true(read->updated_at > 1000);
}

/* S-285: where the database deletes rows by itself, the session's lists and records are right. */
static void test_s285_cascade(void **state)
{
    struct fixture *f = *state;
    int64_t label = add_label(f, "Stax");
    struct album *album = the_album(f, add_album(f, label, "x")), *other = the_album(f, add_album(f, label, "y"));
    struct award award = {.album_id = album->id}, kept = {.album_id = other->id}, *own, *gone;
    struct medal medal = {0}, *mine;
    struct award_list awards;
    struct medal_list medals;

    add_row(f, &award_model, &award);
    add_row(f, &award_model, &kept);
    medal.award_id = award.id;
    add_row(f, &medal_model, &medal);
    ok(f->s, album_awards(f->s, album, &awards));
    assert_int_equal(awards.count, 1);
    own = awards.items[0];
    ok(f->s, award_medals(f->s, own, &medals));
    assert_int_equal(medals.count, 1);
    mine = medals.items[0];
    reset_statements(f);
    ok(f->s, album_delete(f->s, album));
    assert_int_equal(count_of(f, &award_model), 1);
    assert_int_equal(count_of(f, &medal_model), 0);

    ok(f->s, medal_award(f->s, mine, &gone));
    assert_null(gone);
    ok(f->s, award_medals(f->s, own, &medals));
    assert_int_equal(medals.count, 0);
    ok(f->s, album_awards(f->s, other, &awards));
    assert_int_equal(awards.count, 1);
    fails(f->s, AR_NOT_FOUND, award_find(f->s, own->id, &gone));
}

/* S-285: delete_all runs no rules of the model, but the database acts, and the session knows. */
static void test_s285_delete_all(void **state)
{
    struct fixture *f = *state;
    struct album *album = the_album(f, add_album(f, add_label(f, "Stax"), "x"));
    struct award award = {.album_id = album->id}, *gone;
    struct medal medal = {0}, *mine;
    int64_t changed;

    add_row(f, &award_model, &award);
    medal.award_id = award.id;
    add_row(f, &medal_model, &medal);
    ok(f->s, medal_find(f->s, medal.id, &mine));
    ok(f->s, medal_award(f->s, mine, &gone));
    assert_non_null(gone);
    ok(f->s, album_delete_all(album_query(f->s), &changed));
    assert_int_equal(changed, 1);
    ok(f->s, medal_award(f->s, mine, &gone));
    assert_null(gone);
    /* The counter is not maintained: it is counted again. */
    assert_int_equal(the_label(f, album->label_id)->albums_count, 1);
    ok(f->s, album_recount_label(f->s, NULL, 0));
    assert_int_equal(the_label(f, album->label_id)->albums_count, 0);
}

/* S-287: a rollback restores everything, in the session, too. */
static void test_s287_rollback(void **state)
{
    struct fixture *f = *state;
    struct catalogue given = given_catalogue(f);
    struct singer *ann = the_singer(f, given.ann);
    struct album *album = the_album(f, given.albums[0]);
    struct track_list tracks;
    struct label *label;

    ok(f->s, album_tracks(f->s, album, &tracks));
    ok(f->s, ar_begin(f->s));
    ok(f->s, label_delete(f->s, given.stax));
    ok(f->s, album_tracks(f->s, album, &tracks));
    assert_int_equal(tracks.count, 0);
    assert_int_equal(ann->tracks_count, 1);
    ok(f->s, ar_rollback(f->s));
    ok(f->s, album_tracks(f->s, album, &tracks));
    assert_int_equal(tracks.count, 3);
    assert_int_equal(ann->tracks_count, 3);
    ok(f->s, album_label(f->s, album, &label));
    assert_ptr_equal(label, given.stax);
}

/* Write two rehearsals, without hooks. */
static struct singer *given_rehearsals(struct fixture *f)
{
    struct singer *ann = the_singer(f, add_singer(f, "Ann"));
    struct rehearsal rehearsals[] = {{.singer_id = ann->id, .place = "here"}, {.singer_id = ann->id, .place = "there"}};
    for (int i = 0; i < 2; i++)
        add_row(f, &rehearsal_model, &rehearsals[i]);
    rehearsal_log[0] = '\0';
    rehearsal_refuses = false;
    reset_statements(f);
    return ann;
}

/* S-280: the hooks of destroyed rows are called for each; those of a commit once. */
static void test_s280_hooks(void **state)
{
    struct fixture *f = *state;
    struct singer *ann = given_rehearsals(f);

    ok(f->s, ar_begin(f->s));
    ok(f->s, singer_delete(f->s, ann));
    assert_text(rehearsal_log, "before here\nbefore there\nafter here\nafter there\n");
    ok(f->s, ar_commit(f->s));
    assert_text(rehearsal_log, "before here\nbefore there\nafter here\nafter there\n"
                               "committed here\ncommitted there\n");
    assert_int_equal(count_of(f, &rehearsal_model), 0);
}

/* S-280: a hook that fails stops the delete. */
static void test_s280_hook_refuses(void **state)
{
    struct fixture *f = *state;
    struct singer *ann = given_rehearsals(f);

    rehearsal_refuses = true;
    fails(f->s, AR_INVALID, singer_delete(f->s, ann));
    assert_error_names(f->s, "takes place");
    assert_text(rehearsal_log, "before here\n");
    rehearsal_refuses = false;
    assert_int_equal(count_of(f, &rehearsal_model), 2);
    assert_int_equal(count_of(f, &singer_model), 1);
}

/* S-287: the hooks of a rollback are called for destroyed rows. */
static void test_s287_hooks(void **state)
{
    struct fixture *f = *state;
    struct singer *ann = given_rehearsals(f);

    ok(f->s, ar_begin(f->s));
    ok(f->s, singer_delete(f->s, ann));
    rehearsal_log[0] = '\0';
    ok(f->s, ar_rollback(f->s));
    assert_text(rehearsal_log, "rolled back here\nrolled back there\n");
    assert_int_equal(count_of(f, &rehearsal_model), 2);
}

static int64_t add_branch(struct fixture *f, int64_t parent)
{
    struct branch branch = {.parent_id = parent};
    add_row(f, &branch_model, &branch);
    return branch.id;
}

/* S-288: a tree is destroyed from its leaves, and its parent counts one branch less. */
static void test_s288_tree(void **state)
{
    struct fixture *f = *state;
    int64_t root = add_branch(f, 0), limb = add_branch(f, root), twig = add_branch(f, limb);
    struct branch *parent, *branch;

    (void)add_branch(f, twig);
    (void)add_branch(f, twig);
    (void)add_branch(f, root);
    ok(f->s, branch_find(f->s, root, &parent));
    assert_int_equal(parent->branches_count, 2);
    ok(f->s, branch_find(f->s, limb, &branch));
    ok(f->s, branch_delete(f->s, branch));
    assert_int_equal(count_of(f, &branch_model), 2);
    assert_int_equal(parent->branches_count, 1);
}

/* S-288: rows that refer to each other in a circle are reported, and nothing is deleted. */
static void test_s288_circle(void **state)
{
    struct fixture *f = *state;
    int64_t first = add_branch(f, 0), second = add_branch(f, first);
    struct branch *branch;

    ok(f->s, branch_find(f->s, first, &branch));
    branch->parent_id = second;
    ok(f->s, branch_save(f->s, branch));
    fails(f->s, AR_MISUSE, branch_delete(f->s, branch));
    assert_error_names(f->s, "in a circle");
    assert_int_equal(count_of(f, &branch_model), 2);
}

/* S-289: keys of strings and of several columns. */
static void test_s289_keys(void **state)
{
    struct fixture *f = *state;
    struct country countries[2] = {{.code = "de"}, {.code = "fr"}}, *country;
    struct town towns[4] = {{.country_code = "de", .name = "Ulm"},
                            {.country_code = "de", .name = "Bonn"},
                            {.country_code = "de", .name = "Köln"},
                            {.country_code = "fr", .name = "Ulm"}};
    struct street streets[4];

    ok(f->s, country_insert_many(f->s, countries, 2));
    ok(f->s, town_insert_many(f->s, towns, 4));
    for (int i = 0; i < 4; i++)
        streets[i] = (struct street){.country_code = towns[i].country_code, .town = towns[i].name};
    ok(f->s, street_insert_many(f->s, streets, 4));
    for (unsigned chunk = 0; chunk <= 2; chunk += 2) {
        reopen_session(f, (struct ar_session_options){.delete_chunk = chunk});
        ok(f->s, country_find(f->s, "de", &country));
        assert_int_equal(country->towns_count, 3);
        ok(f->s, ar_begin(f->s));
        ok(f->s, country_delete(f->s, country));
        ok(f->s, chunk == 0 ? ar_rollback(f->s) : ar_commit(f->s));
    }
    assert_int_equal(count_of(f, &country_model), 1);
    assert_int_equal(count_of(f, &town_model), 1);
    assert_int_equal(count_of(f, &street_model), 1);
    /* Its streets are found by the name that the row has, which is gone. */
    fails(f->s, AR_NOT_FOUND, town_delete(f->s, &towns[0]));
    assert_int_equal(count_of(f, &street_model), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_s280_destroy, open_label, fixture_close),
        cmocka_unit_test_setup_teardown(test_s280_hooks, open_label, fixture_close),
        cmocka_unit_test_setup_teardown(test_s280_hook_refuses, open_label, fixture_close),
        cmocka_unit_test_setup_teardown(test_s280_kept_by_a_trigger, open_label, fixture_close),
        cmocka_unit_test_setup_teardown(test_s287_hooks, open_label, fixture_close),
        cmocka_unit_test_setup_teardown(test_s281_chunks, open_label, fixture_close),
        cmocka_unit_test_setup_teardown(test_s282_delete, open_label, fixture_close),
        cmocka_unit_test_setup_teardown(test_s282_one_of_several_types, open_label, fixture_close),
        cmocka_unit_test_setup_teardown(test_s283_nullify, open_label, fixture_close),
        cmocka_unit_test_setup_teardown(test_s285_cascade, open_label, fixture_close),
        cmocka_unit_test_setup_teardown(test_s285_delete_all, open_label, fixture_close),
        cmocka_unit_test_setup_teardown(test_s287_rollback, open_label, fixture_close),
        cmocka_unit_test_setup_teardown(test_s288_tree, open_label, fixture_close),
        cmocka_unit_test_setup_teardown(test_s288_circle, open_label, fixture_close),
        cmocka_unit_test_setup_teardown(test_s289_keys, open_label, fixture_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
