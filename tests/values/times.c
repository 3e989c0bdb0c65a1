/* Times in every form: with and without zone, as numbers and strings, as columns and in keys. */
#include "journal.ar.h"
#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NOON = 836481600 }; /* 1996-07-04 12:00:00 UTC */

/* On PostgreSQL, the session under test has a zone other than UTC, and the view shows what the columns contain. */
static int open_journal(void **state)
{
    static const char *const sqlite_view =
        "CREATE VIEW shown_entries AS SELECT id, datetime(local, 'unixepoch') AS local,"
        " CAST(exact AS text) AS exact, millis, seconds, created_at, updated_at"
        " FROM entries";
    static const char *const postgresql_view =
        "CREATE VIEW shown_entries AS SELECT id, to_char(local, 'YYYY-MM-DD HH24:MI:SS') AS local,"
        " to_char(exact, 'YYYY-MM-DD HH24:MI:SS.US') AS exact, CAST(NULL AS text) AS millis,"
        " CAST(NULL AS text) AS seconds, CAST(NULL AS text) AS created_at, CAST(NULL AS text) AS updated_at FROM entries";
    if (fixture_open(state, &moment_model, &remark_model, &reading_model, &alarm_model, &entry_model) != 0)
        return -1;
    struct fixture *f = *state;
    run_sql(f, fixture_is_sqlite() ? sqlite_view : postgresql_view);
    if (!fixture_is_sqlite())
        ok(f->s, ar_execute(f->s, "SET TIME ZONE 'America/New_York'"));
    reset_statements(f);
    return 0;
}

static void assert_exact(struct timespec time, time_t seconds, long nanoseconds)
{
    assert_true(time.tv_sec == seconds);
    assert_int_equal(time.tv_nsec, nanoseconds);
}

static int64_t count(struct fixture *f, struct ar_condition condition)
{
    struct entry_query *q = entry_query(f->s);
    int64_t result;
    entry_where(q, condition);
    ok(f->s, entry_count(q, &result));
    return result;
}

/* ---- Without zone ------------------------------------------------------------------------------------------------ */

static void test_the_zone_of_the_session_is_irrelevant(void **state)
{
    struct fixture *f = *state;
    struct entry entry = {.local = NOON, .exact = {NOON, 250000000}}, *read;
    struct shown_entry *shown;
    ok(f->s, entry_save(f->s, &entry));
    ok(f->other, entry_find(f->other, entry.id, &read));
    assert_true(read->local == NOON);
    assert_exact(read->exact, NOON, 250000000);
    ok(f->other, shown_entry_find(f->other, entry.id, &shown));
    assert_text(shown->local, "1996-07-04 12:00:00");
    assert_text(shown->exact, fixture_is_sqlite() ? "836481600250000000" : "1996-07-04 12:00:00.250000");

    const time_t times[] = {NOON - 1, NOON};
    const struct timespec exact[] = {{NOON, 250000000}, {0, 0}};
    struct ar_value value;
    assert_int_equal(count(f, ar_eq(entry_column.local, NOON)), 1);
    assert_int_equal(count(f, ar_between(entry_column.local, NOON - 1, NOON)), 1);
    assert_int_equal(count(f, ar_lt(entry_column.local, NOON)), 0);
    assert_int_equal(count(f, ar_in(entry_column.local, times, 2)), 1);
    assert_int_equal(count(f, ar_in(entry_column.exact, exact, 2)), 1);
    assert_int_equal(count(f, ar_not_in(entry_column.exact, exact, 1)), 0);
    assert_int_equal(count(f, ar_ne(entry_column.exact, exact[0])), 0);
    ok(f->s, entry_max(entry_query(f->s), entry_column.exact, &value));
    assert_int_equal(value.kind, AR_VALUE_TIME);
    assert_true(value.time.seconds == NOON && value.time.nanoseconds == 250000000);

    int64_t changed;
    ok(f->s, entry_update_all(entry_query(f->s), ar_set(entry_column.local, NOON + 1), &changed));
    ok(f->other, entry_reload(f->other, read));
    assert_true(read->local == NOON + 1);
}

