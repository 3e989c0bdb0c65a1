/* Writing through a has_many: build, add, remove and replace. */
#include "shelf.ar.h"
#include "support.h"

#include <string.h>

static int open_tables(void **state)
{
    return fixture_open(state, &shelf_model, &book_model, &label_model, &plant_model, &remark_model, &room_model,
                        &desk_model, &lamp_model, &hook_model);
}

/* Shelf 1 has the books 1 to 3 of 100, 600 and 900 pages; shelf 2 has book 4; book 5 has no shelf. */
static void given_shelves(struct fixture *f)
{
    static const int32_t pages[] = {100, 600, 900, 200, 700};
    struct shelf shelves[] = {{.name = "one"}, {.name = "two"}};

    add_row(f, &shelf_model, &shelves[0]);
    add_row(f, &shelf_model, &shelves[1]);
    for (size_t i = 0; i < 5; i++) {
        struct book book = {.shelf_id = i < 3 ? 1 : i < 4 ? 2 : 0, .title = "book", .pages = pages[i]};
        add_row(f, &book_model, &book);
    }
}

static struct shelf *the_shelf(struct fixture *f, int64_t id)
{
    struct shelf *shelf;

    ok(f->s, shelf_find(f->s, id, &shelf));
    return shelf;
}

static struct book *the_book(struct fixture *f, int64_t id)
{
    struct book *book;

    ok(f->s, book_find(f->s, id, &book));
    return book;
}

/* The shelf has exactly these books, for the session as for the database: a list such as "1 2 3". */
static void assert_books(struct fixture *f, int64_t shelf_id, const char *expected)
{
    struct ar_session *const sessions[] = {f->s, f->other};

    ar_session_clear(f->other);
    for (size_t i = 0; i < 2; i++) {
        struct shelf shelf = {.id = shelf_id};
        struct book_list list;
        char text[64] = "";
        ok(sessions[i], shelf_books(sessions[i], &shelf, &list));
        for (size_t k = 0; k < list.count; k++) {
            assert_int_equal(list.items[k]->shelf_id, shelf_id);
            text[2 * k] = (char)('0' + list.items[k]->id);
            text[2 * k + 1] = k + 1 < list.count ? ' ' : '\0';
        }
        assert_text(text, expected);
    }
}

/* ---- S-260: build ------------------------------------------------------------------------------------------------ */

static void test_s260_build(void **state)
{
    struct fixture *f = *state;
    struct shelf *shelf, unsaved = {.name = "new"};
    struct book book;
    struct room room = {"east", 7};
    struct desk desk;

    given_shelves(f);
    shelf = the_shelf(f, 2);
    reset_statements(f);
    memset(&book, 0xFF, sizeof book);
    ok(f->s, shelf_books_build(f->s, shelf, &book));
    assert_int_equal(book.shelf_id, 2);
    assert_int_equal(book.id, 0);
    assert_null(book.title);
    ok(f->s, room_desks_build(f->s, &room, &desk));
    assert_text(desk.building, "east");
    assert_int_equal(desk.room_number, 7);
    fails(f->s, AR_INVALID, shelf_books_build(f->s, &unsaved, &book));
    assert_error_names(f->s, "the shelf has no key");
    assert_statements(f, 0);
}

/* ---- S-261: add -------------------------------------------------------------------------------------------------- */

