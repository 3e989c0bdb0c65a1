/* Query plans: of SQLite by EXPLAIN QUERY PLAN; of PostgreSQL by EXPLAIN of prepared statements, in the generic plan
 * that does not depend on the values of parameters. */
#include "report/database_plan.h"
#include "schema/source.h"
#include "sql_keys.h"

#ifdef ARMATURE_LIBPQ
#include <libpq-fe.h>
#endif
#include <string.h>

/* ---- SQLite ------------------------------------------------------------------------------------------------------ */

static const char *plan_text(struct arena *arena, const struct query_plan *plan)
{
    const char *text = plan->error != NULL ? arena_print(arena, "cannot be explained: %s", plan->error) : "";
    for (size_t i = 0; i < plan->step_count; i++)
        text = arena_print(arena, "%s%s%*s%s", text, i > 0 ? "\n" : "", 4 * (int)plan->steps[i].depth, "",
                           plan->steps[i].text);
    return text;
}

/* Return the plans of a file that is open, with all statements; NULL if it is not a database. */
static const char **explain_all(struct arena *arena, sqlite3 *database, const struct planned_list *list)
{
    const char **plans = arena_take(arena, (list->count + 1) * sizeof *plans);
    if (sqlite3_exec(database, "SELECT 1 FROM sqlite_schema", NULL, NULL, NULL) != SQLITE_OK)
        return NULL;
    sql_keys_register(database);
    for (size_t i = 0; i < list->count; i++) {
        struct query_plan plan;
        query_plan_explain(arena, database, list->items[i].sql[DIALECT_SQLITE], &plan);
        plans[i] = plan_text(arena, &plan);
    }
    return plans;
}

static const char **explain_file(struct arena *arena, const char *where, const struct planned_list *list)
{
    static const char scheme[] = "sqlite:";
    const char *path = strncmp(where, scheme, strlen(scheme)) == 0 ? where + strlen(scheme) : where;
    const char **plans = NULL;
    sqlite3 *database;
    if (sqlite3_open_v2(path, &database, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK)
        plans = explain_all(arena, database, list);
    sqlite3_close(database);
    return plans;
}

/* ---- PostgreSQL -------------------------------------------------------------------------------------------------- */

#ifdef ARMATURE_LIBPQ

/* Return the server's message, without what follows its first line. */
static const char *server_error(struct arena *arena, const PGresult *result)
{
    const char *message = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    return arena_print(arena, "cannot be explained: %s", message != NULL ? message : "the connection was lost");
}

/* Run a statement, and return its first column as lines; *error is set if it fails. */
static const char *run(struct arena *arena, PGconn *connection, const char *sql, bool *is_done)
{
    PGresult *result = PQexec(connection, sql);
    ExecStatusType status = PQresultStatus(result);
    const char *text = "";
    *is_done = status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK;
    if (!*is_done)
        text = server_error(arena, result);
    for (int i = 0; i < PQntuples(result); i++)
        text = arena_print(arena, "%s%s%s", text, i > 0 ? "\n" : "", PQgetvalue(result, i, 0));
    PQclear(result);
    return text;
}

/* Return "(NULL, NULL)" for the parameters of the prepared statement, or "". */
static const char *parameters(struct arena *arena, PGconn *connection)
{
    PGresult *result = PQdescribePrepared(connection, "armature_plan");
    const char *list = "";
    for (int i = 0; i < PQnparams(result); i++)
        list = arena_print(arena, "%s%sNULL", list, i == 0 ? "(" : ", ");
    PQclear(result);
    return *list != '\0' ? arena_print(arena, "%s)", list) : list;
}

/* A failure ends the transaction to the savepoint only. */
static const char *explain(struct arena *arena, PGconn *connection, const char *sql)
{
    bool is_done;
    PQclear(PQexec(connection, "SAVEPOINT armature_plan"));
    const char *text = run(arena, connection, arena_print(arena, "PREPARE armature_plan AS %s", sql), &is_done);
    if (is_done) {
        const char *explain = arena_print(arena, "EXPLAIN EXECUTE armature_plan%s", parameters(arena, connection));
        text = run(arena, connection, explain, &is_done);
    }
    PQclear(PQexec(connection, is_done ? "DEALLOCATE armature_plan" : "ROLLBACK TO armature_plan"));
    return text;
}

static const char **explain_on_server(struct arena *arena, const char *where, const struct planned_list *list)
{
    PGconn *connection = PQconnectdb(where);
    const char **plans = NULL;
    bool is_done;
    (void)run(arena, connection, "BEGIN READ ONLY; SET LOCAL plan_cache_mode = force_generic_plan", &is_done);
    if (is_done)
        plans = arena_take(arena, (list->count + 1) * sizeof *plans);
    for (size_t i = 0; i < list->count && is_done; i++)
        plans[i] = explain(arena, connection, list->items[i].sql[DIALECT_POSTGRESQL]);
    PQfinish(connection);
    return plans;
}

#else

static const char **explain_on_server(struct arena *arena, const char *where, const struct planned_list *list)
{
    (void)arena, (void)where, (void)list;
    return NULL;
}

#endif

const char **database_plans(struct arena *arena, const char *where, const struct planned_list *list)
{
    return source_is_server(where) ? explain_on_server(arena, where, list) : explain_file(arena, where, list);
}
