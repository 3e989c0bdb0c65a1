/* The PostgreSQL driver: its runs, COPY and scripts, and its dialect. Values are transferred in binary form. */
#include "driver/driver.h"

#include "base/arena_text.h"
#include "base/body.h"
#include "base/clock.h"
#include "driver/postgresql/bulk.h"
#include "driver/postgresql/catalog.h"
#include "driver/postgresql/connect.h"
#include "driver/postgresql/connection.h"
#include "driver/postgresql/copy.h"
#include "driver/postgresql/error.h"
#include "driver/postgresql/pipeline.h"
#include "driver/postgresql/row.h"
#include "driver/postgresql/rules.h"
#include "driver/postgresql/url.h"
#include "driver/postgresql/wait.h"

#include <string.h>

static enum ar_status run_copy(struct connection *connection, const struct statement *statement,
                               struct outcome *outcome, struct failure *failure)
{
    enum ar_status status = ar_pg_leave_pipeline(connection, statement, failure);

    ar_arena_reset(&connection->scratch, SCRATCH_KEPT);
    if (status == AR_OK)
        status = ar_pg_copy(connection, statement, outcome, failure);
    ar_pg_enter_pipeline(connection);
    outcome->is_done = true;
    outcome->status = status;
    outcome->finished = ar_monotonic_clock(NULL);
    return status;
}

/* Return true if the run had no effect and its first statement only has to be prepared again. */
static bool may_run_again(const struct connection *connection, const struct outcome *outcomes,
                          const struct failure *failure)
{
    return failure->is_outdated && (!outcomes[0].is_done || outcomes[0].status != AR_OK) &&
           PQtransactionStatus(connection->server) == PQTRANS_IDLE;
}

/* Do not send a write or a COMMIT to a server that has closed the connection: without an answer, its outcome would be
 * unknown. */
static bool is_sent_in_vain(struct connection *connection, const struct statement *statements, size_t count)
{
    bool is_checked = connection->is_checked;

    connection->is_checked = false;
    if (is_checked)
        return false;
    for (size_t i = 0; i < count; i++)
        if (statements[i].reason == AR_REASON_SAVE || statements[i].reason == AR_REASON_TRANSACTION)
            return !ar_pg_is_open(connection);
    return false;
}

static enum ar_status postgresql_run(struct connection *connection, const struct statement *statements, size_t count,
                                     struct outcome *outcomes, struct failure *failure)
{
    enum ar_status status;

    connection->is_lost |= is_sent_in_vain(connection, statements, count);
    /* Unread answers of an earlier run would be taken for those of this one. */
    if (connection->is_lost)
        return ar_pg_fail_to_send(connection, statements, failure);
    connection->is_changed |= statements->has_dollars; /* run alone, as any user SQL */
    connection->warning.sqlstate[0] = '\0';
    ar_pg_note_running(connection, true);
    if (count == 1 && ar_pg_is_copy(statements))
        status = run_copy(connection, statements, outcomes, failure);
    else
        status = ar_pg_run_pipeline(connection, statements, count, outcomes, failure);
    if (status != AR_OK && may_run_again(connection, outcomes, failure)) {
        memset(outcomes, 0, count * sizeof *outcomes);
        status = ar_pg_run_pipeline(connection, statements, count, outcomes, failure);
    }
    ar_pg_note_running(connection, false);
    return status;
}

/* A script has no way to send or receive rows of a COPY: close the connection in the middle of it. */
static enum ar_status refuse_copy(struct connection *connection, const struct statement *statement,
                                  struct failure *failure)
{
    connection->is_lost = true;
    ar_fail(failure, AR_MISUSE, NULL, NULL, "ar_execute cannot run COPY FROM STDIN or TO STDOUT: use insert_many");
    ar_failure_add_sql(failure, statement->sql);
    return AR_MISUSE;
}

static enum ar_status take_script_result(struct connection *connection, const PGresult *result,
                                         const struct statement *statement, struct failure *failure)
{
    switch (PQresultStatus(result)) {
    case PGRES_COMMAND_OK:
    case PGRES_TUPLES_OK:
    case PGRES_EMPTY_QUERY:
        return AR_OK;
    case PGRES_COPY_IN:
    case PGRES_COPY_OUT:
    case PGRES_COPY_BOTH:
        return refuse_copy(connection, statement, failure);
    default:
        return ar_pg_fail(connection, result, statement, failure);
    }
}

