/* Validation of PostgreSQL URLs. */
#ifndef AR_POSTGRESQL_URL_H
#define AR_POSTGRESQL_URL_H

#include "base/error.h"

/* The driver's locate. Refuse a malformed URL, with a message that does not quote any of it, because any part of it may
 * be a password. */
char *ar_pg_locate(const char *url, const void *unique, bool *is_in_memory, struct failure *failure);

#endif
