/* A table created by another program, with PostgreSQL-specific types. */
#ifndef POSTGRESQL_LEDGER_H
#define POSTGRESQL_LEDGER_H

#include <armature/annotations.h>
#include <stdint.h>
#include <time.h>

/* clang-format off */

struct entry {
    int64_t         id AR_PRIMARY_KEY;
    double          amount;              /* numeric */
    int64_t         whole;               /* numeric */
    float           share;               /* real */
    int16_t         small;               /* smallint */
    time_t          day;                 /* date */
    struct timespec made_at;             /* timestamp */
    time_t          seen_at;             /* timestamptz */
    const char     *title;               /* varchar(20) */
    char            code[8];             /* char(5) */
} AR_TABLE(ledger);

/* clang-format on */

#endif
