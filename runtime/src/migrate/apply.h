/* Applying the next steps of migrations. */
#ifndef AR_MIGRATE_APPLY_H
#define AR_MIGRATE_APPLY_H

#include "migrate/migrator.h"

/* Apply the next steps, which one transaction can contain, or the next step outside of a transaction; or do nothing if
 * another program did so meanwhile. Read the position again. None of the migrations may be complete. */
enum ar_status ar_migrate_apply(struct migrator *m);

/* Record the migrations up to the baseline as complete, unless the database has recorded any. */
enum ar_status ar_migrate_record_baseline(struct migrator *m);

#endif
