/* A description of the models as JSON, for other tools: what the headers declare, and what the tool makes of it on each
 * database. docs/model.md describes every member, and docs/model.schema.json is its JSON Schema. */
#ifndef ARMATURE_PLUGIN_DESCRIBE_H
#define ARMATURE_PLUGIN_DESCRIBE_H

#include "model.h"
#include "output.h"

/* Add the description of the models, on which model_plan was called. */
void describe_models(struct text *out, const struct model_set *set);

#endif
