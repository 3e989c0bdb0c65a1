/* What a database must be able to do: the one place where SQLite and others differ.
 *
 * A connection belongs to one thread at a time. Every function that fails fills `failure`. */
#ifndef AR_DRIVER_H
#define AR_DRIVER_H

#include "base/arena.h"
#include "base/error.h"
#include "driver/statement.h"
#include "model/field.h"

#include <armature/db.h>

struct connection;
struct driver;

/* A bulk copy of structs into a table, which is faster than INSERT. */
struct bulk_copy {
    const struct ar_model *model;
    struct row_set rows; /* prepare_copy sets the types */
    bool wants_keys;     /* the database generates the keys: draw one for each row */
    struct arena *arena; /* for what the driver allocates */
    struct failure *failure;
    /* Results of the questions. */
    bool is_possible;
    int64_t *keys; /* if wanted, one for each row */
};

/* Number of statements that prepare a bulk copy. */
enum { AR_COPY_QUESTIONS = 2 };

/* Where databases' SQL differs. */
struct dialect {
    const char *begin_write;                              /* a transaction that may write */
    const char *begin_read;                               /* a read-only transaction */
    const char *begin_snapshot;                           /* a transaction that reads one state of the database */
    const char *isolation[AR_ISOLATION_SERIALIZABLE + 1]; /* added to begin_write or begin_read */
    const char *for_update;                               /* added to a SELECT: lock its rows */
    /* Where the server is in the database's history, an integer, and whether it only follows another (a standby): what
     * was committed before a position is there once the server has reached it. NULL: there are no standbys.
     * Where commits do not wait for the disk, the position includes what is not yet written, so that it may be reached
     * a little later than need be. */
    const char *position;
    /* Parameters are $1, $2, …, and keys are one array for each of their columns; otherwise they are ?, keys are a
     * table, and rows loaded by keys have the key's place behind their columns. */
    bool has_arrays;
    bool sorts_null_last;   /* by default */
    size_t values_size_max; /* maximum size of all values of a statement in bytes; 0: the driver has no limit */
    /* The schema of the built-in functions and operators. Every statement qualifies them with it, because otherwise
     * another user's function of the same name, in a schema on the search path, could be called (CVE-2018-1058). NULL
     * if functions and operators have no schemas. */
    const char *builtin_schema;
};

struct driver {
    /* With `to_standby`, to a standby if there is one, and for reading only. */
    enum ar_status (*connect)(const char *location, const struct ar_db_options *options, bool to_standby,
                              struct connection **out, struct failure *failure);
    void (*disconnect)(struct connection *connection);
    /* Runs statements in their order, in one round trip where there are any. The first failure ends it: what comes
     * behind is not done. `outcomes` are all zero, one for each. */
    enum ar_status (*run)(struct connection *connection, const struct statement *statements, size_t count,
                          struct outcome *outcomes, struct failure *failure);
    /* Several statements without parameters and rows. */
    enum ar_status (*run_script)(struct connection *connection, const char *sql, struct failure *failure);
    bool (*in_transaction)(const struct connection *connection);
    /* Whether the connection still leads to the database, as far as can be said without a round trip. */
    bool (*is_usable)(struct connection *connection);
    /* Reset what user SQL has set for the connection, before another session gets it. Do nothing if no user SQL ran.
     * Return false if that is impossible and the connection must be closed. */
    bool (*reset)(struct connection *connection);
    /* Set the time limit of later statements in milliseconds; 0: no limit. */
    void (*set_timeout)(struct connection *connection, unsigned milliseconds);
    /* Return the recently measured time of a round trip in microseconds; 0 if the database needs none. */
    uint64_t (*round_trip)(const struct connection *connection);
    /* Cancel the running statement of the connection. May be called from any thread. */
    void (*interrupt)(struct connection *connection);
    /* Only for a database without a planner for arrays of keys, or one that returns keys at no cost; each is NULL
     * otherwise. Find out if the key that the database generates for a row of the model is returned in
     * `outcome.key`. */
    enum ar_status (*tells_key)(struct connection *connection, const struct ar_model *model, bool *out,
                                struct failure *failure);
    /* Find out if keys of the relation, which contain strings, may be equal without having the same bytes, because
     * their columns have a collation or padding. */
    enum ar_status (*compares_by_rules)(struct connection *connection, const struct ar_relation *relation, bool *out,
                                        struct failure *failure);
    /* The fastest way to find a relation's rows for so many integer keys; without it, the database's planner
     * chooses. */
    enum ar_status (*choose_access_path)(struct connection *connection, const struct ar_relation *relation,
                                         size_t key_count, enum access_path *out, struct failure *failure);
    /* Find the keys that the database will generate for the next `count` rows of the model in the open transaction:
     * *first and those after it. *first is 0 if the key of each row must be queried. */
    enum ar_status (*next_keys)(struct connection *connection, const struct ar_model *model, size_t count,
                                int64_t *first, struct failure *failure);
    /* Fill in the statements that find out if the rows can be copied, and draw their keys; they must run in the
     * transaction of the copy, and set the copy's results. Then fill in the copy itself, whose outcome has the number of
     * rows. Both return false if out of memory, and are NULL if the database has no bulk copy. */
    bool (*prepare_copy)(struct bulk_copy *copy, struct statement questions[AR_COPY_QUESTIONS]);
    bool (*copy_statement)(const struct bulk_copy *copy, struct statement *out);
    /* Describe in a few words how the statement's rows would be fetched. */
    enum ar_status (*describe)(struct connection *connection, const struct statement *statement, const char **out,
                               struct failure *failure);
    const char *(*pick)(const struct ar_sql *sql);
    struct dialect dialect;
};

extern const struct driver ar_driver_sqlite;
extern const struct driver ar_driver_postgresql;

#endif
