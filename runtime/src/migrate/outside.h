/* Steps outside of a transaction.
 *
 * Their effect and its record cannot be committed together. Before such a step runs, the record notes that it is
 * running; afterwards, that it is done. If the program ends in between, the next call runs the step again, unless it is
 * a CREATE INDEX CONCURRENTLY whose index is valid. If the database refuses the step, the note is removed: then a valid
 * index of this name is another one, and the database refuses the statement again. An index that is not valid, which a
 * failed CREATE INDEX CONCURRENTLY leaves, is dropped in any case.
 *
 * On SQLite, which has no lock outside of transactions, two programs may run the same step at the same time. */
#ifndef AR_MIGRATE_OUTSIDE_H
#define AR_MIGRATE_OUTSIDE_H

#include "migrate/migrator.h"
#include "migrate/steps.h"

/* Run the step and record it.
 *   is_last   of the migration
 *   count     of the migration's steps */
enum ar_status ar_migrate_run_outside(struct migrator *m, const struct step *step, bool is_last, unsigned count);

#endif
