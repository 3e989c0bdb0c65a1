/* The shadow database, see shadow.h. */
#include "shadow.h"

#include <sqlite3.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct shadow {
    sqlite3 *db;
};

static void give_up(struct shadow *shadow, const char *sql)
{
    fprintf(stderr, "shadow database: %s\n%s\n", sqlite3_errmsg(shadow->db), sql);
    abort();
}

struct shadow *shadow_open(const struct ar_model *const *models, size_t count, bool has_foreign_keys)
{
    struct shadow *shadow = calloc(1, sizeof *shadow);

    if (shadow == NULL || sqlite3_open(":memory:", &shadow->db) != SQLITE_OK)
        abort();
    shadow_run(shadow, has_foreign_keys ? "PRAGMA foreign_keys = ON" : "PRAGMA foreign_keys = OFF");
    for (size_t i = 0; i < count; i++)
        shadow_run(shadow, models[i]->create.sqlite);
    return shadow;
}

void shadow_close(struct shadow *shadow)
{
    sqlite3_close(shadow->db);
    free(shadow);
}

enum ar_status shadow_run(struct shadow *shadow, const char *sql)
{
    switch (sqlite3_exec(shadow->db, sql, NULL, NULL, NULL)) {
    case SQLITE_OK:
        return AR_OK;
    case SQLITE_CONSTRAINT:
        return AR_CONSTRAINT;
    default:
        give_up(shadow, sql);
        return AR_DATABASE;
    }
}

int64_t shadow_changed(struct shadow *shadow)
{
    return sqlite3_changes(shadow->db);
}

static sqlite3_stmt *prepare(struct shadow *shadow, const char *sql)
{
    sqlite3_stmt *statement;

    if (sqlite3_prepare_v2(shadow->db, sql, -1, &statement, NULL) != SQLITE_OK)
        give_up(shadow, sql);
    return statement;
}

int64_t shadow_integer(struct shadow *shadow, const char *sql, int64_t otherwise)
{
    sqlite3_stmt *statement = prepare(shadow, sql);

    if (sqlite3_step(statement) == SQLITE_ROW && sqlite3_column_type(statement, 0) != SQLITE_NULL)
        otherwise = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    return otherwise;
}

struct rows shadow_rows(struct shadow *shadow, const struct ar_model *model, const char *rest)
{
    struct rows rows = {0};
    char *sql;
    size_t size;
    FILE *out = open_memstream(&sql, &size);
    sqlite3_stmt *statement;

    fputs("SELECT ", out);
    for (size_t i = 0; i < model->column_count; i++)
        fprintf(out, "%squote(%s)", i > 0 ? " || ',' || " : "", model->columns[i].sql);
    fprintf(out, " FROM %s %s", model->sql, rest);
    fclose(out);
    statement = prepare(shadow, sql);
    while (sqlite3_step(statement) == SQLITE_ROW)
        rows_add(&rows, strdup((const char *)sqlite3_column_text(statement, 0)));
    sqlite3_finalize(statement);
    free(sql);
    return rows;
}

void rows_add(struct rows *rows, char *text)
{
    rows->items = realloc(rows->items, (rows->count + 1) * sizeof *rows->items);
    if (rows->items == NULL || text == NULL)
        abort();
    rows->items[rows->count++] = text;
}

static int compare(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

void rows_sort(struct rows *rows)
{
    if (rows->count > 0)
        qsort(rows->items, rows->count, sizeof *rows->items, compare);
}

bool rows_equal(const struct rows *a, const struct rows *b)
{
    if (a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++)
        if (strcmp(a->items[i], b->items[i]) != 0)
            return false;
    return true;
}

void rows_free(struct rows *rows)
{
    for (size_t i = 0; i < rows->count; i++)
        free(rows->items[i]);
    free(rows->items);
    *rows = (struct rows){0};
}
