/* Reads from a standby, S-760 to S-763, on fake servers: which server is read, how often positions are queried, and
 * servers that fail in the middle. tests/postgresql/standby.c does the same with real servers. */
#include "fake/driver.h"

#include "unit.h"

#include "base/clock.h"
#include "fake/library.ar.h"
#include "link/db.h"

#include <armature/armature.h>
#include <string.h>

struct fixture {
    struct ar_db *db;
    struct ar_session *writer, *reader;
};

static struct ar_session *open_reader(struct ar_db *db, struct ar_session_options options)
{
    struct ar_session *s;

    options.read_only = options.replica = true;
    assert_int_equal(ar_session_open(db, &options, &s), AR_OK);
    return s;
}

/* Open a database with a standby that is as far as its primary. */
static int set_up(void **state)
{
    static struct fixture f;
    const struct ar_db_options options = {.replica_wait_ms = 20};

    fake_reset();
    *fake_primary() = (struct fake_server){.system = 7, .wal = 100, .line = 1};
    *fake_standby() = *fake_primary();
    if (ar_db_open("fake:", &options, &f.db) != AR_OK || ar_session_open(f.db, NULL, &f.writer) != AR_OK)
        return -1;
    f.reader = open_reader(f.db, (struct ar_session_options){.replica = true});
    *state = &f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;

    ar_session_close(f->writer);
    ar_session_close(f->reader);
    ar_db_close(f->db);
    return 0;
}

/* Write something, which the primary has afterwards. */
static void write_on_primary(struct fixture *f)
{
    struct author ann = {.name = "Ann"};
    static const struct ar_value key[] = {{.kind = AR_VALUE_INTEGER, .integer = 42}};

    fake_return(1, 1, key);
    assert_int_equal(author_insert(f->writer, &ann), AR_OK);
    fake_primary()->wal += 10;
}

/* Read a row that does not exist. */
static enum ar_status read_row(struct ar_session *s)
{
    struct author *author;
    enum ar_status status = author_find(s, 1, &author);

    return status == AR_NOT_FOUND ? AR_OK : status;
}

static void assert_reads_from(struct ar_session *s, const struct fake_server *server)
{
    unsigned before = server->statements;

    assert_int_equal(read_row(s), AR_OK);
    assert_int_equal(server->statements, before + 1);
}

static void assert_fails(struct ar_session *s, enum ar_status status, const char *message)
{
    assert_int_equal(read_row(s), status);
    if (strstr(ar_session_error(s)->message, message) == NULL)
        fail_msg("\"%s\" does not contain \"%s\"", ar_session_error(s)->message, message);
}

/* S-760: positions are queried only after a write, and once for all sessions. */
static void test_s760_queries(void **state)
{
    struct fixture *f = *state;
    struct fake_server *primary = fake_primary(), *standby = fake_standby();

    assert_reads_from(f->reader, standby);
    assert_int_equal(primary->positions, 0);
    assert_int_equal(standby->positions, 1); /* with the connection */
    write_on_primary(f);
    standby->wal = primary->wal;
    assert_reads_from(f->reader, standby);
    assert_reads_from(f->reader, standby);
    struct ar_session *other = open_reader(f->db, (struct ar_session_options){.replica = true});
    assert_reads_from(other, standby);
    assert_int_equal(primary->positions, 1);
    assert_int_equal(standby->positions, 3);
    ar_session_close(other);
}

/* S-761: a standby of another system has not reached the position, whatever its own is. */
static void test_s761_other_system(void **state)
{
    struct fixture *f = *state;
    struct fake_server *primary = fake_primary(), *standby = fake_standby();

    standby->system = 8;
    standby->wal = 1000000;
    assert_reads_from(f->reader, standby);
    write_on_primary(f);
    assert_reads_from(f->reader, primary);
}

/* S-762: without the primary, a standby that has not replayed a transaction since its start may miss anything. */
static void test_s762_unknown_age(void **state)
{
    struct fixture *f = *state;
    struct fake_server *primary = fake_primary(), *standby = fake_standby();
    struct ar_session *patient = open_reader(f->db, (struct ar_session_options){.max_staleness_ms = UINT32_MAX});

    standby->age_ms = -1;
    write_on_primary(f);
    primary->is_down = true;
    assert_fails(patient, AR_UNAVAILABLE, "has not replayed any transaction");
    standby->age_ms = UINT32_MAX;
    assert_reads_from(patient, standby);
    standby->age_ms++;
    assert_fails(patient, AR_UNAVAILABLE, "in the last 4294967296 ms");
    ar_session_close(patient);
}

