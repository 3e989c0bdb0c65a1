/* The record of migrations in the database, and its comparison with those of the program. */
#ifndef AR_HISTORY_H
#define AR_HISTORY_H

#include "migrate/migrator.h"

/* Compare the migrations of the program with those that the database has recorded, and call `visit` for each, in the
 * order of numbers.
 *   migration   NULL: the database has recorded it, but the program does not have it
 *   is_running  its step after state->statements runs, or ran, outside of a transaction */
enum ar_status ar_history_compare(struct migrator *m,
                                  enum ar_status (*visit)(void *payload, const struct ar_migration *migration,
                                                          const struct ar_migration_state *state, bool is_running),
                                  void *payload);

/* Read the position. AR_CONFLICT if the database has recorded something that the program contradicts. */
enum ar_status ar_history_read(struct migrator *m);

/* Create the table of the record if it does not exist. */
enum ar_status ar_history_create(struct migrator *m);

/* What is recorded of a migration. */
struct history_entry {
    const struct ar_migration *migration;
    unsigned step;
    bool is_running;
    bool is_done;
};

enum ar_status ar_history_record(struct migrator *m, const struct history_entry *entry);

#endif
