/* The relation cache, S-91 to S-94, S-98 and S-99: how long a relation is cached, for how many owners, and in which
 * session. Writes are in writes.c, jumps of the wall clock in wall_clock.c. */
#include "data.h"

/* Write rows for each kind of relation: a shelf, two jars on it, and its label. */
static void given_kitchen(struct fixture *f)
{
    int64_t kitchen = add_shelf(f, "kitchen");
    add_jar(f, kitchen, "plum");
    add_jar(f, kitchen, "pear");
    add_label(f, kitchen, "Kitchen");
}

/* S-91: after 1.1 seconds, the list with a ttl of 1 loads again; the same list without a ttl does not. */
static void test_s91_ttl(void **state)
{
    struct fixture *f = *state;
    given_kitchen(f);
    struct shelf *shelf = the_shelf(f, 1);
    struct jar_list brief, jars;
    ok(f->s, shelf_brief_jars(f->s, shelf, &brief));
    ok(f->s, shelf_jars(f->s, shelf, &jars));
    assert_statements(f, 2);
    add_jar(f, 1, "quince");

    advance_clock(f, 900);
    ok(f->s, shelf_brief_jars(f->s, shelf, &brief));
    assert_int_equal(brief.count, 2);
    assert_statements(f, 0);
    advance_clock(f, 200);
    ok(f->s, shelf_brief_jars(f->s, shelf, &brief));
    assert_int_equal(brief.count, 3);
    assert_statements(f, 1);
    ok(f->s, shelf_jars(f->s, shelf, &jars));
    assert_int_equal(jars.count, 2);
    assert_statements(f, 0);
}

/* S-91: the ttl starts with each load, not with each access. */
static void test_s91_ttl_begins_with_the_load(void **state)
{
    struct fixture *f = *state;
    given_kitchen(f);
    struct shelf *shelf = the_shelf(f, 1);
    struct jar_list jars;
    for (int i = 0; i < 6; i++) {
        ok(f->s, shelf_brief_jars(f->s, shelf, &jars));
        advance_clock(f, 400);
    }
    assert_statements(f, 2);
}

/* S-91, belongs_to: the row is read again into the same record. */
static void test_s91_ttl_of_belongs_to(void **state)
{
    struct fixture *f = *state;
    given_kitchen(f);
    struct jar *jar = the_jar(f, 1);
    struct shelf *brief, *shelf;
    ok(f->s, jar_brief_shelf(f->s, jar, &brief));
    ok(f->s, jar_shelf(f->s, jar, &shelf));
    assert_ptr_equal(brief, shelf);
    assert_statements(f, 1);
    run_sql(f, "UPDATE shelves SET name = 'cellar'");

    advance_clock(f, 900);
    ok(f->s, jar_brief_shelf(f->s, jar, &brief));
    assert_text(brief->name, "kitchen");
    assert_statements(f, 0);
    advance_clock(f, 200);
    ok(f->s, jar_shelf(f->s, jar, &shelf));
    assert_text(shelf->name, "kitchen");
    assert_statements(f, 0);
    ok(f->s, jar_brief_shelf(f->s, jar, &brief));
    assert_ptr_equal(brief, shelf);
    assert_text(brief->name, "cellar");
    assert_statements(f, 1);
}

/* S-91: the session's ttl applies to relations without a policy. */
static void test_s91_ttl_of_the_session(void **state)
{
    struct fixture *f = *state;
    given_kitchen(f);
    reopen_session(f, (struct ar_session_options){.cache_ttl = 10});
    struct shelf *shelf = the_shelf(f, 1);
    struct jar_list jars;
    struct label *label;
    ok(f->s, shelf_jars(f->s, shelf, &jars));
    ok(f->s, shelf_label(f->s, shelf, &label));
    ok(f->s, shelf_brief_jars(f->s, shelf, &jars));
    assert_statements(f, 3);
    advance_clock(f, 9000);
    ok(f->s, shelf_jars(f->s, shelf, &jars));
    ok(f->s, shelf_label(f->s, shelf, &label));
    assert_statements(f, 0);
    ok(f->s, shelf_brief_jars(f->s, shelf, &jars));
    assert_statements(f, 1);
    advance_clock(f, 2000);
    ok(f->s, shelf_jars(f->s, shelf, &jars));
    ok(f->s, shelf_label(f->s, shelf, &label));
    assert_statements(f, 2);
}

