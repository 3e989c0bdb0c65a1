/* Opening files and servers, and what must not be in messages: passwords. */
#include "source.h"

#include "read_postgresql.h"
#include "read_sqlite.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

static const char sqlite_prefix[] = "sqlite:";
static const char sqlite_magic[] = "SQLite format 3"; /* and its terminating zero */

/* ---- Titles ------------------------------------------------------------------------------------------------------ */

bool source_is_server(const char *where)
{
    return strncmp(where, "postgresql://", 13) == 0 || strncmp(where, "postgres://", 11) == 0;
}

/* Return the URL without what is between the user and the host. */
static char *without_user_password(struct arena *arena, const char *url)
{
    const char *user = strstr(url, "://");
    user = user != NULL ? user + 3 : url;
    const char *colon = strchr(user, ':'), *host = NULL;
    for (const char *at = user; *at != '\0' && *at != '?'; at++)
        host = *at == '@' ? at : host;
    if (host == NULL || colon == NULL || colon > host)
        return arena_text(arena, url);
    return arena_print(arena, "%.*s%s", (int)(colon - url), url, host);
}

/* Parameters of a URL, and of a connection string. */
const char *source_title(struct arena *arena, const char *where)
{
    const char *title = without_user_password(arena, where), *done = "";
    for (const char *found = strcasestr(title, "password="); found != NULL; found = strcasestr(title, "password=")) {
        const char *value = found + strlen("password=");
        done = arena_print(arena, "%s%.*s***", done, (int)(value - title), title);
        title = value + strcspn(value, "& ");
    }
    return arena_print(arena, "%s%s", done, title);
}

/* ---- Servers ----------------------------------------------------------------------------------------------------- */

static enum source_status fail(enum source_status status, const char **error, const char *reason)
{
    *error = reason;
    return status;
}

#ifdef ARMATURE_LIBPQ

/* Messages of libpq quote a malformed URL. An @ or / in a password would make a host or port of a part of it. */
static bool is_malformed(const char *url)
{
    const char *start = strstr(url, "://") + 3, *after = start + strcspn(start, "@/");
    PQconninfoOption *options = PQconninfoParse(url, NULL);
    PQconninfoFree(options);
    if (options == NULL)
        return true;
    if (*after == '@')
        after++;
    return after[strcspn(after, "@?")] == '@';
}

static enum source_status open_server(struct arena *arena, const char *url, struct schema **out, const char **error)
{
    if (is_malformed(url))
        return fail(SOURCE_UNREACHABLE, error,
                    "the URL is malformed: expected postgresql://user:password@host:port/database, with special "
                    "characters as %XX");
    PGconn *connection = PQconnectdb(url);
    enum source_status status = SOURCE_OK;
    if (PQstatus(connection) != CONNECTION_OK)
        status = fail(SOURCE_UNREACHABLE, error, postgresql_connection_error(arena, connection));
    else if ((*out = schema_read_postgresql(arena, connection, NULL, error)) == NULL)
        status = SOURCE_INVALID;
    PQfinish(connection);
    return status;
}

#else

static enum source_status open_server(struct arena *arena, const char *url, struct schema **out, const char **error)
{
    (void)arena;
    (void)url;
    (void)out;
    return fail(SOURCE_UNREACHABLE, error, "this tool was built without libpq");
}

#endif

/* ---- Files ------------------------------------------------------------------------------------------------------- */

static enum source_status open_sqlite(struct arena *arena, const char *path, struct schema **out, const char **error)
{
    sqlite3 *database = schema_open_sqlite(arena, path, error);
    if (database == NULL)
        return SOURCE_INVALID;
    *out = schema_read_sqlite(arena, database, error);
    sqlite3_close(database);
    return *out != NULL ? SOURCE_OK : SOURCE_INVALID;
}

/* Read the beginning of the file, as far as the magic is long. Return its length, or -1 with *error. */
static ssize_t read_beginning(struct arena *arena, const char *path, char *beginning, const char **error)
{
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    ssize_t length = file >= 0 ? read(file, beginning, sizeof sqlite_magic) : -1;
    if (length < 0)
        *error = arena_text(arena, strerror(errno));
    if (file >= 0)
        close(file);
    return length;
}

/* A file of no bytes is an SQLite database without tables. */
static enum source_status open_file(struct arena *arena, const char *path, struct schema **out, const char **error)
{
    char beginning[sizeof sqlite_magic];
    ssize_t length = read_beginning(arena, path, beginning, error);
    if (length < 0)
        return SOURCE_UNREACHABLE;
    if (length > 0 && (length < (ssize_t)sizeof beginning || memcmp(beginning, sqlite_magic, sizeof beginning) != 0))
        return fail(SOURCE_INVALID, error, "it is not an SQLite database");
    return open_sqlite(arena, path, out, error);
}

enum source_status schema_open(struct arena *arena, const char *where, struct schema **out, const char **error)
{
    size_t prefix = strlen(sqlite_prefix);
    if (source_is_server(where))
        return open_server(arena, where, out, error);
    return open_file(arena, strncmp(where, sqlite_prefix, prefix) == 0 ? where + prefix : where, out, error);
}
