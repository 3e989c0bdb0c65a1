/* Relations of records: what the generated accessors call.
 *
 * A record is known by its key, never by its address: every function takes the session's records as well as structs
 * of the program's own. Without a key there is no relation: an empty list or NULL, and no statement. */
#ifndef ARMATURE_RELATION_H
#define ARMATURE_RELATION_H

#include <armature/query.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The records of a has_many, loaded at the first access, for all siblings of `record` at once. On failure the list is
 * empty and nothing is remembered. AR_MISUSE: the session or query is strict and the relation is not loaded. */
AR_MUST_CHECK enum ar_status ar_relation_list(struct ar_session *s, const struct ar_relation *relation,
                                              const void *record, struct ar_list *out);

/* The record of a belongs_to or has_one, in the same way; NULL where there is none, which is no error. */
AR_MUST_CHECK enum ar_status ar_relation_one(struct ar_session *s, const struct ar_relation *relation,
                                             const void *record, void **out);

/* Loads the relation for these records, all at once, whatever is remembered of it. */
AR_MUST_CHECK enum ar_status ar_relation_load(struct ar_session *s, const struct ar_relation *relation,
                                              const void *const *records, size_t count);

/* Forgets one relation of a record, or all: the next access loads. Lists that were handed out stay valid. */
void ar_relation_clear(struct ar_session *s, const struct ar_relation *relation, const void *record);
void ar_relation_clear_all(struct ar_session *s, const struct ar_model *model, const void *record);

#ifdef __cplusplus
}
#endif
#endif
