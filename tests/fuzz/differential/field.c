/* Random values and SQL literals of fields, see field.h. */
#include "field.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* ---- Domains ----------------------------------------------------------------------------------------------------- */

static const char *const texts[] = {
    "", "a", "b", "A", "a'b", "a\\b", "%", "Zürich", "a text of more than sixteen bytes"};

/* Versions wrap around from 127 to 0. */
static int64_t random_version(uint64_t *r)
{
    return random_one_in(r, 2) ? (int64_t)random_below(r, 2) : 126 + (int64_t)random_below(r, 2);
}

static int64_t random_constant(uint64_t *r, const struct ar_column *column)
{
    size_t count = 0;

    while (column->names[count].name != NULL)
        count++;
    return column->names[random_below(r, (uint32_t)count)].value;
}

static int64_t random_integer(uint64_t *r, const struct ar_column *column)
{
    if (column->type == AR_TYPE_INT8)
        return random_version(r);
    if (column->type == AR_TYPE_ENUM_TEXT)
        return random_constant(r, column);
    return column->type == AR_TYPE_INT32 ? (int64_t)random_below(r, 4) - 1 : (int64_t)random_below(r, 12);
}

static const char *random_text(uint64_t *r)
{
    return texts[random_below(r, sizeof texts / sizeof *texts)];
}

static time_t random_time(uint64_t *r)
{
    return (time_t)(1600000000 + random_below(r, 4));
}

/* Return one of six UUIDs, so that keys collide. None is all zeros, which would mean an unset key. */
static const uint8_t *random_uuid(uint64_t *r)
{
    static const uint8_t uuids[6][16] = {
        {[15] = 1}, {[15] = 2}, {[15] = 3}, {[15] = 4}, {[15] = 5}, {[0] = 0xFF, [15] = 6},
    };

    return uuids[random_below(r, 6)];
}

/* ---- Fields ------------------------------------------------------------------------------------------------------ */

static void set_bool(void *record, uint32_t offset, bool value)
{
    memcpy((char *)record + offset, &value, sizeof value);
}

static bool is_null(const struct ar_column *column, const void *record)
{
    static const char zero[sizeof(union record)];
    const char *field = (const char *)record + column->offset;

    if ((column->flags & AR_COLUMN_NULL_FLAG) != 0)
        return !*((const char *)record + column->null_offset);
    if (column->type == AR_TYPE_TEXT || column->type == AR_TYPE_UUID || (column->flags & AR_COLUMN_NULLABLE) != 0)
        return memcmp(field, zero, column->size) == 0;
    return false;
}

void field_fill(uint64_t *r, const struct ar_column *column, void *record)
{
    char *field = (char *)record + column->offset;
    bool may_be_null = (column->flags & AR_COLUMN_KEY) == 0;
    bool is_set = !may_be_null || !random_one_in(r, 5);
    int64_t integer = random_integer(r, column);
    int32_t narrow = is_set ? (int32_t)integer : 0;
    const char *text = is_set ? random_text(r) : NULL;
    time_t time = random_time(r);
    int8_t version = (int8_t)integer;
    int32_t constant = (int32_t)integer;

    if ((column->flags & AR_COLUMN_NULL_FLAG) != 0)
        set_bool(record, column->null_offset, is_set);
    if (column->type == AR_TYPE_INT32)
        memcpy(field, &narrow, sizeof narrow);
    else if (column->type == AR_TYPE_INT64)
        memcpy(field, &integer, sizeof integer);
    else if (column->type == AR_TYPE_INT8)
        memcpy(field, &version, sizeof version);
    else if (column->type == AR_TYPE_ENUM_TEXT)
        memcpy(field, &constant, sizeof constant);
    else if (column->type == AR_TYPE_TEXT)
        memcpy(field, &text, sizeof text);
    else if (column->type == AR_TYPE_UUID)
        memcpy(field, random_uuid(r), 16);
    else if (column->type == AR_TYPE_TIME)
        memcpy(field, &time, sizeof time);
    else
        abort(); /* world.h uses no other types */
}

void record_fill(uint64_t *r, const struct ar_model *model, void *record)
{
    memset(record, 0, model->size);
    for (size_t i = 0; i < model->column_count; i++)
        if ((model->columns[i].flags & AR_COLUMN_GENERATED) == 0)
            field_fill(r, &model->columns[i], record);
}

