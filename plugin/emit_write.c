/* Writes the typed functions that write through a relation. */
#include "emit.h"

static const char set_template[] =
    "/* Put the new @m into a graph, and let its @r be the target: see ar_graph_set. */\n"
    "void @m_set_@r(struct ar_graph *graph, @t *@p, @u *target)\n"
    "{\n"
    "    ar_graph_set(graph, &@m_@r_relation, @p, target);\n"
    "}\n"
    "\n";

static const char build_template[] =
    "/* Make a new @n of the @m: all zero but for the foreign key. Nothing is written. */\n"
    "AR_MUST_CHECK enum ar_status @m_@r_build(struct ar_session *s, const @t *@p, @u *record)\n"
    "{\n"
    "    return ar_relation_build(s, &@m_@r_relation, @p, record);\n"
    "}\n"
    "\n";

static const char add_template[] =
    "AR_MUST_CHECK enum ar_status @m_@r_add(struct ar_session *s, const @t *@p, @u *const *records, "
    "size_t count, struct ar_link_changes *changes)\n"
    "{\n"
    "    return ar_relation_add(s, &@m_@r_relation, @p, (void *const *)records, count, changes);\n"
    "}\n"
    "\n";

/* Functions of a has_many, for children with a foreign key. */
static const char children_comment[] = "/* Add these records to the @r. `changes` may be NULL. */\n";

static const char children_template[] =
    "/* Remove these records from the @r: unlink or delete their rows. */\n"
    "AR_MUST_CHECK enum ar_status @m_@r_remove(struct ar_session *s, const @t *@p, @u *const *records, "
    "size_t count, enum ar_removal removal, struct ar_link_changes *changes)\n"
    "{\n"
    "    return ar_relation_remove(s, &@m_@r_relation, @p, (void *const *)records, count, removal, changes);\n"
    "}\n"
    "\n"
    "/* Let the @r be these records and no others. */\n"
    "AR_MUST_CHECK enum ar_status @m_@r_replace(struct ar_session *s, const @t *@p, @u *const *records, "
    "size_t count, enum ar_removal removal, struct ar_link_changes *changes)\n"
    "{\n"
    "    return ar_relation_replace(s, &@m_@r_relation, @p, (void *const *)records, count, removal, changes);\n"
    "}\n"
    "\n";

/* The same without a choice: a link is always deleted. */
static const char joins_comment[] =
    "/* Link these records to the @m, by rows of the join table. `changes` may be NULL. */\n";

static const char joins_template[] =
    "/* Delete the links to these records. */\n"
    "AR_MUST_CHECK enum ar_status @m_@r_remove(struct ar_session *s, const @t *@p, @u *const *records, "
    "size_t count, struct ar_link_changes *changes)\n"
    "{\n"
    "    return ar_relation_remove(s, &@m_@r_relation, @p, (void *const *)records, count, AR_REMOVE_DELETE, changes);\n"
    "}\n"
    "\n"
    "/* Let the links be those to these records and no others. */\n"
    "AR_MUST_CHECK enum ar_status @m_@r_replace(struct ar_session *s, const @t *@p, @u *const *records, "
    "size_t count, struct ar_link_changes *changes)\n"
    "{\n"
    "    return ar_relation_replace(s, &@m_@r_relation, @p, (void *const *)records, count, AR_REMOVE_DELETE, changes);\n"
    "}\n"
    "\n";

void emit_relation_writes(struct text *out, enum template_form form, const struct relation *relation,
                          const struct placeholder *placeholders)
{
    if (relation->kind->owner_has_key && !relation->owner->is_read_only)
        template_add_functions(out, form, set_template, placeholders);
    else if (!relation->kind->owner_has_key && !relation_has_path(relation) && !relation->target->is_read_only)
        template_add_functions(out, form, build_template, placeholders);
    if (!relation_can_link(relation))
        return;
    bool has_joins = relation_has_path(relation);
    template_add_functions(out, form, has_joins ? joins_comment : children_comment, placeholders);
    template_add_functions(out, form, add_template, placeholders);
    template_add_functions(out, form, has_joins ? joins_template : children_template, placeholders);
}
