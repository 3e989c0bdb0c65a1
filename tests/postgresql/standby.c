/* A primary and a standby in one URL: which server is read, sessions read their own writes, and either server fails.
 * When replay on the standby is paused, the rows show which server was read. */
#include "data.h"
#include "server.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PAIRS = 1000, THREADS = 4 };

static struct administrator on_primary, on_standby;
static uint64_t clock_now;

/* ---- The two servers --------------------------------------------------------------------------------------------- */

/* Return a URL with these hosts, valid until the next call. */
static const char *url_of(const char *hosts, const char *more)
{
    static char url[1024];
    snprintf(url, sizeof url, "postgresql:///postgres?user=armature&host=%s%s", hosts, more);
    return url;
}

static const char *primary(void)
{
    return getenv("ARMATURE_TEST_PRIMARY");
}

static const char *standby(void)
{
    return getenv("ARMATURE_TEST_STANDBY");
}

/* Return the URL of both servers, the standby first, with an application_name. */
static const char *url_of_both(const char *more)
{
    char hosts[512];
    snprintf(hosts, sizeof hosts, "%s,%s&target_session_attrs=read-write&application_name=pair", standby(), primary());
    return url_of(hosts, more);
}

static void administrate(struct administrator *administrator, const char *host)
{
    assert_int_equal(ar_db_open(url_of(host, ""), NULL, &administrator->db), AR_OK);
    assert_int_equal(ar_session_open(administrator->db, NULL, &administrator->s), AR_OK);
}

/* Start ("up") or stop ("down") a server. */
static void switch_server(const char *direction, const char *folder)
{
    char command[1024];
    snprintf(command, sizeof command, "%s %s %s", getenv("ARMATURE_TEST_SERVER"), direction, folder);
    assert_int_equal(system(command), 0);
}

static void tell_standby(const char *sql)
{
    ok(on_standby.s, ar_execute(on_standby.s, sql));
}

static void pause_replay(void)
{
    tell_standby("SELECT pg_wal_replay_pause()");
    tell_standby("DO $$ BEGIN WHILE pg_get_wal_replay_pause_state() <> 'paused' LOOP PERFORM pg_sleep(0.001);"
                 " END LOOP; END $$");
}

static void resume_replay(void)
{
    tell_standby("SELECT pg_wal_replay_resume()");
}

/* Wait until the standby has replayed the current WAL of the primary. */
static void await_replay(void)
{
    ok(on_primary.s,
       ar_execute(on_primary.s, "DO $$ DECLARE position pg_lsn = pg_current_wal_lsn(); BEGIN LOOP"
                                " PERFORM pg_stat_clear_snapshot();"
                                " EXIT WHEN (SELECT bool_and(replay_lsn >= position) FROM pg_stat_replication);"
                                " PERFORM pg_sleep(0.001); END LOOP; END $$"));
}

/* Wait until the server has this number of connections of the database under test; fail after a timeout. */
static void await_connections(struct administrator *administrator, int count)
{
    char sql[512];
    snprintf(sql, sizeof sql,
             "DO $$ BEGIN FOR i IN 1..10000 LOOP PERFORM pg_stat_clear_snapshot();"
             " IF %d = (SELECT count(*) FROM pg_stat_activity WHERE application_name = 'pair') THEN RETURN; END IF;"
             " PERFORM pg_sleep(0.001); END LOOP; RAISE 'not %d connections'; END $$",
             count, count);
    ok(administrator->s, ar_execute(administrator->s, sql));
}

/* ---- Sessions ---------------------------------------------------------------------------------------------------- */

struct pair {
    struct ar_db *db;
    struct ar_session *writer, *reader;
};

static uint64_t read_clock(void *payload)
{
    (void)payload;
    return clock_now;
}

static struct ar_session *open_reader_with(struct ar_db *db, struct ar_session_options options)
{
    struct ar_session *reader;
    options.read_only = options.replica = true;
    assert_int_equal(ar_session_open(db, &options, &reader), AR_OK);
    return reader;
}

