/* The SQL of migrations for SQLite.
 *
 * SQLite can add, rename and drop columns in place, and rename tables. Everything else is done as its documentation
 * describes (https://sqlite.org/lang_altertable.html#otheralter): the rows are copied to a new table, which replaces
 * the old one. The statements are valid since SQLite 3.37, the oldest version that the runtime supports. */
#include "convert.h"
#include "plan.h"
#include "schema/ddl.h"
#include "sql.h"

#include <string.h>
#include <strings.h>

/* ---- What is possible in place ----------------------------------------------------------------------------------- */

static bool is_in_foreign_key(const struct schema_table *table, const struct schema_column *column)
{
    for (size_t i = 0; i < table->foreign_key_count; i++)
        if (schema_names_have(&table->foreign_keys[i].columns, column->name))
            return true;
    return false;
}

/* ADD COLUMN needs a value for existing rows that is a literal. */
static bool can_add(const struct schema_table *table, const struct schema_column *column)
{
    const char *value = column->default_sql;
    if (column->generated_sql != NULL || (column->is_not_null && value == NULL))
        return false;
    if (value == NULL)
        return true;
    return value[0] != '(' && strncasecmp(value, "current_", strlen("current_")) != 0 &&
           !is_in_foreign_key(table, column);
}

static bool is_added(const struct table_change *change, const char *name)
{
    for (size_t i = 0; i < change->count; i++)
        if (change->items[i].kind == DIFFERENCE_COLUMN_ADDED && strcmp(change->items[i].to_column->name, name) == 0)
            return true;
    return false;
}

/* Return the last added column that the check names, or NULL: ADD COLUMN declares the check. */
static const struct schema_column *column_of_check(const struct table_change *change, const struct schema_check *check)
{
    const struct schema_column *last = NULL;
    for (size_t i = 0; i < change->count; i++)
        if (change->items[i].kind == DIFFERENCE_COLUMN_ADDED &&
            plan_mentions(check->sql, change->items[i].to_column->name))
            last = change->items[i].to_column;
    return last;
}

/* Return true if ADD COLUMN adds the foreign key or check with its column. */
static bool is_of_added_column(const struct table_change *change, const struct difference *item)
{
    if (item->kind == DIFFERENCE_FOREIGN_KEY_ADDED)
        return item->foreign_key->columns.count == 1 && is_added(change, item->foreign_key->columns.items[0]);
    return column_of_check(change, item->check) != NULL;
}

/* Return true if a check has another column whose unit changes, too: an UPDATE changes one at a time. */
static bool is_checked_with_another(const struct table_change *change, const struct difference *item)
{
    for (size_t i = 0; i < change->to->check_count; i++)
        for (size_t j = 0; j < change->count; j++)
            if (change->items[j].kind == DIFFERENCE_COLUMN_DIGITS && &change->items[j] != item &&
                plan_mentions(change->to->checks[i].sql, item->to_column->name) &&
                plan_mentions(change->to->checks[i].sql, change->items[j].to_column->name))
                return true;
    return false;
}

static bool is_in_place(const struct table_change *change, const struct difference *item)
{
    switch (item->kind) {
    case DIFFERENCE_TABLE_RENAMED:
    case DIFFERENCE_COLUMN_RENAMED:
    case DIFFERENCE_COLUMN_DROPPED:
    case DIFFERENCE_COLUMN_LABELS:
    case DIFFERENCE_FOREIGN_KEY_RENAMED:
    case DIFFERENCE_INDEX_RENAMED:
        return true;
    case DIFFERENCE_INDEX_ADDED:
    case DIFFERENCE_INDEX_DROPPED:
        return !item->index->is_constraint;
    case DIFFERENCE_COLUMN_DIGITS:
        return !is_checked_with_another(change, item);
    case DIFFERENCE_COLUMN_ADDED:
        return can_add(change->to, item->to_column);
    case DIFFERENCE_FOREIGN_KEY_ADDED:
    case DIFFERENCE_CHECK_ADDED:
        return is_of_added_column(change, item);
    case DIFFERENCE_COLUMN_TYPE:
    case DIFFERENCE_COLUMN_NULL:
    case DIFFERENCE_COLUMN_DEFAULT:
    case DIFFERENCE_COLUMN_IDENTITY:
    case DIFFERENCE_COLUMN_GENERATED:
    case DIFFERENCE_COLUMN_COLLATION:
    case DIFFERENCE_KEY:
    case DIFFERENCE_FOREIGN_KEY_DROPPED:
    case DIFFERENCE_CHECK_DROPPED:
    case DIFFERENCE_CHECK_RENAMED:
    case DIFFERENCE_ENUM_ADDED:
    case DIFFERENCE_ENUM_DROPPED:
    case DIFFERENCE_ENUM_LABELS:
    case DIFFERENCE_TABLE_ADDED:
    case DIFFERENCE_TABLE_DROPPED:
    case DIFFERENCE_VIEW_ADDED:
    case DIFFERENCE_VIEW_DROPPED:
    case DIFFERENCE_VIEW_CHANGED:
        return false;
    }
    return false;
}