static void test_s261_add(void **state)
{
    struct fixture *f = *state;
    struct shelf *one, *two;
    struct book *books[4];
    struct ar_link_changes changes;

    given_shelves(f);
    one = the_shelf(f, 1);
    two = the_shelf(f, 2);
    assert_books(f, 1, "1 2 3");
    assert_books(f, 2, "4");
    books[0] = the_book(f, 1);
    books[1] = the_book(f, 4);
    books[2] = the_book(f, 5);
    books[3] = the_book(f, 1);
    books[0]->title = "changed, not saved";
    reset_statements(f);
    ok(f->s, shelf_books_add(f->s, two, books, 4, &changes));
    assert_statements(f, 2); /* book 4 was there: look if every book is now */
    assert_int_equal(changes.added, 2);
    assert_int_equal(changes.removed, 0);
    assert_books(f, 1, "2 3");
    assert_books(f, 2, "1 4 5");
    assert_int_equal(books[0]->revision, 1);
    assert_int_equal(books[1]->revision, 0); /* it was not written */
    /* Again: nothing changes. */
    ok(f->s, shelf_books_add(f->s, two, books, 4, &changes));
    assert_int_equal(changes.added, 0);
    /* The caller's change is still there, and is all that a save writes. */
    assert_text(books[0]->title, "changed, not saved");
    ok(f->s, book_save(f->s, books[0]));
    assert_books(f, 2, "1 4 5");
    assert_int_equal(the_book(f, 1)->revision, 2);
    ok(f->s, shelf_books_add(f->s, one, books, 0, &changes));
}

/* A caller-owned struct receives what was set, and the session's record too. */
static void test_s261_structs_of_the_caller(void **state)
{
    struct fixture *f = *state;
    struct shelf shelf = {.id = 2};
    struct book *known, book = {.id = 5, .title = "mine"}, *const books[] = {&book};

    given_shelves(f);
    known = the_book(f, 5);
    reset_statements(f);
    ok(f->s, shelf_books_add(f->s, &shelf, books, 1, NULL));
    assert_statements(f, 1);
    assert_int_equal(book.shelf_id, 2);
    assert_int_equal(book.revision, 1);
    assert_true(book.updated_at > 0);
    assert_text(book.title, "mine");
    assert_int_equal(known->shelf_id, 2);
    assert_int_equal(known->revision, 1);
    assert_books(f, 2, "4 5");
}

static void test_s261_what_cannot_be_added(void **state)
{
    struct fixture *f = *state;
    struct shelf shelf = {.id = 2}, none = {.id = 99};
    struct book unsaved = {.title = "new"}, missing = {.id = 99}, *books[2];

    given_shelves(f);
    books[0] = the_book(f, 5);
    books[1] = &unsaved;
    fails(f->s, AR_INVALID, shelf_books_add(f->s, &shelf, books, 2, NULL));
    assert_error_names(f->s, "the book has no key");
    books[1] = &missing;
    fails(f->s, AR_NOT_FOUND, shelf_books_add(f->s, &shelf, books, 2, NULL));
    assert_error_names(f->s, "1 of 2 records cannot be added to shelf.books");
    fails(f->s, AR_CONSTRAINT, shelf_books_add(f->s, &none, books, 1, NULL));
    assert_int_equal(books[0]->shelf_id, 0);
    assert_int_equal(books[0]->revision, 0);
    assert_books(f, 2, "4");
}

/* A row is identified by its key: it does not move to another owner. */
static void test_s261_a_foreign_key_in_the_key(void **state)
{
    struct fixture *f = *state;
    struct room room = {"east", 1};
    struct lamp lamp = {"east", 1, 1, false}, *const lamps[] = {&lamp};

    fails(f->s, AR_MISUSE, room_lamps_add(f->s, &room, lamps, 1, NULL));
    assert_error_names(f->s, "its foreign key is part of its primary key");
}

/* ---- S-262: remove ----------------------------------------------------------------------------------------------- */

