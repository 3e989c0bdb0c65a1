/* The parts of the generated source: the descriptors of models, columns, relations and statements, and their literals.
 */
#ifndef ARMATURE_PLUGIN_EMIT_DESCRIPTOR_H
#define ARMATURE_PLUGIN_EMIT_DESCRIPTOR_H

#include "dialect.h"
#include "model.h"
#include "output.h"

/* ---- Literals ---------------------------------------------------------------------------------------------------- */

/* Write a member of a descriptor: a string, one SQL text, or the numbers of columns. */
void emit_string_member(struct text *out, const char *indent, const char *member, const char *value);
void emit_sql_member(struct text *out, const char *indent, const char *member, const char *sql);
void emit_column_numbers(struct text *out, const char *member, struct member *const *columns, size_t count);

/* Write a `struct ar_sql`: with the same SQL for all dialects, or with the SQL of each, which is freed; a dialect
 * without SQL has no member. */
void emit_shared_sql(struct text *out, const char *member, const struct text *sql);
void emit_sql(struct text *out, const char *member, struct text sql[DIALECT_COUNT]);

void emit_integer(struct text *out, int64_t number);

/* ---- Columns ----------------------------------------------------------------------------------------------------- */

/* Write the descriptors of the model's columns, and their handles if their type is declared in a header. */
void emit_column_table(struct text *out, const struct model *model);
void emit_columns(struct text *out, const struct model *model);

/* Write what the descriptor of a column says about its type; the table of the constants of its enum. */
void emit_column_type(struct text *out, const struct model *model, const struct member *column);
void emit_enum_names(struct text *out, const struct model *model, const struct member *column);

/* ---- Models ------------------------------------------------------------------------------------------------------ */

/* Write the descriptor of a model with those of its columns, relations, unions and statements. */
void emit_model_descriptor(struct text *out, const struct model_set *set, const struct model *model);

/* Write the descriptor of an AR_ROW, with the statements that return it. */
void emit_row_descriptor(struct text *out, const struct model_set *set, const struct model *row);

void emit_relation_descriptor(struct text *out, struct arena *arena, const struct relation *relation,
                              const char *linkage);
void emit_statement_descriptors(struct text *out, const struct model_set *set, const struct model *model);

/* Write the descriptor of a union; the list of a model's unions that are checked before a write. */
void emit_union_descriptor(struct text *out, const struct relation_union *each);
void emit_union_list(struct text *out, const struct model *model);

/* Write the members of a model's descriptor that list its checks and unique columns. */
void emit_constraints(struct text *out, const struct model *model);

/* Write functions that call the program's hooks; the members of the descriptor that list them. */
void emit_hook_wrappers(struct text *out, const struct model_set *set, const struct model *model);
void emit_hook_table(struct text *out, const struct model *model);

/* Write the structs of join tables, and declare the descriptors that no header declares. */
void emit_join_declarations(struct text *out, const struct model_set *set);

#endif
