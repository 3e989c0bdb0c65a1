/* Statements without virtual tables and functions of this process. */
#include "driver/sqlite/plain.h"

#include "base/arena_text.h"
#include "driver/sqlite/json_keys.h"
#include "driver/sqlite/value.h"
#include "model/field.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- Sets -------------------------------------------------------------------------------------------------------- */

static bool is_set(const struct parameter *parameter)
{
    return parameter->keys != NULL || parameter->rows != NULL;
}

/* Return the number of placeholders that the set has after those of the statement. */
static size_t extra_placeholders(const struct parameter *parameter)
{
    struct key_form form;

    if (parameter->rows != NULL)
        return parameter->rows->count * parameter->rows->column_count;
    if (parameter->keys == NULL)
        return 0;
    form = ar_sqlite_key_form(parameter->keys);
    if (form.is_json)
        return form.in_bytes != 0 ? 1 : 0;
    return parameter->keys->count * parameter->keys->column_count;
}

/* Return the number of the first one. */
static size_t first_extra(const struct statement *statement, size_t index)
{
    size_t number = statement->parameter_count + 1;

    for (size_t i = 0; i < index; i++)
        number += extra_placeholders(&statement->parameters[i]);
    return number;
}

enum sqlite_set_kind ar_sqlite_plain_kind(const struct statement *statement)
{
    enum sqlite_set_kind kind = SQLITE_NO_SETS;

    for (size_t i = 0; i < statement->parameter_count; i++) {
        if (!is_set(&statement->parameters[i]))
            continue;
        if (extra_placeholders(&statement->parameters[i]) > 0)
            return SQLITE_LIST_SETS;
        kind = SQLITE_JSON_SETS;
    }
    return kind;
}

/* ---- SQL --------------------------------------------------------------------------------------------------------- */

struct translation {
    const struct statement *statement;
    struct arena_text sql;
    const char *rest;    /* of the original SQL */
    size_t last_number;  /* the largest number of a placeholder so far */
    size_t last_written; /* the same, of the original SQL alone */
};

static void add_number(struct translation *to, const char *before, size_t number, const char *after)
{
    char digits[24];

    (void)snprintf(digits, sizeof digits, "%zu", number);
    ar_arena_text_add(&to->sql, before, digits, after, NULL);
}

/* Add `(?2, ?, 0), (?, ?, 1)`, with the ordinal of each row. A placeholder without number has the next one; those with
 * numbers take SQLite longer, because it looks each up in a list of all. */
static void add_values(struct translation *to, size_t first, size_t rows, size_t columns)
{
    bool are_next = first > to->last_number;

    for (size_t row = 0; row < rows; row++) {
        ar_arena_text_add(&to->sql, row > 0 ? ", (" : "(", NULL);
        for (size_t i = 0; i < columns; i++) {
            if (are_next && row + i > 0)
                ar_arena_text_add(&to->sql, "?, ", NULL);
            else
                add_number(to, "?", first + row * columns + i, ", ");
        }
        add_number(to, "", row, ")");
    }
    if (are_next)
        to->last_number = first + rows * columns - 1;
}

/* Add the sub-select over a list, with columns of this letter. It has rows: no keys are JSON, and no rows are not
 * bound. */
static void add_list(struct translation *to, const char *letter, size_t first, size_t rows, size_t columns)
{
    ar_arena_text_add(&to->sql, "(SELECT ", NULL);
    for (size_t i = 0; i < columns; i++) {
        add_number(to, "column", i + 1, " AS ");
        add_number(to, letter, i, ", ");
    }
    add_number(to, "column", columns + 1, " AS ordinal FROM (VALUES ");
    add_values(to, first, rows, columns);
    ar_arena_text_add(&to->sql, "))", NULL);
}

