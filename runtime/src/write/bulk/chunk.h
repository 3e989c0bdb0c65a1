/* Chunks of insert_many: consecutive records that are inserted by one statement, and the strategies to do so.
 *
 * All records of a call are copied and checked first, then inserted chunk by chunk in one transaction. A chunk is a run
 * of records with the same columns left to the database. Each chunk is inserted by the first strategy that is possible
 * and worth it for its size; many.c lists them. When all chunks are inserted, the copies, which now have their keys,
 * replace the records. */
#ifndef AR_INSERT_CHUNK_H
#define AR_INSERT_CHUNK_H

#include "sql/builder.h"
#include "write/write.h"

/* Records of one model, with the same columns left to the database. */
struct chunk {
    struct ar_session *s; /* for transactions */
    struct store *store;  /* of the session */
    struct link *link;
    const struct ar_model *model;
    struct identity *identity;
    void *records; /* the caller's; NULL if they are not in an array */
    void *copies;  /* with timestamps and other maintained columns: they become the records once written */
    size_t count;
    bool is_unseen; /* the program does not see the rows: few statements matter, and defaults are not read */
};

static inline void *ar_chunk_copy(const struct chunk *chunk, size_t row)
{
    return (char *)chunk->copies + row * chunk->model->size;
}

/* The columns that are written. */
struct column_list {
    const struct ar_column **items; /* NULL if out of memory; the session's failure is set */
    size_t count;
};

/* Maximum number of rows of a statement with arrays. */
enum { AR_CHUNK_ARRAYS_MAX = 5000 };

/* Start a write of `count` records: find their identity map, and allocate the copies. */
enum ar_status ar_chunk_start(struct ar_session *s, const struct ar_model *model, void *records, size_t count,
                              struct chunk *out);

/* Set the timestamps of the copies and check their columns. */
enum ar_status ar_chunk_check(const struct chunk *all);

/* Copy the records, then do so. */
enum ar_status ar_chunk_prepare(const struct chunk *all);

/* Insert the copies, in a transaction that the caller has begun. They receive their keys and defaults. */
enum ar_status ar_insert_chunk(const struct chunk *all);

/* Remember a row that was written: its copy becomes the record.
 *   was_there   the row existed before: lists may contain it */
void ar_chunk_remember(const struct chunk *all, size_t row, bool was_there);

/* Return true if the database generates the keys. */
bool ar_chunk_generates_key(const struct chunk *chunk);

/* Return true if the database makes the record's key, or a part of it, by a default. */
bool ar_chunk_makes_key(const struct chunk *chunk, size_t row);

/* Draw these keys in the open transaction, so that the inserts need not return them. Leave them unset on a database
 * without a query for the default, and if there is no default or it cannot be drawn: then each row takes an INSERT. */
enum ar_status ar_chunk_draw_keys(const struct chunk *all);

/* Return true if an insert of the record leaves the column to the database. */
bool ar_chunk_omits(const struct chunk *chunk, size_t row, const struct ar_column *column);

/* Return true if columns with defaults, or computed ones, are left to the database. */
bool ar_chunk_has_defaults(const struct chunk *chunk);

/* Return true if the column is one of them, and is read afterwards. */
bool ar_chunk_reads_default(void *chunk, const struct ar_column *column);

/* Return how many of the first records, at most `most`, leave the same columns to the database and are small enough for
 * one statement. */
size_t ar_chunk_run(const struct chunk *chunk, size_t most);

/* List the columns that are not left to the database; with `with_key`, also the generated key, whose value is known
 * before the insert. */
struct column_list ar_chunk_columns(const struct chunk *chunk, bool with_key);

/* List the columns of the primary key. */
struct column_list ar_chunk_key_columns(const struct chunk *chunk);

/* Add the intro and `table (columns)`. */
void ar_chunk_add_table(struct sql *sql, const char *intro, const struct chunk *chunk,
                        const struct column_list *columns);

/* Return the copies as one parameter. If out of memory, set the session's failure and return NULL. */
const struct row_set *ar_chunk_rows(const struct chunk *chunk, const struct column_list *columns);

/* Set the number of a copy that the database numbers. */
enum ar_status ar_chunk_set_key(const struct chunk *chunk, size_t row, int64_t key);

/* The strategies. Each inserts the rows of the chunk and sets the keys of its copies and, unless it is not used for
 * rows with defaults, these. *is_done is false if the strategy is impossible for this table or these rows; then nothing
 * was inserted, and the caller does not try the strategy again in this call. */

/* PostgreSQL: one array parameter per column. The server generates keys and returns them. */
enum ar_status ar_insert_by_arrays(struct chunk *chunk, bool *is_done);

/* The same in two steps, so that the statements of several chunks can run in one round trip. */
struct array_insert {
    struct chunk chunk;
    struct statement statement;
    struct returned_rows *returned;
};

enum ar_status ar_array_insert_prepare(struct array_insert *insert, bool *is_possible);
enum ar_status ar_array_insert_finish(struct array_insert *insert);

/* PostgreSQL: COPY, with keys drawn from their sequence before. */
enum ar_status ar_insert_by_copy(struct chunk *chunk, bool *is_done);

/* SQLite: INSERT … SELECT from a virtual table over the structs, with predicted keys. */
enum ar_status ar_insert_by_table(struct chunk *chunk, bool *is_done);

#endif
