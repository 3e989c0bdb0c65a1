/** @file
 * Relations to one of several models. The generated functions of an AR_BELONGS_TO_ANY or AR_BELONGS_TO_ONE_OF call
 * these.
 *
 * @code
 * struct comment_subject subject;
 * status = comment_subject(s, comment, &subject);
 * switch (subject.kind) {
 * case COMMENT_SUBJECT_NONE: …
 * case COMMENT_SUBJECT_POST: puts(subject.post->title); …
 * case COMMENT_SUBJECT_PHOTO: puts(subject.photo->file); …
 * }
 * @endcode
 *
 * Each variant is a relation with the functions of every belongs_to: `comment_subject_post`. */
#ifndef ARMATURE_UNION_H
#define ARMATURE_UNION_H

#include <armature/relation.h>

#ifdef __cplusplus
extern "C" {
#endif
#pragma GCC visibility push(default) /* exported */

/** Return the record that a record refers to, and its kind. The first access loads it, for all siblings whose record is
 * of the same kind.
 *
 * @param s       session
 * @param each    the union
 * @param record  its owner
 * @param kind    receives the number of the variant, counted from 1; 0 if the record refers to no row
 * @param out     receives the record, which belongs to the session; NULL if `kind` is 0
 * @retval AR_INVALID  the record has a type that the union does not have, or several foreign keys
 * @retval AR_MISUSE   the session or query is strict and the relation is not loaded
 * @return  otherwise see @ref common_errors; on failure `kind` is 0 */
AR_MUST_CHECK enum ar_status ar_union_get(struct ar_session *s, const struct ar_union *each, const void *record,
                                          size_t *kind, void **out);

/** Set the foreign key of a record, and its type, so that it refers to a record. Nothing is written to the database. On
 * failure, the record is unchanged.
 *
 * @param s       session, to which the strings of a key are copied
 * @param each    the union
 * @param record  its owner, which is changed
 * @param kind    the number of the variant, counted from 1; 0: refer to none, which clears foreign keys and type
 * @param target  a saved record of the variant's model; ignored if `kind` is 0
 * @retval AR_MISUSE   `target` is NULL or unsaved
 * @retval AR_INVALID  a part of the key does not fit its field
 * @return  otherwise see @ref common_errors */
AR_MUST_CHECK enum ar_status ar_union_set(struct ar_session *s, const struct ar_union *each, void *record, size_t kind,
                                          const void *target);

/** Load the records that many records refer to, in one statement for each kind that they have, even if cached.
 *
 * @param s        session
 * @param each     the union
 * @param records  array of `count` pointers to owners, of which none is NULL
 * @param count    number of owners; 0 does nothing
 * @return  see @ref common_errors */
AR_MUST_CHECK enum ar_status ar_union_load(struct ar_session *s, const struct ar_union *each,
                                           const void *const *records, size_t count);

/** Drop all variants of a record from the cache: the next access loads. */
void ar_union_clear(struct ar_session *s, const struct ar_union *each, const void *record);

/** Load all variants with a query, each in one extra statement. To refine one, call its own `_with_`. */
void ar_query_with_union(struct ar_query *q, const struct ar_union *each);

#pragma GCC visibility pop
#ifdef __cplusplus
}
#endif
#endif
