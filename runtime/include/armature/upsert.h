/** @file
 * Inserts that update the row that is already there. The generated `<model>_upsert` and `<model>_upsert_many` call
 * these functions.
 *
 * @code
 * struct user user = {.email = "ann@example.com", .name = "Ann"};
 * enum ar_upsert_effect effect;
 *
 * status = user_upsert(s, &user, &(struct ar_upsert){.by = user_column.email.column}, &effect);
 * if (status == AR_OK && effect == AR_UPSERT_UPDATED)
 *     printf("user %" PRId64 " was there already\n", user.id);
 * @endcode */
#ifndef ARMATURE_UPSERT_H
#define ARMATURE_UPSERT_H

#include <armature/model.h>
#include <armature/session.h>

#ifdef __cplusplus
extern "C" {
#endif
#pragma GCC visibility push(default) /* exported */

/** Which row is "already there", and what is written to it. All zero: the row with the same primary key; every column
 * but the key, AR_CREATED_AT and defaults of which the field is NULL. */
struct ar_upsert {
    /** A unique column (AR_UNIQUE, or AR_INDEX with .unique), or the only column of the primary key. A row with the
     * same value is updated; a record whose field is NULL is inserted. In a model with an AR_SHARD_KEY, the row also
     * has the same shard key. NULL: the primary key, of which a record without a key is inserted. */
    const struct ar_column *by;
    /** Instead of `by`: the columns of an AR_UNIQUE_KEY, or of a unique AR_INDEX on all rows, in any order, ended by
     * NULL; the shard key may be omitted. A record in which one of them is NULL is inserted. */
    const struct ar_column *const *by_columns;
    /** The columns to update, ended by NULL. AR_UPDATED_AT and AR_VERSION are maintained in any case. NULL: all. */
    const struct ar_column *const *update;
    bool ignore; /**< update nothing: leave the row as it is */
};

/** What an upsert did for one record. */
enum ar_upsert_effect {
    AR_UPSERT_IGNORED,  /**< a row was there and .ignore is set: neither row nor record were changed */
    AR_UPSERT_INSERTED, /**< a new row */
    AR_UPSERT_UPDATED   /**< a row was there and was updated */
};

/** What an upsert did for all records. */
struct ar_upsert_totals {
    size_t inserted; /**< records with AR_UPSERT_INSERTED */
    size_t updated;  /**< records with AR_UPSERT_UPDATED */
    size_t ignored;  /**< records with AR_UPSERT_IGNORED */
};

/** Insert a record, or update the row that conflicts with it.
 *
 * An AR_VERSION is incremented, not compared: the update overwrites changes of other sessions.
 *
 * @param s       session
 * @param model   of the record
 * @param record  receives the row as it is afterwards: its key, timestamps, version, defaults, and the columns that an
 *                update left alone; unchanged if it was ignored
 * @param how     conflict target and columns; NULL for the primary key and all columns
 * @param effect  receives what was done; may be NULL
 * @retval AR_INVALID     a value violates a rule, a key is not set, or a value of the row does not fit its field;
 *                        nothing was written
 * @retval AR_CONSTRAINT  another constraint of the database is violated
 * @retval AR_MISUSE      a column of `how` belongs to another model, cannot be updated, or is not unique; or, on
 * SQLite, the model has more than 100 columns
 * @return  otherwise see @ref common_errors */
AR_MUST_CHECK enum ar_status ar_record_upsert(struct ar_session *s, const struct ar_model *model, void *record,
                                              const struct ar_upsert *how, enum ar_upsert_effect *effect);

/** Upsert many records, all or none, in one transaction: consecutive records that leave the same columns to the
 * database take one statement, between two lookups on SQLite.
 *
 * @param s        session
 * @param model    of the records
 * @param records  an array of `count` structs
 * @param count    number of structs; 0 does nothing
 * @param how      as for ar_record_upsert
 * @param effects  receives what was done for each record; an array of `count`, or NULL
 * @param totals   receives the number of records of each effect; may be NULL
 * @retval AR_INVALID  also if two records conflict with the same row, unless .ignore is set
 * @return  otherwise as ar_record_upsert; the message does not identify the record */
AR_MUST_CHECK enum ar_status ar_record_upsert_many(struct ar_session *s, const struct ar_model *model, void *records,
                                                   size_t count, const struct ar_upsert *how,
                                                   enum ar_upsert_effect *effects, struct ar_upsert_totals *totals);

#pragma GCC visibility pop
#ifdef __cplusplus
}
#endif
#endif