/* Defaults are in UTC, and in the form of the column. */
static void test_defaults(void **state)
{
    struct fixture *f = *state;
    struct entry entry = {.local = 1};
    struct shown_entry *shown;
    time_t before = time(NULL);
    ok(f->s, entry_save(f->s, &entry));
    assert_true(entry.exact.tv_sec >= before - 1 && entry.exact.tv_sec <= time(NULL) + 1);
    assert_true(entry.millis.tv_sec >= before - 1 && entry.millis.tv_sec <= time(NULL) + 1);
    assert_true(entry.tenths.tv_sec >= before - 1 && entry.tenths.tv_sec <= time(NULL) + 1);
    assert_true(entry.seconds == 5);
    ok(f->other, shown_entry_find(f->other, entry.id, &shown));
    if (!fixture_is_sqlite())
        return;
    assert_text(shown->seconds, "1970-01-01T00:00:05Z");
    assert_int_equal(strlen(shown->millis), strlen("1970-01-01T00:00:05.123Z"));
    assert_text(shown->millis + strlen(shown->millis) - 1, "Z");
}

static void test_forms_that_cannot_be_compared(void **state)
{
    struct fixture *f = *state;
    struct entry_query *q = entry_query(f->s);
    struct entry *entry;
    entry_where(q, ar_lt_column(entry_column.local, entry_column.with_zone));
    fails(f->s, AR_MISUSE, entry_one(q, &entry));
    assert_error_names(f->s, "entry.local and entry.with_zone cannot be compared: PostgreSQL stores only one of them "
                             "without a time zone (AR_WITHOUT_ZONE)");
    q = entry_query(f->s);
    entry_where(q, ar_lt_column(entry_column.seconds, entry_column.with_zone));
    fails(f->s, AR_MISUSE, entry_one(q, &entry));
    assert_error_names(f->s, "they are stored in different forms");
    q = entry_query(f->s);
    entry_where(q, ar_lt_column(entry_column.millis, entry_column.tenths));
    fails(f->s, AR_MISUSE, entry_one(q, &entry));
    assert_statements(f, 0);
}

/* ---- Strings in ISO form ----------------------------------------------------------------------------------------- */

/* A write and a new version keep the milliseconds of the form, a deletion its seconds. */
static void test_times_of_writes(void **state)
{
    struct fixture *f = *state;
    struct entry entry = {.local = 1}, *read;
    struct shown_entry *shown;
    struct timespec created;
    ok(f->s, entry_save(f->s, &entry));
    created = entry.created_at;
    assert_int_equal(created.tv_nsec % 1000000, 0);
    assert_int_equal(entry.updated_at.tv_nsec % 1000, 0);
    ok(f->other, entry_find(f->other, entry.id, &read));
    assert_exact(read->created_at, created.tv_sec, created.tv_nsec);
    if (fixture_is_sqlite()) {
        ok(f->other, shown_entry_find(f->other, entry.id, &shown));
        assert_int_equal(strlen(shown->created_at), strlen("2024-01-01T00:00:00.000Z"));
        assert_int_equal(strlen(shown->updated_at), strlen("2024-01-01T00:00:00.000000Z"));
    }
    ok(f->s, entry_delete(f->s, &entry));
    fails(f->other, AR_NOT_FOUND, entry_reload(f->other, read));
}

static void test_times_that_need_more_digits(void **state)
{
    struct fixture *f = *state;
    struct entry entry = {.local = 1, .millis = {NOON, 1}};
    fails(f->s, AR_INVALID, entry_save(f->s, &entry));
    assert_text(ar_session_error(f->s)->column, "millis");
    entry.millis.tv_nsec = 123456000; /* PostgreSQL has microseconds */
    if (fixture_is_sqlite())
        fails(f->s, AR_INVALID, entry_save(f->s, &entry));
    else
        ok(f->s, entry_save(f->s, &entry));
}

/* A file of another program, with a row every 250 milliseconds. */
static void given_readings(struct fixture *f)
{
    run_sql(f, "INSERT INTO readings (at, degrees) VALUES ('1996-07-04T12:00:00.000Z', 20),"
               " ('1996-07-04T12:00:00.250Z', 21), ('1996-07-04T12:00:00.500Z', 22), ('1996-07-04T12:00:00.750Z', 23)");
    run_sql(f, "INSERT INTO alarms (id, at, text) VALUES (1, '1996-07-04T12:00:00.250Z', 'warm'), (2, NULL, 'lost'),"
               " (3, '1996-07-04T12:00:00.750Z', 'hot'), (4, '1996-07-04T12:00:00.750Z', 'hot!')");
    reset_statements(f);
}

