/* Records with caller-assigned keys: strings, char[N], UUIDs, and composite keys. Saving one inserts the row, or
 * updates it if it exists. Relations over such keys are covered by the scenarios. */
#include "keys.ar.h"
#include "support.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int open_keys(void **state)
{
    return fixture_open(state, &country_model, &currency_model, &seat_model, &token_model, &article_model,
                        &quoted_model, &stamp_model, &wide_model);
}

static void test_text_key(void **state)
{
    struct fixture *f = *state;
    struct country country = {.code = "de", .name = "Germany"};
    ok(f->s, country_save(f->s, &country));
    assert_statements(f, 1);

    struct country *found, *again;
    char code[] = "de";
    ok(f->s, country_find(f->s, code, &found));
    assert_text(found->name, "Germany");
    assert_true(found->code != code);
    code[0] = 'X';
    ok(f->s, country_find(f->s, "de", &again));
    assert_ptr_equal(again, found);
    fails(f->s, AR_NOT_FOUND, country_find(f->s, "DE", &again));
    assert_error_names(f->s, "DE");
}

/* If the session has not loaded the row, a save inserts it, or updates it if it exists. */
static void test_save_inserts_or_updates(void **state)
{
    struct fixture *f = *state;
    struct country stored = {.code = "de", .name = "Germany"};
    add_row(f, &country_model, &stored);

    struct country country = {.code = "de", .name = "Deutschland"};
    ok(f->s, country_save(f->s, &country));
    assert_statements(f, 1);
    struct country *found;
    ok(f->s, country_find(f->s, "de", &found));
    assert_text(found->name, "Deutschland");

    struct country other = {.code = "fr", .name = "France"};
    ok(f->s, country_save(f->s, &other));
    other.name = "R\xc3\xa9publique fran\xc3\xa7"
                 "aise";
    ok(f->s, country_save(f->s, &other));
    int64_t count;
    ok(f->s, country_count(country_query(f->s), &count));
    assert_int_equal(count, 2);
}

/* If the save was an update, the record receives the creation time and the version of the existing row. */
static void test_save_that_updates_reads_the_row_back(void **state)
{
    struct fixture *f = *state;
    struct article stored = {.name = "moon", .text = "first", .status = "public", .created_at = 1000};
    add_row(f, &article_model, &stored);

    struct article own = {.name = "moon", .text = "second", .revision = stored.revision};
    ok(f->s, article_save(f->s, &own));
    assert_int_equal(own.created_at, 1000);
    assert_int_equal(own.revision, stored.revision + 1);
    assert_text(own.status, "public");
    assert_statements(f, 1);
    struct article *found;
    ok(f->s, article_find(f->s, "moon", &found));
    assert_text(found->text, "second");
    assert_text(found->status, "public");
    assert_int_equal(found->created_at, 1000);
    assert_int_equal(found->revision, own.revision);
}

static void test_save_that_updates_finds_another_version(void **state)
{
    struct fixture *f = *state;
    struct article stored = {.name = "moon", .text = "first"};
    add_row(f, &article_model, &stored);
    run_sql(f, "UPDATE articles SET revision = revision + 1");

    struct article own = {.name = "moon", .text = "second", .revision = stored.revision};
    fails(f->s, AR_CONFLICT, article_save(f->s, &own));
    assert_int_equal(own.revision, stored.revision);
    assert_int_equal(own.created_at, 0);
    struct article *found;
    ok(f->s, article_find(f->s, "moon", &found));
    assert_text(found->text, "first");
}

static void test_key_only_record(void **state)
{
    struct fixture *f = *state;
    struct country country = {.code = "xx"};
    ok(f->s, country_save(f->s, &country));
    struct country again = {.code = "xx"};
    ok(f->s, country_save(f->s, &again));
    ok(f->s, country_delete(f->s, &again));
    fails(f->s, AR_NOT_FOUND, country_delete(f->s, &again));
}

static void test_update_and_delete_of_a_loaded_record(void **state)
{
    struct fixture *f = *state;
    struct country stored = {.code = "de", .name = "Germany"};
    add_row(f, &country_model, &stored);
    struct country *found;
    ok(f->s, country_find(f->s, "de", &found));
    reset_statements(f);
    ok(f->s, country_save(f->s, found));
    assert_statements(f, 0);
    found->name = "Deutschland";
    ok(f->s, country_save(f->s, found));
    assert_non_null(strstr(f->last_sql, "UPDATE"));
    assert_null(strstr(f->last_sql, "INSERT"));
    assert_statements(f, 1);
    ok(f->s, country_delete(f->s, found));
    assert_statements(f, 1);
    assert_text(found->code, "de");
}