/* Add a column of a JSON item. */
static void add_item(struct translation *to, const struct key_set *keys, struct key_form form, size_t part,
                     size_t bytes)
{
    bool is_row = keys->column_count > 1;
    char path[32] = "";

    if (is_row)
        (void)snprintf(path, sizeof path, "[%zu]", part);
    if ((form.in_bytes >> part & 1) != 0) {
        add_number(to, "substr(?", bytes, ", json_extract(value, '$");
        ar_arena_text_add(&to->sql, path, "[0]'), json_extract(value, '$", path, "[1]'))", NULL);
    } else if (is_row) {
        ar_arena_text_add(&to->sql, "json_extract(value, '$", path, "')", NULL);
    } else {
        ar_arena_text_add(&to->sql, "value", NULL);
    }
    add_number(to, " AS k", part, "");
}

static void add_keys(struct translation *to, size_t number)
{
    const struct key_set *keys = to->statement->parameters[number - 1].keys;
    struct key_form form = ar_sqlite_key_form(keys);
    size_t first = first_extra(to->statement, number - 1);

    if (!form.is_json) {
        add_list(to, "k", first, keys->count, keys->column_count);
        return;
    }
    ar_arena_text_add(&to->sql, "(SELECT key AS ordinal", NULL);
    for (size_t i = 0; i < keys->column_count; i++) {
        ar_arena_text_add(&to->sql, ", ", NULL);
        add_item(to, keys, form, i, first);
    }
    add_number(to, " FROM temp.json_each(?", number, "))");
}

static void add_rows(struct translation *to, size_t number)
{
    const struct row_set *rows = to->statement->parameters[number - 1].rows;

    add_list(to, "c", first_extra(to->statement, number - 1), rows->count, rows->column_count);
}

/* Read `?` or `?7`, whose number SQLite would choose likewise. */
static size_t take_placeholder(struct translation *to)
{
    char *end;
    unsigned long number = strtoul(to->rest + 1, &end, 10);

    if (end == to->rest + 1)
        number = to->last_written + 1;
    to->rest = end;
    if (number > to->last_written)
        to->last_written = number;
    if (number > to->last_number)
        to->last_number = number;
    return number;
}

/* If the table function `name(` with a set as its argument is next, add its rows and return true. */
static bool take_set(struct translation *to, const char *name, void (*add)(struct translation *to, size_t number),
                     bool has_keys)
{
    const char *start = to->rest;
    const struct translation before = *to;
    size_t length = strlen(name), number;

    if (strncmp(start, name, length) != 0 || start[length] != '?')
        return false;
    to->rest += length;
    number = take_placeholder(to);
    if (*to->rest == ')' && number <= to->statement->parameter_count && number > 0) {
        const struct parameter *parameter = &to->statement->parameters[number - 1];
        if (has_keys ? parameter->keys != NULL : parameter->rows != NULL) {
            to->rest++;
            add(to, number);
            return true;
        }
    }
    *to = before;
    return false;
}

/* Return the end of the string, quoted name or comment that is next, or its start if none is. */
static const char *skip_quoted(const char *sql)
{
    static const char *const delimiters[][2] = {{"'", "'"}, {"\"", "\""}, {"`", "`"},
                                                {"[", "]"}, {"--", "\n"}, {"/*", "*/"}};

    for (size_t i = 0; i < sizeof delimiters / sizeof *delimiters; i++) {
        size_t length = strlen(delimiters[i][0]);
        const char *end;
        if (strncmp(sql, delimiters[i][0], length) != 0)
            continue;
        end = strstr(sql + length, delimiters[i][1]);
        return end != NULL ? end + strlen(delimiters[i][1]) : sql + strlen(sql);
    }
    return sql;
}

/* Add what is next: a set, a placeholder with its number, or text up to where one of these may begin. */
static void take_piece(struct translation *to)
{
    const char *start = to->rest, *quoted = skip_quoted(start);

    if (quoted == start &&
        (take_set(to, "temp.armature_keys(", add_keys, true) || take_set(to, "temp.armature_rows(", add_rows, false)))
        return;
    if (*start == '?') {
        add_number(to, "?", take_placeholder(to), "");
        return;
    }
    to->rest = quoted > start ? quoted : start + 1;
    if (quoted == start)
        to->rest += strcspn(to->rest, "?'\"`[-/t");
    ar_arena_text_append(&to->sql, start, (size_t)(to->rest - start));
}

