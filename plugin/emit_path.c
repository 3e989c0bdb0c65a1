/* The typed functions that only relations with a path have: access to the rows of the first model on it. */
#include "emit.h"
#include "template.h"

static const char links_template[] =
    "/* Return the @i that lead to the @r: items[i] to the i-th. They are loaded with them. */\n"
    "AR_MUST_CHECK enum ar_status @m_@r_links(struct ar_session *s, const @t *@p, struct @h_list *out)\n"
    "{\n"
    "    struct ar_list list;\n"
    "    enum ar_status status = ar_relation_links(s, &@m_@r_relation, @p, &list);\n"
    "    out->items = (@v *const *)list.items;\n"
    "    out->count = list.count;\n"
    "    return status;\n"
    "}\n"
    "\n";

static const char link_template[] =
    "/* Return the @i that leads to the @r; NULL if there is none. It is loaded with it. */\n"
    "AR_MUST_CHECK enum ar_status @m_@r_link(struct ar_session *s, const @t *@p, @v **out)\n"
    "{\n"
    "    void *record;\n"
    "    enum ar_status status = ar_relation_link(s, &@m_@r_relation, @p, &record);\n"
    "    *out = (@v *)record;\n"
    "    return status;\n"
    "}\n"
    "\n";

void emit_link_functions(struct text *out, enum template_form form, const struct relation *relation,
                         const struct placeholder *placeholders)
{
    if (relation_has_links(relation))
        template_add_functions(out, form, relation->kind->is_list ? links_template : link_template, placeholders);
}
