/* SQLite databases that are locked, full, read-only, corrupt or missing. Each is reported by an ordinary status with a
 * message, the structs in memory are unchanged, and once the cause is removed the same call succeeds in the same
 * session. */
#include "support.h"

#include "blog.ar.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Open a database file that another connection can lock, with ann and her two posts. */
static int open_file(void **state)
{
    if (fixture_open_file(state, &user_model, &post_model, &mark_model, &article_model) != 0)
        return -1;
    struct fixture *f = *state;
    struct user ann = {.name = "ann"};
    add_row(f, &user_model, &ann);
    add_row(f, &post_model, &(struct post){.user_id = ann.id, .title = "first"});
    add_row(f, &post_model, &(struct post){.user_id = ann.id, .title = "second"});
    ar_session_clear(f->other);
    return 0;
}

/* Close the fixture's own sessions, and switch the file from WAL to a rollback journal, so that a writer also locks out
 * readers. */
static void leave_file(struct fixture *f)
{
    run_sql(f, "PRAGMA journal_mode = DELETE");
    ar_session_close(f->s);
    ar_session_close(f->other);
    ar_db_close(f->db);
    f->s = f->other = NULL;
    f->db = NULL;
}

/* Open the fixture's file without changing it, and without waiting for locks. */
static struct ar_session *open_impatient(struct fixture *f, struct ar_db **db)
{
    struct ar_session *s;
    char url[256];
    snprintf(url, sizeof url, "sqlite:%s", f->file);
    const struct ar_db_options options = {.busy_timeout_ms = 1, .no_wal = true};
    assert_int_equal(ar_db_open(url, &options, db), AR_OK);
    assert_int_equal(ar_session_open(*db, NULL, &s), AR_OK);
    return s;
}

static void close_impatient(struct ar_session *s, struct ar_db *db)
{
    ar_session_close(s);
    ar_db_close(db);
}

/* Open the fixture's file without Armature. */
static sqlite3 *open_plain(struct fixture *f)
{
    sqlite3 *plain;
    assert_int_equal(sqlite3_open(f->file, &plain), SQLITE_OK);
    return plain;
}

static void run_plain(sqlite3 *plain, const char *sql)
{
    char *message = NULL;
    if (sqlite3_exec(plain, sql, NULL, NULL, &message) != SQLITE_OK)
        fail_msg("%s: %s", sql, message);
}

/* ---- Opening ----------------------------------------------------------------------------------------------------- */

/* Opening fails with a message that contains this word, and the result can be closed. */
static void assert_unopened(const char *url, enum ar_status expected, const char *word)
{
    struct ar_db *db;
    assert_int_equal(ar_db_open(url, NULL, &db), expected);
    assert_int_equal(ar_db_error(db)->status, expected);
    if (strstr(ar_db_error(db)->message, word) == NULL)
        fail_msg("%s: the message does not contain \"%s\": %s", url, word, ar_db_error(db)->message);
    ar_db_close(db);
}

static void test_invalid_urls(void **state)
{
    (void)state;
    assert_unopened("", AR_MISUSE, "sqlite:");
    assert_unopened("sqlite", AR_MISUSE, "sqlite:");
    assert_unopened("sqlite:", AR_MISUSE, "sqlite:");
    assert_unopened("mysql://ann:secret@localhost/blog", AR_MISUSE, "\"mysql…\"");
    assert_unopened("blog.db", AR_MISUSE, "blog.db");
    assert_unopened("SQLITE:blog.db", AR_MISUSE, "\"SQLITE…\"");
}

static void test_files_that_cannot_be_opened(void **state)
{
    (void)state;
    assert_unopened("sqlite:no-such-folder/blog.db", AR_UNAVAILABLE, "no-such-folder/blog.db");
    assert_unopened("sqlite:/", AR_UNAVAILABLE, "/");
}

static void test_a_file_that_is_not_a_database(void **state)
{
    (void)state;
    FILE *file = fopen("no-database.db", "wb");
    assert_non_null(file);
    for (int i = 0; i < 1000; i++)
        fputs("this is not a database\n", file);
    fclose(file);
    assert_unopened("sqlite:no-database.db", AR_UNAVAILABLE, "not a database");

    /* If the file is opened without changing it, it is not read: the first statement reports the error. */
    struct ar_db *db;
    struct ar_session *s;
    struct user *user;
    assert_int_equal(ar_db_open("sqlite:no-database.db", &(struct ar_db_options){.no_wal = true}, &db), AR_OK);
    assert_int_equal(ar_session_open(db, NULL, &s), AR_OK);
    fails(s, AR_UNAVAILABLE, user_find(s, 1, &user));
    assert_null(user);
    fails(s, AR_UNAVAILABLE, ar_begin(s));
    fails(s, AR_MISUSE, ar_rollback(s));
    ar_session_close(s);
    ar_db_close(db);
    remove("no-database.db");
}

