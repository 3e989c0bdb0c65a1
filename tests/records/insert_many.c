/* Insert many records in one call: keys are returned in the order of the records, and either all rows are inserted or
 * none. */
#include "account.ar.h"
#include "keys.ar.h"
#include "support.h"
#include "types.ar.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int open_tables(void **state)
{
    return fixture_open(state, &plan_model, &account_model, &setting_model, &document_model, &country_model,
                        &seat_model, &token_model, &sample_model, &maybe_model, &stub_model, &article_model);
}

static int64_t count_plans(struct fixture *f)
{
    int64_t count;
    ok(f->other, plan_count(plan_query(f->other), &count));
    return count;
}

/* Return `count` plans, each priced at its index. The caller frees them. */
static struct plan *make_plans(size_t count)
{
    struct plan *plans = calloc(count + 1, sizeof *plans);
    assert_non_null(plans);
    for (size_t i = 0; i < count; i++)
        plans[i] = (struct plan){.name = "plan", .price = (int64_t)i, .note = i % 3 == 0 ? NULL : "note"};
    return plans;
}

/* The table contains exactly these records, with these keys. */
static void assert_stored(struct fixture *f, const struct plan *plans, size_t count)
{
    struct plan_list stored;
    ar_session_clear(f->other);
    struct plan_query *query = plan_query(f->other);
    plan_order_by(query, ar_asc(plan_column.price));
    ok(f->other, plan_all(query, &stored));
    assert_int_equal(stored.count, count);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(stored.items[i]->id, plans[i].id);
        assert_int_equal(stored.items[i]->price, (int64_t)i);
        assert_text(stored.items[i]->note, plans[i].note);
    }
}

/* There is no column to copy or to insert many values of. */
static void test_nothing_but_a_key(void **state)
{
    struct fixture *f = *state;
    static struct stub stubs[2100];
    int64_t count;
    memset(stubs, 0, sizeof stubs);
    ok(f->s, stub_insert_many(f->s, stubs, 2100));
    for (size_t i = 0; i < 2100; i++)
        assert_int_equal(stubs[i].id, i + 1);
    ok(f->other, stub_count(stub_query(f->other), &count));
    assert_int_equal(count, 2100);
}

static void test_any_count(void **state)
{
    static const size_t counts[] = {0, 1, 2, 31, 32, 33, 64, 100, 4999, 5000, 5001, 10000};
    struct fixture *f = *state;
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
        struct plan *plans = make_plans(counts[i]);
        run_sql(f, "DELETE FROM plans");
        reset_statements(f);
        ok(f->s, plan_insert_many(f->s, plans, counts[i]));
        assert_in_range(f->statements, counts[i] > 0, fixture_is_plain() ? 16 + counts[i] / 200 : 16);
        for (size_t k = 1; k < counts[i]; k++)
            assert_true(plans[k].id > plans[k - 1].id);
        assert_stored(f, plans, counts[i]);
        free(plans);
        ar_session_clear(f->s);
    }
}

/* Some records have explicit keys; the others receive generated ones. */
static void test_explicit_keys(void **state)
{
    struct fixture *f = *state;
    struct plan *plans = make_plans(100);
    for (size_t i = 0; i < 100; i++)
        plans[i].id = i >= 40 && i < 80 ? (int64_t)(100000 - i) : 0;
    ok(f->s, plan_insert_many(f->s, plans, 100));
    for (size_t i = 40; i < 80; i++)
        assert_int_equal(plans[i].id, 100000 - i);
    assert_stored(f, plans, 100);
    free(plans);
}

/* The session tracks inserted rows: a later save writes the changed columns, or nothing. */
static void test_inserted_records_are_tracked(void **state)
{
    struct fixture *f = *state;
    struct plan *plans = make_plans(50), *found;
    ok(f->s, plan_insert_many(f->s, plans, 50));
    reset_statements(f);
    plans[7].note = "changed";
    ok(f->s, plan_save(f->s, &plans[7]));
    assert_statements(f, 1);
    ok(f->s, plan_find(f->s, plans[7].id, &found));
    assert_text(found->note, "changed");
    assert_int_equal(found->price, 7);
    free(plans);
}

