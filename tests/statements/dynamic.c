/* SQL that is only known at run time, S-342 to S-345: values, records, changes, and misuse. */
#include "forum.ar.h"
#include "support.h"

#include <stdio.h>
#include <string.h>

static int open_forum(void **state)
{
    return fixture_open(state, &user_model, &post_model, &comment_model);
}

static void given_users(struct fixture *f)
{
    add_row(f, &user_model, &(struct user){.username = "Ada", .standing = OWNER, .created_at = 100});
    add_row(f, &user_model, &(struct user){.username = "Bob", .standing = MEMBER, .created_at = 200});
    add_row(f, &post_model, &(struct post){.user_id = 1, .title = "one", .views = 10});
}

/* S-342: values are bound by their number, on both databases, whatever their order in the text. */
static void test_s342_values(void **state)
{
    struct fixture *f = *state;
    given_users(f);
    struct ar_list list;
    const struct ar_value values[] = {ar_value_text("Ada'; --"), ar_value_integer(1), ar_value_time(150)};

    ok(f->s, ar_sql_all(f->s, &user_model, "SELECT * FROM users WHERE created_at > $3 AND id > $2 AND username <> $1",
                        values, 3, &list));
    assert_int_equal(list.count, 1);
    assert_text(((const struct user *)list.items[0])->username, "Bob");
    ok(f->s, ar_sql_all(f->s, &commenter_row,
                        "SELECT $1 AS username, id AS user_id, 0 AS comments FROM users WHERE id = $2 OR id = $2 + 1"
                        " ORDER BY id DESC",
                        values, 2, &list));
    assert_int_equal(list.count, 2);
    assert_text(((const struct commenter *)list.items[0])->username, "Ada'; --");
    assert_int_equal(((const struct commenter *)list.items[0])->user_id, 2);
    assert_statements(f, 2);
}

/* S-342: more columns than a function of SQLite can take. */
static void test_s342_many_columns(void **state)
{
    struct fixture *f = *state;
    given_users(f);
    struct ar_list list;
    char sql[2048] = "SELECT users.*";
    size_t length = strlen(sql);

    for (int i = 0; i < 120; i++)
        length += (size_t)snprintf(sql + length, sizeof sql - length, ", %d AS c%d", i, i);
    snprintf(sql + length, sizeof sql - length, " FROM users WHERE username = 'Bob'");
    ok(f->s, ar_sql_all(f->s, &user_model, sql, NULL, 0, &list));
    assert_int_equal(list.count, 1);
    assert_text(((const struct user *)list.items[0])->username, "Bob");
    assert_int_equal(((const struct user *)list.items[0])->created_at, 200);
}

/* S-343: ar_execute_with returns the number of changed rows; records are refreshed. */
static void test_s343_execute(void **state)
{
    struct fixture *f = *state;
    given_users(f);
    struct user *user;
    int64_t changed;

    ok(f->s, user_find(f->s, 1, &user));
    ok(f->s, ar_execute_with(f->s, "UPDATE users SET username = $1 WHERE id = $2",
                             (const struct ar_value[]){ar_value_text("Eve"), ar_value_integer(1)}, 2, &changed));
    assert_int_equal(changed, 1);
    ok(f->s, user_find(f->s, 1, &user));
    assert_text(user->username, "Eve");
    ok(f->s, ar_execute_with(f->s, "UPDATE users SET username = NULL WHERE id = $1",
                             (const struct ar_value[]){ar_value_integer(99)}, 1, &changed));
    assert_int_equal(changed, 0);
    assert_statements(f, 4);
}

