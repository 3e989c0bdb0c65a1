/* Error messages for violated constraints: SQLite reports neither the foreign key nor the value. */
#ifndef AR_WRITE_REFUSED_H
#define AR_WRITE_REFUSED_H

#include "driver/driver.h"
#include "write/write_plan.h"

/* An on_row callback that sets the bool to which its payload points. */
enum ar_status ar_note_row(void *payload, const struct row *row);

/* Complete the session's failure after an insert or update that SQLite refused with AR_CONSTRAINT: name the value that
 * another row has, or the field whose target does not exist. */
void ar_write_explain_refusal(struct write *write);

/* Complete it after a delete that any database refused: name the relations by which rows refer to the row. */
void ar_write_explain_refused_delete(struct write *write);

/* Complete it after a delete of several rows: name the relations by which rows refer, or may refer, to them. Both name
 * tables of no model that may be the reason if the database does not. */
void ar_explain_refused_delete_all(struct link *link, const struct ar_model *model);

#endif
