/* The last failure of a session or database, in fixed buffers, so that recording it needs no memory. What does not fit
 * is left out. */
#ifndef AR_ERROR_H
#define AR_ERROR_H

#include <armature/model.h>
#include <armature/status.h>
#include <stdbool.h>
#include <stddef.h>

/* The kind of constraint that AR_CONSTRAINT is about. RANGE is none of the schema's: a number that was computed in the
 * database is out of range. */
enum violation { VIOLATION_UNKNOWN, VIOLATION_UNIQUE, VIOLATION_FOREIGN_KEY, VIOLATION_RANGE };

struct failure {
    struct ar_error error; /* its strings point into the buffers below, or are static */
    char message[1024];
    char detail[1024];
    char sql[2048]; /* a longer statement is truncated */
    char sqlstate[6];
    char constraint[64]; /* that is violated, and its table, if the database names them; otherwise "" */
    char table[64];
    enum violation violation;
    size_t reason;      /* where the database's own text begins in the message of a violation */
    bool is_outdated;   /* the table was altered after the statement was prepared: a second run may succeed */
    bool is_unanswered; /* the statements were sent, but not answered: they may have run */
};

/* Reset to AR_OK. */
void ar_failure_reset(struct failure *failure);

/* Record a failure and return its status, so that callers can `return ar_fail(…)`. Model and column may be NULL.
 * Control characters in the message are escaped. */
__attribute__((format(printf, 5, 6))) enum ar_status ar_fail(struct failure *failure, enum ar_status status,
                                                             const struct ar_model *model,
                                                             const struct ar_column *column, const char *format, ...);

/* Return true if a database's message names the column, as a whole word. */
bool ar_message_names_column(const char *message, const struct ar_column *column);

/* Return the column of the model that a database's message names, as a whole word, or NULL. */
const struct ar_column *ar_column_in_message(const struct ar_model *model, const char *message);

/* Append to the message of the recorded failure. */
__attribute__((format(printf, 2, 3))) void ar_failure_add_text(struct failure *failure, const char *format, ...);

/* Append to the message how to create a missing table. The model may be NULL. */
void ar_failure_add_missing_table(struct failure *failure, const struct ar_model *model);

/* Append to the message, if the column that the database does not find is one of the model, how to find out what
 * differs. The model may be NULL. */
void ar_failure_add_missing_column(struct failure *failure, const struct ar_model *model);

/* Add the statement to the recorded failure. */
void ar_failure_add_sql(struct failure *failure, const char *sql);

/* Add the database's detail to the recorded failure; NULL if there is none. */
void ar_failure_add_detail(struct failure *failure, const char *detail);

/* Add the SQLSTATE to the recorded failure. */
void ar_failure_add_sqlstate(struct failure *failure, const char *sqlstate);

/* Note the name of the violated constraint, and of its table; each may be NULL. */
void ar_failure_set_constraint(struct failure *failure, const char *constraint, const char *table);

/* Note which kind of constraint was violated. `reason` is the length of the message before the database's own text. */
void ar_failure_set_violation(struct failure *failure, enum violation violation, size_t reason);

/* Return the database's own text in the message of a violation. */
const char *ar_failure_reason(const struct failure *failure);

/* Restore a copy, because of several failures the first one counts. */
void ar_failure_restore(struct failure *failure, const struct failure *copy);

void ar_failure_set_no_memory(struct failure *failure);

/* Record a lack of memory. Defined here so that compilers and analyzers see that the result is never AR_OK. */
static inline enum ar_status ar_fail_no_memory(struct failure *failure)
{
    ar_failure_set_no_memory(failure);
    return AR_NO_MEMORY;
}

#endif
