/* The check of user SQL on a PostgreSQL server, which has the user's schema: each statement is prepared there, with the
 * types of parameters that the runtime sends, and its columns are compared with the fields. */
#include "check.h"
#include "check_sql.h"

#ifdef ARMATURE_LIBPQ
#include "statement.h"

#include <libpq-fe.h>
#include <stdlib.h>
#include <string.h>

struct server {
    struct model_set *set;
    PGconn *connection;
    const char **missing; /* the messages about tables that do not exist, each of which is reported once */
    size_t missing_count;
};

/* ---- Types ------------------------------------------------------------------------------------------------------- */

/* The types of src/include/catalog/pg_type.dat whose values are of a known class. Numerics are read into any number. */
static enum sql_class class_of(Oid type)
{
    static const struct {
        Oid type;
        enum sql_class class;
    } classes[] = {
        {16, SQL_CLASS_BOOLEAN}, {17, SQL_CLASS_BLOB},   {20, SQL_CLASS_INTEGER}, {21, SQL_CLASS_INTEGER},
        {23, SQL_CLASS_INTEGER}, {25, SQL_CLASS_TEXT},   {26, SQL_CLASS_INTEGER}, {700, SQL_CLASS_REAL},
        {701, SQL_CLASS_REAL},   {1042, SQL_CLASS_TEXT}, {1043, SQL_CLASS_TEXT},  {1114, SQL_CLASS_TIME},
        {1184, SQL_CLASS_TIME},
    };
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
        if (classes[i].type == type)
            return classes[i].class;
    return SQL_CLASS_UNKNOWN;
}

/* The runtime sends strings without a type, which the server infers from the context. */
static bool is_sent_as_text(const struct member *member)
{
    return member_is(member, GROUP_STRING) || member->type == AR_TYPE_ENUM_TEXT || member->type == AR_TYPE_UUID_TEXT;
}

/* Return the name of the type that the runtime sends for the parameter. */
static const char *type_sent(struct arena *arena, const struct sql_parameter *parameter)
{
    const struct member *member = &parameter->member;
    const char *name = member_is(member, GROUP_REAL) ? "double precision" : dialect_postgresql.column_type(member);
    return parameter->is_list ? arena_print(arena, "%s[]", name) : name;
}

/* Return the number of the type, or 0, with which the server chooses one. */
static Oid find_type(const struct server *server, const char *name)
{
    static const char sql[] = "SELECT coalesce(pg_catalog.to_regtype($1::pg_catalog.text)::pg_catalog.oid, 0)";
    PGresult *result = PQexecParams(server->connection, sql, 1, NULL, &name, NULL, NULL, 0);
    Oid type = 0;
    if (PQresultStatus(result) == PGRES_TUPLES_OK)
        type = (Oid)strtoul(PQgetvalue(result, 0, 0), NULL, 10);
    PQclear(result);
    return type;
}

static Oid *find_types(const struct server *server, const struct sql_statement *statement)
{
    Oid *types = arena_take(server->set->arena, (statement->parameter_count + 1) * sizeof *types);
    for (size_t i = 0; i < statement->parameter_count; i++)
        if (!is_sent_as_text(&statement->parameters[i].member))
            types[i] = find_type(server, type_sent(server->set->arena, &statement->parameters[i]));
    return types;
}

/* ---- Statements -------------------------------------------------------------------------------------------------- */

/* Return true if an earlier statement was refused with the same message. */
static bool was_missing(struct server *server, const char *message)
{
    for (size_t i = 0; i < server->missing_count; i++)
        if (strcmp(server->missing[i], message) == 0)
            return true;
    list_add(server->set->arena, server->missing, server->missing_count) = arena_text(server->set->arena, message);
    return false;
}

/* Return help with an error that the server gives no hint about, or NULL. */
static const char *help_for(const char *sqlstate)
{
    if (strcmp(sqlstate, "42P01") == 0) /* undefined_table */
        return "create the tables there first, by migrations or by the output of "
               "`armature schema --dialect postgresql`";
    if (strcmp(sqlstate, "42P18") == 0) /* indeterminate_datatype */
        return "the context of a string has no type: write CAST(:name AS text)";
    return NULL;
}