static struct ar_session *open_reader(struct ar_db *db, struct ar_position after)
{
    return open_reader_with(db, (struct ar_session_options){.after = after});
}

/* Open a database that has not written anything yet. */
static void open_db(struct pair *pair, const char *more, unsigned wait_ms)
{
    const struct ar_db_options options = {.replica_wait_ms = wait_ms, .clock = read_clock};
    assert_int_equal(ar_db_open(url_of_both(more), &options, &pair->db), AR_OK);
    assert_int_equal(ar_session_open(pair->db, NULL, &pair->writer), AR_OK);
    pair->reader = open_reader(pair->db, (struct ar_position){0});
}

static void close_db(struct pair *pair)
{
    ar_session_close(pair->writer);
    ar_session_close(pair->reader);
    ar_db_close(pair->db);
}

static int open_both(void **state)
{
    (void)state;
    administrate(&on_primary, primary());
    administrate(&on_standby, standby());
    ok(on_primary.s, ar_create_tables(on_primary.s, &user_model));
    return 0;
}

static int close_both(void **state)
{
    (void)state;
    administrator_close(&on_primary);
    administrator_close(&on_standby);
    return 0;
}

/* Create an empty table on both servers, and open a database with this limit for waiting for the standby. */
static int open_pair(void **state, const char *more, unsigned wait_ms)
{
    struct pair *pair = calloc(1, sizeof *pair);
    assert_non_null(pair);
    *state = pair;
    resume_replay();
    ok(on_primary.s, ar_execute(on_primary.s, "TRUNCATE users RESTART IDENTITY CASCADE"));
    await_replay();
    await_connections(&on_standby, 0);
    open_db(pair, more, wait_ms);
    return 0;
}

static int open_patient(void **state)
{
    return open_pair(state, "", 60000);
}

static int open_impatient(void **state)
{
    return open_pair(state, "", 20);
}

static int open_asynchronous(void **state)
{
    return open_pair(state, "&options=-c%20synchronous_commit%3Doff", 60000);
}

static int close_pair(void **state)
{
    close_db(*state);
    free(*state);
    return 0;
}

static enum ar_status add(struct ar_session *s, int64_t number)
{
    char name[32], email[48];
    snprintf(name, sizeof name, "user%d", (int)number);
    snprintf(email, sizeof email, "%s@example.com", name);
    struct user user = {.username = name, .email = email};
    return user_insert(s, &user);
}

/* Do the same in a transaction. */
static enum ar_status add_in_transaction(struct ar_session *s, int64_t number)
{
    enum ar_status status = ar_begin(s);
    if (status == AR_OK)
        status = add(s, number);
    return status == AR_OK ? ar_commit(s) : status;
}

static int64_t count_users(struct ar_session *s)
{
    int64_t count = -1;
    ok(s, user_count(user_query(s), &count));
    return count;
}

/* ---- Choice of the server ---------------------------------------------------------------------------------------- */

static void test_reads_from_the_standby(void **state)
{
    struct pair *pair = *state;
    pause_replay();
    ok(on_primary.s, add(on_primary.s, 1)); /* as another program would */
    assert_int_equal(count_users(pair->reader), 0);
    assert_int_equal(count_users(pair->writer), 1);
    await_connections(&on_standby, 1);
    resume_replay();
    await_replay();
    assert_int_equal(count_users(pair->reader), 1);
}

