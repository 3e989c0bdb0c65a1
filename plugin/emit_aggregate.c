/* Writes the typed functions for aggregates of a relation that leads to a list. */
#include "emit.h"
#include "template.h"

static const char aggregate_template[] =
    "/* Count the @r, or find if there are any. The first access counts for all siblings. */\n"
    "AR_MUST_CHECK enum ar_status @m_@r_count(struct ar_session *s, const @t *@p, int64_t *out)\n"
    "{\n"
    "    return ar_relation_count(s, &@m_@r_relation, @p, out);\n"
    "}\n"
    "AR_MUST_CHECK enum ar_status @m_@r_exists(struct ar_session *s, const @t *@p, bool *out)\n"
    "{\n"
    "    return ar_relation_exists(s, &@m_@r_relation, @p, out);\n"
    "}\n"
    "\n"
    "/* Return an aggregate of the @r, as ar_max(@n_column.@f). */\n"
    "AR_MUST_CHECK enum ar_status @m_@r_aggregate(struct ar_session *s, const @t *@p, "
    "struct ar_measure measure, struct ar_value *out)\n"
    "{\n"
    "    return ar_relation_aggregate(s, &@m_@r_relation, @p, measure, out);\n"
    "}\n"
    "\n"
    "/* Count or aggregate the @r with the query, in one extra statement. Return the sub-query, for conditions. */\n"
    "struct @n_query *@m_with_@r_count(struct @m_query *q)\n"
    "{\n"
    "    return (struct @n_query *)ar_query_with_aggregate((struct ar_query *)q, &@m_@r_relation, ar_count());\n"
    "}\n"
    "struct @n_query *@m_with_@r_aggregate(struct @m_query *q, struct ar_measure measure)\n"
    "{\n"
    "    return (struct @n_query *)ar_query_with_aggregate((struct ar_query *)q, &@m_@r_relation, measure);\n"
    "}\n"
    "\n"
    "/* Count or aggregate the @r of all these records at once, even if known. */\n"
    "AR_MUST_CHECK enum ar_status @m_load_@r_count(struct ar_session *s, @t *const *records, size_t count)\n"
    "{\n"
    "    return ar_relation_load_aggregate(s, &@m_@r_relation, (const void *const *)records, count, ar_count());\n"
    "}\n"
    "AR_MUST_CHECK enum ar_status @m_load_@r_aggregate(struct ar_session *s, @t *const *records, "
    "size_t count, struct ar_measure measure)\n"
    "{\n"
    "    return ar_relation_load_aggregate(s, &@m_@r_relation, (const void *const *)records, count, measure);\n"
    "}\n"
    "\n";

void emit_aggregate_functions(struct text *out, enum template_form form, const struct relation *relation,
                              const struct placeholder *placeholders)
{
    if (relation->kind->is_list)
        template_add_functions(out, form, aggregate_template, placeholders);
}
