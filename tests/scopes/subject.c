/* Relations to one of several models: the tagged union that they fill, one statement for each type, the other side,
 * what the setter writes, and records that refer to no row, to several, or to a type that nobody knows. */
#include "support.h"

#include "subject.ar.h"

#include <stdio.h>
#include <string.h>

static int open_subject(void **state)
{
    return fixture_open(state, &story_model, &photo_model, &video_model, &note_model, &mark_model, &seat_model,
                        &stand_model, &ticket_model, &fan_model);
}

#define tale(test) cmocka_unit_test_setup_teardown(test, open_subject, fixture_close)

/* ---- Rows -------------------------------------------------------------------------------------------------------- */

static void add_note(struct fixture *f, const char *type, int64_t id, int64_t votes)
{
    add_row(f, &note_model, &(struct note){.subject_type = type, .subject_id = id, .votes = votes});
}

/* Stories, photos and videos 1 to 3: the same keys in each table. Notes 1 to 6: of story 1, photo 1, story 2, video 1,
 * photo 1, nothing. */
static void given_notes(struct fixture *f)
{
    for (int i = 0; i < 3; i++) {
        add_row(f, &story_model, &(struct story){.title = "story"});
        add_row(f, &photo_model, &(struct photo){.file = "photo"});
        add_row(f, &video_model, &(struct video){.file = "video"});
    }
    add_note(f, "story", 1, 3);
    add_note(f, "photo", 1, 2);
    add_note(f, "story", 2, 0);
    add_note(f, "video", 1, 0);
    add_note(f, "photo", 1, 9);
    add_note(f, NULL, 0, 0);
    reset_statements(f);
}

static struct note_list all_notes(struct fixture *f)
{
    struct note_list notes;
    struct note_query *query = note_query(f->s);
    note_order_by(query, ar_asc(note_column.id));
    ok(f->s, note_all(query, &notes));
    reset_statements(f);
    return notes;
}

/* Return what a note is about, like "story 1". */
static const char *subject_of(struct fixture *f, const struct note *note)
{
    static char text[32];
    struct note_subject subject;
    ok(f->s, note_subject(f->s, note, &subject));
    switch (subject.kind) {
    case NOTE_SUBJECT_NONE:
        return "none";
    case NOTE_SUBJECT_STORY:
        snprintf(text, sizeof text, "%s %d", subject.story->title, (int)subject.story->id);
        return text;
    case NOTE_SUBJECT_PHOTO:
        snprintf(text, sizeof text, "%s %d", subject.photo->file, (int)subject.photo->id);
        return text;
    case NOTE_SUBJECT_VIDEO:
        snprintf(text, sizeof text, "%s %d", subject.video->file, (int)subject.video->id);
        return text;
    }
    return "unknown";
}

static void assert_subjects(struct fixture *f, struct note_list notes)
{
    static const char *const expected[] = {"story 1", "photo 1", "story 2", "video 1", "photo 1", "none"};
    for (size_t i = 0; i < 6; i++)
        assert_text(subject_of(f, notes.items[i]), expected[i]);
}

static void assert_notes_of_story(struct fixture *f, const struct story *story, size_t count, int64_t first)
{
    struct note_list notes;
    ok(f->s, story_notes(f->s, story, &notes));
    assert_int_equal(notes.count, count);
    if (count > 0)
        assert_int_equal(notes.items[0]->id, first);
}

static struct story *the_story(struct fixture *f, int64_t id)
{
    struct story *story;
    ok(f->s, story_find(f->s, id, &story));
    reset_statements(f);
    return story;
}

/* ---- Reading ----------------------------------------------------------------------------------------------------- */

/* S-141: the subjects of all siblings take one statement for each type that they have. */
static void test_s141_siblings(void **state)
{
    struct fixture *f = *state;
    given_notes(f);
    struct note_list notes = all_notes(f);
    assert_subjects(f, notes);
    assert_statements(f, 3);
    assert_subjects(f, notes);
    assert_statements(f, 0);
}

static void test_s141_one(void **state)
{
    struct fixture *f = *state;
    struct note *note;
    struct story *story;
    given_notes(f);
    ok(f->s, note_find(f->s, 4, &note));
    reset_statements(f);
    assert_text(subject_of(f, note), "video 1");
    assert_statements(f, 1);
    ok(f->s, note_subject_story(f->s, note, &story)); /* it is a video with the key of a story */
    assert_null(story);
    assert_statements(f, 0);
}

