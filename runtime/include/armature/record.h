/* Single records: what the generated <model>_find, _save, _insert, _update, _delete and _reload call. */
#ifndef ARMATURE_RECORD_H
#define ARMATURE_RECORD_H

#include <armature/model.h>
#include <armature/session.h>
#include <armature/value.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Reads the row with this key, always from the database.
 *   key   model->key_count values
 *   out   the session's record; NULL unless AR_OK
 * AR_NOT_FOUND: there is none. */
AR_MUST_CHECK enum ar_status ar_record_find(struct ar_session *s, const struct ar_model *model,
                                            const struct ar_value *key, void **out);

/* The same, and lock the row until the transaction ends, as ar_query_for_update does. */
AR_MUST_CHECK enum ar_status ar_record_find_for_update(struct ar_session *s, const struct ar_model *model,
                                                       const struct ar_value *key, void **out);

/* Write a record. Without a key it is inserted. If the database gives the keys, or the session knows the row, what
 * changed is updated; otherwise the row is inserted or, if it exists, updated. What the session knew of a row is not
 * relied on after update_all, delete_all, ar_execute or a rollback: a row that is gone since is inserted again, unless
 * the database gives the keys. A single key of 0 counts as set in a record of the session, which was loaded with it.
 * `record` may be the session's or caller-owned. Statuses as for insert and update. */
AR_MUST_CHECK enum ar_status ar_record_save(struct ar_session *s, const struct ar_model *model, void *record);

/* Inserts a row; the record receives its generated key, timestamps and defaults.
 * AR_INVALID: a rule is broken, a key is not set, or a key or default that the database chose does not fit its field;
 * nothing was written. If a default may not fit, the insert is a transaction of its own, or a savepoint.
 * AR_CONSTRAINT: the database refused. */
AR_MUST_CHECK enum ar_status ar_record_insert(struct ar_session *s, const struct ar_model *model, void *record);

/* Inserts many records at once, in one transaction, in as few statements as the database takes: all of them or none.
 *   records   an array of `count` structs; each receives its key, timestamps and defaults, in its place
 * Statuses as for insert; the message does not say which record it was. */
AR_MUST_CHECK enum ar_status ar_record_insert_many(struct ar_session *s, const struct ar_model *model, void *records,
                                                   size_t count);

/* Writes the columns that differ from what the session loaded, or all where it loaded nothing; none differs: nothing
 * is written. AR_NOT_FOUND: the row is gone; AR_CONFLICT: its AR_VERSION is another; AR_INVALID, AR_CONSTRAINT. */
AR_MUST_CHECK enum ar_status ar_record_update(struct ar_session *s, const struct ar_model *model, void *record);

/* Delete the row with the record's key. The record's memory stays valid. A record of the session is deleted only if its
 * AR_VERSION is still that of the row; a caller-owned struct is a key, whatever else it holds.
 * AR_NOT_FOUND: the row is gone already; AR_CONFLICT: its AR_VERSION differs; AR_CONSTRAINT: other rows refer to it. */
AR_MUST_CHECK enum ar_status ar_record_delete(struct ar_session *s, const struct ar_model *model, const void *record);

/* Reads the row again into the record, over the program's changes. AR_NOT_FOUND: the row is gone, the record is left
 * as it was. */
AR_MUST_CHECK enum ar_status ar_record_reload(struct ar_session *s, const struct ar_model *model, void *record);

#ifdef __cplusplus
}
#endif
#endif