/* ---- Literals ---------------------------------------------------------------------------------------------------- */

static void print_text(FILE *out, const char *text)
{
    fputc('\'', out);
    for (; *text != '\0'; text++) {
        if (*text == '\'')
            fputc('\'', out);
        fputc(*text, out);
    }
    fputc('\'', out);
}

static void print_uuid(FILE *out, const uint8_t *uuid)
{
    fputs("X'", out);
    for (size_t i = 0; i < 16; i++)
        fprintf(out, "%02X", uuid[i]);
    fputc('\'', out);
}

static void print_constant(FILE *out, const struct ar_column *column, int64_t value)
{
    for (const struct ar_enum_name *each = column->names; each->name != NULL; each++)
        if (each->value == value) {
            print_text(out, each->name);
            return;
        }
    abort();
}

static void print_time(FILE *out, const struct ar_column *column, int64_t seconds)
{
    char text[32];
    time_t time = (time_t)seconds;
    struct tm parts;

    if ((column->flags & AR_COLUMN_TIME_TEXT) == 0) {
        fprintf(out, "%" PRId64, seconds);
        return;
    }
    (void)strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S", gmtime_r(&time, &parts));
    print_text(out, text);
}

/* Print an integer as its column stores it. */
static void print_integer(FILE *out, const struct ar_column *column, int64_t integer)
{
    if (column->type == AR_TYPE_ENUM_TEXT)
        print_constant(out, column, integer);
    else if (column->type == AR_TYPE_TIME)
        print_time(out, column, integer);
    else
        fprintf(out, "%" PRId64, integer);
}

void field_print(FILE *out, const struct ar_column *column, const void *record)
{
    const char *field = (const char *)record + column->offset;
    int64_t integer;
    int32_t narrow;
    const char *text;

    if (is_null(column, record)) {
        fputs("NULL", out);
    } else if (column->type == AR_TYPE_INT8) {
        fprintf(out, "%d", *(const signed char *)field);
    } else if (column->type == AR_TYPE_INT32 || column->type == AR_TYPE_ENUM_TEXT) {
        memcpy(&narrow, field, sizeof narrow);
        print_integer(out, column, narrow);
    } else if (column->type == AR_TYPE_TEXT) {
        memcpy(&text, field, sizeof text);
        print_text(out, text);
    } else if (column->type == AR_TYPE_UUID) {
        print_uuid(out, (const uint8_t *)field);
    } else { /* int64_t and time_t */
        memcpy(&integer, field, sizeof integer);
        print_integer(out, column, integer);
    }
}

void record_print(FILE *out, const struct ar_model *model, const void *record)
{
    for (size_t i = 0; i < model->column_count; i++) {
        fputs(i > 0 ? "," : "", out);
        field_print(out, &model->columns[i], record);
    }
}

void key_print(FILE *out, const struct ar_model *model, const uint16_t *columns, const struct ar_model *from_model,
               const uint16_t *from, size_t count, const void *record)
{
    for (size_t i = 0; i < count; i++) {
        fprintf(out, "%s%s = ", i > 0 ? " AND " : "", model->columns[columns[i]].sql);
        field_print(out, &from_model->columns[from[i]], record);
    }
}

/* ---- Conditions and assignments ---------------------------------------------------------------------------------- */

static const char *const comparisons[] = {
    [AR_OP_EQ] = "=", [AR_OP_NE] = "<>", [AR_OP_LT] = "<", [AR_OP_LE] = "<=", [AR_OP_GT] = ">", [AR_OP_GE] = ">=",
};

static struct ar_condition compare_with_any(uint64_t *r, enum ar_operator op, const struct ar_column *column, FILE *sql)
{
    fprintf(sql, "%s %s ", column->sql, comparisons[op]);
    if (column->type == AR_TYPE_TEXT) {
        const char *text = random_text(r);
        print_text(sql, text);
        return ar_text_compare(op, (struct ar_text_column){column}, text);
    }
    if (column->type == AR_TYPE_UUID) {
        const uint8_t *uuid = random_uuid(r);
        print_uuid(sql, uuid);
        return ar_uuid_compare(op, (struct ar_uuid_column){column}, uuid);
    }
    if (column->type == AR_TYPE_TIME) {
        time_t time = random_time(r);
        print_integer(sql, column, time);
        return ar_time_compare(op, (struct ar_time_column){column}, time);
    }
    int64_t integer = random_integer(r, column);
    print_integer(sql, column, integer);
    if (column->type == AR_TYPE_ENUM_TEXT)
        return ar_enum_compare(op, (struct ar_enum_column){column}, integer);
    return ar_int_compare(op, (struct ar_int_column){column}, integer);
}

