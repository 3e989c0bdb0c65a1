/* The statements that write single records. Their texts are put together once for each set of columns and kept: loops
 * write the same columns again and again. */
#ifndef AR_WRITE_SQL_H
#define AR_WRITE_SQL_H

#include "driver/driver.h"
#include "write/write_plan.h"

/* Build INSERT … [RETURNING …] with the columns that the write does not leave to the database, returning those that
 * ar_write_returns names. SQL and parameters are in scratch memory of the session. */
enum ar_status ar_write_sql_insert(const struct write *write, struct statement *out);

/* UPDATE … SET … WHERE the key, and the version if there is one, are the write's copy's; the version counts on.
 *   image   what the row holds: columns that are the same are left out; NULL: all are set but AR_CREATED_AT */
enum ar_status ar_write_sql_update(const struct write *write, const void *image, struct statement *out);

/* Build DELETE … WHERE the key, and with `checks_version` the version, is that of the write's copy. */
enum ar_status ar_write_sql_delete(const struct write *write, bool checks_version, struct statement *out);

#endif
