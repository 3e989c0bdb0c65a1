/* When a transaction was retried, a record that the failed attempt had changed but not saved kept the change, and the
 * next attempt applied it again. */
#include "changed_twice.ar.h"
#include "support.h"

static int open_accounts(void **state)
{
    if (fixture_open(state, &account_model) != 0)
        return -1;
    add_row(*state, &account_model, &(struct account){.balance = 100, .note = (char[]){"none"}});
    add_row(*state, &account_model, &(struct account){.balance = 100, .note = (char[]){"none"}});
    return 0;
}

struct transfer {
    bool locks;
    struct account *held[2]; /* accounts to use; if NULL, they are found */
    int tries;
};

static enum ar_status find(struct ar_session *s, const struct transfer *transfer, int64_t id, struct account **out)
{
    *out = transfer->held[id - 1];
    if (*out != NULL)
        return AR_OK;
    return transfer->locks ? account_find_for_update(s, id, out) : account_find(s, id, out);
}

/* Change both accounts, then save both. The first attempt fails between the saves, as if the database were locked. */
static enum ar_status move_ten(struct ar_session *s, void *payload)
{
    struct transfer *transfer = payload;
    struct account *from, *to;
    ok(s, find(s, transfer, 1, &from));
    ok(s, find(s, transfer, 2, &to));
    from->balance -= 10;
    to->balance += 10;
    to->note[0] = 'N';
    ok(s, account_save(s, from));
    if (transfer->tries++ == 0)
        return AR_BUSY;
    return account_save(s, to);
}

static void assert_moved(struct fixture *f)
{
    struct account *account;
    ar_session_clear(f->s);
    ok(f->s, account_find(f->s, 1, &account));
    assert_int_equal(account->balance, 90);
    ok(f->s, account_find(f->s, 2, &account));
    assert_int_equal(account->balance, 110);
    assert_text(account->note, "None");
}

static void test_found(void **state)
{
    struct fixture *f = *state;
    struct transfer transfer = {.locks = false};
    ok(f->s, ar_transaction(f->s, move_ten, &transfer));
    assert_moved(f);
}

static void test_locked(void **state)
{
    struct fixture *f = *state;
    struct transfer transfer = {.locks = true};
    ok(f->s, ar_transaction(f->s, move_ten, &transfer));
    assert_moved(f);
}

static void test_accounts_held_from_before(void **state)
{
    struct fixture *f = *state;
    struct transfer transfer = {.locks = false};
    ok(f->s, account_find(f->s, 1, &transfer.held[0]));
    ok(f->s, account_find(f->s, 2, &transfer.held[1]));
    ok(f->s, ar_transaction(f->s, move_ten, &transfer));
    assert_moved(f);
}

#define test(function) cmocka_unit_test_setup_teardown(function, open_accounts, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        test(test_found),
        test(test_locked),
        test(test_accounts_held_from_before),
    };
    return cmocka_run_group_tests_name("changed_twice", tests, NULL, NULL);
}
