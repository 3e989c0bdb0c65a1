/* How PostgreSQL compares keys. */
#ifndef AR_POSTGRESQL_RULES_H
#define AR_POSTGRESQL_RULES_H

#include "driver/postgresql/connection.h"

/* The driver's compares_by_rules. */
enum ar_status ar_pg_compares_by_rules(struct connection *connection, const struct ar_relation *relation, bool *out,
                                       struct failure *failure);

#endif