static struct ar_condition random_comparison(uint64_t *r, const struct ar_column *column, FILE *sql)
{
    return compare_with_any(r, (enum ar_operator)random_below(r, AR_OP_GE + 1), column, sql);
}

/* IN or NOT IN with 0 to 3 values. */
static struct ar_condition random_member(uint64_t *r, const struct ar_column *column, FILE *sql)
{
    /* The query copies these arrays when the condition is added; until then, at most three more are in use. */
    static int64_t integer_sets[4][3];
    static const char *string_sets[4][3];
    static size_t made;
    int64_t *integers = integer_sets[++made % 4];
    const char **strings = string_sets[made % 4];
    size_t count = random_below(r, 4);
    bool is_in = random_one_in(r, 2);

    fprintf(sql, "%s %s (", column->sql, is_in ? "IN" : "NOT IN");
    for (size_t i = 0; i < count; i++) {
        fputs(i > 0 ? ", " : "", sql);
        integers[i] = random_integer(r, column);
        strings[i] = random_text(r);
        if (column->type == AR_TYPE_TEXT)
            print_text(sql, strings[i]);
        else
            print_integer(sql, column, integers[i]);
    }
    fputs(")", sql);
    if (column->type == AR_TYPE_ENUM_TEXT)
        return is_in ? ar_in((struct ar_enum_column){column}, integers, count)
                     : ar_not_in((struct ar_enum_column){column}, integers, count);
    if (column->type == AR_TYPE_TEXT)
        return is_in ? ar_in((struct ar_text_column){column}, strings, count)
                     : ar_not_in((struct ar_text_column){column}, strings, count);
    return is_in ? ar_in((struct ar_int_column){column}, integers, count)
                 : ar_not_in((struct ar_int_column){column}, integers, count);
}

struct ar_condition random_condition(uint64_t *r, const struct ar_column *column, FILE *sql)
{
    bool has_list = column->type == AR_TYPE_TEXT || column->type == AR_TYPE_INT64 || column->type == AR_TYPE_INT32 ||
                    column->type == AR_TYPE_INT8 || column->type == AR_TYPE_ENUM_TEXT;

    switch (random_below(r, 6)) {
    case 0:
        fprintf(sql, "%s IS NULL", column->sql);
        return ar_is_null((struct ar_int_column){column});
    case 1:
        fprintf(sql, "%s IS NOT NULL", column->sql);
        return ar_is_not_null((struct ar_int_column){column});
    case 2:
        if (has_list)
            return random_member(r, column, sql);
        return random_comparison(r, column, sql);
    default:
        return random_comparison(r, column, sql);
    }
}

struct ar_condition random_equality(uint64_t *r, const struct ar_column *column, FILE *sql)
{
    return compare_with_any(r, AR_OP_EQ, column, sql);
}

struct ar_assignment random_assignment(uint64_t *r, const struct ar_column *column, FILE *sql)
{
    fprintf(sql, "%s = ", column->sql);
    if (column->type == AR_TYPE_TEXT) {
        const char *text = random_text(r);
        print_text(sql, text);
        return ar_set((struct ar_text_column){column}, text);
    }
    if (column->type == AR_TYPE_TIME) {
        time_t time = random_time(r);
        print_integer(sql, column, time);
        return ar_set((struct ar_time_column){column}, time);
    }
    int64_t integer = random_integer(r, column);
    if (integer == 0 && (column->flags & AR_COLUMN_NULLABLE) != 0)
        integer = 1; /* 0 would be written as NULL */
    print_integer(sql, column, integer);
    if (column->type == AR_TYPE_ENUM_TEXT)
        return ar_set((struct ar_enum_column){column}, integer);
    return ar_set((struct ar_int_column){column}, integer);
}
