/* A function of ar_transaction returned with an inner transaction open, for example by an early return. The inner one
 * was then committed in the place of the outer one: the result was AR_OK, but nothing was committed, and whatever the
 * session wrote later was lost when it was closed. A function that ended its transaction ended that of the caller of
 * ar_transaction, too. */
#include "support.h"
#include "unbalanced_transaction.ar.h"

static enum ar_status insert(struct ar_session *s, const char *name)
{
    struct parcel parcel = {.name = name};

    return parcel_insert(s, &parcel);
}

static void assert_rows(struct fixture *f, int64_t expected)
{
    int64_t count = -1;

    ar_session_clear(f->s); /* rolls back what is not committed */
    ok(f->s, parcel_count(parcel_query(f->s), &count));
    assert_int_equal(count, expected);
}

static enum ar_status leave_open(struct ar_session *s, void *payload)
{
    enum ar_status status = ar_begin(s);

    if (status == AR_OK)
        status = ar_begin(s);
    if (status == AR_OK)
        status = insert(s, "in a transaction that is not ended");
    return payload == NULL ? status : *(const enum ar_status *)payload;
}

static void test_left_open(void **state)
{
    struct fixture *f = *state;

    fails(f->s, AR_MISUSE, ar_transaction(f->s, leave_open, NULL));
    assert_error_names(f->s, "left a transaction open");
    fails(f->s, AR_MISUSE, ar_commit(f->s));
    ok(f->s, insert(f->s, "afterwards"));
    assert_rows(f, 1);
}

static void test_left_open_by_a_failure(void **state)
{
    struct fixture *f = *state;
    enum ar_status refused = AR_INVALID;

    assert_int_equal(ar_transaction(f->s, leave_open, &refused), AR_INVALID);
    fails(f->s, AR_MISUSE, ar_rollback(f->s));
    ok(f->s, insert(f->s, "afterwards"));
    assert_rows(f, 1);
}

static void test_left_open_inside_a_transaction(void **state)
{
    struct fixture *f = *state;

    ok(f->s, ar_begin(f->s));
    ok(f->s, insert(f->s, "before"));
    fails(f->s, AR_MISUSE, ar_transaction(f->s, leave_open, NULL));
    ok(f->s, ar_commit(f->s));
    fails(f->s, AR_MISUSE, ar_commit(f->s));
    assert_rows(f, 1);
}

static enum ar_status commit(struct ar_session *s, void *payload)
{
    enum ar_status status = insert(s, "within");

    (void)payload;
    return status == AR_OK ? ar_commit(s) : status;
}

static enum ar_status roll_back(struct ar_session *s, void *payload)
{
    enum ar_status status = insert(s, "within");

    (void)payload;
    if (status == AR_OK)
        assert_int_equal(ar_rollback(s), AR_MISUSE);
    return status;
}

static void test_ended_by_the_function(void **state)
{
    struct fixture *f = *state;

    fails(f->s, AR_MISUSE, ar_transaction(f->s, commit, NULL));
    assert_error_names(f->s, "return AR_OK to commit it");
    assert_rows(f, 0);
    ok(f->s, ar_transaction(f->s, roll_back, NULL));
    assert_rows(f, 1);
}

static void test_ended_inside_a_transaction(void **state)
{
    struct fixture *f = *state;

    ok(f->s, ar_begin(f->s));
    ok(f->s, insert(f->s, "before"));
    fails(f->s, AR_MISUSE, ar_transaction(f->s, commit, NULL));
    ok(f->s, ar_rollback(f->s)); /* the caller's own transaction is still open */
    assert_rows(f, 0);
}

static enum ar_status nest(struct ar_session *s, void *payload)
{
    enum ar_status status = ar_begin(s);

    if (status == AR_OK)
        status = insert(s, "in a savepoint");
    if (status == AR_OK)
        status = ar_commit(s);
    return status == AR_OK ? ar_transaction(s, roll_back, payload) : status;
}

static void test_balanced(void **state)
{
    struct fixture *f = *state;

    ok(f->s, ar_transaction(f->s, nest, NULL));
    assert_rows(f, 2);
}

static enum ar_status clear(struct ar_session *s, void *payload)
{
    enum ar_status status = insert(s, "within");

    (void)payload;
    ar_session_clear(s);
    ar_session_close(s);
    return status;
}

static void test_cleared_and_closed_by_the_function(void **state)
{
    struct fixture *f = *state;

    ok(f->s, ar_transaction(f->s, clear, NULL));
    assert_error_names(f->s, "a function that ar_transaction has called is running");
    assert_rows(f, 1);
}

static int open_parcels(void **state)
{
    return fixture_open(state, &parcel_model);
}

#define test(function) cmocka_unit_test_setup_teardown(function, open_parcels, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        test(test_left_open),
        test(test_left_open_by_a_failure),
        test(test_left_open_inside_a_transaction),
        test(test_ended_by_the_function),
        test(test_ended_inside_a_transaction),
        test(test_balanced),
        test(test_cleared_and_closed_by_the_function),
    };
    return cmocka_run_group_tests_name("unbalanced_transaction", tests, NULL, NULL);
}
