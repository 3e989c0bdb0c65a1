/* The parameters of a statement in the form that libpq sends. */
#ifndef AR_POSTGRESQL_PARAMETERS_H
#define AR_POSTGRESQL_PARAMETERS_H

#include "base/arena.h"
#include "base/error.h"
#include "driver/postgresql/encode.h"
#include "driver/statement.h"

/* Parallel arrays, as PQsendQueryParams takes them. */
struct encoded {
    int count;
    Oid *oids;
    const char **data;
    int *lengths;
    int *formats;
    size_t size; /* of all values, in bytes */
};

/* Encode the parameters of a statement; the arrays are allocated in the arena. Return AR_INVALID if PostgreSQL cannot
 * store a value, AR_NO_MEMORY. */
enum ar_status ar_pg_encode_parameters(const struct statement *statement, struct arena *arena, struct encoded *out,
                                       struct failure *failure);

#endif