static bool needs_rebuild(const struct table_change *change)
{
    for (size_t i = 0; i < change->count; i++)
        if (!is_in_place(change, &change->items[i]))
            return true;
    return false;
}

/* ALTER TABLE and DROP TABLE fail if a view is left without what it names. */
static bool breaks_views(const struct table_change *change)
{
    return needs_rebuild(change) || plan_find(change, DIFFERENCE_TABLE_RENAMED) != NULL ||
           plan_find(change, DIFFERENCE_COLUMN_RENAMED) != NULL || plan_find(change, DIFFERENCE_COLUMN_DROPPED) != NULL;
}

/* ---- A new table for an old one ---------------------------------------------------------------------------------- */

/* A column that keeps its values. */
struct kept_column {
    const struct schema_column *to;
    struct conversion conversion;
};

struct kept_columns {
    struct kept_column *items;
    size_t count;
};

static struct kept_columns find_kept(const struct plan *plan, const struct table_change *change)
{
    struct kept_columns kept = {0};
    for (size_t i = 0; i < change->to->column_count; i++) {
        const struct schema_column *to = &change->to->columns[i], *from = plan_former_column(change, to);
        if (from != NULL && to->generated_sql == NULL)
            list_add(plan->arena, kept.items, kept.count) =
                (struct kept_column){to, conversion_of(plan->arena, plan->dialect, change->to, from, to)};
    }
    return kept;
}

static void add_asserts(const struct plan *plan, const char *table, const struct conversion *conversion)
{
    for (size_t i = 0; i < conversion->loss_count; i++)
        plan_assert_no_row(plan, conversion->losses[i].message, table, conversion->losses[i].condition);
}

static void add_copy(const struct plan *plan, const struct kept_columns *kept, const char *table, const char *made)
{
    text_print(plan->out, "INSERT INTO %s (", made);
    for (size_t i = 0; i < kept->count; i++)
        text_print(plan->out, "%s%s", i > 0 ? ", " : "", sql_name(plan->arena, kept->items[i].to->name));
    text_add(plan->out, ")\n    SELECT ");
    for (size_t i = 0; i < kept->count; i++)
        text_print(plan->out, "%s%s", i > 0 ? ", " : "", kept->items[i].conversion.sql);
    text_print(plan->out, " FROM %s;\n", table);
}

static void rebuild(const struct plan *plan, const struct table_change *change)
{
    struct arena *arena = plan->arena;
    const char *name = change->to->name, *table = sql_name(arena, name);
    const char *made = sql_name(arena, arena_print(arena, "armature_new_%s", name));
    struct kept_columns kept = find_kept(plan, change);
    plan_comment(plan, "%s: a new table, because SQLite cannot change this one in place", name);
    for (size_t i = 0; i < kept.count; i++)
        add_asserts(plan, table, &kept.items[i].conversion);
    text_print(plan->out,
               "-- armature: assert %s has triggers: add their CREATE TRIGGER at the end, and remove this assert with "
               "its SELECT\n"
               "SELECT NOT EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = %s COLLATE "
               "NOCASE);\n",
               name, sql_string(arena, name));
    ddl_add_table(plan->out, arena, change->to, made, plan->dialect, DDL_NEW);
    if (kept.count > 0)
        add_copy(plan, &kept, table, made);
    text_print(plan->out,
               "-- armature: assert %s: some rows were not copied\n"
               "SELECT (SELECT count(*) FROM %s) = (SELECT count(*) FROM %s);\n"
               "DROP TABLE %s;\n"
               "PRAGMA legacy_alter_table = ON; -- keep triggers and views that name the table\n"
               "ALTER TABLE %s RENAME TO %s;\n"
               "PRAGMA legacy_alter_table = OFF;\n",
               name, made, table, table, made, table);
    for (size_t i = 0; i < change->to->index_count; i++)
        if (!change->to->indexes[i].is_constraint)
            ddl_add_index(plan->out, arena, change->to, &change->to->indexes[i], DDL_NEW);
}

/* ---- Changes in place -------------------------------------------------------------------------------------------- */

/* Change the values of columns whose labels or units change. */
static void add_update(const struct plan *plan, const char *table, const struct difference *item)
{
    struct conversion conversion =
        conversion_of(plan->arena, plan->dialect, item->to, item->from_column, item->to_column);
    const char *column = sql_name(plan->arena, item->to_column->name);
    add_asserts(plan, table, &conversion);
    if (conversion.is_changed)
        plan_update(plan, table, column, conversion.sql, conversion.where);
}

