/* Loading relations for many records at once. */
#ifndef AR_LOAD_H
#define AR_LOAD_H

#include "driver/driver.h"
#include "read/query.h"
#include "store/cache.h"
#include "store/collector.h"

#include <armature/relation.h>

/* What is to be loaded, and for whom. */
struct load {
    const struct ar_relation *relation;
    const struct ar_query *refinement; /* the sub-query of an eager load, or NULL */
    enum ar_reason reason;
    const void *const *owners; /* structs of the relation's owner */
    size_t owner_count;
    struct result *owners_result; /* for which an eager load is made */
    bool takes_all;               /* the owners are all there are: so are the rows */
};

/* A load under way. It lies in the caller's memory, what it refers to in scratch memory, until ar_loading_end. */
struct loading {
    struct ar_session *s;
    struct load load;
    struct relation_cache *cache;
    struct key_columns keys_from; /* columns of the owner */
    struct key_reader keys_to;    /* columns of the target, which must be equal */
    struct key_set keys;          /* distinct, each with its place */
    struct table places;          /* of the keys */
    struct wanted **wanted;       /* the keys, by place */
    size_t latest;                /* the place of the key that the last row had */
    struct row_collector rows;    /* its result is what was loaded */
    struct field_reader reader;   /* of the rows */
    struct failure *unread;       /* where all rows are handed over: of the last one that could not be read */
    bool is_one_trip;             /* the keys become known with the owners' rows, in the same round trip */
    bool rows_have_places;        /* each says behind its columns where its key stands */
    bool is_known_by_bytes;       /* belongs_to: the identity map finds the target of every key */
    bool is_of_one_key;           /* there is a single key: the statement compares it, without a table of keys */
    enum access_path access_path; /* of the rows */
};

/* Starts a load and gives the statement for it, which is not run where there are no keys (`*is_needed`). When it has
 * run, what it brought is remembered. */
enum ar_status ar_loading_start(struct ar_session *s, const struct load *load, struct loading *out,
                                struct statement *statement, bool *is_needed);

/* The same for a load whose owners are the rows of `parent`, which come in the same round trip: the statement repeats
 * what the parent asks for instead of naming keys. */
enum ar_status ar_loading_start_one_trip(struct ar_session *s, const struct load *load, struct loading *out,
                                         struct statement *statement);

/* The statement as one of the two would give it for few keys: to be described, not to be run. */
enum ar_status ar_loading_preview(struct ar_session *s, const struct load *load, bool is_one_trip, struct loading *out,
                                  struct statement *statement);

/* Whether rows may be found by one look at all: the keys are integers, and no limit counts for each of them. */
bool ar_load_can_scan(const struct ar_relation *relation, const struct ar_query *refinement);

/* Whether the rows of all owners are all rows of the target: each has an owner. */
bool ar_load_can_take_all(const struct ar_relation *relation, const struct ar_query *refinement);

/* Ends a load, well or not. */
void ar_loading_end(struct loading *loading);

/* Loads the relation for all owners by one statement and remembers it; on failure nothing is remembered. */
enum ar_status ar_load(struct ar_session *s, const struct load *load);

#endif
