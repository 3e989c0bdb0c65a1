/* Statements that are built on a link, in its scratch memory, and run on it. */
#ifndef AR_SQL_RUN_H
#define AR_SQL_RUN_H

#include "link/link.h"
#include "sql/builder.h"

/* Begin a statement: empty, or with SQL of the generated code. */
struct sql ar_sql_start(const struct link *link);
struct sql ar_sql_start_with(const struct link *link, const struct ar_sql *text);

/* Let a statement have this SQL, a constant with a placeholder for each column of a key, and bind the key. */
enum ar_status ar_sql_set_key(const struct link *link, const char *sql, struct key_columns columns,
                              const struct ar_value *key, struct statement *statement);

/* Finish the statement and run it. `statement` has the callback for the rows and the reason; `outcome` may be NULL. */
enum ar_status ar_sql_run(struct link *link, struct sql *sql, struct statement statement, struct outcome *outcome);

#endif
