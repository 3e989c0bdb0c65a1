/* Writes the typed functions of pages. */
#include "emit.h"
#include "template.h"

static const char page_template[] =
    "/* Return only rows after or before this @m, in the query's order; a limit takes those next to it. NULL: from the\n"
    " * beginning, to the end. */\n"
    "static inline void @m_after(struct @m_query *q, const @t *@p)\n"
    "{\n"
    "    ar_query_after((struct ar_query *)q, @p);\n"
    "}\n"
    "\n"
    "static inline void @m_before(struct @m_query *q, const @t *@p)\n"
    "{\n"
    "    ar_query_before((struct ar_query *)q, @p);\n"
    "}\n"
    "\n";

void emit_page_functions(struct text *out, const struct placeholder *placeholders)
{
    template_add(out, page_template, placeholders);
}
