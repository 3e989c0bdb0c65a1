/* Rows as PostgreSQL sends them, in binary formats. */
#ifndef AR_POSTGRESQL_ROW_H
#define AR_POSTGRESQL_ROW_H

#include "driver/postgresql/libpq.h"
#include "model/row.h"

struct pg_row {
    struct row base; /* must be first */
    const PGresult *result;
    const Oid *types;    /* of the columns */
    const uint16_t *map; /* of user SQL: the number of the column for each of the model's; NULL: the same number */
    int column_count;
    int number;
};

extern const struct row_methods ar_pg_row_methods;

/* Those of a row with a map. */
extern const struct row_methods ar_pg_mapped_row_methods;

/* About how many bytes the row takes in a result of many. */
size_t ar_pg_row_size(const struct pg_row *row);

#endif
