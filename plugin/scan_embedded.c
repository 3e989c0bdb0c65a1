/* Distinguishes models from structs that are only embedded in models, whose fields may have attributes too. */
#include "scan_clang.h"

#include <string.h>

bool scan_has_attribute(const struct attribute_list *list, enum attribute_kind kind)
{
    size_t length = strlen(attribute_table[kind].keyword);
    for (size_t i = 0; i < list->count; i++)
        if (strncmp(list->items[i].text, attribute_table[kind].keyword, length) == 0 &&
            (list->items[i].text[length] == ' ' || list->items[i].text[length] == '\0'))
            return true;
    return false;
}

static void add_embedded(struct model_set *set, struct model *model)
{
    list_add(set->arena, set->others, set->other_count) = model;
    for (size_t i = 0; i < model->attributes.count; i++)
        list_add(set->arena, set->strays, set->stray_count) =
            (struct stray_attribute){arena_print(set->arena, "`%s`, which is embedded in a model", model->c_type),
                                     "write it after the closing brace of the model; it names fields as home.street",
                                     model->attributes.items[i]};
}

/* Remove the structs that are only embedded in others. Return the number of the rest. */
static size_t keep_models(struct model_set *set, struct model **models, size_t count, bool is_set)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        bool is_embedded = name_map_find(&set->embedded, models[i]->c_type) != NULL &&
                           !scan_has_attribute(&models[i]->attributes, ATTRIBUTE_TABLE) &&
                           !scan_has_attribute(&models[i]->attributes, ATTRIBUTE_VIEW) &&
                           !scan_has_attribute(&models[i]->attributes, ATTRIBUTE_ROW);
        if (!is_embedded)
            models[kept++] = models[i];
        else if (is_set)
            add_embedded(set, models[i]);
    }
    return kept;
}

void scan_remove_embedded(struct model_set *set)
{
    set->model_count = keep_models(set, set->models, set->model_count, true);
    for (size_t i = 0; i < set->header_count; i++)
        set->headers[i].model_count = keep_models(set, set->headers[i].models, set->headers[i].model_count, false);
}
