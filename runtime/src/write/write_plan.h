/* The plan of one write of one record: the record, what the session knows of its row, and which columns the statement
 * sets, omits and returns. Nothing is run here. */
#ifndef AR_WRITE_PLAN_H
#define AR_WRITE_PLAN_H

#include "store/identity.h"
#include "store/partial.h"

struct write {
    struct ar_session *s; /* for transactions */
    struct store *store;  /* of the session */
    struct link *link;
    const struct ar_model *model;
    void *record; /* the caller's */
    void *copy;   /* of the record, with timestamps and other maintained columns: it becomes the record once written */
    struct identity *identity;
    struct record *known; /* the session's record of this key, if it is present */
    struct key key;
    const struct ar_column *assigned; /* a column that was not loaded, to which the program assigned a value; or NULL */
    const struct ar_assignment *set;  /* of an assignment to one record; NULL: another kind of write */
    uint64_t *updated; /* the set of columns that an update sets (store/partial.h); NULL until they are found */
    bool has_key;
    bool takes_deleted; /* it erases or restores a row, which may be deleted by a time */
    bool is_written;    /* the statement has changed the row; only for hooks */
    bool or_update;     /* an insert that updates an existing row */
    bool reports_key;   /* an insert whose generated key the database reports without RETURNING */
};

/* Return true if a delete only sets the time of AR_DELETED_AT. */
static inline bool ar_write_marks(const struct write *write)
{
    return write->model->deleted_at != NULL && !write->takes_deleted;
}

/* Return true if the record is the session's own. */
static inline bool ar_write_is_own(const struct write *write)
{
    return write->known != NULL && ar_record_data(write->known) == write->record;
}

/* Return true if the record is one of the session of which some columns were not loaded. */
static inline bool ar_write_is_partial(const struct write *write)
{
    return ar_write_is_own(write) && write->known->is_partial;
}

/* The slow path of ar_write_omits. */
bool ar_write_omits_unusual(const struct write *write, const struct ar_column *column);

/* Return what the session knows of the row before the write; NULL if that is not complete. */
const void *ar_write_row_before(const struct write *write);

/* Return true if an insert leaves the column to the database: the generated key of an unsaved record, a default of
 * which the field is NULL, or also zero for a key or a new UUID, or a computed column. */
static inline bool ar_write_omits(const struct write *write, const struct ar_column *column)
{
    return (column->flags & (AR_COLUMN_COMPUTED | AR_COLUMN_GENERATED | AR_COLUMN_DEFAULT)) != 0 &&
           ar_write_omits_unusual(write, column);
}

/* Return a column of the key that is not set in the record, and that an insert does not leave to the database; NULL
 * if there is none. */
const struct ar_column *ar_write_missing_key(const struct write *write);

/* Return true if an insert returns the column: if it is left to the database, or kept or incremented by an update in
 * place of the insert. */
bool ar_write_returns(const struct write *write, const struct ar_column *column);

/* Return true if an update returns the column: it is computed. */
bool ar_write_refreshes(const struct write *write, const struct ar_column *column);

/* Find the columns that an update sets, and return in *any if there are any. AR_NO_MEMORY is a failure.
 *   image   the known contents of the row: only columns that differ are set; NULL: all columns except AR_CREATED_AT */
enum ar_status ar_write_find_updated(struct write *write, const void *image, bool *any);

/* Return true if the update sets the column. The columns must have been found. */
static inline bool ar_write_updates(const struct write *write, const struct ar_column *column)
{
    return ar_columns_have(write->updated, (size_t)(column - write->model->columns));
}

#endif
