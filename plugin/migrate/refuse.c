/* Refuses ambiguous and impossible changes. */
#include "refuse.h"

#include <string.h>

/* Return true if --drop names it, and mark the name as used. */
static bool is_dropped(const struct drop_list *drops, bool *is_used, const char *name)
{
    bool is_found = false;
    for (size_t i = 0; i < drops->count; i++)
        if (strcmp(drops->items[i], name) == 0)
            is_used[i] = is_found = true;
    return is_found;
}

/* Return the difference of this kind, of the table if it is not NULL. */
static const struct difference *find(const struct difference_list *differences, enum difference_kind kind,
                                     const struct schema_table *to)
{
    for (size_t i = 0; i < differences->count; i++)
        if (differences->items[i].kind == kind && (to == NULL || differences->items[i].to == to))
            return &differences->items[i];
    return NULL;
}

static void refuse_column(struct diagnostics *diagnostics, const struct difference_list *differences,
                          const struct difference *item, const char *name)
{
    const struct difference *added = find(differences, DIFFERENCE_COLUMN_ADDED, item->to);
    if (added == NULL)
        return;
    diagnostic_error(diagnostics, added->to_column->at, "the column `%s` was removed, and `%s` was added", name,
                     added->to_column->name);
    diagnostic_help(diagnostics,
                    "if it was renamed, write AR_WAS(%s) after the new field; if its values can be lost, "
                    "give --drop %s",
                    item->from_column->name, name);
}

static void refuse_table(struct diagnostics *diagnostics, const struct difference_list *differences,
                         const struct difference *item)
{
    const struct difference *added = find(differences, DIFFERENCE_TABLE_ADDED, NULL);
    if (added == NULL)
        return;
    diagnostic_error(diagnostics, added->to->at, "the table `%s` was removed, and `%s` was added", item->from->name,
                     added->to->name);
    diagnostic_help(diagnostics,
                    "if it was renamed, write AR_WAS(%s) after the new AR_TABLE; if its rows can be lost, "
                    "give --drop %s",
                    item->from->name, item->from->name);
}

static void refuse_without_value(struct diagnostics *diagnostics, const struct difference *item)
{
    const struct schema_column *column = item->to_column;
    if (!column->is_not_null || column->default_sql != NULL || column->generated_sql != NULL || column->is_identity)
        return;
    diagnostic_error(diagnostics, column->at, "`%s.%s` cannot be NULL, and existing rows have no value for it",
                     item->to->name, column->name);
    diagnostic_help(diagnostics, "give them one by AR_DEFAULT(\"...\"); or let it be NULL in this migration, fill it, "
                                 "and forbid NULL in the next one");
}

void refuse_differences(struct diagnostics *diagnostics, const struct difference_list *differences,
                        const struct drop_list *drops)
{
    bool *is_used = arena_take(diagnostics->arena, drops->count + 1);
    for (size_t i = 0; i < differences->count; i++) {
        const struct difference *item = &differences->items[i];
        if (item->kind == DIFFERENCE_COLUMN_ADDED)
            refuse_without_value(diagnostics, item);
        if (item->kind == DIFFERENCE_TABLE_DROPPED && !is_dropped(drops, is_used, item->from->name))
            refuse_table(diagnostics, differences, item);
        if (item->kind != DIFFERENCE_COLUMN_DROPPED)
            continue;
        const char *name = arena_print(diagnostics->arena, "%s.%s", item->from->name, item->from_column->name);
        if (!is_dropped(drops, is_used, name))
            refuse_column(diagnostics, differences, item, name);
    }
    for (size_t i = 0; i < drops->count; i++)
        if (!is_used[i])
            diagnostic_error(diagnostics, (struct location){0}, "--drop %s: no such table or column was removed",
                             drops->items[i]);
}

/* ---- AR_WAS ------------------------------------------------------------------------------------------------------ */

static void check_former_column(struct diagnostics *diagnostics, const struct schema_table *from,
                                const struct schema_table *to, const struct schema_column *column)
{
    if (column->was == NULL)
        return;
    if (schema_find_column(from, column->name) != NULL)
        diagnostic_note(diagnostics, column->at, "AR_WAS(%s) has no effect any more: it can be removed", column->was);
    else if (schema_find_column(to, column->was) != NULL)
        diagnostic_error(diagnostics, column->at, "AR_WAS(%s): it is still a column of `%s`", column->was, to->name);
    else if (schema_find_column(from, column->was) == NULL)
        diagnostic_error(diagnostics, column->at, "AR_WAS(%s): `%s` had no such column", column->was, from->name);
}

/* Return the table of `from` that is the one of `to`, or NULL after an error if its AR_WAS names none. */
static const struct schema_table *former_table(struct diagnostics *diagnostics, const struct schema *from,
                                               const struct schema *to, const struct schema_table *table)
{
    const struct schema_table *found = compare_find_table(from, table);
    struct schema_table was = {.schema = table->was_schema, .name = table->was};
    if (table->was == NULL)
        return found;
    const struct schema_table *former = compare_find_table(from, &was), *kept = compare_find_table(to, &was);
    if (found != NULL && kept != table)
        diagnostic_note(diagnostics, table->at, "AR_WAS(%s) has no effect any more: it can be removed", table->was);
    else if (kept != NULL && kept != table)
        diagnostic_error(diagnostics, table->at, "AR_WAS(%s): it is still a table", table->was);
    else if (former == NULL && found == NULL)
        diagnostic_error(diagnostics, table->at, "AR_WAS(%s): there was no such table", table->was);
    return found != NULL ? found : former;
}

void refuse_former_names(struct diagnostics *diagnostics, const struct schema *from, const struct schema *to)
{
    for (size_t i = 0; i < to->table_count; i++) {
        const struct schema_table *table = &to->tables[i];
        const struct schema_table *former = former_table(diagnostics, from, to, table);
        for (size_t j = 0; former != NULL && j < table->column_count; j++)
            check_former_column(diagnostics, former, table, &table->columns[j]);
    }
}
