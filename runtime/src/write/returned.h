/* Columns of other rows than the written one that a statement returns with RETURNING, to refresh the session's records
 * of them. */
#ifndef AR_RETURNED_H
#define AR_RETURNED_H

#include "model/row.h"
#include "sql/builder.h"
#include "store/store.h"

struct returned_columns {
    struct store *store;
    const struct ar_model *model;
    uint32_t flags;       /* enum ar_column_flag: the key is returned, and the columns with one of these flags */
    struct arena *memory; /* for strings of keys */
    void *copy;           /* a struct of the model; NULL until ar_returned_start */
};

/* Allocate the struct. */
enum ar_status ar_returned_start(struct returned_columns *returned);

/* Add RETURNING with the columns. */
void ar_returned_add(struct sql *sql, const struct returned_columns *returned);

/* The on_row of the statement: set the columns of the session's record of the row, if there is one. A column that the
 * caller has changed keeps that value. */
enum ar_status ar_returned_take(void *payload, const struct row *row);

#endif
