/** @file
 * Single records. The generated `<model>_find`, `_save`, `_insert`, `_update`, `_delete` and `_reload` call these
 * functions.
 *
 * `record` points to a struct of the model, either a record of the session or a caller-owned struct. A write that fails
 * changes neither the row nor the struct. A write that succeeds copies strings and blobs into the session: a record of
 * the session then points to the copies, and the caller may free what it had assigned. */
#ifndef ARMATURE_RECORD_H
#define ARMATURE_RECORD_H

#include <armature/model.h>
#include <armature/session.h>
#include <armature/value.h>

#ifdef __cplusplus
extern "C" {
#endif
#pragma GCC visibility push(default) /* exported */

struct ar_assignment;

/** Read the row with this key, always from the database.
 *
 * @param s      session
 * @param model  of the record
 * @param key    model->key_count values, in the order of the key
 * @param out    receives the session's record; NULL unless AR_OK
 * @retval AR_NOT_FOUND  no row has this key
 * @retval AR_INVALID    a value of the row does not fit its field
 * @return  otherwise see @ref common_errors */
AR_MUST_CHECK enum ar_status ar_record_find(struct ar_session *s, const struct ar_model *model,
                                            const struct ar_value *key, void **out);

/** Like ar_record_find, and lock the row until the transaction ends. Errors are also those of ar_query_lock. */
AR_MUST_CHECK enum ar_status ar_record_find_for_update(struct ar_session *s, const struct ar_model *model,
                                                       const struct ar_value *key, void **out);

/** Insert or update a record.
 *
 * An unsaved record, without a key, is inserted. If the database generates the keys, or the session has loaded the row,
 * the changed columns are updated. Otherwise the row is inserted or, if it exists, updated. After update_all,
 * delete_all, ar_execute or a rollback, the session no longer assumes that its rows exist: a deleted row is inserted
 * again, unless the database generates the keys. A single key of 0 is a key if the record was loaded with it.
 *
 * @param s       session
 * @param model   of the record
 * @param record  as for ar_record_insert and ar_record_update
 * @return  as ar_record_insert and ar_record_update */
AR_MUST_CHECK enum ar_status ar_record_save(struct ar_session *s, const struct ar_model *model, void *record);

/** Insert a row. If a default may not fit its field, the insert runs in a transaction or savepoint.
 *
 * @param s       session
 * @param model   of the record
 * @param record  receives its generated key, timestamps and defaults
 * @retval AR_INVALID     a value violates a rule, a key is not set, or a generated key or default does not fit its
 *                        field; nothing was written
 * @retval AR_CONSTRAINT  a constraint of the database is violated
 * @return  otherwise see @ref common_errors */
AR_MUST_CHECK enum ar_status ar_record_insert(struct ar_session *s, const struct ar_model *model, void *record);

/** Insert many records, all or none, in one transaction and as few statements as the database allows.
 *
 * @param s        session
 * @param model    of the records
 * @param records  an array of `count` structs; each receives its key, timestamps and defaults
 * @param count    number of structs; 0 does nothing
 * @return  as ar_record_insert; the message does not identify the record */
AR_MUST_CHECK enum ar_status ar_record_insert_many(struct ar_session *s, const struct ar_model *model, void *records,
                                                   size_t count);

/** Write the columns that differ from the loaded row, or all columns of a row that the session has not loaded. Write
 * nothing if no column differs.
 *
 * @param s       session
 * @param model   of the record
 * @param record  receives its AR_UPDATED_AT and AR_VERSION
 * @retval AR_NOT_FOUND   the row no longer exists
 * @retval AR_CONFLICT    the row's AR_VERSION differs
 * @retval AR_INVALID     a value violates a rule
 * @retval AR_CONSTRAINT  a constraint of the database is violated
 * @return  otherwise see @ref common_errors */
AR_MUST_CHECK enum ar_status ar_record_update(struct ar_session *s, const struct ar_model *model, void *record);

/** Assign new values to columns of the record's row, in one statement. With ar_add and the like, they are computed from
 * those in the database, so that no increment is lost if other sessions do the same. The version is incremented, but
 * not compared.
 *
 * Only the assigned columns are written, with AR_UPDATED_AT and AR_VERSION. Other changes of the record stay unsaved.
 * As with ar_query_update_all, no hooks are called but those for the end of the transaction, and parents are neither
 * counted nor touched.
 *
 * @code
 * status = post_assign(s, post, ar_add(post_column.views, 1)); // post->views is the new number
 * @endcode
 *
 * @param s       session
 * @param model   of the record
 * @param record  its key counts; receives the new values. It receives the version if nothing else has changed the row
 *                since it was loaded: otherwise an update of the record is AR_CONFLICT, as without this call
 * @param set     what ar_set, ar_add, ar_subtract, ar_multiply, ar_set_null or ar_sets returns
 * @retval AR_NOT_FOUND   the row no longer exists
 * @retval AR_INVALID     a value violates a rule, or a result is outside the range of its field or AR_RANGE; the record
 *                        has no key
 * @retval AR_CONSTRAINT  a constraint of the database is violated
 * @retval AR_MISUSE      a column is part of the key, is computed, or is a foreign key by which a parent counts rows
 * @return  otherwise see @ref common_errors */
AR_MUST_CHECK enum ar_status ar_record_assign(struct ar_session *s, const struct ar_model *model, void *record,
                                              const struct ar_assignment *set);

/** Delete the row with the record's key. The record's memory stays valid. If the model has an AR_DELETED_AT, the row is
 * only marked as deleted by the current time: see ar_record_restore and ar_record_erase.
 *
 * @param s       session
 * @param model   of the record
 * @param record  if it belongs to the session, the row is deleted only if its AR_VERSION has not changed; of a
 *                caller-owned struct, only the key is used
 * @retval AR_NOT_FOUND   the row no longer exists
 * @retval AR_CONFLICT    the row's AR_VERSION differs
 * @retval AR_CONSTRAINT  other rows refer to it
 * @return  otherwise see @ref common_errors */
AR_MUST_CHECK enum ar_status ar_record_delete(struct ar_session *s, const struct ar_model *model, const void *record);

/** Remove the row of a model with an AR_DELETED_AT from the database, whether it is deleted or not.
 *
 * @param s       session
 * @param model   of the record, with an AR_DELETED_AT
 * @param record  as for ar_record_delete
 * @return  as ar_record_delete */
AR_MUST_CHECK enum ar_status ar_record_erase(struct ar_session *s, const struct ar_model *model, const void *record);

/** Make the row of a deleted record living again. Nothing else of the record is written.
 *
 * @param s       session
 * @param model   of the record, with an AR_DELETED_AT
 * @param record  if it belongs to the session, the row is restored only if its AR_VERSION has not changed; of a
 *                caller-owned struct, only the key is used. Receives the changed times
 * @retval AR_NOT_FOUND   no deleted row has the key, or the version differs
 * @retval AR_CONSTRAINT  a constraint of the database is violated
 * @return  otherwise see @ref common_errors */
AR_MUST_CHECK enum ar_status ar_record_restore(struct ar_session *s, const struct ar_model *model, void *record);

/** Read the row again into the record and discard the caller's changes.
 *
 * @param s       session
 * @param model   of the record
 * @param record  unchanged on failure
 * @retval AR_NOT_FOUND  the row no longer exists
 * @retval AR_INVALID    a value of the row does not fit its field
 * @return  otherwise see @ref common_errors */
AR_MUST_CHECK enum ar_status ar_record_reload(struct ar_session *s, const struct ar_model *model, void *record);

#pragma GCC visibility pop
#ifdef __cplusplus
}
#endif
#endif
