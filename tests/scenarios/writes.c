/* The effect of writes on cached relations, S-95, and of a rollback, S-96: the next access is right on both sides of a
 * relation. The writes themselves (columns, rules, statuses) are tested in tests/records. */
#include "data.h"

static size_t jars_on(struct fixture *f, const struct shelf *shelf)
{
    struct jar_list jars;
    ok(f->s, shelf_jars(f->s, shelf, &jars));
    for (size_t i = 0; i < jars.count; i++)
        assert_int_equal(jars.items[i]->shelf_id, shelf->id);
    return jars.count;
}

/* Two shelves, with two jars on the first and one on the second; both lists are loaded. */
struct shelves {
    struct shelf *full, *other;
    struct jar *plum, *pear, *fig;
};

static struct shelves given_loaded_shelves(struct fixture *f)
{
    struct shelves given = {.full = the_shelf(f, add_shelf(f, "full")), .other = the_shelf(f, add_shelf(f, "other"))};
    given.plum = the_jar(f, add_jar(f, given.full->id, "plum"));
    given.pear = the_jar(f, add_jar(f, given.full->id, "pear"));
    given.fig = the_jar(f, add_jar(f, given.other->id, "fig"));
    assert_int_equal(jars_on(f, given.full), 2);
    assert_int_equal(jars_on(f, given.other), 1);
    reset_statements(f);
    return given;
}

/* S-95: after an insert, the parent's list loads again; another parent's list does not. */
static void test_s95_insert(void **state)
{
    struct fixture *f = *state;
    struct shelves given = given_loaded_shelves(f);
    struct jar quince = {.shelf_id = given.full->id, .content = "quince"};
    ok(f->s, jar_insert(f->s, &quince));
    assert_statements(f, 1);

    assert_int_equal(jars_on(f, given.full), 3);
    assert_statements(f, 1);
    assert_int_equal(jars_on(f, given.other), 1);
    assert_statements(f, 0);
}

/* S-95: an insert by save fills a list, a has_one and a belongs_to that were cached as empty. */
static void test_s95_insert_into_nothing(void **state)
{
    struct fixture *f = *state;
    struct loose_post *early = the_loose_post(f, add_loose_post(f, 1, "early"));
    struct owner *owner;
    ok(f->s, loose_post_owner(f->s, early, &owner));
    assert_null(owner);

    struct owner late = {.name = "late"};
    ok(f->s, owner_save(f->s, &late));
    assert_int_equal(late.id, 1);
    ok(f->s, loose_post_owner(f->s, early, &owner));
    assert_text(owner->name, "late");

    struct loose_profile *profile, bio = {.owner_id = 1, .bio = "bio"};
    ok(f->s, owner_profile(f->s, owner, &profile));
    assert_null(profile);
    ok(f->s, loose_profile_save(f->s, &bio));
    ok(f->s, owner_profile(f->s, owner, &profile));
    assert_text(profile->bio, "bio");
}

/* S-95: an unsaved record has no jars and needs no statement; once saved, it can have some. */
static void test_s95_save_after_access(void **state)
{
    struct fixture *f = *state;
    struct shelf shelf = {.name = "new"};
    assert_int_equal(jars_on(f, &shelf), 0);
    assert_statements(f, 0);
    ok(f->s, shelf_save(f->s, &shelf));
    add_jar(f, shelf.id, "plum");
    assert_int_equal(jars_on(f, &shelf), 1);
    assert_statements(f, 2);
}

/* S-95: a deleted record leaves the list and stays valid memory. */
static void test_s95_delete(void **state)
{
    struct fixture *f = *state;
    struct shelves given = given_loaded_shelves(f);
    ok(f->s, jar_delete(f->s, given.plum));
    assert_statements(f, 1);

    assert_int_equal(jars_on(f, given.full), 1);
    assert_statements(f, 1);
    assert_text(given.plum->content, "plum");
    assert_int_equal(jars_on(f, given.other), 1);
    assert_statements(f, 0);
}

/* S-95: after the parent is deleted, its children have none. */
static void test_s95_delete_the_parent(void **state)
{
    struct fixture *f = *state;
    struct owner *owner = the_owner(f, add_owner(f, "leaves"));
    struct loose_post *post = the_loose_post(f, add_loose_post(f, owner->id, "stays"));
    struct owner *found;
    ok(f->s, loose_post_owner(f->s, post, &found));
    assert_ptr_equal(found, owner);
    ok(f->s, owner_delete(f->s, owner));
    assert_statements(f, 1);
    ok(f->s, loose_post_owner(f->s, post, &found));
    assert_null(found);
    assert_statements(f, 0);
}

