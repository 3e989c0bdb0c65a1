/* The checks of models. They find at build time what would otherwise fail at run time. */
#ifndef ARMATURE_PLUGIN_CHECK_H
#define ARMATURE_PLUGIN_CHECK_H

#include "diagnostic_format.h"
#include "model.h"

/* What the checks report: the rules of their diagnostics. */
extern const struct diagnostic_rule check_rule_list[];
extern const size_t check_rule_count;

/* Check the SELECT of each view, in a database with the tables of the models. Call it after model_plan. */
void check_views(struct model_set *set);

/* Report an error of a relation, after its macro and its name. */
__attribute__((format(printf, 3, 4))) void relation_fail(struct model_set *set, const struct relation *relation,
                                                         const char *format, ...);

/* Run all checks on a set whose names are resolved. */
void check_models(struct model_set *set);

/* Check the SQL of all statements (AR_SQL) on a set on which model_plan was called. */
void check_sql(struct model_set *set);

/* Check that statements and views of sharded tables are limited to a tenant, and add the parameter `:scope` to the
 * statements that have it. Call it after model_plan and before check_sql. */
void check_statement_shards(struct model_set *set);

/* Check the SQL of all statements on the PostgreSQL server with this URL, which has the tables. */
void check_sql_server(struct model_set *set, const char *url);

/* Add a note if statements for PostgreSQL were not parsed, because the tool was built without its grammar. */
void check_sql_note(struct model_set *set);

/* Return the name of the grammar that statements for PostgreSQL are checked with: "the grammar of PostgreSQL 15". */
const char *check_sql_grammar_name(void);

/* The parts of check_models, in a file each. check_counts returns false if there are too many columns for further
 * checks. */
bool check_counts(struct model_set *set, const struct model *model);
void check_table(struct model_set *set, const struct model *model);

/* Report a schema, which may be NULL, that a database keeps for itself or truncates. Return true if there is none. */
bool check_schema_name(struct model_set *set, struct location at, const char *schema);
void check_columns(struct model_set *set, const struct model *model);
void check_column_name(struct model_set *set, const struct model *model, const struct member *column);
void check_path(struct model_set *set, const struct relation *relation);
void check_join(struct model_set *set, const struct relation *relation);
void check_relations(struct model_set *set, const struct model *model);
bool check_target(struct model_set *set, const struct relation *relation);
bool check_foreign_key(struct model_set *set, const struct relation *relation);
bool check_via(struct model_set *set, const struct relation *relation);
bool check_references(struct model_set *set, const struct relation *relation);
void check_unique_keys(struct model_set *set, const struct model *model);
void check_unions(struct model_set *set, const struct model *model);
void check_statements(struct model_set *set, const struct model *model);
void check_row(struct model_set *set, const struct model *row);
void check_scope(struct model_set *set, const struct relation *relation);
void check_indexes(struct model_set *set);
void check_checks(struct model_set *set, const struct model *model);
void check_was(struct model_set *set, const struct model *model);
void check_generated_columns(struct model_set *set, const struct model *model);
void check_identity(struct model_set *set, const struct model *model);
void check_hooks(struct model_set *set);
void check_shared_table(struct model_set *set, const struct model *model);
void check_read_only(struct model_set *set, const struct model *model);
void check_relation_to_read_only(struct model_set *set, const struct relation *relation);
void check_shards(struct model_set *set, const struct model *model);
void check_deletes(struct model_set *set, const struct model *model);
void check_defaults(struct model_set *set);
void check_enums(struct model_set *set);
void check_model_name(struct model_set *set, const struct model *model);
void check_generated_names(struct model_set *set);

/* Return the type of the field as written, with the attribute that makes an integer something else. */
const char *check_spelling(struct model_set *set, const struct member *column);

/* Add the help for a name in SQL that is not a column of the model. */
void check_help_column(struct model_set *set, const struct model *model, const char *name);

/* Report a name that a database would truncate; `what` describes it. Return true if it did. */
bool check_length(struct model_set *set, struct location at, const char *what, const char *name);

/* Add the help to rename a relation, and an alternative unless it is "". The target of a relation that follows others
 * does not depend on its name. */
void check_help_rename(struct model_set *set, const struct relation *relation, const char *advice,
                       const char *alternative);

/* Return true if the foreign keys of two relations, each without a path, are the same fields. */
bool check_has_same_key(const struct relation *a, const struct relation *b);

/* Report an inverse that does not exist, or whose target or kind does not fit. Return true if there is one that fits.
 */
bool check_inverse_kind(struct model_set *set, const struct relation *relation);

#endif
