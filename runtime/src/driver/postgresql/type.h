/* The types in which PostgreSQL exchanges the values of fields. */
#ifndef AR_POSTGRESQL_TYPE_H
#define AR_POSTGRESQL_TYPE_H

#include "driver/postgresql/value.h"

#include <armature/model.h>
#include <stdbool.h>

/* The types of a field's values: that of parameters, its array, and others whose binary form ar_pg_append writes. */
struct pg_type {
    Oid oid, array, others[2];
};

/* Return the types of the column's values, or those of a plain number if the column is NULL. */
struct pg_type ar_pg_type_of(const struct ar_column *column);

/* Return true if ar_pg_append can write values of the column in the binary form of this type. */
bool ar_pg_has_form(const struct ar_column *column, Oid oid);

#endif
