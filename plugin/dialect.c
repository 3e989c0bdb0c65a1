/* The table of dialects. dialect_sqlite.c and dialect_postgresql.c have their SQL. */
#include "dialect.h"

#include <string.h>

const struct dialect *const dialects[DIALECT_COUNT] = {
    [DIALECT_SQLITE] = &dialect_sqlite,
    [DIALECT_POSTGRESQL] = &dialect_postgresql,
};

const struct dialect *dialect_find(const char *name)
{
    for (size_t i = 0; i < DIALECT_COUNT; i++)
        if (strcmp(dialects[i]->name, name) == 0)
            return dialects[i];
    return NULL;
}
