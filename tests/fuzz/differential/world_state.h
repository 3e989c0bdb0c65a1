/* The state of one run: a database accessed through Armature, its shadow, and the records that the fuzzer holds. */
#ifndef FUZZ_WORLD_STATE_H
#define FUZZ_WORLD_STATE_H

#include "field.h"
#include "shadow.h"

#include <stdio.h>

#define HELD_MAX 48
#define DEPTH_MAX 3

/* A record of the session, and its key as SQL. */
struct held {
    const struct ar_model *model;
    void *record;
    char *key; /* "id = 1" */
};

struct world {
    struct ar_db *db;
    struct ar_session *s;
    struct shadow *shadow;
    uint64_t random;
    const struct ar_model *const *models;
    size_t model_count;
    bool has_foreign_keys;
    unsigned depth; /* number of open transactions */
    /* Since the session was last empty, a row was written without its record (by condition, by SQL, or through a
     * caller-owned struct). After a rollback, the record of such a row may have outdated values until its row is read
     * again. */
    bool is_uncertain;
    struct held held[HELD_MAX];
    size_t held_count;
    FILE *log; /* the operations since the start of the seed, in `log_text` */
    char *log_text;
    size_t log_size;
    uint64_t seed;
};

/* Abort with a message, the seed and the log. */
_Noreturn void world_fail(struct world *w, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Log the next operation. */
void world_note(struct world *w, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Format a string like printf; the caller frees it. */
char *text_of(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Return "key = literal AND …" for a record; the caller frees it. */
char *key_of(const struct ar_model *model, const void *record);

/* Return the record's columns in the format of the shadow; the caller frees it. */
char *row_of(const struct ar_model *model, const void *record);

/* Fail unless the call succeeded. */
void expect_ok(struct world *w, enum ar_status status);

/* Hold a record of the session. Fail if a record of the same row is held at another address: a row has one record. */
void hold(struct world *w, const struct ar_model *model, void *record);

/* Stop holding one record, those of a model (of all models, with NULL), or those with a key. */
void let_go(struct world *w, size_t index);
void let_go_of_model(struct world *w, const struct ar_model *model);
void let_go_of_key(struct world *w, const struct ar_model *model, const char *key);

/* Fail unless each held record equals its row; let go of those without a row. */
void check_held(struct world *w);

/* Read the row of each held record again. Fail unless the record is the same. */
void find_held(struct world *w);

/* Return the value of a field, as used in a condition. */
struct ar_value value_of(const struct ar_column *column, const void *record);

#endif
