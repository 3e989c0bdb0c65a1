/* PostgreSQL: the operators -> and ->> of jsonb for names, jsonb_path_query_first for paths with an index: -> 0 also
 * returns a value that is not in an array, and #> takes '0' for a name or an index. SQLite: json_type and json_extract.
 * Paths are literals, so that an index on the same expression is used.
 *
 * Every condition is true or false, never NULL. PostgreSQL evaluates AND in any order: a number is cast in a CASE,
 * which it does not cast early. */
#include "read/json_sql.h"

#include "base/digits.h"
#include "read/json_path.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool has_operators(const struct sql *sql)
{
    return sql->driver->dialect.has_json_operators;
}

/* ---- Paths ------------------------------------------------------------------------------------------------------- */

/* Add the bytes of a name within an SQL literal. Paths have no backslashes. */
static void add_escaped(struct sql *sql, const char *name, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        const char byte[] = {name[i], '\0'};
        ar_sql_add(sql, name[i] == '\'' ? "'" : "", byte, NULL);
    }
}

static void add_index(struct sql *sql, uint32_t index)
{
    char digits[16];

    (void)snprintf(digits, sizeof digits, "%" PRIu32, index);
    ar_sql_add(sql, digits, NULL);
}

static bool is_plain(const struct json_step *step)
{
    const char *letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_";

    for (size_t i = 0; i < step->size; i++)
        if (strchr(letters, step->name[i]) == NULL && (i == 0 || strchr("0123456789", step->name[i]) == NULL))
            return false;
    return true;
}

/* Add the steps in the form that SQLite and the jsonpath of PostgreSQL share: `$.theme."a b"[0]'`, with the quote. */
static void add_steps(struct sql *sql, const char *path)
{
    struct json_step step;
    const char *at = path;

    ar_sql_add(sql, "$", NULL);
    while (ar_json_path_next(&at, at == path, &step)) {
        const char *quote = step.name == NULL || is_plain(&step) ? "" : "\"";
        ar_sql_add(sql, step.name != NULL ? "." : "[", quote, NULL);
        if (step.name != NULL)
            add_escaped(sql, step.name, step.size);
        else
            add_index(sql, step.index);
        ar_sql_add(sql, quote, step.name != NULL ? "" : "]", NULL);
    }
    ar_sql_add(sql, "'", NULL);
}

static void add_function(struct sql *sql, const char *function, const struct ar_term *json)
{
    ar_sql_add(sql, function, "(", NULL);
    ar_sql_add_column(sql, json->column);
    ar_sql_add(sql, ", '", NULL);
    add_steps(sql, json->value.bytes.data);
    ar_sql_add(sql, ")", NULL);
}

static bool has_index(const char *path)
{
    struct json_step step;
    const char *at = path;

    while (ar_json_path_next(&at, at == path, &step))
        if (step.name == NULL)
            return true;
    return false;
}

/* Add the part by a path, with which a missing or different value is not an error but NULL. */
static void add_by_path(struct sql *sql, const struct ar_term *json)
{
    ar_sql_add_function(sql, "jsonb_path_query_first");
    ar_sql_add(sql, "(", NULL);
    ar_sql_add_column(sql, json->column);
    ar_sql_add(sql, ", 'strict ", NULL);
    add_steps(sql, json->value.bytes.data);
    ar_sql_add(sql, ", '{}', TRUE)", NULL);
}

/* Add the part by an operator for each name; the last one may return text. */
static void add_by_names(struct sql *sql, const struct ar_term *json, bool is_text)
{
    const char *path = json->value.bytes.data, *at = path;
    struct json_step step;

    ar_sql_add_column(sql, json->column);
    while (ar_json_path_next(&at, at == path, &step)) {
        ar_sql_add_operator(sql, is_text && *at == '\0' ? "->>" : "->");
        ar_sql_add(sql, "'", NULL);
        add_escaped(sql, step.name, step.size);
        ar_sql_add(sql, "'", NULL);
    }
}

/* Add the part as jsonb, or as its text. */
static void add_part(struct sql *sql, const struct ar_term *json, bool is_text)
{
    const char *path = json->value.bytes.data;
    bool is_by_path = has_index(path);

    ar_sql_add(sql, "(", NULL);
    if (is_by_path)
        add_by_path(sql, json);
    else
        add_by_names(sql, json, is_text);
    if (is_text && (is_by_path || *path == '\0')) {
        ar_sql_add_operator(sql, "#>>");
        ar_sql_add(sql, "'{}'", NULL);
    }
    ar_sql_add(sql, ")", NULL);
}

/* ---- Conditions -------------------------------------------------------------------------------------------------- */

/* Add `jsonb_typeof(…) = 'string'`. */
static void add_type_test(struct sql *sql, const struct ar_term *json, const char *type)
{
    ar_sql_add_function(sql, "jsonb_typeof");
    ar_sql_add(sql, "(", NULL);
    add_part(sql, json, false);
    ar_sql_add(sql, ")", NULL);
    ar_sql_add_operator(sql, "=");
    ar_sql_add(sql, type, NULL);
}

