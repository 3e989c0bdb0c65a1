/* Every type of column, S-117, S-118 and S-120: limits survive a round trip, values that do not fit are refused in both
 * directions, and unusual strings and blobs are preserved byte for byte. */
#include "support.h"
#include "types.ar.h"

#include <float.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Re-create the table of slips with columns wider than the fields: SQLite's accept any value, PostgreSQL's have the
 * widest type of the same kind. The session under test runs this, because its connection may have prepared statements
 * for the previous table. */
static void make_slips(struct fixture *f)
{
    ok(f->s, ar_execute(f->s, "DROP TABLE IF EXISTS slips"));
    ok(f->s, ar_execute(f->s, fixture_is_sqlite()
                                  ? "CREATE TABLE slips (id INTEGER PRIMARY KEY, tiny, large_positive, precise, single,"
                                    " flag, fixed, text, moment, name, uuid, blob, hash)"
                                  : "CREATE TABLE slips (id BIGINT PRIMARY KEY, tiny BIGINT, large_positive BIGINT,"
                                    " precise FLOAT8, single FLOAT8, flag BIGINT, fixed TEXT, text TEXT,"
                                    " moment TIMESTAMPTZ, name TEXT, uuid UUID, blob BYTEA, hash BYTEA)"));
}

/* Change the type of a column of slips, discarding its values. Do nothing on SQLite, where the columns have no type. */
static void retype_slips(struct fixture *f, const char *column, const char *type)
{
    char sql[128];
    if (fixture_is_sqlite())
        return;
    snprintf(sql, sizeof sql, "ALTER TABLE slips ALTER COLUMN %s TYPE %s USING NULL", column, type);
    ok(f->s, ar_execute(f->s, sql));
}

/* Insert slip 1; `values` are those of the columns from tiny to text. */
static void add_slip(struct fixture *f, const char *values)
{
    char sql[256];
    snprintf(sql, sizeof sql, "INSERT INTO slips VALUES (1, %s, '1970-01-01', 'RED', %s, NULL, %s)", values,
             fixture_is_sqlite() ? "zeroblob(16)" : "'00000000-0000-0000-0000-000000000000'",
             fixture_is_sqlite() ? "zeroblob(4)" : "'\\x00000000'");
    run_sql(f, sql);
}

static int open_types(void **state)
{
    if (fixture_open(state, &sample_model, &maybe_model) != 0)
        return -1;
    make_slips(*state);
    return 0;
}

/* Save the sample, and return it as read by another session. */
static struct sample *round_trip(struct fixture *f, struct sample *sample)
{
    struct sample *read;
    ok(f->s, sample_save(f->s, sample));
    assert_statements(f, 1);
    ar_session_clear(f->other);
    f->is_paused = true;
    ok(f->other, sample_find(f->other, sample->id, &read));
    f->is_paused = false;
    return read;
}

/* ---- S-117: round trips ------------------------------------------------------------------------------------------ */

static void assert_same_integers(const struct sample *a, const struct sample *b)
{
    assert_true(a->flag == b->flag);
    assert_int_equal(a->tiny, b->tiny);
    assert_int_equal(a->small, b->small);
    assert_int_equal(a->medium, b->medium);
    assert_true(a->large == b->large);
    assert_int_equal(a->tiny_positive, b->tiny_positive);
    assert_int_equal(a->small_positive, b->small_positive);
    assert_int_equal(a->medium_positive, b->medium_positive);
    assert_true(a->large_positive == b->large_positive);
    assert_int_equal(a->plain_char, b->plain_char);
    assert_int_equal(a->plain_short, b->plain_short);
    assert_int_equal(a->plain_int, b->plain_int);
    assert_true(a->plain_long == b->plain_long);
    assert_true(a->plain_long_long == b->plain_long_long);
    assert_int_equal(a->plain_unsigned, b->plain_unsigned);
    assert_true(a->plain_size == b->plain_size);
}

static void test_s117_smallest_integers(void **state)
{
    struct sample sample = {.tiny = INT8_MIN,
                            .small = INT16_MIN,
                            .medium = INT32_MIN,
                            .large = INT64_MIN,
                            .plain_char = SCHAR_MIN,
                            .plain_short = SHRT_MIN,
                            .plain_int = INT_MIN,
                            .plain_long = LONG_MIN,
                            .plain_long_long = LLONG_MIN};
    assert_same_integers(round_trip(*state, &sample), &sample);
}

