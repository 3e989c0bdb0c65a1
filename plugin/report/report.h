/* The report: one HTML page about models, their schema, statements and plans, a database, and a recorded run.
 *
 * page.c writes the frame and calls the parts, one file each. The page needs no network and no script: the script only
 * adds filtering and sorting. A Content-Security-Policy permits nothing but that script. Everything is escaped by
 * html.h. */
#ifndef ARMATURE_PLUGIN_REPORT_H
#define ARMATURE_PLUGIN_REPORT_H

#include "dialect.h"
#include "model.h"
#include "planned.h"
#include "report/run_read.h"
#include "schema/schema.h"

/* What the database of --db has. */
struct report_database {
    const char *title; /* its name or URL, without a password */
    const struct schema *schema;
    struct diagnostics differences; /* between it and the models */
    const char **plans;             /* of each planned statement, or why there is none; NULL: it has no plans */
};

/* An index that statements lack. */
struct report_missing {
    const struct missing_index *index;
    const struct planned *planned; /* the first statement that lacks it; the first without an excuse */
    const char *excuse;            /* why the model accepts that, or NULL */
};

struct report {
    struct model_set *set;
    struct arena *arena;
    const char *directory;                       /* of the page, to which links to headers are relative */
    const struct schema *schemas[DIALECT_COUNT]; /* of the models */
    struct planned_list planned;
    struct planned_result *plans; /* of each, on an in-memory SQLite database */
    struct report_missing *missing;
    size_t missing_count;
    const struct report_database *database; /* or NULL */
    const struct run *run;                  /* or NULL */
    const char *run_title;
};

/* Write the page. */
void report_page(struct text *out, const struct report *report);

/* The parts of the page. */
void report_findings(struct text *out, const struct report *report);
void report_diagram(struct text *out, const struct report *report);
void report_run(struct text *out, const struct report *report);
void report_models(struct text *out, const struct report *report);
void report_schema(struct text *out, const struct report *report);

/* Return how many findings there are. */
size_t report_finding_count(const struct report *report);

/* Parts of a model's section: its fields, or those of an AR_ROW; its indexes; its statements, with their plans. */
void report_fields(struct text *out, const struct report *report, const struct model *model);
void report_row_fields(struct text *out, const struct model *row);
void report_indexes(struct text *out, const struct report *report, const struct model *model);
void report_statements(struct text *out, const struct report *report, const struct model *model);

/* Return the name of the model; of a join table, which has no struct, that of the table. */
const char *report_model_name(const struct model *model);

/* Return the id of the model's section. */
const char *report_model_id(const struct report *report, const struct model *model);

/* Write the SQL that creates the table with its indexes and foreign keys. */
void report_table_sql(struct text *out, struct arena *arena, const struct schema_table *table,
                      const struct dialect *dialect);

/* The pieces of the style sheet, up to NULL; the script; its hash, in the form of a Content-Security-Policy. */
extern const char *const report_style[];
extern const char report_script[], report_script_hash[];

#endif