/* S-95: inserting or deleting the target of a cached belongs_to updates it; other entries stay. */
static void test_s95_target_comes_and_goes(void **state)
{
    struct fixture *f = *state;
    struct shelf kitchen = {.name = "kitchen"}, cellar = {.name = "cellar"}, *found;
    struct jar plum = {.id = 1, .shelf_id = 1}, wine = {.id = 2, .shelf_id = 2};
    ok(f->s, shelf_insert(f->s, &kitchen));
    ok(f->s, jar_brief_shelf(f->s, &plum, &found));
    assert_text(found->name, "kitchen");
    ok(f->s, jar_few_shelf(f->s, &wine, &found));
    assert_null(found);

    ok(f->s, shelf_insert(f->s, &cellar));
    assert_int_equal(cellar.id, wine.shelf_id);
    reset_statements(f);
    ok(f->s, jar_few_shelf(f->s, &wine, &found));
    assert_text(found->name, "cellar");
    assert_statements(f, 1);
    ok(f->s, shelf_delete(f->s, &cellar));
    ok(f->s, jar_few_shelf(f->s, &wine, &found));
    assert_null(found);
    assert_statements(f, 2);
    ok(f->s, jar_brief_shelf(f->s, &plum, &found));
    assert_text(found->name, "kitchen");
    assert_statements(f, 0);
}

/* S-95: a moved child leaves one list and enters the other. */
static void test_s95_move(void **state)
{
    struct fixture *f = *state;
    struct shelves given = given_loaded_shelves(f);
    struct shelf *shelf;
    given.plum->shelf_id = given.other->id;
    ok(f->s, jar_update(f->s, given.plum));
    assert_statements(f, 1);

    assert_int_equal(jars_on(f, given.full), 1);
    assert_int_equal(jars_on(f, given.other), 2);
    assert_statements(f, 2);
    ok(f->s, jar_shelf(f->s, given.plum, &shelf));
    assert_ptr_equal(shelf, given.other);
    assert_statements(f, 0);
}

/* S-95: a move to no parent and back. */
static void test_s95_move_to_nowhere(void **state)
{
    struct fixture *f = *state;
    struct shelves given = given_loaded_shelves(f);
    struct shelf *shelf;
    given.plum->shelf_id = 0;
    ok(f->s, jar_save(f->s, given.plum));
    assert_int_equal(jars_on(f, given.full), 1);
    ok(f->s, jar_shelf(f->s, given.plum, &shelf));
    assert_null(shelf);

    given.plum->shelf_id = given.full->id;
    ok(f->s, jar_save(f->s, given.plum));
    assert_int_equal(jars_on(f, given.full), 2);
    ok(f->s, jar_shelf(f->s, given.plum, &shelf));
    assert_ptr_equal(shelf, given.full);
}

/* S-95: a move through a caller-owned struct, of a row that the session has loaded and of one that it has not. */
static void test_s95_move_by_a_stack_struct(void **state)
{
    struct fixture *f = *state;
    struct shelves given = given_loaded_shelves(f);
    struct jar plum = {.id = given.plum->id, .shelf_id = given.other->id, .content = "plum"};
    int64_t fig_id = given.fig->id;
    ok(f->s, jar_update(f->s, &plum));
    assert_int_equal(jars_on(f, given.full), 1);
    assert_int_equal(jars_on(f, given.other), 2);

    ar_session_clear(f->s);
    struct shelf full = {.id = 1}, other = {.id = 2};
    assert_int_equal(jars_on(f, &full), 1);
    assert_int_equal(jars_on(f, &other), 2);
    struct jar back = {.id = plum.id, .shelf_id = full.id, .content = "plum"};
    ok(f->s, jar_update(f->s, &back));
    assert_int_equal(jars_on(f, &full), 2);
    assert_int_equal(jars_on(f, &other), 1);

    ar_session_clear(f->s);
    assert_int_equal(jars_on(f, &full), 2);
    struct jar unseen = {.id = fig_id, .shelf_id = full.id, .content = "fig"};
    ok(f->s, jar_update(f->s, &unseen));
    assert_int_equal(jars_on(f, &full), 3);
    assert_int_equal(jars_on(f, &other), 0);
}

