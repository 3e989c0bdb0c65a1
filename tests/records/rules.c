/* Validation, S-115 and S-116: rules that the runtime checks before it writes, and constraints that the database
 * enforces. The errors of both name the model and the field. */
#include "account.ar.h"
#include "support.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

static int open_accounts(void **state)
{
    return fixture_open(state, &plan_model, &account_model);
}

static struct account valid_account(void)
{
    return (struct account){.name = "ann", .email = "ann@example.com", .age = 30, .score = 0.5};
}

/* Saving the account violates a rule of this field; no statement is sent. */
static void assert_invalid(struct fixture *f, struct account account, const char *field, const char *rule)
{
    fails(f->s, AR_INVALID, account_save(f->s, &account));
    assert_text(ar_session_error(f->s)->model, "account");
    assert_text(ar_session_error(f->s)->column, field);
    assert_error_names(f->s, field);
    assert_error_names(f->s, rule);
    assert_statements(f, 0);
    assert_int_equal(account.id, 0);
    assert_int_equal(account.created_at, 0);
}

static void assert_valid(struct fixture *f, struct account account)
{
    ok(f->s, account_save(f->s, &account));
    ok(f->s, account_delete(f->s, &account));
    reset_statements(f);
}

/* ---- S-115 ------------------------------------------------------------------------------------------------------- */

static void test_s115_email(void **state)
{
    struct fixture *f = *state;
    static const char *const wrong[] = {"",
                                        "ann",
                                        "@example.com",
                                        "ann@",
                                        "ann@example",
                                        "a@b@c.de",
                                        "a b@c.de",
                                        "ann@exa mple.com",
                                        "ann@.com",
                                        "ann@example.",
                                        "ann@ex..com",
                                        " ann@example.com",
                                        "ann@example.com\n",
                                        "a\x7f@b.de"};
    static const char *const right[] = {"a@b.c", "first.last+tag@sub.example.co.uk", "\xc3\xa4@\xc3\xb6.de", NULL};

    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        struct account account = valid_account();
        account.email = wrong[i];
        assert_invalid(f, account, "email", "e-mail");
    }
    for (size_t i = 0; i < sizeof right / sizeof right[0]; i++) {
        struct account account = valid_account();
        account.email = right[i];
        assert_valid(f, account);
    }
}

#define FIVE_UMLAUTS "\xc3\xa4\xc3\xb6\xc3\xbc\xc3\x84\xc3\x96"
#define EMOJI "\xf0\x9f\x98\x80"

/* Two to ten characters, regardless of their size in bytes. */
static void test_s115_length_in_characters(void **state)
{
    struct fixture *f = *state;
    static const char ten[] = FIVE_UMLAUTS FIVE_UMLAUTS, eleven[] = FIVE_UMLAUTS FIVE_UMLAUTS EMOJI;
    const char *const too_short[] = {"", "a", "\xc3\xa4", EMOJI};
    const char *const too_long[] = {"12345678901", eleven};
    const char *const right[] = {"ab", "1234567890", EMOJI EMOJI, ten};

    for (size_t i = 0; i < sizeof too_short / sizeof too_short[0]; i++) {
        struct account account = valid_account();
        account.name = too_short[i];
        assert_invalid(f, account, "name", "2");
    }
    for (size_t i = 0; i < sizeof too_long / sizeof too_long[0]; i++) {
        struct account account = valid_account();
        account.name = too_long[i];
        assert_invalid(f, account, "name", "10");
    }
    for (size_t i = 0; i < sizeof right / sizeof right[0]; i++) {
        struct account account = valid_account();
        account.name = right[i];
        assert_valid(f, account);
    }
}

static void test_s115_range(void **state)
{
    struct fixture *f = *state;
    static const int32_t wrong_ages[] = {-1, 151, INT32_MIN, INT32_MAX}, right_ages[] = {0, 150};
    static const double wrong_scores[] = {-1.5001, 1.5001, 1e300}, right_scores[] = {-1.5, 0, 1.5};

    for (size_t i = 0; i < sizeof wrong_ages / sizeof wrong_ages[0]; i++) {
        struct account account = valid_account();
        account.age = wrong_ages[i];
        assert_invalid(f, account, "age", "150");
    }
    for (size_t i = 0; i < sizeof wrong_scores / sizeof wrong_scores[0]; i++) {
        struct account account = valid_account();
        account.score = wrong_scores[i];
        assert_invalid(f, account, "score", "1.5");
    }
    for (size_t i = 0; i < sizeof right_ages / sizeof right_ages[0]; i++) {
        struct account account = valid_account();
        account.age = right_ages[i];
        assert_valid(f, account);
    }
    for (size_t i = 0; i < sizeof right_scores / sizeof right_scores[0]; i++) {
        struct account account = valid_account();
        account.score = right_scores[i];
        assert_valid(f, account);
    }
}

