/* The interface of a database: the one place where databases differ.
 *
 * A driver is a folder that implements struct driver, and an entry in drivers.c. Code above it never compares names of
 * databases: it calls the driver, or reads a fact of its dialect. Generated code has SQL for each database (struct
 * ar_sql), of which a driver picks its own.
 *
 * Besides standard SQL, every database must understand: INSERT … ON CONFLICT (key) DO UPDATE SET … WHERE …, with the
 * proposed row as `excluded`; INSERT … DEFAULT VALUES; RETURNING; LIMIT and OFFSET; CREATE TABLE IF NOT EXISTS; and
 * SAVEPOINT, RELEASE and ROLLBACK TO.
 *
 * A connection is used by one thread at a time. Every function with a `failure` records why it failed. */
#ifndef AR_DRIVER_H
#define AR_DRIVER_H

#include "base/arena.h"
#include "base/error.h"
#include "driver/statement.h"
#include "model/field.h"
#include "model/type_info.h"

#include <armature/db.h>
#include <armature/query.h>

struct connection;
struct driver;

/* A bulk copy of structs into a table, which is faster than INSERT. */
struct bulk_copy {
    const struct ar_model *model;
    struct row_set rows; /* prepare_copy sets the types */
    bool wants_keys;     /* the database generates the keys: draw one for each row */
    struct arena *arena; /* for what the driver allocates */
    struct failure *failure;
    /* Results of the queries of prepare_copy. */
    bool is_possible;
    int64_t *keys; /* if wanted, one for each row */
};

/* Number of statements that prepare a bulk copy. */
enum { AR_COPY_QUERIES = 2 };

/* The type of a column in the database, as a catalog query of the dialect returns it. */
struct catalog_type {
    const char *name; /* as in DDL; "" if the column has none */
    int64_t id;       /* the number of the type, or of the type that its domain is based on; 0 if types have none */
    int64_t named_id; /* the number of the type that the model's column names (struct ar_cast); 0 if there is none */
};

/* What a relation in the catalog is. */
enum catalog_kind {
    CATALOG_MISSING, /* there is none of this name */
    CATALOG_TABLE,
    CATALOG_VIEW,
    CATALOG_OTHER, /* the name is that of an index, a sequence, … */
    CATALOG_TYPE   /* not a relation: a type that a model names */
};

/* The results of dialect.columns_query, in this order. There is a row for each column of each table, sorted by table
 * and position; one with a NULL name for a table without columns, or that is missing; and, if columns have casts, one
 * for each type, with its place in the list of types as COLUMN_TABLE. */
enum catalog_column_result {
    COLUMN_TABLE,           /* the place of the table in the list, from 0 */
    COLUMN_KIND,            /* enum catalog_kind */
    COLUMN_NAME,            /* of the column */
    COLUMN_TYPE_NAME,       /* struct catalog_type; of an enum type that a model names, its labels: 'a','b''c' */
    COLUMN_TYPE_ID,         /* likewise */
    COLUMN_IS_NOT_NULL,     /* 0 or 1, as all that follow */
    COLUMN_HAS_DEFAULT,     /* an insert may omit it, even if it is NOT NULL */
    COLUMN_IS_COMPUTED,     /* AR_GENERATED */
    COLUMN_NUMBERS_ROWS,    /* an insert that omits it gets a new key */
    COLUMN_ALWAYS_NUMBERED, /* and it cannot be inserted */
    COLUMN_RESULTS
};

/* The results of dialect.keys_query, in this order. There is a row for each column of each primary key and of each
 * unique index that has all rows and no expression, sorted by table and index. */
enum catalog_key_result {
    KEY_TABLE,      /* the place of the table in the list, from 0 */
    KEY_INDEX,      /* the number of the index: unique within the table */
    KEY_IS_PRIMARY, /* 0 or 1 */
    KEY_COLUMN,     /* the name of the column; NULL: something else, such as the rowid */
    KEY_RESULTS
};

/* SQL around an expression. */
struct sql_brackets {
    const char *open, *close;
};