/* S-763: while it is known that the primary is down, nobody tries to reach it, or waits for the standby. */
static void test_s763_no_wait_in_outage(void **state)
{
    struct fixture *f = *state;
    struct fake_server *primary = fake_primary(), *standby = fake_standby();
    struct ar_session *patient = open_reader(f->db, (struct ar_session_options){.max_staleness_ms = 1000});
    uint64_t started;

    write_on_primary(f);
    assert_reads_from(patient, primary); /* the position is known, the standby lags */
    ar_session_clear(patient);
    primary->is_down = true;
    do { /* the outage is forgotten after a second */
        started = ar_microseconds_now();
        assert_reads_from(patient, standby); /* after waiting */
        standby->positions = primary->refusals = 0;
        assert_reads_from(patient, standby);
    } while (ar_microseconds_now() - started > 500000);
    assert_int_equal(standby->positions, 2); /* before and after the outage was noticed */
    assert_int_equal(primary->refusals, 0);
    /* Once it is over, the next session tries again. */
    primary->is_down = false;
    ar_session_clear(patient);
    f->db->outage_until = 1;
    assert_reads_from(patient, primary);
    assert_int_equal(f->db->outage_until, 0);
    ar_session_close(patient);
}

/* S-764: if the standby goes down while a session waits for it, the session fails, and reads the primary next time. */
static void test_s764_standby_goes_down(void **state)
{
    struct fixture *f = *state;
    struct fake_server *primary = fake_primary(), *standby = fake_standby();

    assert_reads_from(f->reader, standby);
    write_on_primary(f);
    standby->positions_left = 1;
    assert_fails(f->reader, AR_UNAVAILABLE, "the connection is lost");
    assert_reads_from(f->reader, primary);
}

/* S-764: an error that leaves the connection usable is reported, and does not replace the connection. */
static void test_s764_position_unreadable(void **state)
{
    struct fixture *f = *state;
    struct fake_server *primary = fake_primary(), *standby = fake_standby();

    assert_reads_from(f->reader, standby);
    write_on_primary(f);
    standby->is_broken = true;
    assert_fails(f->reader, AR_DATABASE, "the position cannot be read");
    standby->is_broken = false;
    standby->wal = primary->wal;
    assert_reads_from(f->reader, standby);
    write_on_primary(f);
    primary->is_broken = true;
    assert_fails(f->reader, AR_DATABASE, "the primary's WAL position cannot be read: the position cannot be read");
    primary->is_broken = false;
    standby->wal = primary->wal;
    assert_reads_from(f->reader, standby);
}

/* S-764: a new connection whose position cannot be read is closed, and its place in the pool is free again. */
static void test_s764_broken_connect(void **state)
{
    struct fixture *f = *state;
    struct fake_server *standby = fake_standby();

    standby->is_broken = true;
    for (int i = 0; i < 100; i++)
        assert_fails(f->reader, AR_DATABASE, "the position cannot be read");
    standby->is_broken = false;
    assert_reads_from(f->reader, standby);
}

/* S-762: in an outage, a standby that is lost too is an ordinary failure. */
static void test_s762_both_down(void **state)
{
    struct fixture *f = *state;
    struct fake_server *primary = fake_primary(), *standby = fake_standby();
    struct ar_session *patient = open_reader(f->db, (struct ar_session_options){.max_staleness_ms = 1000});

    assert_reads_from(patient, standby);
    write_on_primary(f);
    primary->is_down = true;
    standby->positions_left = 1;
    assert_fails(patient, AR_UNAVAILABLE, "the connection is lost");
    assert_fails(patient, AR_UNAVAILABLE, "the server is down");
    standby->is_down = false;
    assert_reads_from(patient, standby);
    ar_session_close(patient);
}

/* S-764: the standby has become the primary: it has all there is, and has not to be a recent one. */
static void test_s764_promoted(void **state)
{
    struct fixture *f = *state;
    struct fake_server *primary = fake_primary(), *standby = fake_standby();
    struct ar_session *patient = open_reader(f->db, (struct ar_session_options){.max_staleness_ms = 1000});

    standby->age_ms = -1;
    assert_reads_from(patient, standby);
    write_on_primary(f);
    primary->is_down = true;
    assert_fails(patient, AR_UNAVAILABLE, "has not replayed any transaction");
    standby->is_promoted = true;
    assert_reads_from(patient, standby);
    ar_session_close(patient);
}

#define test(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        test(test_s760_queries),           test(test_s761_other_system),      test(test_s762_unknown_age),
        test(test_s763_no_wait_in_outage), test(test_s764_standby_goes_down), test(test_s764_position_unreadable),
        test(test_s764_broken_connect),    test(test_s762_both_down),         test(test_s764_promoted),
    };
    return cmocka_run_group_tests_name("replica", tests, NULL, NULL);
}
