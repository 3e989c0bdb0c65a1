/* libFuzzer: a statement of user SQL, parsed and inferred. If SQLite runs it as well, no row may contradict the
 * inference: a column that is never NULL has values, and they are of its type. */
#include "header.h"
#include "scan.h"
#include "sql_database.h"
#include "sql_infer.h"
#include "sql_parse.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerInitialize(int *count, char ***arguments);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct arena models;
static struct diagnostics diagnostics = {.arena = &models};
static struct model_set set = {.arena = &models, .diagnostics = &diagnostics};
static struct name_map parameters;
static sqlite3 *database;

static const char rows[] = "INSERT INTO users VALUES (1, 'a', 'a@b', 30, 1.5, 1, 0), (2, 'b', NULL, NULL, -2.0, 0, 9),"
                           " (3, '', '', 0, 0.0, 1, 1);"
                           "INSERT INTO posts VALUES (1, 1, 2, 't', 1), (2, 1, NULL, 'u', 0), (3, 3, NULL, '', -5);";

static int stop(void *steps)
{
    return ++*(int *)steps > 20;
}

int LLVMFuzzerInitialize(int *count, char ***arguments)
{
    static const char *const flags[] = {"-std=c11", "-I" ARMATURE_ANNOTATIONS_DIR};
    static const char *const header = SQL_MODELS_HEADER;
    static struct member number = {.type = AR_TYPE_INT64, .field = "number"};
    static struct member text = {.type = AR_TYPE_TEXT, .field = "text"};
    (void)count, (void)arguments;
    header_find_all(&set, &header, 1, NULL, 0);
    if (!scan_headers(&set, flags, sizeof flags / sizeof *flags))
        exit(2);
    model_build(&set);
    model_resolve(&set);
    model_plan(&set);
    name_map_add(&models, &parameters, "number", &number);
    name_map_add(&models, &parameters, "text", &text);
    database = sql_database_open(&set);
    if (sqlite3_exec(database, rows, NULL, NULL, NULL) != SQLITE_OK)
        exit(2);
    sqlite3_limit(database, SQLITE_LIMIT_LENGTH, 100000);
    return 0;
}

static void fail(const char *what, const struct sql_column *column, const char *sql)
{
    fprintf(stderr, "the column `%s` %s\n%s\n", column->name != NULL ? column->name : "", what, sql);
    abort();
}

/* An integer that overflows is a real number. */
static bool is_of_class(int type, enum sql_class class)
{
    bool is_number = type == SQLITE_INTEGER || type == SQLITE_FLOAT;
    switch (class) {
    case SQL_CLASS_UNKNOWN:
    case SQL_CLASS_NULL:
    case SQL_CLASS_TIME:
        return true;
    case SQL_CLASS_BOOLEAN:
    case SQL_CLASS_INTEGER:
    case SQL_CLASS_REAL:
        return is_number;
    case SQL_CLASS_TEXT:
        return type == SQLITE_TEXT;
    case SQL_CLASS_BLOB:
        return type == SQLITE_BLOB;
    }
    return true;
}

static void check_row(sqlite3_stmt *statement, const struct sql_row *row, const char *sql)
{
    for (size_t i = 0; i < row->count; i++) {
        int type = sqlite3_column_type(statement, (int)i);
        if (type == SQLITE_NULL && row->columns[i].value.null == SQL_NULL_NEVER)
            fail("is NULL", &row->columns[i], sql);
        if (type != SQLITE_NULL && !is_of_class(type, row->columns[i].value.class))
            fail("has a value of another type", &row->columns[i], sql);
    }
}

/* Run the statement, in which the parameters are NULL, if the inference allows it, or have values. */
static void run(sqlite3_stmt *statement, const struct sql_row *row, const char *sql)
{
    enum { ROWS_MAX = 50 };
    int steps = 0;
    if ((size_t)sqlite3_column_count(statement) != row->count || !sqlite3_stmt_readonly(statement))
        return;
    for (int i = 1; i <= sqlite3_bind_parameter_count(statement); i++) {
        const char *name = sqlite3_bind_parameter_name(statement, i);
        if (name != NULL && strcmp(name, ":number") == 0)
            sqlite3_bind_int64(statement, i, 2);
    }
    sqlite3_progress_handler(database, 1000, stop, &steps);
    for (int i = 0; i < ROWS_MAX && sqlite3_step(statement) == SQLITE_ROW; i++)
        check_row(statement, row, sql);
    sqlite3_progress_handler(database, 0, NULL, NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = {0};
    struct model_set copy = set;
    sqlite3_stmt *statement = NULL;
    char *sql = malloc(size + 1); /* lets AddressSanitizer detect a read past the end */
    if (sql == NULL)
        return -1;
    if (size > 0)
        memcpy(sql, data, size);
    sql[size] = '\0';
    copy.arena = &arena;
    struct sql_inference inference = sql_infer(&copy, &parameters, sql, sql_parse(&arena, sql));
    const char *tail = NULL;
    if (!inference.row.is_unknown && sqlite3_prepare_v2(database, sql, -1, &statement, &tail) == SQLITE_OK &&
        *tail == '\0')
        run(statement, &inference.row, sql);
    sqlite3_finalize(statement);
    free(sql);
    arena_free(&arena);
    return 0;
}