/* S-91: an empty list expires as well. */
static void test_s91_ttl_of_an_empty_list(void **state)
{
    struct fixture *f = *state;
    struct shelf *shelf = the_shelf(f, add_shelf(f, "empty"));
    struct jar_list jars;
    ok(f->s, shelf_brief_jars(f->s, shelf, &jars));
    add_jar(f, shelf->id, "plum");
    ok(f->s, shelf_brief_jars(f->s, shelf, &jars));
    assert_int_equal(jars.count, 0);
    assert_statements(f, 1);
    advance_clock(f, 1100);
    ok(f->s, shelf_brief_jars(f->s, shelf, &jars));
    assert_int_equal(jars.count, 1);
    assert_statements(f, 1);
}

/* S-92: clear one relation of one record: it loads again, and the others do not. */
static void test_s92_clear_one_relation(void **state)
{
    struct fixture *f = *state;
    given_kitchen(f);
    add_jar(f, add_shelf(f, "cellar"), "wine");
    struct shelf *kitchen = the_shelf(f, 1), *cellar = the_shelf(f, 2);
    struct jar_list jars, old;
    struct label *label;
    ok(f->s, shelf_jars(f->s, kitchen, &old));
    ok(f->s, shelf_jars(f->s, cellar, &jars));
    ok(f->s, shelf_label(f->s, kitchen, &label));
    assert_statements(f, 3);
    add_jar(f, kitchen->id, "quince");

    shelf_jars_clear_cache(f->s, kitchen);
    ok(f->s, shelf_jars(f->s, cellar, &jars));
    ok(f->s, shelf_label(f->s, kitchen, &label));
    assert_statements(f, 0);
    ok(f->s, shelf_jars(f->s, kitchen, &jars));
    assert_int_equal(jars.count, 3);
    assert_int_equal(old.count, 2);
    assert_ptr_equal(jars.items[0], old.items[0]);
    assert_text(old.items[1]->content, "pear");
    assert_statements(f, 1);
}

/* S-92: clear all relations of one record, given by its key. */
static void test_s92_clear_all_relations(void **state)
{
    struct fixture *f = *state;
    given_kitchen(f);
    add_jar(f, add_shelf(f, "cellar"), "wine");
    struct shelf *kitchen = the_shelf(f, 1), *cellar = the_shelf(f, 2);
    struct jar_list jars;
    struct label *label;
    ok(f->s, shelf_jars(f->s, kitchen, &jars));
    ok(f->s, shelf_label(f->s, kitchen, &label));
    ok(f->s, shelf_jars(f->s, cellar, &jars));
    assert_statements(f, 3);

    shelf_clear_relation_cache(f->s, &(struct shelf){.id = 1});
    ok(f->s, shelf_jars(f->s, cellar, &jars));
    assert_statements(f, 0);
    ok(f->s, shelf_jars(f->s, kitchen, &jars));
    assert_int_equal(jars.count, 2);
    ok(f->s, shelf_label(f->s, kitchen, &label));
    assert_text(label->text, "Kitchen");
    assert_statements(f, 2);
}

/* S-92, belongs_to: the next access reads the row again. */
static void test_s92_clear_belongs_to(void **state)
{
    struct fixture *f = *state;
    given_kitchen(f);
    struct jar *plum = the_jar(f, 1), *pear = the_jar(f, 2);
    struct shelf *shelf;
    ok(f->s, jar_shelf(f->s, plum, &shelf));
    run_sql(f, "UPDATE shelves SET name = 'cellar'");
    ok(f->s, jar_shelf(f->s, pear, &shelf));
    assert_text(shelf->name, "kitchen");
    assert_statements(f, 1);

    jar_shelf_clear_cache(f->s, plum);
    ok(f->s, jar_shelf(f->s, plum, &shelf));
    assert_text(shelf->name, "cellar");
    assert_statements(f, 1);
}

/* S-92: an orphan whose owner was inserted later is found after a clear. */
static void test_s92_clear_orphan(void **state)
{
    struct fixture *f = *state;
    struct loose_post *post = the_loose_post(f, add_loose_post(f, 1, "early"));
    struct owner *owner;
    ok(f->s, loose_post_owner(f->s, post, &owner));
    assert_null(owner);
    add_owner(f, "late");
    loose_post_owner_clear_cache(f->s, post);
    ok(f->s, loose_post_owner(f->s, post, &owner));
    assert_text(owner->name, "late");
    assert_statements(f, 2);
}

