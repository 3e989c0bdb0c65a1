/* Writes of records whose model has hooks.
 *
 * The order is: the hooks before, which get the copy of the record that will be written and may change it; timestamps
 * and rules; the statement; the hooks after, which get the record itself. All of it is one transaction, or one
 * savepoint if a transaction is open, so that a hook that fails undoes what it and the hooks before it have written.
 * The record then gets back the bytes that it had. A model whose only hooks are those for the end of a transaction
 * needs none. */
#ifndef AR_HOOKED_H
#define AR_HOOKED_H

#include "write/write_plan.h"

/* A kind of write. */
struct hooked_write {
    enum ar_hook_event before, after;
    enum ar_change change;
    /* Write the copy, and set write->is_written unless nothing had to be written. */
    enum ar_status (*run)(struct write *write);
};

/* Return true if the model has hooks for this kind of write. */
bool ar_hooked_write_concerns(const struct ar_model *model, const struct hooked_write *kind);

/* Run a write that has no hooks before or after, and note the changed row for the end of the transaction. */
enum ar_status ar_hooked_note(struct write *write, const struct hooked_write *kind);

/* Run the write with its hooks. */
enum ar_status ar_hooked_write(struct write *write, const struct hooked_write *kind);

#endif