/* S-344: a wrong number of values, and SQL that ends transactions, are AR_MISUSE; SQL errors report the statement. */
static void test_s344_misuse(void **state)
{
    struct fixture *f = *state;
    given_users(f);
    struct ar_list list;
    const struct ar_value one = ar_value_integer(1), two[] = {one, one};

    fails(f->s, AR_MISUSE, ar_execute_with(f->s, "DELETE FROM users WHERE id = $1", two, 2, NULL));
    fails(
        f->s, AR_MISUSE,
        ar_sql_all(f->s, &user_model, "SELECT * FROM users WHERE id = $1 /* $2 */ OR username = '$2'", two, 2, &list));
    fails(f->s, AR_MISUSE,
          ar_sql_all(f->s, &user_model, "SELECT * FROM users WHERE id = $1 OR id = $2", &one, 1, &list));
    ok(f->s, ar_sql_all(f->s, &user_model, "SELECT * FROM users WHERE id = $1 OR id = $2", two, 2, &list));
    assert_int_equal(list.count, 1);
    fails(f->s, AR_MISUSE,
          ar_sql_all(f->s, &user_model, "SELECT * FROM users WHERE id = $1 OR id = $2", &one, 1, &list));
    fails(f->s, AR_MISUSE, ar_execute_with(f->s, "DELETE FROM users WHERE id = $1", NULL, 0, NULL));
    fails(f->s, AR_MISUSE, ar_execute_with(f->s, "BEGIN", NULL, 0, NULL));
    fails(f->s, AR_DATABASE, ar_sql_all(f->s, &user_model, "SELECT * FROM userz", NULL, 0, &list));
    assert_error_names(f->s, "userz");
    ok(f->s, ar_sql_all(f->s, &user_model, "SELECT * FROM users", NULL, 0, &list));
    assert_int_equal(list.count, 2);
    struct commenter row = {.user_id = 1};
    fails(f->s, AR_MISUSE, ar_record_update(f->s, &commenter_row, &row));
    assert_error_names(f->s, "rows of commenter have no key");
    fails(f->s, AR_MISUSE, ar_record_delete(f->s, &commenter_row, &row));
    fails(f->s, AR_MISUSE, ar_record_reload(f->s, &commenter_row, &row));
}

/* S-345: constraints are reported as for other writes. */
static void test_s345_constraint(void **state)
{
    struct fixture *f = *state;
    given_users(f);

    fails(f->s, AR_CONSTRAINT,
          ar_execute_with(f->s, "INSERT INTO posts (user_id, title, views) VALUES ($1, 'x', 0)",
                          (const struct ar_value[]){ar_value_integer(77)}, 1, NULL));
}

/* S-349: one statement takes values of different kinds from call to call, and NULL. */
static void test_s349_kinds(void **state)
{
    struct fixture *f = *state;
    given_users(f);
    static const char sql[] = "SELECT * FROM users WHERE id = $1";
    const struct ar_value values[] = {ar_value_null(),  ar_value_integer(2), ar_value_text("2"),
                                      ar_value_real(2), ar_value_null(),     ar_value_integer(2)};
    struct ar_list list;

    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        ok(f->s, ar_sql_all(f->s, &user_model, sql, &values[i], 1, &list));
        assert_int_equal(list.count, values[i].kind == AR_VALUE_NULL ? 0 : 1);
    }
    assert_statements(f, 6);
    ok(f->s, ar_execute_with(f->s, "UPDATE users SET username = $1", values, 1, NULL));
    ok(f->s, ar_execute_with(f->s, "UPDATE users SET username = $1", &values[2], 1, NULL));
    ok(f->s, ar_sql_all(f->s, &user_model, sql, &values[1], 1, &list));
    assert_text(((const struct user *)list.items[0])->username, "2");
}

/* S-349: dates and times of day, and those that do not exist. */
static void test_s349_calendar(void **state)
{
    struct fixture *f = *state;
    given_users(f);
    const struct ar_value values[] = {
        ar_value_date((struct ar_date){2024, 2, 29}),
        ar_value_time_of_day((struct ar_time_of_day){.hour = 7, .minute = 5, .second = 9})};
    const struct ar_value unknown[] = {ar_value_date((struct ar_date){2023, 2, 29}),
                                       ar_value_time_of_day((struct ar_time_of_day){.hour = 24})};
    static const char *const expected[] = {"2024-02-29", "07:05:09"};
    static const char sql[] = "UPDATE users SET username = $1 WHERE id = 2";
    struct user *user;

    for (size_t i = 0; i < 2; i++) {
        ok(f->s, ar_execute_with(f->s, sql, &values[i], 1, NULL));
        ok(f->s, user_find(f->s, 2, &user));
        assert_text(user->username, expected[i]);
    }
    for (size_t i = 0; i < 2; i++) {
        fails(f->s, AR_INVALID, ar_execute_with(f->s, sql, &unknown[i], 1, NULL));
        assert_error_names(f->s, "date or time out of range");
    }
    ok(f->s, user_reload(f->s, user));
    assert_text(user->username, expected[1]);
}

