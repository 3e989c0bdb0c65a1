/* The world's records and its log, see world_state.h. */
#include "world_state.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

void world_fail(struct world *w, const char *format, ...)
{
    va_list arguments;

    fflush(w->log);
    fwrite(w->log_text, 1, w->log_size, stderr);
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fprintf(stderr, "\nseed %llu, foreign keys %s\n", (unsigned long long)w->seed, w->has_foreign_keys ? "on" : "off");
    abort();
}

void world_note(struct world *w, const char *format, ...)
{
    va_list arguments;

    fprintf(w->log, "%*s", (int)(2 * w->depth), "");
    va_start(arguments, format);
    vfprintf(w->log, format, arguments);
    va_end(arguments);
    fputc('\n', w->log);
}

char *text_of(const char *format, ...)
{
    char *text;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    va_list arguments;

    va_start(arguments, format);
    vfprintf(out, format, arguments);
    va_end(arguments);
    fclose(out);
    return text;
}

char *key_of(const struct ar_model *model, const void *record)
{
    char *text;
    size_t size;
    FILE *out = open_memstream(&text, &size);

    key_print(out, model, model->key, model, model->key, model->key_count, record);
    fclose(out);
    return text;
}

char *row_of(const struct ar_model *model, const void *record)
{
    char *text;
    size_t size;
    FILE *out = open_memstream(&text, &size);

    record_print(out, model, record);
    fclose(out);
    return text;
}

void expect_ok(struct world *w, enum ar_status status)
{
    if (status != AR_OK)
        world_fail(w, "%s: %s\n%s", ar_status_name(status), ar_session_error(w->s)->message,
                   ar_session_error(w->s)->sql != NULL ? ar_session_error(w->s)->sql : "");
}

/* ---- Held records ------------------------------------------------------------------------------------------------ */

void hold(struct world *w, const struct ar_model *model, void *record)
{
    char *key = key_of(model, record);

    for (size_t i = 0; i < w->held_count; i++) {
        if (w->held[i].model != model || strcmp(w->held[i].key, key) != 0)
            continue;
        if (w->held[i].record != record)
            world_fail(w, "two records of one row: %s, %s", model->name, key);
        free(key);
        return;
    }
    if (w->held_count == HELD_MAX)
        let_go(w, random_below(&w->random, HELD_MAX));
    w->held[w->held_count++] = (struct held){model, record, key};
}

void let_go(struct world *w, size_t index)
{
    free(w->held[index].key);
    w->held[index] = w->held[--w->held_count];
}

void let_go_of_model(struct world *w, const struct ar_model *model)
{
    for (size_t i = w->held_count; i-- > 0;)
        if (model == NULL || w->held[i].model == model)
            let_go(w, i);
}

void let_go_of_key(struct world *w, const struct ar_model *model, const char *key)
{
    for (size_t i = w->held_count; i-- > 0;)
        if (w->held[i].model == model && strcmp(w->held[i].key, key) == 0)
            let_go(w, i);
}

void check_held(struct world *w)
{
    for (size_t i = w->held_count; i-- > 0;) {
        const struct held *held = &w->held[i];
        char *where = text_of("WHERE %s", held->key);
        char *actual = row_of(held->model, held->record);
        struct rows expected = shadow_rows(w->shadow, held->model, where);

        if (expected.count > 0 && strcmp(expected.items[0], actual) != 0)
            world_fail(w, "the record of %s differs from its row:\n  record %s\n  row    %s", held->model->name, actual,
                       expected.items[0]);
        if (expected.count == 0)
            let_go(w, i);
        rows_free(&expected);
        free(where);
        free(actual);
    }
}

struct ar_value value_of(const struct ar_column *column, const void *record)
{
    const char *field = (const char *)record + column->offset;
    int32_t narrow;
    int64_t integer;
    const char *text;

    if (column->type == AR_TYPE_UUID)
        return ar_value_uuid((const uint8_t *)field);
    if (column->type == AR_TYPE_TEXT) {
        memcpy(&text, field, sizeof text);
        return ar_value_text(text);
    }
    if (column->type == AR_TYPE_INT32) {
        memcpy(&narrow, field, sizeof narrow);
        return ar_value_integer(narrow);
    }
    memcpy(&integer, field, sizeof integer);
    return ar_value_integer(integer);
}

void find_held(struct world *w)
{
    for (size_t i = w->held_count; i-- > 0;) {
        const struct held *held = &w->held[i];
        struct ar_value key[AR_KEY_COLUMNS_MAX];
        void *found;
        enum ar_status status;

        for (size_t j = 0; j < held->model->key_count; j++)
            key[j] = value_of(&held->model->columns[held->model->key[j]], held->record);
        status = ar_record_find(w->s, held->model, key, &found);
        if (status != AR_NOT_FOUND)
            expect_ok(w, status);
        if (found != NULL && found != held->record)
            world_fail(w, "two records of one row: %s, %s", held->model->name, held->key);
    }
    check_held(w);
}
