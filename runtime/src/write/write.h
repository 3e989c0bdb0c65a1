/* Writing one record: insert, update, delete.
 *
 * A write is planned (write_plan.h), checked, run (steps.h), and remembered (remember.h). It works on a copy of the
 * record, which replaces the record once it is written, so that a failed write changes nothing. Everything that can
 * fail is done before the statement runs. Afterwards the session only updates its records and caches; if memory runs
 * out there, it forgets the row instead, so that a write that succeeded is never reported as a failure. */
#ifndef AR_WRITE_H
#define AR_WRITE_H

#include "session/hook.h"
#include "write/write_plan.h"

/* Start a write: copy the record, read its key, and look for the session's record of this key (start.c). */
enum ar_status ar_write_start(struct ar_session *s, const struct ar_model *model, void *record, struct write *out);

/* Return false if ar_write_prepare_insert does nothing to records of the model but check that they can be written. */
static inline bool ar_write_prepares_inserts(const struct identity *identity)
{
    const struct layout *layout = &identity->layout;
    bool is_numbered = layout->generated != NULL && layout->model->key_count == 1;

    return identity->has_scope || !is_numbered || layout->can_be_invalid ||
           (layout->column_flags & (AR_COLUMN_NEW_UUID | AR_COLUMN_CREATED_AT | AR_COLUMN_UPDATED_AT)) != 0 ||
           ar_hooks_any(layout->model, ar_hook_bit(AR_HOOK_VALIDATE));
}

/* Set the timestamps of the copy and check the rules of its columns: the first step of an insert. */
enum ar_status ar_write_prepare_insert(struct write *write);

/* Run the insert: the second step. With `or_update`, update an existing row. If it fails because a generated key or
 * default does not fit its field, undo it; with `is_undone`, the caller does that, and a row that a trigger skips is a
 * failure. */
enum ar_status ar_write_run_insert(struct write *write, bool or_update, bool is_undone);

/* Write the record and remember it. An insert with `or_update` updates an existing row. */
enum ar_status ar_write_insert(struct write *write, bool or_update);
enum ar_status ar_write_update(struct write *write);
enum ar_status ar_write_delete(struct write *write);

#endif
