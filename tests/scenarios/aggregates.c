/* Aggregates of relations, S-220 to S-229: count, exists, sum, average, minimum and maximum, lazily for all siblings,
 * eagerly, explicitly, from a loaded list, and what drops them. */
#include "data.h"
#include "meters.ar.h"

#include <math.h>

static int open_meters(void **state)
{
    return fixture_open(state, &meter_model, &sample_model, &seal_model);
}

static int64_t add_sample(struct fixture *f, int64_t meter_id, int32_t level)
{
    struct sample sample = {.meter_id = meter_id,
                            .has_level = level != 0,
                            .level = level,
                            .weight = level / 2.0,
                            .mass = 1,
                            .word = level > 15 ? "big" : "small",
                            .taken_at = 1000000 + level};
    add_row(f, &sample_model, &sample);
    return sample.id;
}

static int64_t add_meter(struct fixture *f, const char *name)
{
    struct meter meter = {.name = name};
    add_row(f, &meter_model, &meter);
    return meter.id;
}

/* Meters 1 to 3 with 2, 0 and 3 samples; samples 1 to 5 have the levels 10, 20, none, 7 and 30. Sample 6 is loose. */
static void given_meters(struct fixture *f)
{
    int64_t first = add_meter(f, "first");
    add_meter(f, "second");
    int64_t third = add_meter(f, "third");
    add_sample(f, first, 10);
    add_sample(f, first, 20);
    add_sample(f, third, 0);
    add_sample(f, third, 7);
    add_sample(f, third, 30);
    add_sample(f, 0, 99);
}

static struct meter_list all_meters(struct fixture *f)
{
    struct meter_list meters;
    ok(f->s, meter_all(by_key(meter_query(f->s), &meter_model), &meters));
    reset_statements(f);
    return meters;
}

static int64_t count_of(struct fixture *f, const struct meter *meter)
{
    int64_t count;
    ok(f->s, meter_samples_count(f->s, meter, &count));
    return count;
}

static struct ar_value value_of(struct fixture *f, const struct meter *meter, struct ar_measure measure)
{
    struct ar_value value;
    ok(f->s, meter_samples_aggregate(f->s, meter, measure, &value));
    return value;
}

static int64_t integer_of(struct fixture *f, const struct meter *meter, struct ar_measure measure)
{
    struct ar_value value = value_of(f, meter, measure);
    assert_int_equal(value.kind, AR_VALUE_INTEGER);
    return value.integer;
}

/* S-220: the first access counts for all siblings; a count answers if there are any rows. */
static void test_s220_siblings(void **state)
{
    struct fixture *f = *state;
    given_meters(f);
    struct meter_list meters = all_meters(f);
    static const int64_t expected[] = {2, 0, 3};
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(count_of(f, meters.items[i]), expected[i]);
    assert_statements(f, 1);
    for (size_t i = 0; i < 3; i++) {
        bool any;
        ok(f->s, meter_samples_exists(f->s, meters.items[i], &any));
        assert_int_equal(any, expected[i] > 0);
    }
    assert_statements(f, 0);
    ar_session_clear(f->s);
    meters = all_meters(f);
    for (size_t i = 0; i < 3; i++) {
        bool any;
        ok(f->s, meter_samples_exists(f->s, meters.items[i], &any));
        assert_int_equal(any, expected[i] > 0);
    }
    assert_statements(f, 1);
}

/* S-221: every aggregate of every type, and of no rows. */
static void test_s221_measures(void **state)
{
    struct fixture *f = *state;
    given_meters(f);
    struct meter_list meters = all_meters(f);
    struct meter *first = meters.items[0], *second = meters.items[1], *third = meters.items[2];
    assert_int_equal(integer_of(f, third, ar_sum(sample_column.level)), 37);
    assert_int_equal(integer_of(f, first, ar_sum(sample_column.level)), 30);
    assert_int_equal(integer_of(f, third, ar_min(sample_column.level)), 7);
    assert_int_equal(integer_of(f, third, ar_max(sample_column.level)), 30);
    assert_true(value_of(f, third, ar_avg(sample_column.level)).real == 18.5);
    assert_true(value_of(f, third, ar_sum(sample_column.weight)).real == 18.5);
    assert_true(value_of(f, third, ar_max(sample_column.weight)).real == 15);
    assert_true(value_of(f, third, ar_avg(sample_column.mass)).real == 1);
    assert_text(value_of(f, third, ar_max(sample_column.word)).bytes.data, "small");
    assert_text(value_of(f, third, ar_min(sample_column.word)).bytes.data, "big");
    assert_int_equal(value_of(f, third, ar_max(sample_column.taken_at)).time.seconds, 1000030);
    assert_statements(f, 10);
    assert_int_equal(value_of(f, second, ar_sum(sample_column.level)).kind, AR_VALUE_NULL);
    assert_int_equal(value_of(f, second, ar_max(sample_column.word)).kind, AR_VALUE_NULL);
    assert_int_equal(value_of(f, second, ar_max(sample_column.taken_at)).kind, AR_VALUE_NULL);
    assert_statements(f, 0);
}

