/* Opening and closing connections to SQLite databases. */
#ifndef AR_SQLITE_CONNECT_H
#define AR_SQLITE_CONNECT_H

#include "driver/sqlite/connection.h"

struct ar_db_options;
struct failure;

/* The driver's connect and disconnect. */
enum ar_status ar_sqlite_connect(const char *location, const struct ar_db_options *options, bool to_standby,
                                 struct connection **out, struct failure *failure);
void ar_sqlite_disconnect(struct connection *connection);

#endif
