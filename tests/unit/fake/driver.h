/* A driver without a database: it records the SQL it receives, and returns the rows that the test has set. Its URLs
 * begin with fake:. */
#ifndef FAKE_DRIVER_H
#define FAKE_DRIVER_H

#include "driver/driver.h"

extern const struct driver fake_driver;

/* Discard the recorded statements, and the rows and errors that were set. */
void fake_reset(void);

/* Let the next statement with a row callback return these rows. `values` holds them one after the other, all columns of
 * a row together, and must stay valid. */
void fake_return(size_t rows, size_t columns, const struct ar_value *values);

/* Let the next statement with parameters fail with AR_CONSTRAINT, this violation and this message from the database. */
void fake_fail(enum violation violation, const char *reason);

/* Let the server of connections be a sharded one, until the next reset. */
void fake_set_sharded(void);

/* A primary and a standby, until the next reset. Queries of their positions are answered, and not recorded. */
struct fake_server {
    bool is_down;              /* it refuses connections, and those to it break */
    bool is_broken;            /* it answers queries of its position with an error */
    bool is_promoted;          /* it reports that it is the primary */
    unsigned positions_left;   /* it goes down instead of answering this query of its position; 0: never */
    int64_t system, wal, line; /* its position; `line` is the timeline */
    int64_t age_ms;            /* of the last transaction that it has replayed; < 0: there was none */
    unsigned positions;        /* queries of its position */
    unsigned statements;       /* others */
    unsigned refusals;         /* connections that were refused */
};

/* Without these, there is only a primary, at position 0. */
struct fake_server *fake_primary(void);
struct fake_server *fake_standby(void);

/* Return the number of recorded statements, or one of them: its SQL, followed by ` -- ` and its parameters. */
size_t fake_count(void);
const char *fake_statement(size_t index);

#endif
