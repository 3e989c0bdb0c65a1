/* Conditions of queries: checked, and copied into the store with everything they refer to. */
#ifndef AR_CONDITION_INTERNAL_H
#define AR_CONDITION_INTERNAL_H

#include "store/store.h"

#include <armature/condition.h>

/* Copy a condition on columns of `model` into the memory of the store. In the copy, lists become AND and OR, and the
 * value of an IN is a struct key_set. Fills `failure` if a column belongs to another model, the condition is empty or
 * too large, or a value is invalid. */
enum ar_status ar_condition_copy(struct store *store, const struct ar_model *model,
                                 const struct ar_condition *condition, const struct ar_term **out,
                                 struct failure *failure);

/* Check a single column, or a value to compare with or assign to it. */
enum ar_status ar_condition_check_column(const struct ar_model *model, const struct ar_column *column,
                                         struct failure *failure);
enum ar_status ar_condition_check_value(const struct ar_column *column, const struct ar_value *value,
                                        struct failure *failure);

/* For a column that stores an enum by name: replace a constant by its name. AR_INVALID if it has none. */
enum ar_status ar_condition_take_constant(const struct ar_column *column, struct ar_value *value,
                                          struct failure *failure);

#endif