/* S-95: a delete through a struct with only its key set. */
static void test_s95_delete_by_a_stack_struct(void **state)
{
    struct fixture *f = *state;
    struct shelves given = given_loaded_shelves(f);
    ok(f->s, jar_delete(f->s, &(struct jar){.id = given.pear->id}));
    assert_int_equal(jars_on(f, given.full), 1);
    assert_int_equal(jars_on(f, given.other), 1);
}

/* S-95: a move when other relations over the same foreign key are cached: each is right. */
static void test_s95_every_relation_over_the_key(void **state)
{
    struct fixture *f = *state;
    struct shelves given = given_loaded_shelves(f);
    struct jar_list jars;
    struct shelf *shelf;
    ok(f->s, shelf_brief_jars(f->s, given.full, &jars));
    ok(f->s, shelf_few_jars(f->s, given.other, &jars));
    ok(f->s, jar_few_shelf(f->s, given.plum, &shelf));

    given.plum->shelf_id = given.other->id;
    ok(f->s, jar_update(f->s, given.plum));
    ok(f->s, shelf_brief_jars(f->s, given.full, &jars));
    assert_int_equal(jars.count, 1);
    ok(f->s, shelf_few_jars(f->s, given.other, &jars));
    assert_int_equal(jars.count, 2);
    ok(f->s, jar_few_shelf(f->s, given.plum, &shelf));
    assert_ptr_equal(shelf, given.other);
}

/* S-95: a move of the row of a has_one. */
static void test_s95_move_a_has_one(void **state)
{
    struct fixture *f = *state;
    struct shelf *first = the_shelf(f, add_shelf(f, "first")), *second = the_shelf(f, add_shelf(f, "second"));
    struct label *label = the_label(f, add_label(f, first->id, "Plums")), *found;
    ok(f->s, shelf_label(f->s, first, &found));
    assert_ptr_equal(found, label);
    ok(f->s, shelf_label(f->s, second, &found));
    assert_null(found);

    label->shelf_id = second->id;
    ok(f->s, label_update(f->s, label));
    ok(f->s, shelf_label(f->s, first, &found));
    assert_null(found);
    ok(f->s, shelf_label(f->s, second, &found));
    assert_ptr_equal(found, label);
}

/* S-95: an update that does not change the foreign key drops no list. */
static void test_s95_update_without_a_move(void **state)
{
    struct fixture *f = *state;
    struct shelves given = given_loaded_shelves(f);
    given.plum->content = "prune";
    ok(f->s, jar_update(f->s, given.plum));
    assert_statements(f, 1);
    assert_int_equal(jars_on(f, given.full), 2);
    assert_int_equal(jars_on(f, given.other), 1);
    assert_statements(f, 0);
}

/* S-95: many rows at once: deleted, and moved. */
static void test_s95_delete_all_and_update_all(void **state)
{
    struct fixture *f = *state;
    struct shelves given = given_loaded_shelves(f);
    struct jar_query *plums = jar_query(f->s);
    int64_t changed;
    jar_where(plums, ar_eq(jar_column.content, "plum"));
    ok(f->s, jar_delete_all(plums, &changed));
    assert_int_equal(changed, 1);
    assert_int_equal(jars_on(f, given.full), 1);

    ok(f->s, jar_update_all(jar_query(f->s), ar_set(jar_column.shelf_id, given.other->id), &changed));
    assert_int_equal(changed, 2);
    assert_int_equal(jars_on(f, given.full), 0);
    assert_int_equal(jars_on(f, given.other), 2);
}

/* S-95: user SQL may change anything: every list and record is read again. */
static void test_s95_execute(void **state)
{
    struct fixture *f = *state;
    struct shelves given = given_loaded_shelves(f);
    ok(f->s, ar_execute(f->s, "UPDATE jars SET shelf_id = 2, content = 'jam' WHERE id = 1"));
    assert_int_equal(jars_on(f, given.full), 1);
    assert_int_equal(jars_on(f, given.other), 2);
    assert_text(given.plum->content, "jam");
    assert_statements(f, 2);

    struct shelf *shelf;
    ok(f->s, ar_execute(f->s, "UPDATE shelves SET name = 'attic'"));
    ok(f->s, jar_shelf(f->s, given.plum, &shelf));
    assert_ptr_equal(shelf, given.other);
    assert_text(shelf->name, "attic");
    assert_statements(f, 1);
}

