/* Results that do not match the statement, because the proxy changes it on its way to the server: missing columns, rows
 * for keys that were not requested, a catalog that cannot be. Each is an error, never a record with wrong contents. */
#include "hostile.ar.h"
#include "proxy.h"
#include "server.h"

#include <string.h>

static struct proxy *proxy;

static int open_proxy(void **state)
{
    (void)state;
    proxy = proxy_start(server_url(""));
    return 0;
}

static int close_proxy(void **state)
{
    (void)state;
    proxy_stop(proxy);
    return 0;
}

/* Open a database with two kinds and one pet of each. */
static int open_pets(void **state)
{
    static const struct ar_model *const models[] = {&owner_model, &kind_model, &pet_model, &host_model};
    static const char *const names[] = {"cat", "dog"};

    if (fixture_open_with(state, proxy_url(proxy, ""), NULL, models, sizeof models / sizeof *models) != 0)
        return -1;
    struct fixture *f = *state;
    for (size_t i = 0; i < 2; i++) {
        add_row(f, &kind_model, &(struct kind){.name = names[i]});
        add_row(f, &pet_model, &(struct pet){.kind_name = names[i], .name = "pet"});
    }
    ar_session_clear(f->other);
    return 0;
}

/* Replace the connection, in which the changed statement would stay prepared. */
static void connect_again(struct fixture *f)
{
    ar_session_clear(f->s);
    proxy_cut(proxy);
}

static void test_missing_column(void **state)
{
    struct fixture *f = *state;
    struct pet *pet;

    proxy_replace(proxy, ", hostile_pets.name", "                   ");
    fails(f->s, AR_DATABASE, pet_find(f->s, 1, &pet));
    assert_error_names(f->s, "a row of table hostile_pets has fewer columns than requested");
    assert_null(pet);
    connect_again(f);
    ok(f->s, pet_find(f->s, 1, &pet));
    assert_text(pet->name, "pet");
}

static void test_missing_count(void **state)
{
    struct fixture *f = *state;
    int64_t count;

    proxy_replace(proxy, "count(*)", "        ");
    fails(f->s, AR_DATABASE, pet_count(pet_query(f->s), &count));
    connect_again(f);
    proxy_replace(proxy, "count(*)", "avg(1.5)");
    fails(f->s, AR_INVALID, pet_count(pet_query(f->s), &count));
    assert_error_names(f->s, "the aggregate of table hostile_pets has a type or range that no C type can hold");
    connect_again(f);
    ok(f->s, pet_count(pet_query(f->s), &count));
    assert_int_equal(count, 2);
}

/* The values arrive as text, which was not requested: nothing of this connection is trusted any more. */
static void test_text_values(void **state)
{
    static const char binary[] = "\377\377\377\377\0\1", text[] = "\377\377\377\377\0\0"; /* typmod, format */
    struct fixture *f = *state;
    int64_t count;

    proxy_replace_bytes(proxy, binary, text, sizeof binary - 1);
    fails(f->s, AR_UNAVAILABLE, pet_count(pet_query(f->s), &count));
    assert_error_names(f->s, "the server sent an answer that does not match the statement");
    ok(f->s, pet_count(pet_query(f->s), &count));
    assert_int_equal(count, 2);
}

/* A pipeline cannot send or receive the rows of a COPY: the connection is closed, and the next call takes another. */
static void test_copy_in_a_pipeline(void **state)
{
    static const char *const copies[] = {"COPY hostile_pets FROM STDIN", "COPY hostile_pets TO STDOUT"};
    struct fixture *f = *state;
    int64_t count;

    for (size_t i = 0; i < sizeof copies / sizeof *copies; i++) {
        fails(f->s, AR_UNKNOWN_OUTCOME, ar_execute_with(f->s, copies[i], NULL, 0, NULL));
        ok(f->s, pet_count(pet_query(f->s), &count));
        assert_int_equal(count, 2);
    }
}

