/* Encoding of parameters, and the refusal of values that PostgreSQL cannot store. */
#include "driver/postgresql/parameters.h"

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
        struct pg_parameter one;
        enum pg_encoding encoding;
        if (parameter->keys == NULL) {
            encoding = ar_pg_encode(&parameter->value, parameter->column, arena, &one);
            status = add_parameter(out, statement, parameter->column, &one, encoding, failure);
            if (status == AR_OK && parameter->is_untyped)
                out->oids[out->count - 1] = 0;
        }
        for (size_t k = 0; parameter->keys != NULL && k < parameter->keys->column_count && status == AR_OK; k++) {
            encoding = ar_pg_encode_keys(parameter->keys, k, arena, &one);
            status = add_parameter(out, statement, parameter->column, &one, encoding, failure);
        }
    }
    if (status == AR_OK && out->size > AR_PG_MESSAGE_MAX)
        status = refuse_sizes(statement, out, failure);
    return status;
}
