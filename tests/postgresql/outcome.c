/* Connections that are cut while something is committed: before and in each message of both directions. A COMMIT, or a
 * single write outside of a transaction, that was sent and not answered is AR_UNKNOWN_OUTCOME. Whatever the status, the
 * rows in the database do not contradict it. */
#include "messages.h"
#include "outcome.ar.h"
#include "proxy.h"
#include "server.h"

#include <stdio.h>
#include <string.h>

static struct administrator administrator;
static struct proxy *proxy;
static unsigned committed, rolled_back; /* calls of the hooks */

void payment_committed(struct ar_session *s, const struct payment *payment, enum ar_change change)
{
    (void)s;
    (void)payment;
    (void)change;
    committed++;
}

void payment_rolled_back(struct ar_session *s, const struct payment *payment, enum ar_change change)
{
    (void)s;
    (void)payment;
    (void)change;
    rolled_back++;
}

void voucher_committed(struct ar_session *s, const struct voucher *voucher, enum ar_change change)
{
    (void)s;
    (void)voucher;
    (void)change;
    committed++;
}

static int open_all(void **state)
{
    (void)state;
    administrator_open(&administrator);
    proxy = proxy_start(server_url("&application_name=cut"));
    return 0;
}

static int close_all(void **state)
{
    (void)state;
    proxy_stop(proxy);
    administrator_close(&administrator);
    return 0;
}

static const struct ar_model *const models[] = {&payer_model, &payment_model, &voucher_model};

static int open_payments(void **state)
{
    if (fixture_open_with(state, proxy_url(proxy, ""), NULL, models, sizeof models / sizeof *models) != 0)
        return -1;
    struct fixture *f = *state;
    add_row(f, &payer_model, &(struct payer){.name = "Anna"});
    ar_session_clear(f->other);
    committed = rolled_back = 0;
    return 0;
}

#define test(function) cmocka_unit_test_setup_teardown(function, open_payments, fixture_close)

/* ---- The database ------------------------------------------------------------------------------------------------ */

/* Wait until the server has ended the process of the connection that was cut: nothing more is committed then. Another
 * connection through the proxy would be one too many. */
static void await_end(void)
{
    ok(administrator.s,
       ar_execute(administrator.s, "DO $$ BEGIN FOR i IN 1..60000 LOOP PERFORM pg_stat_clear_snapshot();"
                                   " IF NOT EXISTS (SELECT FROM pg_stat_activity WHERE application_name = 'cut'"
                                   " AND datname = current_database()) THEN RETURN; END IF;"
                                   " PERFORM pg_sleep(0.001); END LOOP; RAISE 'the process has not ended'; END $$"));
}

/* Wait until no connection through the proxy runs anything. */
static void await_idle(void)
{
    ok(administrator.s,
       ar_execute(administrator.s, "DO $$ BEGIN FOR i IN 1..60000 LOOP PERFORM pg_stat_clear_snapshot();"
                                   " IF NOT EXISTS (SELECT FROM pg_stat_activity WHERE application_name = 'cut'"
                                   " AND datname = current_database() AND xact_start IS NOT NULL) THEN RETURN; END IF;"
                                   " PERFORM pg_sleep(0.001); END LOOP; RAISE 'it is not idle'; END $$"));
}

/* Return the number of payments in the database. */
static int64_t count_payments(void)
{
    int64_t count;
    ok(administrator.s, payment_count(payment_query(administrator.s), &count));
    return count;
}

/* ---- S-590: what is cut ------------------------------------------------------------------------------------------ */

static enum ar_status insert(struct ar_session *s, void *payload)
{
    struct payment payment = {.amount = 5, .payer_id = 1};
    (void)payload;
    return payment_insert(s, &payment);
}

static enum ar_status insert_by_sql(struct ar_session *s, void *payload)
{
    (void)payload;
    return ar_execute(s, "INSERT INTO outcome_payments (amount) VALUES (5)");
}

static enum ar_status update_all(struct ar_session *s, void *payload)
{
    (void)payload;
    return payment_update_all(payment_query(s), ar_set(payment_column.amount, 6), NULL);
}

