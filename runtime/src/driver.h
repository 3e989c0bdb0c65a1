/* What a database must be able to do: the one place where SQLite and others differ.
 *
 * A connection belongs to one thread at a time. Every function that fails fills `failure`. */
#ifndef AR_DRIVER_H
#define AR_DRIVER_H

#include "error.h"

#include <armature/db.h>
#include <armature/model.h>
#include <armature/value.h>

struct connection;

/* Keys bound as one parameter: the rows of armature_keys(?), with columns k0, k1, … and `ordinal`, counted from 0. */
struct key_set {
    size_t count;
    size_t column_count;
    const int64_t *integers;       /* keys of one integer; otherwise NULL, and … */
    const struct ar_value *values; /* … column_count values for each key */
    const enum ar_type *types;     /* of the values, column_count */
};

struct parameter {
    struct ar_value value;
    const struct ar_column *column; /* that the value is for: it says how a time is stored; NULL for a plain number */
    const struct key_set *keys;     /* instead of the value, if not NULL */
};

/* One statement, what goes into it, and who takes its rows. */
struct statement {
    const char *sql;
    const struct parameter *parameters;
    size_t parameter_count;
    /* Called for each row, with its values, which live for the call alone; NULL: rows are only counted. Another status
     * than AR_OK ends the statement and is returned by it; its failure is the callee's to tell. */
    enum ar_status (*on_row)(void *payload, const struct ar_value *values);
    void *payload;
    size_t column_count; /* of a SELECT that may return many rows; 0: not told */
    /* For the observer and for messages. */
    enum ar_reason reason;
    const struct ar_model *model;
    const struct ar_relation *relation;
};

/* What a statement did. */
struct outcome {
    uint64_t rows;    /* read */
    uint64_t changes; /* rows inserted, updated or deleted */
};

struct driver {
    enum ar_status (*connect)(const char *location, const struct ar_db_options *options, struct connection **out,
                              struct failure *failure);
    void (*disconnect)(struct connection *connection);
    enum ar_status (*run)(struct connection *connection, const struct statement *statement, struct outcome *outcome,
                          struct failure *failure);
    /* Several statements without parameters and rows. */
    enum ar_status (*run_script)(struct connection *connection, const char *sql, struct failure *failure);
    bool (*in_transaction)(const struct connection *connection);
    const char *(*pick)(const struct ar_sql *sql);
};

extern const struct driver ar_driver_sqlite;

#endif
