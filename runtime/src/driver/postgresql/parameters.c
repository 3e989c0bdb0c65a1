/* Encoding of parameters, and the refusal of values that PostgreSQL cannot store. */
#include "driver/postgresql/parameters.h"

#include "driver/postgresql/encode_keys.h"
#include "driver/postgresql/error.h"

static size_t count_parameters(const struct statement *statement)
{
    size_t count = 0;

    for (size_t i = 0; i < statement->parameter_count; i++)
        count += statement->parameters[i].keys != NULL ? statement->parameters[i].keys->column_count : 1;
    return count;
}

/* The values are too large in total: name the largest one. */
static enum ar_status refuse_sizes(const struct statement *statement, const struct encoded *encoded,
                                   struct failure *failure)
{
    const struct ar_column *column = NULL;
    size_t largest = 0, next = 0;

    for (int i = 1; i < encoded->count; i++)
        if (encoded->lengths[i] > encoded->lengths[largest])
            largest = (size_t)i;
    for (size_t i = 0; i < statement->parameter_count && next <= largest; i++) {
        const struct parameter *parameter = &statement->parameters[i];
        column = parameter->column;
        next += parameter->keys != NULL ? parameter->keys->column_count : 1;
    }
    return ar_pg_refuse(statement, column, largest + 1, PG_TOO_LARGE, failure);
}

static enum ar_status add_parameter(struct encoded *encoded, const struct statement *statement,
                                    const struct ar_column *column, const struct pg_parameter *parameter,
                                    enum pg_encoding encoding, struct failure *failure)
{
    enum { FRAME = 6 }; /* bytes in the message besides the value */
    int index = encoded->count;

    if (encoding == PG_NO_MEMORY)
        return ar_fail_no_memory(failure);
    if (encoding != PG_ENCODED)
        return ar_pg_refuse(statement, column, (size_t)index + 1, encoding, failure);
    encoded->oids[index] = parameter->oid;
    encoded->data[index] = parameter->data;
    encoded->lengths[index] = parameter->length;
    encoded->formats[index] = parameter->oid != 0;
    encoded->size += FRAME + (size_t)parameter->length;
    encoded->count++;
    return AR_OK;
}

/* The number of items that PostgreSQL expects an array of unknown size to have (estimate_array_length in
 * src/backend/utils/adt/selfuncs.c). */
enum { EXPECTED_KEYS = 10 };

static bool repeat_integer(struct key_set *keys, struct arena *arena)
{
    int64_t *filled = ar_arena_allocate(arena, EXPECTED_KEYS * sizeof *filled);

    for (size_t i = 0; i < EXPECTED_KEYS && filled != NULL; i++)
        filled[i] = keys->integers[i < keys->count ? i : keys->count - 1];
    keys->integers = filled;
    return filled != NULL;
}

static bool repeat_values(struct key_set *keys, struct arena *arena)
{
    size_t columns = keys->column_count, last = (keys->count - 1) * columns;
    struct ar_value *filled = ar_arena_allocate(arena, EXPECTED_KEYS * columns * sizeof *filled);

    for (size_t i = 0; i < EXPECTED_KEYS * columns && filled != NULL; i++)
        filled[i] = keys->values[i < last ? i : last + i % columns];
    keys->values = filled;
    return filled != NULL;
}

/* Return the keys, or NULL if out of memory. If they are fewer than expected, the last one is repeated: PostgreSQL
 * keeps the plan of a prepared statement only while it does not expect those for the received arrays to be cheaper.
 * With fewer items it would plan the statement again each time, which takes longer than to run it. */
static const struct key_set *fill_up(const struct parameter *parameter, struct arena *arena)
{
    const struct key_set *keys = parameter->keys;
    struct key_set *filled;

    if (!parameter->may_repeat || keys->count == 0 || keys->count >= EXPECTED_KEYS)
        return keys;
    filled = ar_arena_allocate(arena, sizeof *filled);
    if (filled == NULL)
        return NULL;
    *filled = *keys;
    if (!(keys->integers != NULL ? repeat_integer : repeat_values)(filled, arena))
        return NULL;
    filled->count = EXPECTED_KEYS;
    return filled;
}

static enum ar_status encode_keys(const struct statement *statement, const struct parameter *parameter,
                                  struct arena *arena, struct encoded *out, struct failure *failure)
{
    const struct key_set *keys = fill_up(parameter, arena);
    enum ar_status status = keys != NULL ? AR_OK : ar_fail_no_memory(failure);

    for (size_t i = 0; status == AR_OK && i < keys->column_count; i++) {
        struct pg_parameter one;
        enum pg_encoding encoding = ar_pg_encode_keys(keys, i, arena, &one);
        status = add_parameter(out, statement, parameter->column, &one, encoding, failure);
    }
    return status;
}

static enum ar_status encode_value(const struct statement *statement, const struct parameter *parameter,
                                   struct arena *arena, struct encoded *out, struct failure *failure)
{
    struct pg_parameter one;
    enum pg_encoding encoding = ar_pg_encode(&parameter->value, parameter->column, arena, &one);
    enum ar_status status = add_parameter(out, statement, parameter->column, &one, encoding, failure);

    if (status == AR_OK && parameter->is_untyped)
        out->oids[out->count - 1] = 0;
    return status;
}

enum ar_status ar_pg_encode_parameters(const struct statement *statement, struct arena *arena, struct encoded *out,
                                       struct failure *failure)
{
    size_t count = count_parameters(statement);
    enum ar_status status = AR_OK;

    *out = (struct encoded){
        .oids = ar_arena_allocate(arena, (count + 1) * sizeof *out->oids),
        .data = ar_arena_allocate(arena, (count + 1) * sizeof *out->data),
        .lengths = ar_arena_allocate(arena, (count + 1) * sizeof *out->lengths),
        .formats = ar_arena_allocate(arena, (count + 1) * sizeof *out->formats),
    };
    if (out->oids == NULL || out->data == NULL || out->lengths == NULL || out->formats == NULL)
        return ar_fail_no_memory(failure);
    for (size_t i = 0; i < statement->parameter_count && status == AR_OK; i++) {
        const struct parameter *parameter = &statement->parameters[i];
        status = parameter->keys != NULL ? encode_keys(statement, parameter, arena, out, failure)
                                         : encode_value(statement, parameter, arena, out, failure);
    }
    if (status == AR_OK && out->size > AR_PG_MESSAGE_MAX)
        status = refuse_sizes(statement, out, failure);
    return status;
}
