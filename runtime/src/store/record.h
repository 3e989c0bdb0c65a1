/* Records in memory: a header, then the caller's struct, then, unless the session is read-only, its image: the values
 * that the database has, with which the struct is compared to find changes. */
#ifndef AR_RECORD_H
#define AR_RECORD_H

#include "base/arena.h"
#include "base/error.h"
#include "model/key_table.h"

#include <armature/model.h>

/* The records that one query, or one load of a relation, returned. A lazy load loads for all of them. */
struct result {
    const struct ar_model *model;
    struct result *tree; /* the result of the query whose eager loads include this one; otherwise itself */
    void *const *records;
    size_t count;
    size_t latest; /* index of the record of the last lazy load that covered only some of them */
    bool strict;   /* lazy loads are errors */
};

/* Transactions are numbered from 1 to this, separately in each session. */
#define AR_SERIAL_MAX ((UINT32_C(1) << 26) - 1)

/* The header, 24 bytes. A record that was never present has no struct. With its slot in the map and in a list, a record
 * that is only read takes about 56 bytes in addition to its struct and strings; one that can be written also takes the
 * size of the struct again. */
struct record {
    struct stored_key key;     /* must be first */
    struct result *result;     /* the last one that contained it; NULL if it was read alone or written */
    uint32_t generation;       /* if it differs from its identity's, the row may have changed since it was read */
    uint32_t transaction : 26; /* in which it was created, or last logged; 0: none */
    uint32_t is_logged : 1;    /* the undo log contains it */
    uint32_t is_new : 1;       /* inserted by the transaction: a rollback makes it absent */
    uint32_t is_absent : 1;    /* as far as is known, no row has this key */
    uint32_t has_image : 1;
    uint32_t is_partial : 1; /* some columns were not loaded, see partial.h */
    uint32_t is_stale : 1;   /* the row was read with other values than the image, and the caller's changes were kept */
};

static inline void *ar_record_data(const struct record *record)
{
    return (struct record *)(uintptr_t)record + 1;
}

/* Return the header of the record whose struct is `data`. */
static inline struct record *ar_record_of(const void *data)
{
    return (struct record *)(uintptr_t)data - 1;
}

/* Return the image. NULL in a read-only session, and of a record that was never present. */
void *ar_record_image(const struct ar_model *model, const struct record *record);

/* Return true if the row of a record that is present is deleted by a time, as far as is known. */
bool ar_record_is_deleted(const struct ar_model *model, const struct record *record);

/* Copy the strings of a struct or image into which the caller may write, so that it shares them with no other. */
enum ar_status ar_record_own_writable_texts(const struct ar_model *model, struct arena *text, struct failure *failure,
                                            void *data);

#endif
