/* Checks of hooks: a function has one set of parameters, and is called once for an event. That it exists, and has these
 * parameters, is checked by the compiler and the linker: the generated header declares it. */
#include "check.h"

#include <string.h>

/* A hook and its model. */
struct hook_use {
    const struct model *model;
    const struct model_hook *hook;
};

static const char *macro_of(const struct model_hook *hook)
{
    return attribute_table[hook->kind->attribute].macro;
}

static void report_other_parameters(struct model_set *set, const struct hook_use *first, const struct hook_use *second)
{
    diagnostic_error(set->diagnostics, second->hook->at, "%s: `%s` is already the %s of `%s` (%s)",
                     macro_of(second->hook), second->hook->function, macro_of(first->hook), first->model->name,
                     model_location(set, first->model, first->hook->at));
    if (first->model != second->model)
        diagnostic_help(set->diagnostics, "a function takes records of one model: write another one for `%s`",
                        second->model->name);
    else
        diagnostic_help(set->diagnostics, "functions of %s and of %s have different parameters: write another one",
                        macro_of(first->hook), macro_of(second->hook));
}

static bool is_repeated(const struct model *model, size_t index)
{
    const struct model_hook *hook = &model->hooks[index];
    for (size_t i = 0; i < index; i++)
        if (model->hooks[i].kind == hook->kind && strcmp(model->hooks[i].function, hook->function) == 0)
            return true;
    return false;
}

static void check_hook(struct model_set *set, struct name_map *functions, const struct model *model, size_t index)
{
    const struct model_hook *hook = &model->hooks[index];
    struct hook_use *use = arena_take(set->arena, sizeof *use);
    *use = (struct hook_use){model, hook};
    const struct hook_use *first = name_map_add(set->arena, functions, hook->function, use);
    if (is_repeated(model, index))
        diagnostic_error(set->diagnostics, hook->at, "%s: `%s` is already called for this event", macro_of(hook),
                         hook->function);
    else if (first != NULL && (first->model != model || first->hook->kind->signature != hook->kind->signature))
        report_other_parameters(set, first, use);
}

void check_hooks(struct model_set *set)
{
    struct name_map functions = {0};
    for (size_t i = 0; i < set->model_count; i++)
        for (size_t j = 0; j < set->models[i]->hook_count; j++)
            check_hook(set, &functions, set->models[i], j);
}