static void test_trees_from_the_standby(void **state)
{
    struct pair *pair = *state;
    static enum ar_plan plans[] = {AR_PLAN_WAVES, AR_PLAN_ONE_TRIP};
    ok(pair->writer, ar_create_tables(pair->writer, &user_model, &post_model));
    ok(pair->writer, add(pair->writer, 1));
    struct post post = {.user_id = 1, .title = "title"};
    ok(pair->writer, post_insert(pair->writer, &post));
    for (size_t i = 0; i < 2; i++) {
        struct user_query *users = user_query(pair->reader);
        struct user_list list;
        struct post_list posts;
        user_with_posts(users);
        ar_query_plan(users, plans[i]);
        ok(pair->reader, user_all(users, &list));
        assert_int_equal(list.count, 1);
        ok(pair->reader, user_posts(pair->reader, list.items[0], &posts));
        assert_int_equal(posts.count, 1);
        ar_session_clear(pair->reader);
    }
    await_connections(&on_standby, 1);
}

static void test_writes_are_refused(void **state)
{
    struct pair *pair = *state;
    struct ar_session *wrong;
    fails(pair->reader, AR_MISUSE, add(pair->reader, 1));
    fails(pair->reader, AR_MISUSE, user_delete_all(user_query(pair->reader), NULL));
    fails(pair->reader, AR_MISUSE, ar_execute(pair->reader, "DELETE FROM users"));
    assert_error_names(pair->reader, ".replica");
    fails(pair->reader, AR_MISUSE, ar_create_tables(pair->reader, &user_model));
    assert_int_equal(ar_session_open(pair->db, &(struct ar_session_options){.replica = true}, &wrong), AR_MISUSE);
    assert_error_names(wrong, ".read_only");
    ar_session_close(wrong);
}

/* ---- Read your own writes ---------------------------------------------------------------------------------------- */

static void test_reads_its_writes(void **state)
{
    struct pair *pair = *state;
    for (int64_t i = 1; i <= PAIRS; i++) {
        ok(pair->writer, i % 2 == 0 ? add(pair->writer, i) : add_in_transaction(pair->writer, i));
        if (count_users(pair->reader) != i)
            fail_msg("write %d was not read", (int)i);
        if (i % 10 == 0)
            ar_session_clear(pair->reader);
    }
    await_connections(&on_standby, 1);
}

/* The same with asynchronous commits. */
static void test_reads_asynchronous_writes(void **state)
{
    struct pair *pair = *state;
    for (int64_t i = 1; i <= PAIRS / 10; i++) {
        ok(pair->writer, add(pair->writer, i));
        assert_int_equal(count_users(pair->reader), i);
    }
}

static void test_reads_what_sql_wrote(void **state)
{
    struct pair *pair = *state;
    for (int64_t i = 1; i <= 20; i++) {
        ok(pair->writer, ar_execute(pair->writer, "INSERT INTO users (username, email, age, created_at, updated_at)"
                                                  " VALUES ('u', gen_random_uuid(), 1, now(), now())"));
        assert_int_equal(count_users(pair->reader), i);
    }
    ok(pair->writer, user_update_all(user_query(pair->writer), ar_set(user_column.age, 7), NULL));
    int64_t count;
    struct user_query *sevens = user_query(pair->reader);
    user_where(sevens, ar_eq(user_column.age, 7));
    ok(pair->reader, user_count(sevens, &count));
    assert_int_equal(count, 20);
}

struct writer {
    struct pair *pair;
    int first;
};

/* Write and read in separate sessions, concurrently with other threads. */
static enum ar_status write_and_read(void *payload)
{
    struct writer *writer = payload;
    struct ar_session *s, *reader = open_reader(writer->pair->db, (struct ar_position){0});
    enum ar_status status = ar_session_open(writer->pair->db, NULL, &s);
    for (int i = 0; i < PAIRS / THREADS && status == AR_OK; i++) {
        struct user_query *users = user_query(reader);
        char name[32];
        int64_t count = 0;
        snprintf(name, sizeof name, "user%d", writer->first + i);
        status = add(s, writer->first + i);
        user_where(users, ar_eq(user_column.username, name));
        if (status == AR_OK)
            status = user_count(users, &count);
        if (status == AR_OK && count != 1)
            status = AR_NOT_FOUND;
        ar_session_clear(reader);
    }
    ar_session_close(s);
    ar_session_close(reader);
    return status;
}

