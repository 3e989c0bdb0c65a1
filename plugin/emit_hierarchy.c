/* Writes the typed functions that follow a relation of a model to itself. */
#include "emit.h"
#include "template.h"

/* @w is "tree" or "path", @d describes it. */
static const char hierarchy_template[] =
    "/* Load @d in one statement, to a number of levels or AR_WHOLE_DEPTH. AR_INVALID: a cycle. */\n"
    "AR_MUST_CHECK static inline enum ar_status @m_@r_@w(struct ar_session *s, const @t *@p, unsigned depth, "
    "struct @n_list *out)\n"
    "{\n"
    "    const void *const record = @p;\n"
    "    struct ar_list list;\n"
    "    enum ar_status status = ar_relation_follow(s, &@m_@r_relation, &record, 1, depth, &list);\n"
    "    out->items = (@u *const *)list.items;\n"
    "    out->count = list.count;\n"
    "    return status;\n"
    "}\n"
    "\n"
    "/* Do so for all these records, in one statement. */\n"
    "AR_MUST_CHECK static inline enum ar_status @m_load_@r_@w(struct ar_session *s, @t *const *records, size_t count, "
    "unsigned depth)\n"
    "{\n"
    "    return ar_relation_follow(s, &@m_@r_relation, (const void *const *)records, count, depth, NULL);\n"
    "}\n"
    "\n";

void emit_hierarchy_functions(struct text *out, const struct model_set *set, const struct relation *relation)
{
    const char *suffix = relation_hierarchy(relation);
    const struct placeholder placeholders[] = {
        {'m', relation->owner->name},
        {'t', relation->owner->c_type},
        {'p', emit_record_name(set, relation->owner)},
        {'r', relation->name},
        {'n', relation->target->name},
        {'u', relation->target->c_type},
        {'w', suffix},
        {'d', relation->kind->is_list ? "all descendants, level by level," : "the path to the root, from below,"},
        {'\0', NULL},
    };
    if (suffix != NULL)
        template_add(out, hierarchy_template, placeholders);
}
