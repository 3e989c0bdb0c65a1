/* SQLite URLs. */
#include "driver/sqlite/url.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* SQLite creates a file with almost any name: refuse names that are probably mistakes. Return how to fix the URL, or
 * NULL. */
static const char *mistake_in_path(const char *path)
{
    if (path[0] == '\0')
        return "the file is missing: write sqlite:<file>, or sqlite::memory: for a database in memory";
    if (path[0] == ':')
        return "write sqlite::memory: for a database in memory, or sqlite:./:name for a file with this name";
    if (strncmp(path, "memory:", 7) == 0)
        return "write sqlite::memory: for a database in memory";
    if (strncmp(path, "file:", 5) != 0 && strchr(path, '?') != NULL)
        return "parameters require SQLite's own URI, sqlite:file:blog.db?mode=ro; write a ? in the file name as %3F";
    if (strncmp(path, "//", 2) == 0)
        return "write sqlite:blog.db for a file, or sqlite:/var/lib/blog.db for an absolute path, without //";
    if (strncmp(path, "file:", 5) == 0 &&
        (strstr(path, "mode=memory") != NULL || strstr(path, ":memory:") != NULL || strstr(path, "memdb") != NULL ||
         strncmp(path + 5, "?", 1) == 0 || path[5] == '\0'))
        return "each connection would open a separate database: write sqlite::memory: for a database in memory";
    return NULL;
}

/* A database in memory gets a unique name in SQLite's memdb, which all connections of this process share by that name
 * (https://sqlite.org/src/file/src/memdb.c). */
char *ar_sqlite_locate(const char *url, const void *unique, bool *is_in_memory, struct failure *failure)
{
    const char *path = url + strlen("sqlite:"), *mistake;
    char memory[64], *location;

    *is_in_memory = strcmp(path, ":memory:") == 0;
    mistake = *is_in_memory ? NULL : mistake_in_path(path);
    if (mistake != NULL) {
        (void)ar_fail(failure, AR_MISUSE, NULL, NULL, "the SQLite URL does not name a database: %s", mistake);
        return NULL;
    }
    (void)snprintf(memory, sizeof memory, "file:/armature-%p?vfs=memdb", unique);
    location = strdup(*is_in_memory ? memory : path);
    if (location == NULL)
        (void)ar_fail_no_memory(failure);
    return location;
}
