/* State and functions shared by Armature's sides: a database, one session that is cleared before each unit of work, and
 * the loaded lists. */
#ifndef BENCH_ARMATURE_SIDE_H
#define BENCH_ARMATURE_SIDE_H

#include "blog.ar.h"
#include "lines.ar.h"
#include "marks.ar.h"
#include "shapes.ar.h"

#include <stdbool.h>
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
    struct notice_list notices;
    struct user_row_list rows;
    struct line_list lines;
    struct author_list authors;
    struct document_list documents;
    struct topic *topic;
    struct parcel_list parcels;
    struct mark_list marks;
    struct shelf_list shelves;
    const struct node *root;
    uint64_t sum;        /* checksum over all requests, because each one drops the rows of the previous one */
    struct user **found; /* a user for each key or post */
    int64_t *ids;
    struct draft *drafts;
    struct draft **records;        /* owned by the session */
    struct armature_side *sweeper; /* empties the table in a different database object, or NULL */
};

/* Open SQLite databases with .sqlite_plain. Set it before the first one is opened. */
extern bool armature_is_plain;

/* Open a database and a session with these options; NULL selects the defaults. */
struct armature_side *armature_side_open(const char *url, size_t size, const struct ar_session_options *options);

/* Open a read-only session, or one with default options. */
void *armature_open_read_only(const char *url, size_t size);
void *armature_open(const char *url, size_t size);
void armature_close(void *state);

/* Exit with the session's error message if the status is not AR_OK. */
void armature_check(const struct armature_side *side, enum ar_status status);

#endif
