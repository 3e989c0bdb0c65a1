/** @file
 * Positions: how far databases had got when something was committed. A session that reads from a standby waits until it
 * has got as far, see `after` in ar_session_options. */
#ifndef ARMATURE_POSITION_H
#define ARMATURE_POSITION_H

#include <armature/status.h>

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif
#pragma GCC visibility push(default) /* exported */

/** The number of databases in a position, the size of one of them, and the length of a position's string, without the
 * terminator. */
enum { AR_POSITION_DATABASES = 4, AR_POSITION_DATABASE_SIZE = 20, AR_POSITION_LENGTH = 171 };

/** A position in each of up to AR_POSITION_DATABASES databases. All zero: none, which every database has reached.
 *
 * The content is opaque. It does not depend on the machine: the struct can be sent to another process as bytes, or as a
 * string by ar_position_format. A database is identified by its cluster, which a standby shares with its primary; a
 * session ignores the positions of other databases. Whoever can forge a position can make readers wait for
 * replica_wait_ms: authenticate one that has been in the hands of a user. */
struct ar_position {
    uint8_t opaque[AR_POSITION_DATABASES * AR_POSITION_DATABASE_SIZE]; /**< not to be interpreted */
};

/** Add the positions of `from` to those of `into`. Of a database that is in both, the later one remains.
 *
 * For a reader that must see several writes, of one or of several databases:
 *
 * @code
 * struct ar_position seen = {0}, now;
 * …
 * status = ar_session_position(s, &now);
 * if (status == AR_OK && !ar_position_merge(&seen, &now))
 *     status = AR_MISUSE;
 * @endcode
 *
 * @param into  receives the positions; unchanged if they are too many
 * @param from  may be the same as `into`
 * @return  true; false if there are more than AR_POSITION_DATABASES databases */
AR_MUST_CHECK bool ar_position_merge(struct ar_position *into, const struct ar_position *from);

/** Write a position as a string of letters, digits, points and hyphens, which is valid in a URL, a header or a cookie.
 * The string of no position is empty.
 *
 * @param position  from ar_session_position or ar_position_merge
 * @param out       receives the string and a terminator */
void ar_position_format(const struct ar_position *position, char out[AR_POSITION_LENGTH + 1]);

/** Read a position from its string, which may come from an untrusted source.
 *
 * @param text  may be NULL, which is not a position
 * @param out   receives the position; unchanged if the string is not one
 * @return  true if ar_position_format can have written the string */
AR_MUST_CHECK bool ar_position_parse(const char *text, struct ar_position *out);

#pragma GCC visibility pop
#ifdef __cplusplus
}
#endif
#endif