/* An unset key is refused: nothing is written, and nothing is found. */
static void test_unset_key(void **state)
{
    struct fixture *f = *state;
    struct country country = {.name = "nowhere"};
    struct token token = {.purpose = "none"};
    fails(f->s, AR_INVALID, country_save(f->s, &country));
    assert_text(ar_session_error(f->s)->column, "code");
    fails(f->s, AR_INVALID, country_insert(f->s, &country));
    fails(f->s, AR_INVALID, token_save(f->s, &token));
    assert_text(ar_session_error(f->s)->column, "id");
    assert_statements(f, 0);
}

static void test_char_array_key(void **state)
{
    struct fixture *f = *state;
    struct currency currency = {.code = "EUR", .name = "euro"};
    ok(f->s, currency_save(f->s, &currency));
    struct currency *found;
    ok(f->s, currency_find(f->s, "EUR", &found));
    assert_text(found->code, "EUR");
    found->name = "Euro";
    ok(f->s, currency_save(f->s, found));
    ok(f->s, currency_reload(f->s, found));
    assert_text(found->name, "Euro");
    fails(f->s, AR_NOT_FOUND, currency_find(f->s, "EURO", &found));
}

/* The bytes after the terminator of a char[N] are not part of the value. */
static void test_bytes_after_the_terminator(void **state)
{
    struct fixture *f = *state;
    struct currency own = {.name = "euro"};
    memset(own.code, 'x', sizeof own.code);
    strcpy(own.code, "E");
    ok(f->s, currency_save(f->s, &own));
    reset_statements(f);
    ok(f->s, currency_save(f->s, &own));
    assert_statements(f, 0);
    struct currency *found;
    ok(f->s, currency_find(f->s, "E", &found));
    assert_memory_equal(found->code, "E\0\0", sizeof found->code);
    reset_statements(f);
    ok(f->s, currency_save(f->s, found));
    assert_statements(f, 0);
}

static void test_composite_key(void **state)
{
    struct fixture *f = *state;
    for (int32_t line = 0; line < 3; line++) {
        for (int16_t number = 0; number < 3; number++) {
            struct seat seat = {.line = line, .number = number, .holder = "somebody"};
            if (line > 0 || number > 0)
                add_row(f, &seat_model, &seat);
        }
    }
    struct seat *one, *other;
    ok(f->s, seat_find(f->s, 1, 2, &one));
    ok(f->s, seat_find(f->s, 2, 1, &other));
    assert_true(one != other);
    assert_int_equal(one->line, 1);
    assert_int_equal(one->number, 2);
    one->holder = "ann";
    ok(f->s, seat_save(f->s, one));
    ok(f->s, seat_delete(f->s, other));

    struct seat_query *q = seat_query(f->s);
    seat_where(q, ar_eq(seat_column.holder, "ann"));
    struct seat *found;
    ok(f->s, seat_one(q, &found));
    assert_ptr_equal(found, one);
    int64_t count;
    ok(f->s, seat_count(seat_query(f->s), &count));
    assert_int_equal(count, 7);
    fails(f->s, AR_NOT_FOUND, seat_find(f->s, 2, 1, &found));
    fails(f->s, AR_NOT_FOUND, seat_find(f->s, 0, 0, &found));
    assert_null(found);
}

/* Part of a composite key may be zero, but not all of it. */
static void test_composite_key_with_a_zero(void **state)
{
    struct fixture *f = *state;
    struct seat seat = {.line = 0, .number = 4, .holder = "ann"};
    ok(f->s, seat_save(f->s, &seat));
    seat.holder = "bob";
    ok(f->s, seat_save(f->s, &seat));
    struct seat *found;
    ok(f->s, seat_find(f->s, 0, 4, &found));
    assert_text(found->holder, "bob");
}

static void test_uuid_key(void **state)
{
    struct fixture *f = *state;
    struct token token = {.id = {0, 0xff, 0, 1}, .purpose = "login"};
    ok(f->s, token_save(f->s, &token));
    token.purpose = "logout";
    ok(f->s, token_save(f->s, &token));
    struct token *found, *again;
    ok(f->s, token_find(f->s, token.id, &found));
    assert_text(found->purpose, "logout");
    assert_memory_equal(found->id, token.id, 16);
    struct token_query *q = token_query(f->s);
    token_where(q, ar_eq(token_column.id, token.id));
    ok(f->s, token_one(q, &again));
    assert_ptr_equal(again, found);
    ok(f->s, token_delete(f->s, found));
    fails(f->s, AR_NOT_FOUND, token_find(f->s, token.id, &found));
}