static void test_rows_of_another_program(void **state)
{
    struct fixture *f = *state;
    struct reading_query *q = reading_query(f->s);
    struct reading_list list;
    struct reading *reading;
    int64_t found;
    given_readings(f);
    reading_where(q, ar_gt(reading_column.at, ((struct timespec){NOON, 250000000})));
    ok(f->s, reading_count(q, &found));
    assert_int_equal(found, 2);
    ok(f->s, reading_find(f->s, (struct timespec){NOON, 500000000}, &reading));
    assert_true(reading->degrees == 22);
    ok(f->s, reading_save(f->s, &(struct reading){.at = {NOON + 1, 0}, .degrees = 24}));
    ok(f->s, reading_delete(f->s, reading));
    reset_statements(f);

    const struct reading *last = NULL;
    for (size_t i = 0; i < 4; i++) {
        q = reading_query(f->s);
        reading_order_by(q, ar_desc(reading_column.at));
        reading_after(q, last);
        reading_limit(q, 1);
        ok(f->s, reading_all(q, &list));
        assert_int_equal(list.count, 1);
        last = list.items[0];
        assert_true(last->degrees == ((const double[]){24, 23, 21, 20})[i]);
    }
    assert_statements(f, 4);
}

static void test_relations_of_another_program(void **state)
{
    struct fixture *f = *state;
    struct reading_query *q = reading_query(f->s);
    struct reading_list list;
    struct alarm_list alarms;
    struct reading *reading;
    static const size_t counts[] = {0, 1, 0, 2};
    given_readings(f);
    reading_order_by(q, ar_asc(reading_column.at));
    reading_with_alarms(q);
    ok(f->s, reading_all(q, &list));
    assert_statements(f, 2);
    for (size_t i = 0; i < 4; i++) {
        ok(f->s, reading_alarms(f->s, list.items[i], &alarms));
        assert_int_equal(alarms.count, counts[i]);
    }
    assert_statements(f, 0);

    ar_session_clear(f->s);
    ok(f->s, alarm_all(by_key(alarm_query(f->s), &alarm_model), &alarms));
    ok(f->s, alarm_reading(f->s, alarms.items[1], &reading));
    assert_null(reading);
    ok(f->s, alarm_reading(f->s, alarms.items[3], &reading));
    assert_true(reading->degrees == 23);
    ok(f->s, alarm_reading(f->s, alarms.items[0], &reading));
    assert_true(reading->degrees == 21);
    assert_statements(f, 2);
}

/* SQLite: numbers or strings in the other form are never compared with strings in this one. */
static void test_other_forms(void **state)
{
    static const char *const others[] = {"836481600", "'1996-07-04 12:00:00'"};
    struct fixture *f = *state;
    if (!fixture_is_sqlite())
        return;
    for (size_t i = 0; i < 2; i++) {
        struct entry_query *q;
        struct entry *entry;
        char sql[200];
        fixture_close(state);
        open_journal(state);
        f = *state;
        run_sql(f, "DROP VIEW shown_entries");
        run_sql(f, "DROP TABLE entries");
        run_sql(f, "CREATE TABLE entries (id INTEGER PRIMARY KEY, local, exact, with_zone, millis, seconds, tenths,"
                   " created_at, updated_at, deleted_at)");
        snprintf(sql, sizeof sql, "INSERT INTO entries (local, seconds) VALUES (0, %s)", others[i]);
        run_sql(f, sql);
        q = entry_query(f->s);
        entry_where(q, ar_lt(entry_column.seconds, NOON));
        fails(f->s, AR_INVALID, entry_one(q, &entry));
        assert_error_names(f->s, "column seconds of table entries does not store times as YYYY-MM-DDTHH:MM:SSZ");
    }
}

/* ---- Keys -------------------------------------------------------------------------------------------------------- */

static struct moment make_moment(time_t seconds, long microseconds, const char *name)
{
    const struct timespec exact = {seconds, microseconds * 1000};
    return (struct moment){.number = seconds,
                           .text = seconds + 1,
                           .iso = seconds + 2,
                           .exact = exact,
                           .exact_text = exact,
                           .exact_iso = exact,
                           .local = seconds + 3,
                           .local_iso = {seconds, 125000000},
                           .name = name};
}

static struct remark make_remark(const struct moment *moment, const char *body)
{
    return (struct remark){.number = moment->number,
                           .text = moment->text,
                           .iso = moment->iso,
                           .exact = moment->exact,
                           .exact_text = moment->exact_text,
                           .exact_iso = moment->exact_iso,
                           .local = moment->local,
                           .local_iso = moment->local_iso,
                           .body = body};
}

