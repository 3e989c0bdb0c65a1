/* The structs of a chunk as a table of a statement, and rows that a statement returns for them.
 *
 *     … FROM <input>          armature_input (c0, c1, …, ordinal): the columns of a list, and the index of the struct
 *     … JOIN <table> ON …     the rows that were written for the structs, by columns that identify them
 *
 * A database does not promise to return rows in the order in which they were inserted. Each returned row therefore has
 * the ordinal of its struct, found by the database's own comparison of the identifying columns. */
#ifndef AR_BULK_INPUT_H
#define AR_BULK_INPUT_H

#include "write/bulk/chunk.h"

/* Return the number of bytes of a string or blob, or the maximum for an array; 0 for any other value. */
size_t ar_chunk_value_size(const struct ar_column *column, const struct ar_value *value);

/* Add `<table function> AS armature_input`. On databases with arrays, *size becomes the size of its strings and blobs.
 */
enum ar_status ar_chunk_add_input(struct sql *sql, const struct chunk *chunk, const struct column_list *columns,
                                  size_t *size);

/* Add SELECT c0, c1, …: the columns of the list. */
void ar_chunk_add_input_columns(struct sql *sql, const struct column_list *columns);

/* Add `table.column = armature_input.c… AND …` for columns that identify a row. All are in the list. */
void ar_chunk_add_match(struct sql *sql, const char *table, struct key_columns match,
                        const struct column_list *columns);

/* Rows that are read back. */
struct read_back {
    const struct chunk *chunk;
    struct column_list columns; /* that a row has after its ordinal */
    void *row;                  /* a struct, in scratch memory, into which a row is read */
};

/* Start to read back the columns for which `wanted` returns true. */
enum ar_status ar_read_back_start(const struct chunk *chunk, bool (*wanted)(void *payload, const struct ar_column *),
                                  void *payload, struct read_back *out);

/* Read the ordinal, the row's first value: an index of the chunk. */
enum ar_status ar_read_back_ordinal(const struct read_back *read_back, const struct row *row, size_t *out);

/* Read the columns, which begin at the row's value number `first`, into a struct. Fields that are equal keep their
 * pointers. */
enum ar_status ar_read_back_columns(const struct read_back *read_back, const struct row *row, size_t first, void *out);

#endif