static enum ar_status insert_many(struct ar_session *s, void *payload)
{
    struct payment payments[3] = {{.amount = 1}, {.amount = 2}, {.amount = 3}};
    (void)payload;
    return payment_insert_many(s, payments, 3);
}

static enum ar_status insert_in_transaction(struct ar_session *s, void *payload)
{
    return ar_transaction(s, insert, payload);
}

static enum ar_status find(struct ar_session *s, void *payload)
{
    struct payer *payer;
    (void)payload;
    return payer_find(s, 1, &payer);
}

static enum ar_status read_in_transaction(struct ar_session *s, void *payload)
{
    return ar_transaction_with(s, &(struct ar_transaction_options){.read_only = true}, find, payload);
}

/* A call, and the number of rows that it adds. */
struct writing {
    enum ar_status (*function)(struct ar_session *s, void *payload);
    int64_t rows;
    bool only_reads;
};

/* Call it twice, so that everything is prepared and the third call sends the same messages. */
static void prepare(struct fixture *f, const struct writing *writing)
{
    for (int i = 0; i < 2; i++)
        ok(f->s, writing->function(f->s, NULL));
}

/* Record the messages of one direction. */
static size_t record(struct fixture *f, const struct writing *writing, bool from_program, struct message *out)
{
    const unsigned char *data;
    prepare(f, writing);
    proxy_record(proxy, from_program);
    ok(f->s, writing->function(f->s, NULL));
    size_t size = proxy_take_recording(proxy, &data);
    return messages_read(data, size, out, MESSAGES_MAX);
}

/* Cut the connection at this place, and return the status. Assert that the rows agree with it. */
static enum ar_status cut(struct fixture *f, const struct writing *writing, bool from_program, size_t at)
{
    prepare(f, writing);
    int64_t before = count_payments();
    (from_program ? proxy_cut_program_after : proxy_cut_after)(proxy, at);
    enum ar_status status = writing->function(f->s, NULL);
    ar_session_clear(f->s);
    proxy_cut(proxy);
    await_end();
    int64_t added = count_payments() - before;
    if (added != 0 && (added != writing->rows || status == AR_UNAVAILABLE))
        fail_msg("cut at %zu: %s, and %d rows were added", at, ar_status_name(status), (int)added);
    if (added != writing->rows && status == AR_OK)
        fail_msg("cut at %zu: AR_OK, and %d rows were added", at, (int)added);
    return status;
}

/* Return the number of messages of these types that end at or before this place. */
static size_t count_before(const struct message *messages, size_t count, const char *types, size_t at)
{
    size_t found = 0;
    for (size_t i = 0; i < count; i++)
        found += strchr(types, messages[i].type) != NULL && messages[i].at + messages[i].size <= at;
    return found;
}

/* Return the status of a call whose connection is cut when `at` bytes were sent in one direction. Each run of
 * statements ends with Sync or Query, and is answered up to ReadyForQuery ('Z'). The last run commits, unless the call
 * only reads. AR_BUSY: the next run may or may not have been sent. */
static enum ar_status expect(const struct writing *writing, bool from_program, const struct message *messages,
                             size_t count, size_t at)
{
    size_t end = messages[count - 1].at + messages[count - 1].size;
    const char *ends = from_program ? "SQ" : "Z";
    size_t runs = count_before(messages, count, ends, end);
    size_t run = count_before(messages, count, ends, from_program && at > 0 ? at - 1 : at);
    bool is_confirmed = runs > 1 && count_before(messages, count, "C", at) == count_before(messages, count, "C", end);
    bool is_between = !from_program && at > 0 && count_before(messages, count, ends, at - 1) < run;

    if (run + 1 < runs)
        return AR_UNAVAILABLE;
    if (!from_program && is_confirmed)
        return AR_OK;
    if (writing->only_reads)
        return AR_UNAVAILABLE;
    return is_between ? AR_BUSY : AR_UNKNOWN_OUTCOME;
}

