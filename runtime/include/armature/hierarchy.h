/** @file
 * Hierarchies: rows that refer to rows of their own table, such as categories with a parent, or employees with a
 * manager. The generated `<model>_<relation>_tree` and `_path` call these functions. */
#ifndef ARMATURE_HIERARCHY_H
#define ARMATURE_HIERARCHY_H

#include <armature/query.h>

#ifdef __cplusplus
extern "C" {
#endif
#pragma GCC visibility push(default) /* exported */

/** As the depth of a tree or path: to its end. */
enum { AR_WHOLE_DEPTH = 0 };

/** Follow a relation of a model to itself, from each of these records on, in one statement: a has_many down to all
 * descendants, a belongs_to up to the root.
 *
 * Afterwards, the relation of all these records and of every record that was found needs no statement, and neither does
 * the belongs_to of a descendant. At the last level of a limited depth, a has_many is not loaded.
 *
 * @code
 * struct cat_list all;
 *
 * status = cat_children_tree(s, root, AR_WHOLE_DEPTH, &all);
 * @endcode
 *
 * @param s         session
 * @param relation  a has_many or belongs_to of a model to itself
 * @param records   array of `count` pointers to records, of which none is NULL
 * @param count     number of records; 0 does nothing
 * @param depth     number of levels to follow, or AR_WHOLE_DEPTH
 * @param out       receives the records that were found: level by level, or from one record up; empty on failure. May
 *                  be NULL.
 * @retval AR_INVALID  the data has a cycle; the message names a row on it. Nothing is remembered.
 * @retval AR_MISUSE   the relation does not lead to its own model directly; or its keys are strings that are compared
 *                     by rules (a case-insensitive collation, padding), which only the database can follow
 * @return  otherwise see @ref common_errors */
AR_MUST_CHECK enum ar_status ar_relation_follow(struct ar_session *s, const struct ar_relation *relation,
                                                const void *const *records, size_t count, unsigned depth,
                                                struct ar_list *out);

#pragma GCC visibility pop
#ifdef __cplusplus
}
#endif
#endif