/* S-95: a failed write does not change the cache. */
static void test_s95_failing_write(void **state)
{
    struct fixture *f = *state;
    struct shelves given = given_loaded_shelves(f);
    struct shelf *shelf;
    given.plum->shelf_id = 999999;
    fails(f->s, AR_CONSTRAINT, jar_update(f->s, given.plum));
    given.plum->shelf_id = given.full->id;
    assert_int_equal(jars_on(f, given.full), 2);
    assert_int_equal(jars_on(f, given.other), 1);
    ok(f->s, jar_shelf(f->s, given.plum, &shelf));
    assert_ptr_equal(shelf, given.full);
}

/* S-95: a write to a filtered eager list discards the filter. */
static void test_s95_filtered_list(void **state)
{
    struct fixture *f = *state;
    given_loaded_shelves(f);
    struct shelf_query *query = by_key(shelf_query(f->s), &shelf_model);
    jar_where(shelf_with_jars(query), ar_eq(jar_column.content, "plum"));
    struct shelf_list shelves;
    ok(f->s, shelf_all(query, &shelves));
    assert_int_equal(jars_on(f, shelves.items[0]), 1);

    struct jar quince = {.shelf_id = shelves.items[0]->id, .content = "quince"};
    ok(f->s, jar_insert(f->s, &quince));
    assert_int_equal(jars_on(f, shelves.items[0]), 3);
}

/* S-96: an insert that is rolled back is in no list. */
static void test_s96_insert(void **state)
{
    struct fixture *f = *state;
    struct shelves given = given_loaded_shelves(f);
    struct jar quince = {.shelf_id = given.full->id, .content = "quince"};
    ok(f->s, ar_begin(f->s));
    ok(f->s, jar_insert(f->s, &quince));
    assert_int_equal(jars_on(f, given.full), 3);
    ok(f->s, ar_rollback(f->s));

    assert_int_equal(jars_on(f, given.full), 2);
    struct jar *found;
    fails(f->s, AR_NOT_FOUND, jar_find(f->s, quince.id, &found));
    assert_null(found);
}

/* S-96: an update that is rolled back is in no record and in neither parent's list. */
static void test_s96_move_and_change(void **state)
{
    struct fixture *f = *state;
    struct shelves given = given_loaded_shelves(f);
    ok(f->s, ar_begin(f->s));
    given.plum->shelf_id = given.other->id;
    given.plum->content = "prune";
    ok(f->s, jar_update(f->s, given.plum));
    assert_int_equal(jars_on(f, given.full), 1);
    assert_int_equal(jars_on(f, given.other), 2);
    ok(f->s, ar_rollback(f->s));

    assert_text(given.plum->content, "plum");
    assert_int_equal(given.plum->shelf_id, given.full->id);
    assert_int_equal(jars_on(f, given.full), 2);
    assert_int_equal(jars_on(f, given.other), 1);
    struct shelf *shelf;
    ok(f->s, jar_shelf(f->s, given.plum, &shelf));
    assert_ptr_equal(shelf, given.full);

    reset_statements(f);
    ok(f->s, jar_save(f->s, given.plum));
    assert_statements(f, 0);
}

/* S-96: after the rollback of a delete, the same record is back. */
static void test_s96_delete(void **state)
{
    struct fixture *f = *state;
    struct shelves given = given_loaded_shelves(f);
    ok(f->s, ar_begin(f->s));
    ok(f->s, jar_delete(f->s, given.plum));
    ok(f->s, jar_delete(f->s, given.fig));
    assert_int_equal(jars_on(f, given.full), 1);
    assert_int_equal(jars_on(f, given.other), 0);
    ok(f->s, ar_rollback(f->s));
    assert_int_equal(jars_on(f, given.full), 2);
    assert_int_equal(jars_on(f, given.other), 1);
    given.plum->content = "prune";
    ok(f->s, jar_save(f->s, given.plum));
    assert_int_equal(jars_on(f, given.full), 2);
}