static void test_reads_its_writes_in_threads(void **state)
{
    struct writer writers[THREADS];
    struct call calls[THREADS];
    for (int i = 0; i < THREADS; i++) {
        writers[i] = (struct writer){.pair = *state, .first = i * PAIRS};
        call_start(&calls[i], write_and_read, &writers[i]);
    }
    for (int i = 0; i < THREADS; i++)
        assert_int_equal(call_finish(&calls[i]), AR_OK);
}

/* A transaction keeps its connection; reads after it see rows written by other sessions meanwhile. */
static void test_transaction(void **state)
{
    struct pair *pair = *state;
    ok(pair->writer, add(pair->writer, 1));
    ok(pair->reader, ar_begin(pair->reader));
    assert_int_equal(count_users(pair->reader), 1);
    pause_replay();
    ok(pair->writer, add(pair->writer, 2));
    assert_int_equal(count_users(pair->reader), 1);
    ok(pair->reader, ar_commit(pair->reader));
    resume_replay();
    assert_int_equal(count_users(pair->reader), 2);
}

/* If the standby does not catch up in time, the session reads from the primary until it is cleared. */
static void test_standby_falls_behind(void **state)
{
    struct pair *pair = *state;
    pause_replay();
    ok(pair->writer, add(pair->writer, 1));
    assert_int_equal(count_users(pair->reader), 1);
    ok(on_primary.s, add(on_primary.s, 2));
    assert_int_equal(count_users(pair->reader), 2);
    fails(pair->reader, AR_MISUSE, ar_execute(pair->reader, "DELETE FROM users"));
    resume_replay();
    await_replay();
    ar_session_clear(pair->reader);
    assert_int_equal(count_users(pair->reader), 2);
    pause_replay();
    ok(on_primary.s, add(on_primary.s, 3));
    assert_int_equal(count_users(pair->reader), 2); /* on the standby again */
}

/* A WAL position received from another program. */
static void test_after(void **state)
{
    struct pair *pair = *state, other;
    struct ar_position position, seen, merged;
    char text[AR_POSITION_LENGTH + 1], later[AR_POSITION_LENGTH + 1];
    open_db(&other, "", 60000);
    for (int64_t i = 1; i <= 100; i++) {
        ok(pair->writer, add(pair->writer, i));
        ok(pair->writer, ar_session_position(pair->writer, &position));
        struct ar_session *reader = open_reader(other.db, position);
        assert_int_equal(count_users(reader), i);
        ok(reader, ar_session_position(reader, &seen));
        /* The standby has reached it: the later one of both is that of the standby. */
        merged = position;
        assert_true(ar_position_merge(&merged, &seen));
        ar_position_format(&merged, text);
        ar_position_format(&seen, later);
        assert_text(strrchr(text, '.'), strrchr(later, '.'));
        ar_session_close(reader);
    }
    await_connections(&on_standby, 1);
    close_db(&other);
}

static void test_after_a_paused_standby(void **state)
{
    struct pair *pair = *state, other;
    struct ar_position position;
    open_db(&other, "", 20);
    pause_replay();
    ok(pair->writer, add(pair->writer, 1));
    ok(pair->writer, ar_session_position(pair->writer, &position));
    struct ar_session *after = open_reader(other.db, position);
    assert_int_equal(count_users(other.reader), 0);
    assert_int_equal(count_users(after), 1);
    ar_session_close(after);
    close_db(&other);
}

/* ---- Failure of one server --------------------------------------------------------------------------------------- */

