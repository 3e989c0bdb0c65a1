/* Exact decimal numbers, and their conversions: none of them rounds.
 *
 * A field has a number as an integer in units of the last digit of its scale: 12.50 with two digits is 1250. A database
 * may send numbers of any size and scale, in the form of PostgreSQL's numeric_send (src/backend/utils/adt/numeric.c),
 * which AR_VALUE_DECIMAL refers to. All numbers are big-endian and have two bytes: the number of groups, the weight,
 * the sign, the number of decimal digits after the point, then the groups, each a number below 10000. The first group
 * has the factor 10000^weight; groups of zeros may be omitted at both ends. */
#ifndef AR_DECIMAL_H
#define AR_DECIMAL_H

#include <armature/model.h>
#include <armature/value.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum decimal_kind { DECIMAL_NUMBER, DECIMAL_NAN, DECIMAL_INFINITY, DECIMAL_MINUS_INFINITY };

/* A number as received. */
struct decimal {
    enum decimal_kind kind;
    bool is_negative;
    const unsigned char *groups;
    int weight;
    /* The powers of ten of the first and the last digit that is not zero; only if the number is not zero. */
    bool is_zero;
    int highest, lowest;
};

/* The result of a conversion. */
enum decimal_fit {
    DECIMAL_FITS,
    DECIMAL_INEXACT,   /* digits would be lost */
    DECIMAL_TOO_LARGE, /* or, for a floating-point number, too close to 0 */
    DECIMAL_NOT_FINITE /* NaN or infinite */
};

/* Split a number into its parts, which refer to the bytes. Return false if it is malformed. */
bool ar_decimal_parse(const struct ar_bytes *bytes, struct decimal *out);

/* Convert to an integer in units of 10^-scale. */
enum decimal_fit ar_decimal_to_integer(const struct decimal *decimal, unsigned scale, int64_t *out);

/* Convert to the nearest double or, if `is_single`, the nearest float. A number fits if its digits are those of the
 * nearest floating-point number in as many digits: numbers of up to 15 digits, or 6, always do. NaN and infinities fit.
 * `out` is also set if the number is inexact. */
enum decimal_fit ar_decimal_to_real(const struct decimal *decimal, bool is_single, double *out);

/* Write the number as a terminated string, truncated to `size` bytes: at least `scale` digits after the point. */
void ar_decimal_print(const struct decimal *decimal, unsigned scale, char *to, size_t size);

/* Return 10^scale. `scale` is at most AR_DECIMAL_DIGITS_MAX, here and below. */
uint64_t ar_decimal_unit(unsigned scale);

/* Write an integer in units of 10^-scale, as a terminated string. */
enum { AR_DECIMAL_DIGITS_MAX = 18, AR_DECIMAL_TEXT_SIZE = 24 };

void ar_decimal_print_integer(int64_t integer, unsigned scale, char to[AR_DECIMAL_TEXT_SIZE]);

/* Write an integer in units of 10^-scale in the form of numeric_send. Return its size in bytes. */
enum { AR_DECIMAL_SIZE_MAX = 28 };

size_t ar_decimal_put_integer(int64_t integer, unsigned scale, char to[AR_DECIMAL_SIZE_MAX]);

/* Return the largest integer that a field of AR_TYPE_DECIMAL may have: as many nines as its precision. */
int64_t ar_decimal_largest(const struct ar_column *column);

#endif
