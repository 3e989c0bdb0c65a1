/* The plans of the statements, with the parameters that they really had: auto_explain sends them as notices. Which
 * partitions or shards they read is found out by SQL, in temporary tables. */
#include "plans.h"

#include <libpq-fe.h>
#include <stdlib.h>
#include <string.h>

/* ---- Receiving plans --------------------------------------------------------------------------------------------- */

struct receiver {
    PQnoticeReceiver next;
    void *payload;
};

static FILE *plan_file;

void keep_plans(FILE *file)
{
    plan_file = file;
}

/* Write a plan, with its zero byte. */
static void write_plan(FILE *file, const PGresult *notice)
{
    const char *message = PQresultErrorField(notice, PG_DIAG_MESSAGE_PRIMARY);
    const char *plan = message != NULL ? strstr(message, "plan:\n") : NULL;

    if (plan != NULL)
        (void)fwrite(strchr(plan, '\n') + 1, strlen(strchr(plan, '\n')), 1, file);
}

static void take_notice(void *payload, const PGresult *notice)
{
    const struct receiver *receiver = payload;

    write_plan(plan_file, notice);
    receiver->next(receiver->payload, notice);
}

PQnoticeReceiver __real_PQsetNoticeReceiver(PGconn *server, PQnoticeReceiver receiver, void *payload);
PQnoticeReceiver __wrap_PQsetNoticeReceiver(PGconn *server, PQnoticeReceiver receiver, void *payload);

/* Called by the driver, in place of libpq's function. */
PQnoticeReceiver __wrap_PQsetNoticeReceiver(PGconn *server, PQnoticeReceiver receiver, void *payload)
{
    struct receiver *chained = plan_file != NULL ? malloc(sizeof *chained) : NULL; /* as long as the process */

    if (chained == NULL)
        return __real_PQsetNoticeReceiver(server, receiver, payload);
    *chained = (struct receiver){.next = receiver, .payload = payload};
    return __real_PQsetNoticeReceiver(server, take_notice, chained);
}

/* ---- Checking them ----------------------------------------------------------------------------------------------- */

/* `partitions` is the number of remainders of the partitions that a statement read, in nodes that ran and are not the
 * target of a write; on Citus, the number of shards to which it was sent. */
static const char create_tables[] =
    "CREATE TEMP TABLE seen (sql text);"
    "CREATE TEMP TABLE plan (is_control boolean, plan jsonb);"
    "CREATE TEMP VIEW execution AS SELECT is_control, plan ->> 'Query Text' AS sql, greatest("
    " (SELECT count(DISTINCT substring(node ->> 'Relation Name' FROM '_([0-9]+)$'))"
    "  FROM jsonb_path_query(plan, '$.** ? (exists(@.\"Relation Name\") && @.\"Actual Loops\" > 0"
    "                               && @.\"Node Type\" != \"ModifyTable\")') AS node"
    "  WHERE (node ->> 'Relation Name')::regclass IN (SELECT inhrelid FROM pg_inherits)),"
    " (SELECT max(tasks::int) FROM jsonb_path_query(plan, '$.**.\"Task Count\"') AS tasks)) AS partitions FROM plan";

static const char count_executions[] =
    "SELECT count(*), count(DISTINCT sql), coalesce(max(partitions), 0),"
    " (SELECT coalesce(max(partitions), 0) FROM execution WHERE is_control) FROM execution"
    " WHERE NOT is_control AND sql IN (SELECT sql FROM seen)";

static const char find_wide[] = "SELECT format('%s partitions: %s', partitions, sql) FROM execution"
                                " WHERE NOT is_control AND partitions > 1 GROUP BY partitions, sql";

/* COPY has no plan: its rows go to the partitions of their keys. */
static const char find_missing[] = "SELECT DISTINCT 'without a plan: ' || sql FROM seen WHERE sql NOT LIKE 'COPY %'"
                                   " AND sql NOT IN (SELECT sql FROM execution WHERE NOT is_control)";

