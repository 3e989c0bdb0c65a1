/* A long random sequence of operations in one session, compared with a plain model of the database: rows are inserted,
 * changed, moved, deleted and found in transactions that nest, commit and roll back. After each step, the rows and
 * relations of the session equal those of the model. The seed of a failed run is the last one printed. */
#include "account.ar.h"
#include "support.h"

#include <stdio.h>
#include <string.h>

enum { PLANS = 6, ACCOUNTS = 12, LEVELS = 4, SEEDS = 100, STEPS = 300 };

/* The model: rows by id - 1. A price of 0, or a plan of 0, means that there is no such row; a plan of -1 is NULL. */
struct rows {
    int64_t prices[PLANS];
    int64_t plans[ACCOUNTS];
};

struct life {
    struct fixture *f;
    uint32_t random;
    struct rows rows;
    struct rows before[LEVELS]; /* one per open transaction */
    size_t depth;
    struct plan *known[PLANS]; /* records of the session at the start of the outermost transaction */
};

static uint32_t random_below(struct life *life, uint32_t limit)
{
    life->random = life->random * 1664525U + 1013904223U;
    return (life->random >> 8) % limit;
}

/* Return the id of an existing plan, or 0. */
static int64_t some_plan(struct life *life)
{
    uint32_t start = random_below(life, PLANS);
    for (uint32_t i = 0; i < PLANS; i++) {
        uint32_t place = (start + i) % PLANS;
        if (life->rows.prices[place] != 0)
            return place + 1;
    }
    return 0;
}

static size_t count_accounts(const struct life *life, int64_t plan)
{
    size_t count = 0;
    for (size_t i = 0; i < ACCOUNTS; i++)
        count += life->rows.plans[i] == plan;
    return count;
}

/* ---- Steps: the same operation on the session and on the model --------------------------------------------------- */

/* The name of a plan depends on its price, so the string is written and restored as often as the number. */
static const char *name_of(int64_t price)
{
    static const char *const names[] = {"basic", "professional", "x"};
    return names[price % 3];
}

static void assert_plan(const struct plan *plan, int64_t price)
{
    assert_int_equal(plan->price, price);
    assert_string_equal(plan->name, name_of(price));
}

static struct plan random_plan(struct life *life)
{
    int64_t id = random_below(life, PLANS) + 1, price = 3 * random_below(life, 1000) + random_below(life, 3) + 1;
    return (struct plan){.id = id, .name = name_of(price), .price = price};
}

/* In PostgreSQL the first failure aborts the transaction, so a statement that must fail runs in a savepoint. */
static void before_failure(struct life *life)
{
    if (!fixture_is_sqlite())
        ok(life->f->s, ar_begin(life->f->s));
}

static void after_failure(struct life *life)
{
    if (!fixture_is_sqlite())
        ok(life->f->s, ar_rollback(life->f->s));
}

static void write_plan(struct life *life)
{
    struct ar_session *s = life->f->s;
    struct plan plan = random_plan(life), *read;
    int64_t *price = &life->rows.prices[plan.id - 1];
    if (*price != 0 && random_below(life, 4) == 0) {
        before_failure(life);
        fails(s, AR_CONSTRAINT, plan_insert(s, &plan));
        after_failure(life);
    } else {
        ok(s, *price == 0 ? plan_insert(s, &plan) : plan_save(s, &plan));
        *price = plan.price;
    }
    ok(s, plan_find(s, plan.id, &read));
    assert_plan(read, *price);
}

static void change_plan(struct life *life)
{
    struct ar_session *s = life->f->s;
    struct plan change = random_plan(life), *plan;
    int64_t *price = &life->rows.prices[change.id - 1];
    if (*price == 0) {
        fails(s, AR_NOT_FOUND, plan_find(s, change.id, &plan));
        return;
    }
    ok(s, plan_find(s, change.id, &plan));
    assert_plan(plan, *price);
    plan->price = change.price;
    plan->name = change.name;
    ok(s, plan_save(s, plan));
    *price = change.price;
}

static void delete_plan(struct life *life)
{
    struct ar_session *s = life->f->s;
    struct plan plan = {.id = random_below(life, PLANS) + 1};
    if (life->rows.prices[plan.id - 1] == 0) {
        fails(s, AR_NOT_FOUND, plan_delete(s, &plan));
    } else if (count_accounts(life, plan.id) > 0) {
        before_failure(life);
        fails(s, AR_CONSTRAINT, plan_delete(s, &plan));
        after_failure(life);
    } else {
        ok(s, plan_delete(s, &plan));
        life->rows.prices[plan.id - 1] = 0;
    }
}

static void write_account(struct life *life)
{
    struct ar_session *s = life->f->s;
    int64_t id = random_below(life, ACCOUNTS) + 1, plan_id = some_plan(life);
    struct account account = {.id = id, .name = "account", .plan_id = plan_id};
    if (life->rows.plans[id - 1] == 0)
        ok(s, account_insert(s, &account));
    else
        ok(s, account_save(s, &account));
    life->rows.plans[id - 1] = plan_id != 0 ? plan_id : -1;
}

static void move_account(struct life *life)
{
    struct ar_session *s = life->f->s;
    int64_t id = random_below(life, ACCOUNTS) + 1;
    struct account *account;
    if (life->rows.plans[id - 1] == 0) {
        fails(s, AR_NOT_FOUND, account_find(s, id, &account));
        return;
    }
    ok(s, account_find(s, id, &account));
    account->plan_id = random_below(life, 3) == 0 ? 0 : some_plan(life);
    ok(s, account_save(s, account));
    life->rows.plans[id - 1] = account->plan_id != 0 ? account->plan_id : -1;
}

