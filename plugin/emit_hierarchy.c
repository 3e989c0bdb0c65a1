/* Writes the typed functions that follow a relation of a model to itself. */
#include "emit.h"
#include "template.h"

static const char tree_comment[] =
    "/* Load all descendants, level by level, in one statement, to a number of levels or AR_WHOLE_DEPTH. AR_INVALID: a "
    "cycle. */\n";

static const char path_comment[] =
    "/* Load the path to the root, from below, in one statement, to a number of levels or AR_WHOLE_DEPTH. AR_INVALID: a "
    "cycle. */\n";

static const char hierarchy_template[] =
    "AR_MUST_CHECK enum ar_status @m_@r_@w(struct ar_session *s, const @t *@p, unsigned depth, struct @n_list *out)\n"
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
    "AR_MUST_CHECK enum ar_status @m_load_@r_@w(struct ar_session *s, @t *const *records, size_t count, "
    "unsigned depth)\n"
    "{\n"
    "    return ar_relation_follow(s, &@m_@r_relation, (const void *const *)records, count, depth, NULL);\n"
    "}\n"
    "\n";

void emit_hierarchy_functions(struct text *out, enum template_form form, const struct relation *relation,
                              const struct placeholder *placeholders)
{
    if (relation_hierarchy(relation) == NULL)
        return;
    template_add_functions(out, form, relation->kind->is_list ? tree_comment : path_comment, placeholders);
    template_add_functions(out, form, hierarchy_template, placeholders);
}
