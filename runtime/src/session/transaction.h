/* Transactions and savepoints of a session. */
#ifndef AR_TRANSACTION_H
#define AR_TRANSACTION_H

#include <armature/session.h>

struct ar_model;
struct ar_session;
struct statement;

/* Return AR_MISUSE if the session, its transaction or the model is read-only. */
enum ar_status ar_transaction_check_writable(struct ar_session *s, const struct ar_model *model);

/* The same for user SQL, which may write any table: return AR_MISUSE if the session or its transaction is read-only.
 * `call` is the name of the function or statement. */
enum ar_status ar_transaction_check_writes(struct ar_session *s, const char *call);

/* Return AR_MISUSE unless a transaction is open that may write, in which rows can be locked. */
enum ar_status ar_transaction_check_lock(struct ar_session *s, const struct ar_model *model);

/* Begin a transaction and run statements in it, all in one round trip if the database needs any. None may be open.
 * *has_begun: the transaction is open, even if a statement failed, and must be ended. */
enum ar_status ar_transaction_begin_run(struct ar_session *s, const struct statement *statements, size_t count,
                                        bool *has_begun);

/* End a transaction that the runtime began for a write or a callback: commit it, or roll it back if `status` is a
 * failure, which is kept. */
enum ar_status ar_transaction_end(struct ar_session *s, enum ar_status status);

/* Return true if the session has begun a transaction: if it borrows its link, within that of the lender. */
bool ar_transaction_is_open(const struct ar_session *s);

/* Roll back all levels when a session is cleared. */
void ar_transaction_abandon(struct ar_session *s);

#endif
