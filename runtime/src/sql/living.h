/* Rows that are deleted by a time (AR_DELETED_AT), and those that are not: the living ones. Every statement that leaves
 * deleted rows out, or makes rows deleted, has its SQL from here. */
#ifndef AR_SQL_LIVING_H
#define AR_SQL_LIVING_H

#include "sql/builder.h"

/* Add the condition for living rows after `intro` (" WHERE ", " AND "), if the model has deleted ones. Return the intro
 * for a further condition.
 *   table   the name or alias of the model's table; NULL: as ar_sql_add_column qualifies columns */
const char *ar_sql_add_living(struct sql *sql, const char *intro, const struct ar_model *model, const char *table);

/* Add `DELETE FROM table`; or, if the model has deleted rows, `UPDATE table SET …` with the time and the columns that
 * an update maintains. The caller adds WHERE, with the condition for living rows. */
void ar_sql_add_delete(struct sql *sql, const struct ar_model *model);

#endif
