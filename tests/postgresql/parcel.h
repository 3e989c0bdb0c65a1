/* A table with every type that COPY supports. */
#ifndef POSTGRESQL_PARCEL_H
#define POSTGRESQL_PARCEL_H

#include <armature/annotations.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

/* clang-format off */

enum parcel_state { PARCEL_SENT, PARCEL_LOST };

struct parcel {
    int64_t           id AR_PRIMARY_KEY;
    int64_t           number;                /* bigint, unique */
    int64_t           weight;                /* integer */
    int16_t           small;                 /* smallint */
    uint32_t          count;                 /* bigint */
    float             length;                /* real */
    double            width;                 /* double precision */
    bool              is_heavy;              /* boolean */
    const char       *label;                 /* text */
    char              code[8];               /* varchar(20) */
    enum parcel_state state AR_ENUM_TEXT;    /* text */
    int32_t           shelf AR_NULLABLE;     /* integer */
    struct ar_blob    content;               /* bytea */
    uint8_t           token[16] AR_UUID;     /* uuid */
    time_t            sent_at;               /* timestamptz */
    struct timespec   seen_at AR_NULLABLE;   /* timestamptz */
} AR_TABLE(parcels);

/* clang-format on */

#endif
