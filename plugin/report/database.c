/* Reads a database for the report. */
#include "report/database.h"
#include "report/database_plan.h"
#include "schema/findings.h"

enum source_status report_database_read(const struct report *report, const char *where, struct report_database *out,
                                        const char **error)
{
    struct schema *schema;
    enum source_status status = schema_open(report->arena, where, &schema, error);
    if (status != SOURCE_OK)
        return status;
    *out = (struct report_database){
        .title = source_title(report->arena, where),
        .schema = schema,
        .differences = {.arena = report->arena},
        .plans = database_plans(report->arena, where, &report->planned),
    };
    const struct schema *models = report->schemas[schema->dialect->id];
    struct difference_list differences = schema_compare(report->arena, schema, models, COMPARE_DATABASE);
    findings_report(&out->differences, &differences, models);
    diagnostic_sort(&out->differences);
    return SOURCE_OK;
}