/* Without a standby, the primary is read. Ten seconds after connecting to it, look for a standby again. */
static void test_standby_goes_and_comes(void **state)
{
    struct pair *pair = *state;
    assert_int_equal(count_users(pair->reader), 0);
    ar_session_clear(pair->reader);
    administrator_close(&on_standby);
    switch_server("down", standby());
    ok(pair->writer, add(pair->writer, 1));
    assert_int_equal(count_users(pair->reader), 1);
    ar_session_clear(pair->reader);
    switch_server("up", standby());
    administrate(&on_standby, standby());
    assert_int_equal(count_users(pair->reader), 1);
    ar_session_clear(pair->reader);
    await_connections(&on_standby, 0);
    clock_now += UINT64_C(10000000000);
    assert_int_equal(count_users(pair->reader), 1);
    await_connections(&on_standby, 1);
}

/* S-612: the position of one server says nothing about the others that have rows. The catalog pretends that the
 * extension is installed. */
static void test_rows_on_several_servers(void **state)
{
    static const char rename[] = "SET allow_system_table_mods = on; UPDATE pg_extension SET extname = '%s'"
                                 " WHERE extname IN ('plpgsql', 'citus'); RESET allow_system_table_mods";
    struct pair sharded;
    struct ar_position position;
    char sql[256], text[AR_POSITION_LENGTH + 1];
    int64_t count;
    snprintf(sql, sizeof sql, rename, "citus");
    ok(on_primary.s, ar_execute(on_primary.s, sql));
    await_replay();
    open_db(&sharded, "", 60000);
    fails(sharded.writer, AR_MISUSE, ar_session_position(sharded.writer, &position));
    assert_error_names(sharded.writer, "Citus");
    ar_position_format(&position, text);
    assert_text(text, "");
    fails(sharded.reader, AR_MISUSE, user_count(user_query(sharded.reader), &count));
    assert_error_names(sharded.reader, "without .replica");
    close_db(&sharded);
    snprintf(sql, sizeof sql, rename, "plpgsql");
    ok(on_primary.s, ar_execute(on_primary.s, sql));
    await_replay();
    (void)state;
}

/* Try to read until the number of users is this: the primary is tried again after a while. */
static void await_users(struct ar_session *s, int64_t expected)
{
    int64_t count = -1;
    for (int i = 0; i < 100000 && count != expected; i++) {
        ok(s, user_count(user_query(s), &count));
        ar_session_clear(s);
    }
    assert_int_equal(count, expected);
}

/* S-610: while the primary is down, a session with .max_staleness_ms reads the standby if it misses at most what was
 * committed in that time, and if it has reached .after. */
static void test_primary_is_out(void **state)
{
    struct pair *pair = *state;
    struct ar_position before, after;
    int64_t count;
    ok(pair->writer, add(pair->writer, 1));
    ok(pair->writer, add(pair->writer, 2));
    ok(pair->writer, ar_session_position(pair->writer, &before));
    await_replay();
    struct ar_session *patient = open_reader_with(pair->db, (struct ar_session_options){.max_staleness_ms = 600000}),
                      *strict = open_reader_with(pair->db, (struct ar_session_options){.max_staleness_ms = 1}),
                      *early = open_reader_with(
                          pair->db, (struct ar_session_options){.max_staleness_ms = 600000, .after = before});
    assert_int_equal(count_users(patient), 2);
    assert_int_equal(count_users(strict), 2);
    pause_replay();
    ok(pair->writer, add(pair->writer, 3));
    ok(pair->writer, ar_session_position(pair->writer, &after));
    struct ar_session *late =
        open_reader_with(pair->db, (struct ar_session_options){.max_staleness_ms = 600000, .after = after});
    /* The primary answers: its write is seen, although the standby does not have it. */
    assert_int_equal(count_users(patient), 3);
    ar_session_clear(patient);
    ar_session_clear(pair->reader);
    administrator_close(&on_primary);
    switch_server("down", primary());
    fails(pair->writer, AR_UNAVAILABLE, add(pair->writer, 4));

    fails(pair->reader, AR_UNAVAILABLE, user_count(user_query(pair->reader), &count));
    for (int i = 0; i < 3; i++) {
        assert_int_equal(count_users(patient), 2);
        assert_int_equal(ar_session_error(patient)->status, AR_OK);
        assert_int_equal(count_users(early), 2);
        fails(strict, AR_UNAVAILABLE, user_count(user_query(strict), &count));
        assert_error_names(strict, "more than max_staleness_ms (1)");
        fails(late, AR_UNAVAILABLE, user_count(user_query(late), &count));
        assert_error_names(late, ".after");
    }
    ok(patient, ar_begin(patient));
    assert_int_equal(count_users(patient), 2);
    ok(patient, ar_commit(patient));

    switch_server("up", primary());
    administrate(&on_primary, primary());
    resume_replay();
    assert_int_equal(count_users(pair->reader), 3);
    await_users(patient, 3);
    assert_int_equal(count_users(early), 3);
    ar_session_close(patient);
    ar_session_close(strict);
    ar_session_close(early);
    ar_session_close(late);
}

