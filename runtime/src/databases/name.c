/* Names of databases. Only characters that no file system, shell or URI gives a meaning are accepted, so that there is
 * nothing to escape. */
#include "databases/name.h"

#include <armature/databases.h>

#include <stdio.h>
#include <string.h>

static const char characters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.";

static enum ar_status refuse(struct failure *failure, const char *why)
{
    return ar_fail(failure, AR_INVALID, NULL, NULL, "the name of the database %s", why);
}

static bool ends_in(const char *name, const char *ending)
{
    size_t length = strlen(name), size = strlen(ending);

    return length >= size && strcmp(name + length - size, ending) == 0;
}

enum ar_status ar_database_name_check(const char *name, struct failure *failure)
{
    static const char *const endings[] = {"-wal", "-shm", "-journal"};

    if (name == NULL || name[0] == '\0')
        return refuse(failure, "is empty");
    if (strnlen(name, AR_DATABASE_NAME_MAX + 1) > AR_DATABASE_NAME_MAX)
        return ar_fail(failure, AR_INVALID, NULL, NULL, "the name of the database has more than %d characters",
                       AR_DATABASE_NAME_MAX);
    if (name[0] == '.')
        return refuse(failure, "begins with a point");
    if (name[strspn(name, characters)] != '\0')
        return refuse(failure, "has other characters than A-Z, a-z, 0-9, _, - and .");
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (ends_in(name, endings[i]))
            return ar_fail(failure, AR_INVALID, NULL, NULL,
                           "the name of the database ends in %s, as files that SQLite makes next to a database",
                           endings[i]);
    return AR_OK;
}

bool ar_database_name_insert(const char *pattern, const char *name, char *url, size_t size)
{
    const char *place = strstr(pattern, NAME_PLACE);
    int length = snprintf(url, size, "%.*s%s%s", (int)(place - pattern), pattern, name, place + strlen(NAME_PLACE));

    return (size_t)length < size;
}
