/* Databases for the tests of ar_migrate. They are read with SQLite and libpq, not with the library under test. */
#include "database.h"

#include <libpq-fe.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FILE_NAME "migrate.db"

char database_message[1024];

const char *database_url(void)
{
    return fixture_is_sqlite() ? "sqlite:" FILE_NAME : getenv("ARMATURE_TEST_URL");
}

/* ---- SQLite ------------------------------------------------------------------------------------------------------ */

static sqlite3 *open_file(void)
{
    sqlite3 *file;

    assert_int_equal(sqlite3_open(FILE_NAME, &file), SQLITE_OK);
    sqlite3_busy_timeout(file, 5000);
    return file;
}

static void run_in_file(const char *sql)
{
    sqlite3 *file = open_file();
    char *error = NULL;

    if (sqlite3_exec(file, sql, NULL, NULL, &error) != SQLITE_OK)
        fail_msg("%s: %s", sql, error);
    sqlite3_close(file);
}

static char *text_in_file(const char *sql)
{
    sqlite3 *file = open_file();
    sqlite3_stmt *statement;
    char *text = NULL;

    if (sqlite3_prepare_v2(file, sql, -1, &statement, NULL) != SQLITE_OK)
        fail_msg("%s: %s", sql, sqlite3_errmsg(file));
    if (sqlite3_step(statement) == SQLITE_ROW && sqlite3_column_text(statement, 0) != NULL)
        text = strdup((const char *)sqlite3_column_text(statement, 0));
    sqlite3_finalize(statement);
    sqlite3_close(file);
    return text;
}

/* ---- PostgreSQL -------------------------------------------------------------------------------------------------- */

static PGresult *run_on_server(PGconn *server, const char *sql)
{
    PGresult *result = PQexec(server, sql);

    if (PQresultStatus(result) != PGRES_COMMAND_OK && PQresultStatus(result) != PGRES_TUPLES_OK)
        fail_msg("%s: %s", sql, PQerrorMessage(server));
    return result;
}

static void ignore_notice(void *payload, const char *message)
{
    (void)payload;
    (void)message;
}

/* A connection takes longer than a migration: use one for all queries. */
static PGconn *connect_once(void)
{
    static PGconn *server;

    if (server == NULL) {
        server = PQconnectdb(database_url());
        PQsetNoticeProcessor(server, ignore_notice, NULL);
    }
    return server;
}

static char *text_on_server(const char *sql)
{
    PGresult *result = run_on_server(connect_once(), sql);
    char *text = NULL;

    if (PQntuples(result) > 0 && PQgetisnull(result, 0, 0) == 0)
        text = strdup(PQgetvalue(result, 0, 0));
    PQclear(result);
    return text;
}

/* ---- Either ------------------------------------------------------------------------------------------------------ */

void database_run(const char *sql)
{
    if (fixture_is_sqlite())
        run_in_file(sql);
    else
        free(text_on_server(sql));
}

char *database_text(const char *sql)
{
    return fixture_is_sqlite() ? text_in_file(sql) : text_on_server(sql);
}

int64_t database_integer(const char *sql)
{
    char *text = database_text(sql);
    int64_t number = text != NULL ? strtoll(text, NULL, 10) : -1;

    free(text);
    return number;
}

void database_empty(void)
{
    static const char *const files[] = {FILE_NAME,        FILE_NAME "-wal",
                                        FILE_NAME "-shm", FILE_NAME "-journal",
                                        "migrate.backup", "migrate.backup.partial"};

    for (size_t i = 0; i < sizeof files / sizeof *files && fixture_is_sqlite(); i++)
        unlink(files[i]);
    if (!fixture_is_sqlite())
        database_run(
            "DO $$ DECLARE name text; BEGIN FOR name IN SELECT nspname FROM pg_namespace WHERE nspname NOT LIKE "
            "'pg\\_%' AND nspname <> 'information_schema' LOOP EXECUTE format('DROP SCHEMA %I CASCADE', name); "
            "END LOOP; END $$; CREATE SCHEMA public");
}

struct ar_db *database_open(void)
{
    const struct ar_db_options options = {.sqlite_setup = "PRAGMA synchronous = OFF"};
    struct ar_db *db;

    assert_int_equal(ar_db_open(database_url(), &options, &db), AR_OK);
    return db;
}

enum ar_status database_migrate(const struct ar_migrations *migrations, const struct ar_migrate_options *options)
{
    struct ar_db *db = database_open();
    enum ar_status status = ar_migrate(db, migrations, options);

    snprintf(database_message, sizeof database_message, "%s", ar_db_error(db)->message);
    if (status != AR_OK)
        assert_int_equal(ar_db_error(db)->status, status);
    ar_db_close(db);
    return status;
}

void migrated(const struct ar_migrations *migrations, const struct ar_migrate_options *options)
{
    enum ar_status status = database_migrate(migrations, options);

    if (status != AR_OK)
        fail_msg("%s: %s", ar_status_name(status), database_message);
}

void refused(const struct ar_migrations *migrations, const struct ar_migrate_options *options, enum ar_status expected,
             const char *text)
{
    enum ar_status status = database_migrate(migrations, options);

    if (status != expected || strstr(database_message, text) == NULL)
        fail_msg("%s: %s", ar_status_name(status), database_message);
}

int database_set_up(void **state)
{
    (void)state;
    database_empty();
    return 0;
}
