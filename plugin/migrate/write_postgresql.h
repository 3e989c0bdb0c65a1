/* The parts of migrations for PostgreSQL. */
#ifndef ARMATURE_PLUGIN_MIGRATE_WRITE_POSTGRESQL_H
#define ARMATURE_PLUGIN_MIGRATE_WRITE_POSTGRESQL_H

#include "convert.h"
#include "plan.h"

/* Limit how long the rest of a transaction waits for locks. */
void postgresql_limit_locks(const struct plan *plan);

/* Add to the plan's differences one of the type of each column whose enum type is made again, with both enum types. */
void postgresql_retype_columns(struct plan *plan);

/* Return how the values of a column change. */
struct conversion postgresql_conversion(const struct plan *plan, const struct difference *item);

/* Add the statements that create and change enum types, before tables use them. */
void postgresql_change_enums(const struct plan *plan);

/* Add the statements that drop enum types, after the tables that used them. */
void postgresql_drop_enums(const struct plan *plan);

/* Add the statement of a difference that is a rename. */
void postgresql_rename(const struct plan *plan, const struct table_change *change, const struct difference *item);

/* Add the statements that rename the checks of types with their columns and tables. */
void postgresql_rename_checks(const struct plan *plan, const struct table_change *change);

/* Return the name that PostgreSQL gave to the primary key of the table. */
const char *postgresql_key_name(const struct plan *plan, const struct schema_table *table);

/* Add ALTER TABLE for what the table gets: columns, types, defaults, keys. */
void postgresql_change_table(const struct plan *plan, const struct table_change *change);

/* Return true if the column becomes NOT NULL. */
bool postgresql_forbids_null(const struct table_change *change, const struct difference *item);

/* Return true if the column of `to` is dropped and added again, because its expression changes or is of a column whose
 * type changes. */
bool postgresql_is_made_again(const struct table_change *change, const struct schema_column *column);

/* Return true if the check has SQL on a column whose type changes: it is dropped before and added again. */
bool postgresql_check_is_detached(const struct table_change *change, const struct schema_check *check);

/* Return true if the index of `to` is lost with a column that is made again, or because the type of a column in its SQL
 * changes. */
bool postgresql_index_is_lost(const struct table_change *change, const struct schema_index *index);

/* Return true if the foreign key of `to` is dropped and added again, because it refers to a table whose primary key
 * changes. */
bool postgresql_key_is_detached(const struct plan *plan, const struct schema_table *table,
                                const struct schema_foreign_key *key);

/* Add the statements that drop foreign keys, by their former names, and that add them: in the transaction, after the
 * unique indexes that some wait for, and validating all. */
void postgresql_drop_foreign_keys(const struct plan *plan);
void postgresql_add_foreign_keys(const struct plan *plan);
void postgresql_add_waiting_foreign_keys(const struct plan *plan);
void postgresql_validate_foreign_keys(const struct plan *plan);

/* Add the statement that validates the constraint, outside of the transaction. */
void postgresql_validate(const struct plan *plan, const struct schema_table *table, const char *constraint);

/* Return the name of the check that is valid while the column becomes NOT NULL. */
const char *postgresql_null_check(const struct plan *plan, const struct difference *item);

#endif