/* Run statements; print an error. */
static bool run(PGconn *server, const char *sql, const char *value)
{
    PGresult *result = value == NULL ? PQexec(server, sql) : PQexecParams(server, sql, 1, NULL, &value, NULL, NULL, 0);
    bool is_done = PQresultStatus(result) == PGRES_COMMAND_OK || PQresultStatus(result) == PGRES_TUPLES_OK;

    if (!is_done)
        printf("%s", PQerrorMessage(server));
    PQclear(result);
    return is_done;
}

/* Return the number of rows, and print them. */
static int print_rows(PGconn *server, const char *sql)
{
    PGresult *result = PQexec(server, sql);
    int count = PQresultStatus(result) == PGRES_TUPLES_OK ? PQntuples(result) : 1;

    if (PQresultStatus(result) != PGRES_TUPLES_OK)
        printf("%s", PQerrorMessage(server));
    for (int i = 0; PQresultStatus(result) == PGRES_TUPLES_OK && i < count; i++)
        printf("%s\n", PQgetvalue(result, i, 0));
    PQclear(result);
    return count;
}

static bool add_statements(PGconn *server, const struct log *log)
{
    bool is_done = true;

    for (const char *sql = log->statements; sql < log->statements + log->statement_bytes; sql += strlen(sql) + 1)
        is_done = is_done && run(server, "INSERT INTO seen VALUES ($1)", sql);
    return is_done;
}

/* Add the plans of a file, from its beginning. */
static bool add_plans(PGconn *server, FILE *file, bool is_control)
{
    const char *sql = is_control ? "INSERT INTO plan VALUES (true, $1)" : "INSERT INTO plan VALUES (false, $1)";
    char *plan = NULL;
    size_t size = 0;
    bool is_done = true;

    rewind(file);
    while (is_done && getdelim(&plan, &size, '\0', file) > 0)
        is_done = run(server, sql, plan);
    free(plan);
    return is_done;
}

static void take_control(void *payload, const PGresult *notice)
{
    write_plan(payload, notice);
}

/* Run a statement without tenant, which reads all partitions: if that is not noticed, nothing would be. */
static bool add_control(PGconn *server)
{
    FILE *file = tmpfile();
    bool is_done;

    if (file == NULL)
        return false;
    (void)PQsetNoticeReceiver(server, take_control, file);
    is_done = run(server, "SELECT count(*) FROM issues", NULL) &&
              run(server, "SET auto_explain.log_min_duration = -1", NULL) && add_plans(server, file, true);
    (void)fclose(file);
    return is_done;
}

static bool read_totals(PGconn *server, struct plans *out)
{
    PGresult *result = PQexec(server, count_executions);
    bool is_read = PQresultStatus(result) == PGRES_TUPLES_OK;

    if (is_read) {
        out->executed = atoi(PQgetvalue(result, 0, 0));
        out->distinct = atoi(PQgetvalue(result, 0, 1));
        out->partitions = atoi(PQgetvalue(result, 0, 2));
        is_read = atoi(PQgetvalue(result, 0, 3)) > 1;
    }
    PQclear(result);
    return is_read;
}

bool check_plans(const struct stage *stage, FILE *const *files, const char *url, struct plans *out)
{
    PGconn *server = PQconnectdb(url);
    bool is_right = PQstatus(server) == CONNECTION_OK && run(server, "BEGIN", NULL) &&
                    run(server, create_tables, NULL) && add_control(server);

    for (unsigned i = 0; i < PROCESSES && is_right; i++)
        is_right = add_statements(server, &stage->logs[i]) && add_plans(server, files[i], false);
    is_right = is_right && read_totals(server, out);
    if (!is_right)
        printf("%s", PQerrorMessage(server));
    is_right = is_right && print_rows(server, find_wide) + print_rows(server, find_missing) == 0;
    PQfinish(server);
    return is_right;
}
