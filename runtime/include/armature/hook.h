/** @file
 * Hooks: user functions that the runtime calls when it writes a record.
 *
 * They are declared on the struct (AR_BEFORE_INSERT and its neighbours in armature/annotations.h); the generated header
 * declares their prototypes. docs/writes.md has the rules: when each is called, what it may do, and which calls run
 * none. */
#ifndef ARMATURE_HOOK_H
#define ARMATURE_HOOK_H

#include <armature/model.h>
#include <armature/status.h>

#ifdef __cplusplus
extern "C" {
#endif
#pragma GCC visibility push(default) /* exported */

/** Refuse the record that is being written, for a reason that the caller of the write can read.
 *
 * In a function of AR_VALIDATE this adds to the broken rules of the record, and may be called several times. In any
 * other hook it is the only broken rule of the failure, and the hook should return the result.
 *
 * @code
 * enum ar_status check_post(struct ar_session *s, const struct post *post)
 * {
 *     if (post->published && post->title == NULL)
 *         return ar_refuse(s, post_column.title.column, "is missing, but the post is published");
 *     return AR_OK;
 * }
 * @endcode
 *
 * @param s       session
 * @param column  the field's column, or NULL if the rule is about the whole record
 * @param format  as for printf; the message is "post.title " or "post " and the result
 * @retval AR_INVALID    the reason was recorded
 * @retval AR_NO_MEMORY  it was not
 * @retval AR_MISUSE     no hook is running */
AR_PRINTF(3, 4)
enum ar_status ar_refuse(struct ar_session *s, const struct ar_column *column, const char *format, ...);

#pragma GCC visibility pop
#ifdef __cplusplus
}
#endif
#endif
