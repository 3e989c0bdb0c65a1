/* What the report says of a database: its schema, its differences from the models, and its query plans. */
#ifndef ARMATURE_PLUGIN_REPORT_DATABASE_H
#define ARMATURE_PLUGIN_REPORT_DATABASE_H

#include "report/report.h"
#include "schema/source.h"

/* Read the database `where`, as schema_open describes it, for the report, of which the models and the planned
 * statements are set. On failure, *error is the reason, without a password. */
enum source_status report_database_read(const struct report *report, const char *where, struct report_database *out,
                                        const char **error);

#endif