static void delete_account(struct life *life)
{
    struct ar_session *s = life->f->s;
    struct account account = {.id = random_below(life, ACCOUNTS) + 1};
    if (life->rows.plans[account.id - 1] == 0)
        fails(s, AR_NOT_FOUND, account_delete(s, &account));
    else
        ok(s, account_delete(s, &account));
    life->rows.plans[account.id - 1] = 0;
}

static void change_many(struct life *life)
{
    struct ar_session *s = life->f->s;
    int64_t from = some_plan(life), to = some_plan(life);
    struct account_query *q = account_query(s);
    account_where(q, ar_eq(account_column.plan_id, from));
    if (from == 0)
        return;
    if (random_below(life, 2) == 0) {
        ok(s, account_delete_all(q, NULL));
        to = 0;
    } else {
        ok(s, account_update_all(q, ar_set(account_column.plan_id, to), NULL));
    }
    for (size_t i = 0; i < ACCOUNTS; i++)
        if (life->rows.plans[i] == from)
            life->rows.plans[i] = to;
}

static void execute(struct life *life)
{
    ok(life->f->s, ar_execute(life->f->s, "UPDATE plans SET price = price + 3"));
    for (size_t i = 0; i < PLANS; i++)
        life->rows.prices[i] += life->rows.prices[i] != 0 ? 3 : 0;
}

static void begin(struct life *life)
{
    if (life->depth == LEVELS)
        return;
    for (int64_t id = 1; id <= PLANS && life->depth == 0; id++)
        if (life->rows.prices[id - 1] != 0)
            ok(life->f->s, plan_find(life->f->s, id, &life->known[id - 1]));
    ok(life->f->s, ar_begin(life->f->s));
    life->before[life->depth++] = life->rows;
}

static void commit(struct life *life)
{
    if (life->depth == 0)
        return;
    ok(life->f->s, ar_commit(life->f->s));
    life->depth--;
}

static void roll_back(struct life *life)
{
    if (life->depth == 0)
        return;
    ok(life->f->s, ar_rollback(life->f->s));
    life->rows = life->before[--life->depth];
    for (size_t i = 0; i < PLANS && life->depth == 0; i++)
        if (life->rows.prices[i] != 0)
            assert_plan(life->known[i], life->rows.prices[i]);
}

static void clear(struct life *life)
{
    ar_session_clear(life->f->s);
    if (life->depth > 0)
        life->rows = life->before[0];
    life->depth = 0;
}

/* ---- Comparing the session with the model ------------------------------------------------------------------------ */

static void check_accounts(struct life *life, const struct plan *plan)
{
    struct ar_session *s = life->f->s;
    struct account_list accounts;
    ok(s, plan_accounts(s, plan, &accounts));
    assert_int_equal(accounts.count, count_accounts(life, plan->id));
    for (size_t i = 0; i < accounts.count; i++) {
        struct plan *back;
        assert_int_equal(accounts.items[i]->plan_id, plan->id);
        assert_int_equal(life->rows.plans[accounts.items[i]->id - 1], plan->id);
        ok(s, account_plan(s, accounts.items[i], &back));
        assert_non_null(back);
        assert_int_equal(back->id, plan->id);
    }
}

/* Compare the cached lists without reading the plans again. Caller-owned structs serve as their owners. */
static void check_remembered(struct life *life)
{
    for (int64_t id = 1; id <= PLANS; id++)
        check_accounts(life, &(struct plan){.id = id});
}

static void check_rows(struct life *life)
{
    struct ar_session *s = life->f->s;
    struct plan_list plans;
    struct plan_query *q = plan_query(s);
    size_t count = 0;
    if (random_below(life, 2) == 0)
        plan_with_accounts(q);
    ok(s, plan_all(q, &plans));
    for (size_t i = 0; i < PLANS; i++)
        count += life->rows.prices[i] != 0;
    assert_int_equal(plans.count, count);
    for (size_t i = 0; i < plans.count; i++) {
        assert_plan(plans.items[i], life->rows.prices[plans.items[i]->id - 1]);
        check_accounts(life, plans.items[i]);
    }
}

static void live(struct fixture *f, uint32_t seed)
{
    static void (*const steps[])(struct life *) = {
        write_plan,    write_plan,   change_plan,  change_plan,    delete_plan, write_account,
        write_account, move_account, move_account, delete_account, change_many, execute,
        begin,         begin,        commit,       roll_back,      clear};
    static const struct ar_session_options options[] = {
        {.strict = false}, {.load_one = true}, {.cache_off = true}, {.cache_max_size = 2}};
    struct life life = {.f = f, .random = seed};
    reopen_session(f, options[seed % 4]);
    for (int step = 0; step < STEPS; step++) {
        steps[random_below(&life, sizeof steps / sizeof steps[0])](&life);
        uint32_t look = random_below(&life, 3);
        if (look == 0)
            check_remembered(&life);
        else if (look == 1)
            check_rows(&life);
    }
    clear(&life);
    check_rows(&life);
}

static int open_accounts(void **state)
{
    return fixture_open(state, &plan_model, &account_model);
}

static void test_random_lives(void **state)
{
    struct fixture *f = *state;
    for (uint32_t seed = 1; seed <= SEEDS; seed++) {
        print_message("seed %u\n", (unsigned)seed);
        live(f, seed);
        run_sql(f, "DELETE FROM accounts");
        run_sql(f, "DELETE FROM plans");
        ar_session_clear(f->s);
        ar_session_clear(f->other);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_random_lives, open_accounts, fixture_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