/* S-92: clearing a relation that was never loaded, or of an unsaved record, does nothing. */
static void test_s92_clear_nothing(void **state)
{
    struct fixture *f = *state;
    given_kitchen(f);
    struct shelf unsaved = {.name = "unsaved"};
    shelf_jars_clear_cache(f->s, the_shelf(f, 1));
    shelf_clear_relation_cache(f->s, the_shelf(f, 1));
    shelf_jars_clear_cache(f->s, &unsaved);
    shelf_clear_relation_cache(f->s, &unsaved);
    assert_statements(f, 0);
}

/* S-93: of three owners, the least recently used is evicted; its list stays valid memory. */
static void test_s93_max_size(void **state)
{
    struct fixture *f = *state;
    struct shelf *shelves[3];
    struct jar_list lists[3], again;
    for (size_t i = 0; i < 3; i++) {
        shelves[i] = the_shelf(f, add_shelf(f, "shelf"));
        add_jar(f, shelves[i]->id, "jar");
    }
    ok(f->s, shelf_few_jars(f->s, shelves[0], &lists[0]));
    ok(f->s, shelf_few_jars(f->s, shelves[1], &lists[1]));
    ok(f->s, shelf_few_jars(f->s, shelves[0], &again));
    assert_statements(f, 2);
    ok(f->s, shelf_few_jars(f->s, shelves[2], &lists[2]));
    assert_statements(f, 1);

    ok(f->s, shelf_few_jars(f->s, shelves[0], &again));
    ok(f->s, shelf_few_jars(f->s, shelves[2], &again));
    assert_statements(f, 0);
    assert_text(lists[1].items[0]->content, "jar");
    ok(f->s, shelf_few_jars(f->s, shelves[1], &again));
    assert_ptr_equal(again.items[0], lists[1].items[0]);
    assert_statements(f, 1);
}

/* S-93, belongs_to. */
static void test_s93_max_size_of_belongs_to(void **state)
{
    struct fixture *f = *state;
    struct jar *jars[3];
    struct shelf *shelves[3], *again;
    for (size_t i = 0; i < 3; i++)
        jars[i] = the_jar(f, add_jar(f, add_shelf(f, "shelf"), "jar"));
    for (size_t i = 0; i < 3; i++)
        ok(f->s, jar_few_shelf(f->s, jars[i], &shelves[i]));
    assert_statements(f, 3);
    ok(f->s, jar_few_shelf(f->s, jars[2], &again));
    ok(f->s, jar_few_shelf(f->s, jars[1], &again));
    assert_statements(f, 0);
    assert_text(shelves[0]->name, "shelf");
    ok(f->s, jar_few_shelf(f->s, jars[0], &again));
    assert_ptr_equal(again, shelves[0]);
    assert_statements(f, 1);
}

/* S-93: more siblings than max_size: every list is right, and the one just accessed is cached. */
static void test_s93_more_siblings_than_max_size(void **state)
{
    struct fixture *f = *state;
    for (int i = 0; i < 5; i++)
        add_jar(f, add_shelf(f, "shelf"), "jar");
    struct shelf_list shelves;
    struct jar_list jars;
    ok(f->s, shelf_all(shelf_query(f->s), &shelves));
    assert_statements(f, 1);
    for (size_t i = 0; i < 5; i++) {
        ok(f->s, shelf_few_jars(f->s, shelves.items[i], &jars));
        assert_int_equal(jars.count, 1);
        assert_int_equal(jars.items[0]->shelf_id, shelves.items[i]->id);
        reset_statements(f);
        ok(f->s, shelf_few_jars(f->s, shelves.items[i], &jars));
        assert_statements(f, 0);
    }
}

/* S-93: the session's maximum size applies to relations without a policy. */
static void test_s93_max_size_of_the_session(void **state)
{
    struct fixture *f = *state;
    reopen_session(f, (struct ar_session_options){.cache_max_size = 1});
    struct shelf *first = the_shelf(f, add_shelf(f, "first")), *second = the_shelf(f, add_shelf(f, "second"));
    struct jar_list jars;
    ok(f->s, shelf_jars(f->s, first, &jars));
    ok(f->s, shelf_jars(f->s, second, &jars));
    ok(f->s, shelf_jars(f->s, second, &jars));
    assert_statements(f, 2);
    ok(f->s, shelf_jars(f->s, first, &jars));
    assert_statements(f, 1);

    ok(f->s, shelf_few_jars(f->s, first, &jars));
    ok(f->s, shelf_few_jars(f->s, second, &jars));
    ok(f->s, shelf_few_jars(f->s, first, &jars));
    assert_statements(f, 2);
}

