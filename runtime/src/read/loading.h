/* Loading a relation for many owners in one statement: how it works, and its data. load.h has the calls.
 *
 * The data: `struct load` is the request, `struct loading` its state while it runs. The keys of all owners are
 * collected first, each one once (load_keys.c): a foreign key of the owner, or the key that the target's foreign key
 * refers to, which usually is the owner's primary key. An owner without a key has no related records and is left out;
 * without keys there is no statement. The keys are bound as one parameter, so that there is one SQL text whatever their
 * number.
 *
 * The statement is one of five (load_sql.c):
 *   by keys        joins the target's table with the keys; a search for each key, or what the planner chooses. Keys of
 *                  several columns are split if possible (sql/keys.h)
 *   by one key     compares with a single key: the planner needs no table of keys or array then
 *   by scan        a full table scan that filters by the set of keys, if there is no index or there are many keys
 *   whole table    all rows: most of them are wanted, or all, because the owners are a whole table as well
 *   by parent      repeats the conditions of the parent query instead of naming keys (see tree_plan.h)
 *
 * Each row becomes a record of the identity map and is collected with the index of its key (load_rows.c). The key is
 * found by the row's contents: usually it is that of the row before or the next one, otherwise it is looked up in a
 * hash table. Keys of strings may be equal without having the same bytes (a collation, padding): such rows carry the
 * ordinal of their key after the model's columns.
 *
 * When all rows were read, the result is remembered (load_remember.c). If the foreign key is the target's, each owner
 * gets an entry of the relation cache with its records, sorted by primary key unless the query has an order. If it is
 * the owner's, the identity map already finds the target by the foreign key; an owner gets an entry only if the map
 * does not suffice: because of a cache policy, a condition or a refinement, keys that differ in their bytes, or a
 * foreign key that does not refer to the primary key. An entry that was found by a key other than the owner's primary
 * key contains that key, and is not used once the owner has another. A key without a row
 * is remembered as well, so that the next access runs no statement. */
#ifndef AR_LOADING_H
#define AR_LOADING_H

#include "driver/driver.h"
#include "link/link.h"
#include "read/query.h"
#include "store/cache.h"
#include "store/collector.h"

#include <armature/relation.h>

struct path_rows;

/* A relation to load, and its owners. */
struct load {
    struct store *store;
    struct link *link;
    const struct ar_relation *relation;
    const struct ar_measure *measure;  /* load this aggregate instead of the records (tally.h), or NULL */
    const struct ar_query *refinement; /* the sub-query of an eager load, or NULL */
    enum ar_reason reason;
    const void *const *owners; /* structs of the relation's owner */
    size_t owner_count;
    struct result *owners_result; /* of an eager load, which has a refinement; otherwise NULL */
    bool takes_all;               /* the owners are a whole table, therefore all rows of the target are wanted */
    const struct ar_value *key;   /* of the only owner, if it is named before the owner is read; otherwise NULL */
};

/* A load in progress. It is in the caller's memory and refers to scratch memory until ar_loading_end. */
struct loading {
    struct store *store;
    struct link *link;
    struct load load;
    struct relation_cache *cache;
    struct key_columns keys_from;       /* of the owner */
    struct key_reader keys_to;          /* of the target: columns that must equal those of the owner */
    struct key_set keys;                /* distinct */
    struct load_key *load_keys;         /* the same keys, by their index */
    struct key_table key_table;         /* … and by key */
    const struct ar_column *key_column; /* of keys of one column: the list of the key set */
    size_t latest;                      /* the index of the last row's key */
    struct path_rows *path;             /* see load_path.h; NULL if the relation has no path */
    struct row_collector rows;          /* its result is the loaded records */
    struct ar_value *values;            /* of an aggregate: by the index of the key */
    struct field_reader reader;         /* of the rows */
    struct failure *skipped;            /* loads of a whole table: of the last row that does not fit its struct */
    bool is_one_trip;                   /* the owners are read in the same round trip, before this load's rows */
    bool is_by_parent;                  /* the statement repeats the conditions of the parent */
    bool rows_have_ordinals;            /* each row has the ordinal of its key after the model's columns */
    bool is_found_by_bytes;             /* the identity map alone finds the target of every foreign key */
    bool has_single_key;                /* the statement compares with the only key */
    enum access_path access_path;
};

#endif
