/* COPY FROM STDIN in binary format (https://www.postgresql.org/docs/15/sql-copy.html, "Binary Format"). */
#include "driver/postgresql/copy.h"

#include "driver/postgresql/encode.h"
#include "driver/postgresql/error.h"
#include "driver/postgresql/wait.h"
#include "model/field.h"

#include <stdlib.h>
#include <string.h>

/* Bytes to send next. Sending small pieces would make the server and this thread wait for each other; a single large
 * piece would leave the server idle until it is complete. */
struct buffer {
    struct connection *connection;
    char *start, *end;
};

enum {
    BUFFER_SIZE = 64 << 10,
    FIELD_SIZE = 4 + 8 /* maximum size of a number or time with its length; of a string, without its bytes */
};

bool ar_pg_is_copy(const struct statement *statement)
{
    return statement->parameter_count == 1 && statement->parameters[0].rows != NULL;
}

static bool flush(struct buffer *buffer)
{
    size_t size = (size_t)(buffer->end - buffer->start);

    buffer->end = buffer->start;
    return ar_pg_send_copy(buffer->connection, buffer->start, size);
}

/* Make room for `size` bytes, which must not exceed the buffer's size. */
static inline bool make_room(struct buffer *buffer, size_t size)
{
    return (size_t)(buffer->end - buffer->start) + size <= BUFFER_SIZE || flush(buffer);
}

/* Send a string or blob that is larger than the buffer, without copying it. */
static bool put_large(struct buffer *buffer, const struct ar_bytes *large)
{
    if (!make_room(buffer, FIELD_SIZE))
        return false;
    ar_pg_put_32(buffer->end, (uint32_t)large->size);
    buffer->end += sizeof(uint32_t);
    return flush(buffer) && ar_pg_send_copy(buffer->connection, large->data, large->size);
}

enum put { PUT, PUT_REFUSED, PUT_TOO_LARGE, PUT_FAILED, PUT_UNUSUAL };

/* Write a field of one of the usual types. Return PUT_UNUSUAL if put_field() must write it. */
static inline enum put put_usual(struct buffer *buffer, const struct ar_column *column, Oid type, const void *record)
{
    const char *from = (const char *)record + column->offset, *text;
    int64_t integer;
    size_t size;

    if ((column->flags & AR_COLUMN_NULLABLE) != 0)
        return PUT_UNUSUAL;
    if (!make_room(buffer, FIELD_SIZE))
        return PUT_FAILED;
    if (column->type == AR_TYPE_INT64 && type == OID_INT8) {
        memcpy(&integer, from, sizeof integer);
        ar_pg_put_32(buffer->end, sizeof integer);
        ar_pg_put_64(buffer->end + 4, (uint64_t)integer);
        buffer->end += FIELD_SIZE;
        return PUT;
    }
    if (column->type != AR_TYPE_TEXT)
        return PUT_UNUSUAL;
    memcpy(&text, from, sizeof text);
    size = text != NULL ? strlen(text) : 0;
    if (text == NULL || FIELD_SIZE + size > BUFFER_SIZE)
        return PUT_UNUSUAL;
    if (!make_room(buffer, FIELD_SIZE + size))
        return PUT_FAILED;
    ar_pg_put_32(buffer->end, (uint32_t)size);
    memcpy(buffer->end + 4, text, size);
    buffer->end += 4 + size;
    return PUT;
}

static enum put put_field(struct buffer *buffer, const struct ar_column *column, Oid type, const void *record)
{
    struct ar_value value = ar_field_value(column, record);
    bool has_bytes = value.kind == AR_VALUE_TEXT || value.kind == AR_VALUE_BLOB;
    size_t size = sizeof(uint32_t) + ar_pg_size(&value, column);

    if (has_bytes && value.bytes.size > AR_PG_MESSAGE_MAX)
        return PUT_TOO_LARGE;
    if (size > BUFFER_SIZE)
        return put_large(buffer, &value.bytes) ? PUT : PUT_FAILED;
    if (!make_room(buffer, size))
        return PUT_FAILED;
    return ar_pg_append(&value, column, type, &buffer->end) == PG_ENCODED ? PUT : PUT_REFUSED;
}

