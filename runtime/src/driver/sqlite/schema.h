/* Schema queries, which decide how rows are found and inserted: SQLite's planner does not know the number of keys, and
 * SQLite has no call that generates keys in advance. */
#ifndef AR_SQLITE_SCHEMA_H
#define AR_SQLITE_SCHEMA_H

#include "base/pointer_map.h"
#include "base/statement_cache.h"
#include "driver/driver.h"

#include <sqlite3.h>

/* The queries of one database and their answers. Functions that return an int return SQLite's result code. */
struct sqlite_schema {
    sqlite3 *database;
    struct statement_cache queries;
    struct pointer_map key_is_rowid; /* by model */
    struct pointer_map is_indexed;   /* by relation: its foreign key has an index */
    struct pointer_map by_rules;     /* by relation: its keys are not compared by their bytes */
    struct pointer_map has_form;     /* by column of a time type: it stores times in the declared form */
};

/* Return false if out of memory. */
bool ar_sqlite_schema_open(struct sqlite_schema *schema, sqlite3 *database);
void ar_sqlite_schema_close(struct sqlite_schema *schema);

/* Forget the answers, which may have changed. */
void ar_sqlite_schema_clear(struct sqlite_schema *schema);

/* Find out if the model's key is the rowid of the table. */
int ar_sqlite_key_is_rowid(struct sqlite_schema *schema, const struct ar_model *model, bool *out);

/* Choose the fastest access path to a relation's rows for a number of keys, which are single integers: a full table
 * scan if there is no index, or if the keys are a large part of all keys. */
int ar_sqlite_choose_access_path(struct sqlite_schema *schema, const struct ar_relation *relation, size_t key_count,
                                 enum access_path *out);

/* Find out if keys of the relation, which contain strings, may be equal without having the same bytes. */
int ar_sqlite_compares_by_rules(struct sqlite_schema *schema, const struct ar_relation *relation, bool *out);

/* Find the first of the `count` consecutive keys that SQLite will generate for the next rows of the model in the open
 * write transaction. *first is 0 if they cannot be predicted: the key is not the rowid, a trigger may insert other
 * rows, or too few keys are left. */
int ar_sqlite_next_keys(struct sqlite_schema *schema, const struct ar_model *model, size_t count, int64_t *first);

/* Find the first column for which the statement writes or compares times in a form that differs from that of the
 * table's first row: a number instead of a string, or the reverse. *out is NULL if there is none. Conditions on such a
 * column would match the wrong rows, even if no row is read. Call this once per SQL string. */
int ar_sqlite_find_other_form(struct sqlite_schema *schema, const struct statement *statement,
                              const struct ar_column **out);

#endif
