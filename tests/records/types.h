/* A field of every type that a column can have, and each of them again as nullable. */
#ifndef RECORDS_TYPES_H
#define RECORDS_TYPES_H

#include <armature/annotations.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

enum color { RED, GREEN = 7, BLUE = -3 };

/* clang-format off */

struct sample {
    int64_t            id AR_PRIMARY_KEY;
    bool               flag;
    int8_t             tiny;
    int16_t            small;
    int32_t            medium;
    int64_t            large;
    uint8_t            tiny_positive;
    uint16_t           small_positive;
    uint32_t           medium_positive;
    uint64_t           large_positive;
    signed char        plain_char;
    short              plain_short;
    int                plain_int;
    long               plain_long;
    long long          plain_long_long;
    unsigned           plain_unsigned;
    size_t             plain_size;
    float              single;
    double             precise;
    const char        *text;
    char              *writable;
    char               fixed[8];
    enum color         number;
    enum color         name AR_ENUM_TEXT;
    time_t             moment;
    struct timespec    instant;
    struct ar_blob     blob;
    uint8_t            hash[20];
    uint8_t            uuid[16] AR_UUID;
    int                not_stored AR_TRANSIENT;
} AR_TABLE(samples);

struct maybe {
    int64_t            id AR_PRIMARY_KEY;
    int64_t            zero_is_null AR_NULLABLE;
    time_t             moment AR_NULLABLE;
    struct timespec    instant AR_NULLABLE;
    char               fixed[8] AR_NULLABLE;
    uint8_t            hash[20] AR_NULLABLE;
    uint8_t            uuid[16] AR_UUID AR_NULLABLE;
    enum color         name AR_ENUM_TEXT AR_NULLABLE_BY(has_name);
    int32_t            count AR_NULLABLE_BY(has_count);
    double             ratio AR_NULLABLE_BY(has_ratio);
    bool               answer AR_NULLABLE_BY(has_answer);
    bool               has_name;
    bool               has_count;
    bool               has_ratio;
    bool               has_answer;
} AR_TABLE(maybes);

/* The test creates this table without constraints, so it can store values that these fields cannot. */
struct slip {
    int64_t         id AR_PRIMARY_KEY;
    int8_t          tiny;
    uint64_t        large_positive;
    double          precise;
    float           single;
    bool            flag;
    char            fixed[8];
    const char     *text;
    time_t          moment AR_STORED_AS(text);
    enum color      name AR_ENUM_TEXT;
    uint8_t         uuid[16] AR_UUID;
    struct ar_blob  blob;
    uint8_t         hash[4];
} AR_TABLE(slips);

/* clang-format on */

#endif
