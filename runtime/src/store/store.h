/* What a session knows: its memory, its records and its relation caches. It has no connection and runs no SQL. */
#ifndef AR_STORE_H
#define AR_STORE_H

#include "base/arena.h"
#include "model/field.h"
#include "store/cache.h"
#include "store/identity.h"

struct store {
    struct arena permanent; /* tables of the store itself: outlive ar_session_clear */
    struct arena objects;   /* records, lists, queries, cache entries: whatever has an alignment */
    struct arena text;      /* strings and blobs */
    struct arena scratch;   /* for the duration of one call */
    struct identities identities;
    struct caches caches;
    struct pointer_pair first_models[16], first_relations[16]; /* of their maps */
    struct field_reader field_reader;                          /* reads into `text` and reports to `failure` */
    struct failure failure;                                    /* must be last: its strings are not cleared */
};

#endif
