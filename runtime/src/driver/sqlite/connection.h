/* A connection to a SQLite database. */
#ifndef AR_SQLITE_CONNECTION_H
#define AR_SQLITE_CONNECTION_H

#include "base/arena.h"
#include "base/statement_cache.h"
#include "driver/sqlite/schema.h"
#include "driver/sqlite/statement.h"

struct connection {
    sqlite3 *database;
    struct statement_cache statements;
    struct sqlite_schema schema;
    struct sqlite_reader *reader; /* of the running statement */
    unsigned busy_timeout;        /* of the database, in milliseconds */
    unsigned timeout;             /* of the session that has the connection, in milliseconds; 0: none */
    uint64_t deadline;            /* of the running statement, in microseconds */
    bool is_timed_out;            /* the running statement exceeded its deadline */
    bool is_changed;              /* user SQL may have changed settings of the connection */
    bool is_plain;                /* without virtual tables and functions of this process, see plain.h */
    struct arena memory;          /* of running statements, if it is plain */
};

#endif