static void test_s115_not_a_number(void **state)
{
    struct fixture *f = *state;
    struct account account = valid_account();
    account.score = (double)__builtin_nanf("");
    assert_invalid(f, account, "score", "1.5");
}

static void test_s115_not_null(void **state)
{
    struct fixture *f = *state;
    struct plan plan = {.price = 5};
    fails(f->s, AR_INVALID, plan_save(f->s, &plan));
    assert_text(ar_session_error(f->s)->column, "name");
    assert_error_names(f->s, "plan.name");
    assert_error_names(f->s, "AR_NOT_NULL");
    assert_statements(f, 0);
    assert_int_equal(plan.id, 0);
}

/* An update is checked like an insert. The record keeps the invalid value, so that the caller can fix it. */
static void test_s115_update(void **state)
{
    struct fixture *f = *state;
    struct account account = valid_account();
    add_row(f, &account_model, &account);
    struct account *loaded;
    ok(f->s, account_find(f->s, account.id, &loaded));
    reset_statements(f);

    loaded->age = 200;
    loaded->name = "changed";
    fails(f->s, AR_INVALID, account_save(f->s, loaded));
    assert_text(ar_session_error(f->s)->column, "age");
    assert_statements(f, 0);
    assert_int_equal(loaded->age, 200);
    loaded->age = 20;
    ok(f->s, account_save(f->s, loaded));
    assert_statements(f, 1);
    ok(f->s, account_reload(f->s, loaded));
    assert_text(loaded->name, "changed");
    assert_int_equal(loaded->age, 20);
}

static void test_s115_update_all(void **state)
{
    struct fixture *f = *state;
    struct account account = valid_account();
    add_row(f, &account_model, &account);

    int64_t changed;
    fails(f->s, AR_INVALID, account_update_all(account_query(f->s), ar_set(account_column.age, 200), &changed));
    assert_text(ar_session_error(f->s)->column, "age");
    fails(f->s, AR_INVALID, account_update_all(account_query(f->s), ar_set(account_column.email, "x"), &changed));
    assert_text(ar_session_error(f->s)->column, "email");
    assert_int_equal(changed, 0);
    assert_statements(f, 0);
    ok(f->s, account_update_all(account_query(f->s), ar_set(account_column.age, 20), &changed));
    assert_int_equal(changed, 1);
}

/* ---- S-116 ------------------------------------------------------------------------------------------------------- */

/* The error message contains this word, in any case. */
static void assert_error_has_word(struct fixture *f, const char *word)
{
    const char *message = ar_session_error(f->s)->message;
    while (*message != '\0' && strncasecmp(message, word, strlen(word)) != 0)
        message++;
    if (*message == '\0')
        fail_msg("the message does not contain \"%s\": %s", word, ar_session_error(f->s)->message);
}

/* The database refused the write; the message names the model and the column. */
static void assert_constraint(struct fixture *f, const char *model, const char *field, const char *word)
{
    assert_text(ar_session_error(f->s)->model, model);
    assert_text(ar_session_error(f->s)->column, field);
    assert_error_names(f->s, model);
    assert_error_names(f->s, field);
    assert_error_has_word(f, word);
    assert_non_null(ar_session_error(f->s)->sql);
}

static void test_s116_unique(void **state)
{
    struct fixture *f = *state;
    struct account first = valid_account(), second = valid_account();
    add_row(f, &account_model, &first);
    fails(f->s, AR_CONSTRAINT, account_save(f->s, &second));
    assert_constraint(f, "account", "email", "UNIQUE");
    assert_int_equal(second.id, 0);

    first.email = second.email = "name@example.com"; /* a value that contains a column name */
    ok(f->other, account_save(f->other, &first));
    fails(f->s, AR_CONSTRAINT, account_save(f->s, &second));
    assert_constraint(f, "account", "email", "UNIQUE");

    second.email = "other@example.com";
    ok(f->s, account_save(f->s, &second));
    second.email = first.email;
    fails(f->s, AR_CONSTRAINT, account_save(f->s, &second));
    assert_constraint(f, "account", "email", "UNIQUE");
}

static void test_s116_unique_allows_several_nulls(void **state)
{
    struct fixture *f = *state;
    struct account first = {.name = "first"}, second = {.name = "second"};
    ok(f->s, account_save(f->s, &first));
    ok(f->s, account_save(f->s, &second));
}

static void test_s116_primary_key(void **state)
{
    struct fixture *f = *state;
    struct plan first = {.name = "first"};
    add_row(f, &plan_model, &first);
    struct plan second = {.id = first.id, .name = "second"};
    fails(f->s, AR_CONSTRAINT, plan_insert(f->s, &second));
    assert_constraint(f, "plan", "id", "UNIQUE");
}

