/* Writing through join tables: add, remove and replace. */
#include "support.h"
#include "tagged.ar.h"

#include <stdlib.h>
#include <string.h>

static int open_tables(void **state)
{
    return fixture_open(state, &item_model, &tag_model, &person_model, &rating_model, &place_model);
}

/* Items 1 and 2, the tags a to e, the persons 1 to 4, of which 3 and 4 are children. */
static void given_rows(struct fixture *f)
{
    static const char *const names[] = {"a", "b", "c", "d", "e"};

    for (size_t i = 0; i < 2; i++)
        add_row(f, &item_model, &(struct item){.name = "item"});
    for (size_t i = 0; i < 5; i++)
        add_row(f, &tag_model, &(struct tag){.name = names[i]});
    for (int32_t i = 0; i < 4; i++)
        add_row(f, &person_model, &(struct person){.name = "person", .age = i < 2 ? 40 : 10});
}

static struct tag *the_tag(struct fixture *f, const char *name)
{
    struct tag *tag;

    ok(f->s, tag_find(f->s, name, &tag));
    return tag;
}

/* The item has exactly these tags, for the session as for the database: a list such as "ab". */
static void assert_tags(struct fixture *f, int64_t item_id, const char *expected)
{
    struct ar_session *const sessions[] = {f->s, f->other};

    ar_session_clear(f->other);
    for (size_t i = 0; i < 2; i++) {
        const struct item item = {.id = item_id};
        struct tag_list list;
        char text[16] = "";
        ok(sessions[i], item_tags(sessions[i], &item, &list));
        assert_int_equal(list.count, strlen(expected));
        for (size_t k = 0; k < list.count; k++)
            text[k] = list.items[k]->name[0];
        for (size_t k = 0; k < list.count; k++)
            assert_non_null(strchr(text, expected[k]));
    }
}

/* ---- S-265: many-to-many ----------------------------------------------------------------------------------------- */

static void test_s265_add(void **state)
{
    struct fixture *f = *state;
    const struct item item = {.id = 1};
    struct tag *tags[4];
    struct item_list items;
    struct ar_link_changes changes;

    given_rows(f);
    assert_tags(f, 1, "");
    tags[0] = the_tag(f, "a");
    tags[1] = the_tag(f, "b");
    tags[2] = the_tag(f, "a");
    tags[3] = the_tag(f, "c");
    ok(f->s, tag_items(f->s, tags[0], &items));
    assert_int_equal(items.count, 0);
    reset_statements(f);
    ok(f->s, item_tags_add(f->s, &item, tags, 3, &changes));
    assert_statements(f, fixture_is_sqlite() ? 2 : 1);
    assert_int_equal(changes.added, 2);
    assert_int_equal(changes.removed, 0);
    assert_tags(f, 1, "ab");
    ok(f->s, tag_items(f->s, tags[0], &items)); /* the other side knows it, too */
    assert_int_equal(items.count, 1);
    ok(f->s, item_tags_add(f->s, &item, tags, 4, &changes));
    assert_int_equal(changes.added, 1);
    ok(f->s, item_tags_add(f->s, &item, tags, 4, &changes));
    assert_int_equal(changes.added, 0);
    assert_tags(f, 1, "abc");
    assert_tags(f, 2, "");
}

static void test_s265_remove(void **state)
{
    struct fixture *f = *state;
    const struct item first = {.id = 1}, second = {.id = 2};
    struct tag *tags[3];
    struct ar_link_changes changes;

    given_rows(f);
    tags[0] = the_tag(f, "a");
    tags[1] = the_tag(f, "b");
    tags[2] = the_tag(f, "c");
    ok(f->s, item_tags_add(f->s, &first, tags, 2, NULL));
    ok(f->s, item_tags_add(f->s, &second, tags, 3, NULL));
    assert_tags(f, 1, "ab");
    assert_tags(f, 2, "abc");
    reset_statements(f);
    ok(f->s, item_tags_remove(f->s, &first, tags + 1, 2, &changes));
    assert_statements(f, 1);
    assert_int_equal(changes.removed, 1); /* c was not linked to it */
    assert_tags(f, 1, "a");
    assert_tags(f, 2, "abc");
    ok(f->s, item_tags_remove(f->s, &first, tags + 1, 2, &changes));
    assert_int_equal(changes.removed, 0);
}

