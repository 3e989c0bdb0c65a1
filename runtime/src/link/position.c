/* WAL positions of servers. */
#include "link/position.h"

#include "model/row.h"

/* Return a number of the row; `otherwise` if it is NULL. */
static bool read_number(const struct row *row, size_t column, int64_t otherwise, int64_t *out)
{
    struct ar_value value;

    if (!row->methods->value(row, column, &value))
        return false;
    *out = value.kind == AR_VALUE_INTEGER ? value.integer : otherwise;
    return true;
}

static enum ar_status take_position(void *payload, const struct row *row)
{
    struct position *position = payload;
    int64_t reached, is_standby, system, timeline;

    /* A standby that has just started has replayed nothing. */
    if (!read_number(row, 0, 0, &reached) || !read_number(row, 1, 0, &is_standby) || !read_number(row, 2, 0, &system) ||
        !read_number(row, 3, 0, &timeline) || !read_number(row, 4, INT64_MAX, &position->age_ms))
        return AR_NO_MEMORY;
    position->at = (struct place){(uint64_t)system, (uint64_t)reached, (uint32_t)timeline};
    position->is_standby = is_standby != 0;
    return AR_OK;
}

struct statement ar_position_statement(const struct driver *driver, struct position *out)
{
    return (struct statement){
        .sql = driver->dialect.position, .on_row = take_position, .payload = out, .reason = AR_REASON_TRANSACTION};
}

enum ar_status ar_position_query(const struct driver *driver, struct connection *connection, struct position *out,
                                 struct failure *failure)
{
    const struct statement statement = ar_position_statement(driver, out);
    struct outcome outcome = {.rows = 0};

    return driver->run(connection, &statement, 1, &outcome, failure);
}

enum ar_status ar_position_check_engine(const struct driver *driver, const struct connection *connection,
                                        struct failure *failure)
{
    if (driver->engine == NULL || !driver->engine(connection)->is_sharded)
        return AR_OK;
    return ar_fail(failure, AR_MISUSE, NULL, NULL,
                   "the rows of this database are on several servers (Citus), each of which has a position: read what "
                   "must be seen without .replica");
}

/* A server on an earlier timeline may have got further, but with other contents. */
bool ar_position_has_reached(const struct position *server, const struct ar_position *token)
{
    struct place wanted;

    if (!ar_token_find(token, server->at.system, &wanted))
        return true;
    return server->at.wal >= wanted.wal && (server->at.timeline == 0 || server->at.timeline >= wanted.timeline);
}
