/** @file
 * Writing through a relation: which records belong to an owner. The generated `<model>_<relation>_build`, `_add`,
 * `_remove` and `_replace` call these functions.
 *
 * Of a has_many, the foreign keys of the related rows are written; of a relation through a join table, the rows of that
 * table. No row outside of the relation is changed or deleted: a row that does not meet the conditions of a relation
 * with `.where` is neither removed nor replaced. All calls can be repeated: adding what is related, or removing what is
 * not, does nothing.
 *
 * @code
 * struct ar_link_changes changes;
 *
 * status = post_tags_replace(s, post, wanted.items, wanted.count, &changes);
 * printf("%zu added, %zu removed\n", changes.added, changes.removed);
 * @endcode */
#ifndef ARMATURE_LINKS_H
#define ARMATURE_LINKS_H

#include <armature/model.h>
#include <armature/session.h>

#ifdef __cplusplus
extern "C" {
#endif
#pragma GCC visibility push(default) /* exported */

/** What becomes of a row that is removed from a has_many. */
enum ar_removal {
    AR_REMOVE_UNLINK, /**< its foreign key becomes NULL, which must be possible */
    AR_REMOVE_DELETE  /**< it is deleted, as by `<model>_delete` */
};

/** The effect of a call. */
struct ar_link_changes {
    size_t added;   /**< records that were not related before */
    size_t removed; /**< records that were related before */
};

/** Set the foreign key of a new record to its owner. Nothing is written.
 *
 * @param s         session
 * @param relation  a has_many or has_one
 * @param owner     of the relation
 * @param record    receives all zero, but for the foreign key; strings of the key belong to the session
 * @retval AR_INVALID  the owner has no key: save it first
 * @return  otherwise see @ref common_errors */
AR_MUST_CHECK enum ar_status ar_relation_build(struct ar_session *s, const struct ar_relation *relation,
                                               const void *owner, void *record);

/** Relate records to the owner. Rows of a has_many that belong to another owner move.
 *
 * @param s         session
 * @param relation  a has_many, or one through a join table
 * @param owner     of the relation
 * @param records   array of `count` pointers to saved records; the struct and the session's record receive the foreign
 *                  key, AR_UPDATED_AT and AR_VERSION
 * @param count     number of records; 0 does nothing
 * @param changes   receives what was done; may be NULL
 * @retval AR_INVALID    the owner or a record has no key
 * @retval AR_NOT_FOUND  a record has no row, or it does not meet the conditions of the relation; nothing was written
 * @retval AR_CONSTRAINT a constraint of the database is violated; nothing was written
 * @return  otherwise see @ref common_errors */
AR_MUST_CHECK enum ar_status ar_relation_add(struct ar_session *s, const struct ar_relation *relation,
                                             const void *owner, void *const *records, size_t count,
                                             struct ar_link_changes *changes);

/** End the relation of records to the owner. Records that are not related to it are left alone.
 *
 * @param s         session
 * @param relation  as for ar_relation_add
 * @param owner     of the relation
 * @param records   array of `count` pointers
 * @param count     number of records; 0 does nothing
 * @param removal   of a has_many; a row of a join table is always deleted
 * @param changes   receives what was done; may be NULL
 * @retval AR_MISUSE  the foreign key cannot be NULL: pass AR_REMOVE_DELETE to delete the rows
 * @return  otherwise as ar_relation_add */
AR_MUST_CHECK enum ar_status ar_relation_remove(struct ar_session *s, const struct ar_relation *relation,
                                                const void *owner, void *const *records, size_t count,
                                                enum ar_removal removal, struct ar_link_changes *changes);

/** Make these records the related ones: add those that are missing, remove all others. The errors are those of
 * ar_relation_add and ar_relation_remove. */
AR_MUST_CHECK enum ar_status ar_relation_replace(struct ar_session *s, const struct ar_relation *relation,
                                                 const void *owner, void *const *records, size_t count,
                                                 enum ar_removal removal, struct ar_link_changes *changes);

#pragma GCC visibility pop
#ifdef __cplusplus
}
#endif
#endif