/* A read-only database is never created. */
static void test_a_missing_file(void **state)
{
    (void)state;
    struct ar_db *db;
    remove("missing.db");
    assert_int_equal(ar_db_open("sqlite:missing.db", &(struct ar_db_options){.read_only = true}, &db), AR_UNAVAILABLE);
    assert_non_null(strstr(ar_db_error(db)->message, "missing.db"));
    ar_db_close(db);
    assert_int_equal(access("missing.db", F_OK), -1);
}

/* Almost any file name is allowed. Anything but a plain path is either refused or a SQLite URI
 * (regressions/odd_urls.c). */
static void test_odd_file_names(void **state)
{
    static const char *const names[] = {"./file:odd.db", "odd#%41.db", "odd\xc3\xa4.db"};
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        char url[128];
        struct ar_db *db;
        remove(names[i]);
        snprintf(url, sizeof url, "sqlite:%s", names[i]);
        assert_int_equal(ar_db_open(url, &(struct ar_db_options){.no_wal = true}, &db), AR_OK);
        struct ar_session *s;
        assert_int_equal(ar_session_open(db, NULL, &s), AR_OK);
        ok(s, ar_create_tables(s, &user_model));
        ar_session_close(s);
        ar_db_close(db);
        assert_int_equal(access(names[i], F_OK), 0);
        remove(names[i]);
    }
}

/* ---- Locked ------------------------------------------------------------------------------------------------------ */

/* Make every kind of call; all of them need the database. */
static void assert_all_busy(struct ar_session *s, struct user *ann, struct post *post)
{
    struct user *found;
    struct user_list users;
    struct post_list posts;
    struct ar_value value;
    int64_t count;
    bool exists;
    struct user added = {.name = "added"};

    fails(s, AR_BUSY, user_find(s, ann->id, &found));
    assert_null(found);
    fails(s, AR_BUSY, user_all(user_query(s), &users));
    assert_int_equal(users.count, 0);
    fails(s, AR_BUSY, user_first(user_query(s), &found));
    fails(s, AR_BUSY, user_one(user_query(s), &found));
    assert_null(found);
    fails(s, AR_BUSY, user_count(user_query(s), &count));
    assert_int_equal(count, 0);
    fails(s, AR_BUSY, user_exists(user_query(s), &exists));
    assert_false(exists);
    fails(s, AR_BUSY, user_max(user_query(s), user_column.name, &value));
    struct user_query *eager = user_query(s);
    user_with_posts(eager);
    fails(s, AR_BUSY, user_all(eager, &users));
    assert_int_equal(users.count, 0);
    fails(s, AR_BUSY, user_posts(s, ann, &posts));
    assert_int_equal(posts.count, 0);
    fails(s, AR_BUSY, post_load_marks(s, &post, 1));
    fails(s, AR_BUSY, user_save(s, &added));
    assert_int_equal(added.id, 0);
    fails(s, AR_BUSY, user_update(s, ann));
    fails(s, AR_BUSY, post_delete(s, post));
    fails(s, AR_BUSY, user_reload(s, ann));
    fails(s, AR_BUSY, user_delete_all(user_query(s), &count));
    fails(s, AR_BUSY, user_update_all(user_query(s), ar_set(user_column.name, "all"), &count));
    fails(s, AR_BUSY, ar_begin(s));
    fails(s, AR_BUSY, ar_create_tables(s, &user_model));
    fails(s, AR_BUSY, ar_execute(s, "DELETE FROM marks"));
}

static void test_locked_by_another_connection(void **state)
{
    struct fixture *f = *state;
    leave_file(f);
    struct ar_db *db;
    struct ar_session *s = open_impatient(f, &db);
    sqlite3 *plain = open_plain(f);
    struct user *ann;
    struct post *post;
    struct post_list posts;
    ok(s, user_first(user_query(s), &ann));
    ok(s, post_first(post_query(s), &post));
    ann->name = "changed";

    run_plain(plain, "BEGIN EXCLUSIVE");
    assert_all_busy(s, ann, post);
    assert_string_equal(ann->name, "changed");
    run_plain(plain, "ROLLBACK");

    ok(s, user_posts(s, ann, &posts));
    assert_int_equal(posts.count, 2);
    ok(s, user_save(s, ann));
    ok(s, user_reload(s, ann));
    assert_string_equal(ann->name, "changed");
    sqlite3_close(plain);
    close_impatient(s, db);
}

