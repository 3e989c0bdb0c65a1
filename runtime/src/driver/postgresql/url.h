/* Validation of PostgreSQL URLs. */
#ifndef AR_POSTGRESQL_URL_H
#define AR_POSTGRESQL_URL_H

#include "base/error.h"

/* Check that a URL is well formed. Otherwise return AR_MISUSE, with a message that does not quote any of it, because
 * any part of a malformed URL may be a password. */
enum ar_status ar_pg_check_url(const char *url, struct failure *failure);

#endif
