/* Running a step, and reporting it. */
#ifndef AR_MIGRATE_EXECUTE_H
#define AR_MIGRATE_EXECUTE_H

#include "migrate/migrator.h"
#include "migrate/steps.h"

/* Run the step of the migration, or only report it if this is a dry run. The message of a failure names both.
 *   count   of the migration's steps */
enum ar_status ar_migrate_execute(struct migrator *m, const struct ar_migration *migration, const struct step *step,
                                  unsigned count);

/* Report that the migration is complete. */
void ar_migrate_report_done(const struct migrator *m, const struct ar_migration *migration, unsigned count);

#endif