static void test_defaults_and_times(void **state)
{
    struct fixture *f = *state;
    struct setting settings[60];
    struct document documents[60];
    for (size_t i = 0; i < 60; i++) {
        settings[i] = (struct setting){.name = i % 2 == 0 ? "given" : NULL, .level = i % 3 == 0 ? 3 : 0, .plain = 1};
        documents[i] = (struct document){.title = "title"};
    }
    ok(f->s, setting_insert_many(f->s, settings, 60));
    ok(f->s, document_insert_many(f->s, documents, 60));
    for (size_t i = 0; i < 60; i++) {
        struct setting *stored;
        ok(f->other, setting_find(f->other, settings[i].id, &stored));
        assert_text(settings[i].name, i % 2 == 0 ? "given" : "it's");
        assert_int_equal(settings[i].level, i % 3 == 0 ? 3 : 7);
        assert_text(settings[i].upper, "ABC");
        assert_text(stored->name, settings[i].name);
        assert_int_equal(stored->level, settings[i].level);
        assert_int_equal(stored->plain, 1);
        assert_true(documents[i].created_at.tv_sec > 0);
        assert_true(documents[i].id > 0);
    }
}

static void test_keys_assigned_by_the_caller(void **state)
{
    struct fixture *f = *state;
    char codes[100][8];
    struct country countries[100];
    struct seat seats[100];
    struct token tokens[100];
    for (size_t i = 0; i < 100; i++) {
        snprintf(codes[i], sizeof codes[i], "c%zu", i);
        countries[i] = (struct country){.code = codes[i], .name = i % 2 == 0 ? "even" : NULL};
        seats[i] = (struct seat){.line = (int32_t)i / 10 + 1, .number = (int16_t)(i % 10 + 1), .holder = codes[i]};
        tokens[i] = (struct token){.id = {(uint8_t)i, 1}, .purpose = codes[i]};
    }
    ok(f->s, country_insert_many(f->s, countries, 100));
    ok(f->s, seat_insert_many(f->s, seats, 100));
    ok(f->s, token_insert_many(f->s, tokens, 100));
    for (size_t i = 0; i < 100; i++) {
        struct country *country;
        struct seat *seat;
        struct token *token;
        ok(f->other, country_find(f->other, codes[i], &country));
        assert_text(country->name, countries[i].name);
        ok(f->other, seat_find(f->other, seats[i].line, seats[i].number, &seat));
        assert_text(seat->holder, codes[i]);
        ok(f->other, token_find(f->other, tokens[i].id, &token));
        assert_text(token->purpose, codes[i]);
    }
}

/* Every type, as a value and as NULL, in one array. */
static void test_every_type(void **state)
{
    struct fixture *f = *state;
    struct sample samples[40];
    struct maybe maybes[40];
    for (size_t i = 0; i < 40; i++) {
        int8_t n = (int8_t)(i - 20);
        samples[i] = (struct sample){.flag = i % 2 == 0,
                                     .tiny = n,
                                     .large = INT64_MIN + (n + 20),
                                     .precise = n / 3.0,
                                     .single = (float)n / 4,
                                     .name = i % 2 == 0 ? GREEN : BLUE,
                                     .moment = n * 1000,
                                     .instant = {n, 1000},
                                     .hash = {2, (uint8_t)i},
                                     .uuid = {1, (uint8_t)i},
                                     .text = i % 3 == 0 ? NULL : "\xc3\xa4{}\",NULL",
                                     .fixed = "1234567",
                                     .blob = {i % 2 == 0 ? NULL : "\0\1", i % 2 == 0 ? 0 : 2}};
        maybes[i] = (struct maybe){.zero_is_null = n,
                                   .count = n,
                                   .has_count = i % 2 == 0,
                                   .moment = n,
                                   .answer = true,
                                   .has_answer = i % 3 == 0,
                                   .fixed = ""};
    }
    ok(f->s, sample_insert_many(f->s, samples, 40));
    ok(f->s, maybe_insert_many(f->s, maybes, 40));
    for (size_t i = 0; i < 40; i++) {
        struct sample *sample;
        struct maybe *maybe;
        ok(f->other, sample_find(f->other, samples[i].id, &sample));
        assert_true(sample->flag == samples[i].flag && sample->tiny == samples[i].tiny);
        assert_true(sample->large == samples[i].large && sample->precise == samples[i].precise);
        assert_true(sample->single == samples[i].single && sample->name == samples[i].name);
        assert_true(sample->moment == samples[i].moment && sample->instant.tv_sec == samples[i].instant.tv_sec);
        assert_int_equal(sample->instant.tv_nsec, 1000);
        assert_memory_equal(sample->hash, samples[i].hash, 20);
        assert_memory_equal(sample->uuid, samples[i].uuid, 16);
        assert_text(sample->text, samples[i].text);
        assert_text(sample->fixed, "1234567");
        assert_int_equal(sample->blob.size, samples[i].blob.size);
        assert_true((sample->blob.data == NULL) == (samples[i].blob.data == NULL));
        ok(f->other, maybe_find(f->other, maybes[i].id, &maybe));
        assert_int_equal(maybe->zero_is_null, maybes[i].zero_is_null);
        assert_true(maybe->has_count == maybes[i].has_count && maybe->has_answer == maybes[i].has_answer);
        assert_int_equal(maybe->count, maybe->has_count ? maybes[i].count : 0);
        assert_int_equal(maybe->moment, maybes[i].moment);
    }
}