/* S-142: eager loads, in every plan, and explicit loads. */
static void test_s142_eager(void **state)
{
    struct fixture *f = *state;
    static const enum ar_plan plans[] = {AR_PLAN_AUTO, AR_PLAN_WAVES, AR_PLAN_ONE_TRIP};
    given_notes(f);
    for (size_t i = 0; i < 3; i++) {
        struct note_list notes;
        ar_session_clear(f->s);
        struct note_query *query = note_query(f->s);
        ar_query_plan(query, plans[i]);
        note_where(query, ar_le(note_column.id, 6));
        note_order_by(query, ar_asc(note_column.id));
        note_with_subject(query);
        story_with_notes(note_with_subject_story(query));
        reset_statements(f);
        ok(f->s, note_all(query, &notes));
        assert_int_equal(f->rows, 6 + 2 + 1 + 1 + 2);
        assert_statements(f, 5);
        assert_subjects(f, notes);
        assert_notes_of_story(f, the_story(f, 2), 1, 3);
        assert_statements(f, 0);
    }
}

static void test_s142_limited_parent(void **state)
{
    struct fixture *f = *state;
    static const enum ar_plan plans[] = {AR_PLAN_WAVES, AR_PLAN_ONE_TRIP};
    given_notes(f);
    for (size_t i = 0; i < 2; i++) {
        struct note_list notes;
        ar_session_clear(f->s);
        struct note_query *query = note_query(f->s);
        ar_query_plan(query, plans[i]);
        note_order_by(query, ar_asc(note_column.id));
        note_limit(query, 2);
        note_with_subject(query);
        ok(f->s, note_all(query, &notes));
        reset_statements(f);
        assert_text(subject_of(f, notes.items[0]), "story 1");
        assert_text(subject_of(f, notes.items[1]), "photo 1");
        assert_statements(f, 0);
    }
}

static void test_s142_explicit_and_strict(void **state)
{
    struct fixture *f = *state;
    struct note_list notes;
    struct note_subject subject;
    given_notes(f);
    notes = all_notes(f);
    ok(f->s, note_load_subject(f->s, notes.items, notes.count));
    assert_statements(f, 3);
    assert_subjects(f, notes);
    assert_statements(f, 0);
    note_subject_clear_cache(f->s, notes.items[0]);
    assert_text(subject_of(f, notes.items[0]), "story 1");
    assert_statements(f, 1);

    ar_session_clear(f->s);
    struct note_query *query = note_query(f->s);
    note_strict(query);
    note_order_by(query, ar_asc(note_column.id));
    ok(f->s, note_all(query, &notes));
    fails(f->s, AR_MISUSE, note_subject(f->s, notes.items[0], &subject));
    assert_error_names(f->s, "note_with_subject_story");
    assert_int_equal(subject.kind, NOTE_SUBJECT_NONE);
}

/* S-143: the other side has the rows of its own type only, although other types have the same keys. */
static void test_s143_other_side(void **state)
{
    struct fixture *f = *state;
    struct photo_list photos;
    struct note_list notes;
    struct note *last;
    int64_t count;
    given_notes(f);
    ok(f->s, photo_all(by_key(photo_query(f->s), &photo_model), &photos));
    reset_statements(f);
    for (size_t i = 0; i < photos.count; i++) {
        ok(f->s, photo_notes(f->s, photos.items[i], &notes));
        assert_int_equal(notes.count, photos.items[i]->id == 1 ? 2 : 0);
    }
    assert_statements(f, 1);
    struct story *story = the_story(f, 1);
    assert_notes_of_story(f, story, 1, 1);
    ok(f->s, story_good_notes(f->s, story, &notes));
    assert_int_equal(notes.count, 1);
    ok(f->s, story_last_note(f->s, story, &last));
    assert_int_equal(last->id, 1);
    ok(f->s, note_count(story_notes_query(f->s, story), &count));
    assert_int_equal(count, 1);
    assert_statements(f, 4);
    ok(f->s, photo_notes_count(f->s, photos.items[0], &count));
    assert_int_equal(count, 2);
    assert_statements(f, 0);
    ar_session_clear(f->s);
    ok(f->s, photo_notes_count(f->s, &(struct photo){.id = 1}, &count));
    assert_int_equal(count, 2);
}

static void test_s143_eager(void **state)
{
    struct fixture *f = *state;
    static const enum ar_plan plans[] = {AR_PLAN_WAVES, AR_PLAN_ONE_TRIP};
    given_notes(f);
    for (size_t i = 0; i < 2; i++) {
        struct story_list stories;
        struct note *last;
        ar_session_clear(f->s);
        struct story_query *query = story_query(f->s);
        ar_query_plan(query, plans[i]);
        story_order_by(query, ar_asc(story_column.id));
        story_with_notes(query);
        story_with_last_note(query);
        ok(f->s, story_all(query, &stories));
        reset_statements(f);
        assert_notes_of_story(f, stories.items[0], 1, 1);
        assert_notes_of_story(f, stories.items[1], 1, 3);
        assert_notes_of_story(f, stories.items[2], 0, 0);
        ok(f->s, story_last_note(f->s, stories.items[1], &last));
        assert_int_equal(last->id, 3);
        assert_statements(f, 0);
    }
}

