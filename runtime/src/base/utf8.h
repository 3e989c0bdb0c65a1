/* UTF-8: validation, characters, and strings that were truncated. */
#ifndef AR_UTF8_H
#define AR_UTF8_H

#include <stdbool.h>
#include <stddef.h>

/* Return true if the bytes are UTF-8 (RFC 3629): no overlong forms, no surrogates, nothing above U+10FFFF. */
bool ar_utf8_is_valid(const char *text, size_t size);

/* Return the number of code points. */
size_t ar_utf8_count(const void *text, size_t size);

/* Remove the beginning of a character whose other bytes are missing at the end of the string. */
void ar_utf8_trim(char *text);

/* Return the size of a string, or if it is larger, that of its longest beginning of at most `limit` bytes that does not
 * end within a character. */
size_t ar_utf8_prefix(const void *text, size_t size, size_t limit);

#endif