/* ---- All or nothing ---------------------------------------------------------------------------------------------- */

static void assert_untouched(struct fixture *f, struct account *accounts, enum ar_status expected)
{
    struct account before[100];
    int64_t count;
    memcpy(before, accounts, sizeof before);
    fails(f->s, expected, account_insert_many(f->s, accounts, 100));
    assert_memory_equal(accounts, before, sizeof before);
    ok(f->other, account_count(account_query(f->other), &count));
    assert_int_equal(count, 0);
}

static void make_accounts(struct account *accounts)
{
    memset(accounts, 0, 100 * sizeof *accounts);
    for (size_t i = 0; i < 100; i++)
        accounts[i].name = "name";
}

static void test_constraint_violation_in_one_row(void **state)
{
    struct fixture *f = *state;
    struct account accounts[100];
    make_accounts(accounts);
    accounts[30].email = accounts[70].email = "ann@example.com";
    assert_untouched(f, accounts, AR_CONSTRAINT);
    assert_text(ar_session_error(f->s)->model, "account");
    assert_text(ar_session_error(f->s)->column, "email");

    make_accounts(accounts);
    accounts[99].plan_id = 999;
    assert_untouched(f, accounts, AR_CONSTRAINT);
    accounts[99].plan_id = 0;
    ok(f->s, account_insert_many(f->s, accounts, 100));
}

static void test_invalid_value_in_one_row(void **state)
{
    struct fixture *f = *state;
    struct account accounts[100];
    make_accounts(accounts);
    accounts[99].age = 200;
    assert_untouched(f, accounts, AR_INVALID);
    assert_text(ar_session_error(f->s)->column, "age");
    assert_int_equal(f->reasons[AR_REASON_SAVE], 0);
}

/* In a transaction, a failed call keeps earlier writes; a rollback undoes everything. */
static void test_within_a_transaction(void **state)
{
    struct fixture *f = *state;
    struct account accounts[100];
    struct plan *plans = make_plans(100);
    make_accounts(accounts);
    accounts[0].plan_id = 999;
    ok(f->s, ar_begin(f->s));
    ok(f->s, plan_insert_many(f->s, plans, 50));
    fails(f->s, AR_CONSTRAINT, account_insert_many(f->s, accounts, 100));
    ok(f->s, plan_insert_many(f->s, plans + 50, 50));
    ok(f->s, ar_commit(f->s));
    assert_stored(f, plans, 100);

    struct plan *others = make_plans(100);
    ok(f->s, ar_begin(f->s));
    ok(f->s, plan_insert_many(f->s, others, 100));
    ok(f->s, ar_rollback(f->s));
    assert_int_equal(count_plans(f), 100);
    free(plans);
    free(others);
}

/* Any number of records for a missing table. */
static void test_missing_table(void **state)
{
    static const size_t counts[] = {1, 100, 3000};
    struct fixture *f = *state;
    struct plan *plans = make_plans(3000);
    run_sql(f, fixture_is_sqlite() ? "PRAGMA foreign_keys = OFF; DROP TABLE plans" : "DROP TABLE plans CASCADE");
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        fails(f->s, AR_DATABASE, plan_insert_many(f->s, plans, counts[i]));
        assert_error_names(f->s, "ar_create_tables(s, &plan_model) creates the table of plan");
        assert_int_equal(plans[0].id, 0);
    }
    free(plans);
}

