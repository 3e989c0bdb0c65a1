/* PostgreSQL's catalog: the queries for the dialect, and the types of columns compared with those of fields. */
#ifndef AR_POSTGRESQL_CATALOG_H
#define AR_POSTGRESQL_CATALOG_H

#include "driver/driver.h"

extern const char ar_pg_columns_query[], ar_pg_keys_query[];
extern const char ar_pg_checked_query[], ar_pg_note_checked[];

/* Return true if the driver reads values of the type into the field and, unless the model is read-only, the server
 * accepts the parameters that it sends. */
bool ar_pg_has_field_type(const struct ar_column *column, const struct catalog_type *type);

/* Return the type of columns that Armature creates for the field. */
const char *ar_pg_type_name(const struct ar_column *column);

#endif
