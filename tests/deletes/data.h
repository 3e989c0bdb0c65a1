/* The rows of the tests of this folder, and questions about them. */
#ifndef DELETES_DATA_H
#define DELETES_DATA_H

#include "deletes.ar.h"
#include "support.h"

/* A line for each call of a hook of rehearsal, and whether the next one before a delete fails. */
extern char rehearsal_log[256];
extern bool rehearsal_refuses;

/* Open the database with the tables of all models; for cmocka. */
int open_label(void **state);

/* Insert a row in the other session; return its key. */
int64_t add_label(struct fixture *f, const char *name);
int64_t add_album(struct fixture *f, int64_t label, const char *title);
int64_t add_singer(struct fixture *f, const char *name);
void add_track(struct fixture *f, int64_t album, int32_t number, int64_t singer);

/* Return the record of this key, read by the session under test. */
struct label *the_label(struct fixture *f, int64_t id);
struct album *the_album(struct fixture *f, int64_t id);
struct singer *the_singer(struct fixture *f, int64_t id);

/* Return the number of rows of a model's table, counted in the other session. */
int64_t count_of(struct fixture *f, const struct ar_model *model);

#endif
