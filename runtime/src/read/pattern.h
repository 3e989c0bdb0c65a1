/* Patterns of LIKE: made from literal strings, checked, folded, and translated for GLOB. */
#ifndef AR_PATTERN_H
#define AR_PATTERN_H

#include "base/arena.h"
#include "base/error.h"

#include <armature/condition.h>

/* Turn a literal string into a LIKE pattern in the arena: escape its %, _ and \, and add % before it, after it, or
 * both, as CONTAINS, STARTS_WITH and ENDS_WITH require. */
enum ar_status ar_pattern_of_literal(struct arena *arena, enum ar_operator op, const struct ar_value *text,
                                     struct ar_value *out, struct failure *failure);

/* Refuse a pattern that ends with a lone backslash: PostgreSQL reports an error, and on SQLite it matches nothing. */
enum ar_status ar_pattern_check(const struct ar_column *column, const struct ar_value *pattern,
                                struct failure *failure);

/* Copy a string or pattern into the arena, with A to Z as a to z. NULL stays NULL. */
enum ar_status ar_pattern_fold(struct arena *arena, struct ar_value *text, struct failure *failure);

/* Return the LIKE pattern as a pattern of GLOB, which matches the same strings, but is case-sensitive on SQLite. It is
 * NULL if out of memory, or if the pattern is. */
struct ar_value ar_pattern_to_glob(struct arena *arena, const struct ar_value *pattern);

#endif
