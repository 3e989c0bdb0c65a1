/* What Armature's sides have in common: a database, one session that is cleared before each unit of work, and the lists
 * that were loaded. */
#ifndef BENCH_ARMATURE_SIDE_H
#define BENCH_ARMATURE_SIDE_H

#include "blog.ar.h"
#include "shapes.ar.h"

#include <stddef.h>
#include <stdint.h>

struct armature_side {
    const char *url;
    struct ar_db *db;
    struct ar_session *session;
    size_t size;
    bool is_sqlite;
    enum ar_plan plan;
    struct user_list users;
    struct post_list posts;
    struct author_list authors;
    struct document_list documents;
    struct topic *topic;
    struct parcel_list parcels;
    struct shelf_list shelves;
    uint64_t sum;        /* of requests, each of which forgets the rows of the one before */
    struct user **found; /* a user for each key or post */
    int64_t *ids;
    struct draft *drafts;
    struct draft **records;        /* the session's own */
    struct armature_side *sweeper; /* empties the table; NULL: nobody else does */
};

/* A session with these options; NULL for the defaults. */
struct armature_side *armature_side_open(const char *url, size_t size, const struct ar_session_options *options);

/* A session that saves nothing, and one with the defaults. */
void *armature_open_read_only(const char *url, size_t size);
void *armature_open(const char *url, size_t size);
void armature_close(void *state);

/* Ends the program where a call failed. */
void armature_check(const struct armature_side *side, enum ar_status status);

#endif
