/* The function uuidv7(). A DEFAULT of a table calls it, so that it must be innocuous: it returns a blob, and has no
 * other effect. Programs without this function have to insert a value. */
#include "driver/sqlite/uuid.h"

#include <armature/uuid.h>

#include <stddef.h>

static void make(sqlite3_context *context, int count, sqlite3_value **arguments)
{
    uint8_t uuid[16];

    (void)count;
    (void)arguments;
    if (ar_uuid_v7(uuid))
        sqlite3_result_blob(context, uuid, sizeof uuid, SQLITE_TRANSIENT);
    else
        sqlite3_result_error(context, "the system provides no random bytes", -1);
}

int ar_sqlite_uuid_register(sqlite3 *database)
{
    return sqlite3_create_function_v2(database, "uuidv7", 0, SQLITE_UTF8 | SQLITE_INNOCUOUS, NULL, make, NULL, NULL,
                                      NULL);
}
