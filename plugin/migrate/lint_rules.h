/* The rules of lint, and the check of one script. */
#ifndef ARMATURE_PLUGIN_MIGRATE_LINT_RULES_H
#define ARMATURE_PLUGIN_MIGRATE_LINT_RULES_H

#include "diagnostic_format.h"
#include "lint_table.h"

enum lint_rule {
    LINT_DATA_LOSS,
    LINT_BREAKS_PROGRAM,
    LINT_NOT_NULL,
    LINT_BLOCKS_WRITES,
    LINT_REWRITES_TABLE,
    LINT_LOCK_TIMEOUT,
    LINT_TRANSACTION,
    LINT_ALLOW,
    LINT_RULE_COUNT
};

extern const struct diagnostic_rule lint_rules[LINT_RULE_COUNT];

/* A script that is checked. */
struct lint {
    struct diagnostics *diagnostics;
    const struct lint_script *script;
    struct lint_tables *tables; /* as the scripts before have made them */
    struct lint_statement *statement;
    bool has_lock_timeout;
    bool has_missed_timeout; /* it was reported */
};

/* Report a finding at the statement, unless a directive allows it. */
__attribute__((format(printf, 3, 4))) void lint_report(struct lint *lint, enum lint_rule rule, const char *format, ...);

/* Return true if the script renames one of its new tables to this name: it replaces the table. */
bool lint_replaces(const struct lint *lint, const char *table);

/* Return true if the table is in the database before the script. */
bool lint_is_old(const struct lint *lint, const char *table);

/* Take the table, its alias and SET of an UPDATE. Return the table, or NULL if it is not an UPDATE of one. */
const char *lint_take_updated(struct lint_cursor *cursor);

/* Check what only SQLite or only PostgreSQL does. */
void lint_check_sqlite(struct lint *lint);
void lint_check_postgresql(struct lint *lint);

/* Check the script, whose statements change the tables. */
void lint_check(struct diagnostics *diagnostics, const struct lint_script *script, struct lint_tables *tables);

#endif
