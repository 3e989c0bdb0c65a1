/* The comparison of a database with the models, in the form in which the database prints expressions. */
#include "database.h"

#include "findings.h"
#include "server_form.h"
#include "source.h"

/* ---- Tables that seem to differ ---------------------------------------------------------------------------------- */

/* Return true if another form may be all that differs. */
static bool is_about_form(enum difference_kind kind)
{
    return kind == DIFFERENCE_COLUMN_TYPE || kind == DIFFERENCE_COLUMN_DEFAULT || kind == DIFFERENCE_COLUMN_GENERATED ||
           kind == DIFFERENCE_COLUMN_COLLATION || kind == DIFFERENCE_INDEX_ADDED || kind == DIFFERENCE_CHECK_ADDED ||
           kind == DIFFERENCE_VIEW_CHANGED;
}

/* Return a flag for each table of `to`, or NULL if no form matters. */
static bool *find_tables(struct arena *arena, const struct difference_list *differences, const struct schema *to)
{
    bool *flags = NULL;
    for (size_t i = 0; i < differences->count; i++)
        if (is_about_form(differences->items[i].kind)) {
            flags = flags != NULL ? flags : arena_take(arena, to->table_count);
            flags[differences->items[i].to - to->tables] = true;
        }
    return flags;
}

static void make_loose(struct schema *form, const bool *flags, struct diagnostics *notes)
{
    for (size_t i = 0; i < form->table_count; i++)
        form->tables[i].is_loose = flags[i];
    notes->rule = "not-compared";
    diagnostic_note(notes, finding_nowhere, "expressions were compared by their tokens, because a dump has no server");
}

/* ---- Differences ------------------------------------------------------------------------------------------------- */

#define MOVE(pointer, from, from_count, to)                                                                            \
    ((pointer) = (pointer) >= (from) && (pointer) < (from) + (from_count) ? (to) + ((pointer) - (from)) : (pointer))

/* Let the difference refer to the models in place of their forms. */
static void move(struct difference *item, const struct schema *form, const struct schema *to)
{
    const struct schema_table *before = item->to;
    if (item->to_enum != NULL)
        item->to_enum = &to->enums[item->to_enum - form->enums];
    if (before == NULL)
        return;
    const struct schema_table *after = &to->tables[before - form->tables];
    item->to = after;
    if (item->to_column != NULL)
        item->to_column = &after->columns[item->to_column - before->columns];
    if (item->index != NULL)
        MOVE(item->index, before->indexes, before->index_count, after->indexes);
    if (item->foreign_key != NULL)
        MOVE(item->foreign_key, before->foreign_keys, before->foreign_key_count, after->foreign_keys);
    if (item->check != NULL)
        MOVE(item->check, before->checks, before->check_count, after->checks);
}

/* A dump of PostgreSQL does not have the columns of a view, so that its schema lacks the views. */
static struct difference_list without_views(struct arena *arena, const struct difference_list *differences,
                                            struct diagnostics *notes)
{
    struct difference_list kept = {0};
    for (size_t i = 0; i < differences->count; i++)
        if (differences->items[i].kind != DIFFERENCE_VIEW_ADDED || differences->items[i].from != NULL)
            list_add(arena, kept.items, kept.count) = differences->items[i];
    notes->rule = "not-compared";
    if (kept.count < differences->count)
        diagnostic_note(notes, finding_nowhere, "views were not compared, because a dump lacks their columns");
    return kept;
}

/* Let the differences be those of the models in the form of the database. */
static void compare_forms(struct arena *arena, const char *where, const struct schema *from, const struct schema *to,
                          const bool *flags, struct difference_list *differences, struct diagnostics *notes)
{
    struct schema *form = schema_copy(arena, to);
    if (source_is_server(where))
        server_form(arena, where, from, form, flags, notes);
    else
        make_loose(form, flags, notes);
    *differences = schema_compare(arena, from, form, COMPARE_DATABASE);
    for (size_t i = 0; i < differences->count; i++)
        move(&differences->items[i], form, to);
}

struct difference_list database_compare(struct arena *arena, const char *where, const struct schema *from,
                                        const struct schema *to, struct diagnostics *notes)
{
    struct difference_list differences = schema_compare(arena, from, to, COMPARE_DATABASE);
    if (to->dialect->id == DIALECT_SQLITE)
        return differences;
    bool *flags = find_tables(arena, &differences, to);
    if (flags != NULL)
        compare_forms(arena, where, from, to, flags, &differences, notes);
    return source_is_server(where) ? differences : without_views(arena, &differences, notes);
}