/* Run a script. `sql` is what is sent; *completed receives the number of statements that succeeded. */
static enum ar_status run_simple(struct connection *connection, const struct statement *statement, const char *sql,
                                 size_t *completed, struct failure *failure)
{
    enum ar_status status = AR_OK;
    PGresult *result;

    *completed = 0;
    if (PQsendQuery(connection->server, sql) != 1)
        return ar_pg_fail_to_send(connection, statement, failure);
    while (ar_pg_is_connected(connection) && (result = ar_pg_take_result(connection)) != NULL) {
        if (status == AR_OK)
            status = take_script_result(connection, result, statement, failure);
        *completed += status == AR_OK;
        PQclear(result);
    }
    if (status == AR_OK && !ar_pg_is_connected(connection))
        status = ar_pg_fail(connection, NULL, statement, failure);
    return status;
}

/* Return true if a statement was refused because it cannot share a transaction with the settings: for example VACUUM,
 * or CALL of a procedure that commits. */
static bool is_refused_in_transaction(const struct failure *failure)
{
    return strcmp(failure->sqlstate, "25001") == 0 || strcmp(failure->sqlstate, "2D000") == 0;
}

/* Run a script after the settings of its transaction, which is that of the whole string. */
static enum ar_status run_with_settings(struct connection *connection, const struct statement *statement,
                                        const char *settings, struct failure *failure)
{
    struct arena_text sql = {.arena = &connection->scratch};
    enum ar_status status;
    size_t completed;

    ar_arena_text_add(&sql, settings, "; ", statement->sql, NULL);
    if (sql.out_of_memory)
        return ar_fail_no_memory(failure);
    status = run_simple(connection, statement, sql.data, &completed, failure);
    connection->has_settings = ar_pg_in_transaction(connection);
    /* Only the settings were completed: the script has had no effect. */
    if (status != AR_OK && completed == 1 && is_refused_in_transaction(failure) && !connection->is_read_only &&
        PQtransactionStatus(connection->server) == PQTRANS_IDLE)
        status = run_simple(connection, statement, statement->sql, &completed, failure);
    return status;
}

static enum ar_status run_unprepared(struct connection *connection, const struct statement *statement,
                                     struct failure *failure)
{
    const char *settings = ar_pg_missing_settings(connection);
    size_t completed;

    return settings != NULL ? run_with_settings(connection, statement, settings, failure)
                            : run_simple(connection, statement, statement->sql, &completed, failure);
}

static enum ar_status run_text(struct connection *connection, const char *sql, struct failure *failure)
{
    const struct statement statement = {.sql = sql, .reason = AR_REASON_SCHEMA};

    return run_unprepared(connection, &statement, failure);
}

/* Run the statements of a script one by one: a server that shards sends the whole string to the others, as if it were
 * one. They are one transaction, as those of one string are. */
static enum ar_status run_separately(struct connection *connection, const char *sql, struct failure *failure)
{
    bool begins = !ar_pg_in_transaction(connection);
    enum ar_status status = AR_OK;
    struct failure ignored;
    const char *next, *end;

    (void)ar_body_skip(SCRIPT_POSTGRESQL, sql, &next);
    if (next == NULL)
        return run_text(connection, sql, failure);
    if (begins)
        status = run_text(connection, "BEGIN", failure);
    for (next = sql; next != NULL && status == AR_OK; sql = next) {
        char *piece;
        end = ar_body_skip(SCRIPT_POSTGRESQL, sql, &next);
        piece = ar_arena_copy_text(&connection->scratch, sql, (size_t)(end - sql));
        status = piece != NULL ? run_text(connection, piece, failure) : ar_fail_no_memory(failure);
    }
    if (begins && status == AR_OK)
        return run_text(connection, "COMMIT", failure);
    if (begins && ar_pg_in_transaction(connection))
        (void)run_text(connection, "ROLLBACK", &ignored);
    return status;
}

/* Several statements in one string need the simple query protocol, which a pipeline does not support. */
static enum ar_status postgresql_run_script(struct connection *connection, const char *sql, struct failure *failure)
{
    const struct statement statement = {.sql = sql, .reason = AR_REASON_SCHEMA};
    enum ar_status status;

    connection->is_lost |= !ar_pg_is_open(connection);
    if (connection->is_lost)
        return ar_pg_fail_to_send(connection, &statement, failure);
    ar_arena_reset(&connection->scratch, SCRATCH_KEPT);
    ar_pg_note_running(connection, true);
    ar_pg_run_housekeeping(connection);
    status = ar_pg_leave_pipeline(connection, &statement, failure);
    if (status == AR_OK && connection->engine.is_sharded)
        status = run_separately(connection, sql, failure);
    else if (status == AR_OK)
        status = run_unprepared(connection, &statement, failure);
    /* The script may have changed what prepared statements refer to: prepare them again. A pooler would only return the
     * same ones. */
    if (!connection->is_pooled)
        ar_statement_cache_clear(&connection->statements);
    ar_pointer_map_free(&connection->rules);
    connection->is_changed = true;
    ar_pg_enter_pipeline(connection);
    ar_pg_note_running(connection, false);
    return status;
}