/* Three moments, two of them a microsecond apart; a remark about the first, and two about the second. */
static void given_moments(struct fixture *f, struct moment moments[3])
{
    moments[0] = make_moment(NOON, 0, "noon");
    moments[1] = make_moment(NOON, 1, "just after noon");
    moments[2] = make_moment(-1, 999999, "before the epoch");
    ok(f->s, moment_insert_many(f->s, moments, 3));
    struct remark remarks[] = {make_remark(&moments[0], "a"), make_remark(&moments[1], "b"),
                               make_remark(&moments[1], "c")};
    ok(f->s, remark_insert_many(f->s, remarks, 3));
    ar_session_clear(f->s);
    reset_statements(f);
}

static enum ar_status find(struct ar_session *s, const struct moment *key, struct moment **out)
{
    return moment_find(s, key->number, key->text, key->iso, key->exact, key->exact_text, key->exact_iso, key->local,
                       key->local_iso, out);
}

static void test_finds_saves_and_deletes(void **state)
{
    struct fixture *f = *state;
    struct moment moments[3], *found, *other;
    given_moments(f, moments);
    for (size_t i = 0; i < 3; i++) {
        ok(f->s, find(f->s, &moments[i], &found));
        assert_text(found->name, moments[i].name);
    }
    found->name = "1969";
    ok(f->s, moment_save(f->s, found));
    ok(f->other, find(f->other, &moments[2], &other));
    assert_text(other->name, "1969");
    ok(f->s, moment_delete(f->s, found));
    fails(f->other, AR_NOT_FOUND, moment_reload(f->other, other));
    moments[0].exact.tv_nsec = 1000;
    fails(f->s, AR_NOT_FOUND, find(f->s, &moments[0], &found));
    moments[1].name = "upserted";
    enum ar_upsert_effect effect;
    ok(f->s, moment_upsert_many(f->s, &moments[1], 1, &(struct ar_upsert){0}, &effect, NULL));
    assert_int_equal(effect, AR_UPSERT_UPDATED);
}

static void test_relations(void **state)
{
    struct fixture *f = *state;
    struct moment moments[3], *moment;
    struct moment_list list;
    struct remark_list remarks;
    static const size_t counts[] = {0, 1, 2};
    given_moments(f, moments);
    struct moment_query *q = moment_query(f->s);
    moment_order_by(q, ar_asc(moment_column.exact));
    moment_with_remarks(q);
    ok(f->s, moment_all(q, &list));
    assert_statements(f, 2);
    for (size_t i = 0; i < 3; i++) {
        ok(f->s, moment_remarks(f->s, list.items[i], &remarks));
        assert_int_equal(remarks.count, counts[i]);
    }
    assert_statements(f, 0);

    ar_session_clear(f->s);
    ok(f->s, remark_all(by_key(remark_query(f->s), &remark_model), &remarks));
    for (size_t i = 0; i < 3; i++) {
        ok(f->s, remark_moment(f->s, remarks.items[i], &moment));
        assert_text(moment->name, i == 0 ? "noon" : "just after noon");
    }
    assert_statements(f, 2);
}

/* Rows that the field cannot tell apart would become one record. */
static void test_keys_that_the_field_would_change(void **state)
{
    struct fixture *f = *state;
    struct moment moments[3];
    struct moment_list list;
    struct remark_list remarks;
    given_moments(f, moments);
    run_sql(f, "DELETE FROM remarks WHERE body <> 'a'");
    if (fixture_is_sqlite()) {
        run_sql(f, "PRAGMA foreign_keys = OFF");
        run_sql(f, "UPDATE moments SET iso = replace(iso, 'Z', '.000Z')");
        run_sql(f, "UPDATE remarks SET text = replace(text, ' ', 'T')");
    } else {
        run_sql(f, "ALTER TABLE moments DROP CONSTRAINT moments_pkey CASCADE");
        run_sql(f, "UPDATE moments SET iso = iso + interval '0.25 s'");
        run_sql(f, "UPDATE remarks SET text = text + interval '0.25 s'");
    }
    fails(f->s, AR_INVALID, moment_all(by_key(moment_query(f->s), &moment_model), &list));
    assert_error_names(f->s, fixture_is_sqlite()
                                 ? "column iso of table moments is part of a key, but has a string that "
                                   "AR_STORED_AS would write differently"
                                 : "column iso of table moments is part of a key, but has a fraction of "
                                   "a second: declare the field struct timespec");
    fails(f->s, AR_INVALID, remark_all(by_key(remark_query(f->s), &remark_model), &remarks));
    assert_error_names(f->s, "column text of table remarks is part of a key");
}

