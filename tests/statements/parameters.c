/* Parameters of every type, S-346 to S-348: as values, as lists, and as arguments that have a type in PostgreSQL. */
#include "samples.ar.h"
#include "support.h"

#include <string.h>

static int open_samples(void **state)
{
    return fixture_open(state, &sample_model);
}

static const uint8_t token[16] = {0xfe, 2, 0, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
static const uint8_t hash[4] = {0, '\'', '\\', 0xff};
static const struct ar_blob blob = {"a\0b", 3};
static const struct timespec precisely = {.tv_sec = -1, .tv_nsec = 123456000};

/* Pass the lowest and highest values, and a string with all that needs quotes, to a statement. */
#define SAMPLE_ARGUMENTS(string)                                                                                       \
    INT8_MIN, INT16_MIN, INT32_MIN, INT64_MIN, UINT8_MAX, UINT16_MAX, UINT32_MAX, INT64_MAX, true, 0.25f, -1e300,      \
        string, blob, hash, token, -86400, precisely, BLUE, HIGH

static void assert_is_sample(const struct sample *sample)
{
    assert_int_equal(sample->tiny, INT8_MIN);
    assert_int_equal(sample->small, INT16_MIN);
    assert_int_equal(sample->medium, INT32_MIN);
    assert_int_equal(sample->large, INT64_MIN);
    assert_int_equal(sample->tiny_u, UINT8_MAX);
    assert_int_equal(sample->small_u, UINT16_MAX);
    assert_int_equal(sample->medium_u, UINT32_MAX);
    assert_int_equal(sample->large_u, INT64_MAX);
    assert_true(sample->flag);
    assert_true(sample->single == 0.25f);
    assert_true(sample->real == -1e300);
    assert_text(sample->string, "'\"\\{}");
    assert_text(sample->code, "'\"\\{}");
    assert_int_equal(sample->blob.size, 3);
    assert_memory_equal(sample->blob.data, "a\0b", 3);
    assert_memory_equal(sample->hash, hash, sizeof hash);
    assert_memory_equal(sample->token, token, sizeof token);
    assert_int_equal(sample->at, -86400);
    assert_int_equal(sample->precisely.tv_sec, -1);
    assert_int_equal(sample->precisely.tv_nsec, 123456000);
    assert_int_equal(sample->color, BLUE);
    assert_int_equal(sample->level, HIGH);
}

/* S-346: a value of each type is written by a statement, found by a statement, and read back. */
static void test_s346_values(void **state)
{
    struct fixture *f = *state;
    struct sample_list list;
    int64_t changed;

    ok(f->s, add_sample(f->s, SAMPLE_ARGUMENTS("'\"\\{}"), &changed));
    assert_int_equal(changed, 1);
    ok(f->s, same_samples(f->s, SAMPLE_ARGUMENTS("'\"\\{}"), &list));
    assert_int_equal(list.count, 1);
    assert_is_sample(list.items[0]);
    ok(f->s, same_samples(f->s, SAMPLE_ARGUMENTS("other"), &list));
    assert_int_equal(list.count, 0);
    assert_statements(f, 3);
    fails(f->s, AR_INVALID,
          add_sample(f->s, 1, 2, 3, 4, 5, 6, 7, UINT64_MAX, true, 1, 1, "x", blob, hash, token, 1, precisely, RED, LOW,
                     NULL));
    assert_error_names(f->s, "large_u");
    fails(f->s, AR_INVALID,
          add_sample(f->s, 1, 2, 3, 4, 5, 6, 7, 8, true, 1, 1, "x", blob, hash, token, 1, precisely, RED,
                     (enum level)77, NULL));
    assert_error_names(f->s, "level");
}

/* Call samples_in with lists of two values, of which `count` are used: the first one matches no row. */
static enum ar_status find_in(struct fixture *f, size_t count, const char *const string[2], struct sample_list *out)
{
    const struct ar_blob blobs[] = {{"", 0}, blob};
    uint8_t hashes[2][4] = {{0}}, tokens[2][16] = {{0}};

    memcpy(hashes[1], hash, sizeof hash);
    memcpy(tokens[1], token, sizeof token);
    return samples_in(f->s, (const int8_t[]){1, INT8_MIN}, count, (const int16_t[]){1, INT16_MIN}, count,
                      (const int[]){1, INT32_MIN}, count, (const int64_t[]){1, INT64_MIN}, count,
                      (const uint8_t[]){1, UINT8_MAX}, count, (const unsigned short[]){1, UINT16_MAX}, count,
                      (const serial_number[]){1, UINT32_MAX}, count, (const uint64_t[]){1, INT64_MAX}, count,
                      (const bool[]){false, true}, count, (const float[]){1, 0.25f}, count, (const double[]){1, -1e300},
                      count, string, count, blobs, count, (const uint8_t(*)[4])hashes, count,
                      (const uint8_t(*)[16])tokens, count, (const time_t[]){1, -86400}, count,
                      (const struct timespec[]){{.tv_sec = 1}, precisely}, count, (const color_t[]){RED, BLUE}, count,
                      (const enum level[]){LOW, HIGH}, count, out);
}

/* S-347: a list of each type, with no, one and several values. */
static void test_s347_lists(void **state)
{
    struct fixture *f = *state;
    const char *const strings[] = {"NULL", "'\"\\{}"}, *const others[] = {"a,b", ""};
    struct sample_list list;

    ok(f->s, add_sample(f->s, SAMPLE_ARGUMENTS("'\"\\{}"), NULL));
    ok(f->s, find_in(f, 2, strings, &list));
    assert_int_equal(list.count, 1);
    assert_is_sample(list.items[0]);
    ok(f->s, find_in(f, 2, others, &list));
    assert_int_equal(list.count, 0);
    ok(f->s, find_in(f, 1, strings, &list));
    assert_int_equal(list.count, 0);
    ok(f->s, find_in(f, 0, strings, &list));
    assert_int_equal(list.count, 0);
    assert_statements(f, 5);
}

/* S-347: an integer that is 0 is NULL if the list is nullable, and no value is known to differ from NULL. */
static void test_s347_nullable(void **state)
{
    struct fixture *f = *state;
    static const int64_t others[] = {5, 7}, with_null[] = {5, 0};
    struct sample_list list;

    ok(f->s, add_sample(f->s, SAMPLE_ARGUMENTS("text"), NULL));
    ok(f->s, samples_but(f->s, others, 2, &list));
    assert_int_equal(list.count, 1);
    ok(f->s, samples_but(f->s, with_null, 2, &list));
    assert_int_equal(list.count, 0);
    ok(f->s, samples_but(f->s, with_null, 1, &list));
    assert_int_equal(list.count, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_s346_values, open_samples, fixture_close),
        cmocka_unit_test_setup_teardown(test_s347_lists, open_samples, fixture_close),
        cmocka_unit_test_setup_teardown(test_s347_nullable, open_samples, fixture_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