static void test_s117_largest_integers(void **state)
{
    struct sample sample = {.flag = true,
                            .tiny = INT8_MAX,
                            .small = INT16_MAX,
                            .medium = INT32_MAX,
                            .large = INT64_MAX,
                            .tiny_positive = UINT8_MAX,
                            .small_positive = UINT16_MAX,
                            .medium_positive = UINT32_MAX,
                            .large_positive = INT64_MAX,
                            .plain_char = SCHAR_MAX,
                            .plain_short = SHRT_MAX,
                            .plain_int = INT_MAX,
                            .plain_long = LONG_MAX,
                            .plain_long_long = LLONG_MAX,
                            .plain_unsigned = UINT_MAX,
                            .plain_size = INT64_MAX};
    assert_same_integers(round_trip(*state, &sample), &sample);
}

static void assert_same_bits(double a, double b)
{
    assert_memory_equal(&a, &b, sizeof a);
}

static void test_s117_reals(void **state)
{
    static const double doubles[] = {0.0,     0.1,       -1e-300,  DBL_MAX,   -DBL_MAX,
                                     DBL_MIN, 0x1p-1074, INFINITY, -INFINITY, 9007199254740993.0};
    static const float floats[] = {0.0F,    0.1F,      -1e-30F,  FLT_MAX,   -FLT_MAX,
                                   FLT_MIN, 0x1p-149F, INFINITY, -INFINITY, 1.0F};
    for (size_t i = 0; i < sizeof doubles / sizeof doubles[0]; i++) {
        struct sample sample = {.precise = doubles[i], .single = floats[i]};
        struct sample *read = round_trip(*state, &sample);
        assert_same_bits(read->precise, doubles[i]);
        assert_same_bits((double)read->single, (double)floats[i]);
    }
}

/* SQLite has no NaN: it would store NULL, which violates the column's NOT NULL. */
static void test_s117_not_a_number(void **state)
{
    struct fixture *f = *state;
    struct sample sample = {.precise = (double)NAN};
    if (!fixture_is_sqlite()) {
        assert_true(isnan(round_trip(f, &sample)->precise));
        return;
    }
    fails(f->s, AR_INVALID, sample_save(f->s, &sample));
    assert_text(ar_session_error(f->s)->column, "precise");
}

static void test_s117_enums(void **state)
{
    static const enum color colors[] = {RED, GREEN, BLUE};
    struct fixture *f = *state;
    for (size_t i = 0; i < 3; i++) {
        struct sample sample = {.number = colors[i], .name = colors[i]};
        struct sample *read = round_trip(f, &sample);
        assert_int_equal(read->number, colors[i]);
        assert_int_equal(read->name, colors[i]);
    }
    int64_t count;
    struct sample_query *q = sample_query(f->s);
    sample_where(q, ar_and(ar_eq(sample_column.name, "BLUE"), ar_eq(sample_column.number, BLUE)));
    ok(f->s, sample_count(q, &count));
    assert_int_equal(count, 1);
}

static void test_s117_enum_without_a_name(void **state)
{
    struct fixture *f = *state;
    struct sample sample = {.name = (enum color)3};
    fails(f->s, AR_INVALID, sample_save(f->s, &sample));
    assert_text(ar_session_error(f->s)->column, "name");
    assert_statements(f, 0);

    struct sample number = {.number = (enum color)3};
    assert_int_equal(round_trip(f, &number)->number, 3);
}

/* The limits of each database. SQLite stores integers: seconds, or nanoseconds for a timespec. PostgreSQL stores
 * microseconds, from 4714 BC to the end of 294276. */
static void test_s117_times(void **state)
{
    enum { COUNT = 8 };
    static const time_t moments[2][COUNT] = {
        {0, 1, -1, 1700000000, -62135596800, 253402300799, INT64_MAX, INT64_MIN},
        {0, 1, -1, 1700000000, -62135596800, 253402300799, 9224318015999, -210866803200},
    };
    static const struct timespec instants[2][COUNT] = {
        {{0, 0},
         {0, 1},
         {0, 999999999},
         {-1, 999999999},
         {-1, 0},
         {1700000000, 123456789},
         {9223372036, 0},
         {-9223372036, 0}},
        {{0, 0},
         {0, 1000},
         {0, 999999000},
         {-1, 999999000},
         {-1, 0},
         {1700000000, 123456000},
         {9224318015999, 999999000},
         {-210866803200, 0}},
    };
    size_t database = !fixture_is_sqlite();
    for (size_t i = 0; i < COUNT; i++) {
        struct sample sample = {.moment = moments[database][i], .instant = instants[database][i]};
        struct sample *read = round_trip(*state, &sample);
        assert_true(read->moment == sample.moment);
        assert_true(read->instant.tv_sec == sample.instant.tv_sec);
        assert_int_equal(read->instant.tv_nsec, sample.instant.tv_nsec);
    }
}

