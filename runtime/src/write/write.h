/* One write of one record: the statement, and what the session knows afterwards.
 *
 * Everything that can fail is done before the statement; what is left to remember afterwards may be forgotten instead,
 * so that a write that happened is never reported as one that did not. */
#ifndef AR_WRITE_H
#define AR_WRITE_H

#include "driver/driver.h"
#include "write/write_plan.h"

/* Finds out what is known about the record. */
enum ar_status ar_write_start(struct ar_session *s, const struct ar_model *model, void *record, struct write *out);

/* AR_INVALID where the record has no key. */
enum ar_status ar_write_check_key(const struct write *write);

/* The steps of an insert. First its copy gets timestamps, and is checked. */
enum ar_status ar_write_prepare_insert(struct write *write);

/* Run the insert. With `or_update`, an existing row is updated. If the insert fails because a generated key or default
 * does not fit its field, it is undone; with `is_undone`, the caller does that. */
enum ar_status ar_write_run_insert(struct write *write, bool or_update, bool is_undone);

/* All of that, and what the session knows afterwards. */
enum ar_status ar_write_insert(struct write *write, bool or_update);
enum ar_status ar_write_update(struct write *write);
enum ar_status ar_write_delete(struct write *write);

/* Selects the row with this key, model->key_count values, for on_row. */
enum ar_status ar_write_select(struct ar_session *s, const struct ar_model *model, const struct ar_value *key,
                               enum ar_reason reason, enum ar_status (*on_row)(void *payload, const struct row *row),
                               void *payload);

/* AR_NOT_FOUND, naming table and key. `key` has model->key_count values. */
enum ar_status ar_write_not_found(struct ar_session *s, const struct ar_model *model, const struct ar_value *key);

#endif
