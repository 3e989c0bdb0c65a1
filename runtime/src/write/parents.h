/* The records that a write changes in passing: those that its record belongs to by a relation with .counter or .touch.
 *
 * A public call collects the changes of all rows that it writes, one `struct parent_row` for each parent, and applies
 * them at its end, in the same transaction. Each parent is updated once, whatever the number of its children, and only
 * by difference (`n = n + 2`), so that concurrent writers lose nothing.
 *
 * Locks are always taken in the same order, so that calls do not deadlock: first the rows of children, then parents by
 * the name of their table and by their key. What a call returns of its parents refreshes the session's records. */
#ifndef AR_PARENTS_H
#define AR_PARENTS_H

#include "session/session.h"

struct parent_group;

/* All zero, except for the session. */
struct parents {
    struct ar_session *s;
    struct arena memory;
    struct parent_group *groups; /* by model and key */
};

/* Note that `change` rows more refer to the parents of this struct of the model; 0 only touches them. A row that is
 * deleted by a time is not counted when it is added.
 *   except   see ar_parent_is_changed */
enum ar_status ar_parents_add(struct parents *parents, const struct ar_model *model, const void *record, int64_t change,
                              const struct ar_relation *except);

/* Do the same for the parent by one relation of the model, a belongs_to with .counter or .touch. */
enum ar_status ar_parents_add_one(struct parents *parents, const struct ar_relation *relation, const void *record,
                                  int64_t change);

/* Update all parents, and the session's records of them. A transaction must be open. */
enum ar_status ar_parents_write(struct parents *parents);

void ar_parents_free(struct parents *parents);

#endif