/* S-96: relations and records that were read in the transaction are discarded, whether by list, key or query. */
static void test_s96_loaded_within(void **state)
{
    struct fixture *f = *state;
    given_loaded_shelves(f);
    struct shelf attic = {.name = "attic"};
    struct jar dust = {.content = "dust"};
    struct shelf_list shelves;
    struct shelf *found;
    ok(f->s, ar_begin(f->s));
    ok(f->s, shelf_insert(f->s, &attic));
    dust.shelf_id = attic.id;
    ok(f->s, jar_insert(f->s, &dust));
    ok(f->s, shelf_all(by_key(shelf_query(f->s), &shelf_model), &shelves));
    assert_int_equal(shelves.count, 3);
    assert_int_equal(jars_on(f, shelves.items[2]), 1);
    ok(f->s, jar_shelf(f->s, &dust, &found));
    assert_text(found->name, "attic");
    ok(f->s, ar_rollback(f->s));

    struct jar orphan = {.id = 1, .shelf_id = attic.id};
    assert_int_equal(jars_on(f, &attic), 0);
    ok(f->s, jar_shelf(f->s, &orphan, &found));
    assert_null(found);
    ok(f->s, shelf_all(by_key(shelf_query(f->s), &shelf_model), &shelves));
    assert_int_equal(shelves.count, 2);
}

/* S-96: rolling back an inner transaction undoes only its own part. */
static void test_s96_savepoint(void **state)
{
    struct fixture *f = *state;
    struct shelves given = given_loaded_shelves(f);
    ok(f->s, ar_begin(f->s));
    given.plum->content = "outer";
    ok(f->s, jar_update(f->s, given.plum));
    ok(f->s, ar_begin(f->s));
    given.plum->content = "inner";
    given.pear->shelf_id = given.other->id;
    ok(f->s, jar_update(f->s, given.plum));
    ok(f->s, jar_update(f->s, given.pear));
    assert_int_equal(jars_on(f, given.other), 2);
    ok(f->s, ar_rollback(f->s));
    assert_text(given.plum->content, "outer");
    assert_int_equal(jars_on(f, given.other), 1);
    ok(f->s, ar_commit(f->s));

    ar_session_clear(f->s);
    assert_text(the_jar(f, 1)->content, "outer");
    assert_int_equal(the_jar(f, 2)->shelf_id, 1);
}

/* S-96: a committed inner transaction is undone with the outer one. */
static void test_s96_committed_savepoint(void **state)
{
    struct fixture *f = *state;
    struct shelves given = given_loaded_shelves(f);
    ok(f->s, ar_begin(f->s));
    ok(f->s, ar_begin(f->s));
    given.plum->content = "inner";
    given.plum->shelf_id = given.other->id;
    ok(f->s, jar_update(f->s, given.plum));
    ok(f->s, ar_commit(f->s));
    assert_int_equal(jars_on(f, given.other), 2);
    ok(f->s, ar_rollback(f->s));
    assert_text(given.plum->content, "plum");
    assert_int_equal(jars_on(f, given.full), 2);
    assert_int_equal(jars_on(f, given.other), 1);
}

/* A commit keeps what was loaded and written: no list loads again. */
static void test_commit_keeps_lists(void **state)
{
    struct fixture *f = *state;
    struct shelves given = given_loaded_shelves(f);
    struct jar quince = {.shelf_id = given.full->id, .content = "quince"};
    ok(f->s, ar_begin(f->s));
    ok(f->s, jar_insert(f->s, &quince));
    assert_int_equal(jars_on(f, given.full), 3);
    ok(f->s, ar_commit(f->s));
    assert_statements(f, 2);
    assert_int_equal(jars_on(f, given.full), 3);
    assert_int_equal(jars_on(f, given.other), 1);
    assert_statements(f, 0);
}

/* S-95: a changed record keeps its values when its row is read again by another list; when it leaves that list, the
 * list is still found and dropped. */
static void test_s95_moved_behind_a_changed_record(void **state)
{
    struct fixture *f = *state;
    struct shelves given = given_loaded_shelves(f);
    given.plum->content = given.pear->content = "changed";
    ok(f->s, jar_update_all(jar_query(f->s), ar_set(jar_column.shelf_id, given.other->id), NULL));
    struct jar_list jars;
    ok(f->s, shelf_jars(f->s, given.other, &jars));
    assert_int_equal(jars.count, 3);

    ok(f->s, jar_delete(f->s, given.plum));
    ok(f->s, shelf_jars(f->s, given.other, &jars));
    assert_int_equal(jars.count, 2);
    struct shelf *third = the_shelf(f, add_shelf(f, "third"));
    given.pear->shelf_id = third->id;
    ok(f->s, jar_save(f->s, given.pear));
    assert_int_equal(jars_on(f, given.other), 1);
    assert_int_equal(jars_on(f, third), 1);
}