/* A time outside the range of the column is refused, not clamped. */
static void test_s117_times_out_of_range(void **state)
{
    enum { COUNT = 6 };
    static const struct timespec wrong[2][COUNT] = {
        {{INT64_MAX, 0}, {INT64_MIN, 0}, {9223372037, 0}, {-9223372038, 0}, {0, 1000000000}, {0, -1}},
        {{INT64_MAX, 0}, {INT64_MIN, 0}, {9224318016000, 0}, {0, 1}, {0, 1000000000}, {0, -1}},
    };
    struct fixture *f = *state;
    for (size_t i = 0; i < COUNT; i++) {
        struct sample sample = {.instant = wrong[!fixture_is_sqlite()][i]};
        fails(f->s, AR_INVALID, sample_save(f->s, &sample));
        assert_text(ar_session_error(f->s)->column, "instant");
    }
    bool exists;
    ok(f->s, sample_exists(sample_query(f->s), &exists));
    assert_false(exists);
}

static void test_s117_uuid_and_fixed_text(void **state)
{
    struct sample sample = {.uuid = {0xff, 1, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xfe}, .fixed = "1234567"};
    sample.hash[19] = 0xfe;
    struct sample *read = round_trip(*state, &sample);
    assert_memory_equal(read->hash, sample.hash, 20);
    assert_memory_equal(read->uuid, sample.uuid, 16);
    assert_text(read->fixed, "1234567");

    struct sample empty = {.id = 0};
    read = round_trip(*state, &empty);
    assert_text(read->fixed, "");
    assert_memory_equal(read->uuid, empty.uuid, 16);
    assert_memory_equal(read->hash, empty.hash, 20);
}

static void test_s117_unsigned_above_sql(void **state)
{
    struct fixture *f = *state;
    struct sample sample = {.large_positive = (uint64_t)INT64_MAX + 1};
    fails(f->s, AR_INVALID, sample_save(f->s, &sample));
    assert_text(ar_session_error(f->s)->column, "large_positive");
    assert_statements(f, 0);

    struct sample_query *q = sample_query(f->s);
    sample_where(q, ar_eq(sample_column.large_positive, UINT64_MAX));
    struct sample_list list;
    fails(f->s, AR_INVALID, sample_all(q, &list));
    assert_int_equal(list.count, 0);
    assert_statements(f, 0);
}

static void test_s117_fixed_text_without_terminator(void **state)
{
    struct fixture *f = *state;
    struct sample sample = {.id = 0};
    memset(sample.fixed, 'x', sizeof sample.fixed);
    fails(f->s, AR_INVALID, sample_save(f->s, &sample));
    assert_text(ar_session_error(f->s)->column, "fixed");
    assert_statements(f, 0);
}

/* ---- S-117: NULL ------------------------------------------------------------------------------------------------- */

static struct maybe *maybe_round_trip(struct fixture *f, struct maybe *maybe)
{
    struct maybe *read;
    ok(f->s, maybe_save(f->s, maybe));
    ar_session_clear(f->other);
    ok(f->other, maybe_find(f->other, maybe->id, &read));
    return read;
}

/* Return the number of rows with NULL in this column. */
static int64_t count_null(struct fixture *f, struct ar_condition is_null)
{
    int64_t count;
    struct maybe_query *q = maybe_query(f->s);
    maybe_where(q, is_null);
    ok(f->s, maybe_count(q, &count));
    return count;
}

static int64_t count_all_null(struct fixture *f)
{
    return count_null(f, ar_and(ar_is_null(maybe_column.zero_is_null), ar_is_null(maybe_column.moment),
                                ar_is_null(maybe_column.instant), ar_is_null(maybe_column.fixed),
                                ar_is_null(maybe_column.hash), ar_is_null(maybe_column.uuid),
                                ar_is_null(maybe_column.name), ar_is_null(maybe_column.count),
                                ar_is_null(maybe_column.ratio), ar_is_null(maybe_column.answer)));
}

