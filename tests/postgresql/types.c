/* PostgreSQL-specific types in a hand-written table: numeric, date, timestamp, varchar and char are read into fields,
 * including values at the limits, and written. */
#include "ledger.ar.h"
#include "server.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static int open_ledger(void **state)
{
    if (fixture_open_with(state, server_url(""), NULL, NULL, 0) != 0)
        return -1;
    run_sql(*state, "DROP TABLE IF EXISTS ledger");
    run_sql(*state, "CREATE TABLE ledger (id BIGSERIAL PRIMARY KEY, amount NUMERIC DEFAULT 0, whole NUMERIC DEFAULT 0,"
                    " share REAL DEFAULT 0, small SMALLINT DEFAULT 0, day DATE DEFAULT '1970-01-01',"
                    " made_at TIMESTAMP DEFAULT '1970-01-01', seen_at TIMESTAMPTZ DEFAULT '1970-01-01',"
                    " title VARCHAR(20), code CHAR(5) DEFAULT '')");
    return 0;
}

/* Store this value in the column, read the row, and return the status. */
static enum ar_status read_value(struct fixture *f, const char *column, const char *value, struct entry **out)
{
    char sql[256];
    run_sql(f, "DELETE FROM ledger");
    snprintf(sql, sizeof sql, "INSERT INTO ledger (id, %s) VALUES (1, %s)", column, value);
    run_sql(f, sql);
    ar_session_clear(f->s);
    return entry_find(f->s, 1, out);
}

static void assert_unreadable(struct fixture *f, const char *column, const char *value)
{
    struct entry *entry;
    enum ar_status status = read_value(f, column, value, &entry);
    if (status != AR_INVALID)
        fail_msg("reading %s %s returned %s", column, value, ar_status_name(status));
    assert_error_names(f->s, "ledger");
    assert_text(ar_session_error(f->s)->column, column);
}

static void test_numeric_as_double(void **state)
{
    static const struct {
        const char *text;
        double value;
    } cases[] = {
        {"0", 0.0},
        {"1", 1.0},
        {"-1", -1.0},
        {"0.1", 0.1},
        {"-0.0001", -0.0001},
        {"0.00000000000000000001", 1e-20},
        {"9999", 9999.0},
        {"10000", 10000.0},
        {"100000000", 1e8},
        {"1e130", 1e130},
        {"1e-300", 1e-300},
        {"1.7976931348623157e308", 1.7976931348623157e308},
        {"'Infinity'", INFINITY},
        {"'-Infinity'", -INFINITY},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct fixture *f = *state;
        struct entry *entry;
        ok(f->s, read_value(f, "amount", cases[i].text, &entry));
        if (memcmp(&entry->amount, &cases[i].value, sizeof(double)) != 0)
            fail_msg("%s was read as %.17g", cases[i].text, entry->amount);
    }
    struct entry *entry;
    struct ar_session *s = ((struct fixture *)*state)->s;
    ok(s, read_value(*state, "amount", "'NaN'", &entry));
    assert_true(isnan(entry->amount));
    fails(s, AR_INVALID, read_value(*state, "amount", "12345678901234567890.123456789", &entry));
    fails(s, AR_INVALID, read_value(*state, "amount", "9007199254740993", &entry));
    assert_error_names(s, "which a double cannot hold exactly");
}

static void test_numeric_that_no_double_holds(void **state)
{
    assert_unreadable(*state, "amount", "1e400");
    assert_unreadable(*state, "amount", "-1e2000");
    assert_unreadable(*state, "amount", "1e-400");
}

static void test_numeric_as_integer(void **state)
{
    static const struct {
        const char *text;
        int64_t value;
    } cases[] = {
        {"0", 0},
        {"-10000", -10000},
        {"123.000", 123},
        {"9007199254740993", INT64_C(9007199254740993)},
        {"9223372036854775807", INT64_MAX},
        {"-9223372036854775808", INT64_MIN},
        {"1e18", INT64_C(1000000000000000000)},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct fixture *f = *state;
        struct entry *entry;
        ok(f->s, read_value(f, "whole", cases[i].text, &entry));
        assert_true(entry->whole == cases[i].value);
    }
    assert_unreadable(*state, "whole", "0.5");
    assert_unreadable(*state, "whole", "1.00000000000000000001");
    assert_unreadable(*state, "whole", "9223372036854775808");
    assert_unreadable(*state, "whole", "-9223372036854775809");
    assert_unreadable(*state, "whole", "1e30");
    assert_unreadable(*state, "whole", "'NaN'");
}

