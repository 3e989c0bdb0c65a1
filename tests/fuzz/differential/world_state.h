/* One world: a database reached through Armature, its shadow, and the records that the fuzzer holds. */
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
    unsigned depth; /* of open transactions */
    /* A row was written without its record (by condition, by SQL, through a caller-owned struct) since the session was
     * empty: after a rollback, a record that met such a row may hold old values until its row is read again. */
    bool is_uncertain;
    struct held held[HELD_MAX];
    size_t held_count;
    FILE *log; /* what was done since the seed began, in `log_text` */
    char *log_text;
    size_t log_size;
    uint64_t seed;
};

/* End the program with a message, the seed and what was done. */
_Noreturn void world_fail(struct world *w, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Note what is done next. */
void world_note(struct world *w, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Text made as by printf; free it. */
char *text_of(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* "key = literal AND …" of a record; free it. */
char *key_of(const struct ar_model *model, const void *record);

/* The record's columns as the shadow prints them; free it. */
char *row_of(const struct ar_model *model, const void *record);

/* Fail unless the call succeeded. */
void expect_ok(struct world *w, enum ar_status status);

/* Hold a record of the session. Fail if its row is held already at another address: one row is one record. */
void hold(struct world *w, const struct ar_model *model, void *record);

/* Stop holding a record, those of a model (or all, with NULL), or those of a key. */
void let_go(struct world *w, size_t index);
void let_go_of_model(struct world *w, const struct ar_model *model);
void let_go_of_key(struct world *w, const struct ar_model *model, const char *key);

/* Fail unless each held record is as its row; let go of those without a row. */
void check_held(struct world *w);

/* Read the row of each held record again. Fail unless that gives the same record. */
void find_held(struct world *w);

/* The value of a field, as for a condition. */
struct ar_value value_of(const struct ar_column *column, const void *record);

#endif
