/* A database of several tenants, a session of one of them, and the checks that the property test makes after each call.
 * Texts of tenant 2 begin with "t2-", its points are from 2,000 to 2,999: a value tells whose it is. */
#ifndef PROPERTY_H
#define PROPERTY_H

#include "support.h"
#include "tracker.ar.h"

/* Tenants 1 to 3 have rows; 4 and 0 have none. */
enum { TENANT_COUNT = 3, IDS = 6 };

struct world {
    struct fixture *f; /* `s` has the scope, `other` none */
    uint64_t random;
    int64_t tenant;     /* of the session */
    bool names_other;   /* the call has got a key, record or value of another tenant */
    const char *others; /* all rows of the other tenants, as text */
    const char *call;   /* for messages: the operation that runs */
    size_t refused;     /* calls that returned AR_MISUSE */
    size_t allowed;     /* calls that returned AR_OK */
};

/* Return a number from 0 to `end` - 1. */
uint64_t draw(struct world *w, uint64_t end);

/* Return the session's tenant, or sometimes another one, which is noted. */
int64_t draw_tenant(struct world *w);

/* Return a text of a tenant. */
const char *text_of(struct world *w, int64_t tenant);

/* Return a sharded model, and a relation of one. */
const struct ar_model *draw_model(struct world *w);
const struct ar_relation *draw_relation(struct world *w);

/* Fill a struct of the model, whose memory lasts until the session is cleared: with the key of a tenant, and with
 * foreign keys. */
void *draw_record(struct world *w, const struct ar_model *model);

/* Fill the key of a row. */
void draw_key(struct world *w, const struct ar_model *model, struct ar_value *key);

/* Return a condition on the model's rows, which may lead to related ones. */
struct ar_condition draw_condition(struct world *w, const struct ar_model *model, unsigned depth);

/* Note the status of a call, and check that a call with something of another tenant did not succeed. */
void expect_refused(struct world *w, enum ar_status status);

/* Check that a record belongs to the tenant; NULL is allowed. */
void check_record(const struct world *w, const struct ar_model *model, const void *record);
void check_list(const struct world *w, const struct ar_model *model, struct ar_list list);

/* Check that no row of another tenant has changed. */
void check_others(struct world *w);

/* Write the rows of all tenants, and remember those of the others. */
void fill_world(struct world *w);
void remember_others(struct world *w);

/* An operation: calls of one function, or of several that belong together. */
struct operation {
    const char *name;
    void (*run)(struct world *w);
};

extern const struct operation operations[];
extern const size_t operation_count;

#endif
