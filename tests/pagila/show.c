/* Fields as PostgreSQL prints them. Supports only the column types in Pagila. */
#include "show.h"

#include "support.h"

#include <string.h>
#include <strings.h>
#include <time.h>

#define LOAD(type, from) (*(type *)memcpy(&(type){0}, (from), sizeof(type)))

/* Digits of a scaled integer, with the point before the last `scale` ones. */
static void show_decimal(FILE *out, int64_t number, unsigned scale)
{
    char digits[32];
    uint64_t magnitude = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
    int length = snprintf(digits, sizeof digits, "%0*llu", (int)scale + 1, (unsigned long long)magnitude);
    fprintf(out, "%s%.*s%s%s", number < 0 ? "-" : "", length - (int)scale, digits, scale > 0 ? "." : "",
            digits + length - scale);
}

/* PostgreSQL prints no trailing zeros of a fraction. */
static void show_time(FILE *out, struct timespec time, const char *zone)
{
    struct tm parts;
    char fraction[16] = "";
    assert_non_null(gmtime_r(&time.tv_sec, &parts));
    if (time.tv_nsec != 0) {
        assert_int_equal(time.tv_nsec % 1000, 0);
        int length = snprintf(fraction, sizeof fraction, ".%06ld", time.tv_nsec / 1000);
        while (fraction[length - 1] == '0')
            fraction[--length] = '\0';
    }
    fprintf(out, "%04d-%02d-%02d %02d:%02d:%02d%s%s", parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday,
            parts.tm_hour, parts.tm_min, parts.tm_sec, fraction, zone);
}

static bool needs_quotes(const char *text)
{
    return *text == '\0' || strcasecmp(text, "NULL") == 0 || strpbrk(text, "{}\",\\ ") != NULL;
}

static void show_texts(FILE *out, struct ar_texts texts)
{
    fputc('{', out);
    for (size_t i = 0; i < texts.count; i++) {
        bool is_quoted = needs_quotes(texts.items[i]);
        fputs(i > 0 ? "," : "", out);
        fputs(is_quoted ? "\"" : "", out);
        for (const char *at = texts.items[i]; *at != '\0'; at++)
            fprintf(out, "%s%c", *at == '"' || *at == '\\' ? "\\" : "", *at);
        fputs(is_quoted ? "\"" : "", out);
    }
    fputc('}', out);
}

static void show_blob(FILE *out, struct ar_blob blob)
{
    fputs("\\x", out);
    for (size_t i = 0; i < blob.size; i++)
        fprintf(out, "%02x", ((const unsigned char *)blob.data)[i]);
}

static bool is_zero(const struct ar_column *column, const char *field)
{
    for (size_t i = 0; i < column->size; i++)
        if (field[i] != 0)
            return false;
    return true;
}

static bool is_null(const struct ar_column *column, const char *record)
{
    const char *field = record + column->offset;
    if ((column->flags & AR_COLUMN_NULL_FLAG) != 0)
        return record[column->null_offset] == 0;
    if (column->type == AR_TYPE_TEXT || column->type == AR_TYPE_BLOB || column->type == AR_TYPE_TEXTS)
        return LOAD(const void *, field) == NULL;
    return (column->flags & AR_COLUMN_NULLABLE) != 0 && is_zero(column, field);
}

static int64_t integer_of(const struct ar_column *column, const char *field)
{
    return column->size == 2 ? LOAD(int16_t, field) : column->size == 4 ? LOAD(int32_t, field) : LOAD(int64_t, field);
}

static void show_date(FILE *out, struct ar_date date)
{
    fprintf(out, "%04d-%02u-%02u", date.year, (unsigned)date.month, (unsigned)date.day);
}

static void show_field(FILE *out, const struct ar_column *column, const char *field)
{
    const char *zone = (column->flags & AR_COLUMN_WITHOUT_ZONE) != 0 ? "" : "+00";
    switch ((enum ar_type)column->type) {
    case AR_TYPE_BOOL:
        fputs(LOAD(bool, field) ? "t" : "f", out);
        break;
    case AR_TYPE_INT16:
    case AR_TYPE_INT32:
    case AR_TYPE_INT64:
        show_decimal(out, integer_of(column, field), 0);
        break;
    case AR_TYPE_DECIMAL:
        show_decimal(out, integer_of(column, field), column->scale);
        break;
    case AR_TYPE_TEXT:
        fputs(LOAD(const char *, field), out);
        break;
    case AR_TYPE_ENUM_TEXT:
        fputs(ar_enum_name(column, LOAD(int32_t, field)), out);
        break;
    case AR_TYPE_BLOB:
        show_blob(out, LOAD(struct ar_blob, field));
        break;
    case AR_TYPE_TEXTS:
        show_texts(out, LOAD(struct ar_texts, field));
        break;
    case AR_TYPE_DATE:
        show_date(out, LOAD(struct ar_date, field));
        break;
    case AR_TYPE_TIME:
        show_time(out, (struct timespec){.tv_sec = LOAD(time_t, field)}, zone);
        break;
    case AR_TYPE_TIMESPEC:
        show_time(out, LOAD(struct timespec, field), zone);
        break;
    default:
        fail_msg("%s.%s has an unsupported type", column->model->name, column->field);
    }
}

void show_record(FILE *out, const struct ar_model *model, const void *record)
{
    for (size_t i = 0; i < model->column_count; i++) {
        const struct ar_column *column = &model->columns[i];
        fputs(i > 0 ? "|" : "", out);
        if (is_null(column, record))
            fputs("\\N", out);
        else
            show_field(out, column, (const char *)record + column->offset);
    }
}

char *show_list(const struct ar_model *model, struct ar_list list)
{
    char *lines;
    size_t size;
    FILE *out = open_memstream(&lines, &size);
    assert_non_null(out);
    for (size_t i = 0; i < list.count; i++) {
        show_record(out, model, list.items[i]);
        fputc('\n', out);
    }
    fclose(out);
    return lines;
}
