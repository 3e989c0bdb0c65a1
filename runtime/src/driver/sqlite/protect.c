/* Protection against a malicious database file. The caller's SQL is trusted; the schema and the pages of the file may
 * not be. */
#include "driver/sqlite/protect.h"

#include <stddef.h>

/* For every file: its schema may call only functions that SQLite considers innocuous, and SQL cannot load a library. */
static int set_defaults(sqlite3 *database)
{
    int code = sqlite3_db_config(database, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);

    return code == SQLITE_OK ? sqlite3_db_config(database, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL) : code;
}

/* For a file that an attacker may have made, as https://sqlite.org/security.html recommends. The limits are far above
 * what statements of this library need; only LENGTH restricts values. */
static int distrust(sqlite3 *database)
{
    static const struct {
        int limit, value;
    } limits[] = {
        {SQLITE_LIMIT_LENGTH, 64 << 20}, {SQLITE_LIMIT_SQL_LENGTH, 1 << 20}, {SQLITE_LIMIT_COMPOUND_SELECT, 100},
        {SQLITE_LIMIT_VDBE_OP, 1 << 20}, {SQLITE_LIMIT_ATTACHED, 0},
    };
    int code = sqlite3_db_config(database, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);

    for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++)
        (void)sqlite3_limit(database, limits[i].limit, limits[i].value);
    if (code == SQLITE_OK)
        code = sqlite3_db_config(database, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_db_config(database, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL);
    return code;
}

int ar_sqlite_protect(sqlite3 *database, bool is_untrusted)
{
    int code = set_defaults(database);

    return code == SQLITE_OK && is_untrusted ? distrust(database) : code;
}
