/* The statements that write single records. write_text.h has their SQL. */
#ifndef AR_WRITE_SQL_H
#define AR_WRITE_SQL_H

#include "driver/driver.h"
#include "write/write_plan.h"

/* Build INSERT … [RETURNING …] with the columns that the write does not leave to the database, returning those that
 * ar_write_returns names. The parameters are in scratch memory of the session. */
enum ar_status ar_write_sql_insert(const struct write *write, struct statement *out);

/* Build UPDATE … SET … WHERE the key, and the version if the model has one, are those of the write's copy. The columns
 * are those that ar_write_find_updated found; the version is incremented. */
enum ar_status ar_write_sql_update(const struct write *write, struct statement *out);

/* Build DELETE … WHERE the key, and with `checks_version` the version, is that of the write's copy; or, if the write
 * only marks the row (ar_write_marks), UPDATE … SET with the times of the copy and the next version. */
enum ar_status ar_write_sql_delete(const struct write *write, bool checks_version, struct statement *out);

/* Build the UPDATE that makes a row living again which is deleted by a time, with the times of the copy. */
enum ar_status ar_write_sql_restore(const struct write *write, bool checks_version, struct statement *out);

#endif
