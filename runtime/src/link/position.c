/* WAL positions of servers. */
#include "link/position.h"

#include "model/row.h"

static enum ar_status take_position(void *payload, const struct row *row)
{
    struct position *position = payload;
    struct ar_value reached, is_standby;

    if (!row->methods->value(row, 0, &reached) || !row->methods->value(row, 1, &is_standby))
        return AR_NO_MEMORY;
    /* NULL: a standby that has just started and replayed nothing. */
    position->reached = reached.kind == AR_VALUE_INTEGER ? (uint64_t)reached.integer : 0;
    position->is_standby = is_standby.kind == AR_VALUE_INTEGER && is_standby.integer != 0;
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