/* S-94: with the cache off, every access to any kind of relation loads; the records are the same. */
static void test_s94_cache_off(void **state)
{
    struct fixture *f = *state;
    given_kitchen(f);
    struct shelf *shelf = the_shelf(f, 1), *belongs;
    struct jar *plum = the_jar(f, 1);
    struct jar_list jars;
    struct label *label;
    for (size_t access = 1; access <= 3; access++) {
        ok(f->s, shelf_uncached_jars(f->s, shelf, &jars));
        assert_int_equal(jars.count, 1 + access);
        assert_ptr_equal(jars.items[0], plum);
        ok(f->s, shelf_instant_jars(f->s, shelf, &jars));
        assert_int_equal(jars.count, 1 + access);
        ok(f->s, shelf_uncached_label(f->s, shelf, &label));
        assert_text(label->text, "Kitchen");
        ok(f->s, jar_uncached_shelf(f->s, plum, &belongs));
        assert_ptr_equal(belongs, shelf);
        assert_statements(f, 4);
        add_jar(f, 1, "one more");
    }
}

/* S-94: without a cache, a load does not cover siblings, because their rows could not be kept. */
static void test_s94_cache_off_loads_no_siblings(void **state)
{
    struct fixture *f = *state;
    for (int i = 0; i < 3; i++)
        add_jar(f, add_shelf(f, "shelf"), "jar");
    struct shelf_list shelves;
    struct jar_list jars;
    ok(f->s, shelf_all(shelf_query(f->s), &shelves));
    assert_statements(f, 1);
    for (size_t i = 0; i < 3; i++) {
        ok(f->s, shelf_uncached_jars(f->s, shelves.items[i], &jars));
        assert_int_equal(jars.items[0]->shelf_id, shelves.items[i]->id);
    }
    assert_int_equal(f->rows, 3);
    assert_statements(f, 3);
}

/* S-94, for a session; a relation with its own policy keeps it. */
static void test_s94_cache_off_for_the_session(void **state)
{
    struct fixture *f = *state;
    given_kitchen(f);
    reopen_session(f, (struct ar_session_options){.cache_off = true});
    struct shelf *shelf = the_shelf(f, 1), *belongs;
    struct jar_list jars;
    struct label *label;
    for (int access = 0; access < 3; access++) {
        ok(f->s, shelf_jars(f->s, shelf, &jars));
        assert_int_equal(jars.count, 2);
        ok(f->s, shelf_label(f->s, shelf, &label));
        ok(f->s, jar_shelf(f->s, jars.items[0], &belongs));
        assert_ptr_equal(belongs, shelf);
        assert_statements(f, 3);
    }
    for (int access = 0; access < 3; access++)
        ok(f->s, shelf_few_jars(f->s, shelf, &jars));
    assert_statements(f, 1);
}

/* S-98: a session sees neither the cached relations nor the unsaved changes of another one. */
static void test_s98_two_sessions(void **state)
{
    struct fixture *f = *state;
    given_kitchen(f);
    struct ar_session *second;
    struct shelf *mine = the_shelf(f, 1), *theirs;
    struct jar_list my_jars, their_jars;
    ok(f->s, shelf_jars(f->s, mine, &my_jars));
    assert_statements(f, 1);
    mine->name = "changed in memory";
    add_jar(f, 1, "quince");

    assert_int_equal(ar_session_open(f->db, NULL, &second), AR_OK);
    ok(second, shelf_find(second, 1, &theirs));
    assert_text(theirs->name, "kitchen");
    assert_ptr_not_equal(theirs, mine);
    ok(second, shelf_jars(second, theirs, &their_jars));
    assert_int_equal(their_jars.count, 3);
    assert_ptr_not_equal(their_jars.items[0], my_jars.items[0]);
    assert_statements(f, 2);
    ar_session_close(second);

    ok(f->s, shelf_jars(f->s, mine, &my_jars));
    assert_int_equal(my_jars.count, 2);
    assert_text(my_jars.items[1]->content, "pear");
    assert_statements(f, 0);
}

