/* Writes the conditions and orders of a relation. They are macros, because C functions have no optional arguments; and
 * compilers are faster with them. */
#include "emit.h"
#include "template.h"

static const char one_template[] =
    "/* Conditions on the @r: it exists, or meets a condition on @n. An order by it. */\n"
    "#define @m_has_@r(...) AR_HAS(&@m_@r_relation, __VA_ARGS__)\n"
    "#define @m_by_@r(order) ar_order_through(&@m_@r_relation, order)\n"
    "\n";

static const char many_template[] =
    "/* Conditions on the @r: any exist, or so many (AR_GE, 2), also with one on @n. An order by their number. */\n"
    "#define @m_has_@r(...) AR_HAS(&@m_@r_relation, __VA_ARGS__)\n"
    "#define @m_has_@r_count(comparison, ...) AR_HAS_COUNT(&@m_@r_relation, comparison, __VA_ARGS__)\n"
    "#define @m_by_@r_count(direction) ar_order_by_count(&@m_@r_relation, direction)\n"
    "\n";

void emit_related(struct text *out, enum template_form form, const struct relation *relation,
                  const struct placeholder *placeholders)
{
    template_add_functions(out, form, relation->kind->is_list ? many_template : one_template, placeholders);
}
