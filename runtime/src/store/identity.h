/* The identity map: of each model the records a session knows, by primary key. One row is one pointer.
 *
 * A record lies in the session's memory with its header before it and, where the session can write, its image behind
 * it: the values that the database has, against which changes are found. */
#ifndef AR_IDENTITY_H
#define AR_IDENTITY_H

#include "base/arena.h"
#include "base/error.h"
#include "base/pointer_map.h"
#include "model/key_table.h"
#include "store/layout.h"

#include <armature/model.h>

struct ar_session;
struct write_text;

/* What one query or one load of a relation returned: the siblings that a lazy load loads for. */
struct result {
    const struct ar_model *model;
    struct result *tree; /* of the query in whose tree of eager loads it is; otherwise itself */
    void *const *records;
    size_t count;
    size_t latest; /* index of the record of the last lazy load that covered only some of them */
    bool strict;   /* lazy loads are errors */
};

/* Transactions are numbered up to this, by session. */
#define AR_SERIAL_MAX ((UINT32_C(1) << 27) - 1)

/* Directly behind it, aligned: the struct, then its image. A record that was never present is this header alone: 24
 * bytes. With its place in the map and in a list, a record that only is read costs some 56 bytes besides the struct and
 * its texts, and one that can be written the size of the struct more. */
struct record {
    struct stored_key key;     /* must be first */
    struct result *result;     /* the last result that contained it; NULL if it was read alone or written */
    uint32_t generation;       /* another than that of its identity: the row may have changed since */
    uint32_t transaction : 27; /* that created it, or whose undo log contains it; 0: none */
    uint32_t is_logged : 1;    /* the latter */
    uint32_t is_new : 1;       /* created by an insert: a rollback makes it absent */
    uint32_t is_absent : 1;    /* the database has no row with this key, as far as is known */
    uint32_t has_image : 1;
    uint32_t is_behind : 1; /* a row was met that is not what the image says, and the program's changes kept it out */
};

struct identity {
    struct layout layout; /* a copy, so that a row need not follow a pointer to it */
    bool has_images;
    size_t record_size; /* of a record with all that is behind it */
    struct table records;
    uint32_t generation;
    uint32_t expired_in;            /* the last transaction in which it was expired */
    struct write_text *write_texts; /* statements that write such records */
    size_t write_text_count;
    struct identity *next; /* of the session's */
};

struct identities {
    struct pointer_map by_model;
    struct identity *first;  /* of all */
    struct identity *latest; /* the one asked for last, which mostly is the one that is asked for next */
};

/* The record's struct, and the other way round. */
static inline void *ar_record_data(const struct record *record)
{
    return (struct record *)(uintptr_t)record + 1;
}

static inline struct record *ar_record_of(const void *data)
{
    return (struct record *)(uintptr_t)data - 1;
}

/* The image, or NULL in a read-only session. */
void *ar_record_image(const struct ar_model *model, const struct record *record);

/* The identity map of a model, made when first asked for; NULL when out of memory, which is told. */
struct identity *ar_identity(struct ar_session *s, const struct ar_model *model);

/* The record with this key, present or absent, if what is known of it still holds; otherwise NULL. */
struct record *ar_identity_find(const struct identity *identity, const struct key *key);

/* Return KEY_SET if `record`, whose key is zero, is the session's record of that key and therefore has a row. Otherwise
 * return KEY_ZERO: it is unsaved. */
enum key_state ar_identity_check_zero(struct ar_session *s, const struct ar_model *model, const void *record,
                                      const struct key *key);

/* Read the key of a record. */
enum key_state ar_identity_key(struct ar_session *s, const struct ar_model *model, const void *record, struct key *out);

/* Whether the program changed the record since it was loaded. */
bool ar_record_changed(const struct ar_model *model, const struct record *record);

/* Remembers that there is no row with this key. */
enum ar_status ar_identity_set_absent(struct ar_session *s, struct identity *identity, const struct key *key);

/* Store the contents of the row with this key in its record, which is created if necessary. Strings are copied.
 *   data     the contents; may be the session's record itself
 *   is_new   the row was just inserted */
enum ar_status ar_identity_remember(struct ar_session *s, struct identity *identity, const struct key *key, void *data,
                                    bool is_new);

/* Forgets the record with this key, if there is one. */
void ar_identity_forget(struct identity *identity, const struct key *key);

/* Mark all records as expired: each is refreshed when its row is next read. */
void ar_identity_expire(struct ar_session *s, struct identity *identity);
void ar_identities_expire(struct ar_session *s);

/* Finish the rollback of this transaction and all later ones, after the undo log was applied: records that they
 * inserted become absent, and every row that they read is refreshed when it is next read. */
void ar_identities_rolled_back(struct identities *identities, uint32_t transaction);

/* Give every record that the program changed the values of its image again. AR_NO_MEMORY: not all of them. */
enum ar_status ar_identities_undo_changes(struct ar_session *s);

/* Forgets every record; the tables keep their memory. */
void ar_identities_clear(struct identities *identities);

/* Return the bytes that the maps hold, without the records. */
size_t ar_identities_size(const struct identities *identities);

void ar_identities_free(struct identities *identities);

#endif
