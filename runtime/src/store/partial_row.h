/* Partial records in the identity map: the rows that they are read from, and what uses them. */
#ifndef AR_PARTIAL_ROW_H
#define AR_PARTIAL_ROW_H

#include "store/partial.h"
#include "store/store.h"

/* Let new records of the identity be partial. */
void ar_partial_expect(struct store *store, struct identity *identity);

/* Unite a row with the present record of its key, if one of them is partial. Afterwards, both have the same columns,
 * and the row is stored as any other, unless `*is_stored`.
 *   covers   the row has all columns of the record, so that it refreshes the record completely */
enum ar_status ar_partial_unite(struct store *store, struct identity *identity, struct record *row,
                                struct record *record, bool *is_stored, bool *covers);

/* Return the first of these columns, or that of their guard, that was not loaded in a record, or NULL; NULL for
 * caller-owned structs. */
const struct ar_column *ar_partial_lacks(struct store *store, struct key_columns columns, const void *record);

/* Return AR_MISUSE if a column by which the relation of the record is found was not loaded. */
enum ar_status ar_partial_check(struct store *store, const struct ar_relation *relation, const void *record);

/* Return the record of the store whose struct this is, if it is partial; otherwise NULL. */
struct record *ar_partial_find(struct store *store, const struct ar_model *model, const void *data);

#endif
