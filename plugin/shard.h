/* The distribution of tables over the servers of Citus: by the shard key, or as a copy on each. */
#ifndef ARMATURE_PLUGIN_SHARD_H
#define ARMATURE_PLUGIN_SHARD_H

#include "model.h"

/* Return the model with whose table the one of a sharded model is colocated, the first sharded one; NULL if it is that
 * one, or not sharded. */
const struct model *shard_colocated(const struct model_set *set, const struct model *model);

/* Return the call of the function by which Citus distributes the table of the model; NULL if it is neither sharded nor
 * a reference table. It follows CREATE TABLE and precedes the foreign keys, which Citus accepts only between tables
 * that it has distributed. */
const char *shard_distribution(const struct model_set *set, const struct model *model);

#endif