/* ---- Keys that only SQLite can assign ---------------------------------------------------------------------------- */

/* Create the table of plans with this SQL. */
static void make_table(struct fixture *f, const char *sql)
{
    run_sql(f, "PRAGMA foreign_keys = OFF; DROP TABLE plans");
    run_sql(f, sql);
    ar_session_close(f->s);
    f->s = NULL;
    reopen_session(f, (struct ar_session_options){0});
    ok(f->s, ar_execute(f->s, "PRAGMA foreign_keys = OFF"));
    reset_statements(f);
}

/* Keys are never reused. */
static void test_autoincrement(void **state)
{
    struct fixture *f = *state;
    if (!fixture_is_sqlite())
        skip();
    make_table(f, "CREATE TABLE plans (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT, price INTEGER, note TEXT);"
                  "INSERT INTO plans (id, price) VALUES (1000, 0); DELETE FROM plans");
    struct plan *plans = make_plans(100);
    ok(f->s, plan_insert_many(f->s, plans, 100));
    assert_statements(f, 1);
    assert_int_equal(plans[0].id, 1001);
    assert_int_equal(plans[99].id, 1100);
    assert_stored(f, plans, 100);
    run_sql(f, "DELETE FROM plans");
    struct plan again = {.name = "plan"};
    ok(f->s, plan_insert(f->s, &again));
    assert_int_equal(again.id, 1101);
    free(plans);
}

/* A trigger inserts into the same table during the statement. */
static void test_trigger(void **state)
{
    struct fixture *f = *state;
    if (!fixture_is_sqlite())
        skip();
    make_table(f, "CREATE TABLE plans (id INTEGER PRIMARY KEY, name TEXT, price INTEGER, note TEXT);"
                  "CREATE TRIGGER twice AFTER INSERT ON plans WHEN new.price = 3 BEGIN"
                  " INSERT INTO plans (name, price) VALUES ('other', 1000000); END");
    struct plan *plans = make_plans(100);
    ok(f->s, plan_insert_many(f->s, plans, 100));
    run_sql(f, "DELETE FROM plans WHERE name = 'other'");
    assert_stored(f, plans, 100);
    free(plans);
}

/* Let a trigger skip the rows of a table that meet the condition. */
static void skip_rows(struct fixture *f, const char *table, const char *condition)
{
    char sql[256];
    if (!fixture_is_sqlite())
        run_sql(f, "CREATE OR REPLACE FUNCTION skip_row() RETURNS trigger LANGUAGE plpgsql AS"
                   " $$ BEGIN RETURN NULL; END $$");
    snprintf(sql, sizeof sql, "CREATE TRIGGER skip_%s BEFORE INSERT ON %s %s WHEN (new.%s) %s", table, table,
             fixture_is_sqlite() ? "" : "FOR EACH ROW", condition,
             fixture_is_sqlite() ? "BEGIN SELECT RAISE(IGNORE); END" : "EXECUTE FUNCTION skip_row()");
    run_sql(f, sql);
}

/* A trigger that skips a row leaves a record without key or defaults: the call fails, and no row is inserted. */
static void test_skipped_by_a_trigger(void **state)
{
    enum { COUNT = 40 };
    struct fixture *f = *state;
    struct plan *plans = make_plans(COUNT);
    struct article articles[COUNT];
    char names[COUNT][8];
    int64_t count;
    skip_rows(f, "plans", "price = 39");
    skip_rows(f, "articles", "name = 'n39'");
    for (size_t i = 0; i < COUNT; i++) {
        snprintf(names[i], sizeof names[i], "n%zu", i);
        articles[i] = (struct article){.name = names[i], .text = "text"};
    }
    fails(f->s, AR_DATABASE, plan_insert_many(f->s, plans, COUNT));
    assert_error_names(f->s, "plans");
    assert_int_equal(plans[0].id, 0);
    assert_int_equal(count_plans(f), 0);
    fails(f->s, AR_DATABASE, article_insert_many(f->s, articles, COUNT));
    assert_error_names(f->s, "articles");
    ok(f->other, article_count(article_query(f->other), &count));
    assert_int_equal(count, 0);
    free(plans);
}

