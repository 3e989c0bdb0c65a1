/** @file
 * UUIDs: new ones, and their form as a string. A UUID is 16 bytes, as in a field `uint8_t id[16] AR_UUID`. */
#ifndef ARMATURE_UUID_H
#define ARMATURE_UUID_H

#include <armature/status.h>

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif
#pragma GCC visibility push(default) /* exported */

/** The length of a UUID's string, without the terminator. */
enum { AR_UUID_LENGTH = 36 };

/** Make a UUID of version 7 (RFC 9562): the time in milliseconds, then random bits. AR_GENERATE_UUID(v7) calls it.
 *
 * Within a process, each UUID is greater than those before it, byte by byte, also if another thread made them, and if
 * the system's clock is set back. A child process makes other UUIDs than its parent. May be called by any thread.
 *
 * @code
 * struct token token = {.purpose = "login"};
 * if (!ar_uuid_v7(token.id))
 *     return AR_DATABASE;
 * @endcode
 *
 * @param out  receives the UUID; unchanged if there is none
 * @return  true; false if the system provides no random bytes */
AR_MUST_CHECK bool ar_uuid_v7(uint8_t out[16]);

/** Write a UUID as a string in lower case: "0190b6c8-3a5e-7cc1-8f3a-2b6d5e4f1a09".
 *
 * @param uuid  16 bytes
 * @param out   receives AR_UUID_LENGTH characters and a terminator */
void ar_uuid_format(const uint8_t uuid[16], char out[AR_UUID_LENGTH + 1]);

/** Read a UUID from its string, of upper or lower case.
 *
 * @param text  may be NULL, which is not a UUID
 * @param out   receives 16 bytes; unchanged if the string is not a UUID
 * @return  true if the string is 32 hexadecimal digits in groups of 8, 4, 4, 4 and 12, with a hyphen between */
AR_MUST_CHECK bool ar_uuid_parse(const char *text, uint8_t out[16]);

#pragma GCC visibility pop
#ifdef __cplusplus
}
#endif
#endif
