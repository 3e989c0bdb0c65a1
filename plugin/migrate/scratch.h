/* A database that is created for one purpose and dropped afterwards: an SQLite file in the folder of temporary files,
 * or a database on a PostgreSQL server. */
#ifndef ARMATURE_PLUGIN_MIGRATE_SCRATCH_H
#define ARMATURE_PLUGIN_MIGRATE_SCRATCH_H

#include "schema/schema.h"

struct scratch {
    struct arena *arena;
    const struct dialect *dialect;
    const char *url;   /* for ar_db_open and schema_open; it may contain a password */
    const char *name;  /* of the file or database */
    void *connection;  /* sqlite3 or PGconn, to the database; NULL until it is used */
    void *server;      /* PGconn, to the one of the URL */
    const char *error; /* of the latest statement that failed */
};

/* Create a database: a file, or one on the server with this URL. Return false with the error set. */
bool scratch_open(struct scratch *scratch, struct arena *arena, const struct dialect *dialect, const char *server);

/* Drop it. */
void scratch_close(struct scratch *scratch);

/* Run one or several statements. Return false with the error set. */
bool scratch_run(struct scratch *scratch, const char *sql);

/* Return the first column of each row, as strings; a NULL is "". After an error the list is empty. */
struct schema_names scratch_list(struct scratch *scratch, const char *sql);

#endif
