/* A SQLite file made by an attacker was opened like any other: its triggers and views ran, its schema was trusted, and
 * its tables could hide the runtime's virtual tables. */
#include "support.h"
#include "untrusted_file.ar.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define FILE_NAME "untrusted.db"

static void remove_file(void)
{
    (void)unlink(FILE_NAME);
    (void)unlink(FILE_NAME "-wal");
    (void)unlink(FILE_NAME "-shm");
}

/* Create the attacker's file: a trigger, a view in place of a table, and tables with the names of the runtime's. */
static int make_file(void **state)
{
    struct ar_db *db;
    struct ar_session *s;

    (void)state;
    remove_file();
    assert_int_equal(ar_db_open("sqlite:" FILE_NAME, NULL, &db), AR_OK);
    assert_int_equal(ar_session_open(db, NULL, &s), AR_OK);
    ok(s, ar_execute(s, "CREATE TABLE letters (id INTEGER PRIMARY KEY, text TEXT);"
                        "CREATE TABLE armature_keys (k0); CREATE TABLE armature_rows (c0);"
                        "CREATE TRIGGER spread AFTER INSERT ON letters BEGIN"
                        " UPDATE letters SET text = 'changed'; END;"
                        "CREATE VIEW senders AS SELECT 1 AS id, 'sender' AS name"));
    ar_session_close(s);
    ar_db_close(db);
    return 0;
}

static int open_file(void **state)
{
    const struct ar_db_options options = {.untrusted = true};

    make_file(state);
    return fixture_open_with(state, "sqlite:" FILE_NAME, &options, NULL, 0);
}

static int close_file(void **state)
{
    int result = fixture_close(state);

    remove_file();
    return result;
}

static void test_triggers_and_views_do_not_run(void **state)
{
    static const int64_t ids[] = {1};
    struct fixture *f = *state;
    struct letter letter = {.text = "hello"}, many[20], *found;
    struct letter_query *q = letter_query(f->s);
    struct sender_list senders;
    struct letter_list letters;

    ok(f->s, letter_insert(f->s, &letter));
    ok(f->other, letter_find(f->other, letter.id, &found));
    assert_text(found->text, "hello");
    fails(f->s, AR_DATABASE, sender_all(sender_query(f->s), &senders));
    assert_error_names(f->s, "access to view \"senders\" prohibited");
    letter_where(q, ar_in(letter_column.id, ids, 1));
    ok(f->s, letter_all(q, &letters));
    assert_int_equal(letters.count, 1);
    for (size_t i = 0; i < 20; i++)
        many[i] = (struct letter){.text = "many"};
    ok(f->s, letter_insert_many(f->s, many, 20));
}

static void test_sql_cannot_leave_the_file(void **state)
{
    struct fixture *f = *state;

    fails(f->s, AR_DATABASE, ar_execute(f->s, "ATTACH ':memory:' AS other"));
    fails(f->s, AR_DATABASE, ar_execute(f->s, "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = ''"));
    fails(f->s, AR_DATABASE, ar_execute(f->s, "SELECT load_extension('libm.so')"));
    fails(f->s, AR_DATABASE, ar_execute(f->s, "CREATE TABLE large AS SELECT zeroblob(67108865)"));
    ok(f->s, ar_execute(f->s, "CREATE TABLE small AS SELECT zeroblob(1000)"));
}

/* This holds for every file, trusted or not. */
static void test_no_sql_loads_an_extension(void **state)
{
    struct ar_db *db;
    struct ar_session *s;

    (void)state;
    assert_int_equal(ar_db_open("sqlite::memory:", NULL, &db), AR_OK);
    assert_int_equal(ar_session_open(db, NULL, &s), AR_OK);
    fails(s, AR_DATABASE, ar_execute(s, "SELECT load_extension('libm.so')"));
    ok(s, ar_execute(s, "CREATE VIEW keys AS SELECT k0 FROM armature_keys(1)"));
    fails(s, AR_DATABASE, ar_execute(s, "SELECT * FROM keys"));
    assert_error_names(s, "unsafe use of virtual table");
    ar_session_close(s);
    ar_db_close(db);
}