static int64_t count_notes(struct fixture *f, struct ar_condition condition)
{
    struct note_query *query = note_query(f->s);
    int64_t count;
    note_where(query, condition);
    ok(f->s, note_count(query, &count));
    return count;
}

/* Conditions on the subject of one type, and on the notes of a subject, do not confuse types with the same keys. */
static void test_conditions(void **state)
{
    struct fixture *f = *state;
    struct photo_query *photos = photo_query(f->s);
    struct story_query *stories = story_query(f->s);
    int64_t count;
    given_notes(f);
    assert_int_equal(count_notes(f, note_has_subject_photo()), 2);
    assert_int_equal(count_notes(f, note_has_subject_story(ar_eq(story_column.id, 1))), 1);
    assert_int_equal(count_notes(f, note_has_subject_video(ar_eq(video_column.id, 2))), 0);
    photo_where(photos, photo_has_notes(ar_eq(note_column.votes, 9)));
    ok(f->s, photo_count(photos, &count));
    assert_int_equal(count, 1);
    story_where(stories, story_has_notes(ar_eq(note_column.votes, 9)));
    ok(f->s, story_count(stories, &count));
    assert_int_equal(count, 0);
}

/* S-144: a type that is none of the union's is an error that names the row and the value; a missing row is none. */
static void test_s144_unknown_type(void **state)
{
    struct fixture *f = *state;
    struct note_subject subject;
    given_notes(f);
    run_sql(f, "UPDATE notes SET subject_type = 'movie' WHERE id = 4");
    run_sql(f, "UPDATE notes SET subject_id = 99 WHERE id = 3");
    run_sql(f, "UPDATE notes SET subject_type = NULL WHERE id = 2");
    struct note_list notes = all_notes(f);
    assert_text(subject_of(f, notes.items[0]), "story 1");
    assert_text(subject_of(f, notes.items[1]), "none");
    assert_text(subject_of(f, notes.items[2]), "none");
    assert_text(subject_of(f, notes.items[4]), "photo 1");
    fails(f->s, AR_INVALID, note_subject(f->s, notes.items[3], &subject));
    assert_error_names(f->s, "note 4 has \"movie\" in subject_type");
    assert_error_names(f->s, "\"story\", \"photo\", \"video\"");
}

/* ---- Numbers, and keys of two columns ---------------------------------------------------------------------------- */

static void test_numbers(void **state)
{
    struct fixture *f = *state;
    struct mark_thing thing;
    struct mark_list marks;
    given_notes(f);
    add_row(f, &mark_model, &(struct mark){.kind = 2, .thing_id = 3});
    add_row(f, &mark_model, &(struct mark){.kind = 1, .thing_id = 3});
    add_row(f, &mark_model, &(struct mark){.kind = 7, .thing_id = 3});
    struct mark_query *query = mark_query(f->s);
    mark_order_by(query, ar_asc(mark_column.id));
    ok(f->s, mark_all(query, &marks));
    reset_statements(f);
    ok(f->s, mark_thing(f->s, marks.items[0], &thing));
    assert_int_equal(thing.kind, MARK_THING_PHOTO);
    assert_int_equal(thing.photo->id, 3);
    ok(f->s, mark_thing(f->s, marks.items[1], &thing));
    assert_int_equal(thing.kind, MARK_THING_STORY);
    assert_text(thing.story->title, "story");
    assert_statements(f, 2);
    fails(f->s, AR_INVALID, mark_thing(f->s, marks.items[2], &thing));
    assert_error_names(f->s, "mark 3 has 7 in kind");
    ok(f->s, story_marks(f->s, the_story(f, 3), &marks));
    assert_int_equal(marks.count, 1);
    assert_int_equal(marks.items[0]->id, 2);
}

