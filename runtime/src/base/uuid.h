/* UUIDs as strings that may not be terminated. */
#ifndef AR_UUID_READ_H
#define AR_UUID_READ_H

#include <armature/uuid.h>
#include <stddef.h>

/* Read a UUID from its string of `length` bytes, as ar_uuid_parse does. */
bool ar_uuid_read(const char *text, size_t length, uint8_t out[16]);

#endif
