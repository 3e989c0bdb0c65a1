/* Types of columns in SQLite. A column may have any value; its declared type decides which values are converted when
 * they are stored (https://sqlite.org/datatype3.html#type_affinity). */
#ifndef AR_SQLITE_AFFINITY_H
#define AR_SQLITE_AFFINITY_H

#include "driver/driver.h"

/* Return true if a column with this type stores values of the field in a form that the field reads. Of a type such as
 * DATETIME, which may hold anything, that is assumed. */
bool ar_sqlite_has_field_type(const struct ar_column *column, const struct catalog_type *type);

/* Return the type that Armature declares for the field. */
const char *ar_sqlite_type_name(const struct ar_column *column);

#endif