static void test_s262_remove(void **state)
{
    struct fixture *f = *state;
    struct shelf *one;
    struct book *books[3];
    struct ar_link_changes changes;

    given_shelves(f);
    one = the_shelf(f, 1);
    assert_books(f, 1, "1 2 3");
    books[0] = the_book(f, 1);
    books[1] = the_book(f, 4); /* of the other shelf: left alone */
    books[2] = the_book(f, 5); /* of none */
    reset_statements(f);
    ok(f->s, shelf_books_remove(f->s, one, books, 3, AR_REMOVE_UNLINK, &changes));
    assert_statements(f, 1);
    assert_int_equal(changes.removed, 1);
    assert_int_equal(books[0]->shelf_id, 0);
    assert_int_equal(books[0]->revision, 1);
    assert_int_equal(books[1]->shelf_id, 2);
    assert_books(f, 1, "2 3");
    assert_books(f, 2, "4");
    ok(f->s, shelf_books_remove(f->s, one, books, 3, AR_REMOVE_UNLINK, &changes));
    assert_int_equal(changes.removed, 0);
    books[0] = the_book(f, 2);
    ok(f->s, shelf_books_remove(f->s, one, books, 1, AR_REMOVE_DELETE, &changes));
    assert_int_equal(changes.removed, 1);
    assert_books(f, 1, "3");
    fails(f->s, AR_NOT_FOUND, book_reload(f->s, books[0]));
}

static void test_s262_a_key_that_cannot_be_null(void **state)
{
    struct fixture *f = *state;
    struct shelf shelf = {.id = 1};
    struct label *labels[2];
    struct ar_link_changes changes;
    int64_t count;

    given_shelves(f);
    for (size_t i = 0; i < 2; i++) {
        struct label label = {.shelf_id = 1, .text = "text"};
        add_row(f, &label_model, &label);
        ok(f->s, label_find(f->s, label.id, &labels[i]));
    }
    fails(f->s, AR_MISUSE, shelf_labels_remove(f->s, &shelf, labels, 1, AR_REMOVE_UNLINK, NULL));
    assert_error_names(f->s, "its shelf_id cannot be NULL. Pass AR_REMOVE_DELETE");
    ok(f->s, shelf_labels_replace(f->s, &shelf, labels, 1, AR_REMOVE_DELETE, &changes));
    assert_int_equal(changes.added, 0);
    assert_int_equal(changes.removed, 1);
    ok(f->other, label_count(label_query(f->other), &count));
    assert_int_equal(count, 1);
}

/* ---- S-263: replace ---------------------------------------------------------------------------------------------- */

static void test_s263_replace(void **state)
{
    struct fixture *f = *state;
    struct shelf *one;
    struct book *books[2], *left;
    struct ar_link_changes changes;

    given_shelves(f);
    one = the_shelf(f, 1);
    assert_books(f, 1, "1 2 3");
    books[0] = the_book(f, 2);
    books[1] = the_book(f, 5);
    left = the_book(f, 3);
    ok(f->s, shelf_books_replace(f->s, one, books, 2, AR_REMOVE_UNLINK, &changes));
    assert_int_equal(changes.added, 1);
    assert_int_equal(changes.removed, 2);
    assert_int_equal(left->shelf_id, 0);
    assert_books(f, 1, "2 5");
    assert_books(f, 2, "4");
    reset_statements(f);
    ok(f->s, shelf_books_replace(f->s, one, NULL, 0, AR_REMOVE_UNLINK, &changes));
    assert_statements(f, 1);
    assert_int_equal(changes.removed, 2);
    assert_books(f, 1, "");
    assert_books(f, 2, "4");
}

/* Books that do not meet the condition are outside of the relation. */
static void test_s263_a_scoped_relation(void **state)
{
    struct fixture *f = *state;
    struct shelf *one;
    struct book *light, *heavy;
    struct book_list list;
    struct ar_link_changes changes;

    given_shelves(f);
    one = the_shelf(f, 1);
    ok(f->s, shelf_heavy_books(f->s, one, &list));
    assert_int_equal(list.count, 2);
    light = the_book(f, 4);
    heavy = the_book(f, 5);
    fails(f->s, AR_NOT_FOUND, shelf_heavy_books_add(f->s, one, &light, 1, NULL));
    assert_int_equal(light->shelf_id, 2);
    ok(f->s, shelf_heavy_books_replace(f->s, one, &heavy, 1, AR_REMOVE_UNLINK, &changes));
    assert_int_equal(changes.added, 1);
    assert_int_equal(changes.removed, 2);
    assert_books(f, 1, "1 5");
    ok(f->s, shelf_heavy_books(f->s, one, &list));
    assert_int_equal(list.count, 1);
    light = the_book(f, 1);
    ok(f->s, shelf_heavy_books_remove(f->s, one, &light, 1, AR_REMOVE_UNLINK, &changes));
    assert_int_equal(changes.removed, 0);
    assert_books(f, 1, "1 5");
}

