/* Writes the tagged unions of AR_BELONGS_TO_ANY and AR_BELONGS_TO_ONE_OF, their typed functions, and descriptors. */
#include "emit.h"
#include "emit_descriptor.h"
#include "name.h"
#include "template.h"

/* Placeholders: @m is the model, @t its C type, @p the parameter for its record, @r the union, @f its first member,
 * @l its source location. */

static const char accessor_template[] =
    "/* Return the @r of the @m, by its type: @l. The first access loads it, for all siblings of the same type. The kind "
    "is none if it refers to no row. AR_INVALID: the row has a type that is none of these. */\n"
    "AR_MUST_CHECK static inline enum ar_status @m_@r(struct ar_session *s, const @t *@p, struct @m_@r *out)\n"
    "{\n"
    "    size_t kind;\n"
    "    void *record;\n"
    "    enum ar_status status = ar_union_get(s, &@m_@r_union, @p, &kind, &record);\n"
    "    out->kind = (enum @m_@r_kind)kind;\n"
    "    out->@f = (@u *)record;\n"
    "    return status;\n"
    "}\n"
    "\n";

static const char union_template[] =
    "/* Make the @m refer to a saved record, or to none. It changes the struct, not the row. */\n"
    "AR_MUST_CHECK enum ar_status @m_set_@r(struct ar_session *s, @t *@p, struct @m_@r value)\n"
    "{\n"
    "    return ar_union_set(s, &@m_@r_union, @p, (size_t)value.kind, value.@f);\n"
    "}\n"
    "\n"
    "/* Eager-load the @r, in one extra statement for each type. */\n"
    "void @m_with_@r(struct @m_query *q)\n"
    "{\n"
    "    ar_query_with_union((struct ar_query *)q, &@m_@r_union);\n"
    "}\n"
    "\n"
    "/* Load the @r of all these records, in one statement for each type that they have, even if cached. */\n"
    "AR_MUST_CHECK enum ar_status @m_load_@r(struct ar_session *s, @t *const *records, size_t count)\n"
    "{\n"
    "    return ar_union_load(s, &@m_@r_union, (const void *const *)records, count);\n"
    "}\n"
    "\n"
    "/* Drop the @r from the cache: the next access loads. */\n"
    "void @m_@r_clear_cache(struct ar_session *s, const @t *@p)\n"
    "{\n"
    "    ar_union_clear(s, &@m_@r_union, @p);\n"
    "}\n"
    "\n";

void emit_union_types(struct text *out, const struct model_set *set, const struct relation_union *each)
{
    const char *stem = arena_print(set->arena, "%s_%s", each->self.owner->name, each->self.name);
    const char *prefix = name_upper(set->arena, stem);
    text_print(out, "/* The %s of a %s, by its kind. */\nenum %s_kind {\n    %s_NONE", each->self.name,
               each->self.owner->name, stem, prefix);
    for (size_t i = 0; i < each->variant_count; i++)
        text_print(out, ",\n    %s_%s", prefix, name_upper(set->arena, each->variants[i].name));
    text_print(out, "\n};\n\nstruct %s {\n    enum %s_kind kind;\n    union {\n", stem, stem);
    for (size_t i = 0; i < each->variant_count; i++)
        text_print(out, "        %s *%s;\n", each->variants[i].relation->target->c_type, each->variants[i].name);
    text_add(out, "    };\n};\n\n");
}

void emit_union_functions(struct text *out, enum template_form form, const struct model_set *set,
                          const struct relation_union *each)
{
    const struct model *owner = each->self.owner;
    const struct placeholder placeholders[] = {
        {'m', owner->name},
        {'t', owner->c_type},
        {'p', emit_record_name(set, owner)},
        {'r', each->self.name},
        {'f', each->variants[0].name},
        {'u', each->variants[0].relation->target->c_type},
        {'l', emit_comment_text(set->arena, model_location(set, each->self.at))},
        {'\0', NULL},
    };
    if (form == TEMPLATE_DECLARATIONS)
        template_add(out, accessor_template, placeholders);
    template_add_functions(out, form, union_template, placeholders);
}

void emit_union_descriptor(struct text *out, const struct relation_union *each)
{
    const char *model = each->self.owner->name;
    text_print(out, "const struct ar_union %s_%s_union = {\n    .name = \"%s\",\n    .owner = &%s_model,\n", model,
               each->self.name, each->self.name, model);
    text_add(out, "    .variants =\n        (const struct ar_relation *const[]){\n");
    for (size_t i = 0; i < each->variant_count; i++)
        text_print(out, "            &%s_%s_relation,\n", model, each->variants[i].relation->name);
    text_print(out, "        },\n    .variant_count = %zu,\n", each->variant_count);
    text_add(out, each->is_exclusive ? "    .is_exclusive = true,\n" : "");
    text_add(out, "};\n\n");
}

void emit_union_list(struct text *out, const struct model *model)
{
    size_t count = 0;
    for (size_t i = 0; i < model->union_count; i++)
        if (model->unions[i]->is_exclusive)
            text_print(out, "%s&%s_%s_union", count++ == 0 ? "    .arcs = (const struct ar_union *const[]){" : ", ",
                       model->name, model->unions[i]->self.name);
    if (count > 0)
        text_print(out, "},\n    .arc_count = %zu,\n", count);
}