/* S-98: a write in one session does not change the cached lists of another one until they load again. */
static void test_s98_write_in_another_session(void **state)
{
    struct fixture *f = *state;
    given_kitchen(f);
    struct ar_session *second;
    struct shelf *shelf = the_shelf(f, 1);
    struct jar *plum;
    struct jar_list jars;
    ok(f->s, shelf_jars(f->s, shelf, &jars));
    assert_int_equal(ar_session_open(f->db, NULL, &second), AR_OK);
    ok(second, jar_find(second, 1, &plum));
    ok(second, jar_delete(second, plum));
    ar_session_close(second);

    reset_statements(f);
    ok(f->s, shelf_jars(f->s, shelf, &jars));
    assert_int_equal(jars.count, 2);
    assert_text(jars.items[0]->content, "plum");
    assert_statements(f, 0);
    shelf_jars_clear_cache(f->s, shelf);
    ok(f->s, shelf_jars(f->s, shelf, &jars));
    assert_int_equal(jars.count, 1);
    assert_statements(f, 1);
}

/* S-99: a cleared session works like a new one, any number of times; the sanitizers report leaks. */
static void test_s99_clear(void **state)
{
    struct fixture *f = *state;
    given_kitchen(f);
    for (int round = 0; round < 3; round++) {
        struct shelf_query *query = shelf_query(f->s);
        struct shelf *shelf;
        struct jar_list jars;
        struct shelf *belongs;
        jar_where(shelf_with_jars(query), ar_ne(jar_column.content, "none"));
        ok(f->s, shelf_one(query, &shelf));
        ok(f->s, shelf_jars(f->s, shelf, &jars));
        assert_int_equal(jars.count, 2);
        assert_text(jars.items[0]->content, "plum");
        ok(f->s, shelf_brief_jars(f->s, shelf, &jars));
        ok(f->s, jar_shelf(f->s, jars.items[0], &belongs));
        assert_ptr_equal(belongs, shelf);
        assert_statements(f, 3);
        ar_session_clear(f->s);
    }
}

/* S-99: clearing and closing a session roll back its open transaction. */
static void test_s99_open_transaction(void **state)
{
    struct fixture *f = *state;
    struct jar jar = {.content = "plum"};
    ok(f->s, ar_begin(f->s));
    ok(f->s, jar_insert(f->s, &jar));
    ar_session_clear(f->s);
    int64_t count;
    ok(f->s, jar_count(jar_query(f->s), &count));
    assert_int_equal(count, 0);
    fails(f->s, AR_MISUSE, ar_commit(f->s));

    jar.id = 0;
    ok(f->s, ar_begin(f->s));
    ok(f->s, ar_begin(f->s));
    ok(f->s, jar_insert(f->s, &jar));
    reopen_session(f, (struct ar_session_options){0});
    ok(f->s, jar_count(jar_query(f->s), &count));
    assert_int_equal(count, 0);
}

/* S-99: close sessions that were never used, with queries that never ran; close NULL. */
static void test_s99_close_unused(void **state)
{
    struct fixture *f = *state;
    struct ar_session *unused;
    assert_int_equal(ar_session_open(f->db, NULL, &unused), AR_OK);
    ar_session_close(unused);
    ar_session_close(NULL);
    shelf_with_jars(shelf_query(f->s));
    jar_where(jar_query(f->s), ar_eq(jar_column.content, "never asked for"));
    ar_session_clear(f->s);
    ar_session_clear(f->s);
    assert_statements(f, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        scenario(test_s91_ttl, open_store),
        scenario(test_s91_ttl_begins_with_the_load, open_store),
        scenario(test_s91_ttl_of_belongs_to, open_store),
        scenario(test_s91_ttl_of_the_session, open_store),
        scenario(test_s91_ttl_of_an_empty_list, open_store),
        scenario(test_s92_clear_one_relation, open_store),
        scenario(test_s92_clear_all_relations, open_store),
        scenario(test_s92_clear_belongs_to, open_store),
        scenario(test_s92_clear_orphan, open_loose),
        scenario(test_s92_clear_nothing, open_store),
        scenario(test_s93_max_size, open_store),
        scenario(test_s93_max_size_of_belongs_to, open_store),
        scenario(test_s93_more_siblings_than_max_size, open_store),
        scenario(test_s93_max_size_of_the_session, open_store),
        scenario(test_s94_cache_off, open_store),
        scenario(test_s94_cache_off_loads_no_siblings, open_store),
        scenario(test_s94_cache_off_for_the_session, open_store),
        scenario(test_s98_two_sessions, open_store),
        scenario(test_s98_write_in_another_session, open_store),
        scenario(test_s99_clear, open_store),
        scenario(test_s99_open_transaction, open_store),
        scenario(test_s99_close_unused, open_store),
    };
    return cmocka_run_group_tests_name("cache", tests, NULL, NULL);
}