static enum ar_status postgresql_describe(struct connection *connection, const struct statement *statement,
                                          const char **out, struct failure *failure)
{
    const struct prepared *prepared =
        ar_statement_cache_find(&connection->statements, statement->sql, statement->is_constant);

    (void)failure;
    *out = ar_pg_takes_parts(statement, prepared) ? "in parts" : "in one result";
    return AR_OK;
}

static const char *postgresql_pick(const struct ar_sql *sql)
{
    return sql->postgresql;
}

/* The keys of GENERATED ALWAYS cannot be written, and a sequence only be read by those with the privilege. */
static const char default_query[] =
    "SELECT CASE WHEN a.attidentity OPERATOR(pg_catalog.=) '' THEN pg_catalog.pg_get_expr(d.adbin, d.adrelid)"
    " WHEN a.attidentity OPERATOR(pg_catalog.=) 'd' AND pg_catalog.has_sequence_privilege(s.name, 'USAGE')"
    " THEN 'pg_catalog.nextval(' OPERATOR(pg_catalog.||) pg_catalog.quote_literal(s.name) OPERATOR(pg_catalog.||) ')'"
    " END FROM pg_catalog.pg_attribute AS a"
    " LEFT JOIN pg_catalog.pg_attrdef AS d ON d.adrelid OPERATOR(pg_catalog.=) a.attrelid"
    " AND d.adnum OPERATOR(pg_catalog.=) a.attnum AND a.attgenerated OPERATOR(pg_catalog.=) ''"
    " CROSS JOIN LATERAL (SELECT pg_catalog.pg_get_serial_sequence($1::text, $2::text) AS name) AS s"
    " WHERE a.attrelid OPERATOR(pg_catalog.=) $1::text::pg_catalog.regclass"
    " AND a.attname OPERATOR(pg_catalog.=) $2::text";

/* The index that has this name and is on this table, whether or not it is valid. */
static const char index_state[] =
    "SELECT i.indisvalid, pg_catalog.format('%I.%I', n.nspname, c.relname) FROM pg_catalog.pg_index AS i"
    " JOIN pg_catalog.pg_class AS c ON c.oid OPERATOR(pg_catalog.=) i.indexrelid"
    " JOIN pg_catalog.pg_namespace AS n ON n.oid OPERATOR(pg_catalog.=) c.relnamespace"
    " WHERE i.indrelid OPERATOR(pg_catalog.=) pg_catalog.to_regclass($1::text)"
    " AND c.relname OPERATOR(pg_catalog.=) (pg_catalog.parse_ident($2::text))[1]";

/* The first eight digits of the name of a WAL file are the timeline. A standby's timeline is that of its WAL receiver,
 * which only some roles may read. */
static const char position[] =
    "SELECT (CASE WHEN pg_catalog.pg_is_in_recovery() THEN pg_catalog.pg_last_wal_replay_lsn()"
    " WHEN pg_catalog.current_setting('synchronous_commit') OPERATOR(pg_catalog.=) 'off'"
    " THEN pg_catalog.pg_current_wal_insert_lsn() ELSE pg_catalog.pg_current_wal_lsn() END"
    " OPERATOR(pg_catalog.-) '0/0'::pg_catalog.pg_lsn)::bigint, pg_catalog.pg_is_in_recovery(),"
    " (SELECT system_identifier FROM pg_catalog.pg_control_system()),"
    " CASE WHEN pg_catalog.pg_is_in_recovery()"
    " THEN (SELECT received_tli FROM pg_catalog.pg_stat_get_wal_receiver())::bigint"
    " ELSE pg_catalog.concat('x', pg_catalog.left("
    "pg_catalog.pg_walfile_name(pg_catalog.pg_current_wal_insert_lsn()), 8))::bit(32)::bigint END,"
    " CASE WHEN pg_catalog.pg_is_in_recovery() THEN (pg_catalog.date_part('epoch', pg_catalog.clock_timestamp()"
    " OPERATOR(pg_catalog.-) pg_catalog.pg_last_xact_replay_timestamp())"
    " OPERATOR(pg_catalog.*) 1000)::bigint END";

