/* Relations of records. The generated accessors call these functions.
 *
 * Records are identified by key, not by address: every function accepts records of the session and caller-owned
 * structs. An unsaved record has no related rows: the result is an empty list or NULL, without a statement. */
#ifndef ARMATURE_RELATION_H
#define ARMATURE_RELATION_H

#include <armature/query.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Return the records of a has_many. The first access loads them for all siblings of `record`: the records of the same
 * result.
 *   out   receives the list, which belongs to the session; on failure it is empty and nothing is cached
 * AR_MISUSE: the session or query is strict and the relation is not loaded. */
AR_MUST_CHECK enum ar_status ar_relation_list(struct ar_session *s, const struct ar_relation *relation,
                                              const void *record, struct ar_list *out);

/* Return the record of a belongs_to or has_one in the same way. *out is NULL on failure, or if there is no such row,
 * which is AR_OK. */
AR_MUST_CHECK enum ar_status ar_relation_one(struct ar_session *s, const struct ar_relation *relation,
                                             const void *record, void **out);

/* Load the relation for all these records at once, even if it is cached. */
AR_MUST_CHECK enum ar_status ar_relation_load(struct ar_session *s, const struct ar_relation *relation,
                                              const void *const *records, size_t count);

/* Drop one relation of a record, or all its relations, from the cache: the next access loads. Lists returned earlier
 * stay valid. */
void ar_relation_clear(struct ar_session *s, const struct ar_relation *relation, const void *record);
void ar_relation_clear_all(struct ar_session *s, const struct ar_model *model, const void *record);

#ifdef __cplusplus
}
#endif
#endif
