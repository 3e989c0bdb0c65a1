/* The foreign keys of a row to its parents, whose counters and times it changes: which columns they are, their SQL, and
 * reading them back. */
#ifndef AR_PARENT_SQL_H
#define AR_PARENT_SQL_H

#include "model/row.h"
#include "sql/builder.h"

/* Return true if the relation leads to a row that a write of its owner changes.
 *   except   another relation, whose owner is deleted: over the same foreign key, nothing needs to be changed, unless
 *            the owner's row stays because it is deleted by a time; or NULL */
bool ar_parent_is_changed(const struct ar_relation *relation, const struct ar_relation *except);

/* Return true if any relation of the model does. */
bool ar_parents_are_changed(const struct ar_model *model, const struct ar_relation *except);

/* Return true if the column is part of the foreign key of such a relation. */
bool ar_parent_key_has(const struct ar_model *model, size_t column, const struct ar_relation *except);

/* Add these columns after `intro`, separated by commas. */
void ar_parent_sql_add_columns(struct sql *sql, const char *intro, const struct ar_model *model,
                               const struct ar_relation *except);

/* Read the columns, which are the first ones of the row, into a struct of the model. *next is the column after them. */
enum ar_status ar_parent_read_columns(const struct row *row, const struct field_reader *reader,
                                      const struct ar_model *model, const struct ar_relation *except, void *record,
                                      size_t *next);

#endif
