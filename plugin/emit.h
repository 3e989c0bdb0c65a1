/* The generated files. Each is a function of a model set without errors. The parts of the source are in
 * emit_descriptor.h. */
#ifndef ARMATURE_PLUGIN_EMIT_H
#define ARMATURE_PLUGIN_EMIT_H

#include "dialect.h"
#include "model.h"
#include "output.h"
#include "template.h"

/* Write blog.ar.h: types and typed functions for the models of one header. */
void emit_header(struct text *out, const struct model_set *set, const struct header *header);

/* Write models.ar.c: the descriptors of all models. */
void emit_source(struct text *out, const struct model_set *set);

/* Write the DDL of all models, or of one without the foreign keys that are added after all tables exist. */
/* With `distributes`, for PostgreSQL with Citus. */
void emit_schema(struct text *out, const struct model_set *set, const struct dialect *dialect, bool distributes);

/* Write the statement by which Citus distributes the table of the model, if it is sharded or a reference table. */
void emit_distribution(struct text *out, const struct model_set *set, const struct model *model);

void emit_schema_of(struct text *out, struct arena *arena, const struct model *model, const struct dialect *dialect);

/* Write the statement that creates the index. */
void emit_index(struct text *out, struct arena *arena, const struct model *model, const struct table_index *index,
                const struct dialect *dialect);

/* Write the DDL of a model that follows when all tables exist: its foreign keys, or its view. */
void emit_schema_rest(struct text *out, struct arena *arena, const struct model *model, const struct dialect *dialect);

/* Write what the model's table or view needs: its schema, and the enum types of its columns. */
void emit_schema_needs(struct text *out, struct arena *arena, const struct model *model, const struct dialect *dialect);

/* Add the SELECT of the row with the primary key in the parameters. */
void emit_find_sql(struct text *sql, const struct model *model, const struct dialect *dialect);

/* Write the query plan of each statement, generated or user SQL, and warn of those that read every row of a table
 * although an index would help. With NULL, only warn. */
void emit_plans(struct text *out, struct model_set *set);

/* Write what deleting a row of each model does to other rows. */
void emit_deletes(struct text *out, const struct model_set *set);

/* Write the comment that begins the section of a model: "---- post: blog.h:18, table posts ----…". */
void emit_section(struct text *out, const struct model_set *set, const struct model *model);

/* ---- Typed functions, in both forms of their templates ----------------------------------------------------------- */

/* Write the typed functions of a model. The others are its parts, with the placeholders of emit_model.c: functions for
 * deleted rows, if the model has any; functions that return some rows of a query, or lock them; those of its relations,
 * its unions and the statements of AR_SQL. */
void emit_model_functions(struct text *out, enum template_form form, const struct model_set *set,
                          const struct model *model);
void emit_deleted_functions(struct text *out, enum template_form form, const struct model *model,
                            const struct placeholder *placeholders);
void emit_rows_functions(struct text *out, enum template_form form, const struct model *model,
                         const struct placeholder *placeholders);
void emit_union_functions(struct text *out, enum template_form form, const struct model_set *set,
                          const struct relation_union *each);
void emit_statement_functions(struct text *out, enum template_form form, const struct model_set *set,
                              const struct model *model);

/* Write the typed functions of a relation. The others are its parts, with the placeholders of emit_relation.c:
 * functions for aggregates if it leads to a list, for hierarchies if it leads to its own model, for the rows of the
 * first model on its path if a load reads them; conditions and orders; functions that write through it. */
void emit_relation_functions(struct text *out, enum template_form form, const struct model_set *set,
                             const struct relation *relation);
void emit_hierarchy_functions(struct text *out, enum template_form form, const struct relation *relation,
                              const struct placeholder *placeholders);
void emit_aggregate_functions(struct text *out, enum template_form form, const struct relation *relation,
                              const struct placeholder *placeholders);
void emit_link_functions(struct text *out, enum template_form form, const struct relation *relation,
                         const struct placeholder *placeholders);
void emit_related(struct text *out, enum template_form form, const struct relation *relation,
                  const struct placeholder *placeholders);
void emit_relation_writes(struct text *out, enum template_form form, const struct relation *relation,
                          const struct placeholder *placeholders);

/* ---- Other parts of the header ----------------------------------------------------------------------------------- */

/* Write the prototypes of the program's functions that a model calls as hooks. */
void emit_hook_prototypes(struct text *out, const struct model_set *set, const struct model *model);

/* Write the enum of a union's kinds, and the struct with the kind and the record. */
void emit_union_types(struct text *out, const struct model_set *set, const struct relation_union *each);

/* Write the functions that model_plan assigned to a column's enum, if any. */
void emit_enum(struct text *out, struct arena *arena, const struct model *model, const struct member *column);

/* Return the string with everything that begins or ends a comment replaced. */
const char *emit_comment_text(struct arena *arena, const char *text);

/* Return the prefix of `blog_models` and `blog_model_count`, the list of the header's models: "blog_model" for blog.h.
 */
const char *emit_list_name(const struct model_set *set, const struct header *header);

/* Return the parameter names of generated functions, for a record of the model and for each column of its key. They are
 * not keywords of C or C++, typedefs, or names that the function uses. */
const char *emit_record_name(const struct model_set *set, const struct model *model);
const char **emit_key_names(const struct model_set *set, const struct model *model);

/* Return true if the name is a keyword of C or C++; if functions that call hooks have a parameter of this name. */
bool emit_is_keyword(const char *name);
bool emit_is_hook_variable(const char *name);

/* Return true if a variable of generated functions has the name of the type and hides it. */
bool emit_hides_type(const char *c_type);

#endif