/* S-350: 16 bytes are a UUID if they are compared with one or stored in its column, otherwise a blob. */
static void test_s350_uuids(void **state)
{
    struct fixture *f = *state;
    given_users(f);
    static const uint8_t token[16] = {1, 2, 3, 0xff};
    const struct ar_value values[] = {ar_value_uuid(token), ar_value_integer(2)};
    struct ar_list list;
    int64_t changed;

    ok(f->s, ar_execute_with(f->s, "UPDATE users SET token = $1 WHERE id = $2", values, 2, &changed));
    assert_int_equal(changed, 1);
    ok(f->s, ar_sql_all(f->s, &user_model, "SELECT * FROM users WHERE token = $1", values, 1, &list));
    assert_int_equal(list.count, 1);
    assert_memory_equal(((const struct user *)list.items[0])->token, token, sizeof token);
    assert_statements(f, 2);
}

/* S-352: the rows of one text may be read into several structs, or only be counted. */
static void test_s352_same_text(void **state)
{
    struct fixture *f = *state;
    given_users(f);
    static const char sql[] = "SELECT title AS username, posts.*, views AS comments FROM posts";
    struct ar_list list;
    int64_t changed;

    for (int i = 0; i < 2; i++) {
        ok(f->s, ar_sql_all(f->s, &post_model, sql, NULL, 0, &list));
        assert_text(((const struct post *)list.items[0])->title, "one");
        ok(f->s, ar_execute_with(f->s, sql, NULL, 0, &changed));
        assert_int_equal(changed, 0);
        ok(f->s, ar_sql_all(f->s, &commenter_row, sql, NULL, 0, &list));
        assert_text(((const struct commenter *)list.items[0])->username, "one");
        assert_int_equal(((const struct commenter *)list.items[0])->comments, 10);
    }
    assert_statements(f, 6);
}

static void assert_titles(struct fixture *f, const char *sql, const char *first)
{
    struct ar_list list;

    ar_session_clear(f->s);
    ok(f->s, ar_sql_all(f->s, &post_model, sql, NULL, 0, &list));
    assert_int_equal(list.count, 1);
    assert_text(((const struct post *)list.items[0])->title, first);
}

/* The statement returns one post with this title; NULL: it has no column of it. */
static void assert_post(struct fixture *f, const char *sql, const char *title)
{
    struct ar_list list;

    if (title != NULL) {
        assert_titles(f, sql, title);
        return;
    }
    fails(f->s, AR_INVALID, ar_sql_all(f->s, &post_model, sql, NULL, 0, &list));
    assert_error_names(f->s, "returns no column title");
}

/* S-353: columns are found again after another program has changed the table, by a statement that has run before each
 * change, and by one that has only run before this one. */
static void test_s353_altered_table(void **state)
{
    static const char *const texts[] = {"SELECT * FROM posts", "SELECT * FROM posts ORDER BY id",
                                        "SELECT * FROM posts ORDER BY views"};
    static const struct {
        const char *sql, *title;
    } changes[] = {
        {"ALTER TABLE posts ADD COLUMN note text", "one"},
        {"ALTER TABLE posts DROP COLUMN title", NULL},
        {"ALTER TABLE posts ADD COLUMN title text DEFAULT 'new'", "new"},
        /* The number of columns stays the same. */
        {"ALTER TABLE posts RENAME COLUMN title TO heading", NULL},
        {"ALTER TABLE posts RENAME COLUMN heading TO title", "new"},
        {"ALTER TABLE posts RENAME COLUMN title TO heading; ALTER TABLE posts RENAME COLUMN note TO title;"
         "UPDATE posts SET title = 'note'",
         "note"},
    };
    struct fixture *f = *state;
    given_users(f);
    const char *title = "one";

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_titles(f, texts[i], title);
    for (size_t c = 0; c < sizeof changes / sizeof *changes; c++) {
        char fresh[64];
        snprintf(fresh, sizeof fresh, "SELECT * FROM posts WHERE id <> -%zu", c);
        assert_post(f, fresh, title);
        run_sql(f, changes[c].sql);
        title = changes[c].title;
        assert_post(f, fresh, title);
        for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
            assert_post(f, texts[i], title);
    }
}

