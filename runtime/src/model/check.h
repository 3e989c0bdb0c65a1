/* The CHECK constraints of a model's table. */
#ifndef AR_CHECK_H
#define AR_CHECK_H

#include "base/error.h"

/* Return the AR_CHECK of the model with this constraint, or NULL. The name may be NULL. */
const struct ar_check *ar_check_find(const struct ar_model *model, const char *constraint);

/* Record the violation of a check, with its condition and the database's own message. Return AR_CONSTRAINT. */
enum ar_status ar_fail_check(struct failure *failure, const struct ar_model *model, const struct ar_check *check,
                             const char *message);

#endif
