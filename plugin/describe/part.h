/* The parts of a description, and what they share. Each function adds a member with this name to the open object. */
#ifndef ARMATURE_PLUGIN_DESCRIBE_PART_H
#define ARMATURE_PLUGIN_DESCRIBE_PART_H

#include "json_writer.h"
#include "model.h"
#include "schema/schema.h"

void describe_location(struct json *json, const char *name, struct location at);
void describe_names(struct json *json, const char *name, const struct schema_names *names);
void describe_columns(struct json *json, const char *name, struct member *const *columns, size_t count);

/* A string for each database; null for one without. */
void describe_by_dialect(struct json *json, const char *name, const char *const texts[DIALECT_COUNT]);

/* Return the name of a model in descriptions: of its struct, or of the table if it is a join table. */
const char *describe_model_name(const struct model *model);

/* The columns of a model, and the fields that are not columns. */
void describe_fields(struct json *json, struct arena *arena, const struct model *model);

/* What only tables have: keys, indexes, foreign keys and checks. */
void describe_table(struct json *json, struct arena *arena, const struct model *model);

void describe_relations(struct json *json, const struct model *model);
void describe_unions(struct json *json, const struct model *model);
void describe_statements(struct json *json, struct arena *arena, const struct model *model);

#endif
