/* The runtime's calls into SQLite and libpq, redirected by --wrap: they are forwarded until one must fail. */
#include "fault.h"

#include <libpq-fe.h>
#include <sqlite3.h>
#include <stddef.h>

/* Define the function with this name and these parameters; it returns `failure` if a fault is due. */
#define WRAP(kind, result, failure, function, parameters, arguments)                                                   \
    result __real_##function parameters;                                                                               \
    result __wrap_##function parameters;                                                                               \
    result __wrap_##function parameters                                                                                \
    {                                                                                                                  \
        return fault_is_due(kind) ? (failure) : __real_##function arguments;                                           \
    }

/* ---- SQLite ------------------------------------------------------------------------------------------------------ */

#define WRAP_SQLITE(function, parameters, arguments)                                                                   \
    WRAP(FAULT_SQLITE_CALL, int, SQLITE_IOERR, function, parameters, arguments)
#define WRAP_BIND(function, parameters, arguments)                                                                     \
    WRAP(FAULT_SQLITE_CALL, int, SQLITE_NOMEM, function, parameters, arguments)

/* On failure the output is NULL. */
#define WRAP_MAKE(function, failure, parameters, arguments)                                                            \
    WRAP(FAULT_SQLITE_CALL, int, (*out = NULL, failure), function, parameters, arguments)

typedef int row_function(void *payload, int count, char **values, char **names);
typedef void destructor(void *data);

WRAP_SQLITE(sqlite3_step, (sqlite3_stmt * statement), (statement))
WRAP_SQLITE(sqlite3_exec, (sqlite3 * db, const char *sql, row_function *row, void *payload, char **message),
            (db, sql, row, payload, message))
WRAP_MAKE(sqlite3_prepare_v2, SQLITE_IOERR,
          (sqlite3 * db, const char *sql, int size, sqlite3_stmt **out, const char **tail), (db, sql, size, out, tail))
WRAP_MAKE(sqlite3_prepare_v3, SQLITE_IOERR,
          (sqlite3 * db, const char *sql, int size, unsigned flags, sqlite3_stmt **out, const char **tail),
          (db, sql, size, flags, out, tail))
WRAP_MAKE(sqlite3_open_v2, SQLITE_NOMEM, (const char *name, sqlite3 **out, int flags, const char *vfs),
          (name, out, flags, vfs))
WRAP_BIND(sqlite3_bind_null, (sqlite3_stmt * statement, int index), (statement, index))
WRAP_BIND(sqlite3_bind_int64, (sqlite3_stmt * statement, int index, sqlite3_int64 value), (statement, index, value))
WRAP_BIND(sqlite3_bind_double, (sqlite3_stmt * statement, int index, double value), (statement, index, value))
WRAP_BIND(sqlite3_bind_text, (sqlite3_stmt * statement, int index, const char *text, int size, destructor *free),
          (statement, index, text, size, free))
WRAP_BIND(sqlite3_bind_text64,
          (sqlite3_stmt * statement, int index, const char *text, sqlite3_uint64 size, destructor *free,
           unsigned char encoding),
          (statement, index, text, size, free, encoding))
WRAP_BIND(sqlite3_bind_blob64,
          (sqlite3_stmt * statement, int index, const void *blob, sqlite3_uint64 size, destructor *free),
          (statement, index, blob, size, free))
WRAP_BIND(sqlite3_bind_pointer,
          (sqlite3_stmt * statement, int index, void *pointer, const char *type, destructor *free),
          (statement, index, pointer, type, free))

/* ---- libpq ------------------------------------------------------------------------------------------------------- */

#define WRAP_PQ(result, failure, function, parameters, arguments)                                                      \
    WRAP(FAULT_LIBPQ_CALL, result, failure, function, parameters, arguments)

WRAP_PQ(PGconn *, NULL, PQconnectdbParams, (const char *const *names, const char *const *values, int expand),
        (names, values, expand))
WRAP_PQ(PGresult *, NULL, PQexec, (PGconn * connection, const char *sql), (connection, sql))
WRAP_PQ(int, 0, PQenterPipelineMode, (PGconn * connection), (connection))
WRAP_PQ(int, 0, PQpipelineSync, (PGconn * connection), (connection))
WRAP_PQ(int, 0, PQsendFlushRequest, (PGconn * connection), (connection))
WRAP_PQ(int, 0, PQsetSingleRowMode, (PGconn * connection), (connection))
#ifdef LIBPQ_HAS_CHUNK_MODE /* libpq 17 */
WRAP_PQ(int, 0, PQsetChunkedRowsMode, (PGconn * connection, int row_count), (connection, row_count))
WRAP_PQ(int, 0, PQsendClosePrepared, (PGconn * connection, const char *name), (connection, name))
#endif
WRAP_PQ(int, -1, PQputCopyData, (PGconn * connection, const char *data, int size), (connection, data, size))
WRAP_PQ(int, -1, PQputCopyEnd, (PGconn * connection, const char *message), (connection, message))
WRAP_PQ(int, 0, PQsendPrepare, (PGconn * connection, const char *name, const char *sql, int count, const Oid *types),
        (connection, name, sql, count, types))
WRAP_PQ(int, 0, PQsendQueryParams,
        (PGconn * connection, const char *sql, int count, const Oid *types, const char *const *values, const int *sizes,
         const int *formats, int format),
        (connection, sql, count, types, values, sizes, formats, format))
WRAP_PQ(int, 0, PQsendQueryPrepared,
        (PGconn * connection, const char *name, int count, const char *const *values, const int *sizes,
         const int *formats, int format),
        (connection, name, count, values, sizes, formats, format))
