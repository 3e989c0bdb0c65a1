/* Writes what belongs to the hooks of a model: prototypes of the program's functions in the header, and in the source a
 * wrapper for each, which casts its arguments, and the table of all. */
#include "emit.h"
#include "emit_descriptor.h"
#include "name.h"
#include "template.h"

#include <string.h>

/* Placeholders: @f is the function, @t the C type of the model, @p the parameter for its record, @l the attributes. */
static const char *const prototypes[] = {
    [HOOK_CHANGES] = "/* To be defined by the program: @l. */\n"
                     "enum ar_status @f(struct ar_session *s, @t *@p);\n\n",
    [HOOK_CHECKS] = "/* To be defined by the program: @l. */\n"
                    "enum ar_status @f(struct ar_session *s, const @t *@p);\n\n",
    [HOOK_ENDS] = "/* To be defined by the program: @l. */\n"
                  "void @f(struct ar_session *s, const @t *@p, enum ar_change change);\n\n",
};

static const char status_wrapper[] = "static enum ar_status armature_call_@f(struct ar_session *s, void *record)\n"
                                     "{\n"
                                     "    return @f(s, record);\n"
                                     "}\n\n";

static const char end_wrapper[] =
    "static void armature_call_@f(struct ar_session *s, const void *record, enum ar_change change)\n"
    "{\n"
    "    @f(s, record, change);\n"
    "}\n\n";

/* A function that several attributes name is declared once. */
static bool is_first(const struct model *model, const struct model_hook *hook)
{
    for (const struct model_hook *each = model->hooks; each != hook; each++)
        if (strcmp(each->function, hook->function) == 0)
            return false;
    return true;
}

/* Return the attributes that name the function: "AR_BEFORE_INSERT, AR_BEFORE_UPDATE, blog.h:12". */
static const char *places(const struct model_set *set, const struct model *model, const struct model_hook *hook)
{
    const char *all = "";
    for (size_t i = 0; i < model->hook_count; i++)
        if (strcmp(model->hooks[i].function, hook->function) == 0)
            all = arena_print(set->arena, "%s%s, ", all, attribute_table[model->hooks[i].kind->attribute].macro);
    return arena_print(set->arena, "%s%s", all, emit_comment_text(set->arena, model_location(set, hook->at)));
}

static void add_for_each(struct text *out, const struct model_set *set, const struct model *model,
                         const char *(*source)(const struct hook_kind *kind))
{
    for (size_t i = 0; i < model->hook_count; i++) {
        const struct model_hook *hook = &model->hooks[i];
        const struct placeholder placeholders[] = {
            {'f', hook->function},           {'t', model->c_type}, {'p', emit_record_name(set, model)},
            {'l', places(set, model, hook)}, {'\0', NULL},
        };
        if (is_first(model, hook))
            template_add(out, source(hook->kind), placeholders);
    }
}

static const char *prototype_of(const struct hook_kind *kind)
{
    return prototypes[kind->signature];
}

static const char *wrapper_of(const struct hook_kind *kind)
{
    return kind->signature == HOOK_ENDS ? end_wrapper : status_wrapper;
}

void emit_hook_prototypes(struct text *out, const struct model_set *set, const struct model *model)
{
    add_for_each(out, set, model, prototype_of);
}

void emit_hook_wrappers(struct text *out, const struct model_set *set, const struct model *model)
{
    add_for_each(out, set, model, wrapper_of);
}

bool emit_is_hook_variable(const char *name)
{
    return name_is_in(" s record change ", name);
}

static void emit_events(struct text *out, const struct model *model)
{
    const char *separator = "    .hook_events = ";
    for (size_t i = 0; i < model->hook_count; i++) {
        bool is_new = true;
        for (size_t j = 0; j < i; j++)
            is_new = is_new && model->hooks[j].kind != model->hooks[i].kind;
        if (!is_new)
            continue;
        text_print(out, "%s1 << %s", separator, model->hooks[i].kind->event);
        separator = " |\n                   ";
    }
    text_add(out, ",\n");
}

void emit_hook_table(struct text *out, const struct model *model)
{
    if (model->hook_count == 0)
        return;
    text_print(out, "    .hook_count = %zu,\n", model->hook_count);
    emit_events(out, model);
    text_add(out, "    .hooks =\n        (const struct ar_hook[]){\n");
    for (size_t i = 0; i < model->hook_count; i++) {
        const struct model_hook *hook = &model->hooks[i];
        text_print(out, "            {.name = \"%s\", .event = %s, .%s = armature_call_%s},\n", hook->function,
                   hook->kind->event, hook->kind->signature == HOOK_ENDS ? "end" : "call", hook->function);
    }
    text_add(out, "        },\n");
}
