/* The undo log: records as they were before each open transaction or savepoint changed them. */
#ifndef AR_UNDO_H
#define AR_UNDO_H

#include "store/store.h"

/* Make sure that the next ar_undo_open needs no memory. AR_MISUSE if the serial numbers are used up. */
enum ar_status ar_undo_reserve(struct store *store);

/* Open a level inside the innermost one. It was reserved. */
void ar_undo_open(struct store *store);

/* Close the innermost level and return its serial number. With `undo`, restore the records that were changed in it. */
uint32_t ar_undo_close(struct store *store, bool undo);

/* Forget all levels, and number transactions from the beginning. */
void ar_undo_reset(struct undo_log *log);

/* Must be called before a record is changed: keep its values for a rollback. Do nothing if no transaction is open. */
enum ar_status ar_undo_keep(struct store *store, const struct ar_model *model, struct record *record);

/* Return the serial number of the innermost transaction or savepoint that was opened last, or 0 if none is open. */
static inline uint32_t ar_undo_serial(const struct store *store)
{
    return store->undo.open_serial;
}

#endif
