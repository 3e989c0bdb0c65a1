/* The helpers of server.h. To wait, the server polls every millisecond, and fails after a minute. */
#include "server.h"

#include <stdio.h>
#include <stdlib.h>

const char *server_url(const char *more)
{
    static char url[512];
    const char *given = getenv("ARMATURE_TEST_URL");
    if (given == NULL)
        fail_msg("ARMATURE_TEST_URL must be the URL of a PostgreSQL server");
    snprintf(url, sizeof url, "%s%s", given, more);
    return url;
}

void administrator_open(struct administrator *administrator)
{
    assert_int_equal(ar_db_open(server_url("&application_name=administrator"), NULL, &administrator->db), AR_OK);
    assert_int_equal(ar_session_open(administrator->db, NULL, &administrator->s), AR_OK);
}

void administrator_close(struct administrator *administrator)
{
    ar_session_close(administrator->s);
    ar_db_close(administrator->db);
    *administrator = (struct administrator){.db = NULL};
}

void lock_table(struct administrator *administrator, const char *table)
{
    char sql[128];
    ok(administrator->s, ar_begin(administrator->s));
    snprintf(sql, sizeof sql, "LOCK TABLE %s IN ACCESS EXCLUSIVE MODE", table);
    ok(administrator->s, ar_execute(administrator->s, sql));
}

void await_waiting(struct administrator *administrator, const char *name, int count)
{
    char sql[512];
    snprintf(sql, sizeof sql,
             "DO $$ BEGIN LOOP"
             " PERFORM pg_stat_clear_snapshot();"
             " EXIT WHEN %d <= (SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
             " AND application_name = '%s' AND wait_event_type = 'Lock');"
             " IF clock_timestamp() > now() + interval '1 minute' THEN RAISE 'no session waits'; END IF;"
             " PERFORM pg_sleep(0.001); END LOOP; END $$",
             count, name);
    ok(administrator->s, ar_execute(administrator->s, sql));
}

void kill_connections(struct administrator *administrator, const char *name)
{
    char sql[256];
    snprintf(sql, sizeof sql,
             "SELECT pg_stat_clear_snapshot(); SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity"
             " WHERE datname = current_database() AND application_name = '%s'",
             name);
    ok(administrator->s, ar_execute(administrator->s, sql));
}

static void *run_call(void *payload)
{
    struct call *call = payload;
    call->status = call->function(call->payload);
    return NULL;
}

void call_start(struct call *call, enum ar_status (*function)(void *payload), void *payload)
{
    *call = (struct call){.function = function, .payload = payload};
    assert_int_equal(pthread_create(&call->thread, NULL, run_call, call), 0);
}

enum ar_status call_finish(struct call *call)
{
    assert_int_equal(pthread_join(call->thread, NULL), 0);
    return call->status;
}
