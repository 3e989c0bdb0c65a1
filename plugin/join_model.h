/* The join tables of AR_MANY_TO_MANY. */
#ifndef ARMATURE_PLUGIN_JOIN_MODEL_H
#define ARMATURE_PLUGIN_JOIN_MODEL_H

#include "model.h"

/* Make the join tables, and set the path of every AR_MANY_TO_MANY without errors. Their targets must be known. Report
 * nothing: check_join finds the errors. */
void join_models_make(struct model_set *set);

/* Return the model with the join table's name, made by a struct or not; NULL if there is none. */
const struct model *join_table_model(const struct model_set *set, const char *table);

/* Return the name that the two lists of columns have in common, or that one of them repeats; NULL if all differ. */
const char *join_repeated_column(struct model_set *set, const struct relation *relation);

#endif
