/* Texts of a database, read with SQLite and libpq. */
#include "dump.h"

#include "database.h"

#include <libpq-fe.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Return true if the value is the current time, by which a golden file would change. */
static bool is_now(const char *value)
{
    time_t now = time(NULL);
    char *end;
    long long seconds = strtoll(value, &end, 10);
    char day[2][16];

    (void)strftime(day[0], sizeof day[0], "%Y-%m-%d", gmtime(&now));
    now -= 60; /* at midnight */
    (void)strftime(day[1], sizeof day[1], "%Y-%m-%d", gmtime(&now));
    if (*end == '\0')
        return seconds > now - 3600 && seconds < now + 3600;
    return strncmp(value, day[0], strlen(day[0])) == 0 || strncmp(value, day[1], strlen(day[1])) == 0;
}

static void print_value(FILE *out, const char *value)
{
    fputs(value == NULL ? "NULL" : is_now(value) ? "now" : value, out);
}

/* ---- SQLite ------------------------------------------------------------------------------------------------------ */

static void print_file_value(FILE *out, sqlite3_stmt *row, int column)
{
    const unsigned char *bytes = sqlite3_column_blob(row, column);

    if (sqlite3_column_type(row, column) != SQLITE_BLOB)
        print_value(out, (const char *)sqlite3_column_text(row, column));
    else
        for (int i = 0; i < sqlite3_column_bytes(row, column); i++)
            fprintf(out, "%02x", bytes[i]);
}

/* Print the rows of a query with its columns. */
static void print_file_query(FILE *out, sqlite3 *file, const char *sql, bool has_names)
{
    sqlite3_stmt *statement;

    if (sqlite3_prepare_v2(file, sql, -1, &statement, NULL) != SQLITE_OK)
        fail_msg("%s: %s", sql, sqlite3_errmsg(file));
    for (int i = 0; has_names && i < sqlite3_column_count(statement); i++)
        fprintf(out, "%s%s", i > 0 ? "|" : "", sqlite3_column_name(statement, i));
    if (has_names)
        fputs("\n", out);
    while (sqlite3_step(statement) == SQLITE_ROW) {
        for (int i = 0; i < sqlite3_column_count(statement); i++) {
            fputs(i > 0 ? "|" : "", out);
            print_file_value(out, statement, i);
        }
        fputs("\n", out);
    }
    sqlite3_finalize(statement);
}

static void print_file_rows(FILE *out, sqlite3 *file)
{
    sqlite3_stmt *tables;

    assert_int_equal(sqlite3_prepare_v2(file,
                                        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB "
                                        "'sqlite_*' AND name NOT GLOB 'armature_*' ORDER BY name",
                                        -1, &tables, NULL),
                     SQLITE_OK);
    while (sqlite3_step(tables) == SQLITE_ROW) {
        char *sql = sqlite3_mprintf("SELECT * FROM \"%w\" ORDER BY 1, 2", sqlite3_column_text(tables, 0));
        fprintf(out, "%s: ", sqlite3_column_text(tables, 0));
        print_file_query(out, file, sql, true);
        sqlite3_free(sql);
    }
    sqlite3_finalize(tables);
}

/* ---- PostgreSQL -------------------------------------------------------------------------------------------------- */

/* Print the rows of a query as PostgreSQL prints them. */
static void print_server_query(FILE *out, PGconn *server, const char *sql)
{
    PGresult *result = PQexec(server, sql);

    if (PQresultStatus(result) != PGRES_TUPLES_OK)
        fail_msg("%s: %s", sql, PQerrorMessage(server));
    for (int i = 0; i < PQntuples(result); i++) {
        for (int j = 0; j < PQnfields(result); j++) {
            fputs(j > 0 ? "|" : "", out);
            print_value(out, PQgetisnull(result, i, j) != 0 ? NULL : PQgetvalue(result, i, j));
        }
        fputs("\n", out);
    }
    PQclear(result);
}

#define USER_SCHEMAS "n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'"
#define USER_TABLES USER_SCHEMAS " AND c.relname NOT LIKE 'armature\\_%'"

static void print_server_rows(FILE *out, PGconn *server)
{
    PGresult *tables = PQexec(server, "SELECT c.oid::regclass::text, (SELECT string_agg(a.attname, '|' ORDER BY "
                                      "a.attnum) FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT "
                                      "a.attisdropped) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
                                      "WHERE c.relkind = 'r' AND " USER_TABLES " ORDER BY 1");

    assert_int_equal(PQresultStatus(tables), PGRES_TUPLES_OK);
    for (int i = 0; i < PQntuples(tables); i++) {
        char sql[1024];
        fprintf(out, "%s: %s\n", PQgetvalue(tables, i, 0), PQgetvalue(tables, i, 1));
        snprintf(sql, sizeof sql, "SELECT * FROM %s ORDER BY 1, 2", PQgetvalue(tables, i, 0));
        if (strchr(PQgetvalue(tables, i, 1), '|') == NULL)
            snprintf(sql, sizeof sql, "SELECT * FROM %s ORDER BY 1", PQgetvalue(tables, i, 0));
        print_server_query(out, server, sql);
    }
    PQclear(tables);
}

static void print_server_schema(FILE *out, PGconn *server)
{
    static const char *const queries[] = {
        "SELECT c.oid::regclass, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity, "
        "a.attgenerated, pg_get_expr(d.adbin, d.adrelid), a.attcollation::regcollation FROM pg_attribute a JOIN "
        "pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_attrdef d ON "
        "d.adrelid = a.attrelid AND d.adnum = a.attnum WHERE c.relkind IN ('r', 'v') AND a.attnum > 0 AND NOT "
        "a.attisdropped AND " USER_TABLES " ORDER BY 1, a.attnum",
        "SELECT c.oid::regclass, o.conname, pg_get_constraintdef(o.oid), o.convalidated FROM pg_constraint o JOIN "
        "pg_class c ON c.oid = o.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE " USER_TABLES
        " ORDER BY 1, 2",
        "SELECT pg_get_indexdef(i.indexrelid), i.indisvalid FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid JOIN "
        "pg_namespace n ON n.oid = c.relnamespace WHERE " USER_TABLES " ORDER BY 1",
        "SELECT t.oid::regtype, e.enumlabel FROM pg_enum e JOIN pg_type t ON t.oid = e.enumtypid ORDER BY 1, "
        "e.enumsortorder",
        "SELECT c.oid::regclass, pg_get_viewdef(c.oid) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
        "WHERE c.relkind = 'v' AND " USER_TABLES " ORDER BY 1",
    };

    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++)
        print_server_query(out, server, queries[i]);
}

/* ---- Either ------------------------------------------------------------------------------------------------------ */

static char *dump(void (*print_file)(FILE *out, sqlite3 *file), void (*print_server)(FILE *out, PGconn *server))
{
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);

    assert_non_null(out);
    if (fixture_is_sqlite()) {
        sqlite3 *file;
        assert_int_equal(sqlite3_open(database_url() + strlen("sqlite:"), &file), SQLITE_OK);
        print_file(out, file);
        sqlite3_close(file);
    } else {
        PGconn *server = PQconnectdb(database_url());
        print_server(out, server);
        PQfinish(server);
    }
    fclose(out);
    return text;
}

char *dump_rows(void)
{
    return dump(print_file_rows, print_server_rows);
}

static void print_file_schema(FILE *out, sqlite3 *file)
{
    print_file_query(
        out, file,
        "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT GLOB 'armature_*' ORDER BY type, "
        "name",
        false);
}

char *dump_schema(void)
{
    return dump(print_file_schema, print_server_schema);
}