static void test_two_columns(void **state)
{
    struct fixture *f = *state;
    static const enum ar_plan plans[] = {AR_PLAN_WAVES, AR_PLAN_ONE_TRIP};
    add_row(f, &seat_model, &(struct seat){.hall = 1, .row = "A"});
    add_row(f, &stand_model, &(struct stand){.hall = 1, .area = "A"});
    add_row(f, &ticket_model, &(struct ticket){.place_type = "Seat", .hall = 1, .name = "A"});
    add_row(f, &ticket_model, &(struct ticket){.place_type = "O'Hall", .hall = 1, .name = "A"});
    for (size_t i = 0; i < 2; i++) {
        struct ticket_list tickets, back;
        struct ticket_place place;
        ar_session_clear(f->s);
        struct ticket_query *query = ticket_query(f->s);
        ar_query_plan(query, plans[i]);
        ticket_order_by(query, ar_asc(ticket_column.id));
        ticket_with_place(query);
        stand_with_tickets(ticket_with_place_stand(query));
        ok(f->s, ticket_all(query, &tickets));
        reset_statements(f);
        ok(f->s, ticket_place(f->s, tickets.items[0], &place));
        assert_int_equal(place.kind, TICKET_PLACE_SEAT);
        assert_text(place.seat->row, "A");
        ok(f->s, ticket_place(f->s, tickets.items[1], &place));
        assert_int_equal(place.kind, TICKET_PLACE_STAND);
        ok(f->s, stand_tickets(f->s, place.stand, &back));
        assert_int_equal(back.count, 1);
        assert_ptr_equal(back.items[0], tickets.items[1]);
        assert_statements(f, 0);
    }
}

/* ---- Writing ----------------------------------------------------------------------------------------------------- */

/* S-145: the setter writes type and key; lists of the old and the new subject are dropped when the record is saved. */
static void test_s145_set(void **state)
{
    struct fixture *f = *state;
    given_notes(f);
    struct note_list notes = all_notes(f);
    struct story *story = the_story(f, 1);
    struct note *note = notes.items[1];
    assert_notes_of_story(f, story, 1, 1);
    assert_text(subject_of(f, note), "photo 1");
    ok(f->s, note_set_subject(f->s, note, (struct note_subject){.kind = NOTE_SUBJECT_STORY, .story = story}));
    assert_text(note->subject_type, "story");
    assert_text(subject_of(f, note), "story 1");
    ok(f->s, note_save(f->s, note));
    assert_notes_of_story(f, story, 2, 1);
    ok(f->s, note_set_subject(f->s, note, (struct note_subject){.kind = NOTE_SUBJECT_NONE}));
    assert_null(note->subject_type);
    ok(f->s, note_save(f->s, note));
    assert_notes_of_story(f, story, 1, 1);
    assert_text(subject_of(f, note), "none");
}

/* The type alone changes: the same key of another table. */
static void test_s145_type_changes(void **state)
{
    struct fixture *f = *state;
    given_notes(f);
    struct note_list notes = all_notes(f);
    struct story *story = the_story(f, 1);
    assert_subjects(f, notes);
    assert_notes_of_story(f, story, 1, 1);
    notes.items[0]->subject_type = "video";
    ok(f->s, note_save(f->s, notes.items[0]));
    assert_text(subject_of(f, notes.items[0]), "video 1");
    assert_notes_of_story(f, story, 0, 0);
}

static void test_s145_insert_delete_update_all(void **state)
{
    struct fixture *f = *state;
    struct note fresh = {.votes = 1};
    int64_t changed;
    given_notes(f);
    struct story *story = the_story(f, 3);
    assert_notes_of_story(f, story, 0, 0);
    ok(f->s, note_set_subject(f->s, &fresh, (struct note_subject){.kind = NOTE_SUBJECT_STORY, .story = story}));
    ok(f->s, note_insert(f->s, &fresh));
    assert_notes_of_story(f, story, 1, fresh.id);
    ok(f->s, note_delete(f->s, &fresh));
    assert_notes_of_story(f, story, 0, 0);
    ok(f->s, note_update_all(story_notes_query(f->s, the_story(f, 1)), ar_set(note_column.subject_id, 3), &changed));
    assert_int_equal(changed, 1);
    assert_notes_of_story(f, story, 1, 1);
}

static void test_s145_refused(void **state)
{
    struct fixture *f = *state;
    struct story unsaved = {.title = "unsaved"};
    given_notes(f);
    struct note *note = all_notes(f).items[0];
    fails(f->s, AR_MISUSE,
          note_set_subject(f->s, note, (struct note_subject){.kind = NOTE_SUBJECT_STORY, .story = &unsaved}));
    assert_error_names(f->s, "note.subject cannot refer to a story that is unsaved");
    fails(f->s, AR_MISUSE, note_set_subject(f->s, note, (struct note_subject){.kind = NOTE_SUBJECT_STORY}));
    assert_text(subject_of(f, note), "story 1");
}

/* ---- Exactly one of several foreign keys ------------------------------------------------------------------------- */

