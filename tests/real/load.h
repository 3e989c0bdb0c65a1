/* Load the Chinook database, which is not part of this repository: a SQLite file in the current folder, and, if the
 * tests run on PostgreSQL, the same rows on the server. */
#ifndef REAL_LOAD_H
#define REAL_LOAD_H

#include <stdbool.h>

#define CHINOOK_FILE "chinook.db"

/* Return false, and print a message, if the scripts do not exist. */
bool load_chinook(void);

/* Return the URL for fixture_open_with(), and the file or URL for the database's own client. */
const char *chinook_url(void);
const char *chinook_plain_url(void);

#endif
