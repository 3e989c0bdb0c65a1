/* The functions of plain.h. They support only the types of the statements on Chinook. */
#define _GNU_SOURCE /* timegm, strptime */
#include "support.h"

#include "plain.h"

#include <libpq-fe.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { PARAMETERS_MAX = 8 };

struct plain {
    sqlite3 *sqlite;
    PGconn *server; /* instead of it, if the tests run on PostgreSQL */
};

struct plain *plain_open(const char *file_or_url)
{
    struct plain *plain = calloc(1, sizeof *plain);
    assert_non_null(plain);
    if (fixture_is_sqlite()) {
        assert_int_equal(sqlite3_open(file_or_url, &plain->sqlite), SQLITE_OK);
        return plain;
    }
    plain->server = PQconnectdb(file_or_url);
    if (PQstatus(plain->server) != CONNECTION_OK)
        fail_msg("%s", PQerrorMessage(plain->server));
    return plain;
}

void plain_close(struct plain *plain)
{
    if (plain->sqlite != NULL)
        assert_int_equal(sqlite3_close(plain->sqlite), SQLITE_OK);
    if (plain->server != NULL)
        PQfinish(plain->server);
    free(plain);
}

void plain_execute(struct plain *plain, const char *sql)
{
    if (plain->sqlite != NULL) {
        if (sqlite3_exec(plain->sqlite, sql, NULL, NULL, NULL) != SQLITE_OK)
            fail_msg("%s\n%s", sqlite3_errmsg(plain->sqlite), sql);
        return;
    }
    PGresult *result = PQexec(plain->server, sql);
    if (PQresultStatus(result) != PGRES_COMMAND_OK)
        fail_msg("%s\n%s", PQerrorMessage(plain->server), sql);
    PQclear(result);
}

/* ---- Values ------------------------------------------------------------------------------------------------------ */

void plain_print(FILE *out, const struct plain_value *value)
{
    if (value->is_null)
        fputs("NULL", out);
    else if (value->type == AR_TYPE_DOUBLE)
        fprintf(out, "%.17g", value->real);
    else if (value->type == AR_TYPE_FLOAT)
        fprintf(out, "%.9g", (double)(float)value->real);
    else if (value->type == AR_TYPE_TEXT || value->type == AR_TYPE_CHARS)
        fprintf(out, "'%s'", value->text);
    else
        fprintf(out, "%lld", (long long)value->integer);
}

static bool is_text(enum ar_type type)
{
    return type == AR_TYPE_TEXT || type == AR_TYPE_CHARS;
}

static bool is_time(enum ar_type type)
{
    return type == AR_TYPE_TIME || type == AR_TYPE_TIMESPEC;
}

/* Both databases return times as text without a zone. */
static int64_t parse_time(const char *text)
{
    struct tm parts = {0};
    const char *end = strptime(text, "%Y-%m-%d %H:%M:%S", &parts);
    if (end == NULL || *end != '\0')
        fail_msg("%s is not a time", text);
    return timegm(&parts);
}

static void print_text(FILE *out, const struct ar_column *column, const char *text)
{
    struct plain_value value = {.type = (enum ar_type)column->type, .is_null = text == NULL, .text = text};
    if (text == NULL || is_text(value.type)) {
        plain_print(out, &value);
        return;
    }
    value.real = strtod(text, NULL);
    value.integer = is_time(value.type) ? parse_time(text)
                    : *text == 't'      ? 1
                    : *text == 'f'      ? 0
                                        : strtoll(text, NULL, 10);
    plain_print(out, &value);
}

/* ---- Lists ------------------------------------------------------------------------------------------------------- */

/* Print the values of a list, quoted and separated by commas. */
static void print_list(FILE *out, const char *values, bool is_quoted, char quote)
{
    while (*values != '\0') {
        size_t length = strcspn(values, "|");
        if (is_quoted)
            fputc(quote, out);
        for (size_t i = 0; i < length; i++) {
            if (is_quoted && (values[i] == quote || (quote == '"' && values[i] == '\\')))
                fputc(quote == '"' ? '\\' : quote, out);
            fputc(values[i], out);
        }
        if (is_quoted)
            fputc(quote, out);
        values += length + (values[length] == '|');
        if (*values != '\0')
            fputc(',', out);
    }
}

/* Return the array literal of PostgreSQL. */
static char *array_of(const struct ar_parameter *parameter, const char *values)
{
    char *text;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    assert_non_null(out);
    fputc('{', out);
    print_list(out, values, is_text((enum ar_type)parameter->column.type), '"');
    fputc('}', out);
    fclose(out);
    return text;
}

/* Return the SQL for SQLite with the values of each list in place of its sub-query. */
static char *insert_lists(const struct ar_statement *statement, const char *const *arguments)
{
    static const char list[] = "(SELECT k0 FROM temp.armature_keys(?";
    char *text;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    assert_non_null(out);
    const char *at = statement->sql.sqlite, *next;
    for (; (next = strstr(at, list)) != NULL; at += strlen("))")) {
        fwrite(at, 1, (size_t)(next - at), out);
        size_t number = strtoul(next + strlen(list), (char **)(uintptr_t)&at, 10);
        fputc('(', out);
        print_list(out, arguments[number - 1], is_text((enum ar_type)statement->parameters[number - 1].column.type),
                   '\'');
        fputc(')', out);
    }
    fputs(at, out);
    fclose(out);
    return text;
}

