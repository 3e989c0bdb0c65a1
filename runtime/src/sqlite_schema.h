/* What a SQLite database's schema says that decides how rows are found and inserted: its planner does not know how many
 * keys there are, and nobody asks it for keys in advance. */
#ifndef AR_SQLITE_SCHEMA_H
#define AR_SQLITE_SCHEMA_H

#include "driver.h"
#include "pointer_map.h"

#include <sqlite3.h>

/* What was asked already; all zero is nothing. Every function returns SQLite's code. */
struct sqlite_schema {
    struct pointer_map key_is_rowid; /* by model */
    struct pointer_map is_indexed;   /* by relation: its foreign key */
};

/* Whether the model's key is the table's rowid, and the model can hold any of them. */
int ar_sqlite_key_is_rowid(sqlite3 *database, struct sqlite_schema *schema, const struct ar_model *model, bool *out);

/* Whether one look at all rows finds those for so many keys faster than a search for each key: where there is no index
 * to search in, and where the keys are a large part of all keys. Keys are single integers. */
int ar_sqlite_prefers_scan(sqlite3 *database, struct sqlite_schema *schema, const struct ar_relation *relation,
                           size_t key_count, bool *out);

/* The first of the `count` keys, one after the other, that SQLite will give to the next rows of the model, as long as the
 * transaction for writing lasts that is open. `*first` is 0 where that cannot be told: the key is not the rowid, a
 * trigger may insert rows of its own in between, or there are not so many keys left. */
int ar_sqlite_next_keys(sqlite3 *database, struct sqlite_schema *schema, const struct ar_model *model, size_t count,
                        int64_t *first);

/* Forgets what may have changed. */
void ar_sqlite_schema_clear(struct sqlite_schema *schema);

#endif