/* Report the server's message at its position. */
static void fail_server(struct server *server, const struct sql_check *check, const struct statement_sql *sql,
                        const PGresult *result)
{
    const char *message = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    const char *sqlstate = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    bool is_missing = message != NULL && sqlstate != NULL && strcmp(sqlstate, "42P01") == 0; /* undefined_table */
    if (is_missing && was_missing(server, message))
        return;
    const char *hint = PQresultErrorField(result, PG_DIAG_MESSAGE_HINT);
    if (hint == NULL && sqlstate != NULL)
        hint = help_for(sqlstate);
    const char *position = PQresultErrorField(result, PG_DIAG_STATEMENT_POSITION);
    size_t number = position != NULL ? strtoul(position, NULL, 10) : 1;
    size_t offset = statement_written(sql, sql_character(sql->sql, number));
    sql_fail(check, offset < strlen(check->sql) ? offset : 0, "the server refuses the statement: %s",
             message != NULL ? message : PQresultErrorMessage(result));
    if (hint != NULL)
        diagnostic_help(check->set->diagnostics, "%s", hint);
}

/* Return the columns that the server describes. */
static struct sql_row described_row(struct arena *arena, const PGresult *result)
{
    struct sql_row row = {.count = (size_t)PQnfields(result)};
    row.columns = arena_take(arena, (row.count + 1) * sizeof *row.columns);
    for (size_t i = 0; i < row.count; i++)
        row.columns[i] =
            (struct sql_column){.name = arena_text(arena, PQfname(result, (int)i)),
                                .value = {.null = SQL_NULL_UNKNOWN, .class = class_of(PQftype(result, (int)i))}};
    return row;
}

static void check_prepared(struct server *server, const struct sql_check *check)
{
    if (!check->statement->returns_rows)
        return;
    PGresult *result = PQdescribePrepared(server->connection, "");
    if (PQresultStatus(result) == PGRES_COMMAND_OK) {
        struct sql_row row = described_row(server->set->arena, result);
        (void)check_sql_columns(check, &row);
    }
    PQclear(result);
}

static void check_statement(struct server *server, const struct sql_statement *statement)
{
    struct sql_check check = {.set = server->set, .statement = statement, .dialect = DIALECT_POSTGRESQL};
    struct statement_sql sql = statement_rewrite(server->set->arena, statement, &dialect_postgresql);
    sql_check_start(&check);
    PGresult *result =
        PQprepare(server->connection, "", sql.sql, (int)statement->parameter_count, find_types(server, statement));
    if (PQresultStatus(result) == PGRES_COMMAND_OK)
        check_prepared(server, &check);
    else
        fail_server(server, &check, &sql, result);
    PQclear(result);
}

static void check_all(struct server *server, struct model *const *models, size_t count)
{
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < models[i]->statement_count; j++)
            check_statement(server, &models[i]->statements[j]);
}

/* Return libpq's message without its newline. */
static const char *connection_error(struct arena *arena, const PGconn *connection)
{
    char *message = arena_text(arena, PQerrorMessage(connection));
    message[strcspn(message, "\n")] = '\0';
    return message;
}

void check_sql_server(struct model_set *set, const char *url)
{
    struct server server = {.set = set, .connection = PQconnectdb(url)};
    if (PQstatus(server.connection) != CONNECTION_OK)
        diagnostic_error(set->diagnostics, (struct location){0}, "--database-url: %s",
                         connection_error(set->arena, server.connection));
    else {
        check_all(&server, set->models, set->model_count);
        check_all(&server, set->rows, set->row_count);
    }
    PQfinish(server.connection);
}

#else

void check_sql_server(struct model_set *set, const char *url)
{
    (void)url;
    diagnostic_error(set->diagnostics, (struct location){0}, "--database-url: this tool was built without libpq");
}

#endif