/* Cut at the beginning of each message and in the middle of it. */
static void cut_everywhere(struct fixture *f, const struct writing *writing, bool from_program)
{
    struct message messages[MESSAGES_MAX];
    size_t count = record(f, writing, from_program, messages);
    assert_in_range(count, 1, MESSAGES_MAX - 1);
    for (size_t i = 0; i < 2 * count; i++) {
        size_t at = messages[i / 2].at + (i % 2 == 0 ? 0 : messages[i / 2].size / 2);
        enum ar_status status = cut(f, writing, from_program, at);
        enum ar_status expected = expect(writing, from_program, messages, count, at);
        if (expected == AR_BUSY && (status == AR_UNAVAILABLE || status == AR_UNKNOWN_OUTCOME))
            continue;
        if (status != expected)
            fail_msg("cut at byte %zu, in message %zu of %zu (%c): %s instead of %s: %s", at, i / 2, count,
                     messages[i / 2].type, ar_status_name(status), ar_status_name(expected),
                     ar_session_error(f->s)->message);
    }
}

static void cut_both_ways(struct fixture *f, struct writing writing)
{
    cut_everywhere(f, &writing, true);
    cut_everywhere(f, &writing, false);
}

static void test_insert(void **state)
{
    cut_both_ways(*state, (struct writing){insert, .rows = 1});
}

static void test_sql(void **state)
{
    cut_both_ways(*state, (struct writing){insert_by_sql, .rows = 1});
}

static void test_insert_many(void **state)
{
    cut_both_ways(*state, (struct writing){insert_many, .rows = 3});
}

static void test_update_all(void **state)
{
    cut_both_ways(*state, (struct writing){update_all, .rows = 0});
}

static void test_transaction(void **state)
{
    cut_both_ways(*state, (struct writing){insert_in_transaction, .rows = 1});
}

/* Nothing can have been written. */
static void test_reads(void **state)
{
    cut_both_ways(*state, (struct writing){find, .only_reads = true});
    cut_both_ways(*state, (struct writing){read_in_transaction, .only_reads = true});
}

static enum ar_status commit(void *s)
{
    return ar_commit(s);
}

/* A server that is shut down while it commits rolls back and says so: the outcome is known. A trigger makes it wait. */
static void test_ended_by_the_server(void **state)
{
    struct fixture *f = *state;
    struct call call;
    run_sql(f, "CREATE TABLE outcome_gate ();"
               " CREATE FUNCTION outcome_wait() RETURNS trigger LANGUAGE plpgsql AS"
               " 'BEGIN LOCK TABLE outcome_gate IN SHARE MODE; RETURN NULL; END'");
    run_sql(f, "CREATE CONSTRAINT TRIGGER late AFTER INSERT ON outcome_payments DEFERRABLE INITIALLY DEFERRED"
               " FOR EACH ROW EXECUTE FUNCTION outcome_wait()");
    ar_session_clear(f->other);
    f->is_paused = true;
    lock_table(&administrator, "outcome_gate");
    ok(f->s, ar_begin(f->s));
    ok(f->s, insert_by_sql(f->s, NULL));
    call_start(&call, commit, f->s);
    await_waiting(&administrator, "cut", 1);
    kill_connections(&administrator, "cut");
    fails(f->s, AR_UNAVAILABLE, call_finish(&call));
    ok(f->s, ar_rollback(f->s));
    ok(administrator.s, ar_rollback(administrator.s));
    assert_int_equal(count_payments(), 0);
}

/* A pooler that has lost the server says so, in a fatal error that has no severity but the translated one. */
static void test_pooler_lost_the_server(void **state)
{
    static const char fatal[] = "E\0\0\0\x29SFATAL\0C08P01\0Mserver conn crashed?\0";
    struct fixture *f = *state;
    struct writing writing = {insert_in_transaction, .rows = 1};
    struct message messages[MESSAGES_MAX];
    size_t count = record(f, &writing, false, messages);
    size_t at = messages[count - 2].at; /* the answer to COMMIT, before ReadyForQuery */
    prepare(f, &writing);
    int64_t before = count_payments();
    proxy_cut_with(proxy, at, fatal, sizeof fatal);
    fails(f->s, AR_UNKNOWN_OUTCOME, insert_in_transaction(f->s, NULL));
    assert_error_names(f->s, "server conn crashed?");
    await_end();
    assert_int_equal(count_payments() - before, 1);
}

/* ---- S-591: afterwards ------------------------------------------------------------------------------------------- */

