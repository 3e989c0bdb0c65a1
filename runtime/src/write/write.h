/* Writing one record: insert, update, delete.
 *
 * A write is planned (write_plan.h), checked, run, and remembered (remember.h). It works on a copy of the record, which
 * replaces the record once it is written, so that a failed write changes nothing. Everything that can fail is done
 * before the statement runs. Afterwards the session only updates its records and caches; if memory runs out there, it
 * forgets the row instead, so that a write that succeeded is never reported as a failure. */
#ifndef AR_WRITE_H
#define AR_WRITE_H

#include "driver/driver.h"
#include "write/write_plan.h"

/* Start a write: copy the record, read its key, and look for the session's record of this key. */
enum ar_status ar_write_start(struct ar_session *s, const struct ar_model *model, void *record, struct write *out);

/* Return AR_MISUSE if the caller changed the shard key of a record of the session: with its key, the struct would be
 * the row of another shard. */
enum ar_status ar_write_check_shard_key(struct store *store, const struct ar_model *model, const void *record);

/* In a session with .scope, set a shard key that is zero or NULL to that of the session. */
enum ar_status ar_write_fill_shard(struct store *store, const struct ar_model *model, void *record);

/* Do the same, and return AR_MISUSE if it is set to that of another tenant. Other writes need not call this: the link
 * checks what they bind. A graph would overwrite it by that of another record. */
enum ar_status ar_write_take_shard(struct store *store, const struct ar_model *model, void *record);

/* Return AR_INVALID if the record has no key. */
enum ar_status ar_write_check_key(const struct write *write);

/* Set the timestamps of the copy and check the rules of its columns: the first step of an insert. */
enum ar_status ar_write_prepare_insert(struct write *write);

/* Run the insert: the second step. With `or_update`, update an existing row. If it fails because a generated key or
 * default does not fit its field, undo it; with `is_undone`, the caller does that. */
enum ar_status ar_write_run_insert(struct write *write, bool or_update, bool is_undone);

/* Steps that other kinds of writes share. Return AR_MISUSE if nothing can be written, and AR_INVALID if the record has
 * no key; return true if the record is the session's own; set AR_UPDATED_AT of the copy, and AR_CREATED_AT for an
 * insert; increment the version of the copy; run the statement, and describe a refusal. */
enum ar_status ar_write_check_existing(const struct write *write);
bool ar_write_is_own(const struct write *write);
void ar_write_set_timestamps(const struct write *write, bool is_insert);
void ar_write_count_version(const struct write *write);
enum ar_status ar_write_run(struct write *write, struct statement *statement, struct outcome *outcome,
                            void (*explain)(struct write *write));

/* Write the record and remember it. An insert with `or_update` updates an existing row. */
enum ar_status ar_write_insert(struct write *write, bool or_update);
enum ar_status ar_write_update(struct write *write);
enum ar_status ar_write_delete(struct write *write);

/* Select the row with this key, model->key_count values, and call on_row for it. */
enum ar_status ar_write_select(struct link *link, const struct ar_model *model, const struct ar_value *key,
                               enum ar_reason reason, enum ar_status (*on_row)(void *payload, const struct row *row),
                               void *payload);

/* Read the row of the copy's key into the identity map, and set `known` to its record. If there is no row, set *exists
 * to false and leave `known` as it is. */
enum ar_status ar_write_load_known(struct write *write, bool *exists);

/* Return AR_NOT_FOUND with a message that names table and key, model->key_count values. */
enum ar_status ar_write_not_found(struct failure *failure, const struct ar_model *model, const struct ar_value *key);

#endif
