/* Transactions and savepoints of a session. */
#ifndef AR_TRANSACTION_H
#define AR_TRANSACTION_H

#include <armature/session.h>

#include <stdbool.h>

struct ar_model;
struct ar_session;

/* Return AR_MISUSE unless a transaction is open that may write, in which rows can be locked. */
enum ar_status ar_transaction_check_lock(struct ar_session *s, const struct ar_model *model);

/* Ends a transaction that the runtime began for one write: commits, or rolls back where `status` says that it
 * failed. */
enum ar_status ar_transaction_end(struct ar_session *s, enum ar_status status);

/* Return true if the failed statements may be run again: a table was altered after a statement was prepared, and the
 * caller has not begun a transaction. */
bool ar_transaction_may_repeat(const struct ar_session *s, enum ar_status status);

/* Whether a statement may run: not where the database gave the transaction up. */
enum ar_status ar_transaction_check(struct ar_session *s);

/* To be called when a statement failed: notices where the database gave the transaction up. */
void ar_transaction_note_failure(struct ar_session *s);

/* Roll back all open transactions when a session is cleared. */
void ar_transaction_abandon(struct ar_session *s);

#endif