static void test_s116_foreign_key(void **state)
{
    struct fixture *f = *state;
    struct account account = valid_account();
    account.plan_id = 999;
    fails(f->s, AR_CONSTRAINT, account_save(f->s, &account));
    assert_constraint(f, "account", "plan_id", "FOREIGN KEY");
    assert_int_equal(account.id, 0);
}

static void test_s116_foreign_key_of_referencing_rows(void **state)
{
    struct fixture *f = *state;
    struct plan plan = {.name = "basic"};
    ok(f->s, plan_save(f->s, &plan));
    struct account account = valid_account();
    account.plan_id = plan.id;
    ok(f->s, account_save(f->s, &account));

    fails(f->s, AR_CONSTRAINT, plan_delete(f->s, &plan));
    assert_text(ar_session_error(f->s)->model, "plan");
    assert_error_has_word(f, "FOREIGN KEY");
    ok(f->s, account_delete(f->s, &account));
    ok(f->s, plan_delete(f->s, &plan));
}

/* A column that only the database declares NOT NULL. */
/* The value that is not unique is that of the default, which the program does not know. */
static void test_s116_unique_default(void **state)
{
    struct fixture *f = *state;
    struct account first = {.name = "ann"}, second = {.name = "bob"};
    run_sql(f, "CREATE UNIQUE INDEX accounts_status ON accounts (status)");
    ok(f->s, account_insert(f->s, &first));
    fails(f->s, AR_CONSTRAINT, account_insert(f->s, &second));
    assert_text(ar_session_error(f->s)->column, "status");
    assert_null(strstr(ar_session_error(f->s)->message, "another row has ''"));
    second.status = "other";
    ok(f->s, account_insert(f->s, &second));
}

static void test_s116_not_null(void **state)
{
    struct fixture *f = *state;
    run_sql(f, "DROP TABLE accounts");
    run_sql(f, "DROP TABLE plans");
    char sql[256];
    snprintf(sql, sizeof sql, "CREATE TABLE plans (id %s, name TEXT, price BIGINT, note TEXT NOT NULL)",
             fixture_is_sqlite() ? "INTEGER PRIMARY KEY" : "BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY");
    run_sql(f, sql);
    struct plan plan = {.name = "basic", .price = 5};
    fails(f->s, AR_CONSTRAINT, plan_save(f->s, &plan));
    assert_constraint(f, "plan", "note", "NULL");
    assert_int_equal(plan.id, 0);
}

/* A check that exists only in the database; no attribute declares it. */
static void test_s116_check(void **state)
{
    struct fixture *f = *state;
    run_sql(f, "DROP TABLE accounts");
    run_sql(f, "DROP TABLE plans");
    char sql[256];
    snprintf(sql, sizeof sql,
             "CREATE TABLE plans (id %s, name TEXT, price BIGINT, note TEXT,"
             " CONSTRAINT price_is_fair CHECK (price >= 0))",
             fixture_is_sqlite() ? "INTEGER PRIMARY KEY" : "BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY");
    run_sql(f, sql);
    struct plan plan = {.name = "basic", .price = -1};
    fails(f->s, AR_CONSTRAINT, plan_save(f->s, &plan));
    assert_text(ar_session_error(f->s)->model, "plan");
    assert_error_names(f->s, "plan");
    assert_error_names(f->s, "price_is_fair");
    plan.price = 1;
    ok(f->s, plan_save(f->s, &plan));
}

/* A refused write leaves the transaction in its previous state. */
static void test_s116_within_a_transaction(void **state)
{
    struct fixture *f = *state;
    struct account first = valid_account(), second = valid_account();
    ok(f->s, ar_begin(f->s));
    ok(f->s, account_save(f->s, &first));
    fails(f->s, AR_CONSTRAINT, account_save(f->s, &second));
    second.email = NULL;
    ok(f->s, account_save(f->s, &second));
    ok(f->s, ar_commit(f->s));
    int64_t count;
    ok(f->s, account_count(account_query(f->s), &count));
    assert_int_equal(count, 2);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, open_accounts, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_s115_email),
        TEST(test_s115_length_in_characters),
        TEST(test_s115_range),
        TEST(test_s115_not_a_number),
        TEST(test_s115_not_null),
        TEST(test_s115_update),
        TEST(test_s115_update_all),
        TEST(test_s116_unique),
        TEST(test_s116_unique_allows_several_nulls),
        TEST(test_s116_primary_key),
        TEST(test_s116_foreign_key),
        TEST(test_s116_foreign_key_of_referencing_rows),
        TEST(test_s116_unique_default),
        TEST(test_s116_not_null),
        TEST(test_s116_check),
        TEST(test_s116_within_a_transaction),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
