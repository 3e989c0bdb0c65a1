/* The rows that a session's transactions have changed, for the hooks that are called when a transaction ends.
 *
 * Only rows of models with such hooks are in the log. Each has a copy of the record as it was last written, because the
 * caller may change or free its own. The log holds one entry for each row and level of transactions: a row that is
 * written again in the same level updates its entry. When an inner level is committed, its entries move to the outer
 * one; when a level is rolled back, its entries leave the log, and their hooks are called. When the outermost level is
 * committed, all hooks are called.
 *
 * An entry is allocated before the row is written, so that noting a write that succeeded cannot fail. Each is one block
 * of memory, which is freed after its hooks have run: a hook may begin the next transaction. */
#ifndef AR_CHANGES_H
#define AR_CHANGES_H

#include "model/key.h"

struct ar_session;
struct change_log;

struct change {
    struct change *older, *newer; /* in the log */
    struct change *next;          /* in the same slot, older ones last */
    const struct ar_model *model;
    void *data; /* a copy of the record, in the same block */
    struct key key;
    void *made_key; /* the bytes of a key that the database has made, or NULL */
    unsigned depth; /* the number of transactions that were open */
    bool is_new;    /* the row did not exist before the level */
    bool is_gone;   /* the row no longer exists */
};

/* Return true if the hooks of the model need its rows in the log. */
bool ar_changes_concern(const struct ar_model *model);

/* Allocate the entry for a write of `record`, whose strings are copied. `key` is its key; NULL if the database will
 * generate it. The entry must be added or discarded. */
enum ar_status ar_changes_prepare(struct ar_session *s, const struct ar_model *model, const void *record,
                                  const struct key *key, struct change **out);

/* Note that the row was written. `before` has the bytes of the record that was given to ar_changes_prepare, and `after`
 * is the record as it was written. If no transaction is open, call the hooks. */
void ar_changes_add(struct ar_session *s, struct change *change, const void *before, const void *after,
                    enum ar_change what);

/* Free an entry whose row was not written. NULL is allowed. */
void ar_changes_discard(struct ar_session *s, struct change *change);

/* A level has ended: call its hooks, or move its entries to the outer level. */
void ar_changes_committed(struct ar_session *s);
void ar_changes_rolled_back(struct ar_session *s);

/* The outermost transaction has ended, and it is unknown how: drop its entries and call nothing. */
void ar_changes_drop(struct ar_session *s);

/* Forget all entries and call nothing: the transaction belongs to another process. */
void ar_changes_forget(struct change_log *log);

#endif
