/* Writes the typed functions for parts of a query's rows, and for locking them. */
#include "emit.h"
#include "template.h"

static const char page_template[] =
    "/* Return only rows after or before this one in the query's order; a limit takes those next to it. NULL: no bound. */\n"
    "void @m_after(struct @m_query *q, const @t *@p)\n"
    "{\n"
    "    ar_query_after((struct ar_query *)q, @p);\n"
    "}\n"
    "void @m_before(struct @m_query *q, const @t *@p)\n"
    "{\n"
    "    ar_query_before((struct ar_query *)q, @p);\n"
    "}\n"
    "\n";

static const char chunk_template[] =
    "static enum ar_status @m_each_chunk(struct ar_session *s, const struct ar_list *list, void *payload)\n"
    "{\n"
    "    const struct ar_each *each = (const struct ar_each *)payload;\n"
    "    const struct @m_list records = {(@t *const *)list->items, list->count};\n"
    "    return ((enum ar_status(*)(struct ar_session *, const struct @m_list *, void *))each->function)(s, &records, "
    "each->payload);\n"
    "}\n"
    "\n";

static const char each_template[] =
    "/* Call a function with all rows, in chunks of `size` records: see ar_query_each. */\n"
    "AR_MUST_CHECK enum ar_status @m_each(struct @m_query *q, size_t size, enum ar_status "
    "(*function)(struct ar_session *s, const struct @m_list *records, void *payload), void *payload)\n"
    "{\n"
    "    struct ar_each each = {(void (*)(void))function, payload};\n"
    "    return ar_query_each((struct ar_query *)q, size, @m_each_chunk, &each);\n"
    "}\n"
    "\n";

static const char lock_template[] =
    "/* Lock the rows that are read, until the transaction ends. AR_MISUSE: no transaction is open. */\n"
    "void @m_for_update(struct @m_query *q)\n"
    "{\n"
    "    ar_query_for_update((struct ar_query *)q);\n"
    "}\n"
    "void @m_lock(struct @m_query *q, enum ar_lock lock, enum ar_lock_wait wait)\n"
    "{\n"
    "    ar_query_lock((struct ar_query *)q, lock, wait);\n"
    "}\n"
    "\n";

static const char only_template[] =
    "/* Load only these columns, one to 16, and keys: @m_only(q, @m_column.@c). A save writes no others. */\n"
    "#define @m_only(q, ...) ar_query_only_columns(@m_query_base(q), __VA_ARGS__)\n"
    "\n"
    "/* Return true if the field was loaded: @m_is_loaded(s, @p, @m_column.@c). */\n"
    "#define @m_is_loaded(s, record, handle) \\\n"
    "    ar_record_is_loaded(s, &@m_model, 1 ? (record) : (const @t *)0, (handle).column)\n"
    "\n";

void emit_rows_functions(struct text *out, enum template_form form, const struct model *model,
                         const struct placeholder *placeholders)
{
    if (model->key_count > 0) {
        template_add_functions(out, form, page_template, placeholders);
        if (form == TEMPLATE_DEFINITIONS)
            template_add(out, chunk_template, placeholders);
        template_add_functions(out, form, each_template, placeholders);
    }
    template_add_functions(out, form, lock_template, placeholders);
    template_add_functions(out, form, only_template, placeholders);
}