static void test_s263_composite_keys(void **state)
{
    struct fixture *f = *state;
    struct room rooms[] = {{"east", 1}, {"east", 2}};
    struct desk desks[3] = {{.code = "a"}, {.code = "b"}, {.code = "c"}};
    struct desk *all[] = {&desks[0], &desks[1], &desks[2]};
    struct desk_list list;
    struct ar_link_changes changes;

    for (size_t i = 0; i < 2; i++)
        add_row(f, &room_model, &rooms[i]);
    for (size_t i = 0; i < 3; i++)
        add_row(f, &desk_model, &desks[i]);
    ok(f->s, room_desks_add(f->s, &rooms[0], all, 3, &changes));
    assert_int_equal(changes.added, 3);
    assert_text(desks[2].building, "east");
    ok(f->s, room_desks_replace(f->s, &rooms[0], all, 2, AR_REMOVE_UNLINK, &changes));
    assert_int_equal(changes.removed, 1);
    ok(f->s, room_desks_add(f->s, &rooms[1], &all[1], 1, &changes));
    assert_int_equal(changes.added, 1);
    ok(f->s, room_desks(f->s, &rooms[0], &list));
    assert_int_equal(list.count, 1);
    ok(f->other, room_desks(f->other, &rooms[1], &list));
    assert_int_equal(list.count, 1);
    assert_text(list.items[0]->code, "b");
}

/* Only the column that can be NULL is set to it. */
static void test_s263_partly_nullable(void **state)
{
    struct fixture *f = *state;
    struct room room = {"east", 1};
    struct hook hooks[] = {{.building = "east"}, {.building = "west"}}, *stored;
    struct hook *const all[] = {&hooks[0], &hooks[1]};
    struct ar_link_changes changes;

    add_row(f, &room_model, &room);
    for (size_t i = 0; i < 2; i++)
        ok(f->s, hook_insert(f->s, &hooks[i]));
    ok(f->s, room_hooks_add(f->s, &room, all, 2, &changes));
    assert_int_equal(changes.added, 2);
    ok(f->s, room_hooks_remove(f->s, &room, all, 1, AR_REMOVE_UNLINK, &changes));
    assert_int_equal(changes.removed, 1);
    assert_int_equal(hooks[0].room_number, 0);
    for (size_t i = 0; i < 2; i++) {
        ok(f->other, hook_find(f->other, hooks[i].id, &stored));
        assert_text(stored->building, "east");
        assert_int_equal(stored->room_number, i);
    }
}

/* Remarks refer to a shelf or to a book: their type is written, too. */
static void test_s263_polymorphic(void **state)
{
    struct fixture *f = *state;
    const struct shelf shelf = {.id = 1};
    const struct book book = {.id = 1};
    struct remark built, first = {.text = "first"}, second = {.text = "second"};
    struct remark *const remarks[] = {&first, &second};
    struct remark_list list;
    struct ar_link_changes changes;

    given_shelves(f);
    ok(f->s, shelf_remarks_build(f->s, &shelf, &built));
    assert_text(built.kind, "shelf");
    assert_int_equal(built.about_id, 1);
    ok(f->s, remark_save(f->s, &built));
    ok(f->s, remark_save(f->s, &first));
    ok(f->s, remark_save(f->s, &second));
    ok(f->s, book_remarks_add(f->s, &book, remarks, 2, &changes));
    assert_int_equal(changes.added, 2);
    assert_text(first.kind, "book");
    /* The same key, but another model. */
    ok(f->s, shelf_remarks_remove(f->s, &shelf, remarks, 2, AR_REMOVE_UNLINK, &changes));
    assert_int_equal(changes.removed, 0);
    ok(f->s, shelf_remarks_replace(f->s, &shelf, remarks, 1, AR_REMOVE_UNLINK, &changes));
    assert_int_equal(changes.added, 1);
    assert_int_equal(changes.removed, 1);
    ok(f->s, book_remarks(f->s, &book, &list));
    assert_int_equal(list.count, 1);
    ok(f->s, shelf_remarks(f->s, &shelf, &list));
    assert_int_equal(list.count, 1);
    assert_text(list.items[0]->text, "first");
}

