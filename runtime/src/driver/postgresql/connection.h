/* A connection to a PostgreSQL server: its state, interruption, and end. connect.h creates it, pipeline.h runs
 * statements. */
#ifndef AR_POSTGRESQL_CONNECTION_H
#define AR_POSTGRESQL_CONNECTION_H

#include "base/arena.h"
#include "base/pointer_map.h"
#include "base/statement_cache.h"
#include "driver/driver.h"
#include "driver/postgresql/libpq.h"
#include "driver/postgresql/parts.h"

#include <pthread.h>

enum { ROUND_TRIPS_KEPT = 4, SCRATCH_KEPT = 256 << 10 };

/* A fatal error that arrived while no statement ran, with which the server closes the connection. */
struct fatal_notice {
    char sqlstate[6]; /* "": none arrived */
    char message[256];
};

/* A violated constraint that a server that shards reported as a warning in the current run. */
struct warning {
    char sqlstate[6]; /* "": there was none */
    char message[512], detail[512];
};

struct connection {
    PGconn *server;
    struct engine engine;
    struct statement_cache statements; /* by SQL string; the handle is a struct prepared */
    struct arena scratch;              /* of one run */
    struct pointer_map rules;          /* by relation: how its keys are compared */
    struct prepared *dropped;          /* evicted from the cache: the next run deallocates them */
    unsigned last_number;
    bool is_pooled;           /* the next transaction may run in another server process: nothing is set for longer */
    bool no_named_statements; /* and its pooler does not know named statements */
    bool is_read_only;
    bool has_settings;       /* pooled: the open transaction has the settings */
    bool is_unnamed;         /* pooled: a named statement was outdated; the next run uses none */
    unsigned generation;     /* pooled: how often that was so */
    unsigned left_over;      /* pooled: statements that were evicted but cannot be closed */
    unsigned lock_timeout;   /* in milliseconds */
    bool is_lost;            /* a run was sent or answered only in part: close the connection */
    bool is_checked;         /* it was taken from the pool, and open, just before the next run */
    bool is_changed;         /* user SQL ran: the session's settings, role, temporary tables … may differ */
    char settings[512];      /* SQL of the settings that the driver relies on */
    unsigned timeout;        /* of the session that has the connection, in milliseconds; 0: none */
    unsigned server_timeout; /* the statement_timeout that the server has; 0: its default */
    bool is_timed_out;       /* the server did not answer within the timeout: the connection is lost */
    struct fatal_notice fatal_notice;
    struct warning warning;
    pthread_mutex_t running; /* guards is_running and was_interrupted; held while an interrupt is sent to the server */
    bool is_running;
    bool was_interrupted;                   /* the running statement, or the last one */
    uint64_t round_trips[ROUND_TRIPS_KEPT]; /* recent measurements in microseconds */
    size_t measured_count;
    unsigned run_count; /* of runs that could have measured one */
};

/* A named prepared statement. */
struct prepared {
    struct connection *connection;
    struct prepared *next_dropped;
    struct part_history history;
    char name[24];
    int type_count;
    Oid types[]; /* of its parameters; 0: the server decided */
};

/* The driver's disconnect, engine, in_transaction, is_usable, take, set_timeout, round_trip and interrupt. */
void ar_pg_disconnect(struct connection *connection);
const struct engine *ar_pg_engine(const struct connection *connection);
bool ar_pg_in_transaction(const struct connection *connection);
bool ar_pg_is_usable(struct connection *connection);
bool ar_pg_take(struct connection *connection);
void ar_pg_set_timeout(struct connection *connection, unsigned milliseconds);
uint64_t ar_pg_round_trip(const struct connection *connection);
void ar_pg_interrupt(struct connection *connection);

/* Drop a prepared statement: the next run deallocates it on the server. */
void ar_pg_drop(void *handle);

/* Free the dropped statements without deallocating them: the server forgets them by itself. */
void ar_pg_free_dropped(struct connection *connection);

/* Note that a statement has started, or has ended. */
void ar_pg_note_running(struct connection *connection, bool is_running);

/* Return true if ar_session_interrupt cancelled the last statement. */
bool ar_pg_was_interrupted(struct connection *connection);

/* Return true while the connection is usable. */
bool ar_pg_is_connected(const struct connection *connection);

/* Return true unless the server has closed the connection. Call it while no answer is expected. */
bool ar_pg_is_open(struct connection *connection);

#endif
