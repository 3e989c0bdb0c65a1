/* WAL positions of servers. */
#include "link/position.h"

#include "model/row.h"

/* Return the number; `otherwise` if it is NULL. */
static int64_t number_of(const struct ar_value *value, int64_t otherwise)
{
    return value->kind == AR_VALUE_INTEGER ? value->integer : otherwise;
}

static enum ar_status take_position(void *payload, const struct row *row)
{
    enum { REACHED, IS_STANDBY, SYSTEM, TIMELINE, AGE, COLUMNS };
    struct position *position = payload;
    struct ar_value values[COLUMNS];

    if (!ar_row_values(row, COLUMNS, values))
        return AR_NO_MEMORY;
    position->at = (struct place){(uint64_t)number_of(&values[SYSTEM], 0), (uint64_t)number_of(&values[REACHED], 0),
                                  (uint32_t)number_of(&values[TIMELINE], 0)};
    position->is_standby = number_of(&values[IS_STANDBY], 0) != 0;
    /* A standby that has just started has replayed nothing. */
    position->age_ms = number_of(&values[AGE], INT64_MAX);
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
