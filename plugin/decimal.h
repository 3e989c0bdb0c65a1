/* AR_DECIMAL in the tool: its arguments, and numbers in headers as integers in units of a field's last digit. */
#ifndef ARMATURE_PLUGIN_DECIMAL_H
#define ARMATURE_PLUGIN_DECIMAL_H

#include "reading.h"

/* Read the precision and the scale. */
void read_decimal(const struct reading *reading, struct member *member);

/* Apply AR_DECIMAL and AR_INTERVAL to the type of a field that can have them. */
void decimal_finish_type(struct arena *arena, struct member *member);

/* Convert a number to units of 10^-scale: 12.5 is 1250 with two digits. Return false if it is not a decimal number, has
 * more digits after the point, or does not fit. */
bool decimal_parse(const char *text, unsigned scale, int64_t *out);

/* Return the number of digits that every integer of this size in bytes can hold. */
unsigned decimal_digits(uint32_t size);

/* Return the default of a decimal column as SQLite stores it: an integer, or a string in quotes. NULL: it does not fit.
 */
const char *decimal_default(struct arena *arena, const struct member *column);

/* Return the largest integer of as many digits as the precision. */
int64_t decimal_largest(const struct member *column);

/* Report a precision that the integer cannot hold, a bound of AR_RANGE and a default that the column cannot hold. */
void check_decimal(struct model_set *set, const struct member *column);

#endif
