/** @file
 * Relations of records. The generated accessors call these functions.
 *
 * Records are identified by key, not by address: every function accepts records of the session and caller-owned
 * structs. An unsaved record has no related rows: the result is an empty list or NULL, without a statement.
 *
 * A list or record that a function returns belongs to the session and is valid until ar_session_clear. */
#ifndef ARMATURE_RELATION_H
#define ARMATURE_RELATION_H

#include <armature/query.h>

#ifdef __cplusplus
extern "C" {
#endif
#pragma GCC visibility push(default) /* exported */

/** Return the records of a relation that is a list. The first access loads them for all siblings of `record`: the
 * records of the same result.
 *
 * @param s         session
 * @param relation  a has_many, has_many_through or many-to-many
 * @param record    its owner
 * @param out       receives the list; on failure it is empty and nothing is cached
 * @retval AR_MISUSE  the session or query is strict and the relation is not loaded
 * @return  otherwise see @ref common_errors */
AR_MUST_CHECK enum ar_status ar_relation_list(struct ar_session *s, const struct ar_relation *relation,
                                              const void *record, struct ar_list *out);

/** Return the record of a relation that leads to at most one. The first access loads it for all siblings of `record`.
 *
 * @param s         session
 * @param relation  a belongs_to, has_one or has_one_through
 * @param record    its owner
 * @param out       receives the record; NULL if there is no such row, which is AR_OK, and on failure
 * @retval AR_MISUSE  the session or query is strict and the relation is not loaded
 * @return  otherwise see @ref common_errors */
AR_MUST_CHECK enum ar_status ar_relation_one(struct ar_session *s, const struct ar_relation *relation,
                                             const void *record, void **out);

/** Return the rows that lead to the records of a relation that follows others: `items[i]` is the record of the first
 * model on the path that leads to `items[i]` of ar_relation_list. They are loaded with the list, by the same statement.
 *
 * @param s         session
 * @param relation  a has_many_through with links, see struct ar_relation
 * @param record    its owner
 * @param out       receives the list; on failure it is empty and nothing is cached
 * @retval AR_MISUSE  the session or query is strict and the relation is not loaded
 * @return  otherwise see @ref common_errors */
AR_MUST_CHECK enum ar_status ar_relation_links(struct ar_session *s, const struct ar_relation *relation,
                                               const void *record, struct ar_list *out);

/** Return the row that leads to the record of a has_one_through, as ar_relation_links does for a list.
 *
 * @param s         session
 * @param relation  a has_one_through with links
 * @param record    its owner
 * @param out       receives the record; NULL if there is none, which is AR_OK, and on failure
 * @retval AR_MISUSE  the session or query is strict and the relation is not loaded
 * @return  otherwise see @ref common_errors */
AR_MUST_CHECK enum ar_status ar_relation_link(struct ar_session *s, const struct ar_relation *relation,
                                              const void *record, void **out);

/** Load a relation for many records at once, in one statement, even if it is cached.
 *
 * @param s         session
 * @param relation  of any kind
 * @param records   array of `count` pointers to owners, of which none is NULL
 * @param count     number of owners; 0 does nothing
 * @return  see @ref common_errors */
AR_MUST_CHECK enum ar_status ar_relation_load(struct ar_session *s, const struct ar_relation *relation,
                                              const void *const *records, size_t count);

/** Drop one relation of a record from the cache: the next access loads. Lists returned earlier stay valid. */
void ar_relation_clear(struct ar_session *s, const struct ar_relation *relation, const void *record);

/** Drop all relations of a record from the cache: the next access of each loads. Lists returned earlier stay valid. */
void ar_relation_clear_all(struct ar_session *s, const struct ar_model *model, const void *record);

/** Count the rows of a belongs_to with `.counter` again, and set the counters of the records that they refer to.
 *
 * Writes of records keep counters exact. Call this after writes that do not: user SQL, update_all and delete_all. It
 * runs one UPDATE; on PostgreSQL, after a SELECT that locks the rows, so that the counts are exact while others write.
 *
 * @param s         session
 * @param relation  of the counted rows
 * @param records   array of `count` records of the target, of which none is NULL; NULL: all rows of its table
 * @param count     number of records; 0 does nothing unless `records` is NULL
 * @retval AR_MISUSE  the relation has no counter
 * @return  otherwise see @ref common_errors */
AR_MUST_CHECK enum ar_status ar_relation_recount(struct ar_session *s, const struct ar_relation *relation,
                                                 const void *const *records, size_t count);

#pragma GCC visibility pop
#ifdef __cplusplus
}
#endif
#endif
