/* Models for comparisons of columns, arithmetic, NULL, and strings without regard to case. */
#ifndef RECORDS_COLUMNS_H
#define RECORDS_COLUMNS_H

#include <armature/annotations.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

enum side { LEFT, RIGHT };
enum shape { ROUND, FLAT };

/* clang-format off */

/* Two columns of each kind. */
struct pair {
    int64_t     id          AR_PRIMARY_KEY;
    int32_t     first;
    int64_t     second;
    uint16_t    positive;
    float       real;
    double      precise;
    const char *text;
    char        fixed[8];
    enum side   side        AR_ENUM_TEXT;
    enum side   other_side  AR_ENUM_TEXT;
    enum shape  shape       AR_ENUM_TEXT;
    bool        flag;
    bool        other_flag;
    uint8_t     uuid[16]    AR_UUID;
    uint8_t     next[16]    AR_UUID;
    time_t      begins_at;
    time_t      ends_at     AR_NULLABLE;
    time_t      day         AR_STORED_AS(date);
    struct timespec sent;
    struct timespec read;
    struct ar_blob  blob;
    struct ar_blob  copy;
} AR_TABLE(pairs);

/* A number of every width, with and without a rule. */
struct tally {
    int64_t     id          AR_PRIMARY_KEY;
    int8_t      tiny;
    int16_t     small;
    int32_t     medium;
    int64_t     large;
    uint8_t     utiny;
    uint16_t    usmall;
    uint32_t    umedium;
    uint64_t    ularge;
    float       single;
    double      precise;
    int32_t     percent     AR_RANGE(0, 100);
    double      share       AR_RANGE(-1, 1);
    int32_t     maybe       AR_NULLABLE_BY(has_maybe);
    bool        has_maybe;
    const char *note;
    const char *name        AR_NOT_NULL;
    int32_t     version     AR_VERSION;
} AR_TABLE(tallies);

struct deadline {
    int64_t         id  AR_PRIMARY_KEY;
    struct timespec day AR_STORED_AS(date);
} AR_TABLE(deadlines);

/* clang-format on */

#endif