/* User SQL can name the functions and tables that the runtime's statements use, but each fails or returns no rows. */
static void test_user_sql_cannot_use_the_runtimes_functions(void **state)
{
    static const char *const refused[] = {
        "SELECT armature_take_row(1)",
        "SELECT armature_take_all(1)",
        "SELECT * FROM temp.armature_keys",
        "SELECT * FROM temp.armature_keys WHERE k0 = 1",
        "SELECT * FROM temp.armature_keys AS a CROSS JOIN temp.armature_keys(1) AS b ON a.keys = b.k0",
        "SELECT * FROM temp.armature_rows",
    };
    static const char *const empty[] = {
        "CREATE TABLE no_keys AS SELECT * FROM temp.armature_keys(1)",
        "INSERT INTO no_keys SELECT * FROM temp.armature_keys('letters')",
        "CREATE TABLE no_rows AS SELECT * FROM temp.armature_rows(NULL)",
        "CREATE TABLE empty (id INTEGER CHECK (id = 0))",
        "INSERT INTO empty SELECT count(*) FROM no_keys UNION ALL SELECT count(*) FROM no_rows",
    };
    struct ar_db *db;
    struct ar_session *s;

    (void)state;
    assert_int_equal(ar_db_open("sqlite::memory:", NULL, &db), AR_OK);
    assert_int_equal(ar_session_open(db, NULL, &s), AR_OK);
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
        if (ar_execute(s, refused[i]) != AR_DATABASE)
            fail_msg("not refused: %s", refused[i]);
    for (size_t i = 0; i < sizeof empty / sizeof *empty; i++)
        ok(s, ar_execute(s, empty[i]));
    ar_session_close(s);
    ar_db_close(db);
}

/* A page whose contents contradict its header causes an error, neither a crash nor invented rows. */
static void test_a_damaged_page_is_an_error(void **state)
{
    const struct ar_db_options options = {.untrusted = true};
    unsigned char garbage[64];
    struct ar_db *db;
    struct ar_session *s;
    FILE *file;

    make_file(state);
    assert_int_equal(ar_db_open("sqlite:" FILE_NAME, NULL, &db), AR_OK);
    assert_int_equal(ar_session_open(db, NULL, &s), AR_OK);
    ok(s, ar_execute(s, "DROP TRIGGER spread; WITH RECURSIVE n (id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n WHERE"
                        " id < 1000) INSERT INTO letters SELECT id, 'a letter of some length' FROM n;"
                        "PRAGMA wal_checkpoint(TRUNCATE)"));
    ar_session_close(s);
    ar_db_close(db);
    memset(garbage, 0xff, sizeof garbage);
    file = fopen(FILE_NAME, "r+");
    assert_non_null(file);
    for (long page = 1; fseek(file, page * 4096 + 8, SEEK_SET) == 0 && page < 8; page++)
        assert_int_equal(fwrite(garbage, sizeof garbage, 1, file), 1);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(ar_db_open("sqlite:" FILE_NAME, &options, &db), AR_OK);
    assert_int_equal(ar_session_open(db, NULL, &s), AR_OK);
    struct letter_list letters;
    fails(s, AR_DATABASE, letter_all(letter_query(s), &letters));
    assert_error_names(s, "malformed");
    assert_int_equal(letters.count, 0);
    ar_session_close(s);
    ar_db_close(db);
    remove_file();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_triggers_and_views_do_not_run, open_file, close_file),
        cmocka_unit_test_setup_teardown(test_sql_cannot_leave_the_file, open_file, close_file),
        cmocka_unit_test(test_no_sql_loads_an_extension),
        cmocka_unit_test(test_user_sql_cannot_use_the_runtimes_functions),
        cmocka_unit_test(test_a_damaged_page_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