static void test_s117_zero_is_null(void **state)
{
    struct fixture *f = *state;
    struct maybe nothing = {.id = 0};
    struct maybe *read = maybe_round_trip(f, &nothing);
    assert_int_equal(read->zero_is_null, 0);
    assert_int_equal(read->moment, 0);
    assert_int_equal(read->instant.tv_sec, 0);
    assert_text(read->fixed, "");
    assert_false(read->has_count || read->has_ratio || read->has_answer || read->has_name);
    assert_int_equal(count_all_null(f), 1);
}

/* A nullable field with a bool distinguishes zero from NULL. */
static void test_s117_zero_differs_from_null(void **state)
{
    struct fixture *f = *state;
    struct maybe zero = {.has_name = true, .has_count = true, .has_ratio = true, .has_answer = true};
    struct maybe *read = maybe_round_trip(f, &zero);
    assert_true(read->has_count && read->has_ratio && read->has_answer && read->has_name);
    assert_int_equal(read->count, 0);
    assert_true(read->ratio == 0.0);
    assert_false(read->answer);
    assert_int_equal(read->name, RED);
    assert_int_equal(count_null(f, ar_or(ar_is_null(maybe_column.count), ar_is_null(maybe_column.ratio),
                                         ar_is_null(maybe_column.answer), ar_is_null(maybe_column.name))),
                     0);
}

static void test_s117_from_value_to_null_and_back(void **state)
{
    struct fixture *f = *state;
    struct maybe maybe = {.zero_is_null = 5, .count = 6, .has_count = true, .moment = 7};
    struct maybe *loaded;
    ok(f->s, maybe_save(f->s, &maybe));
    ok(f->s, maybe_find(f->s, maybe.id, &loaded));
    assert_int_equal(loaded->zero_is_null, 5);

    loaded->zero_is_null = 0;
    loaded->has_count = false;
    loaded->moment = 0;
    ok(f->s, maybe_save(f->s, loaded));
    ok(f->s, maybe_reload(f->s, loaded));
    assert_int_equal(count_all_null(f), 1);
    assert_false(loaded->has_count);
    assert_int_equal(loaded->count, 0);

    loaded->has_count = true;
    ok(f->s, maybe_save(f->s, loaded));
    ok(f->s, maybe_reload(f->s, loaded));
    assert_true(loaded->has_count);
    assert_int_equal(count_all_null(f), 0);
}

/* The contents of a field whose bool is false do not count as a change: save writes nothing, and a query refreshes the
 * record. */
static void test_contents_of_null(void **state)
{
    struct fixture *f = *state;
    struct maybe maybe = {.zero_is_null = 5}, *read, *others;
    ok(f->s, maybe_insert(f->s, &maybe));
    ok(f->s, maybe_find(f->s, maybe.id, &read));
    read->count = 6;
    read->answer = true;
    reset_statements(f);
    ok(f->s, maybe_save(f->s, read));
    assert_statements(f, 0);
    ok(f->other, maybe_find(f->other, maybe.id, &others));
    others->zero_is_null = 7;
    ok(f->other, maybe_save(f->other, others));
    ok(f->s, maybe_all(maybe_query(f->s), &(struct maybe_list){0}));
    assert_int_equal(read->zero_is_null, 7);
    assert_false(read->has_count || read->has_answer);
}

/* ---- S-117, S-118: stored values that do not fit the field ------------------------------------------------------- */

/* A row with this value in this column cannot be read; the message names the table and the column. `type` is the column
 * type needed to store the value, or NULL; SQLite ignores it. */
static void assert_unreadable(struct fixture *f, const char *column, const char *type, const char *value)
{
    char sql[256];
    make_slips(f);
    add_slip(f, "0, 0, 0, 0, 0, '', NULL");
    struct slip *slip;
    ar_session_clear(f->s);
    ok(f->s, slip_find(f->s, 1, &slip));

    if (type != NULL)
        retype_slips(f, column, type);
    snprintf(sql, sizeof sql, "UPDATE slips SET %s = %s", column, value);
    run_sql(f, sql);
    ar_session_clear(f->s);
    fails(f->s, AR_INVALID, slip_find(f->s, 1, &slip));
    assert_null(slip);
    assert_error_names(f->s, "slips");
    assert_error_names(f->s, column);
    assert_text(ar_session_error(f->s)->column, column);
    struct slip_list list;
    fails(f->s, AR_INVALID, slip_all(slip_query(f->s), &list));
    assert_int_equal(list.count, 0);
    assert_null(list.items);
}

