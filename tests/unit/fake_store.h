/* A store without a database: two models, a clock that the test sets, and made-up rows. */
#ifndef FAKE_STORE_H
#define FAKE_STORE_H

#include "unit.h"

#include "base/clock.h"
#include "base/shared.h"
#include "store/store.h"

struct user {
    int64_t id;
    const char *name;
    char *note; /* writable by the caller */
};

struct post {
    int64_t id;
    int64_t user_id;
    const char *title;
};

extern const struct ar_model user_model, post_model;
extern const struct ar_relation user_posts;  /* has_many */
extern const struct ar_relation post_author; /* belongs_to */

struct fake_store {
    struct store store;
    struct shared_map layouts;
    struct clock clock;
    uint64_t now; /* nanoseconds */
    void *memory; /* the first of the store; freed with it, as a session does, because its arenas poison it */
};

/* Open an empty store with these options. The clock and the layouts are set here. */
void fake_open(struct fake_store *fake, struct store_options options);
void fake_close(struct fake_store *fake);

/* Read a row of users into the store. Return NULL on failure. */
struct user *fake_read_user(struct fake_store *fake, int64_t id, const char *name);

/* The same for any model and any values. */
enum ar_status fake_read(struct fake_store *fake, const struct ar_model *model, const struct ar_value *values,
                         struct record **out);

#endif