/* Neither can the statements that a connection sends by itself. */
static void test_copy_in_the_settings(void **state)
{
    static const struct {
        unsigned timeout_ms;
        const char *setting, *copy;
    } cases[] = {{70000, "SET statement_timeout = 70000", "COPY hostile_pets FROM STDIN "},
                 {80000, "SET statement_timeout = 80000", "COPY hostile_pets TO STDOUT  "}};
    struct fixture *f = *state;
    int64_t count;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        reopen_session(f, (struct ar_session_options){.timeout_ms = cases[i].timeout_ms});
        proxy_replace(proxy, cases[i].setting, cases[i].copy);
        fails(f->s, AR_UNAVAILABLE, pet_count(pet_query(f->s), &count));
        ok(f->s, pet_count(pet_query(f->s), &count));
        assert_int_equal(count, 2);
    }
    /* The answer of a server that shards is a boolean. */
    connect_again(f);
    proxy_replace(proxy, "SELECT EXISTS (SELECT FROM", "SELECT 777, (SELECT 1 FROM");
    ok(f->s, pet_count(pet_query(f->s), &count));
    assert_int_equal(count, 2);
}

/* What a write returns does not belong to its rows: nothing is written, and the structs stay as they are. */
static void test_rows_that_were_not_written(void **state)
{
    struct fixture *f = *state;
    struct pet pets[] = {{.kind_name = "cat", .name = "a"}, {.kind_name = "dog", .name = "b"}};
    struct kind kinds[] = {{.name = "cat", .note = "changed"}, {.name = "cow", .note = "new"}}, *stored;
    enum ar_upsert_effect effects[2];
    int64_t count;

    proxy_replace(proxy, "RETURNING id", "RETURNING ''");
    fails(f->s, AR_DATABASE, pet_insert_many(f->s, pets, 2));
    assert_error_names(f->s, "2 rows were inserted into hostile_pets, but 0 keys were returned");
    assert_int_equal(pets[0].id + pets[1].id, 0);
    connect_again(f);
    static const char *const ordinals[] = {"SELECT 99                    ", "SELECT 'first'               "};
    for (size_t i = 0; i < 2; i++) {
        proxy_replace(proxy, "SELECT armature_input.ordinal", ordinals[i]);
        fails(f->s, AR_DATABASE,
              ar_record_upsert_many(f->s, &kind_model, kinds, 2, &(struct ar_upsert){0}, effects, NULL));
        assert_error_names(f->s, "a row written into hostile_kinds was returned with an unknown number");
        connect_again(f);
    }
    ok(f->s, pet_count(pet_query(f->s), &count));
    assert_int_equal(count, 2);
    ok(f->s, kind_find(f->s, "cat", &stored));
    assert_null(stored->note);
}

/* An error may have an empty message: functions of the database choose it. */
static void test_errors_without_a_message(void **state)
{
    static const struct {
        const char *trigger;
        enum ar_status expected;
    } cases[] = {
        {"CREATE TRIGGER refuse BEFORE INSERT ON hostile_pets FOR EACH ROW EXECUTE FUNCTION refuse('23001')",
         AR_CONSTRAINT},
        {"CREATE TRIGGER refuse BEFORE INSERT ON hostile_pets FOR EACH ROW EXECUTE FUNCTION refuse('P0001')",
         AR_DATABASE},
    };
    struct fixture *f = *state;
    struct pet pet = {.kind_name = "cat", .name = "refused"};

    run_sql(f, "CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS"
               " $$ BEGIN RAISE EXCEPTION USING MESSAGE = '', ERRCODE = TG_ARGV[0]; END $$");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        run_sql(f, cases[i].trigger);
        fails(f->s, cases[i].expected, pet_insert(f->s, &pet));
        assert_error_names(f->s, "the server gave no reason");
        run_sql(f, "DROP TRIGGER refuse ON hostile_pets");
    }
    ok(f->s, pet_insert(f->s, &pet));
}

static enum ar_status load_pets(struct ar_session *s, struct kind_list *out)
{
    struct kind_query *kinds = kind_query(s);

    kind_with_pets(kinds);
    ar_query_plan(kinds, AR_PLAN_WAVES);
    return kind_all(kinds, out);
}

/* Keys with column-specific comparison rules: each row contains the requested key that it matches. */
static void test_rows_of_another_key(void **state)
{
    struct fixture *f = *state;
    struct kind_list kinds;

    run_sql(f, "ALTER TABLE hostile_pets ALTER kind_name TYPE char(5)");
    ar_session_clear(f->other);
    static const char *const ordinals[] = {", 99                   ", ", NULL                 "};
    for (size_t i = 0; i < 2; i++) {
        proxy_replace(proxy, ", armature_keys.ordinal", ordinals[i]);
        fails(f->s, AR_DATABASE, load_pets(f->s, &kinds));
        assert_error_names(f->s, "a row of kind.pets for a key that was not requested");
        assert_int_equal(kinds.count, 0);
        connect_again(f);
    }
    ok(f->s, load_pets(f->s, &kinds));
    assert_int_equal(kinds.count, 2);
}

