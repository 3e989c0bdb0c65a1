/* The paths of relations that follow others. */
#ifndef ARMATURE_PLUGIN_PATH_H
#define ARMATURE_PLUGIN_PATH_H

#include "model.h"

/* Set path and target of every AR_HAS_MANY_THROUGH and AR_HAS_ONE_THROUGH. The targets of all other relations must be
 * known. Report nothing: see path_state. */
void path_resolve_all(struct model_set *set);

/* Make the relation a referrer of every model that its path leads to: rows of each decide what it contains. */
void path_add_referrers(struct model_set *set, struct relation *relation);

#endif
