/* The tables that belong to a list of models. */
#include "schema/models.h"

#include "model/field.h"
#include "model/relation_kind.h"

const char *ar_models_table(bool has_schemas, const struct ar_model *model)
{
    return has_schemas ? ar_model_qualified(model) : model->table;
}

static void add(struct model_list *list, const struct ar_model *model)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i] == model)
            return;
    list->items[list->count++] = model;
}

bool ar_models_list(struct arena *arena, const struct ar_model *const *models, size_t count, enum model_scope scope,
                    struct model_list *out)
{
    size_t capacity = count;

    for (size_t i = 0; i < count; i++)
        capacity += models[i]->relation_count + (size_t)models[i]->sibling_count;
    *out = (struct model_list){.items = ar_arena_allocate(arena, capacity * sizeof(const struct ar_model *))};
    if (out->items == NULL)
        return false;
    for (size_t i = 0; i < count; i++) {
        add(out, models[i]);
        for (size_t j = 0; j < models[i]->relation_count; j++)
            if (ar_join_table(models[i]->relations[j]) != NULL)
                add(out, ar_join_table(models[i]->relations[j]));
        for (size_t j = 0; scope == MODELS_WITH_SIBLINGS && j < models[i]->sibling_count; j++)
            add(out, models[i]->siblings[j]);
    }
    return true;
}
