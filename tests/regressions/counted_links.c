/* Adding through a polymorphic has_many did not set the type of the new links, and found those of other types. Removing
 * links updated the counters of the two sides, but not of other parents of the links. */
#include "counted_links.ar.h"
#include "support.h"

static int open_tables(void **state)
{
    return fixture_open(state, &post_model, &photo_model, &tag_model, &editor_model, &tagging_model);
}

static int open_corners(void **state)
{
    return fixture_open(state, &block_model, &street_model, &corner_model);
}

static struct tag *a_tag(struct fixture *f)
{
    struct tag new_tag = {0}, *tag;

    add_row(f, &tag_model, &new_tag);
    ok(f->s, tag_find(f->s, new_tag.id, &tag));
    return tag;
}

static void test_type(void **state)
{
    struct fixture *f = *state;
    struct post post = {0};
    struct photo photo = {0};
    struct tag *tags[] = {a_tag(f), a_tag(f)};
    struct tag_list list;
    struct ar_link_changes changes;

    add_row(f, &post_model, &post);
    add_row(f, &photo_model, &photo);
    assert_int_equal(post.id, photo.id);
    ok(f->s, post_tags_add(f->s, &post, tags, 2, &changes));
    assert_int_equal(changes.added, 2);
    ok(f->s, post_tags(f->s, &post, &list));
    assert_int_equal(list.count, 2);
    ok(f->s, photo_tags(f->s, &photo, &list));
    assert_int_equal(list.count, 0);
    ok(f->s, photo_tags_add(f->s, &photo, tags, 1, &changes));
    assert_int_equal(changes.added, 1);
    ok(f->s, photo_tags_replace(f->s, &photo, tags + 1, 1, &changes));
    assert_int_equal(changes.added, 1);
    assert_int_equal(changes.removed, 1);
    ok(f->s, post_tags(f->s, &post, &list));
    assert_int_equal(list.count, 2);
    assert_int_equal(tags[0]->uses, 1);
    assert_int_equal(tags[1]->uses, 2);
    ok(f->s, post_tags_remove(f->s, &post, tags, 2, &changes));
    assert_int_equal(changes.removed, 2);
    assert_int_equal(tags[0]->uses, 0);
    assert_int_equal(tags[1]->uses, 1);
    ok(f->s, photo_tags(f->s, &photo, &list));
    assert_int_equal(list.count, 1);
}

/* The DELETE returns the foreign keys of the links, and one UPDATE follows for each parent. */
static void test_third_parent(void **state)
{
    struct fixture *f = *state;
    struct post post = {0};
    struct editor editor = {0}, *stored;
    struct tag *tag = a_tag(f);
    struct tagging tagging;

    add_row(f, &post_model, &post);
    add_row(f, &editor_model, &editor);
    tagging =
        (struct tagging){.subject_type = "post", .subject_id = post.id, .tag_id = tag->id, .editor_id = editor.id};
    ok(f->s, tagging_insert(f->s, &tagging));
    assert_int_equal(tag->uses, 1);
    reset_statements(f);
    ok(f->s, post_tags_remove(f->s, &post, &tag, 1, NULL));
    assert_statements(f, 3);
    assert_int_equal(tag->uses, 0);
    ok(f->s, editor_find(f->s, editor.id, &stored));
    assert_int_equal(stored->tagging_count, 0);
}

/* A link of nine columns is more than a key can have. */
static void test_wide(void **state)
{
    struct fixture *f = *state;
    const struct block block = {1, 2, 3, 4, 5};
    struct street street = {6, 7, 8, 9}, *streets[] = {&street};

    add_row(f, &block_model, &(struct block){1, 2, 3, 4, 5});
    add_row(f, &street_model, &(struct street){6, 7, 8, 9});
    fails(f->s, AR_MISUSE, block_streets_add(f->s, &block, streets, 1, NULL));
    assert_error_names(f->s, "block.streets cannot be written through: a corner is identified by 9 columns");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_type, open_tables, fixture_close),
        cmocka_unit_test_setup_teardown(test_third_parent, open_tables, fixture_close),
        cmocka_unit_test_setup_teardown(test_wide, open_corners, fixture_close),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
