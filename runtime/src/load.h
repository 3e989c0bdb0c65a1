/* Loading relations for many records at once. */
#ifndef AR_LOAD_H
#define AR_LOAD_H

#include "query.h"

#include <armature/relation.h>

/* What is to be loaded, and for whom. */
struct load {
    const struct ar_relation *relation;
    const struct ar_query *refinement; /* the sub-query of an eager load, or NULL */
    enum ar_reason reason;
    const void *const *owners; /* structs of the relation's owner */
    size_t owner_count;
    struct result *owners_result; /* for which an eager load is made */
};

/* Loads the relation for all owners by one statement and remembers it. `loaded` receives what came, as one result; it
 * may be NULL. On failure nothing is remembered. */
enum ar_status ar_load(struct ar_session *s, const struct load *load, struct result **loaded);

/* Collects rows as records of one result. */
struct row_collector {
    struct ar_session *s;
    struct identity *identity;
    struct result *result;
    void **records;
    size_t *ordinals; /* of a load: the place of each row's key; otherwise NULL */
    size_t count, capacity;
    bool has_ordinal;
};

/* The on_row of a statement whose payload is a collector. */
enum ar_status ar_collect_row(void *payload, const struct ar_value *values);

/* Starts a collector for rows of `model`. */
enum ar_status ar_collector_start(struct ar_session *s, const struct ar_model *model, bool has_ordinal,
                                  struct row_collector *out);

#endif
