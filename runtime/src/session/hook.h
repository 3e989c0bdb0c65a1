/* Calls of hooks, the functions of the program that belong to a model.
 *
 * A hook may use the session in any way but ending what its caller has begun. The call that runs it is in the middle of
 * its work: it has data in the scratch memory of the store, which every public function empties, and perhaps an open
 * transaction. A hook therefore gets an empty scratch arena, and cannot end transactions that it did not begin. */
#ifndef AR_HOOK_H
#define AR_HOOK_H

#include <armature/model.h>

struct violations;

/* Maximum number of hooks that run inside each other: a hook that writes a record whose hook writes a record, … */
enum { AR_HOOKS_MAX = 16 };

/* The innermost hook that runs. */
struct running_hook {
    const struct ar_model *model;
    const struct ar_hook *hook;
    struct violations *violations; /* to which ar_refuse adds; NULL unless it is a function of AR_VALIDATE */
    struct running_hook *outer;
    unsigned depth; /* of hooks */
    unsigned floor; /* the number of transactions that were open when it was called */
};

static inline unsigned ar_hook_bit(enum ar_hook_event event)
{
    return 1u << event;
}

/* The events of an insert or update, for which it matters which of the two it is. */
static inline unsigned ar_hooks_of_save(void)
{
    return ar_hook_bit(AR_HOOK_BEFORE_INSERT) | ar_hook_bit(AR_HOOK_AFTER_INSERT) | ar_hook_bit(AR_HOOK_BEFORE_UPDATE) |
           ar_hook_bit(AR_HOOK_AFTER_UPDATE) | ar_hook_bit(AR_HOOK_AFTER_COMMIT) | ar_hook_bit(AR_HOOK_AFTER_ROLLBACK);
}

/* Return true if the model has a hook for any of these events, combined bits. */
static inline bool ar_hooks_any(const struct ar_model *model, unsigned events)
{
    return (model->hook_events & events) != 0;
}

/* Call the model's hooks for an event of a write, in their order, until one fails. If a failure has no description, add
 * one that names the hook. */
enum ar_status ar_hooks_call(struct ar_session *s, const struct ar_model *model, enum ar_hook_event event,
                             void *record);

/* Call all functions of AR_VALIDATE. AR_INVALID of a function is added to the violations; any other failure ends the
 * calls and is returned. */
enum ar_status ar_hooks_validate(struct ar_session *s, const struct ar_model *model, const void *record,
                                 struct violations *violations);

/* Call the model's hooks for the end of a transaction. The session's last failure stays as it is. */
void ar_hooks_end(struct ar_session *s, const struct ar_model *model, enum ar_hook_event event, const void *record,
                  enum ar_change change);

/* Return AR_MISUSE if hooks are nested too deeply to write a record of this model, which has hooks. */
enum ar_status ar_hooks_check_depth(struct ar_session *s, const struct ar_model *model);

#endif
