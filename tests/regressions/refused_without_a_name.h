/* Rows with references and unique values. */
#ifndef REGRESSIONS_REFUSED_WITHOUT_A_NAME_H
#define REGRESSIONS_REFUSED_WITHOUT_A_NAME_H

#include <armature/annotations.h>
#include <stdbool.h>
#include <stdint.h>

/* clang-format off */

struct writer {
    int64_t     id    AR_PRIMARY_KEY;
    const char *email AR_UNIQUE;
} AR_TABLE(writers)
  AR_HAS_MANY(novels, writer_id, writer, .target = novel)
  AR_HAS_MANY(poems, writer_id, writer, .target = poem);

struct novel {
    int64_t     id        AR_PRIMARY_KEY;
    int64_t     writer_id;
} AR_TABLE(novels)
  AR_BELONGS_TO(writer, writer_id, novels);

struct poem {
    int64_t     id        AR_PRIMARY_KEY;
    int64_t     writer_id;
} AR_TABLE(poems)
  AR_BELONGS_TO(writer, writer_id, poems);

struct seat {
    const char *row    AR_PRIMARY_KEY;
    int64_t     number AR_PRIMARY_KEY;
    const char *guest;
} AR_TABLE(seats);

struct stone {
    int64_t id     AR_PRIMARY_KEY;
    double  weight AR_UNIQUE;
} AR_TABLE(stones);

struct attempt {
    int64_t     id     AR_PRIMARY_KEY;
    bool        failed;
    const char *code   AR_UNIQUE;
} AR_TABLE(attempts);

/* clang-format on */

#endif
