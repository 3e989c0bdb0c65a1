/* The broken rules of a record, S-311 and S-312: all of them are reported, and none is written. */
#include "hooked.h"

static int open_bookings(void **state)
{
    reset_hooks();
    return fixture_open(state, &booking_model);
}

static void assert_violation(struct fixture *f, size_t i, const char *field, const char *rule, const char *message)
{
    const struct ar_error *error = ar_session_error(f->s);
    assert_true(i < error->violation_count);
    assert_text(error->violations[i].field, field);
    assert_text(error->violations[i].rule, rule);
    assert_text(error->violations[i].message, message);
}

/* S-311: every broken rule is listed, several of one field too, then those of functions. The message is the first. */
static void test_s311_all_are_listed(void **state)
{
    struct fixture *f = *state;
    struct booking booking = {.email = "much too long", .starts = 13, .ends = 0};
    fails(f->s, AR_INVALID, booking_insert(f->s, &booking));
    assert_violation(f, 0, "guest", "AR_NOT_NULL", "booking.guest is NULL, but AR_NOT_NULL asks for a value");
    assert_violation(f, 1, "email", "AR_LENGTH", "booking.email has 13 characters; AR_LENGTH asks for 1 to 8");
    assert_violation(f, 2, "email", "AR_EMAIL", "booking.email is not an e-mail address: \"much too long\"");
    assert_violation(f, 3, "ends", "AR_RANGE", "booking.ends is 0; AR_RANGE asks for 1 to 365");
    assert_violation(f, 4, "ends", "check_order_of_days", "booking.ends is before it starts");
    assert_violation(f, 5, NULL, "check_order_of_days", "booking may not start on day 13");
    assert_int_equal(ar_session_error(f->s)->violation_count, 6);
    assert_text(ar_session_error(f->s)->message, ar_session_error(f->s)->violations[0].message);
    assert_text(ar_session_error(f->s)->column, "guest");
    assert_text(ar_session_error(f->s)->model, "booking");
    assert_int_equal(booking.id, 0);
    assert_statements(f, 0);
}

/* S-311: only functions refuse the record. */
static void test_s311_functions_alone(void **state)
{
    struct fixture *f = *state;
    struct booking booking = {.guest = "nobody", .starts = 9, .ends = 8};
    fails(f->s, AR_INVALID, booking_insert(f->s, &booking));
    assert_violation(f, 0, "ends", "check_order_of_days", "booking.ends is before it starts");
    assert_violation(f, 1, NULL, "check_guest", "the hook check_guest of booking returned AR_INVALID");
    assert_int_equal(ar_session_error(f->s)->violation_count, 2);
    assert_statements(f, 0);
}

/* S-311: any other failure of a function is the failure of the write. */
static void test_s311_a_function_fails(void **state)
{
    struct fixture *f = *state;
    struct booking booking = {.guest = "crash", .starts = 9, .ends = 8};
    fails(f->s, AR_DATABASE, booking_insert(f->s, &booking));
    assert_int_equal(ar_session_error(f->s)->violation_count, 0);
    assert_error_names(f->s, "check_guest");
    assert_statements(f, 0);
}

/* S-765: outside of a hook, there is nothing to refuse. */
static void test_s765_refuse_outside_of_a_hook(void **state)
{
    struct fixture *f = *state;
    struct booking right = {.guest = "ann", .starts = 1, .ends = 1};
    fails(f->s, AR_MISUSE, ar_refuse(f->s, booking_column.ends.column, "is wrong"));
    assert_error_names(f->s, "no hook is running");
    assert_statements(f, 0);
    ok(f->s, booking_insert(f->s, &right));
}

/* S-312: an update checks the columns that it writes, and calls the functions. A valid write takes one statement. */
static void test_s312_update(void **state)
{
    struct fixture *f = *state;
    struct booking booking = {.guest = "ann", .email = "a@b.c", .starts = 1, .ends = 2}, *loaded;
    ok(f->s, booking_insert(f->s, &booking));
    assert_int_equal(f->reasons[AR_REASON_TRANSACTION], 0);
    assert_statements(f, 1);
    ok(f->s, booking_find(f->s, booking.id, &loaded));
    reset_statements(f);
    loaded->guest = NULL;
    loaded->starts = 13;
    fails(f->s, AR_INVALID, booking_save(f->s, loaded));
    assert_violation(f, 0, "guest", "AR_NOT_NULL", "booking.guest is NULL, but AR_NOT_NULL asks for a value");
    assert_violation(f, 1, "ends", "check_order_of_days", "booking.ends is before it starts");
    assert_int_equal(ar_session_error(f->s)->violation_count, 3);
    assert_statements(f, 0);
    loaded->guest = "bob";
    loaded->starts = 2;
    ok(f->s, booking_save(f->s, loaded));
    assert_statements(f, 1);
}

/* S-312: the list belongs to the failure: the next one replaces it, a success leaves it. */
static void test_s312_lifetime(void **state)
{
    struct fixture *f = *state;
    struct booking wrong = {.starts = 1, .ends = 1}, right = {.guest = "ann", .starts = 1, .ends = 1}, *none;
    fails(f->s, AR_INVALID, booking_insert(f->s, &wrong));
    ok(f->s, booking_insert(f->s, &right));
    assert_violation(f, 0, "guest", "AR_NOT_NULL", "booking.guest is NULL, but AR_NOT_NULL asks for a value");
    wrong.guest = "x";
    fails(f->s, AR_INVALID, booking_insert(f->s, &wrong));
    assert_violation(f, 0, "guest", "AR_LENGTH", "booking.guest has 1 characters; AR_LENGTH asks for 2 to 10");
    fails(f->s, AR_NOT_FOUND, booking_find(f->s, 999, &none));
    assert_int_equal(ar_session_error(f->s)->violation_count, 0);
    assert_null(ar_session_error(f->s)->violations);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, open_bookings, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_s311_all_are_listed), TEST(test_s311_functions_alone), TEST(test_s311_a_function_fails),
        TEST(test_s312_update),         TEST(test_s312_lifetime),        TEST(test_s765_refuse_outside_of_a_hook),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
