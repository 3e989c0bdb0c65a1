/* What a migration must keep: the rows of each table, and the values of each column.
 *
 * Before it, the rows, values and different values are counted; afterwards, there must be as many. Tables and columns
 * are followed through ALTER TABLE … RENAME. Those that do not exist afterwards are left out: `migrate lint` reports
 * what is dropped. */
#ifndef ARMATURE_PLUGIN_MIGRATE_KEPT_H
#define ARMATURE_PLUGIN_MIGRATE_KEPT_H

#include "scratch.h"

struct kept_column {
    const char *name; /* renamed, if a script renames it */
    unsigned long values, different;
};

struct kept_table {
    const char *name;
    unsigned long rows;
    struct kept_column *columns;
    size_t column_count;
};

struct kept {
    struct kept_table *tables;
    size_t count;
};

/* Count what the tables have. */
struct kept kept_count(struct scratch *scratch, const struct schema *schema);

/* Follow the names through a script. */
void kept_rename(struct arena *arena, struct kept *kept, const char *script, const struct dialect *dialect);

/* Add an error for each table with fewer rows, and each column with fewer values. `when` begins the messages. */
void kept_check(struct scratch *scratch, const struct kept *kept, const struct schema *schema,
                struct diagnostics *diagnostics, const char *when);

#endif
