/* Creating, using and dropping scratch databases. */
#include "scratch.h"

#include "schema/read_postgresql.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void copy_error(struct scratch *scratch, const char *error)
{
    scratch->error = arena_text(scratch->arena, error);
}

/* ---- SQLite ------------------------------------------------------------------------------------------------------ */

static bool open_file(struct scratch *scratch)
{
    const char *folder = getenv("TMPDIR");
    char *name = arena_print(scratch->arena, "%s/armature-verify.XXXXXX", folder != NULL ? folder : "/tmp");
    int file = mkstemp(name);
    if (file < 0) {
        copy_error(scratch, arena_print(scratch->arena, "%s cannot be created", name));
        return false;
    }
    close(file);
    scratch->name = name;
    scratch->url = arena_print(scratch->arena, "sqlite:%s", name);
    return true;
}

static void remove_file(const struct scratch *scratch)
{
    static const char *const suffixes[] = {"", "-wal", "-shm", "-journal"};
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++)
        unlink(arena_print(scratch->arena, "%s%s", scratch->name, suffixes[i]));
}

static sqlite3 *use_file(struct scratch *scratch)
{
    sqlite3 *file = scratch->connection;
    if (file != NULL)
        return file;
    if (sqlite3_open(scratch->name, &file) == SQLITE_OK)
        sqlite3_exec(file, "PRAGMA foreign_keys = ON; PRAGMA synchronous = OFF", NULL, NULL, NULL);
    scratch->connection = file;
    return file;
}

static bool run_in_file(struct scratch *scratch, const char *sql)
{
    sqlite3 *file = use_file(scratch);
    if (sqlite3_exec(file, sql, NULL, NULL, NULL) == SQLITE_OK)
        return true;
    copy_error(scratch, sqlite3_errmsg(file));
    return false;
}

static struct schema_names list_in_file(struct scratch *scratch, const char *sql)
{
    sqlite3_stmt *statement = NULL;
    struct schema_names list = {0};
    if (sqlite3_prepare_v2(use_file(scratch), sql, -1, &statement, NULL) != SQLITE_OK)
        copy_error(scratch, sqlite3_errmsg(use_file(scratch)));
    while (statement != NULL && sqlite3_step(statement) == SQLITE_ROW) {
        const char *value = (const char *)sqlite3_column_text(statement, 0);
        list_add(scratch->arena, list.items, list.count) = arena_text(scratch->arena, value != NULL ? value : "");
    }
    sqlite3_finalize(statement);
    return list;
}

/* ---- PostgreSQL -------------------------------------------------------------------------------------------------- */

#ifdef ARMATURE_LIBPQ

static bool run_on(struct scratch *scratch, PGconn *server, const char *sql)
{
    PGresult *result = PQexec(server, sql);
    bool is_done = PQresultStatus(result) == PGRES_COMMAND_OK || PQresultStatus(result) == PGRES_TUPLES_OK;
    if (!is_done)
        scratch->error = postgresql_error(scratch->arena, result);
    PQclear(result);
    return is_done;
}

static void ignore_notice(void *payload, const char *message)
{
    (void)payload;
    (void)message;
}

static PGconn *connect_to(struct scratch *scratch, const char *url)
{
    PGconn *server = PQconnectdb(url);
    PQsetNoticeProcessor(server, ignore_notice, NULL);
    if (PQstatus(server) == CONNECTION_OK)
        return server;
    scratch->error = postgresql_connection_error(scratch->arena, server);
    PQfinish(server);
    return NULL;
}

static bool open_on_server(struct scratch *scratch, const char *url)
{
    static unsigned count;
    scratch->server = connect_to(scratch, url);
    if (scratch->server == NULL)
        return false;
    const char *name = arena_print(scratch->arena, "armature_verify_%ld_%u", (long)getpid(), ++count);
    if (!run_on(scratch, scratch->server, arena_print(scratch->arena, "CREATE DATABASE %s", name)))
        return false;
    scratch->name = name;
    /* A parameter overrides the database in the path. */
    scratch->url = arena_print(scratch->arena, "%s%sdbname=%s", url, strchr(url, '?') != NULL ? "&" : "?", name);
    return true;
}

static void drop_on_server(struct scratch *scratch)
{
    PQfinish(scratch->connection);
    if (scratch->name != NULL)
        (void)run_on(scratch, scratch->server,
                     arena_print(scratch->arena, "DROP DATABASE IF EXISTS %s WITH (FORCE)", scratch->name));
    PQfinish(scratch->server);
}

static bool use_server(struct scratch *scratch)
{
    if (scratch->connection == NULL)
        scratch->connection = connect_to(scratch, scratch->url);
    return scratch->connection != NULL;
}

static bool run_on_server(struct scratch *scratch, const char *sql)
{
    return use_server(scratch) && run_on(scratch, scratch->connection, sql);
}

static struct schema_names list_on_server(struct scratch *scratch, const char *sql)
{
    struct schema_names list = {0};
    if (!use_server(scratch))
        return list;
    PGresult *result = PQexec(scratch->connection, sql);
    if (PQresultStatus(result) != PGRES_TUPLES_OK)
        scratch->error = postgresql_error(scratch->arena, result);
    for (int i = 0; i < PQntuples(result); i++)
        list_add(scratch->arena, list.items, list.count) = arena_text(scratch->arena, PQgetvalue(result, i, 0));
    PQclear(result);
    return list;
}

#else

static bool open_on_server(struct scratch *scratch, const char *url)
{
    (void)url;
    scratch->error = "this tool was built without libpq";
    return false;
}

static void drop_on_server(struct scratch *scratch)
{
    (void)scratch;
}

static bool run_on_server(struct scratch *scratch, const char *sql)
{
    (void)sql;
    return scratch->error == NULL;
}

static struct schema_names list_on_server(struct scratch *scratch, const char *sql)
{
    (void)scratch;
    (void)sql;
    return (struct schema_names){0};
}

#endif

/* ---- Either ------------------------------------------------------------------------------------------------------ */

bool scratch_open(struct scratch *scratch, struct arena *arena, const struct dialect *dialect, const char *server)
{
    *scratch = (struct scratch){.arena = arena, .dialect = dialect};
    return dialect->id == DIALECT_SQLITE ? open_file(scratch) : open_on_server(scratch, server);
}

void scratch_close(struct scratch *scratch)
{
    if (scratch->dialect->id == DIALECT_SQLITE) {
        sqlite3_close(scratch->connection);
        if (scratch->name != NULL)
            remove_file(scratch);
    } else {
        drop_on_server(scratch);
    }
}

bool scratch_run(struct scratch *scratch, const char *sql)
{
    return scratch->dialect->id == DIALECT_SQLITE ? run_in_file(scratch, sql) : run_on_server(scratch, sql);
}

struct schema_names scratch_list(struct scratch *scratch, const char *sql)
{
    return scratch->dialect->id == DIALECT_SQLITE ? list_in_file(scratch, sql) : list_on_server(scratch, sql);
}
