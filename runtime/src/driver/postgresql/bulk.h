/* Bulk copies into tables. */
#ifndef AR_POSTGRESQL_BULK_H
#define AR_POSTGRESQL_BULK_H

#include "driver/driver.h"

/* The driver's prepare_copy and copy_statement. */
bool ar_pg_prepare_copy(struct bulk_copy *copy, struct statement queries[AR_COPY_QUERIES]);
bool ar_pg_copy_statement(const struct bulk_copy *copy, struct statement *out);

#endif
