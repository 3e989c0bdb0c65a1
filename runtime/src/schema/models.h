/* The tables that belong to a list of models. */
#ifndef AR_SCHEMA_MODELS_H
#define AR_SCHEMA_MODELS_H

#include "base/arena.h"

#include <armature/model.h>

/* Models, each of which is in the list once. */
struct model_list {
    const struct ar_model **items;
    size_t count;
};

enum model_scope {
    MODELS_THEMSELVES,   /* the models of the caller, and the join tables that they declare */
    MODELS_WITH_SIBLINGS /* also the other models of their tables, one of which has all columns */
};

/* Make the list in the arena. Return false if out of memory. */
bool ar_models_list(struct arena *arena, const struct ar_model *const *models, size_t count, enum model_scope scope,
                    struct model_list *out);

/* Return the name by which the database looks for the table. */
const char *ar_models_table(bool has_schemas, const struct ar_model *model);

#endif
