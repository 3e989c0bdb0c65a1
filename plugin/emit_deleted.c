/* Writes the typed functions of models whose rows are deleted by a time, AR_DELETED_AT. */
#include "emit.h"
#include "template.h"

static const char template[] =
    "/* Make the row of a deleted @m living again. AR_NOT_FOUND: no deleted row has its key. */\n"
    "AR_MUST_CHECK enum ar_status @m_restore(struct ar_session *s, @t *@p)\n"
    "{\n"
    "    return ar_record_restore(s, &@m_model, @p);\n"
    "}\n"
    "\n"
    "/* Remove the row of the @m from the database, deleted or not. AR_NOT_FOUND: the row no longer exists. */\n"
    "AR_MUST_CHECK enum ar_status @m_erase(struct ar_session *s, const @t *@p)\n"
    "{\n"
    "    return ar_record_erase(s, &@m_model, @p);\n"
    "}\n"
    "\n"
    "/* Include deleted rows in the query. */\n"
    "void @m_with_deleted(struct @m_query *q)\n"
    "{\n"
    "    ar_query_with_deleted((struct ar_query *)q);\n"
    "}\n"
    "\n"
    "/* Remove all rows of the query from the database. `changed` receives their number; it may be NULL. */\n"
    "AR_MUST_CHECK enum ar_status @m_erase_all(struct @m_query *q, int64_t *changed)\n"
    "{\n"
    "    return ar_query_erase_all((struct ar_query *)q, changed);\n"
    "}\n"
    "\n";

void emit_deleted_functions(struct text *out, enum template_form form, const struct model *model,
                            const struct placeholder *placeholders)
{
    if (model_deleted_at(model) != NULL)
        template_add_functions(out, form, template, placeholders);
}