/* So does each number of rows. */
static void test_numbers_of_another_key(void **state)
{
    static const char *const ordinals[] = {"SELECT 99                             ",
                                           "SELECT NULL                           "};
    struct fixture *f = *state;
    struct kind *kind;
    int64_t count;

    for (size_t i = 0; i < 2; i++) {
        ok(f->s, kind_find(f->s, "cat", &kind));
        proxy_replace(proxy, "SELECT armature_owner.armature_ordinal", ordinals[i]);
        fails(f->s, AR_DATABASE, kind_pets_count(f->s, kind, &count));
        assert_error_names(f->s, "a row of kind.pets for a key that was not requested");
        assert_int_equal(count, 0);
        connect_again(f);
    }
    ok(f->s, kind_find(f->s, "cat", &kind));
    ok(f->s, kind_pets_count(f->s, kind, &count));
    assert_int_equal(count, 1);
}

/* A boolean is one byte, 0 or 1. */
static void test_other_booleans(void **state)
{
    static const char yes[] = "\0\0\0\1\1", maybe[] = "\0\0\0\1\2"; /* length, value */
    struct fixture *f = *state;
    struct owner owner = {.name = "o", .is_good = true}, *stored;

    add_row(f, &owner_model, &owner);
    proxy_replace_bytes(proxy, yes, maybe, sizeof yes - 1);
    fails(f->s, AR_INVALID, owner_find(f->s, owner.id, &stored));
    assert_error_names(f->s, "column is_good of table hostile_owners has 2, but the field takes 0 to 1");
    ok(f->s, owner_find(f->s, owner.id, &stored));
    assert_true(stored->is_good);
}

/* Rows of the catalog for tables that were not asked for, and with values of other types. */
static void test_malformed_catalog(void **state)
{
    static const struct {
        const char *text, *other;
    } answers[] = {
        {"t.number::bigint OPERATOR(pg_catalog.-) 1 AS place,", "t.number::bigint OPERATOR(pg_catalog.-) 9 AS place,"},
        {"t.number::bigint OPERATOR(pg_catalog.-) 1 AS place,", "t.number::bigint OPERATOR(pg_catalog.+) 9 AS place,"},
        {"SELECT t.number OPERATOR(pg_catalog.-) 1, 4,", "SELECT t.number OPERATOR(pg_catalog.-) 9, 4,"},
        {"WHEN c.oid IS NULL THEN 0", "WHEN TRUE        THEN 0.5"},
        {"a.attname::text", "c.relpages     "},
        {"a.attnotnull OR COALESCE(d.is_not_null, FALSE)", "'not null'::text                              "},
        {"1 AS place, i.indexrelid", "9 AS place, i.indexrelid"},
        {"AS place, i.indexrelid::bigint AS key", "AS place, 'index'::text        AS key"},
        {"i.indisprimary,", "'yes'::text   ,"},
    };
    struct fixture *f = *state;

    for (size_t i = 0; i < sizeof answers / sizeof *answers; i++) {
        assert_int_equal(strlen(answers[i].text), strlen(answers[i].other));
        proxy_replace(proxy, answers[i].text, answers[i].other);
        if (ar_check_tables(f->s, &pet_model, &host_model) != AR_DATABASE)
            fail_msg("%s: %s", answers[i].other, ar_session_error(f->s)->message);
        assert_error_names(f->s, "the database returned a malformed row of its catalog");
        connect_again(f);
    }
    ok(f->s, ar_check_tables(f->s, &pet_model, &host_model));
}

#define test(function) cmocka_unit_test_setup_teardown(function, open_pets, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        test(test_missing_column),
        test(test_missing_count),
        test(test_text_values),
        test(test_copy_in_a_pipeline),
        test(test_copy_in_the_settings),
        test(test_errors_without_a_message),
        test(test_rows_that_were_not_written),
        test(test_rows_of_another_key),
        test(test_numbers_of_another_key),
        test(test_other_booleans),
        test(test_malformed_catalog),
    };
    return cmocka_run_group_tests_name("answers", tests, open_proxy, close_proxy);
}
