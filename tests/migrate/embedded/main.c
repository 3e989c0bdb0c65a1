/* A program with embedded migrations, S-448. */
#include "database.h"

#include "embedded/note.ar.h"

extern const struct ar_migrations note_migrations;

static void test_embedded(void **state)
{
    const struct ar_migrations version_1 = {note_migrations.items, 1};
    struct ar_db *db;
    struct ar_session *s;
    struct note *note;

    (void)state;
    assert_int_equal(note_migrations.count, 2);
    migrated(&version_1, NULL);
    database_run("INSERT INTO notes (title) VALUES ('first')");
    db = database_open();
    assert_int_equal(ar_migrate(db, &note_migrations, NULL), AR_OK);
    assert_int_equal(ar_session_open(db, NULL, &s), AR_OK);
    ok(s, note_find(s, 1, &note));
    assert_string_equal(note->title, "first");
    assert_int_equal(note->stars, 3);
    ok(s, note_insert(s, &(struct note){.title = "second", .stars = 5}));
    ar_session_close(s);
    ar_db_close(db);
    refused(&version_1, NULL, AR_CONFLICT, "written by a newer program");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test_setup(test_embedded, database_set_up)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