/* S-222: a loaded list answers without a statement, except what depends on the database's own rules. */
static void test_s222_loaded_list(void **state)
{
    struct fixture *f = *state;
    given_meters(f);
    struct meter_list meters = all_meters(f);
    struct meter *third = meters.items[2];
    struct sample_list samples;
    bool any;
    ok(f->s, meter_samples(f->s, third, &samples));
    assert_statements(f, 1);
    assert_int_equal(count_of(f, third), 3);
    ok(f->s, meter_samples_exists(f->s, meters.items[1], &any));
    assert_false(any);
    assert_int_equal(integer_of(f, third, ar_sum(sample_column.level)), 37);
    assert_int_equal(integer_of(f, third, ar_min(sample_column.level)), 7);
    assert_true(value_of(f, third, ar_avg(sample_column.level)).real == 18.5);
    assert_true(value_of(f, third, ar_max(sample_column.weight)).real == 15);
    assert_int_equal(value_of(f, third, ar_min(sample_column.taken_at)).time.seconds, 1000000);
    assert_int_equal(value_of(f, meters.items[1], ar_sum(sample_column.level)).kind, AR_VALUE_NULL);
    assert_statements(f, 0);
    assert_text(value_of(f, third, ar_max(sample_column.word)).bytes.data, "small");
    assert_true(value_of(f, third, ar_sum(sample_column.mass)).real == 3);
    assert_statements(f, 2);
    /* The values are those of the database, not those that the program has not saved. */
    samples.items[1]->level = 1000;
    assert_int_equal(integer_of(f, third, ar_max(sample_column.level)), 30);
    assert_statements(f, 0);
}

/* S-222: so does a list of a read-only session, whose records have no other values. */
static void test_s222_read_only(void **state)
{
    struct fixture *f = *state;
    given_meters(f);
    reopen_session(f, (struct ar_session_options){.read_only = true});
    struct meter_list meters = all_meters(f);
    struct sample_list samples;
    ok(f->s, meter_samples(f->s, meters.items[2], &samples));
    assert_int_equal(integer_of(f, meters.items[2], ar_sum(sample_column.level)), 37);
    assert_statements(f, 1);
}

/* S-222: NaN, which PostgreSQL alone stores, is its greatest number: the database compares. */
static void test_s222_nan(void **state)
{
    struct fixture *f = *state;
    given_meters(f);
    if (fixture_is_sqlite())
        return;
    run_sql(f, "UPDATE samples SET weight = 'NaN' WHERE id = 4");
    struct meter_list meters = all_meters(f);
    struct sample_list samples;
    ok(f->s, meter_samples(f->s, meters.items[2], &samples));
    assert_true(isnan(value_of(f, meters.items[2], ar_max(sample_column.weight)).real));
    assert_true(value_of(f, meters.items[2], ar_min(sample_column.weight)).real == 0);
    assert_true(isnan(value_of(f, meters.items[2], ar_avg(sample_column.weight)).real));
    assert_statements(f, 4);
}

/* S-222: values that the field cannot hold are refused, as they are in a row. */
static void test_s222_other_values(void **state)
{
    struct fixture *f = *state;
    struct ar_value value;
    given_meters(f);
    run_sql(f, fixture_is_sqlite() ? "UPDATE samples SET taken_at = 'never' WHERE id = 4"
                                   : "UPDATE samples SET taken_at = 'infinity' WHERE id = 4");
    struct meter_list meters = all_meters(f);
    fails(f->s, AR_INVALID, meter_samples_aggregate(f->s, meters.items[2], ar_max(sample_column.taken_at), &value));
    assert_int_equal(value.kind, AR_VALUE_NULL);
    assert_error_names(f->s, "table samples");
    fails(f->s, AR_INVALID, sample_max(sample_query(f->s), sample_column.taken_at, &value));
    assert_int_equal(value.kind, AR_VALUE_NULL);
}