static void test_s117_null_into_a_field_that_is_not_nullable(void **state)
{
    static const char *const columns[] = {"tiny",  "large_positive", "precise", "single", "flag",
                                          "fixed", "moment",         "name",    "uuid",   "hash"};
    for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++)
        assert_unreadable(*state, columns[i], NULL, "NULL");
}

static void test_s117_numbers_that_do_not_fit(void **state)
{
    static const char *const cases[][2] = {{"tiny", "128"}, {"tiny", "-129"},   {"large_positive", "-1"}, {"flag", "2"},
                                           {"flag", "-1"},  {"single", "1e39"}, {"single", "1e-200"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_unreadable(*state, cases[i][0], NULL, cases[i][1]);
}

static void test_s117_values_of_a_different_kind(void **state)
{
    static const struct {
        const char *column, *type, *value;
        const char *postgresql; /* if it is written differently */
    } cases[] = {
        {"tiny", "TEXT", "'one'", NULL},
        {"tiny", "FLOAT8", "1.5", NULL},
        {"precise", "TEXT", "'x'", NULL},
        {"flag", "TEXT", "'true'", NULL},
        {"text", "BYTEA", "x'00ff'", "'\\x00ff'"},
        {"fixed", "INTEGER", "12", NULL},
        {"moment", "TEXT", "'yesterday'", NULL},
        {"moment", "TEXT", "'2021-02-30'", NULL},
        {"moment", "FLOAT8", "1.5", NULL},
        {"name", "TEXT", "'PINK'", NULL},
        {"name", "INTEGER", "7", NULL},
        {"uuid", "BYTEA", "zeroblob(15)", "'\\x000000000000000000000000000000'"},
        {"uuid", "TEXT", "'text'", NULL},
        {"blob", "TEXT", "'text'", NULL},
        {"hash", "BYTEA", "zeroblob(3)", "'\\x000000'"},
        {"hash", "BYTEA", "zeroblob(5)", "'\\x0000000000'"},
        {"hash", "TEXT", "'text'", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        bool is_own = !fixture_is_sqlite() && cases[i].postgresql != NULL;
        assert_unreadable(*state, cases[i].column, cases[i].type, is_own ? cases[i].postgresql : cases[i].value);
    }
    static const char *const zero_bytes[] = {"'a' || char(0) || 'b'", "char(0) || 'abcdefgh'", "'abcdefgh' || char(0)"};
    for (size_t i = 0; i < 3 && fixture_is_sqlite(); i++) /* PostgreSQL's strings contain none */
        assert_unreadable(*state, "text", NULL, zero_bytes[i]);
    if (!fixture_is_sqlite()) /* SQLite has no infinite time */
        assert_unreadable(*state, "moment", NULL, "'infinity'");
}

static void test_s118_text_that_does_not_fit(void **state)
{
    struct fixture *f = *state;
    assert_unreadable(f, "fixed", NULL, "'12345678'");
    assert_unreadable(f, "fixed", NULL, "'1234567\xc3\xa4'");
    assert_error_names(f->s, "7");

    struct slip *slip;
    run_sql(f, "UPDATE slips SET fixed = '1234567'");
    ok(f->s, slip_find(f->s, 1, &slip));
    assert_text(slip->fixed, "1234567");
}

/* PostgreSQL types without a counterpart in C are refused, even if their bytes happen to fit the field. */
static void test_types_without_a_counterpart(void **state)
{
    static const char *const cases[][3] = {
        {"uuid", "INTERVAL", "'1 day'"},
        {"uuid", "POINT", "'(1, 2)'"},
        {"uuid", "BYTEA", "'\\x00000000000000000000000000000000'"},
        {"blob", "UUID", "'00000000-0000-0000-0000-000000000000'"},
        {"hash", "UUID", "'00000000-0000-0000-0000-000000000000'"},
        {"hash", "INTEGER", "1"},
        {"blob", "JSONB", "'{}'"},
        {"blob", "INTEGER[]", "'{1, 2}'"},
        {"blob", "INET", "'127.0.0.1'"},
        {"blob", "BIT(8)", "'00000000'"},
        {"large_positive", "MONEY", "1"},
        {"large_positive", "TIME", "'00:00'"},
        {"moment", "TIME", "'00:00'"},
        {"precise", "NUMERIC", "1e2000"},
        {"precise", "NUMERIC", "-1e400"},
        {"precise", "NUMERIC", "1e-400"},
        {"single", "NUMERIC", "1e2000"},
        {"single", "NUMERIC", "1e-200"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0] && !fixture_is_sqlite(); i++)
        assert_unreadable(*state, cases[i][0], cases[i][1], cases[i][2]);
}

/* If a row becomes unreadable, the record that the session has loaded is unchanged. */
static void test_s118_a_loaded_record_is_unchanged(void **state)
{
    struct fixture *f = *state;
    struct slip *slip, *again;
    add_slip(f, "1, 2, 3, 4, 1, 'short', 'text'");
    ok(f->s, slip_find(f->s, 1, &slip));
    run_sql(f, "UPDATE slips SET tiny = 5, fixed = 'far too long', text = 'other'");
    fails(f->s, AR_INVALID, slip_find(f->s, 1, &again));
    fails(f->s, AR_INVALID, slip_reload(f->s, slip));
    assert_int_equal(slip->tiny, 1);
    assert_text(slip->fixed, "short");
    assert_text(slip->text, "text");
    run_sql(f, "UPDATE slips SET fixed = 'short'");
    ok(f->s, slip_find(f->s, 1, &again));
    assert_ptr_equal(again, slip);
    assert_int_equal(slip->tiny, 5);
    assert_text(slip->text, "other");
}

/* Dates as other programs write them. */
static void test_s117_timestamps_as_text(void **state)
{
    static const struct {
        const char *text;
        time_t moment;
    } cases[] = {
        {"1970-01-01", 0},
        {"1970-01-01 00:00", 0},
        {"2009-02-13 23:31:30", 1234567890},
        {"2009-02-13T23:31:30Z", 1234567890},
        {"2009-02-14T00:31:30+01:00", 1234567890},
        {"2009-02-13T18:01:30-0530", 1234567890},
        {"2009-02-13 23:31:30.999", 1234567890},
        {"1969-12-31 23:59:59", -1},
        {"2000-02-29", 951782400},
        {"0001-01-01", -62135596800},
    };
    struct fixture *f = *state;
    add_slip(f, "0, 0, 0, 0, 0, '', NULL");
    retype_slips(f, "moment", "TEXT");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char sql[128];
        snprintf(sql, sizeof sql, "UPDATE slips SET moment = '%s'", cases[i].text);
        run_sql(f, sql);
        struct slip *slip;
        ok(f->s, slip_find(f->s, 1, &slip));
        assert_true(slip->moment == cases[i].moment);
    }
}

static void test_s117_invalid_timestamps(void **state)
{
    static const char *const cases[] = {"''",
                                        "'2021'",
                                        "'2021-13-01'",
                                        "'2021-00-10'",
                                        "'2021-01-32'",
                                        "'1900-02-29'",
                                        "'2021-01-01 '",
                                        "'2021-01-01 24:00'",
                                        "'2021-01-01 10:60'",
                                        "'2021-01-01x'",
                                        "'2021-01-01 10:00:00+'",
                                        "'2021-1-1'",
                                        "'2021-01-01 10:00:00.'",
                                        "'2021-01-01 10:00 CET'",
                                        "'-2021-01-01'"};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_unreadable(*state, "moment", "TEXT", cases[i]);
}

/* ---- S-120 ------------------------------------------------------------------------------------------------------- */

static void test_s120_odd_texts(void **state)
{
    static const char *const texts[] = {"",
                                        " ",
                                        "it's",
                                        "\"quoted\"",
                                        "''; DROP TABLE samples; --",
                                        "back\\slash\\",
                                        "100% _under_ ?1 :name @at $dollar",
                                        "line\nbreak\r\n\ttab",
                                        "\x01\x1f\x7f",
                                        "\xf0\x9f\x98\x80 \xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x92\xbb",
                                        "e\xcc\x81 \xc3\xa9 \xe2\x80\xae rtl",
                                        "NULL"};
    struct fixture *f = *state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct sample sample = {.text = texts[i], .writable = (char *)texts[i]};
        struct sample *read = round_trip(f, &sample);
        assert_text(read->text, texts[i]);
        assert_text(read->writable, texts[i]);

        struct sample_query *q = sample_query(f->s);
        struct sample *found;
        sample_where(q, ar_eq(sample_column.text, texts[i]));
        ok(f->s, sample_one(q, &found));
        assert_text(found->text, texts[i]);
        reset_statements(f);
    }
}

static void test_s120_null_and_empty_differ(void **state)
{
    struct sample nothing = {.id = 0}, empty = {.text = "", .writable = (char[]){""}, .blob = {"", 0}};
    struct sample *read = round_trip(*state, &nothing);
    assert_null(read->text);
    assert_null(read->writable);
    assert_null(read->blob.data);
    assert_int_equal(read->blob.size, 0);
    read = round_trip(*state, &empty);
    assert_text(read->text, "");
    assert_text(read->writable, "");
    assert_non_null(read->blob.data);
    assert_int_equal(read->blob.size, 0);
}

static void test_s120_blob_of_every_byte(void **state)
{
    struct fixture *f = *state;
    uint8_t bytes[256];
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (uint8_t)i;
    struct sample sample = {.blob = {bytes, sizeof bytes}};
    struct sample *read = round_trip(f, &sample);
    assert_int_equal(read->blob.size, sizeof bytes);
    assert_memory_equal(read->blob.data, bytes, sizeof bytes);

    struct sample_query *q = sample_query(f->s);
    sample_where(q, ar_eq(sample_column.blob, sample.blob));
    struct sample *found;
    ok(f->s, sample_one(q, &found));
    assert_int_equal(found->id, sample.id);
}

/* Assigning a blob to a record copies it; equal bytes at another address are not a change. */
static void test_s120_blob_assigned(void **state)
{
    struct fixture *f = *state;
    uint8_t bytes[] = {0, 1, 2};
    struct sample sample = {.blob = {bytes, sizeof bytes}};
    ok(f->s, sample_save(f->s, &sample));
    struct sample *loaded;
    ok(f->s, sample_find(f->s, sample.id, &loaded));
    reset_statements(f);

    uint8_t same[] = {0, 1, 2}, other[] = {0, 1, 3};
    loaded->blob.data = same;
    ok(f->s, sample_save(f->s, loaded));
    assert_statements(f, 0);
    loaded->blob.data = other;
    ok(f->s, sample_save(f->s, loaded));
    assert_statements(f, 1);
    memset(other, 9, sizeof other);
    assert_memory_equal(loaded->blob.data, "\0\1\3", 3);
    ok(f->s, sample_reload(f->s, loaded));
    assert_memory_equal(loaded->blob.data, "\0\1\3", 3);
}

static void test_s120_ten_megabytes(void **state)
{
    struct fixture *f = *state;
    const size_t size = 10 * 1000 * 1000;
    char *text = malloc(size + 1);
    assert_non_null(text);
    for (size_t i = 0; i < size; i++)
        text[i] = (char)('a' + i % 26);
    text[size] = '\0';
    struct sample sample = {.text = text, .blob = {text, size}};
    struct sample *read = round_trip(f, &sample);
    assert_int_equal(strlen(read->text), size);
    assert_memory_equal(read->text, text, size + 1);
    assert_int_equal(read->blob.size, size);
    assert_memory_equal(read->blob.data, text, size);
    free(text);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, open_types, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_s117_smallest_integers),
        TEST(test_s117_largest_integers),
        TEST(test_s117_reals),
        TEST(test_s117_not_a_number),
        TEST(test_s117_enums),
        TEST(test_s117_enum_without_a_name),
        TEST(test_s117_times),
        TEST(test_s117_times_out_of_range),
        TEST(test_s117_uuid_and_fixed_text),
        TEST(test_s117_unsigned_above_sql),
        TEST(test_s117_fixed_text_without_terminator),
        TEST(test_s117_zero_is_null),
        TEST(test_s117_zero_differs_from_null),
        TEST(test_s117_from_value_to_null_and_back),
        TEST(test_contents_of_null),
        TEST(test_s117_null_into_a_field_that_is_not_nullable),
        TEST(test_s117_numbers_that_do_not_fit),
        TEST(test_s117_values_of_a_different_kind),
        TEST(test_types_without_a_counterpart),
        TEST(test_s117_timestamps_as_text),
        TEST(test_s117_invalid_timestamps),
        TEST(test_s118_text_that_does_not_fit),
        TEST(test_s118_a_loaded_record_is_unchanged),
        TEST(test_s120_odd_texts),
        TEST(test_s120_null_and_empty_differ),
        TEST(test_s120_blob_of_every_byte),
        TEST(test_s120_blob_assigned),
        TEST(test_s120_ten_megabytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