/* Lose the answer to the next run. */
static void lose_answer(void)
{
    proxy_cut_after(proxy, 0);
}

static void test_message(void **state)
{
    struct fixture *f = *state;
    ok(f->s, ar_begin(f->s));
    ok(f->s, insert(f->s, NULL));
    lose_answer();
    fails(f->s, AR_UNKNOWN_OUTCOME, ar_commit(f->s));
    assert_error_names(f->s, "it is unknown if this was committed");
    assert_text(ar_session_error(f->s)->sql, "COMMIT");
    assert_text(ar_status_name(AR_UNKNOWN_OUTCOME), "AR_UNKNOWN_OUTCOME");
    fails(f->s, AR_MISUSE, find(f->s, NULL));
    fails(f->s, AR_MISUSE, ar_commit(f->s));
    ok(f->s, ar_rollback(f->s));
    fails(f->s, AR_MISUSE, ar_rollback(f->s));
    ok(f->s, find(f->s, NULL));
}

/* The records have the values from before, and are read again: also those that the transaction inserted, and the
 * relations that it changed. */
static void test_records_are_read_again(void **state)
{
    struct fixture *f = *state;
    struct payer *anna;
    struct payment *payment, *same, added = {.amount = 7, .payer_id = 1};
    struct payment_list payments;
    ok(f->s, insert(f->s, NULL));
    ok(f->s, payment_find(f->s, 1, &payment));
    ok(f->s, payer_find(f->s, 1, &anna));
    ok(f->s, payer_payments(f->s, anna, &payments));
    assert_int_equal(payments.count, 1);

    ok(f->s, ar_begin(f->s));
    payment->amount = 6;
    ok(f->s, payment_save(f->s, payment));
    ok(f->s, payment_insert(f->s, &added));
    lose_answer();
    fails(f->s, AR_UNKNOWN_OUTCOME, ar_commit(f->s));
    ok(f->s, ar_rollback(f->s));
    assert_int_equal(payment->amount, 5);
    await_end();
    /* What happened is in the database. */
    run_sql(f, "DELETE FROM outcome_payments");
    run_sql(f, "INSERT INTO outcome_payments (id, amount, payer_id) VALUES (1, 6, 1), (2, 7, 1)");
    ar_session_clear(f->other);
    reset_statements(f);
    ok(f->s, payment_find(f->s, 1, &same));
    assert_ptr_equal(same, payment);
    assert_int_equal(payment->amount, 6);
    ok(f->s, payment_find(f->s, added.id, &same));
    assert_int_equal(same->amount, 7);
    ok(f->s, payer_payments(f->s, anna, &payments));
    assert_int_equal(payments.count, 2);
    assert_statements(f, 3);
}

/* The same after a single write. */
static void test_records_are_read_again_after_a_write(void **state)
{
    struct fixture *f = *state;
    struct payment *payment, *same;
    ok(f->s, insert(f->s, NULL));
    ok(f->s, payment_find(f->s, 1, &payment));
    payment->amount = 6;
    lose_answer();
    fails(f->s, AR_UNKNOWN_OUTCOME, payment_save(f->s, payment));
    assert_int_equal(payment->amount, 6); /* not saved, as far as the session knows */
    ok(f->s, payment_reload(f->s, payment));
    await_idle();
    run_sql(f, "UPDATE outcome_payments SET amount = 9");
    ar_session_clear(f->other);
    lose_answer();
    fails(f->s, AR_UNKNOWN_OUTCOME, update_all(f->s, NULL));
    reset_statements(f);
    ok(f->s, payment_find(f->s, 1, &same));
    assert_ptr_equal(same, payment);
    assert_true(payment->amount == 9 || payment->amount == 6);
    assert_statements(f, 1);
}

