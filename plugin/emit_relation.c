/* Writes the typed functions of a relation: accessor, query, eager and explicit load. */
#include "emit.h"
#include "template.h"

/* Placeholders, also of the other features of relations: @m is the model, @t its C type, @p the parameter for its
 * record; @r the relation, @k its kind, @l its source location, @c its counter; @n the target, @u its C type, @f its
 * first field; @w "tree" or "path"; @i the first relation that it follows, @h the target of that, @v its C type. */

/* Programs call the accessor in loops, and a loaded relation takes a few nanoseconds: it is inline. */
static const char one_template[] =
    "/* Return the @r: @k, @l. The first access loads it. AR_OK and NULL if there is none. */\n"
    "AR_MUST_CHECK static inline enum ar_status @m_@r(struct ar_session *s, const @t *@p, @u **out)\n"
    "{\n"
    "    void *record;\n"
    "    enum ar_status status = ar_relation_one(s, &@m_@r_relation, @p, &record);\n"
    "    *out = (@u *)record;\n"
    "    return status;\n"
    "}\n"
    "\n";

static const char many_template[] =
    "/* Return the @r: @k, @l. The first access loads them. On failure the list is empty. */\n"
    "AR_MUST_CHECK static inline enum ar_status @m_@r(struct ar_session *s, const @t *@p, struct @n_list *out)\n"
    "{\n"
    "    struct ar_list list;\n"
    "    enum ar_status status = ar_relation_list(s, &@m_@r_relation, @p, &list);\n"
    "    out->items = (@u *const *)list.items;\n"
    "    out->count = list.count;\n"
    "    return status;\n"
    "}\n"
    "\n";

static const char relation_template[] =
    "/* Return a new query of the @r. It bypasses the cache. */\n"
    "struct @n_query *@m_@r_query(struct ar_session *s, const @t *@p)\n"
    "{\n"
    "    return (struct @n_query *)ar_query_relation(s, &@m_@r_relation, @p);\n"
    "}\n"
    "\n"
    "/* Eager-load the @r in one extra statement. Return the sub-query, to be refined. */\n"
    "struct @n_query *@m_with_@r(struct @m_query *q)\n"
    "{\n"
    "    return (struct @n_query *)ar_query_with_relation((struct ar_query *)q, &@m_@r_relation);\n"
    "}\n"
    "\n"
    "/* Load the @r of all these records at once, even if cached. */\n"
    "AR_MUST_CHECK enum ar_status @m_load_@r(struct ar_session *s, @t *const *records, size_t count)\n"
    "{\n"
    "    return ar_relation_load(s, &@m_@r_relation, (const void *const *)records, count);\n"
    "}\n"
    "\n"
    "/* Drop the @r from the cache: the next access loads. */\n"
    "void @m_@r_clear_cache(struct ar_session *s, const @t *@p)\n"
    "{\n"
    "    ar_relation_clear(s, &@m_@r_relation, @p);\n"
    "}\n"
    "\n";

static const char recount_template[] =
    "/* Count the @m rows of these @n records again, or of all if `records` is NULL, and set @c. */\n"
    "AR_MUST_CHECK enum ar_status @m_recount_@r(struct ar_session *s, @u *const *records, size_t count)\n"
    "{\n"
    "    return ar_relation_recount(s, &@m_@r_relation, (const void *const *)records, count);\n"
    "}\n"
    "\n";

void emit_relation_functions(struct text *out, enum template_form form, const struct model_set *set,
                             const struct relation *relation)
{
    const struct model *owner = relation->owner, *target = relation->target;
    const char *hierarchy = relation_hierarchy(relation);
    const struct relation *first = relation_has_links(relation) ? relation->path[0] : relation;
    const struct placeholder placeholders[] = {
        {'m', owner->name},
        {'t', owner->c_type},
        {'p', emit_record_name(set, owner)},
        {'r', relation->name},
        {'n', target->name},
        {'u', target->c_type},
        {'k', relation->kind->name},
        {'l', emit_comment_text(set->arena, model_location(set, relation->at))},
        {'c', relation->counter != NULL ? relation->counter->field : ""},
        {'f', target->columns[0]->field},
        {'w', hierarchy != NULL ? hierarchy : ""},
        {'i', first->name},
        {'h', first->target->name},
        {'v', first->target->c_type},
        {'\0', NULL},
    };
    if (form == TEMPLATE_DECLARATIONS)
        template_add(out, relation->kind->is_list ? many_template : one_template, placeholders);
    template_add_functions(out, form, relation_template, placeholders);
    emit_link_functions(out, form, relation, placeholders);
    emit_aggregate_functions(out, form, relation, placeholders);
    emit_related(out, form, relation, placeholders);
    if (relation->counter != NULL)
        template_add_functions(out, form, recount_template, placeholders);
    emit_hierarchy_functions(out, form, relation, placeholders);
    emit_relation_writes(out, form, relation, placeholders);
}