/* S-354: no statement, or several, are an error, and nothing runs; those without columns return no rows. */
static void test_s354_not_one_statement(void **state)
{
    static const char *const texts[] = {"", " ; -- nothing", "DELETE FROM posts; DELETE FROM users"};
    struct fixture *f = *state;
    given_users(f);
    struct ar_list list;
    int64_t changed;

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        fails(f->s, AR_DATABASE, ar_sql_all(f->s, &user_model, texts[i], NULL, 0, &list));
        fails(f->s, AR_DATABASE, ar_execute_with(f->s, texts[i], NULL, 0, &changed));
    }
    ok(f->s, ar_sql_all(f->s, &user_model, "SELECT * FROM users; -- all", NULL, 0, &list));
    assert_int_equal(list.count, 2);
    ok(f->s, ar_sql_all(f->s, &user_model, "UPDATE users SET username = 'x'", NULL, 0, &list));
    assert_int_equal(list.count, 0);
    ok(f->s, ar_execute_with(f->s, "UPDATE users SET username = 'y'", NULL, 0, &changed));
    assert_int_equal(changed, 2);
    ok(f->s, ar_execute_with(f->s, "CREATE TABLE notes (id integer)", NULL, 0, &changed));
    assert_int_equal(changed, 0);
    ok(f->s, ar_execute_with(f->s, "DROP TABLE notes", NULL, 0, &changed));
    assert_int_equal(changed, 0);
}

/* S-873: the tables and functions of the library are of no use to SQL that has no set to give them. */
static void test_s873_internal_names(void **state)
{
    static const struct {
        const char *sql;
        bool is_allowed;
    } cases[] = {
        {"SELECT * FROM users WHERE id IN (SELECT k0 FROM temp.armature_keys(1))", true},
        {"SELECT * FROM users WHERE id IN (SELECT c0 FROM temp.armature_rows(NULL))", true},
        {"SELECT * FROM users WHERE id IN (SELECT rowid FROM temp.armature_keys('x'))", true},
        {"SELECT users.* FROM users JOIN temp.armature_keys AS k ON k.items = users.id", true},
        {"SELECT * FROM users WHERE armature_wanted(1, id)", true},
        {"SELECT * FROM users WHERE id IN (SELECT k0 FROM temp.armature_keys)", false},
        {"SELECT * FROM users WHERE id IN (SELECT k0 FROM temp.armature_keys WHERE items > 1)", false},
    };
    struct fixture *f = *state;
    if (!fixture_is_sqlite() || fixture_is_plain())
        skip();
    given_users(f);
    struct ar_list list;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        if (cases[i].is_allowed)
            ok(f->s, ar_sql_all(f->s, &user_model, cases[i].sql, NULL, 0, &list));
        else
            fails(f->s, AR_DATABASE, ar_sql_all(f->s, &user_model, cases[i].sql, NULL, 0, &list));
        assert_int_equal(list.count, 0);
    }
    fails(f->s, AR_DATABASE, ar_execute(f->s, "SELECT armature_take_all(id) FROM users"));
    assert_error_names(f->s, "only Armature's own statements can call this function");
    fails(f->s, AR_DATABASE,
          ar_sql_all(f->s, &user_model, "SELECT * FROM users WHERE armature_take_row(id) IS NULL", NULL, 0, &list));
    assert_error_names(f->s, "only Armature's own statements can call this function");
    fails(f->s, AR_DATABASE,
          ar_sql_all(f->s, &user_model, "SELECT * FROM users WHERE armature_take_row() IS NULL ORDER BY username", NULL,
                     0, &list));
    assert_error_names(f->s, "only Armature's own statements can call this function");
    fails(f->s, AR_DATABASE, ar_execute(f->s, "SELECT armature_take_row(id) FROM users"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_s342_values, open_forum, fixture_close),
        cmocka_unit_test_setup_teardown(test_s342_many_columns, open_forum, fixture_close),
        cmocka_unit_test_setup_teardown(test_s343_execute, open_forum, fixture_close),
        cmocka_unit_test_setup_teardown(test_s344_misuse, open_forum, fixture_close),
        cmocka_unit_test_setup_teardown(test_s345_constraint, open_forum, fixture_close),
        cmocka_unit_test_setup_teardown(test_s349_kinds, open_forum, fixture_close),
        cmocka_unit_test_setup_teardown(test_s349_calendar, open_forum, fixture_close),
        cmocka_unit_test_setup_teardown(test_s350_uuids, open_forum, fixture_close),
        cmocka_unit_test_setup_teardown(test_s352_same_text, open_forum, fixture_close),
        cmocka_unit_test_setup_teardown(test_s353_altered_table, open_forum, fixture_close),
        cmocka_unit_test_setup_teardown(test_s354_not_one_statement, open_forum, fixture_close),
        cmocka_unit_test_setup_teardown(test_s873_internal_names, open_forum, fixture_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