/* S-222: a list that is loaded after a count replaces it. */
static void test_s222_newer_list(void **state)
{
    struct fixture *f = *state;
    given_meters(f);
    struct meter_list meters = all_meters(f);
    struct sample_list samples;
    assert_int_equal(count_of(f, meters.items[0]), 2);
    add_sample(f, 1, 5);
    ok(f->s, meter_load_samples(f->s, meters.items, 1));
    ok(f->s, meter_samples(f->s, meters.items[0], &samples));
    assert_int_equal(samples.count, 3);
    assert_int_equal(count_of(f, meters.items[0]), 3);
    assert_statements(f, 2);
}

/* S-223: eager aggregates of a whole table, of some rows, refined, and beside the list itself. */
static void test_s223_eager(void **state)
{
    struct fixture *f = *state;
    given_meters(f);
    struct meter_query *q = by_key(meter_query(f->s), &meter_model);
    struct meter_list meters;
    meter_with_samples_count(q);
    meter_with_samples_aggregate(q, ar_max(sample_column.level));
    meter_with_samples_aggregate(q, ar_exists());
    ok(f->s, meter_all(q, &meters));
    assert_statements(f, 4);
    assert_int_equal(count_of(f, meters.items[2]), 3);
    assert_int_equal(integer_of(f, meters.items[0], ar_max(sample_column.level)), 20);
    bool any;
    ok(f->s, meter_samples_exists(f->s, meters.items[1], &any));
    assert_false(any);
    ok(f->s, meter_samples_exists(f->s, meters.items[0], &any));
    assert_true(any);
    assert_statements(f, 0);

    ar_session_clear(f->s);
    q = by_key(meter_query(f->s), &meter_model);
    meter_where(q, ar_gt(meter_column.id, 1));
    meter_with_samples_count(q);
    struct sample_query *list = meter_with_samples(q);
    sample_order_by(list, ar_desc(sample_column.level));
    sample_limit(list, 1);
    ok(f->s, meter_all(q, &meters));
    assert_statements(f, 3);
    struct sample_list samples;
    ok(f->s, meter_samples(f->s, meters.items[1], &samples));
    assert_int_equal(samples.count, 1);
    assert_int_equal(count_of(f, meters.items[1]), 3);
    assert_int_equal(count_of(f, meters.items[0]), 0);
    assert_statements(f, 0);
}

/* S-223: a refined aggregate belongs to the result of its query only. */
static void test_s223_refined(void **state)
{
    struct fixture *f = *state;
    given_meters(f);
    struct meter_query *q = by_key(meter_query(f->s), &meter_model);
    struct meter_list meters;
    sample_where(meter_with_samples_count(q), ar_gt(sample_column.level, 9));
    sample_where(meter_with_samples_aggregate(q, ar_sum(sample_column.level)), ar_lt(sample_column.level, 30));
    ok(f->s, meter_all(q, &meters));
    assert_statements(f, 3);
    assert_int_equal(count_of(f, meters.items[2]), 1);
    assert_int_equal(count_of(f, meters.items[0]), 2);
    assert_int_equal(integer_of(f, meters.items[2], ar_sum(sample_column.level)), 7);
    /* The whole list does not replace it, and does not answer it. */
    struct sample_list samples;
    ok(f->s, meter_samples(f->s, meters.items[2], &samples));
    assert_int_equal(samples.count, 3);
    assert_int_equal(count_of(f, meters.items[2]), 1);
    assert_statements(f, 1);
    meters = all_meters(f);
    assert_int_equal(count_of(f, meters.items[2]), 3);
    assert_statements(f, 0);
}

