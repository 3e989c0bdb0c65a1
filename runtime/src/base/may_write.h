/* Find out if user SQL may write, for sessions and transactions that only read. */
#ifndef AR_MAY_WRITE_H
#define AR_MAY_WRITE_H

#include "base/scan.h"

/* Return true if a statement of the SQL may write, as far as its words show: functions that write are not known.
 * PRAGMA, SET and transaction control count as reads, a lock of rows (FOR UPDATE) as a write. */
bool ar_sql_may_write(enum script_language language, const char *sql);

#endif
