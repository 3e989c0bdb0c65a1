/* The session's knowledge of a row: the image before a write, and the records and caches after it. If memory runs out,
 * the session forgets the row, which is read again when next needed. */
#ifndef AR_REMEMBER_H
#define AR_REMEMBER_H

#include "write/write_plan.h"

/* Read the key of `source`, the record or its copy, and look for the session's record of this key. */
enum ar_status ar_write_read_key(struct write *write, const void *source);

/* Return true if the session's image of the row is still valid, as far as the session knows. */
bool ar_write_is_current(const struct write *write);

/* Return the known contents of the row, with which the record is compared to find changes; NULL if unknown. */
const void *ar_write_image(const struct write *write);

/* Store `data` as the contents of the row; `is_new`: it was just inserted. */
void ar_write_remember(struct write *write, void *data, bool is_new);

/* Remember an inserted row: the copy, which is complete, becomes the record. */
void ar_write_inserted(struct write *write);

/* Remember inserted rows, which did not exist before: do the same for arrays of records and copies, whose first ones
 * the write has. */
void ar_write_inserted_all(struct write *write, size_t count);

/* Remember an updated row. `before` is its contents before the write, or NULL if unknown. */
void ar_write_updated(struct write *write, const void *before);

/* Drop what a write of some columns makes stale. `before` is the row before it, or NULL if unknown; the copy is the row
 * after it, as far as that is known. */
void ar_write_assigned(struct write *write, const void *before);

/* Remember a record without changes: strings that the caller assigned may be equal copies in foreign memory. */
void ar_write_unchanged(struct write *write);

/* Remember a row that was deleted by a time, or restored: the known record takes these columns of the copy. */
void ar_write_marked(struct write *write);

/* Remember a deleted row. */
void ar_write_deleted(struct write *write);

#endif