/* S-223: counts at the second level, beside other relations, level by level on both databases. */
static void test_s223_levels(void **state)
{
    struct fixture *f = *state;
    add_users(f, 2, 3);
    add_comments(f, 4, 2, 2);
    for (int plan = AR_PLAN_AUTO; plan <= AR_PLAN_ONE_TRIP; plan++) {
        struct user_query *q = by_key(user_query(f->s), &user_model);
        struct user_list users;
        struct post_list posts;
        int64_t count;
        ar_session_clear(f->s);
        q = by_key(user_query(f->s), &user_model);
        ar_query_plan(q, (enum ar_plan)plan);
        user_where(q, ar_le(user_column.id, 2));
        post_with_comments_count(user_with_posts(q));
        user_with_comments_count(q);
        ok(f->s, user_all(q, &users));
        assert_statements(f, 4);
        ok(f->s, user_posts(f->s, users.items[1], &posts));
        for (size_t i = 0; i < posts.count; i++) {
            ok(f->s, post_comments_count(f->s, posts.items[i], &count));
            assert_int_equal(count, posts.items[i]->id <= 4 ? 2 : 0);
        }
        ok(f->s, user_comments_count(f->s, users.items[1], &count));
        assert_int_equal(count, 4);
        assert_statements(f, 0);
    }
}

/* S-223: what an eager aggregate cannot be. */
static void test_s223_misuse(void **state)
{
    struct fixture *f = *state;
    given_meters(f);
    struct meter_query *q;
    struct meter_list meters;
    for (int part = 0; part < 6; part++) {
        q = meter_query(f->s);
        struct sample_query *samples = meter_with_samples_count(q);
        switch (part) {
        case 0:
            sample_limit(samples, 3);
            break;
        case 1:
            sample_offset(samples, 3);
            break;
        case 2:
            sample_order_by(samples, ar_asc(sample_column.id));
            break;
        case 3:
            sample_after(samples, &(struct sample){.id = 1});
            break;
        case 4:
            sample_only(samples, sample_column.word);
            break;
        default:
            sample_with_meter(samples);
        }
        fails(f->s, AR_MISUSE, meter_all(q, &meters));
        assert_error_names(f->s, "the count of meter.samples can be refined by conditions only");
    }
    q = meter_query(f->s);
    sample_with_meter(meter_with_samples_aggregate(q, ar_max(sample_column.level)));
    fails(f->s, AR_MISUSE, meter_all(q, &meters));
    assert_error_names(f->s, "the maximum of meter.samples");
    q = meter_query(f->s);
    meter_with_samples_aggregate(q, ar_max(meter_column.id));
    fails(f->s, AR_MISUSE, meter_all(q, &meters));
    assert_error_names(f->s, "meter");
    assert_statements(f, 0);
}

/* S-223: ar_explain names the aggregate and its statement. */
static void test_s223_explain(void **state)
{
    struct fixture *f = *state;
    struct meter_query *q = meter_query(f->s);
    const char *text;
    meter_where(q, ar_eq(meter_column.name, "first"));
    meter_with_samples_count(q);
    ok(f->s, ar_explain(q, &text));
    assert_non_null(strstr(text, "samples: count of samples"));
    assert_non_null(strstr(text, "count(*)"));
}

/* S-224: an explicit load counts for these records, even if known, caller-owned ones as well. */
static void test_s224_explicit(void **state)
{
    struct fixture *f = *state;
    given_meters(f);
    struct meter_list meters = all_meters(f);
    assert_int_equal(count_of(f, meters.items[0]), 2);
    add_sample(f, 1, 1);
    add_sample(f, 3, 2);
    ok(f->s, meter_load_samples_count(f->s, meters.items, 2));
    assert_int_equal(count_of(f, meters.items[0]), 3);
    assert_int_equal(count_of(f, meters.items[2]), 3); /* as before */
    assert_statements(f, 2);
    struct meter own = {.id = 3};
    struct meter *owns[] = {&own};
    ok(f->s, meter_load_samples_aggregate(f->s, owns, 1, ar_min(sample_column.level)));
    assert_int_equal(integer_of(f, &own, ar_min(sample_column.level)), 2);
    assert_statements(f, 1);
    ok(f->s, meter_load_samples_count(f->s, owns, 0));
    assert_statements(f, 0);
}