/* A composite key of three types, in a table whose names all need quotes. */
static void test_mixed_key_and_quoted_names(void **state)
{
    struct fixture *f = *state;
    struct order order = {.group = "a'b", .select = -5, .token = {7}, .note = "first"};
    ok(f->s, quoted_save(f->s, &order));
    struct order *found;
    ok(f->s, quoted_find(f->s, "a'b", -5, order.token, &found));
    found->note = "second";
    ok(f->s, quoted_save(f->s, found));
    ok(f->s, quoted_reload(f->s, &order));
    assert_text(order.note, "second");

    struct quoted_query *q = quoted_query(f->s);
    quoted_where(q, ar_and(ar_eq(quoted_column.group, "a'b"), ar_lt(quoted_column.select, 0),
                           ar_eq(quoted_column.note, "second")));
    quoted_order_by(q, ar_desc(quoted_column.select));
    struct order *same;
    ok(f->s, quoted_one(q, &same));
    assert_ptr_equal(same, found);
    ok(f->s, quoted_update_all(q, ar_set(quoted_column.note, "third"), NULL));
    struct ar_value value;
    ok(f->s, quoted_min(quoted_query(f->s), quoted_column.select, &value));
    assert_int_equal(value.integer, -5);
    ok(f->s, quoted_delete(f->s, found));
    fails(f->s, AR_NOT_FOUND, quoted_find(f->s, "a'b", -5, order.token, &found));
}

/* Changing the key makes a different record: the row with the old key is unchanged. */
static void test_changed_key(void **state)
{
    struct fixture *f = *state;
    struct country stored = {.code = "de", .name = "Germany"};
    add_row(f, &country_model, &stored);
    struct country *found;
    ok(f->s, country_find(f->s, "de", &found));
    struct country copy = *found;
    copy.code = "fr";
    ok(f->s, country_save(f->s, &copy));
    int64_t count;
    ok(f->s, country_count(country_query(f->s), &count));
    assert_int_equal(count, 2);
    struct country *other;
    ok(f->s, country_find(f->s, "fr", &other));
    assert_true(other != found);
    assert_text(found->code, "de");
}

/* Structs whose size is not a multiple of eight, in memory blocks whose sizes are not multiples of it either. */
static void test_odd_size(void **state)
{
    enum { STAMPS = 30000 };
    struct fixture *f = *state;
    struct stamp *stamps = calloc(STAMPS, sizeof *stamps);
    struct ar_session *reader;
    struct stamp_list list;
    assert_non_null(stamps);
    for (int i = 0; i < STAMPS; i++)
        snprintf(stamps[i].text, sizeof stamps[i].text, "%d", i);
    ok(f->s, stamp_insert_many(f->s, stamps, STAMPS));
    free(stamps);
    ar_session_clear(f->s);
    const struct ar_session_options options = {.read_only = true};
    assert_int_equal(ar_session_open(f->db, &options, &reader), AR_OK);
    struct stamp_query *query = stamp_query(reader);
    stamp_order_by(query, ar_desc(stamp_column.text));
    ok(reader, stamp_all(query, &list));
    assert_int_equal(list.count, STAMPS);
    assert_text(list.items[0]->text, "9999");
    ar_session_close(reader);
}

/* The session's memory respects the alignment of the struct. */
static void test_wide_alignment(void **state)
{
    enum { WIDES = 300 };
    struct fixture *f = *state;
    struct wide wides[WIDES], *one;
    struct wide_list list;
    memset(wides, 0, sizeof wides);
    for (int i = 0; i < WIDES; i++)
        wides[i].name = "wide";
    ok(f->s, wide_insert_many(f->s, wides, WIDES));
    ok(f->s, wide_all(wide_query(f->s), &list));
    assert_int_equal(list.count, WIDES);
    for (size_t i = 0; i < list.count; i++)
        assert_int_equal((uintptr_t)list.items[i] % _Alignof(struct wide), 0);
    ar_session_clear(f->s);
    ok(f->s, wide_find(f->s, wides[7].id, &one));
    assert_int_equal((uintptr_t)one % _Alignof(struct wide), 0);
    assert_text(one->name, "wide");
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, open_keys, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_text_key),
        TEST(test_save_inserts_or_updates),
        TEST(test_save_that_updates_reads_the_row_back),
        TEST(test_save_that_updates_finds_another_version),
        TEST(test_key_only_record),
        TEST(test_update_and_delete_of_a_loaded_record),
        TEST(test_unset_key),
        TEST(test_char_array_key),
        TEST(test_bytes_after_the_terminator),
        TEST(test_composite_key),
        TEST(test_composite_key_with_a_zero),
        TEST(test_uuid_key),
        TEST(test_mixed_key_and_quoted_names),
        TEST(test_changed_key),
        TEST(test_odd_size),
        TEST(test_wide_alignment),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
