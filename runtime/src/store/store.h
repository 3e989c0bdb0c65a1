/* The data of a store: the memory of a session, its records, the relations that it has loaded, and what is needed to
 * undo a transaction in them. A store has no connection and runs no SQL; the other headers of this folder have the
 * calls.
 *
 * Identity map. For each model, a hash table finds the record of a primary key, so that one row is one pointer for the
 * life of the session. A key that is known to have no row has a record as well, an absent one. Nothing is removed one
 * by one when rows may have changed: an identity has a generation, which is incremented, and a record of an earlier one
 * is refreshed when its row is next read.
 *
 * Relation cache. For each relation, a hash table finds what was loaded for the key of an owner. Writes drop the
 * entries that they may make stale; the policy of the relation decides how long the others are served. Each aggregate
 * of the relation that was asked for has a table of its own, a tally: whatever drops the relation of an owner drops its
 * tallies, too.
 *
 * Undo log. Every ar_begin opens a level with the next serial number. Before a record is changed in a transaction, its
 * header and values are added to the log, at most once per level. A rollback restores them in reverse order. Records
 * that the transaction has only read, and cache entries that it has loaded, have its serial number: a rollback expires
 * the former and drops the latter. */
#ifndef AR_STORE_H
#define AR_STORE_H

#include "base/arena.h"
#include "base/error.h"
#include "base/pointer_map.h"
#include "base/shared.h"
#include "base/use_list.h"
#include "model/field.h"
#include "model/key_table.h"
#include "model/shard.h"
#include "store/layout.h"
#include "store/record.h"

#include <armature/aggregate.h>
#include <armature/model.h>

struct clock;
struct reads;
struct traced_load;
struct write_text;

/* The records of one model. */
struct identity {
    struct layout layout; /* a copy, which a row reaches without following a pointer */
    bool has_images;
    bool has_partials;  /* queries may load parts of its records, see partial.h */
    bool has_scope;     /* the shard key of each row must be that of the session */
    size_t record_size; /* with header, struct and image */
    struct key_table records;
    struct table_slots first_records; /* lent to `records` */
    uint32_t generation;
    uint32_t expired_in;                 /* the last transaction in which it was expired */
    const struct write_text *write_text; /* the statement that last wrote such a record; unused here */
    struct identity *next;
};

struct identities {
    struct pointer_map by_model;
    struct identity *first;
    struct identity *latest; /* the last one looked up, which is usually needed next, too */
};

/* One relation of one owner, or one aggregate of it. */
struct cache_entry {
    struct stored_key key; /* the owner's; must be first */
    struct use_link use;   /* if `is_listed` */
    union {
        struct {
            void *const *records; /* the list, or at most one */
            void *const *links;   /* in step with `records`; NULL if the relation has no links */
            size_t count;
        };
        struct ar_value value; /* in the cache of an aggregate */
    };
    struct stored_key foreign_key; /* the value of the cache's `foreign_key` when the entry was loaded, if is_loaded */
    uint64_t loaded_at;            /* by the clock of the store; 0 without a ttl */
    struct result *eager;          /* the tree of results for which it was loaded, in which the policy is ignored */
    uint32_t transaction;          /* in which it was loaded; 0: none */
    bool is_loaded;                /* otherwise the next access loads it */
    bool is_refined;               /* by conditions, order or limit: served in its tree of results only */
    bool is_listed;                /* among the entries that count against max_size */
};

struct relation_cache {
    const struct ar_relation *relation;
    struct ar_measure measure;      /* in the cache of an aggregate */
    struct relation_cache *tallies; /* in the cache of the relation itself: those of its aggregates */
    struct relation_cache *next_tally;
    struct identity *targets; /* the identity map of the relation's target */
    struct key_reader owner_key;
    struct key_reader foreign_key; /* columns of the owner that entries depend on, unless that is its primary key */
    struct key_reader target_key;  /* columns of the target that must equal those */
    bool has_integer_keys;         /* these columns are an integer */
    bool has_text_keys;            /* some are strings */
    struct ar_cache_policy policy;
    bool is_plain;       /* the policy keeps everything forever */
    bool is_by_identity; /* is_plain, and the identity map finds the target of a foreign key */
    /* is_plain, and the identity map finds a target of a foreign key in which this column is NULL; otherwise NULL */
    const struct ar_column *deleted_at;
    bool is_by_bytes;           /* equal keys are known to have the same bytes */
    struct traced_load *unread; /* see reads.h; NULL without a trace */
    const char *by_key;         /* SQL that loads the relation for one key, owned by the database; NULL until needed */
    struct key_table entries;
    struct table_slots first_entries; /* lent to `entries` */
    struct use_list listed;
    size_t listed_count;
    struct use_link *unused; /* dropped entries, linked by `older`, whose memory is reused */
    struct relation_cache *next;
};

struct caches {
    struct pointer_map by_relation;
    struct relation_cache *first;
    struct relation_cache *latest; /* the last one looked up, which is usually needed next, too */
};

/* A record as it was before a transaction changed it. */
struct undo {
    struct undo *older;
    const struct ar_model *model;
    struct record *record;
    struct record before;    /* its header */
    void *data;              /* a copy of the values that the database had, or NULL if the record was absent */
    void *image;             /* a copy of the image, perhaps `data` itself, whose strings may differ; NULL if none */
    const uint64_t *columns; /* of a partial record */
};

/* One ar_begin. */
struct undo_level {
    struct undo_level *outer;
    uint32_t serial;
    struct undo *undo_before; /* the newest entry of the log at ar_begin */
    char *log_before;         /* the end of the log's memory at ar_begin */
};

struct undo_log {
    struct undo_level *innermost; /* NULL: no transaction is open */
    struct undo_level *unused;
    uint32_t last_serial;
    uint32_t open_serial; /* `last_serial` during a transaction; otherwise 0 */
    struct undo *newest;
    struct arena memory; /* of the entries; freed at the end of the transaction */
};

struct store_options {
    bool is_read_only;                   /* records have no images */
    struct ar_cache_policy cache_policy; /* of relations that have none of their own */
    const struct clock *clock;           /* for the ttl of cache entries */
    struct shared_map *layouts;          /* by model, common to all stores of a database */
    struct shard_limit shard;            /* of all rows */
};

struct store {
    struct store_options options;
    bool has_partials;      /* some identity has */
    struct arena permanent; /* identities and caches: kept when the store is cleared */
    struct arena objects;   /* records, lists, queries, cache entries and other aligned data */
    struct arena text;      /* strings and blobs */
    struct arena scratch;   /* for the duration of one call */
    struct identities identities;
    struct caches caches;
    struct undo_log undo;
    struct reads *reads; /* of loaded relations, while a trace is recorded; NULL if none was */
    struct pointer_pair first_models[16], first_relations[16]; /* lent to their maps */
    struct field_reader field_reader;                          /* reads into `text` and reports to `failure` */
    struct failure failure;                                    /* must be last: its strings are not cleared */
};

/* Bytes of scratch memory that are kept from one call to the next. */
enum { AR_KEPT_BY_CALL = 256 << 10 };

#endif
