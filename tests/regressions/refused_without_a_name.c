/* SQLite's messages did not name the duplicate value, the models whose rows prevent a delete, or the file that could
 * not be opened, and words of the message were taken for columns; libpq's messages ended with a line break. */
#include "refused_without_a_name.ar.h"
#include "support.h"

#include <string.h>

static int open_writers(void **state)
{
    return fixture_open(state, &writer_model, &novel_model, &poem_model, &seat_model, &stone_model, &attempt_model);
}

static void test_a_duplicate_value(void **state)
{
    struct fixture *f = *state;
    struct writer first = {.email = "ada@example.com"}, second = first, other = {.email = "other@example.com"};
    struct seat seat = {.row = "a", .number = 7}, taken = seat;
    struct stone stone = {.weight = 1.5}, as_heavy = stone;

    if (!fixture_is_sqlite())
        return;
    ok(f->s, writer_insert(f->s, &first));
    fails(f->s, AR_CONSTRAINT, writer_insert(f->s, &second));
    assert_text(ar_session_error(f->s)->column, "email");
    assert_error_names(f->s, "writer.email: another row has \"ada@example.com\"");
    assert_error_names(f->s, "UNIQUE constraint failed");
    ok(f->s, writer_insert(f->s, &other));
    other.email = "ada@example.com";
    fails(f->s, AR_CONSTRAINT, writer_update(f->s, &other));
    assert_error_names(f->s, "another row has \"ada@example.com\"");
    second.id = first.id;
    second.email = "new@example.com";
    fails(f->s, AR_CONSTRAINT, writer_insert(f->s, &second));
    assert_error_names(f->s, "writer.id: another row has 1");
    ok(f->s, seat_insert(f->s, &seat));
    fails(f->s, AR_CONSTRAINT, seat_insert(f->s, &taken));
    assert_error_names(f->s, "seat.row: another row has (\"a\", 7)");
    assert_int_not_equal(ar_session_error(f->s)->code, 0);
    assert_non_null(ar_session_error(f->s)->sql);
    ok(f->s, stone_insert(f->s, &stone));
    fails(f->s, AR_CONSTRAINT, stone_insert(f->s, &as_heavy));
    assert_error_names(f->s, "stone.weight: another row has 1.5");
}

/* "UNIQUE constraint failed: attempts.code": the name of a column may be a word of the message. */
static void test_a_column_named_as_a_word_of_the_message(void **state)
{
    struct fixture *f = *state;
    struct attempt attempt = {.code = "a7"}, same = attempt;

    ok(f->s, attempt_insert(f->s, &attempt));
    fails(f->s, AR_CONSTRAINT, attempt_insert(f->s, &same));
    assert_text(ar_session_error(f->s)->column, "code");
    if (fixture_is_sqlite())
        assert_error_names(f->s, "attempt.code: another row has \"a7\" (");
}

/* SQLite names every relation whose rows may refer to the deleted one, PostgreSQL the first that it finds. */
static void assert_referring(struct fixture *f, const char *message)
{
    assert_error_names(f->s, message);
    assert_error_names(f->s, fixture_is_sqlite() ? "poem.writer_id" : ".writer_id");
    if (fixture_is_sqlite())
        assert_error_names(f->s, "novel.writer_id");
}

static void test_rows_that_reference_a_deleted_one(void **state)
{
    struct fixture *f = *state;
    struct writer writer = {.email = "ada@example.com"};
    struct novel novel = {0};
    struct poem poem = {0};

    ok(f->s, writer_insert(f->s, &writer));
    poem.writer_id = writer.id;
    ok(f->s, poem_insert(f->s, &poem));
    fails(f->s, AR_CONSTRAINT, writer_delete(f->s, &writer));
    assert_error_names(f->s, "rows refer to it by poem.writer (poem.writer_id)");
    novel.writer_id = writer.id;
    ok(f->s, novel_insert(f->s, &novel));
    fails(f->s, AR_CONSTRAINT, writer_delete(f->s, &writer));
    assert_referring(f, "rows refer to it by");
    fails(f->s, AR_CONSTRAINT, writer_delete_all(writer_query(f->s), NULL));
    assert_referring(f, "rows of table writers are referred to by");
    novel.writer_id = 99;
    fails(f->s, AR_CONSTRAINT, novel_update(f->s, &novel));
    assert_error_names(f->s, "novel.writer_id");
}

static void test_a_column_that_was_dropped(void **state)
{
    struct fixture *f = *state;
    struct writer writer = {.email = "ada@example.com"}, *found;

    ok(f->s, ar_execute(f->s, "ALTER TABLE poems RENAME COLUMN writer_id TO author_id"));
    fails(f->s, AR_DATABASE, poem_insert(f->s, &(struct poem){.writer_id = 1}));
    assert_error_names(f->s, "writer_id");
    assert_error_names(f->s, "ar_check_tables(s, &poem_model) reports how");
    fails(f->s, AR_DATABASE, ar_execute(f->s, "SELECT nothing FROM poems"));
    assert_null(strstr(ar_session_error(f->s)->message, "ar_check_tables"));
    ok(f->s, writer_insert(f->s, &writer));
    ok(f->s, writer_find(f->s, writer.id, &found));
}

static void test_a_file_that_cannot_be_opened(void **state)
{
    static const char *const urls[] = {"sqlite:no/such/folder/blog.db", "sqlite:.", "sqlite:file:nothing.db?mode=ro"};

    (void)state;
    for (size_t i = 0; i < sizeof urls / sizeof *urls; i++) {
        struct ar_db *db;
        assert_int_equal(ar_db_open(urls[i], NULL, &db), AR_UNAVAILABLE);
        assert_non_null(strstr(ar_db_error(db)->message, i == 0   ? "no/such/folder/blog.db"
                                                         : i == 1 ? "cannot open "
                                                                  : "nothing.db"));
        if (i == 0)
            assert_non_null(strstr(ar_db_error(db)->message, "No such file or directory"));
        ar_db_close(db);
    }
}

static void test_messages_of_a_server_end_without_a_line_break(void **state)
{
    struct ar_db *db;
    const char *message;

    (void)state;
    assert_int_equal(ar_db_open("postgresql://nobody@/nothing?host=/nonexistent", NULL, &db), AR_UNAVAILABLE);
    message = ar_db_error(db)->message;
    assert_int_not_equal(message[strlen(message) - 1], '\n');
    ar_db_close(db);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_a_duplicate_value, open_writers, fixture_close),
        cmocka_unit_test_setup_teardown(test_a_column_named_as_a_word_of_the_message, open_writers, fixture_close),
        cmocka_unit_test_setup_teardown(test_rows_that_reference_a_deleted_one, open_writers, fixture_close),
        cmocka_unit_test_setup_teardown(test_a_column_that_was_dropped, open_writers, fixture_close),
        cmocka_unit_test(test_a_file_that_cannot_be_opened),
        cmocka_unit_test(test_messages_of_a_server_end_without_a_line_break),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