/* The SQL of migrations. Placeholders are $1, $2, … in each. */
struct migration_sql {
    const char *exists; /* selects a row if the table armature_migrations exists */
    const char *create; /* creates it if it does not exist */
    const char *select; /* number, name, checksum, step, is_running, and applied_at in UTC or NULL, by number */
    /* Select true if no other connection had the lock of migrations, and release it. NULL: a transaction that may write
     * excludes other writers. */
    const char *lock, *unlock;
    const char *set_patience; /* sets how long statements wait for locks to $1, a number of milliseconds as a string */
    /* For $1 and $2, the table and the name of an index as they are written: selects if the index is valid, and its
     * name with its schema. NULL: indexes are valid. */
    const char *index_state;
    const char *drop_index; /* in front of such a name: drops the index outside of a transaction */
    /* Stop and resume the enforcement of foreign keys, outside of a transaction; and describe the rows that violate
     * one. NULL: no script needs it. */
    const char *stop_foreign_keys, *resume_foreign_keys, *dangling;
    /* A table with the path of the backup that precedes migrations, until they are complete: selects the path if it is
     * $1, creates it, adds $1 to it, and drops it. NULL with driver.backup. */
    const char *backup_exists, *backup_find, *backup_create, *backup_add, *backup_drop;
};

/* Facts about a database's SQL. */
struct dialect {
    /* Transactions. */
    const char *begin_write;                              /* a transaction that may write */
    const char *begin_read;                               /* a read-only transaction */
    const char *begin_snapshot;                           /* a transaction that reads one state of the database */
    const char *isolation[AR_ISOLATION_SERIALIZABLE + 1]; /* added to begin_write or begin_read */
    /* Added to a SELECT, one after the other: lock its rows. All are empty if a transaction that may write excludes
     * other writers. */
    const char *lock[AR_LOCK_SHARE + 1], *lock_wait[AR_LOCK_SKIP + 1];
    const char *lock_counted; /* likewise, but others may insert rows that refer to them; NULL if a writer is alone */
    /* Selects the server's WAL position as an integer, if it is a standby, and integers that may be NULL: the number of
     * its cluster, its timeline, and the milliseconds since the commit of the last transaction that a standby has
     * replayed. A standby has everything that was committed before a position once it has reached it. NULL if there are
     * no standbys. If commits do not wait for the disk, the position includes what is not yet written, so that a
     * standby may reach it slightly later than necessary. */
    const char *position;
    /* Expressions. */
    bool numbers_parameters; /* placeholders are $1, $2, …; otherwise ? */
    /* The schema of the built-in functions and operators. Every statement qualifies them with it: otherwise another
     * user's function of the same name, in a schema on the search path, could be called (CVE-2018-1058). NULL if
     * functions and operators have no schemas. */
    const char *builtin_schema;
    bool has_schemas;            /* a table may be in a schema; otherwise its schema is left out */
    const char *in_select;       /* IN with a sub-select in parentheses after it, as ` IN ` */
    const char *like, *like_end; /* around the pattern, whose escape character is the backslash */
    const char *glob;            /* if LIKE ignores the case of ASCII letters, the operator that does not */
    /* Around a column of strings, so that `=` or LIKE with a folded string ignores the case of ASCII letters, and of no
     * others. An index on the expression of fold_to_equal serves both. */
    struct sql_brackets fold_to_equal, fold_to_match;
    bool sorts_null_last;          /* by default */
    const char *decimal_collation; /* after a column of decimals that are strings, so that they are compared; or NULL */
    bool lacks_decimal_order;      /* there is no way to compare decimals that are strings */
    bool has_decimals;             /* otherwise a decimal is an integer in the unit of its field */
    bool times_have_fractions;     /* of a second, which a time_t cannot hold */
    const char *casts[AR_TYPE_COUNT]; /* types to which CAST fails if an integer does not fit; or NULL */
    bool has_json_operators;          /* JSON is jsonb, with its operators; otherwise a string, with functions of it */
    bool has_column_casts;            /* columns with a `cast` have that type; otherwise they are strings */
    /* Function that returns its first argument, a number, or fails with VIOLATION_RANGE if it is not between the second
     * and the third; if the fourth is 1, it rounds to a float. NULL if it is built from CASE and `range_error`, an
     * expression that fails likewise, or a division by zero if that is NULL, too. */
    const char *in_range;
    const char *range_error;
    struct sql_brackets is_integer; /* around a number: true if it is an integer, which overflows are not; or "" */
    /* Sets of keys. */
    bool has_key_arrays;                      /* a set is an array per column; otherwise the argument of `key_table` */
    struct sql_brackets in_keys, not_in_keys; /* around a set of keys of one column */
    const char *key_table; /* table function with the columns k0, k1, … and ordinal, from 0; NULL with arrays */
    /* Function that returns true if a key is in a set, so that no index is used: for ACCESS_BY_SCAN. NULL: a column
     * with a unary plus is not searched by an index. */
    const char *key_test;
    bool returns_ordinals;   /* ar_relation.select returns the key's ordinal last, unless keys are single integers */
    bool plans_by_limit;     /* the plan of a statement depends on the value of its LIMIT */
    bool prefers_single_key; /* a single key is bound as values, because a set costs more */
    bool has_lateral_joins;  /* a sub-select in FROM can refer to tables before it */
    bool numbers_key_alone;  /* the column that numbers rows is the primary key, even if the model has more columns */
    bool has_write_queries;  /* a write with RETURNING can be a WITH query */
    /* In the RETURNING of an INSERT … ON CONFLICT: true if the row was inserted, false if it was updated. NULL if there
     * is no such expression; a transaction that may write must then exclude other writers. */
    const char *is_inserted;
    /* Inserts of many rows. */
    /* Selects the expression by which the database makes the value of a column that an INSERT omits, so that it can be
     * evaluated by `generate_series`: $1 is the table, $2 the column. No row or NULL: there is none, or it cannot be
     * evaluated separately. NULL: rows whose key has a default are inserted one by one. */
    const char *default_query;
    const char *row_table;  /* table function over structs, with the columns c0, c1, …; or NULL */
    size_t values_size_max; /* maximum size of all values of a statement in bytes; 0: the driver has no limit */
    size_t row_values_max;  /* number of values of a set of rows for one statement; 0: there is no limit */
    /* Plans of user SQL: what precedes a statement to explain it, and the column of the result with the text. */
    const char *explain;
    size_t explain_column;
    /* Migrations. */
    bool has_dollar_quotes; /* strings may be in dollar quotes, and comments nest; otherwise names may be in brackets */
    struct migration_sql migration;
    /* The catalog. Both queries take the names of tables as a set of keys: `ar_model.qualified` if the dialect has
     * schemas, otherwise `ar_model.table`. The first one also takes the types of casts, if columns have casts. */
    const char *columns_query, *keys_query;
    bool ignores_case_of_names; /* of tables and columns: of ASCII letters */
    bool replaces_views;        /* the SQL that creates a view replaces one that exists */
    /* The table of struct ar_db_options.schema. `checked_query` returns a row if the models with the fingerprint in the
     * second parameter were checked, and none of the tables in the first one was altered since. `note_checked` writes
     * this; both have the same parameters. */
    const char *checked_query, *note_checked;
    /* Failures. */
    bool explains_violations; /* the message for a violated constraint names the constraint, the key and its values */
    /* Selects the tables whose foreign keys may refuse that rows of table $1 are deleted: they refer to it, or to rows
     * that the database deletes with it. NULL with `explains_violations`. */
    const char *refusing_query;
};

