/* The rules of columns, checked before anything is written. */
#ifndef AR_VALIDATE_H
#define AR_VALIDATE_H

#include "base/error.h"

#include <armature/model.h>
#include <armature/value.h>

/* Return false if every content of the field is valid, as for most: it has no rule, and a type without invalid
 * contents.
 */
bool ar_can_be_invalid(const struct ar_column *column);

/* Check that a field can be stored and follows its rules. Otherwise return AR_INVALID, with a message that names field
 * and rule. */
enum ar_status ar_validate(const struct ar_column *column, const void *record, struct failure *failure);

/* Check a value that is not in a record: that the type has it, and that a string has the form of the column, of a
 * decimal number or JSON. */
enum ar_status ar_validate_form(const struct ar_column *column, const struct ar_value *value, struct failure *failure);

/* Find the next rule that the field breaks, from number *next on, which is 0 at first. If there is one, return
 * AR_INVALID as ar_validate does, set *rule to its name ("AR_LENGTH"), and *next to the number of the rule after it. */
enum ar_status ar_validate_next(const struct ar_column *column, const void *record, size_t *next, const char **rule,
                                struct failure *failure);

#endif
