/* Rows as PostgreSQL sends them, in binary formats. */
#ifndef AR_POSTGRESQL_ROW_H
#define AR_POSTGRESQL_ROW_H

#include "model/row.h"

#include <libpq-fe.h>

struct pg_row {
    struct row base; /* must be first */
    const PGresult *result;
    const Oid *types; /* of the columns */
    int column_count;
    int number;
};

extern const struct row_methods ar_pg_row_methods;

/* About how many bytes the row takes in a result of many. */
size_t ar_pg_row_size(const struct pg_row *row);

#endif
