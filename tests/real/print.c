/* The functions of print.h. They support only the column types in Chinook. */
#include "print.h"

#include "support.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

static void print_quoted(FILE *out, const char *text)
{
    if (text == NULL) {
        fputs("NULL", out);
        return;
    }
    fputc('\'', out);
    for (; *text != '\0'; text++) {
        if (*text == '\'')
            fputc('\'', out);
        fputc(*text, out);
    }
    fputc('\'', out);
}

static void print_integer(FILE *out, int64_t number, bool is_null)
{
    if (is_null)
        fputs("NULL", out);
    else
        fprintf(out, "%lld", (long long)number);
}

static bool is_null(const struct ar_column *column, const char *record, int64_t number)
{
    if (column->flags & AR_COLUMN_NULL_FLAG)
        return record[column->null_offset] == 0;
    return (column->flags & AR_COLUMN_NULLABLE) && number == 0;
}

static void print_field(FILE *out, const struct ar_column *column, const char *record)
{
    const void *field = record + column->offset;
    switch ((enum ar_type)column->type) {
    case AR_TYPE_INT64:
        print_integer(out, *(const int64_t *)field, is_null(column, record, *(const int64_t *)field));
        break;
    case AR_TYPE_INT32:
        print_integer(out, *(const int32_t *)field, is_null(column, record, *(const int32_t *)field));
        break;
    case AR_TYPE_TIME:
        print_integer(out, *(const time_t *)field, is_null(column, record, *(const time_t *)field));
        break;
    case AR_TYPE_TIMESPEC:
        print_integer(out, ((const struct timespec *)field)->tv_sec, false);
        assert_int_equal(((const struct timespec *)field)->tv_nsec, 0);
        break;
    case AR_TYPE_FLOAT:
        fprintf(out, "%.2f", (double)*(const float *)field);
        break;
    case AR_TYPE_DOUBLE:
        fprintf(out, "%.2f", *(const double *)field);
        break;
    case AR_TYPE_TEXT:
        print_quoted(out, *(const char *const *)field);
        break;
    case AR_TYPE_CHARS:
        print_quoted(out, is_null(column, record, *(const char *)field) ? NULL : field);
        break;
    default:
        fail_msg("%s.%s has an unsupported type", column->model->name, column->field);
    }
}

void print_record(FILE *out, const struct ar_model *model, const void *record)
{
    for (size_t i = 0; i < model->column_count; i++) {
        if (i > 0)
            fputc('|', out);
        print_field(out, &model->columns[i], record);
    }
}

void print_key(FILE *out, const struct ar_model *model, const void *record)
{
    for (size_t i = 0; i < model->key_count; i++) {
        if (i > 0)
            fputc('/', out);
        print_field(out, &model->columns[model->key[i]], record);
    }
}

char *plain_sql(const char *file, const char *sql)
{
    sqlite3 *db;
    sqlite3_stmt *row;
    char *text;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    assert_non_null(out);
    assert_int_equal(sqlite3_open_v2(file, &db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
    if (sqlite3_prepare_v2(db, sql, -1, &row, NULL) != SQLITE_OK)
        fail_msg("%s\n%s", sqlite3_errmsg(db), sql);
    while (sqlite3_step(row) == SQLITE_ROW)
        fprintf(out, "%s\n", (const char *)sqlite3_column_text(row, 0));
    assert_int_equal(sqlite3_finalize(row), SQLITE_OK);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    fclose(out);
    return text;
}

void assert_same_lines(const char *what, const char *actual, const char *expected)
{
    if (strcmp(actual, expected) == 0)
        return;
    const char *line = actual;
    const char *expected_line = expected;
    for (; *actual != '\0' && *actual == *expected; actual++, expected++) {
        if (*actual == '\n') {
            line = actual + 1;
            expected_line = expected + 1;
        }
    }
    fail_msg("%s\n  actual:   %.*s\n  expected: %.*s", what, (int)strcspn(line, "\n"), line,
             (int)strcspn(expected_line, "\n"), expected_line);
}
