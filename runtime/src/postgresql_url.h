/* PostgreSQL's URLs. */
#ifndef AR_POSTGRESQL_URL_H
#define AR_POSTGRESQL_URL_H

#include "error.h"

/* Check that a URL is well formed. AR_MISUSE with a message that quotes no part of it, because any part of a malformed
 * one may be a password. */
enum ar_status ar_pg_check_url(const char *url, struct failure *failure);

#endif
