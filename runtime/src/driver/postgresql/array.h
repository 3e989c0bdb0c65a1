/* Arrays of PostgreSQL, read into fields. */
#ifndef AR_POSTGRESQL_ARRAY_H
#define AR_POSTGRESQL_ARRAY_H

#include "driver/driver.h"
#include "driver/postgresql/value.h"

/* Read an array of this type into the field of a record. The bytes come from the server and are not trusted. An array
 * of other items, with NULL, or with several dimensions is AR_INVALID; so is anything that is not an array. */
enum ar_status ar_pg_read_array(const struct field_reader *reader, const struct ar_column *column, Oid oid,
                                const char *data, size_t length, void *record);

/* Return true if arrays of this type can be read into the field. */
bool ar_pg_reads_array(const struct ar_column *column, Oid array);

#endif