/* It is unknown if AFTER_COMMIT or AFTER_ROLLBACK is right: neither is called. */
static void test_hooks_are_not_called(void **state)
{
    struct fixture *f = *state;
    ok(f->s, insert_in_transaction(f->s, NULL));
    assert_int_equal(committed, 1);
    lose_answer();
    fails(f->s, AR_UNKNOWN_OUTCOME, insert(f->s, NULL));
    ok(f->s, ar_begin(f->s));
    ok(f->s, insert(f->s, NULL));
    ok(f->s, ar_begin(f->s));
    ok(f->s, insert(f->s, NULL));
    ok(f->s, ar_commit(f->s));
    lose_answer();
    fails(f->s, AR_UNKNOWN_OUTCOME, ar_commit(f->s));
    ok(f->s, ar_rollback(f->s));
    assert_int_equal(committed, 1);
    assert_int_equal(rolled_back, 0);

    ok(f->s, ar_begin(f->s));
    ok(f->s, insert(f->s, NULL));
    ok(f->s, ar_rollback(f->s));
    assert_int_equal(rolled_back, 1);
    ok(f->s, insert_in_transaction(f->s, NULL));
    assert_int_equal(committed, 2);
}

/* The same with a key that the database has made. LeakSanitizer reports what is left of it. */
static void test_hooks_are_not_called_with_made_keys(void **state)
{
    struct fixture *f = *state;
    struct voucher voucher = {.amount = 5}, kept = {.amount = 6};
    ok(f->s, ar_begin(f->s));
    ok(f->s, voucher_insert(f->s, &voucher));
    lose_answer();
    fails(f->s, AR_UNKNOWN_OUTCOME, ar_commit(f->s));
    ok(f->s, ar_rollback(f->s));
    assert_int_equal(committed, 0);
    ok(f->s, ar_begin(f->s));
    ok(f->s, voucher_insert(f->s, &kept));
    ok(f->s, ar_commit(f->s));
    assert_int_equal(committed, 1);
}

/* ---- S-592: repeating -------------------------------------------------------------------------------------------- */

/* What happens to the connection during the tries of a transaction. */
struct plan {
    unsigned tries;
    unsigned cut_before_insert; /* the number of tries whose connection is cut */
    bool cuts_commit;
};

static enum ar_status insert_as_planned(struct ar_session *s, void *payload)
{
    struct plan *plan = payload;
    if (plan->tries++ < plan->cut_before_insert)
        proxy_cut(proxy);
    enum ar_status status = insert(s, NULL);
    if (status == AR_OK && plan->cuts_commit)
        lose_answer();
    return status;
}

static const struct ar_transaction_options patient = {.retry_unavailable_ms = 60000}, impatient = {0};

static void test_repeats_if_asked(void **state)
{
    struct fixture *f = *state;
    struct plan plan = {.cut_before_insert = 3};
    ok(f->s, ar_transaction_with(f->s, &patient, insert_as_planned, &plan));
    assert_int_equal(plan.tries, 4);
    assert_int_equal(count_payments(), 1);

    plan = (struct plan){.cut_before_insert = 3};
    fails(f->s, AR_UNAVAILABLE, ar_transaction_with(f->s, &impatient, insert_as_planned, &plan));
    assert_int_equal(plan.tries, 1);
    fails(f->s, AR_UNAVAILABLE, ar_transaction(f->s, insert_as_planned, &(struct plan){.cut_before_insert = 1}));
    assert_int_equal(count_payments(), 1);
}

static void test_never_repeats_a_commit(void **state)
{
    struct fixture *f = *state;
    struct plan plan = {.cut_before_insert = 1, .cuts_commit = true};
    fails(f->s, AR_UNKNOWN_OUTCOME, ar_transaction_with(f->s, &patient, insert_as_planned, &plan));
    assert_int_equal(plan.tries, 2);
    await_end();
    assert_in_range(count_payments(), 0, 1);
}

/* Only the outermost transaction can be repeated. */
static void test_option_of_an_inner_transaction(void **state)
{
    struct fixture *f = *state;
    ok(f->s, ar_begin(f->s));
    fails(f->s, AR_MISUSE, ar_transaction_with(f->s, &patient, insert, NULL));
    assert_error_names(f->s, "outermost");
    ok(f->s, ar_rollback(f->s));
}

