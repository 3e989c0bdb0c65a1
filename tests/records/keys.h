/* Models with every kind of caller-assigned key. */
#ifndef RECORDS_KEYS_H
#define RECORDS_KEYS_H

#include <armature/annotations.h>
#include <stdint.h>
#include <time.h>

/* clang-format off */

struct country {
    const char *code AR_PRIMARY_KEY;
    const char *name;
} AR_TABLE(countries);

struct currency {
    char        code[4] AR_PRIMARY_KEY;
    const char *name;
} AR_TABLE(currencies);

struct seat {
    int32_t     line   AR_PRIMARY_KEY;
    int16_t     number AR_PRIMARY_KEY;
    const char *holder;
} AR_TABLE(seats);

struct token {
    uint8_t     id[16]  AR_UUID AR_PRIMARY_KEY;
    const char *purpose;
} AR_TABLE(tokens);

/* Columns that a save must not lose: the creation time and the version. */
struct article {
    const char *name       AR_PRIMARY_KEY;
    const char *text;
    const char *status     AR_DEFAULT("'draft'");
    int32_t     revision   AR_VERSION;
    time_t      created_at AR_CREATED_AT;
} AR_TABLE(articles);

/* Unusual sizes and alignments. */
struct stamp {
    char text[9] AR_PRIMARY_KEY;
} AR_TABLE(stamps);

struct wide {
    _Alignas(64) int64_t id AR_PRIMARY_KEY;
    const char *name;
} AR_TABLE(wides);

/* A composite key of all three types; the names of the table and of its columns are reserved words. */
struct order {
    const char *group     AR_PRIMARY_KEY;
    int64_t     select    AR_PRIMARY_KEY AR_COLUMN("from \"where\"");
    uint8_t     token[16] AR_PRIMARY_KEY AR_UUID;
    const char *note      AR_COLUMN("a note");
} AR_TABLE("order", .prefix = quoted);

/* Nothing but a key that the database generates. */
struct stub {
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE(stubs);

/* clang-format on */

#endif