static void test_s265_replace(void **state)
{
    struct fixture *f = *state;
    const struct item first = {.id = 1}, second = {.id = 2};
    struct tag *tags[3], *wanted[2];
    struct ar_link_changes changes;

    given_rows(f);
    tags[0] = the_tag(f, "a");
    tags[1] = the_tag(f, "b");
    tags[2] = the_tag(f, "c");
    wanted[0] = the_tag(f, "c");
    wanted[1] = the_tag(f, "d");
    ok(f->s, item_tags_add(f->s, &first, tags, 3, NULL));
    ok(f->s, item_tags_add(f->s, &second, tags, 3, NULL));
    assert_tags(f, 1, "abc");
    reset_statements(f);
    ok(f->s, item_tags_replace(f->s, &first, wanted, 2, &changes));
    assert_statements(f, fixture_is_sqlite() ? 3 : 2);
    assert_int_equal(changes.added, 1);
    assert_int_equal(changes.removed, 2);
    assert_tags(f, 1, "cd");
    assert_tags(f, 2, "abc");
    reset_statements(f);
    ok(f->s, item_tags_replace(f->s, &first, NULL, 0, &changes));
    assert_statements(f, 1);
    assert_int_equal(changes.removed, 2);
    assert_tags(f, 1, "");
    assert_tags(f, 2, "abc");
}

static void test_s265_failures(void **state)
{
    struct fixture *f = *state;
    const struct item item = {.id = 1}, unsaved = {.name = "new"};
    struct tag *tags[2], nameless = {.name = NULL}, missing = {.name = "missing"};

    given_rows(f);
    tags[0] = the_tag(f, "a");
    fails(f->s, AR_INVALID, item_tags_add(f->s, &unsaved, tags, 1, NULL));
    assert_error_names(f->s, "the item has no key");
    tags[1] = &nameless;
    fails(f->s, AR_INVALID, item_tags_add(f->s, &item, tags, 2, NULL));
    tags[1] = &missing;
    fails(f->s, AR_CONSTRAINT, item_tags_add(f->s, &item, tags, 2, NULL));
    assert_tags(f, 1, "");
    ok(f->s, ar_begin(f->s));
    ok(f->s, item_tags_add(f->s, &item, tags, 1, NULL));
    ok(f->s, ar_rollback(f->s));
    assert_tags(f, 1, "");
}

/* ---- S-266: a join table with a model ---------------------------------------------------------------------------- */

static struct person *the_person(struct fixture *f, int64_t id)
{
    struct person *person;

    ok(f->s, person_find(f->s, id, &person));
    return person;
}

static size_t count_ratings(struct fixture *f, int64_t item_id)
{
    struct rating_query *ratings = rating_query(f->other);
    int64_t count;

    rating_where(ratings, ar_eq(rating_column.item_id, item_id));
    ok(f->other, rating_count(ratings, &count));
    return (size_t)count;
}

static void test_s266_rows_with_a_key_of_their_own(void **state)
{
    struct fixture *f = *state;
    const struct item item = {.id = 1};
    struct person *persons[3];
    struct person_list raters;
    struct rating_list ratings;
    struct ar_link_changes changes;

    given_rows(f);
    for (int64_t i = 0; i < 3; i++)
        persons[i] = the_person(f, i + 1);
    reset_statements(f);
    ok(f->s, item_raters_add(f->s, &item, persons, 2, &changes));
    assert_statements(f, 2);
    assert_int_equal(changes.added, 2);
    ok(f->s, item_raters_add(f->s, &item, persons, 2, &changes));
    assert_int_equal(changes.added, 0);
    ok(f->s, item_ratings(f->s, &item, &ratings));
    assert_int_equal(ratings.count, 2);
    assert_int_equal(ratings.items[0]->stars, 3);
    assert_true(ratings.items[0]->created_at > 0);
    ok(f->s, item_raters(f->s, &item, &raters));
    assert_int_equal(raters.count, 2);
    reset_statements(f);
    ok(f->s, item_raters_replace(f->s, &item, persons + 1, 2, &changes));
    assert_statements(f, 3);
    assert_int_equal(changes.added, 1);
    assert_int_equal(changes.removed, 1);
    ok(f->s, item_raters(f->s, &item, &raters));
    assert_int_equal(raters.count, 2);
    assert_int_equal(count_ratings(f, 1), 2);
}

/* Links to children are outside of a relation to adults. */
static void test_s266_a_scoped_relation(void **state)
{
    struct fixture *f = *state;
    const struct item item = {.id = 1};
    struct person *persons[4];
    struct ar_link_changes changes;

    given_rows(f);
    for (int64_t i = 0; i < 4; i++)
        persons[i] = the_person(f, i + 1);
    ok(f->s, item_raters_add(f->s, &item, persons, 4, NULL));
    ok(f->s, item_adult_raters_remove(f->s, &item, persons + 2, 2, &changes));
    assert_int_equal(changes.removed, 0);
    ok(f->s, item_adult_raters_replace(f->s, &item, persons, 1, &changes));
    assert_int_equal(changes.removed, 1);
    assert_int_equal(changes.added, 0);
    assert_int_equal(count_ratings(f, 1), 3);
}