/* While another connection reads, COMMIT returns AR_BUSY and can be repeated. */
static void test_busy_commit(void **state)
{
    struct fixture *f = *state;
    leave_file(f);
    struct ar_db *db;
    struct ar_session *s = open_impatient(f, &db);
    sqlite3 *plain = open_plain(f);
    struct user bob = {.name = "bob"};
    struct user *found;

    run_plain(plain, "BEGIN; SELECT * FROM users");
    ok(s, ar_begin(s));
    ok(s, user_save(s, &bob));
    fails(s, AR_BUSY, ar_commit(s));
    ok(s, user_find(s, bob.id, &found));
    run_plain(plain, "COMMIT");
    ok(s, ar_commit(s));
    ok(s, user_find(s, bob.id, &found));

    run_plain(plain, "BEGIN; SELECT * FROM users");
    ok(s, ar_begin(s));
    ok(s, user_delete(s, &bob));
    fails(s, AR_BUSY, ar_commit(s));
    ok(s, ar_rollback(s));
    ok(s, user_find(s, bob.id, &found));
    sqlite3_close(plain);
    close_impatient(s, db);
}

/* All connections of the pool are in use. */
static void test_exhausted_pool(void **state)
{
    (void)state;
    const struct ar_db_options options = {.pool_size = 2, .pool_wait_ms = 1};
    struct ar_db *db;
    struct ar_session *s[3];
    assert_int_equal(ar_db_open("sqlite::memory:", &options, &db), AR_OK);
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(ar_session_open(db, NULL, &s[i]), AR_OK);
    ok(s[0], ar_create_tables(s[0], &user_model));
    int64_t count;
    ok(s[1], user_count(user_query(s[1]), &count));
    fails(s[2], AR_BUSY, user_count(user_query(s[2]), &count));
    assert_error_names(s[2], "pool_size");
    ar_session_clear(s[0]);
    ok(s[2], user_count(user_query(s[2]), &count));
    for (size_t i = 0; i < 3; i++)
        ar_session_close(s[i]);
    ar_db_close(db);
}

/* ---- Full -------------------------------------------------------------------------------------------------------- */

/* Do not let the database grow by another page. */
static void fill_disk(struct fixture *f)
{
    ok(f->s, ar_execute(f->s, "PRAGMA max_page_count = 1"));
}

static void test_full_disk(void **state)
{
    struct fixture *f = *state;
    struct user *ann;
    ok(f->s, user_first(user_query(f->s), &ann));
    fill_disk(f);

    char *note = malloc(100001);
    assert_non_null(note);
    memset(note, 'x', 100000);
    note[100000] = '\0';
    struct user bob = {.name = "bob", .note = note};
    fails(f->s, AR_DATABASE, user_save(f->s, &bob));
    assert_int_equal(ar_session_error(f->s)->code & 0xff, SQLITE_FULL);
    assert_int_equal(bob.id, 0);
    assert_null(bob.status);
    ann->note = note;
    fails(f->s, AR_DATABASE, user_save(f->s, ann));
    assert_ptr_equal(ann->note, note);

    ok(f->s, ar_execute(f->s, "PRAGMA max_page_count = 1000000"));
    ok(f->s, user_save(f->s, &bob));
    ok(f->s, user_save(f->s, ann));
    assert_ptr_not_equal(ann->note, note);
    free(note);
    ok(f->s, user_reload(f->s, ann));
    assert_int_equal(strlen(ann->note), 100000);
}

/* Regardless of whether SQLite keeps the transaction open, ar_rollback restores the previous state. */
static void test_full_disk_in_a_transaction(void **state)
{
    struct fixture *f = *state;
    struct user *ann;
    ok(f->s, user_first(user_query(f->s), &ann));
    fill_disk(f);

    ok(f->s, ar_begin(f->s));
    ann->name = "anna";
    ok(f->s, user_save(f->s, ann));
    enum ar_status status = AR_OK;
    for (int i = 0; i < 10000 && status == AR_OK; i++) {
        char name[80];
        struct user user = {.name = name};
        (void)snprintf(name, sizeof name, "number %d of many, so that the disk fills up sooner or later", i);
        status = user_save(f->s, &user);
    }
    assert_int_equal(status, AR_DATABASE);
    ok(f->s, ar_rollback(f->s));
    assert_string_equal(ann->name, "ann");
    int64_t count;
    ok(f->s, user_count(user_query(f->s), &count));
    assert_int_equal(count, 1);
    ok(f->s, ar_begin(f->s));
    ok(f->s, ar_commit(f->s));
}

/* ---- Read-only --------------------------------------------------------------------------------------------------- */