/* S-225: in a strict session or query, an aggregate that is not loaded is AR_MISUSE, and what to do is named. */
static void test_s225_strict(void **state)
{
    struct fixture *f = *state;
    given_meters(f);
    reopen_session(f, (struct ar_session_options){.strict = true});
    struct meter_list meters = all_meters(f);
    struct ar_value value;
    int64_t count = 7;
    fails(f->s, AR_MISUSE, meter_samples_count(f->s, meters.items[0], &count));
    assert_int_equal(count, 0);
    assert_error_names(f->s, "the count of meter.samples is not loaded");
    assert_error_names(f->s, "meter_with_samples_count");
    fails(f->s, AR_MISUSE, meter_samples_aggregate(f->s, meters.items[0], ar_avg(sample_column.level), &value));
    assert_error_names(f->s, "meter_load_samples_aggregate");
    ok(f->s, meter_load_samples_count(f->s, meters.items, meters.count));
    assert_int_equal(count_of(f, meters.items[2]), 3);
    assert_statements(f, 1);
}

/* S-226: a write drops the aggregates of the owners that it concerns, and those only that it can change. */
static void test_s226_writes(void **state)
{
    struct fixture *f = *state;
    given_meters(f);
    struct meter_list meters = all_meters(f);
    struct meter *first = meters.items[0], *second = meters.items[1], *third = meters.items[2];
    struct ar_measure sum = ar_sum(sample_column.level);
    struct sample *sample;
    (void)count_of(f, first);
    (void)value_of(f, first, sum);
    ok(f->s, sample_find(f->s, 5, &sample));
    reset_statements(f);

    sample->level = 40; /* a value: the sum of the third meter, no count */
    ok(f->s, sample_save(f->s, sample));
    assert_int_equal(count_of(f, third), 3);
    assert_int_equal(integer_of(f, first, sum), 30);
    assert_statements(f, 1);
    assert_int_equal(integer_of(f, third, sum), 47);
    assert_statements(f, 1);

    struct sample *loose;
    ok(f->s, sample_find(f->s, 6, &loose));
    loose->level = 1; /* a value of no meter */
    ok(f->s, sample_save(f->s, loose));
    assert_int_equal(integer_of(f, third, sum), 47);
    assert_statements(f, 2);

    sample->word = "other"; /* a column without an aggregate */
    ok(f->s, sample_save(f->s, sample));
    assert_int_equal(integer_of(f, third, sum), 47);
    assert_statements(f, 1);

    sample->meter_id = 2; /* a move: two owners */
    ok(f->s, sample_save(f->s, sample));
    assert_int_equal(count_of(f, first), 2);
    assert_statements(f, 1);
    assert_int_equal(count_of(f, third), 2);
    assert_int_equal(count_of(f, second), 1);
    assert_statements(f, 1);
    assert_int_equal(integer_of(f, second, sum), 40);
    assert_int_equal(integer_of(f, third, sum), 7);
    assert_statements(f, 1);

    struct sample added = {.meter_id = 1, .has_level = true, .level = 5, .word = "new"};
    ok(f->s, sample_insert(f->s, &added));
    assert_int_equal(count_of(f, first), 3);
    assert_int_equal(integer_of(f, first, sum), 35);
    assert_statements(f, 3);
    ok(f->s, sample_delete(f->s, &added));
    assert_int_equal(count_of(f, first), 2);
    assert_statements(f, 2);
    struct sample many[] = {{.meter_id = 2, .word = "a"}, {.meter_id = 2, .word = "b"}};
    ok(f->s, sample_insert_many(f->s, many, 2));
    assert_int_equal(count_of(f, second), 3);
    assert_int_equal(count_of(f, third), 2);

    /* A caller-owned struct: its former owner is unknown. */
    ok(f->s, sample_save(f->s, &(struct sample){.id = many[0].id, .meter_id = 1, .word = "a"}));
    assert_int_equal(count_of(f, second), 2);
    assert_int_equal(count_of(f, first), 3);
}