const struct driver ar_driver_postgresql = {
    .name = "postgresql",
    .locate = ar_pg_locate,
    .connect = ar_pg_connect,
    .disconnect = ar_pg_disconnect,
    .engine = ar_pg_engine,
    .run = postgresql_run,
    .run_script = postgresql_run_script,
    .in_transaction = ar_pg_in_transaction,
    .is_usable = ar_pg_is_usable,
    .take = ar_pg_take,
    .reset = ar_pg_reset,
    .set_timeout = ar_pg_set_timeout,
    .round_trip = ar_pg_round_trip,
    .interrupt = ar_pg_interrupt,
    .prepare_copy = ar_pg_prepare_copy,
    .copy_statement = ar_pg_copy_statement,
    .describe = postgresql_describe,
    .has_field_type = ar_pg_has_field_type,
    .type_name = ar_pg_type_name,
    .pick = postgresql_pick,
    .compares_by_rules = ar_pg_compares_by_rules,
    .dialect =
        {
            .begin_write = "BEGIN",
            .begin_read = "BEGIN READ ONLY",
            .begin_snapshot = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
            .isolation =
                {
                    [AR_ISOLATION_DEFAULT] = "",
                    [AR_ISOLATION_READ_COMMITTED] = " ISOLATION LEVEL READ COMMITTED",
                    [AR_ISOLATION_REPEATABLE_READ] = " ISOLATION LEVEL REPEATABLE READ",
                    [AR_ISOLATION_SERIALIZABLE] = " ISOLATION LEVEL SERIALIZABLE",
                },
            .lock = {[AR_LOCK_UPDATE] = " FOR UPDATE", [AR_LOCK_SHARE] = " FOR SHARE"},
            .lock_wait = {[AR_LOCK_WAIT] = "", [AR_LOCK_NOWAIT] = " NOWAIT", [AR_LOCK_SKIP] = " SKIP LOCKED"},
            .lock_counted = " FOR NO KEY UPDATE",
            .position = position,
            .numbers_parameters = true,
            .builtin_schema = "pg_catalog",
            .has_schemas = true,
            /* IN and LIKE stand for operators, which would be looked up along the search path. */
            .in_select = " OPERATOR(pg_catalog.=) ANY ",
            .like = " OPERATOR(pg_catalog.~~) ",
            .like_end = "", /* the backslash is the default */
            /* Elsewhere than in the collation C, lower() depends on the database and its version. */
            .fold_to_equal = {"pg_catalog.lower(", " COLLATE pg_catalog.\"C\")"},
            .fold_to_match = {"pg_catalog.lower(", " COLLATE pg_catalog.\"C\")"},
            .sorts_null_last = true,
            .has_decimals = true,
            .times_have_fractions = true,
            .casts = {[AR_TYPE_INT16] = "smallint", [AR_TYPE_INT32] = "integer"},
            .has_json_operators = true,
            .has_column_casts = true,
            .default_query = default_query,
            .has_key_arrays = true,
            .plans_by_limit = true,
            .explain = "EXPLAIN ",
            .in_keys = {" OPERATOR(pg_catalog.=) ANY (", ")"},
            .not_in_keys = {" OPERATOR(pg_catalog.<>) ALL (", ")"},
            .has_lateral_joins = true,
            .has_write_queries = true,
            /* A row version that an update wrote has the lock of this transaction, which ON CONFLICT took, as xmax. */
            .is_inserted = "xmax OPERATOR(pg_catalog.=) 0",
            .values_size_max = AR_PG_MESSAGE_MAX,
            .has_dollar_quotes = true,
            .migration =
                {
                    .exists = "SELECT 1 WHERE pg_catalog.to_regclass('armature_migrations') IS NOT NULL",
                    .create = "CREATE TABLE IF NOT EXISTS armature_migrations (number bigint NOT NULL PRIMARY KEY,"
                              " name text NOT NULL, checksum text NOT NULL, step bigint NOT NULL,"
                              " is_running bigint NOT NULL, applied_at timestamptz)",
                    .select = "SELECT number, name, checksum, step, is_running,"
                              " pg_catalog.to_char(pg_catalog.timezone('UTC', applied_at), 'YYYY-MM-DD HH24:MI:SS')"
                              " FROM armature_migrations ORDER BY number",
                    /* The key is the bytes of "armature". */
                    .lock = "SELECT pg_catalog.pg_try_advisory_lock(7021795034357133925)",
                    .unlock = "SELECT pg_catalog.pg_advisory_unlock(7021795034357133925)",
                    .set_patience = "SELECT pg_catalog.set_config('lock_timeout', $1, false)",
                    .index_state = index_state,
                    .drop_index = "DROP INDEX CONCURRENTLY IF EXISTS ",
                },
            .columns_query = ar_pg_columns_query,
            .keys_query = ar_pg_keys_query,
            .replaces_views = true,
            .checked_query = ar_pg_checked_query,
            .note_checked = ar_pg_note_checked,
            .explains_violations = true,
        },
};