static void test_read_only_connection(void **state)
{
    struct fixture *f = *state;
    struct user *ann;
    struct post_list posts;
    struct user bob = {.name = "bob"};
    ok(f->s, ar_execute(f->s, "PRAGMA query_only = 1"));
    ok(f->s, user_first(user_query(f->s), &ann));
    ok(f->s, user_posts(f->s, ann, &posts));
    ann->name = "anna";
    fails(f->s, AR_DATABASE, user_save(f->s, ann));
    fails(f->s, AR_DATABASE, user_save(f->s, &bob));
    fails(f->s, AR_DATABASE, post_delete(f->s, posts.items[0]));
    assert_int_equal(bob.id, 0);
    ok(f->s, ar_execute(f->s, "PRAGMA query_only = 0"));
    ok(f->s, user_save(f->s, ann));
    ok(f->s, user_save(f->s, &bob));
}

/* A file without write permission. Root can write to any file, so the test is skipped. */
static void test_read_only_file(void **state)
{
    struct fixture *f = *state;
    if (geteuid() == 0)
        skip();
    leave_file(f);
    assert_int_equal(chmod(f->file, 0444), 0);
    struct ar_db *db;
    struct ar_session *s = open_impatient(f, &db);
    struct user *ann;
    ok(s, user_first(user_query(s), &ann));
    ann->name = "anna";
    fails(s, AR_DATABASE, user_save(s, ann));
    close_impatient(s, db);
}

/* ---- Corrupt ----------------------------------------------------------------------------------------------------- */

/* Overwrite all pages but the first: their contents are lost. */
static void test_corrupt_file(void **state)
{
    struct fixture *f = *state;
    leave_file(f);
    FILE *file = fopen(f->file, "r+b");
    assert_non_null(file);
    assert_int_equal(fseek(file, 4096, SEEK_SET), 0);
    for (int i = 0; i < 20 * 4096; i++)
        fputc(0xA5, file);
    fclose(file);

    struct ar_db *db;
    struct ar_session *s = open_impatient(f, &db);
    struct user *user = NULL;
    struct user_list users;
    struct user bob = {.name = "bob"};
    fails(s, AR_DATABASE, user_find(s, 1, &user));
    assert_null(user);
    fails(s, AR_DATABASE, user_all(user_query(s), &users));
    assert_int_equal(users.count, 0);
    assert_int_equal(ar_session_error(s)->code & 0xff, SQLITE_CORRUPT);
    assert_non_null(ar_session_error(s)->sql);
    assert_int_not_equal(user_save(s, &bob), AR_OK);
    ok(s, ar_execute(s, "SELECT 1"));
    close_impatient(s, db);
}

/* Another program removes a table and later restores it. */
static void test_missing_table(void **state)
{
    struct fixture *f = *state;
    struct user *ann;
    struct post_list posts;
    ok(f->s, user_first(user_query(f->s), &ann));
    run_sql(f, "ALTER TABLE posts RENAME TO away");
    fails(f->s, AR_DATABASE, user_posts(f->s, ann, &posts));
    assert_error_names(f->s, "posts");
    assert_text(ar_session_error(f->s)->model, "post");
    assert_int_equal(posts.count, 0);
    struct user_query *q = user_query(f->s);
    struct user_list users;
    user_with_posts(q);
    fails(f->s, AR_DATABASE, user_all(q, &users));
    assert_int_equal(users.count, 0);

    run_sql(f, "ALTER TABLE away RENAME TO posts");
    ok(f->s, user_posts(f->s, ann, &posts));
    assert_int_equal(posts.count, 2);
    ok(f->s, user_all(q, &users));
    assert_int_equal(users.count, 1);
}

/* Columns are read by name, so one that the struct does not have is ignored, at any position. */
static void test_altered_table(void **state)
{
    struct fixture *f = *state;
    struct user *ann;
    ok(f->s, user_first(user_query(f->s), &ann));
    run_sql(f, "ALTER TABLE users ADD COLUMN more TEXT DEFAULT 'x'");
    ok(f->s, user_reload(f->s, ann));
    assert_string_equal(ann->name, "ann");
    run_sql(f, "ALTER TABLE users RENAME COLUMN note TO remark");
    fails(f->s, AR_DATABASE, user_reload(f->s, ann));
    assert_error_names(f->s, "note");
    assert_string_equal(ann->name, "ann");
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, open_file, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_invalid_urls),
        cmocka_unit_test(test_files_that_cannot_be_opened),
        cmocka_unit_test(test_a_file_that_is_not_a_database),
        cmocka_unit_test(test_a_missing_file),
        cmocka_unit_test(test_odd_file_names),
        cmocka_unit_test(test_exhausted_pool),
        TEST(test_locked_by_another_connection),
        TEST(test_busy_commit),
        TEST(test_full_disk),
        TEST(test_full_disk_in_a_transaction),
        TEST(test_read_only_connection),
        TEST(test_read_only_file),
        TEST(test_corrupt_file),
        TEST(test_missing_table),
        TEST(test_altered_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
