/* Rows as PostgreSQL sends them, in binary formats. */
#ifndef AR_POSTGRESQL_ROW_H
#define AR_POSTGRESQL_ROW_H

#include "driver/driver.h"

#include <libpq-fe.h>

struct pg_row {
    struct row base; /* must be first */
    const PGresult *result;
    const Oid *types; /* of the columns */
    int column_count;
    int number;
};

/* `value` and `read` of the driver. */
bool ar_pg_value(const struct row *row, size_t column, struct ar_value *out);
enum ar_status ar_pg_read(const struct row *row, const struct ar_model *model, const struct field_reader *reader,
                          void *record);

/* About how many bytes the row takes in a result of many. */
size_t ar_pg_row_size(const struct pg_row *row);

#endif