/* The shelves count their plants: each is updated, and so are its former and its new shelf. */
static void test_s263_counters(void **state)
{
    struct fixture *f = *state;
    struct shelf *one, *two;
    struct plant *plants[3];
    struct ar_link_changes changes;

    given_shelves(f);
    for (int64_t i = 0; i < 3; i++) {
        struct plant plant = {.shelf_id = 1, .name = "plant"};
        ok(f->s, plant_insert(f->s, &plant));
        ok(f->s, plant_find(f->s, plant.id, &plants[i]));
    }
    one = the_shelf(f, 1);
    two = the_shelf(f, 2);
    assert_int_equal(one->plant_count, 3);
    plants[0]->name = "changed, not saved";
    ok(f->s, shelf_plants_add(f->s, two, plants, 2, &changes));
    assert_int_equal(changes.added, 2);
    assert_int_equal(plants[0]->shelf_id, 2);
    assert_int_equal(plants[0]->revision, 1);
    assert_text(plants[0]->name, "changed, not saved");
    ok(f->s, shelf_plants_replace(f->s, two, plants + 1, 2, AR_REMOVE_UNLINK, &changes));
    assert_int_equal(changes.added, 1);
    assert_int_equal(changes.removed, 1);
    one = the_shelf(f, 1);
    two = the_shelf(f, 2);
    assert_int_equal(one->plant_count, 0);
    assert_int_equal(two->plant_count, 2);
    ok(f->s, plant_save(f->s, plants[0]));
    ok(f->other, plant_find(f->other, plants[0]->id, &plants[0]));
    assert_int_equal(plants[0]->shelf_id, 0);
    assert_text(plants[0]->name, "changed, not saved");
}

/* ---- S-264: rollback --------------------------------------------------------------------------------------------- */

static void test_s264_rollback(void **state)
{
    struct fixture *f = *state;
    struct shelf *one;
    struct book *books[1];

    given_shelves(f);
    one = the_shelf(f, 1);
    books[0] = the_book(f, 4);
    assert_books(f, 1, "1 2 3");
    ok(f->s, ar_begin(f->s));
    ok(f->s, shelf_books_replace(f->s, one, books, 1, AR_REMOVE_UNLINK, NULL));
    ok(f->s, ar_rollback(f->s));
    assert_int_equal(books[0]->shelf_id, 2);
    assert_int_equal(books[0]->revision, 0);
    assert_books(f, 1, "1 2 3");
    assert_books(f, 2, "4");
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, open_tables, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_s260_build),
        TEST(test_s261_add),
        TEST(test_s261_structs_of_the_caller),
        TEST(test_s261_what_cannot_be_added),
        TEST(test_s261_a_foreign_key_in_the_key),
        TEST(test_s262_remove),
        TEST(test_s262_a_key_that_cannot_be_null),
        TEST(test_s263_replace),
        TEST(test_s263_a_scoped_relation),
        TEST(test_s263_composite_keys),
        TEST(test_s263_partly_nullable),
        TEST(test_s263_polymorphic),
        TEST(test_s263_counters),
        TEST(test_s264_rollback),
    };
    return cmocka_run_group_tests_name("children", tests, NULL, NULL);
}