/* The last test: afterwards, the standby is the primary. */
static void test_primary_goes(void **state)
{
    struct pair *pair = *state, idle;
    open_db(&idle, "", 60000);
    ok(pair->writer, add(pair->writer, 1));
    assert_int_equal(count_users(pair->reader), 1);
    ok(pair->writer, add(pair->writer, 2));
    struct ar_position position;
    char text[AR_POSITION_LENGTH + 1];
    ok(pair->writer, ar_session_position(pair->writer, &position));
    ar_position_format(&position, text);
    assert_non_null(strstr(text, ".1.")); /* the timeline */
    await_replay();
    administrator_close(&on_primary);
    switch_server("down", primary());

    /* A session without writes can read; for one with writes, it is unknown if the standby has received them. */
    assert_int_equal(count_users(idle.reader), 2);
    int64_t count;
    fails(pair->reader, AR_UNAVAILABLE, user_count(user_query(pair->reader), &count));
    assert_error_names(pair->reader, "primary's WAL position cannot be read");
    fails(pair->writer, AR_UNAVAILABLE, add(pair->writer, 3));
    fails(pair->writer, AR_UNAVAILABLE, add(pair->writer, 3));
    assert_error_names(pair->writer, "read-only");

    tell_standby("SELECT pg_promote()");
    ok(pair->writer, add(pair->writer, 3));
    assert_int_equal(count_users(pair->reader), 3);
    assert_int_equal(count_users(idle.reader), 3);
    assert_int_equal(count_users(on_standby.s), 3);
    /* A position of before is before the new one, of the next timeline. */
    struct ar_position later;
    ok(pair->writer, ar_session_position(pair->writer, &later));
    assert_true(ar_position_merge(&position, &later));
    assert_memory_equal(&position, &later, sizeof later);
    ar_position_format(&position, text);
    assert_non_null(strstr(text, ".2."));
    close_db(&idle);
}

#define test(function, open) cmocka_unit_test_setup_teardown(function, open, close_pair)

int main(void)
{
    const struct CMUnitTest tests[] = {
        test(test_reads_from_the_standby, open_patient),
        test(test_trees_from_the_standby, open_patient),
        test(test_writes_are_refused, open_patient),
        test(test_reads_its_writes, open_patient),
        test(test_reads_asynchronous_writes, open_asynchronous),
        test(test_reads_what_sql_wrote, open_patient),
        test(test_reads_its_writes_in_threads, open_patient),
        test(test_transaction, open_patient),
        test(test_standby_falls_behind, open_impatient),
        test(test_after, open_patient),
        test(test_after_a_paused_standby, open_patient),
        test(test_standby_goes_and_comes, open_patient),
        test(test_rows_on_several_servers, open_patient),
        test(test_primary_is_out, open_impatient),
        test(test_primary_goes, open_patient),
    };
    return cmocka_run_group_tests_name("standby", tests, open_both, close_both);
}
