/* Strict JSON (RFC 8259), as PostgreSQL's jsonb accepts it. */
#ifndef AR_JSON_INTERNAL_H
#define AR_JSON_INTERNAL_H

#include <stddef.h>

/* Maximum number of arrays and objects around a value. PostgreSQL and SQLite have higher limits. */
enum { JSON_DEPTH_MAX = 512 };

/* Check that the bytes are one JSON value in UTF-8. Escapes of NUL and of half a surrogate pair are errors, because
 * jsonb has no such strings. Return NULL, or what is wrong, and set *offset to the byte. */
const char *ar_json_check(const char *text, size_t size, size_t *offset);

#endif