/* Facts about the server of a connection that the dialect cannot know. They are found when it is opened. */
struct engine {
    bool is_sharded;           /* rows of a table may be on several servers, chosen by one of its columns */
    const char *before_schema; /* SQL that precedes schema statements in their transaction; NULL: none */
};

struct driver {
    const char *name; /* of the database, in traces */
    /* Return the driver for connections with these options, whose dialect may differ. NULL: this one. */
    const struct driver *(*choose)(const struct ar_db_options *options);
    /* Return the location that the URL names, which is allocated by malloc, or NULL with the failure recorded. A
     * database in memory lasts as long as one connection to its location is open (*is_in_memory); `unique` is an
     * address that makes the location unique in this process. */
    char *(*locate)(const char *url, const void *unique, bool *is_in_memory, struct failure *failure);
    /* If `to_standby`, connect to a standby if there is one, for reading only. */
    enum ar_status (*connect)(const char *location, const struct ar_db_options *options, bool to_standby,
                              struct connection **out, struct failure *failure);
    void (*disconnect)(struct connection *connection);
    /* Return the facts about its server. NULL: none of them is true of any. */
    const struct engine *(*engine)(const struct connection *connection);
    /* Run statements in this order, in one round trip. The first failure ends the run: later statements are not run.
     * `outcomes` has one for each, all zero. */
    enum ar_status (*run)(struct connection *connection, const struct statement *statements, size_t count,
                          struct outcome *outcomes, struct failure *failure);
    /* Run several statements in one string, without parameters and rows. */
    enum ar_status (*run_script)(struct connection *connection, const char *sql, struct failure *failure);
    bool (*in_transaction)(const struct connection *connection);
    /* Return true if the connection is usable and idle, as far as that is known without a round trip. */
    bool (*is_usable)(struct connection *connection);
    /* The same for a connection that a session takes from the pool, to run a statement at once. */
    bool (*take)(struct connection *connection);
    /* Reset what user SQL has set for the connection, before another session gets it. Do nothing if no user SQL ran.
     * Return false if that is impossible, or if the connection is lost or in a transaction: it must be closed. */
    bool (*reset)(struct connection *connection);
    /* Set the time limit of later statements in milliseconds; 0: no limit. */
    void (*set_timeout)(struct connection *connection, unsigned milliseconds);
    /* Return the recently measured time of a round trip in microseconds. NULL if the database is in this process. */
    uint64_t (*round_trip)(const struct connection *connection);
    /* Cancel the running statement of the connection. May be called from any thread. */
    void (*interrupt)(struct connection *connection);
    /* Find out if outcome.key is the key that the database generates for a row of the model. NULL if keys are returned
     * by RETURNING only. */
    enum ar_status (*reports_key)(struct connection *connection, const struct ar_model *model, bool *out,
                                  struct failure *failure);
    /* Find out if keys of the relation, which contain strings, may be equal without having the same bytes, because
     * their columns have a collation or padding. */
    enum ar_status (*compares_by_rules)(struct connection *connection, const struct ar_relation *relation, bool *out,
                                        struct failure *failure);
    /* Choose the fastest access path to a relation's rows for a number of integer keys. NULL if the database's planner
     * chooses it. */
    enum ar_status (*choose_access_path)(struct connection *connection, const struct ar_relation *relation,
                                         size_t key_count, enum access_path *out, struct failure *failure);
    /* Find the keys that the database will generate for the next `count` rows of the model in the open transaction:
     * *first and those after it. *first is 0 if the key of each row must be queried. Required with dialect.row_table.
     */
    enum ar_status (*next_keys)(struct connection *connection, const struct ar_model *model, size_t count,
                                int64_t *first, struct failure *failure);
    /* Fill in the statements that find out if the rows can be copied, and draw their keys; they must run in the
     * transaction of the copy, and set the copy's results. Then fill in the copy itself, whose outcome has the number
     * of rows. Both return false if out of memory, and are NULL if the database has no bulk copy. */
    bool (*prepare_copy)(struct bulk_copy *copy, struct statement queries[AR_COPY_QUERIES]);
    bool (*copy_statement)(const struct bulk_copy *copy, struct statement *out);
    /* Describe in a few words how the statement's rows would be fetched. */
    enum ar_status (*describe)(struct connection *connection, const struct statement *statement, const char **out,
                               struct failure *failure);
    /* Copy the database to a new file, which is complete and on the disk when it appears. An existing file is not
     * changed: AR_CONFLICT. NULL: a database is not a file. */
    enum ar_status (*backup)(struct connection *connection, const char *path, struct failure *failure);
    /* Return true if the values of a column of this type can be read into the field and, unless the model is read-only,
     * written from it. */
    bool (*has_field_type)(const struct ar_column *column, const struct catalog_type *type);
    /* Return the type that the database has for the field, for messages. */
    const char *(*type_name)(const struct ar_column *column);
    /* Return the SQL for this database. */
    const char *(*pick)(const struct ar_sql *sql);
    struct dialect dialect;
};

/* Return the driver for a database URL and options, or NULL with the failure recorded. */
const struct driver *ar_driver_find(const char *url, const struct ar_db_options *options, struct failure *failure);

extern const struct driver ar_driver_sqlite;
extern const struct driver ar_driver_postgresql;

#endif
