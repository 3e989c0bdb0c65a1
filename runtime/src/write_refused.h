/* What the database refused: SQLite says neither which foreign key nor which value. */
#ifndef AR_WRITE_REFUSED_H
#define AR_WRITE_REFUSED_H

#include "write.h"

/* An on_row that sets the bool to which its payload points. */
enum ar_status ar_note_row(void *payload, const struct row *row);

/* Values for a message: 7, or ("de", 7). What does not fit is cut. */
void ar_describe_values(const struct ar_value *values, size_t count, char *out, size_t size);

/* Make the session's failure, of an insert or update that SQLite refused with AR_CONSTRAINT, name the value that another row
 * has, or the field whose target does not exist. */
void ar_write_explain_refusal(struct write *write);

/* Make it name the models whose rows refer to the row that was not deleted, … */
void ar_write_explain_refused_delete(struct write *write);

/* … or those that may refer to rows of the model. */
void ar_explain_refused_delete_all(struct ar_session *s, const struct ar_model *model);

#endif