/* S-901: the table's conflict clause skips a row. Its keys would be those of other rows: no row is inserted. A single
 * insert leaves the record without a key, as if a trigger had skipped it. */
static void test_s901_skipped_by_a_conflict_clause(void **state)
{
    enum { COUNT = 40 };
    struct fixture *f = *state;
    if (!fixture_is_sqlite())
        skip();
    make_table(f, "CREATE TABLE plans (id INTEGER PRIMARY KEY, name TEXT,"
                  " price INTEGER UNIQUE ON CONFLICT IGNORE, note TEXT)");
    struct plan *plans = make_plans(COUNT), again = {.name = "again", .price = 7};
    plans[30].price = 7;
    fails(f->s, AR_DATABASE, plan_insert_many(f->s, plans, COUNT));
    assert_error_names(f->s, "plans");
    assert_int_equal(plans[0].id, 0);
    assert_int_equal(count_plans(f), 0);
    plans[30].price = 30;
    ok(f->s, plan_insert_many(f->s, plans, COUNT));
    ok(f->s, plan_insert(f->s, &again));
    assert_int_equal(again.id, 0);
    assert_stored(f, plans, COUNT);
    free(plans);
}

/* The highest possible key is taken, so SQLite chooses unused ones. */
static void test_no_keys_left(void **state)
{
    struct fixture *f = *state;
    if (!fixture_is_sqlite())
        skip();
    run_sql(f, "INSERT INTO plans (id, name, price) VALUES (9223372036854775800, 'last', 1000)");
    struct plan *plans = make_plans(100);
    ok(f->s, plan_insert_many(f->s, plans, 100));
    run_sql(f, "DELETE FROM plans WHERE name = 'last'");
    assert_int_equal(count_plans(f), 100);
    for (size_t i = 0; i < 100; i++) {
        struct plan *stored;
        ok(f->other, plan_find(f->other, plans[i].id, &stored));
        assert_int_equal(stored->price, i);
    }
    free(plans);
}

/* If all keys are negative, the next ones that SQLite assigns are negative too. */
static void test_keys_below_zero(void **state)
{
    struct fixture *f = *state;
    if (!fixture_is_sqlite())
        skip();
    run_sql(f, "INSERT INTO plans (id, name, price) VALUES (-1000, 'first', 1000)");
    struct plan *plans = make_plans(100);
    ok(f->s, plan_insert_many(f->s, plans, 100));
    run_sql(f, "DELETE FROM plans WHERE name = 'first'");
    assert_stored(f, plans, 100);
    free(plans);
}

/* SQLite would store this value as NULL. */
static void test_value_that_cannot_be_stored(void **state)
{
    struct fixture *f = *state;
    if (!fixture_is_sqlite())
        skip();
    struct sample samples[20];
    memset(samples, 0, sizeof samples);
    for (int64_t i = 0; i < 20; i++)
        samples[i].id = i + 1;
    samples[19].precise = (double)NAN;
    fails(f->s, AR_INVALID, sample_insert_many(f->s, samples, 20));
    assert_text(ar_session_error(f->s)->column, "precise");
    int64_t count;
    ok(f->s, sample_count(sample_query(f->s), &count));
    assert_int_equal(count, 0);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, open_tables, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_any_count),
        TEST(test_missing_table),
        TEST(test_nothing_but_a_key),
        TEST(test_explicit_keys),
        TEST(test_inserted_records_are_tracked),
        TEST(test_defaults_and_times),
        TEST(test_keys_assigned_by_the_caller),
        TEST(test_every_type),
        TEST(test_constraint_violation_in_one_row),
        TEST(test_invalid_value_in_one_row),
        TEST(test_within_a_transaction),
        TEST(test_autoincrement),
        TEST(test_trigger),
        TEST(test_skipped_by_a_trigger),
        TEST(test_s901_skipped_by_a_conflict_clause),
        TEST(test_no_keys_left),
        TEST(test_keys_below_zero),
        TEST(test_value_that_cannot_be_stored),
    };
    return cmocka_run_group_tests_name("insert_many", tests, NULL, NULL);
}
