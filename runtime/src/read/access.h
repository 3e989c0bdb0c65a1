/* Access to a relation of a record, or to an aggregate of it: what is known, and otherwise a lazy load. relation.c
 * explains and implements it. */
#ifndef AR_ACCESS_H
#define AR_ACCESS_H

#include "session/session.h"
#include "store/cache.h"

/* The relation that is accessed. */
struct access {
    struct ar_session *s;
    const struct ar_relation *relation;
    struct relation_cache *cache; /* of the relation, or of the aggregate */
    struct relation_cache *whole; /* for an aggregate: the cache of its relation; otherwise NULL */
};

/* The related records of one owner, or an aggregate of them, as far as known. */
struct content {
    bool is_known;
    union {
        struct {
            void *const *records; /* the list */
            void *const *links;   /* in step with it; NULL if the relation has no links */
            size_t count;
            void *record; /* the first or only record; NULL if there is none */
        };
        struct ar_value value; /* the aggregate */
    };
};

/* Find the content, and load it if it is not known. On failure it is that of no records. */
enum ar_status ar_access(const struct access *access, const void *record, struct content *out);

#endif