const char *ar_sqlite_plain_sql(const struct statement *statement, struct arena *arena, size_t *count)
{
    struct translation to = {.statement = statement, .sql = {.arena = arena}, .rest = statement->sql};

    while (*to.rest != '\0' && !to.sql.out_of_memory)
        take_piece(&to);
    ar_arena_text_add(&to.sql, "", NULL);
    *count = first_extra(statement, statement->parameter_count) - 1;
    return to.sql.out_of_memory ? NULL : to.sql.data;
}

/* ---- Binding ----------------------------------------------------------------------------------------------------- */

static int bind_json(sqlite3_stmt *handle, const struct key_set *keys, struct key_form form, size_t number,
                     size_t extra, struct arena *arena)
{
    struct ar_bytes json, bytes = {0};
    int code;

    if (!ar_sqlite_write_keys(keys, form, arena, &json, &bytes))
        return SQLITE_NOMEM;
    code = sqlite3_bind_text64(handle, (int)number, json.data, json.size, SQLITE_STATIC, SQLITE_UTF8);
    if (code == SQLITE_OK && form.in_bytes != 0)
        code = sqlite3_bind_blob64(handle, (int)extra, bytes.data, bytes.size, SQLITE_STATIC);
    return code;
}

/* A key that SQLite cannot store equals no value, as NULL does. */
static int bind_key_list(sqlite3_stmt *handle, const struct key_set *keys, size_t number)
{
    int code = SQLITE_OK;

    for (size_t i = 0; i < keys->count * keys->column_count && code == SQLITE_OK; i++, number++) {
        code = ar_sqlite_bind(handle, (int)number, &keys->values[i], keys->columns[i % keys->column_count]);
        if (code == SQLITE_RANGE)
            code = sqlite3_bind_null(handle, (int)number);
    }
    return code;
}

static int bind_row_list(sqlite3_stmt *handle, const struct row_set *rows, size_t number)
{
    int code = SQLITE_OK;

    for (size_t row = 0; row < rows->count; row++) {
        for (size_t i = 0; i < rows->column_count && code == SQLITE_OK; i++, number++) {
            struct ar_value value = ar_field_value(rows->columns[i], ar_row_set_at(rows, row));
            code = ar_sqlite_bind(handle, (int)number, &value, rows->columns[i]);
        }
    }
    return code;
}

int ar_sqlite_plain_bind(sqlite3_stmt *handle, const struct statement *statement, size_t index, struct arena *arena)
{
    const struct parameter *parameter = &statement->parameters[index];
    size_t extra = first_extra(statement, index);
    struct key_form form;

    if (parameter->rows != NULL)
        return bind_row_list(handle, parameter->rows, extra);
    form = ar_sqlite_key_form(parameter->keys);
    return form.is_json ? bind_json(handle, parameter->keys, form, index + 1, extra, arena)
                        : bind_key_list(handle, parameter->keys, extra);
}

/* ---- The driver -------------------------------------------------------------------------------------------------- */

static struct driver plain;

/* The facts in which such connections differ. */
static void make_plain(void)
{
    plain = ar_driver_sqlite;
    plain.dialect.decimal_collation = NULL;
    plain.dialect.lacks_decimal_order = true;
    plain.dialect.in_range = NULL;
    plain.dialect.range_error = "json_extract('{}', '" SQLITE_OUT_OF_RANGE "')";
    plain.dialect.is_integer = (struct sql_brackets){"typeof(", ") = 'integer'"};
    plain.dialect.key_test = NULL;
    plain.dialect.row_values_max = ROW_VALUES_MAX;
}

const struct driver *ar_sqlite_choose_driver(const struct ar_db_options *options)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;

    if (options == NULL || !options->sqlite_plain)
        return &ar_driver_sqlite;
    (void)pthread_once(&once, make_plain);
    return &plain;
}