/* ---- SQLite ------------------------------------------------------------------------------------------------------ */

static int bind(sqlite3_stmt *row, int number, const struct ar_column *column, const char *argument)
{
    enum ar_type type = (enum ar_type)column->type;
    if (argument == NULL)
        return sqlite3_bind_null(row, number);
    if (is_text(type) || is_time(type))
        return sqlite3_bind_text(row, number, argument, -1, SQLITE_STATIC);
    if (type == AR_TYPE_DOUBLE)
        return sqlite3_bind_double(row, number, strtod(argument, NULL));
    return sqlite3_bind_int64(row, number, strtoll(argument, NULL, 10));
}

static void print_sqlite_row(FILE *out, sqlite3_stmt *row, const struct ar_model *model)
{
    for (size_t i = 0; i < model->column_count; i++) {
        const struct ar_column *column = &model->columns[i];
        int number = 0;
        while (number < sqlite3_column_count(row) && strcmp(sqlite3_column_name(row, number), column->name) != 0)
            number++;
        struct plain_value value = {
            .type = (enum ar_type)column->type,
            .is_null = sqlite3_column_type(row, number) == SQLITE_NULL,
            .integer = sqlite3_column_int64(row, number),
            .real = sqlite3_column_double(row, number),
        };
        fputs(i > 0 ? "|" : "", out);
        if (is_text(value.type) || is_time(value.type))
            print_text(out, column, (const char *)sqlite3_column_text(row, number));
        else
            plain_print(out, &value);
    }
    fputc('\n', out);
}

static void run_sqlite(struct plain *plain, FILE *out, const struct ar_statement *statement,
                       const char *const *arguments, int64_t *changed)
{
    char *sql = insert_lists(statement, arguments);
    sqlite3_stmt *row;
    if (sqlite3_prepare_v2(plain->sqlite, sql, -1, &row, NULL) != SQLITE_OK)
        fail_msg("%s\n%s", sqlite3_errmsg(plain->sqlite), sql);
    for (int i = 0; i < statement->parameter_count; i++)
        if (!statement->parameters[i].is_list)
            assert_int_equal(bind(row, i + 1, &statement->parameters[i].column, arguments[i]), SQLITE_OK);
    while (sqlite3_step(row) == SQLITE_ROW)
        print_sqlite_row(out, row, statement->row);
    if (sqlite3_finalize(row) != SQLITE_OK)
        fail_msg("%s\n%s", sqlite3_errmsg(plain->sqlite), sql);
    *changed = sqlite3_changes(plain->sqlite);
    free(sql);
}

/* ---- PostgreSQL -------------------------------------------------------------------------------------------------- */

/* Let the server find the types of strings, lists and times. */
static Oid type_of(const struct ar_parameter *parameter)
{
    enum { BIGINT = 20, SMALLINT = 21, INTEGER = 23, DOUBLE = 701 };
    if (parameter->is_list)
        return 0;
    switch ((enum ar_type)parameter->column.type) {
    case AR_TYPE_INT16:
        return SMALLINT;
    case AR_TYPE_INT32:
        return INTEGER;
    case AR_TYPE_INT64:
        return BIGINT;
    case AR_TYPE_DOUBLE:
        return DOUBLE;
    default:
        return 0;
    }
}

static void print_server_row(FILE *out, const PGresult *result, int row, const struct ar_model *model)
{
    for (size_t i = 0; i < model->column_count; i++) {
        int number = PQfnumber(result, model->columns[i].name);
        fputs(i > 0 ? "|" : "", out);
        print_text(out, &model->columns[i], PQgetisnull(result, row, number) ? NULL : PQgetvalue(result, row, number));
    }
    fputc('\n', out);
}

static void run_server(struct plain *plain, FILE *out, const struct ar_statement *statement,
                       const char *const *arguments, int64_t *changed)
{
    const char *values[PARAMETERS_MAX] = {NULL};
    char *arrays[PARAMETERS_MAX] = {NULL};
    Oid types[PARAMETERS_MAX] = {0};
    for (int i = 0; i < statement->parameter_count; i++) {
        const struct ar_parameter *parameter = &statement->parameters[i];
        types[i] = type_of(parameter);
        arrays[i] = parameter->is_list ? array_of(parameter, arguments[i]) : NULL;
        values[i] = parameter->is_list ? arrays[i] : arguments[i];
    }
    PGresult *result = PQexecParams(plain->server, statement->sql.postgresql, statement->parameter_count, types, values,
                                    NULL, NULL, 0);
    if (PQresultStatus(result) != PGRES_COMMAND_OK && PQresultStatus(result) != PGRES_TUPLES_OK)
        fail_msg("%s\n%s", PQerrorMessage(plain->server), statement->sql.postgresql);
    for (int row = 0; row < PQntuples(result); row++)
        print_server_row(out, result, row, statement->row);
    *changed = strtoll(PQcmdTuples(result), NULL, 10);
    PQclear(result);
    for (int i = 0; i < statement->parameter_count; i++)
        free(arrays[i]);
}

char *plain_run(struct plain *plain, const struct ar_statement *statement, const char *const *arguments,
                int64_t *changed)
{
    char *text;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    assert_non_null(out);
    assert_true(statement->parameter_count <= PARAMETERS_MAX);
    if (plain->sqlite != NULL)
        run_sqlite(plain, out, statement, arguments, changed);
    else
        run_server(plain, out, statement, arguments, changed);
    fclose(out);
    return text;
}