static void open_text(struct sql *sql, const struct ar_term *json)
{
    if (has_operators(sql)) {
        ar_sql_add(sql, "(coalesce(", NULL);
        add_type_test(sql, json, "'string'");
        ar_sql_add(sql, ", FALSE) AND ", NULL);
    } else {
        ar_sql_add(sql, "(", NULL);
        add_function(sql, "json_type", json);
        ar_sql_add(sql, " IS 'text' AND ", NULL);
    }
}

static void open_number(struct sql *sql, const struct ar_term *json)
{
    if (has_operators(sql)) {
        ar_sql_add(sql, "CASE WHEN ", NULL);
        add_type_test(sql, json, "'number'");
        ar_sql_add(sql, " THEN ", NULL);
    } else {
        ar_sql_add(sql, "(coalesce(", NULL);
        add_function(sql, "json_type", json);
        ar_sql_add(sql, " IN ('integer', 'real'), 0) AND ", NULL);
    }
}

void ar_sql_open_json(struct sql *sql, const struct ar_term *json)
{
    switch (json->json_kind) {
    case AR_JSON_TEXT:
        open_text(sql, json);
        break;
    case AR_JSON_NUMBER:
        open_number(sql, json);
        break;
    case AR_JSON_EXISTS:
        if (has_operators(sql))
            add_part(sql, json, false);
        else
            add_function(sql, "json_type", json);
        ar_sql_add(sql, " IS NOT NULL", NULL);
        break;
    case AR_JSON_BOOL:
        break;
    }
}

void ar_sql_close_json(struct sql *sql, const struct ar_term *json)
{
    bool is_case = json->json_kind == AR_JSON_NUMBER && has_operators(sql);

    ar_sql_add(sql, is_case ? " ELSE FALSE END" : ")", NULL);
}

void ar_sql_add_json_part(struct sql *sql, const struct ar_term *json, bool is_sorted)
{
    bool is_number = json->json_kind == AR_JSON_NUMBER;

    if (!has_operators(sql)) {
        add_function(sql, "json_extract", json);
        return;
    }
    ar_sql_add(sql, is_number ? "CAST(" : "", NULL);
    add_part(sql, json, !is_number);
    ar_sql_add(sql, is_number ? " AS numeric)" : is_sorted ? " COLLATE pg_catalog.\"C\"" : "", NULL);
}

enum { DECIMAL_SIZE = 48, DIGITS_MIN = 15, DIGITS_MAX = 17 };

/* Write a double with this number of digits, as an integer and an exponent: the decimal point depends on the locale. */
static void write_decimal(double real, int digits, char text[DECIMAL_SIZE])
{
    char printed[DECIMAL_SIZE], *to = text;
    const char *from = printed;

    (void)snprintf(printed, sizeof printed, "%.*e", digits - 1, real);
    for (; *from != 'e' && *from != '\0'; from++)
        if (*from == '-' || ar_is_digit(*from))
            *to++ = *from;
    (void)snprintf(to, (size_t)(text + DECIMAL_SIZE - to), "e%ld", strtol(from + 1, NULL, 10) - (digits - 1));
}

/* Return a number as a decimal: of a double, the shortest one that is read as the same. NULL if out of memory. */
static const char *decimal_of(struct arena *arena, const struct ar_value *value)
{
    char *text = ar_arena_allocate(arena, DECIMAL_SIZE);
    int digits = DIGITS_MIN;

    if (text == NULL)
        return NULL;
    if (value->kind == AR_VALUE_INTEGER) {
        (void)snprintf(text, DECIMAL_SIZE, "%" PRId64, value->integer);
        return text;
    }
    if (isinf(value->real))
        return value->real > 0 ? "Infinity" : "-Infinity";
    do
        write_decimal(value->real, digits, text);
    while (strtod(text, NULL) != value->real && ++digits <= DIGITS_MAX);
    return text;
}

/* A numeric is compared with the decimal number that the program wrote, not with the nearest double. */
void ar_sql_add_json_value(struct sql *sql, const struct ar_term *json, struct ar_value value)
{
    const char *decimal;

    if (json->json_kind != AR_JSON_NUMBER || !has_operators(sql)) {
        ar_sql_add_value(sql, json->column, value);
        return;
    }
    decimal = decimal_of(sql->text.arena, &value);
    sql->text.out_of_memory = sql->text.out_of_memory || decimal == NULL;
    ar_sql_add(sql, "CAST(", NULL);
    ar_sql_add_value(sql, json->column, ar_value_text(decimal));
    ar_sql_add(sql, " AS numeric)", NULL);
}

void ar_sql_add_json_bool(struct sql *sql, const struct ar_term *json, bool is_true)
{
    const char *word = is_true ? "'true'" : "'false'";

    if (!has_operators(sql)) {
        add_function(sql, "json_type", json);
        ar_sql_add(sql, " IS ", word, NULL);
        return;
    }
    ar_sql_add(sql, "coalesce(", NULL);
    add_part(sql, json, false);
    ar_sql_add_operator(sql, "=");
    ar_sql_add(sql, word, ", FALSE)", NULL);
}