static bool put_bytes(struct buffer *buffer, const char *bytes, size_t size)
{
    if (!make_room(buffer, size))
        return false;
    memcpy(buffer->end, bytes, size);
    buffer->end += size;
    return true;
}

/* Send all rows. If a value is refused, *refused is its column. */
static enum put put_rows(struct buffer *buffer, const struct row_set *rows, const struct ar_column **refused)
{
    static const char head[19] = "PGCOPY\n\377\r\n"; /* then a zero byte, flags, and the length of an extension */
    static const char tail[2] = {(char)-1, (char)-1};
    const char count[2] = {(char)(unsigned char)(rows->column_count >> 8), (char)(unsigned char)rows->column_count};
    enum put put = put_bytes(buffer, head, sizeof head) ? PUT : PUT_FAILED;

    for (size_t row = 0; row < rows->count && put == PUT; row++) {
        put = put_bytes(buffer, count, sizeof count) ? PUT : PUT_FAILED;
        for (size_t i = 0; i < rows->column_count && put == PUT; i++) {
            const void *record = ar_row_set_at(rows, row);
            put = put_usual(buffer, rows->columns[i], rows->types[i], record);
            if (put == PUT_UNUSUAL)
                put = put_field(buffer, rows->columns[i], rows->types[i], record);
            if (put == PUT_REFUSED || put == PUT_TOO_LARGE)
                *refused = rows->columns[i];
        }
    }
    if (put == PUT && (!put_bytes(buffer, tail, sizeof tail) || !flush(buffer)))
        return PUT_FAILED;
    return put;
}

/* Receive the remaining results. */
static void drain(struct connection *connection)
{
    PGresult *result;

    while (ar_pg_is_connected(connection) && (result = ar_pg_take_result(connection)) != NULL) {
        /* The COPY still accepts rows: libpq would return this result forever. */
        if (PQresultStatus(result) == PGRES_COPY_IN)
            connection->is_lost = true;
        PQclear(result);
    }
}

/* Send the rows, and receive the server's answer. */
static enum ar_status send_rows(struct buffer *buffer, const struct statement *statement, struct outcome *outcome,
                                struct failure *failure)
{
    struct connection *connection = buffer->connection;
    const struct ar_column *refused = NULL;
    enum put put = put_rows(buffer, statement->parameters[0].rows, &refused);
    enum ar_status status = AR_OK;
    PGresult *result;

    if (put == PUT_FAILED || PQputCopyEnd(connection->server, refused != NULL ? "a value cannot be sent" : NULL) != 1)
        return ar_pg_fail_to_send(connection, statement, failure);
    result = ar_pg_take_result(connection);
    if (refused != NULL)
        status = ar_pg_refuse(statement, refused, 0, put == PUT_TOO_LARGE ? PG_TOO_LARGE : PG_OUT_OF_RANGE, failure);
    else if (PQresultStatus(result) != PGRES_COMMAND_OK)
        status = ar_pg_fail(connection, result, statement, failure);
    else
        outcome->changes = strtoull(PQcmdTuples(result), NULL, 10);
    PQclear(result);
    return status;
}

/* Start the COPY. */
static enum ar_status begin(struct connection *connection, const struct statement *statement, struct failure *failure)
{
    enum ar_status status = AR_OK;
    PGresult *result;

    if (PQsendQuery(connection->server, statement->sql) != 1)
        return ar_pg_fail_to_send(connection, statement, failure);
    result = ar_pg_take_result(connection);
    if (PQresultStatus(result) != PGRES_COPY_IN)
        status = ar_pg_fail(connection, result, statement, failure);
    PQclear(result);
    return status;
}

enum ar_status ar_pg_copy(struct connection *connection, const struct statement *statement, struct outcome *outcome,
                          struct failure *failure)
{
    struct buffer buffer = {.connection = connection, .start = ar_arena_allocate(&connection->scratch, BUFFER_SIZE)};
    enum ar_status status;

    if (buffer.start == NULL)
        return ar_fail_no_memory(failure);
    buffer.end = buffer.start;
    status = begin(connection, statement, failure);
    if (status == AR_OK)
        status = send_rows(&buffer, statement, outcome, failure);
    drain(connection);
    return status;
}
