/* Models with every kind of key that the program sets itself. */
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

/* What an insert or update must not lose: the time of the insert, and who changed the row first. */
struct article {
    const char *name       AR_PRIMARY_KEY;
    const char *text;
    const char *status     AR_DEFAULT("'draft'");
    int32_t     revision   AR_VERSION;
    time_t      created_at AR_CREATED_AT;
} AR_TABLE(articles);

/* Sizes and alignments that no other model has. */
struct stamp {
    char text[9] AR_PRIMARY_KEY;
} AR_TABLE(stamps);

struct wide {
    _Alignas(64) int64_t id AR_PRIMARY_KEY;
    const char *name;
} AR_TABLE(wides);

/* A key of all three kinds, in a table and with columns whose names SQL has for itself. */
struct order {
    const char *group     AR_PRIMARY_KEY;
    int64_t     select    AR_PRIMARY_KEY AR_COLUMN("from \"where\"");
    uint8_t     token[16] AR_PRIMARY_KEY AR_UUID;
    const char *note      AR_COLUMN("a note");
} AR_TABLE("order", .prefix = quoted);

/* clang-format on */

#endif