static void test_dates_and_times(void **state)
{
    static const struct {
        const char *text;
        int64_t seconds;
    } days[] = {
        {"'1970-01-01'", 0},
        {"'2000-01-01'", 946684800},
        {"'1999-12-31'", 946598400},
        {"'0001-01-01'", -62135596800},
        {"'4713-01-01 BC'", -210863520000},
        {"'9999-12-31'", 253402214400},
    };
    struct fixture *f = *state;
    struct entry *entry;
    for (size_t i = 0; i < sizeof days / sizeof days[0]; i++) {
        ok(f->s, read_value(f, "day", days[i].text, &entry));
        if (entry->day != days[i].seconds)
            fail_msg("%s was read as %lld", days[i].text, (long long)entry->day);
    }
    ok(f->s, read_value(f, "made_at", "'2001-09-09 01:46:40.000001'", &entry));
    assert_int_equal(entry->made_at.tv_sec, 1000000000);
    assert_int_equal(entry->made_at.tv_nsec, 1000);
    ok(f->s, read_value(f, "made_at", "'1969-12-31 23:59:59.999999'", &entry));
    assert_int_equal(entry->made_at.tv_sec, -1);
    assert_int_equal(entry->made_at.tv_nsec, 999999000);
    ok(f->s, read_value(f, "seen_at", "'2001-09-09 01:46:40+02'", &entry));
    assert_int_equal(entry->seen_at, 1000000000 - 7200);
    ok(f->s, read_value(f, "seen_at", "'294276-12-31 23:59:59.999999'", &entry));
    assert_true(entry->seen_at == 9224318015999);
    static const char *const columns[] = {"day", "made_at", "seen_at"};
    for (size_t i = 0; i < 3; i++) {
        assert_unreadable(f, columns[i], "'infinity'");
        assert_unreadable(f, columns[i], "'-infinity'");
    }
}

static void test_texts(void **state)
{
    struct fixture *f = *state;
    struct entry *entry;
    ok(f->s, read_value(f, "title", "'twenty characters \xc3\xa4\xc3\xb6'", &entry));
    assert_text(entry->title, "twenty characters \xc3\xa4\xc3\xb6");
    ok(f->s, read_value(f, "code", "'ab'", &entry));
    assert_text(entry->code, "ab"); /* as PostgreSQL converts it to text: trailing spaces are padding */
    assert_unreadable(f, "code", "'\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4'");
}

/* If a trigger writes the string that is too long, no field of the record is named. */
static void test_written_by_a_trigger(void **state)
{
    struct fixture *f = *state;
    struct entry entry = {.title = "short enough"};
    run_sql(f, "CREATE OR REPLACE FUNCTION copy_title() RETURNS trigger LANGUAGE plpgsql AS"
               " $$ DECLARE copied varchar(5); BEGIN copied = NEW.title; RETURN NEW; END $$;"
               "CREATE TRIGGER copy_title BEFORE INSERT ON ledger FOR EACH ROW EXECUTE FUNCTION copy_title()");
    fails(f->s, AR_INVALID, entry_insert(f->s, &entry));
    assert_error_names(f->s, "character varying(5)");
    assert_null(ar_session_error(f->s)->column);
}

/* The server rejects values outside the range of the column, which differs from that of the field. */
static void test_written(void **state)
{
    struct fixture *f = *state;
    struct entry entry = {.amount = 1234.5678,
                          .whole = INT64_MAX,
                          .share = 0.1F,
                          .small = INT16_MIN,
                          .day = 86400,
                          .made_at = {-1, 999999000},
                          .seen_at = 253402300799,
                          .title = "twenty characters ab",
                          .code = "abcde"};
    struct entry *stored;
    ok(f->s, entry_save(f->s, &entry));
    ok(f->other, entry_find(f->other, entry.id, &stored));
    assert_true(stored->amount == entry.amount && stored->whole == entry.whole && stored->share == entry.share);
    assert_int_equal(stored->small, INT16_MIN);
    assert_int_equal(stored->day, 86400);
    assert_memory_equal(&stored->made_at, &entry.made_at, sizeof entry.made_at);
    assert_true(stored->seen_at == entry.seen_at);
    assert_text(stored->title, entry.title);
    assert_text(stored->code, "abcde");

    entry.title = "twenty-one characters";
    fails(f->s, AR_INVALID, entry_save(f->s, &entry));
    assert_error_names(f->s, "entry.title: value too long for type character varying(20)");
    assert_text(ar_session_error(f->s)->column, "title");
    assert_text(ar_session_error(f->s)->sqlstate, "22001");
    entry.title = "\xc3\xa4\xc3\xb6\xc3\xbc"; /* three characters, six bytes */
    strcpy(entry.code, "abcdef");
    fails(f->s, AR_INVALID, entry_save(f->s, &entry));
    assert_text(ar_session_error(f->s)->column, "code");
    entry.title = "longer"; /* either can be the reason */
    fails(f->s, AR_INVALID, entry_save(f->s, &entry));
    assert_null(ar_session_error(f->s)->column);
    entry.title = "not UTF-8: \xff";
    fails(f->s, AR_INVALID, entry_save(f->s, &entry));
    assert_error_names(f->s, "entry.title: invalid byte sequence");
    assert_text(ar_session_error(f->s)->column, "title");

    struct entry_query *query = entry_query(f->s);
    struct ar_value sum;
    entry_where(query, ar_and(ar_eq(entry_column.day, (time_t)86400), ar_gt(entry_column.amount, 1234.0)));
    ok(f->s, entry_sum(query, entry_column.amount, &sum));
    assert_true(sum.kind == AR_VALUE_REAL && sum.real == 1234.5678);
    ok(f->s, entry_max(query, entry_column.day, &sum));
    assert_true(sum.kind == AR_VALUE_TIME && sum.time.seconds == 86400);
}

#define test(function) cmocka_unit_test_setup_teardown(function, open_ledger, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        test(test_numeric_as_double),
        test(test_numeric_that_no_double_holds),
        test(test_numeric_as_integer),
        test(test_dates_and_times),
        test(test_texts),
        test(test_written),
        test(test_written_by_a_trigger),
    };
    return cmocka_run_group_tests_name("types", tests, NULL, NULL);
}