/* ---- Many rows --------------------------------------------------------------------------------------------------- */

static int64_t below(uint64_t *state, int64_t limit)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (int64_t)(*state >> 11) % limit;
}

static const char *format(time_t time, const char *with, char out[40])
{
    struct tm parts;
    gmtime_r(&time, &parts);
    snprintf(out, 40, with, parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday, parts.tm_hour, parts.tm_min,
             parts.tm_sec);
    return out;
}

/* Random times of the years 1 to 9999, by arrays and by COPY on PostgreSQL, as the database shows them. */
static void insert_many(struct fixture *f, size_t count)
{
    const int64_t first = -62135596800, range = 315537897600;
    struct entry *entries = calloc(count, sizeof *entries), *read;
    struct shown_entry *shown;
    uint64_t seed = 11;
    char text[40], expected[64];
    for (size_t i = 0; i < count; i++) {
        entries[i].local = first + below(&seed, range);
        entries[i].exact = (struct timespec){below(&seed, 8000000000), below(&seed, 1000000) * 1000};
        entries[i].seconds = first + below(&seed, range);
        entries[i].millis = (struct timespec){first + below(&seed, range), below(&seed, 1000) * 1000000};
        entries[i].tenths.tv_sec = 1;
    }
    ok(f->s, entry_insert_many(f->s, entries, count));
    for (size_t i = 0; i < count; i += count / 50) {
        const struct entry *entry = &entries[i];
        ok(f->other, entry_find(f->other, entry->id, &read));
        ok(f->other, shown_entry_find(f->other, entry->id, &shown));
        assert_true(read->local == entry->local && read->seconds == entry->seconds);
        assert_exact(read->exact, entry->exact.tv_sec, entry->exact.tv_nsec);
        assert_exact(read->millis, entry->millis.tv_sec, entry->millis.tv_nsec);
        assert_text(shown->local, format(entry->local, "%04d-%02d-%02d %02d:%02d:%02d", text));
        if (!fixture_is_sqlite()) {
            format(entry->exact.tv_sec, "%04d-%02d-%02d %02d:%02d:%02d", text);
            snprintf(expected, sizeof expected, "%s.%06ld", text, entry->exact.tv_nsec / 1000);
            assert_text(shown->exact, expected);
            continue;
        }
        assert_text(shown->seconds, format(entry->seconds, "%04d-%02d-%02dT%02d:%02d:%02dZ", text));
        format(entry->millis.tv_sec, "%04d-%02d-%02dT%02d:%02d:%02d", text);
        snprintf(expected, sizeof expected, "%s.%03ldZ", text, entry->millis.tv_nsec / 1000000);
        assert_text(shown->millis, expected);
    }

    /* The database orders them as numbers are ordered. */
    struct entry_query *q = entry_query(f->other);
    struct entry_list list;
    entry_order_by(q, ar_asc(entry_column.millis));
    ok(f->other, entry_all(q, &list));
    for (size_t i = 1; i < list.count; i++) {
        const struct timespec *a = &list.items[i - 1]->millis, *b = &list.items[i]->millis;
        assert_true(a->tv_sec < b->tv_sec || (a->tv_sec == b->tv_sec && a->tv_nsec <= b->tv_nsec));
    }
    free(entries);
}

static void test_insert_many(void **state)
{
    insert_many(*state, 100);
}

static void test_insert_very_many(void **state)
{
    insert_many(*state, 4000);
}

#define test(function) cmocka_unit_test_setup_teardown(function, open_journal, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        test(test_the_zone_of_the_session_is_irrelevant),
        test(test_defaults),
        test(test_forms_that_cannot_be_compared),
        test(test_times_of_writes),
        test(test_times_that_need_more_digits),
        test(test_rows_of_another_program),
        test(test_relations_of_another_program),
        test(test_other_forms),
        test(test_finds_saves_and_deletes),
        test(test_relations),
        test(test_keys_that_the_field_would_change),
        test(test_insert_many),
        test(test_insert_very_many),
    };
    return cmocka_run_group_tests_name("times", tests, NULL, NULL);
}