/* The server does not come back: the last failure is returned. */
static void test_gives_up(void **state)
{
    struct fixture *f = *state;
    struct plan plan = {.tries = 0};
    const struct ar_transaction_options brief = {.retry_unavailable_ms = 30};
    struct proxy *gone = proxy_start(server_url("&application_name=cut"));
    struct ar_db *db;
    struct ar_session *s;
    (void)f;
    assert_int_equal(ar_db_open(proxy_url(gone, ""), NULL, &db), AR_OK);
    assert_int_equal(ar_session_open(db, NULL, &s), AR_OK);
    proxy_stop(gone);
    fails(s, AR_UNAVAILABLE, ar_transaction_with(s, &brief, insert_as_planned, &plan));
    assert_int_equal(plan.tries, 0);
    ar_session_close(s);
    ar_db_close(db);
}

/* A failover: the URL has two hosts, and the first one is gone. */
static void test_another_host(void **state)
{
    (void)state;
    struct plan plan = {.tries = 0};
    struct proxy *first = proxy_start(server_url("&application_name=cut"));
    char url[1024], host[512];
    const char *folder = strstr(proxy_url(first, ""), "host=") + strlen("host=");
    snprintf(host, sizeof host, "host=%.*s,", (int)strcspn(folder, "&"), folder);
    const char *other = proxy_url(proxy, ""), *at = strstr(other, "host=");
    snprintf(url, sizeof url, "%.*s%s%s", (int)(at - other), other, host, at + strlen("host="));
    struct ar_db *db;
    struct ar_session *s;
    assert_int_equal(ar_db_open(url, NULL, &db), AR_OK);
    assert_int_equal(ar_session_open(db, NULL, &s), AR_OK);
    ok(s, find(s, NULL));
    proxy_stop(first);
    ok(s, ar_transaction_with(s, &patient, insert_as_planned, &plan));
    assert_int_equal(plan.tries, 1);
    assert_int_equal(count_payments(), 1);
    ar_session_close(s);
    ar_db_close(db);
}

/* ---- S-790: a server that refuses writes ------------------------------------------------------------------------- */

/* Let new connections to the database write or not, as behind a pooler that has another server. */
static void set_writable(bool is_writable)
{
    ok(administrator.s,
       ar_execute(administrator.s, is_writable ? "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I RESET"
                                                 " default_transaction_read_only', current_database()); END $$"
                                               : "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET"
                                                 " default_transaction_read_only = on', current_database()); END $$"));
    proxy_cut(proxy);
    await_end();
}

/* Insert; if that fails, the primary takes over. */
static enum ar_status insert_until_failover(struct ar_session *s, void *payload)
{
    int *tries = payload;
    enum ar_status status = insert(s, NULL);
    ++*tries;
    if (status != AR_OK)
        set_writable(true);
    return status;
}

static void test_server_refuses_writes(void **state)
{
    struct fixture *f = *state;
    int tries = 0;
    set_writable(false);
    ok(f->s, find(f->s, NULL));
    fails(f->s, AR_UNAVAILABLE, insert(f->s, NULL));
    assert_text(ar_session_error(f->s)->sqlstate, "25006");
    assert_error_names(f->s, "the server is a standby, or has default_transaction_read_only");
    fails(f->s, AR_UNAVAILABLE, insert_many(f->s, NULL));
    fails(f->s, AR_UNAVAILABLE, insert_by_sql(f->s, NULL));
    fails(f->s, AR_UNAVAILABLE, insert_in_transaction(f->s, NULL));
    ok(f->s, ar_transaction_with(f->s, &patient, insert_until_failover, &tries));
    assert_int_equal(tries, 2);
    assert_int_equal(count_payments(), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        test(test_insert),
        test(test_sql),
        test(test_insert_many),
        test(test_update_all),
        test(test_transaction),
        test(test_reads),
        test(test_ended_by_the_server),
        test(test_pooler_lost_the_server),
        test(test_message),
        test(test_records_are_read_again),
        test(test_records_are_read_again_after_a_write),
        test(test_hooks_are_not_called),
        test(test_hooks_are_not_called_with_made_keys),
        test(test_repeats_if_asked),
        test(test_never_repeats_a_commit),
        test(test_option_of_an_inner_transaction),
        test(test_gives_up),
        test(test_another_host),
        test(test_server_refuses_writes),
    };
    return cmocka_run_group_tests_name("outcome", tests, open_all, close_all);
}
