/* What goes into a driver and what comes out of it: parameters, statements and outcomes; for rows see model/row.h. */
#ifndef AR_STATEMENT_H
#define AR_STATEMENT_H

#include <armature/model.h>
#include <armature/session.h>
#include <armature/value.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct row;
struct key_table;

/* Keys that are bound as one parameter. */
struct key_set {
    size_t count;
    size_t column_count;
    const int64_t *integers;       /* keys of a single integer; NULL for any other key */
    const struct ar_value *values; /* of any other key: column_count values per key */
    /* The columns of the values, column_count: they decide how a value is encoded. NULL among them: plain integers. */
    const struct ar_column *const *columns;
    bool has_column_types; /* on databases with arrays, strings have the type of the column they are compared with */
    const struct key_table *table; /* the same keys in a hash table */
};

/* Structs that are bound as one parameter. */
enum { AR_ROW_SET_COLUMNS_MAX = 100 };

struct row_set {
    size_t count;
    const void *first;                      /* of an array of structs of one model */
    size_t size;                            /* of a struct */
    const struct ar_column *const *columns; /* the fields to take, in this order */
    size_t column_count;
    const uint32_t *types; /* for COPY: the server's types of the columns */
};

/* Return the struct at an index of the set. */
static inline const void *ar_row_set_at(const struct row_set *rows, size_t index)
{
    return (const char *)rows->first + index * rows->size;
}

/* A single value, a set of keys or a set of rows. */
struct parameter {
    struct ar_value value;
    const struct ar_column *column; /* the value's column, which decides how it is encoded; NULL for a plain number */
    const struct key_set *keys;     /* instead of the value, unless NULL */
    const struct row_set *rows;     /* instead of the value, unless NULL */
    bool is_untyped;                /* on databases with types, the statement decides the type of the value */
    bool may_repeat;                /* the statement returns the same if one of the keys is bound several times */
};

/* One statement, its parameters, and the callback for its rows. A prepared statement is found by `sql` alone: for the
 * same SQL, the presence of on_row, the column count, is_single and is_arranged must always be the same. */
struct statement {
    const char *sql;
    bool is_constant; /* the string stays valid and unchanged until the database is closed */
    bool is_single;   /* it returns at most one row, so that there is no need to look for a second */
    bool is_arranged; /* it has an ORDER BY or LIMIT; unknown if `is_by_name` */
    bool is_by_name; /* user SQL: its columns are matched with those of `model` by name, and delivered in their order */
    bool has_dollars; /* user SQL whose placeholders are $1, $2, … on every database */
    bool fans_out;    /* it reads rows of all shards, see link/shard.h */
    bool is_limited;  /* user SQL that was found to keep to the session's shard */
    const struct parameter *parameters;
    size_t parameter_count;
    /* Called for each row; if NULL, rows are only counted. A status other than AR_OK ends the statement, which then
     * returns it; the callback has recorded the failure. */
    enum ar_status (*on_row)(void *payload, const struct row *row);
    /* Called before the first row, if the driver has round trips, and after the last one, even if there are none; each
     * may be NULL. */
    enum ar_status (*before_rows)(void *payload);
    enum ar_status (*after_rows)(void *payload);
    void *payload;
    size_t column_count; /* of a SELECT; 0 if unknown */
    uint64_t *traced;    /* receives its number in the trace of the database, if it has one; or NULL */
    /* For the observer, the trace and messages. */
    enum ar_reason reason;
    const struct ar_model *model;
    const struct ar_relation *relation;
};

/* The effect of a statement. */
struct outcome {
    bool is_timed; /* set before the run: note when the statement ended */
    bool is_done;  /* the statement ran, successfully or not */
    enum ar_status status;
    uint64_t rows;     /* read */
    uint64_t changes;  /* rows inserted, updated or deleted */
    int64_t key;       /* of the last inserted row, if the driver reports it */
    uint64_t finished; /* when it ended, in nanoseconds of the monotonic clock; 0 if unknown or not asked for */
};

/* How the rows of a relation are found for a number of keys. */
enum access_path {
    ACCESS_BY_KEY,      /* a search for each key */
    ACCESS_BY_SCAN,     /* a full table scan that returns the rows with one of the keys */
    ACCESS_WHOLE_TABLE, /* a full table scan that returns all rows, because most of them are wanted */
};

#endif
