/* Opening files and servers, and what must not be in messages: passwords. */
#include "source.h"

#include "output.h"
#include "read_dump.h"
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

/* Add the rest of the file to the text, up to `most` bytes. Return false and set *error if it cannot be read. */
static bool read_bytes(struct arena *arena, int file, struct text *text, size_t most, const char **error)
{
    static const char zero[] = "it is not SQL: it has a zero byte";
    char buffer[1 << 16];
    ssize_t length = 1;
    while (length > 0 && text->length < most) {
        length = read(file, buffer, sizeof buffer - 1);
        if (length < 0)
            *error = arena_text(arena, strerror(errno));
        else if (memchr(buffer, '\0', (size_t)length) != NULL)
            *error = zero;
        if (length < 0 || *error != NULL)
            return false;
        buffer[length] = '\0';
        text_add(text, buffer);
    }
    return true;
}

static enum source_status open_dump(struct arena *arena, int file, struct schema **out, const char **error)
{
    enum { DUMP_MAX = 1 << 30 };
    struct text dump = {0};
    enum source_status status = SOURCE_INVALID;
    *error = NULL;
    text_add(&dump, "");
    if (read_bytes(arena, file, &dump, DUMP_MAX, error)) {
        *out = schema_read_dump(arena, dump.data, error);
        status = *out != NULL ? SOURCE_OK : SOURCE_INVALID;
    }
    text_free(&dump);
    return status;
}

/* A file of no bytes is an SQLite database without tables. */
static enum source_status open_file(struct arena *arena, const char *path, bool is_sqlite, struct schema **out,
                                    const char **error)
{
    char beginning[sizeof sqlite_magic];
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    ssize_t length = file >= 0 ? pread(file, beginning, sizeof beginning, 0) : -1;
    bool is_pipe = length < 0 && errno == ESPIPE;
    enum source_status status;
    if (length < 0 && !is_pipe)
        status = fail(SOURCE_UNREACHABLE, error, arena_text(arena, strerror(errno)));
    else if (is_sqlite || length == 0 ||
             (length == (ssize_t)sizeof beginning && memcmp(beginning, sqlite_magic, sizeof beginning) == 0))
        status = open_sqlite(arena, path, out, error);
    else
        status = open_dump(arena, file, out, error);
    if (file >= 0)
        close(file);
    return status;
}

enum source_status schema_open(struct arena *arena, const char *where, struct schema **out, const char **error)
{
    size_t prefix = strlen(sqlite_prefix);
    if (source_is_server(where))
        return open_server(arena, where, out, error);
    bool is_sqlite = strncmp(where, sqlite_prefix, prefix) == 0;
    return open_file(arena, is_sqlite ? where + prefix : where, is_sqlite, out, error);
}