/* S-226: update_all, delete_all and user SQL drop all of them, and so does clearing the relation. */
static void test_s226_bulk_writes(void **state)
{
    struct fixture *f = *state;
    given_meters(f);
    struct meter_list meters = all_meters(f);
    struct ar_measure most = ar_max(sample_column.level);
    assert_int_equal(integer_of(f, meters.items[0], most), 20);
    ok(f->s, sample_update_all(sample_query(f->s), ar_set(sample_column.level, 3), NULL));
    assert_int_equal(integer_of(f, meters.items[0], most), 3);
    ok(f->s, ar_execute(f->s, "UPDATE samples SET level = 4"));
    assert_int_equal(integer_of(f, meters.items[0], most), 4);
    assert_int_equal(count_of(f, meters.items[0]), 2);
    struct sample_query *q = by_key(sample_query(f->s), &sample_model);
    sample_where(q, ar_eq(sample_column.id, 1));
    ok(f->s, sample_delete_all(q, NULL));
    assert_int_equal(count_of(f, meters.items[0]), 1);
    add_sample(f, 1, 8);
    assert_int_equal(count_of(f, meters.items[0]), 1);
    meter_samples_clear_cache(f->s, meters.items[0]);
    assert_int_equal(count_of(f, meters.items[0]), 2);
    add_sample(f, 1, 9);
    meter_clear_relation_cache(f->s, meters.items[0]);
    assert_int_equal(count_of(f, meters.items[0]), 3);
}

/* S-226: a rollback drops what was computed in its transaction, and keeps the rest. */
static void test_s226_rollback(void **state)
{
    struct fixture *f = *state;
    given_meters(f);
    struct meter_list meters = all_meters(f);
    assert_int_equal(count_of(f, meters.items[0]), 2);
    ok(f->s, ar_begin(f->s));
    ok(f->s, ar_begin(f->s));
    ok(f->s, sample_insert(f->s, &(struct sample){.meter_id = 1, .word = "new"}));
    assert_int_equal(count_of(f, meters.items[0]), 3);
    ok(f->s, ar_rollback(f->s));
    assert_int_equal(count_of(f, meters.items[0]), 2);
    ok(f->s, ar_rollback(f->s));
    reset_statements(f);
    assert_int_equal(count_of(f, meters.items[2]), 3);
    assert_statements(f, 0);
    assert_int_equal(count_of(f, meters.items[0]), 2);
    assert_statements(f, 1);
}

/* S-227: the policy of the relation applies to its aggregates. */
static void test_s227_policies(void **state)
{
    struct fixture *f = *state;
    given_meters(f);
    struct meter_list meters = all_meters(f);
    int64_t count;
    ok(f->s, meter_brief_samples_count(f->s, meters.items[0], &count));
    add_sample(f, 1, 1);
    advance_clock(f, 900);
    ok(f->s, meter_brief_samples_count(f->s, meters.items[0], &count));
    assert_int_equal(count, 2);
    assert_statements(f, 1);
    advance_clock(f, 200);
    ok(f->s, meter_brief_samples_count(f->s, meters.items[0], &count));
    assert_int_equal(count, 3);
    assert_statements(f, 1);

    for (int i = 0; i < 2; i++) /* the third owner replaces the first, and so on */
        for (size_t k = 0; k < 3; k++) {
            ok(f->s, meter_few_samples_count(f->s, meters.items[k], &count));
            assert_int_equal(count, k == 1 ? 0 : 3);
        }
    assert_int_equal(f->statements, 4);
    reset_statements(f);

    for (int i = 0; i < 2; i++)
        ok(f->s, meter_uncached_samples_count(f->s, meters.items[2], &count));
    assert_int_equal(count, 3);
    assert_statements(f, 2);
    for (size_t k = 0; k < 3; k++)
        ok(f->s, meter_single_samples_count(f->s, meters.items[k], &count));
    assert_statements(f, 3);
}

/* S-227: within the result of its query, an eager aggregate is kept whatever the policy. */
static void test_s227_eager_without_cache(void **state)
{
    struct fixture *f = *state;
    given_meters(f);
    struct meter_query *q = by_key(meter_query(f->s), &meter_model);
    struct meter_list meters;
    int64_t count;
    meter_with_uncached_samples_count(q);
    meter_with_few_samples_count(q);
    ok(f->s, meter_all(q, &meters));
    for (size_t k = 0; k < 3; k++) {
        ok(f->s, meter_uncached_samples_count(f->s, meters.items[k], &count));
        ok(f->s, meter_few_samples_count(f->s, meters.items[k], &count));
        assert_int_equal(count, k == 0 ? 2 : k == 1 ? 0 : 3);
    }
    assert_statements(f, 3);
}

