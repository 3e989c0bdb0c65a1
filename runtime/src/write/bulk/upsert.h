/* Upserts: what is to be done for one run of records, and the statements that do it.
 *
 * On databases with arrays, one statement upserts any number of records and returns, for each, its ordinal, whether it
 * was inserted, and the columns that the record does not have:
 *
 *     WITH armature_input AS (SELECT * FROM <the structs>),
 *     armature_written AS (INSERT INTO t (…) SELECT … FROM armature_input ON CONFLICT (…) DO UPDATE SET …
 *                          RETURNING t.…, <is inserted>)
 *     SELECT ordinal, <is inserted>, … FROM armature_written JOIN armature_input ON <conflict columns are equal>
 *
 * SQLite has no expression for "was inserted". There, the transaction excludes other writers, so that a lookup before
 * the statement finds exactly the rows that it will update; a lookup afterwards returns the columns:
 *
 *     SELECT ordinal FROM <the structs> CROSS JOIN t ON …
 *     INSERT INTO t (…) SELECT … FROM <the structs> WHERE true ON CONFLICT (…) DO UPDATE SET …
 *     SELECT ordinal, … FROM <the structs> CROSS JOIN t ON …
 *
 * All comparisons are the database's own, by the collation of the column. */
#ifndef AR_BULK_UPSERT_H
#define AR_BULK_UPSERT_H

#include "write/bulk/chunk.h"

#include <armature/upsert.h>

/* Consecutive records with the same columns left to the database, and with a value in the conflict columns. */
struct upsert {
    struct chunk chunk;
    const struct ar_upsert *how;
    struct key_columns target;      /* the conflict columns */
    enum ar_upsert_effect *effects; /* of the chunk's records */
};

/* Return true if the insert leaves the column of the record to the database. */
bool ar_upsert_omits(const struct upsert *upsert, const struct ar_column *column);

/* Return true if the update of an existing row sets the column. AR_VERSION is not among them: it is incremented. */
bool ar_upsert_sets(const struct upsert *upsert, const struct ar_column *column);

/* Run the statements. They fill in the effects and, of records that were not ignored, the columns of the copies. */
enum ar_status ar_upsert_run(struct upsert *upsert);

#endif
