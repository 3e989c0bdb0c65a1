/* Loading an aggregate of a relation for many owners: a load (loading.h) of one value per key instead of records.
 *
 * The statement is one of three, each with a row of two columns for a key, and none for a key without a value:
 *   of all       GROUP BY the foreign key over the target's whole table, because the owners are a whole table
 *   by arrays    the same for the foreign keys in an array, on databases with arrays: one search, not one per key
 *   correlated   a sub-select for each key of a table of keys (sql/join.h); the row has the ordinal of its key
 * The first two need a foreign key of one integer in the target's table, by which a row's key is looked up. */
#ifndef AR_TALLY_H
#define AR_TALLY_H

#include "read/loading.h"

/* Prepare a statement for rows of an aggregate. */
void ar_tally_start(struct loading *loading, struct statement *statement);

/* Build the SQL of the statement. */
struct sql ar_tally_sql(struct loading *loading);

#endif
