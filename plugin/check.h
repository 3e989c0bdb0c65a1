/* What is wrong with the models, where, and how to mend it. Everything the runtime could only find out late. */
#ifndef ARMATURE_PLUGIN_CHECK_H
#define ARMATURE_PLUGIN_CHECK_H

#include "model.h"

/* All checks of a set whose names are resolved. */
void check_models(struct model_set *set);

/* Its parts, one file each. */
bool check_counts(struct model_set *set,
                  const struct model *model); /* returns false if there are too many columns for further checks */
void check_table(struct model_set *set, const struct model *model);
void check_columns(struct model_set *set, const struct model *model);
void check_column_name(struct model_set *set, const struct model *model, const struct member *column);
void check_relations(struct model_set *set, const struct model *model);
void check_defaults(struct model_set *set);
void check_model_name(struct model_set *set, const struct model *model);
void check_generated_names(struct model_set *set);

#endif
