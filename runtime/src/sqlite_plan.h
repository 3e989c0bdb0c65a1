/* How SQLite finds the rows of a relation: its planner does not know how many keys there are. */
#ifndef AR_SQLITE_PLAN_H
#define AR_SQLITE_PLAN_H

#include "driver.h"
#include "pointer_map.h"

#include <sqlite3.h>

/* What is known of a database's schema, by relation. All zero is nothing. */
struct sqlite_plans {
    struct pointer_map is_indexed; /* whether the relation's foreign key is */
};

/* Whether one look at all rows finds those for so many keys faster than a search for each key: where there is no index
 * to search in, and where the keys are a large part of all keys. Keys are single integers. Returns SQLite's code. */
int ar_sqlite_prefers_scan(sqlite3 *database, struct sqlite_plans *plans, const struct ar_relation *relation,
                           size_t key_count, bool *out);

/* The highest key of a model whose key is one integer; 0 where there are no rows. Returns SQLite's code. */
int ar_sqlite_highest_key(sqlite3 *database, const struct ar_model *model, int64_t *out);

/* Forgets what may have changed with the schema. */
void ar_sqlite_plans_clear(struct sqlite_plans *plans);

#endif
