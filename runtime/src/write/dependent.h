/* What a delete does to other rows: the .dependent of the model's relations, and what the database does by itself.
 *
 * A delete works on a set of rows of one model, the owners: the record that the caller deletes, or a chunk of the rows
 * that one of its relations destroys. For each relation with .dependent, in this order:
 *   restrict   fails if any row refers to an owner
 *   destroy    selects the related rows in chunks, by ascending key; each chunk is the set of owners of a delete one
 *              level below; then one statement deletes the chunk
 *   delete     one statement deletes the related rows; a row of a model without rules is destroyed like that as well
 *   nullify    one statement sets their foreign keys to NULL
 * So the number of statements is bounded by the number of chunks, and the memory by one chunk for each level. Counters
 * of rows that remain are collected, and updated once at the end (parents.h).
 *
 * Everything runs in one transaction. The session does not know which of its records were deleted: those of the models
 * expire, and what leads to them is dropped from the caches. */
#ifndef AR_DEPENDENT_H
#define AR_DEPENDENT_H

#include "write/parents.h"
#include "write/write_plan.h"

/* Rows that are destroyed by one statement, unless the session has .delete_chunk. */
enum { AR_DELETE_CHUNK = 1000 };

/* Apply the .dependent of all relations of the model to a record that will be deleted. */
enum ar_status ar_dependents_delete(struct ar_session *s, const struct ar_model *model, const void *record,
                                    struct parents *parents);

/* Return AR_MISUSE if the database would delete or change rows of all shards together with rows of this model, and the
 * session has .scope or .one_shard. */
enum ar_status ar_dependents_check_shard(struct store *store, const struct ar_model *model);

/* Must be called if rows of the model were deleted: forget what the database deleted or changed by itself. */
void ar_dependents_forget(struct store *store, const struct ar_model *model);

#endif