/* S-228: the condition of a relation applies to its aggregates; a write that changes if a row meets it drops them. */
static void test_s228_scoped(void **state)
{
    struct fixture *f = *state;
    given_meters(f);
    static const int64_t expected[] = {1, 0, 1};
    for (int way = 0; way < 3; way++) {
        struct meter_query *q;
        struct meter_list meters;
        int64_t count;
        ar_session_clear(f->s);
        q = by_key(meter_query(f->s), &meter_model);
        if (way > 0)
            meter_with_high_samples_count(q);
        if (way > 1)
            meter_where(q, ar_gt(meter_column.id, 0));
        ok(f->s, meter_all(q, &meters));
        for (size_t i = 0; i < 3; i++) {
            ok(f->s, meter_high_samples_count(f->s, meters.items[i], &count));
            assert_int_equal(count, expected[i]);
        }
        assert_statements(f, 2);
    }
    struct meter *first;
    struct sample *sample;
    int64_t count;
    struct ar_value value;
    ok(f->s, meter_find(f->s, 1, &first));
    ok(f->s, sample_find(f->s, 1, &sample));
    sample->level = 16;
    sample->weight = 8;
    ok(f->s, sample_save(f->s, sample));
    ok(f->s, meter_high_samples_count(f->s, first, &count));
    assert_int_equal(count, 2);
    ok(f->s, meter_high_samples_aggregate(f->s, first, ar_min(sample_column.level), &value));
    assert_int_equal(value.integer, 16);
    assert_statements(f, 5);
}

/* S-228: composite keys, and keys of strings and UUIDs. */
static void test_s228_keys(void **state)
{
    struct fixture *f = *state;
    add_account(f, 1, 1, "one-one");
    add_account(f, 1, 2, "one-two");
    add_account(f, 2, 1, "two-one");
    add_entry(f, 1, 2, "a");
    int64_t last = add_entry(f, 2, 1, "b");
    add_entry(f, 1, 2, "c");
    add_row(f, &country_model, &(struct country){.code = "CH", .name = "Switzerland"});
    add_row(f, &country_model, &(struct country){.code = "AT", .name = "Austria"});
    add_row(f, &city_model, &(struct city){.country_code = "CH", .name = "Bern"});
    add_row(f, &city_model, &(struct city){.country_code = "CH", .name = "Basel"});
    add_row(f, &device_model, &(struct device){.id = {1}, .name = "one"});
    add_row(f, &device_model, &(struct device){.id = {2}, .name = "two"});
    add_row(f, &reading_model, &(struct reading){.device_id = {2}, .value = 1.5});

    static const int64_t entries[] = {0, 2, 1}, cities[] = {0, 2};
    struct account_list accounts;
    struct country_list countries;
    struct device_list devices;
    struct ar_value value;
    int64_t count;
    ok(f->s, account_all(by_key(account_query(f->s), &account_model), &accounts));
    for (size_t i = 0; i < accounts.count; i++) {
        ok(f->s, account_entries_count(f->s, accounts.items[i], &count));
        assert_int_equal(count, entries[i]);
    }
    ok(f->s, account_entries_aggregate(f->s, accounts.items[2], ar_max(entry_column.id), &value));
    assert_int_equal(value.integer, last);
    assert_statements(f, 3);
    struct country_query *q = country_query(f->s);
    country_order_by(q, ar_asc(country_column.code));
    country_with_cities_count(q);
    ok(f->s, country_all(q, &countries));
    for (size_t i = 0; i < countries.count; i++) {
        ok(f->s, country_cities_count(f->s, countries.items[i], &count));
        assert_int_equal(count, cities[i]);
    }
    assert_statements(f, 2);
    ok(f->s, city_insert(f->s, &(struct city){.country_code = "AT", .name = "Wien"}));
    ok(f->s, country_cities_count(f->s, countries.items[0], &count));
    assert_int_equal(count, 1);
    assert_statements(f, 2);
    ok(f->s, device_all(by_key(device_query(f->s), &device_model), &devices));
    for (size_t i = 0; i < devices.count; i++) {
        ok(f->s, device_readings_aggregate(f->s, devices.items[i], ar_sum(reading_column.value), &value));
        assert_int_equal(value.kind, devices.items[i]->id[0] == 2 ? AR_VALUE_REAL : AR_VALUE_NULL);
    }
    assert_statements(f, 2);
}