/* CREATE TABLE declares checks with a name after all columns. */
static void add_column(const struct plan *plan, const struct table_change *change, const char *table,
                       const struct schema_column *column)
{
    text_print(plan->out, "ALTER TABLE %s ADD COLUMN ", table);
    ddl_add_column(plan->out, plan->arena, change->to, column, plan->dialect);
    for (size_t i = 0; i < change->count; i++) {
        const struct schema_check *check = change->items[i].check;
        if (change->items[i].kind == DIFFERENCE_CHECK_ADDED && check->name != NULL &&
            column_of_check(change, check) == column)
            text_print(plan->out, " CONSTRAINT %s CHECK (%s)", sql_name(plan->arena, check->name), check->sql);
    }
    text_add(plan->out, ";\n");
}

static void change_in_place(const struct plan *plan, const struct table_change *change)
{
    const char *table = sql_name(plan->arena, change->to->name);
    size_t length = plan->out->length;
    plan_comment(plan, "%s", change->to->name);
    size_t start = plan->out->length;
    for (size_t i = 0; i < change->count; i++) {
        const struct difference *item = &change->items[i];
        if (item->kind == DIFFERENCE_COLUMN_ADDED)
            add_column(plan, change, table, item->to_column);
        else if (item->kind == DIFFERENCE_COLUMN_LABELS || item->kind == DIFFERENCE_COLUMN_DIGITS)
            add_update(plan, table, item);
        else if (item->kind == DIFFERENCE_COLUMN_DROPPED)
            text_print(plan->out, "ALTER TABLE %s DROP COLUMN %s;\n", table,
                       sql_name(plan->arena, item->from_column->name));
        else if (item->kind == DIFFERENCE_INDEX_ADDED || item->kind == DIFFERENCE_INDEX_RENAMED)
            ddl_add_index(plan->out, plan->arena, change->to, item->index, DDL_NEW);
    }
    if (plan->out->length == start) {
        plan->out->length = length;
        plan->out->data[length] = '\0';
    }
}

/* ---- All changes ------------------------------------------------------------------------------------------------- */

static bool turns_foreign_keys_off(const struct plan *plan)
{
    for (size_t i = 0; i < plan->change_count; i++)
        if (needs_rebuild(&plan->changes[i]))
            return true;
    for (size_t i = 0; i < plan->differences->count; i++)
        if (plan->differences->items[i].kind == DIFFERENCE_TABLE_DROPPED)
            return true;
    return false;
}

/* Indexes have names in the database, which another table may need. */
static void drop_indexes(const struct plan *plan, const struct table_change *change)
{
    for (size_t i = 0; i < change->count; i++) {
        const struct difference *item = &change->items[i];
        if (item->kind == DIFFERENCE_INDEX_DROPPED && !item->index->is_constraint)
            text_print(plan->out, "DROP INDEX %s;\n", sql_name(plan->arena, item->index->name));
        else if (item->kind == DIFFERENCE_INDEX_RENAMED)
            text_print(plan->out, "DROP INDEX %s;\n", sql_name(plan->arena, item->was));
    }
}

static void rename_parts(const struct plan *plan, const struct table_change *change)
{
    const char *table = sql_name(plan->arena, change->to->name);
    for (size_t i = 0; i < change->count; i++) {
        const struct difference *item = &change->items[i];
        if (item->kind == DIFFERENCE_TABLE_RENAMED)
            text_print(plan->out, "ALTER TABLE %s RENAME TO %s;\n", sql_name(plan->arena, item->from->name), table);
        else if (item->kind == DIFFERENCE_COLUMN_RENAMED)
            text_print(plan->out, "ALTER TABLE %s RENAME COLUMN %s TO %s;\n", table,
                       sql_name(plan->arena, item->from_column->name), sql_name(plan->arena, item->to_column->name));
    }
}

/* Drop indexes and rename first: what follows uses the new names only. */
static void prepare(const struct plan *plan)
{
    struct text *out = plan->out;
    size_t length = out->length;
    text_add(out, "\n");
    for (size_t i = 0; i < plan->change_count; i++)
        drop_indexes(plan, &plan->changes[i]);
    for (size_t i = 0; i < plan->change_count; i++)
        rename_parts(plan, &plan->changes[i]);
    if (out->length == length + 1) {
        out->length = length;
        out->data[length] = '\0';
    }
}

void migrate_write_sqlite(struct plan *plan)
{
    plan_make(plan, breaks_views);
    if (turns_foreign_keys_off(plan))
        text_add(plan->out, "-- armature: rebuild\n");
    plan_drop_views(plan);
    prepare(plan);
    for (size_t i = 0; i < plan->differences->count; i++)
        if (plan->differences->items[i].kind == DIFFERENCE_TABLE_ADDED)
            plan_create_table(plan, plan->differences->items[i].to);
    for (size_t i = 0; i < plan->change_count; i++) {
        if (needs_rebuild(&plan->changes[i]))
            rebuild(plan, &plan->changes[i]);
        else
            change_in_place(plan, &plan->changes[i]);
    }
    for (size_t i = 0; i < plan->differences->count; i++)
        if (plan->differences->items[i].kind == DIFFERENCE_TABLE_DROPPED)
            text_print(plan->out, "\nDROP TABLE %s;\n", sql_name(plan->arena, plan->differences->items[i].from->name));
    plan_create_views(plan);
}
