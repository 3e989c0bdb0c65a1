/* A connection to a PostgreSQL server: how it is made, kept usable, and closed. Statements are the driver's. */
#ifndef AR_POSTGRESQL_CONNECTION_H
#define AR_POSTGRESQL_CONNECTION_H

#include "arena.h"
#include "driver.h"
#include "pointer_map.h"
#include "statement_cache.h"

#include <libpq-fe.h>
#include <pthread.h>

enum { ROUND_TRIPS_KEPT = 4, SCRATCH_KEPT = 256 << 10 };

/* A fatal error that came while no statement ran: the server ends the connection with it. */
struct last_words {
    char sqlstate[6]; /* "": there were none */
    char message[256];
};

struct connection {
    PGconn *server;
    struct statement_cache statements; /* by text; the handle is a struct prepared */
    struct arena scratch;              /* of one run */
    struct pointer_map rules;          /* by relation: how its keys are compared */
    struct prepared *dropped;          /* left the cache: the server is told with the next run */
    unsigned last_number;
    bool no_named_statements;
    bool is_lost;            /* a run was sent or answered in part: the connection is closed, not used again */
    bool is_changed;         /* user SQL ran: the session's settings, role, temporary tables … may differ */
    char settings[320];      /* SQL that makes the settings the driver relies on */
    unsigned timeout;        /* of the session that has the connection, in milliseconds; 0: none */
    unsigned server_timeout; /* the same as the server knows it: its statement_timeout; 0: its own */
    bool is_timed_out;       /* the server was silent for longer than that: the connection is lost */
    struct last_words last_words;
    pthread_mutex_t running; /* guards is_running and was_interrupted; held while an interrupt is sent to the server */
    bool is_running;
    bool was_interrupted;                   /* the statement that runs, or ran last */
    uint64_t round_trips[ROUND_TRIPS_KEPT]; /* as measured lately, in microseconds */
    size_t measured_count;
    unsigned run_count; /* of runs that could have told one */
};

/* A statement that the server knows by name. */
struct prepared {
    struct connection *connection;
    struct prepared *next_dropped;
    size_t rows_size; /* bytes that its rows had when it last ran; SIZE_MAX: it has not run */
    char name[24];
};

/* The driver's connect, disconnect, in_transaction, is_usable, reset, set_timeout, round_trip and interrupt. */
enum ar_status ar_pg_connect(const char *location, const struct ar_db_options *options, bool to_standby,
                             struct connection **out, struct failure *failure);
void ar_pg_disconnect(struct connection *connection);
bool ar_pg_in_transaction(const struct connection *connection);
bool ar_pg_is_usable(struct connection *connection);
bool ar_pg_reset(struct connection *connection);
void ar_pg_set_timeout(struct connection *connection, unsigned milliseconds);
uint64_t ar_pg_round_trip(const struct connection *connection);
void ar_pg_interrupt(struct connection *connection);

/* Let go of a prepared statement: the server deallocates it with the next run. */
void ar_pg_drop(void *handle);

/* Note that a statement runs, or runs no more. */
void ar_pg_note_running(struct connection *connection, bool is_running);

/* Return true if ar_session_interrupt ended the statement that ran last. */
bool ar_pg_was_interrupted(struct connection *connection);

/* Return true while the server can answer. */
bool ar_pg_is_connected(const struct connection *connection);

/* Send what the server must know before the next run: prepared statements that are no longer used, and the session's
 * timeout. It goes in the round trip of the run. Return how many answers will come. */
size_t ar_pg_send_errands(struct connection *connection);

/* Receive their answers. */
void ar_pg_receive_errands(struct connection *connection, size_t count);

/* The same in a round trip of its own, for what is not run in the pipeline. */
void ar_pg_run_errands(struct connection *connection);

#endif
