/* The join tables of AR_MANY_TO_MANY. */
#ifndef ARMATURE_PLUGIN_JOIN_MODEL_H
#define ARMATURE_PLUGIN_JOIN_MODEL_H

#include "model.h"

/* Make the join tables, and set the path of every AR_MANY_TO_MANY without errors. Their targets must be known. Report
 * nothing: check_join finds the errors. */
void join_models_make(struct model_set *set);

/* Return the model that was made for the join table, or NULL. */
const struct model *join_table_model(const struct model_set *set, const char *table);

/* Return the column that both lists of an AR_MANY_TO_MANY between sharded models name for the shard key; NULL if there
 * is none. The join table has it once. */
const char *join_shard_column(const struct relation *relation);

/* Return the number of columns of the join table. */
size_t join_column_count(const struct relation *relation);

/* Return any other name that the lists have in common, or that one of them repeats; NULL if all differ. */
const char *join_repeated_column(struct model_set *set, const struct relation *relation);

#endif
