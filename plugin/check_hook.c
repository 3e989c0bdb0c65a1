/* Checks of hooks: a function has one set of parameters, and is called once for an event. That it exists, and has these
 * parameters, is checked by the compiler and the linker: the generated header declares it. */
#include "check.h"
#include "emit.h"

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
                     model_location(set, first->hook->at));
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

/* Report a function that cannot have this name, in the generated header or in its own. Return true if it can. */
static bool check_function_name(struct model_set *set, const struct model_hook *hook)
{
    const char *name = hook->function;
    const char *reason = NULL;
    if (emit_is_keyword(name))
        reason = "is a keyword of C or C++";
    else if (emit_is_hook_variable(name))
        reason = "is the name of a parameter in generated code";
    else if (name_map_find(&set->typedefs, name) != NULL)
        reason = "is the name of a type";
    else if (strncmp(name, "ar_", 3) == 0 || strncmp(name, "armature_", 9) == 0)
        reason = "begins like names that are reserved for Armature";
    if (reason == NULL)
        return true;
    diagnostic_error(set->diagnostics, hook->at, "%s: the function `%s` %s", macro_of(hook), name, reason);
    diagnostic_help(set->diagnostics, "give the function another name");
    return false;
}

static void check_hook(struct model_set *set, struct name_map *functions, const struct model *model, size_t index)
{
    const struct model_hook *hook = &model->hooks[index];
    struct hook_use *use = arena_take(set->arena, sizeof *use);
    *use = (struct hook_use){model, hook};
    if (!check_function_name(set, hook))
        return;
    const struct hook_use *first = name_map_add(set->arena, functions, hook->function, use);
    if (is_repeated(model, index)) {
        diagnostic_error(set->diagnostics, hook->at, "%s: `%s` is already called for this event", macro_of(hook),
                         hook->function);
        diagnostic_help(set->diagnostics, "remove one of the two attributes");
    } else if (first != NULL && (first->model != model || first->hook->kind->signature != hook->kind->signature))
        report_other_parameters(set, first, use);
}

void check_hooks(struct model_set *set)
{
    struct name_map functions = {0};
    for (size_t i = 0; i < set->model_count; i++)
        for (size_t j = 0; j < set->models[i]->hook_count; j++)
            check_hook(set, &functions, set->models[i], j);
}
