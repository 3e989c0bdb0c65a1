/* An 8-bit version returned AR_CONFLICT forever after reaching its maximum, a delete ignored the version, and NaN in
 * NOT IN matched nothing on SQLite. */
#include "support.h"
#include "version_limits.ar.h"

#include <math.h>
#include <stdio.h>

static int open_notes(void **state)
{
    return fixture_open(state, &note_model, &rate_model);
}

static struct note *a_note(struct fixture *f)
{
    struct note note = {.text = "0"}, *loaded;
    add_row(f, &note_model, &note);
    ok(f->s, note_find(f->s, note.id, &loaded));
    return loaded;
}

static void test_many_updates(void **state)
{
    struct fixture *f = *state;
    struct note *note = a_note(f);
    char text[16];
    for (int i = 1; i <= 300; i++) {
        snprintf(text, sizeof text, "%d", i);
        note->text = text;
        ok(f->s, note_save(f->s, note));
        assert_int_equal(note->revision, i % 128);
    }
    ok(f->s, note_reload(f->s, note));
    assert_text(note->text, "300");
    assert_int_equal(note->revision, 300 % 128);
}

static void test_many_bulk_updates_and_upserts(void **state)
{
    struct fixture *f = *state;
    struct rate rate = {.code = "a", .value = 1};
    ok(f->s, rate_insert(f->s, &rate));
    for (int i = 1; i <= 150; i++)
        ok(f->s, rate_update_all(rate_query(f->s), ar_set(rate_column.value, (double)i), NULL));
    ok(f->s, rate_reload(f->s, &rate));
    assert_int_equal(rate.revision, 150);
    for (int i = 151; i <= 300; i++) {
        ar_session_clear(f->s); /* the insert then updates the row */
        rate = (struct rate){.code = "a", .value = i, .revision = rate.revision};
        ok(f->s, rate_save(f->s, &rate));
        assert_int_equal(rate.revision, i % 256);
    }
}

static void test_a_delete(void **state)
{
    struct fixture *f = *state;
    struct note *note = a_note(f);
    struct note mine = *note;
    run_sql(f, "UPDATE notes SET text = 'theirs', revision = 1");
    fails(f->s, AR_CONFLICT, note_delete(f->s, note));
    ok(f->s, note_reload(f->s, note));
    ok(f->s, note_delete(f->s, note));
    fails(f->s, AR_NOT_FOUND, note_delete(f->s, &mine));
    note = a_note(f);
    mine = (struct note){.id = note->id, .revision = 9};
    ok(f->s, note_delete(f->s, &mine)); /* only its key is used */
}

static void test_nan_in_conditions(void **state)
{
    struct fixture *f = *state;
    const double nan = (double)NAN, numbers[] = {2, nan};
    struct rate_query *q;
    int64_t count;
    ok(f->s, rate_insert(f->s, &(struct rate){.code = "a", .value = 1}));
    rate_where(q = rate_query(f->s), ar_not_in(rate_column.value, numbers, 2));
    fails(f->s, AR_INVALID, rate_count(q, &count));
    assert_error_names(f->s, "rate.value");
    rate_where(q = rate_query(f->s), ar_in(rate_column.value, numbers, 2));
    fails(f->s, AR_INVALID, rate_count(q, &count));
    rate_where(q = rate_query(f->s), ar_ne(rate_column.value, nan));
    fails(f->s, AR_INVALID, rate_count(q, &count));
    rate_where(q = rate_query(f->s), ar_between(rate_column.value, 0, nan));
    fails(f->s, AR_INVALID, rate_count(q, &count));
    rate_where(q = rate_query(f->s), ar_not_in(rate_column.value, numbers, 1));
    ok(f->s, rate_count(q, &count));
    assert_int_equal(count, 1);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, open_notes, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_many_updates),
        TEST(test_many_bulk_updates_and_upserts),
        TEST(test_a_delete),
        TEST(test_nan_in_conditions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