/* Fans ada of story 1, bob of photo 2, cyd of story 3. */
static struct fan_list given_fans(struct fixture *f)
{
    struct fan_list fans;
    given_notes(f);
    add_row(f, &fan_model, &(struct fan){.name = "ada", .story_id = 1});
    add_row(f, &fan_model, &(struct fan){.name = "bob", .has_photo = true, .photo_id = 2});
    add_row(f, &fan_model, &(struct fan){.name = "cyd", .story_id = 3});
    struct fan_query *query = fan_query(f->s);
    fan_order_by(query, ar_asc(fan_column.id));
    ok(f->s, fan_all(query, &fans));
    reset_statements(f);
    return fans;
}

/* S-146: the union of an exclusive arc, one statement for each type. */
static void test_s146_arc(void **state)
{
    struct fixture *f = *state;
    struct fan_list fans = given_fans(f), likes;
    struct fan_thing thing;
    for (size_t i = 0; i < 3; i++) {
        ok(f->s, fan_thing(f->s, fans.items[i], &thing));
        assert_int_equal(thing.kind, i == 1 ? FAN_THING_PHOTO : FAN_THING_STORY);
        assert_int_equal(i == 1 ? thing.photo->id : thing.story->id, (int64_t)i + 1);
    }
    assert_statements(f, 2);
    ok(f->s, story_likes(f->s, the_story(f, 3), &likes));
    assert_int_equal(likes.count, 1);
    assert_ptr_equal(likes.items[0], fans.items[2]);
}

/* S-147: a record that refers to none or to several is refused before it is written, and by the database. */
static void test_s147_refused(void **state)
{
    struct fixture *f = *state;
    struct fan_list fans = given_fans(f);
    struct fan none = {.name = "dan"}, both = {.name = "eve", .story_id = 1, .has_photo = true, .photo_id = 1};
    struct fan_thing thing;
    fails(f->s, AR_INVALID, fan_insert(f->s, &none));
    assert_error_names(f->s, "fan.thing refers to no record: set one of story_id, photo_id");
    fails(f->s, AR_INVALID, fan_insert(f->s, &both));
    assert_error_names(f->s, "fan.thing refers to several records");
    fails(f->s, AR_INVALID, fan_insert_many(f->s, (struct fan[]){{.name = "x", .story_id = 1}, {.name = "y"}}, 2));
    fans.items[0]->story_id = 0;
    fails(f->s, AR_INVALID, fan_save(f->s, fans.items[0]));
    fails(f->s, AR_INVALID, fan_thing(f->s, &both, &thing));
    assert_statements(f, 0);
    fails(f->s, AR_CONSTRAINT, fan_update_all(fan_query(f->s), ar_set(fan_column.photo_id, 1), NULL));
    assert_error_names(f->s, "fans_thing_check");
}

/* S-148: the setter of an arc sets one foreign key and clears the others. */
static void test_s148_set(void **state)
{
    struct fixture *f = *state;
    struct fan_list fans = given_fans(f);
    struct fan_thing thing;
    struct photo photo = {.id = 3};
    ok(f->s, fan_set_thing(f->s, fans.items[0], (struct fan_thing){.kind = FAN_THING_PHOTO, .photo = &photo}));
    assert_int_equal(fans.items[0]->story_id, 0);
    assert_true(fans.items[0]->has_photo);
    ok(f->s, fan_save(f->s, fans.items[0]));
    ok(f->s, fan_thing(f->s, fans.items[0], &thing));
    assert_int_equal(thing.kind, FAN_THING_PHOTO);
    assert_int_equal(thing.photo->id, 3);
    ok(f->s, fan_set_thing(f->s, fans.items[0], (struct fan_thing){.kind = FAN_THING_NONE}));
    ok(f->s, fan_thing(f->s, fans.items[0], &thing));
    assert_int_equal(thing.kind, FAN_THING_NONE);
    fails(f->s, AR_INVALID, fan_save(f->s, fans.items[0]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        tale(test_s141_siblings),
        tale(test_s141_one),
        tale(test_s142_eager),
        tale(test_s142_limited_parent),
        tale(test_s142_explicit_and_strict),
        tale(test_s143_other_side),
        tale(test_s143_eager),
        tale(test_conditions),
        tale(test_s144_unknown_type),
        tale(test_numbers),
        tale(test_two_columns),
        tale(test_s145_set),
        tale(test_s145_type_changes),
        tale(test_s145_insert_delete_update_all),
        tale(test_s145_refused),
        tale(test_s146_arc),
        tale(test_s147_refused),
        tale(test_s148_set),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