/* S-229: an unsaved record has no rows and needs no statement; wrong calls are AR_MISUSE. */
static void test_s229_edges(void **state)
{
    struct fixture *f = *state;
    given_meters(f);
    struct meter unsaved = {.name = "unsaved"};
    struct ar_value value;
    int64_t count = 5;
    ok(f->s, meter_samples_count(f->s, &unsaved, &count));
    assert_int_equal(count, 0);
    ok(f->s, meter_samples_aggregate(f->s, &unsaved, ar_sum(sample_column.level), &value));
    assert_int_equal(value.kind, AR_VALUE_NULL);
    assert_statements(f, 0);
    struct meter_list meters = all_meters(f);
    fails(f->s, AR_MISUSE, ar_relation_count(f->s, &meter_seal_relation, meters.items[0], &count));
    assert_error_names(f->s, "meter.seal leads to at most one seal");
    fails(f->s, AR_MISUSE, meter_samples_aggregate(f->s, meters.items[0], ar_sum(meter_column.id), &value));
    assert_int_equal(value.kind, AR_VALUE_NULL);
    fails(f->s, AR_MISUSE, meter_load_samples_aggregate(f->s, meters.items, 1, ar_sum(meter_column.id)));
    assert_statements(f, 0);
}

/* S-229: the same numbers lazily, eagerly, explicitly, from lists and by the relation's query, on random rows. */
static void test_s229_every_way_the_same(void **state)
{
    struct fixture *f = *state;
    uint32_t random = 7;
    for (int i = 0; i < 20; i++)
        (void)add_meter(f, "m");
    for (int i = 0; i < 120; i++) {
        random = random * 1103515245 + 12345;
        add_sample(f, (int64_t)(random >> 16) % 21, (int32_t)(random >> 8) % 100);
    }
    for (int way = 0; way < 4; way++) {
        struct meter_query *q;
        struct meter_list meters;
        struct ar_measure sum = ar_sum(sample_column.level);
        ar_session_clear(f->s);
        q = by_key(meter_query(f->s), &meter_model);
        if (way == 1) {
            meter_with_samples_count(q);
            meter_with_samples_aggregate(q, sum);
        }
        ok(f->s, meter_all(q, &meters));
        if (way == 2) {
            ok(f->s, meter_load_samples_count(f->s, meters.items, meters.count));
            ok(f->s, meter_load_samples_aggregate(f->s, meters.items, meters.count, sum));
        }
        if (way == 3)
            ok(f->s, meter_load_samples(f->s, meters.items, meters.count));
        for (size_t i = 0; i < meters.count; i++) {
            struct sample_query *samples = meter_samples_query(f->s, meters.items[i]);
            struct ar_value expected, actual = value_of(f, meters.items[i], sum);
            int64_t count;
            ok(f->s, sample_count(samples, &count));
            assert_int_equal(count_of(f, meters.items[i]), count);
            ok(f->s, sample_sum(samples, sample_column.level, &expected));
            assert_int_equal(actual.kind, expected.kind);
            assert_int_equal(actual.integer, expected.integer);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        scenario(test_s220_siblings, open_meters),
        scenario(test_s221_measures, open_meters),
        scenario(test_s222_loaded_list, open_meters),
        scenario(test_s222_newer_list, open_meters),
        scenario(test_s222_read_only, open_meters),
        scenario(test_s222_nan, open_meters),
        scenario(test_s222_other_values, open_meters),
        scenario(test_s223_eager, open_meters),
        scenario(test_s223_refined, open_meters),
        scenario(test_s223_levels, open_blog_and_shop),
        scenario(test_s223_misuse, open_meters),
        scenario(test_s223_explain, open_meters),
        scenario(test_s224_explicit, open_meters),
        scenario(test_s225_strict, open_meters),
        scenario(test_s226_writes, open_meters),
        scenario(test_s226_bulk_writes, open_meters),
        scenario(test_s226_rollback, open_meters),
        scenario(test_s227_policies, open_meters),
        scenario(test_s227_eager_without_cache, open_meters),
        scenario(test_s228_scoped, open_meters),
        scenario(test_s228_keys, open_keys),
        scenario(test_s229_edges, open_meters),
        scenario(test_s229_every_way_the_same, open_meters),
    };
    return cmocka_run_group_tests_name("aggregates", tests, NULL, NULL);
}
