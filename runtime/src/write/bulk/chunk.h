/* Many inserts that go together, and the ways in which several rows go into one statement. */
#ifndef AR_INSERT_CHUNK_H
#define AR_INSERT_CHUNK_H

#include "sql/builder.h"
#include "write/write.h"

/* Records of one model, with the same columns left to the database. */
struct chunk {
    struct ar_session *s;
    const struct ar_model *model;
    struct identity *identity;
    void *records; /* the program's */
    void *copies;  /* of them, with timestamps and the like: they become the records once they are written */
    size_t count;
};

static inline void *ar_chunk_copy(const struct chunk *chunk, size_t row)
{
    return (char *)chunk->copies + row * chunk->model->size;
}

/* The columns that are written. */
struct column_list {
    const struct ar_column **items; /* NULL when out of memory, which is told */
    size_t count;
};

/* Whether the database chooses the keys. */
bool ar_chunk_generates_key(const struct chunk *chunk);

/* Those that are not left to the database; the generated key as well if its value will be known before. */
struct column_list ar_chunk_columns(const struct chunk *chunk, bool with_key);

/* Adds `table (columns)` behind the intro. */
void ar_chunk_add_table(struct sql *sql, const char *intro, const struct chunk *chunk,
                        const struct column_list *columns);

/* The structs as they will be written, for one parameter; NULL when out of memory, which is told. */
const struct row_set *ar_chunk_rows(const struct chunk *chunk, const struct column_list *columns);

/* Gives a copy its key. */
enum ar_status ar_chunk_set_key(const struct chunk *chunk, size_t row, int64_t key);

/* Each inserts the chunk's rows, whose copies have their keys afterwards. `*is_done` is false where that way cannot be,
 * now and for the rest of the transaction; nothing was inserted then. */

/* PostgreSQL: one array for each column. The server chooses keys, and returns them. */
enum ar_status ar_insert_by_arrays(struct chunk *chunk, bool *is_done);

/* PostgreSQL: COPY, with keys drawn before. */
enum ar_status ar_insert_by_copy(struct chunk *chunk, bool *is_done);

/* SQLite: all structs as a table, whose keys are foreseen. */
enum ar_status ar_insert_by_table(struct chunk *chunk, bool *is_done);

#endif
