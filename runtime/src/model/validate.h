/* The rules of columns, checked before anything is written. */
#ifndef AR_VALIDATE_H
#define AR_VALIDATE_H

#include "base/error.h"

#include <armature/model.h>

/* Whether a field may hold what its column must not: most have no rule, and a type of which every value is one. */
bool ar_can_be_invalid(const struct ar_column *column);

/* Checks one field: its value can be stored, and its length, range and e-mail rules hold. AR_INVALID names field and
 * rule. */
enum ar_status ar_validate(const struct ar_column *column, const void *record, struct failure *failure);

#endif