/* A save does not refresh a stale record: columns that were not written are read again the next time. */
static void test_save_of_an_old_record(void **state)
{
    struct fixture *f = *state;
    struct shelves given = given_loaded_shelves(f);
    struct shelf *shelf;
    ok(f->s, ar_execute(f->s, "UPDATE shelves SET name = 'new'"));
    ok(f->s, shelf_save(f->s, given.full));
    ok(f->s, jar_shelf(f->s, given.plum, &shelf));
    assert_ptr_equal(shelf, given.full);
    assert_text(shelf->name, "new");
}

/* A row that is deleted and inserted again is the same record. */
static void test_inserted_again(void **state)
{
    struct fixture *f = *state;
    struct shelves given = given_loaded_shelves(f);
    struct jar again = {.id = given.fig->id, .shelf_id = given.full->id, .content = "fig again"}, *found;
    ok(f->s, jar_delete(f->s, given.fig));
    ok(f->s, jar_insert(f->s, &again));
    ok(f->s, jar_find(f->s, again.id, &found));
    assert_ptr_equal(found, given.fig);
    assert_text(given.fig->content, "fig again");
    assert_int_equal(jars_on(f, given.full), 3);
}

/* The relations of a deleted row are not those of a row that gets its key later. */
static void test_relations_of_a_key_used_again(void **state)
{
    struct fixture *f = *state;
    struct owner *owner = the_owner(f, add_owner(f, "first")), second = {.id = owner->id, .name = "second"};
    int64_t post = add_loose_post(f, owner->id, "the first one's");
    struct loose_post_list posts;
    ok(f->s, owner_posts(f->s, owner, &posts));
    assert_int_equal(posts.count, 1);
    ok(f->s, owner_delete(f->s, owner));
    ok(f->other, loose_post_delete(f->other, &(struct loose_post){.id = post}));
    ok(f->s, owner_insert(f->s, &second));
    ok(f->s, owner_posts(f->s, &second, &posts));
    assert_int_equal(posts.count, 0);
}

/* A write by a struct of the caller keeps the changes that the session's record of this row has and that are not saved.
 */
static void test_written_while_changed(void **state)
{
    struct fixture *f = *state;
    struct shelves given = given_loaded_shelves(f);
    struct jar other = {.id = given.plum->id, .shelf_id = given.full->id, .content = "prune"}, *found;
    given.plum->content = "plum jam";
    ok(f->s, jar_save(f->s, &other));
    assert_text(given.plum->content, "plum jam");
    ok(f->s, jar_save(f->s, given.plum));
    ok(f->other, jar_find(f->other, other.id, &found));
    assert_text(found->content, "plum jam");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        scenario(test_s95_insert, open_store),
        scenario(test_s95_insert_into_nothing, open_loose),
        scenario(test_s95_save_after_access, open_store),
        scenario(test_s95_delete, open_store),
        scenario(test_s95_delete_the_parent, open_loose),
        scenario(test_s95_target_comes_and_goes, open_store),
        scenario(test_s95_move, open_store),
        scenario(test_s95_move_to_nowhere, open_store),
        scenario(test_s95_move_by_a_stack_struct, open_store),
        scenario(test_s95_delete_by_a_stack_struct, open_store),
        scenario(test_s95_every_relation_over_the_key, open_store),
        scenario(test_s95_move_a_has_one, open_store),
        scenario(test_s95_update_without_a_move, open_store),
        scenario(test_s95_delete_all_and_update_all, open_store),
        scenario(test_s95_execute, open_store),
        scenario(test_s95_failing_write, open_store),
        scenario(test_s95_filtered_list, open_store),
        scenario(test_s95_moved_behind_a_changed_record, open_store),
        scenario(test_save_of_an_old_record, open_store),
        scenario(test_s96_insert, open_store),
        scenario(test_s96_move_and_change, open_store),
        scenario(test_s96_delete, open_store),
        scenario(test_s96_loaded_within, open_store),
        scenario(test_s96_savepoint, open_store),
        scenario(test_s96_committed_savepoint, open_store),
        scenario(test_commit_keeps_lists, open_store),
        scenario(test_inserted_again, open_store),
        scenario(test_relations_of_a_key_used_again, open_loose),
        scenario(test_written_while_changed, open_store),
    };
    return cmocka_run_group_tests_name("writes", tests, NULL, NULL);
}