/* A link that refers to another person changes the list of the item, whose own rows stay the same. */
static void test_s266_changed_link(void **state)
{
    struct fixture *f = *state;
    const struct item item = {.id = 1};
    struct person *persons[3];
    struct person_list raters;
    struct rating_list ratings;

    given_rows(f);
    for (int64_t i = 0; i < 3; i++)
        persons[i] = the_person(f, i + 1);
    ok(f->s, item_raters_add(f->s, &item, persons, 1, NULL));
    ok(f->s, item_raters(f->s, &item, &raters));
    assert_ptr_equal(raters.items[0], persons[0]);
    ok(f->s, item_ratings(f->s, &item, &ratings));
    ratings.items[0]->person_id = persons[2]->id;
    ok(f->s, rating_save(f->s, ratings.items[0]));
    ok(f->s, item_raters(f->s, &item, &raters));
    assert_int_equal(raters.count, 1);
    assert_ptr_equal(raters.items[0], persons[2]);
}

/* Paths without a join table have no rows that could be written. */
static void test_s266_other_paths(void **state)
{
    struct fixture *f = *state;
    struct item item = {.id = 1};
    struct rating rating = {.id = 1, .item_id = 1, .person_id = 1};
    void *const records[] = {&rating};

    given_rows(f);
    ok(f->s, rating_insert(f->s, &rating));
    fails(f->s, AR_MISUSE, ar_relation_add(f->s, &item_ratings_of_raters_relation, &item, records, 1, NULL));
    assert_error_names(f->s, "item.ratings_of_raters cannot be written through");
    fails(f->s, AR_MISUSE, ar_relation_add(f->s, &rating_others_relation, &rating, records, 1, NULL));
    fails(f->s, AR_MISUSE,
          ar_relation_remove(f->s, &rating_others_relation, &rating, records, 1, AR_REMOVE_DELETE, NULL));
    assert_error_names(f->s, "its path is not a has_many to a join table and a belongs_to");
    assert_int_equal(count_ratings(f, 1), 1);
}

/* ---- S-267: composite keys, and many ----------------------------------------------------------------------------- */

static void test_s267_composite_keys_and_many(void **state)
{
    enum { PLACES = 200 };
    struct fixture *f = *state;
    struct place *places = calloc(PLACES, sizeof *places), **all = calloc(PLACES, sizeof *all);
    struct place_list list;
    struct ar_link_changes changes;

    for (int32_t i = 0; i < PLACES; i++) {
        places[i] = (struct place){.country = i % 2 == 0 ? "x" : "y", .number = i};
        all[i] = &places[i];
    }
    ok(f->s, place_insert_many(f->s, places, PLACES));
    reset_statements(f);
    ok(f->s, place_neighbours_add(f->s, &places[0], all, PLACES, &changes));
    assert_statements(f, fixture_is_sqlite() ? 2 : 1);
    assert_int_equal(changes.added, PLACES);
    ok(f->s, place_neighbours_replace(f->s, &places[0], all, PLACES / 2, &changes));
    assert_int_equal(changes.removed, PLACES / 2);
    ok(f->s, place_neighbours(f->s, &places[0], &list));
    assert_int_equal(list.count, PLACES / 2);
    free(places);
    free(all);
}

/* A join table without a struct is missing: no function creates it by the name of its model. */
static void test_s265_missing_table(void **state)
{
    struct fixture *f = *state;
    const struct item item = {.id = 1};
    struct tag *tag;

    given_rows(f);
    run_sql(f, "DROP TABLE item_tags");
    tag = the_tag(f, "a");
    fails(f->s, AR_DATABASE, item_tags_add(f->s, &item, &tag, 1, NULL));
    assert_error_names(f->s, "item_tags");
    assert_error_names(f->s, "ar_create_tables creates it with the table of a model that declares it");
    ok(f->s, ar_create_tables(f->s, &item_model));
    ok(f->s, item_tags_add(f->s, &item, &tag, 1, NULL));
    assert_tags(f, 1, "a");
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, open_tables, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_s265_add),
        TEST(test_s265_remove),
        TEST(test_s265_replace),
        TEST(test_s265_failures),
        TEST(test_s265_missing_table),
        TEST(test_s266_rows_with_a_key_of_their_own),
        TEST(test_s266_a_scoped_relation),
        TEST(test_s266_changed_link),
        TEST(test_s266_other_paths),
        TEST(test_s267_composite_keys_and_many),
    };
    return cmocka_run_group_tests_name("joins", tests, NULL, NULL);
}
