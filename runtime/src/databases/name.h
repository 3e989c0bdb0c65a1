/* Names of databases, and the URLs that they make. */
#ifndef AR_DATABASES_NAME_H
#define AR_DATABASES_NAME_H

#include "base/error.h"

/* What a pattern contains in place of the name. */
#define NAME_PLACE "{name}"

/* Check that the name cannot lead out of a folder, or to the files next to a database. AR_INVALID. */
enum ar_status ar_database_name_check(const char *name, struct failure *failure);

/* Write the pattern with the name. Return false if it does not fit. */
bool ar_database_name_insert(const char *pattern, const char *name, char *url, size_t size);

#endif
