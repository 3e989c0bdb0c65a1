/* What a session knows of a row that is written: before, and afterwards. What cannot be remembered for want of memory
 * is forgotten: the row is read again when next needed. */
#ifndef AR_REMEMBER_H
#define AR_REMEMBER_H

#include "write/write_plan.h"

/* Return true if the session's image of the row is still valid, as far as the session knows. */
bool ar_write_is_current(const struct write *write);

/* What the row is known to hold, against which changes are found; NULL where that is not known. */
const void *ar_write_image(const struct write *write);

/* The row as it was, by which lists are found that it leaves; NULL where that is not known. */
const void *ar_write_row_before(const struct write *write);

/* Store `data` as the contents of the row; `is_new`: it was just inserted. */
void ar_write_remember(struct write *write, void *data, bool is_new);

/* The row is there, and the copy complete: it becomes the record, and is remembered under its key. */
void ar_write_inserted(struct write *write);

/* The row holds the copy; `before` is what it held, or NULL. */
void ar_write_updated(struct write *write, const void *before);

/* There was nothing to write; but a text that the program assigned may be another copy of the same, in memory of its
 * own. */
void ar_write_unchanged(struct write *write);

/* The row is gone. */
void ar_write_deleted(struct write *write);

#endif
