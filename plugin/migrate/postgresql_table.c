/* Changes of one table of PostgreSQL, other than what has to wait for a commit. */
#include "convert.h"
#include "schema/ddl.h"
#include "sql.h"
#include "write_postgresql.h"

#include <string.h>

/* The table that is changed, with its names in SQL. */
struct altered {
    const struct plan *plan;
    const struct table_change *change;
    const char *table;
};

__attribute__((format(printf, 2, 3))) static void alter(const struct altered *altered, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    text_print(altered->plan->out, "ALTER TABLE %s %s;\n", altered->table,
               arena_vprint(altered->plan->arena, format, arguments));
    va_end(arguments);
}

static const char *column_sql(const struct altered *altered, const struct schema_column *column)
{
    return sql_name(altered->plan->arena, column->name);
}

/* ---- Columns that are made again --------------------------------------------------------------------------------- */

static bool has_changed_column(const struct table_change *change, const char *sql)
{
    for (size_t i = 0; i < change->count; i++)
        if (change->items[i].kind == DIFFERENCE_COLUMN_TYPE && plan_mentions(sql, change->items[i].to_column->name))
            return true;
    return false;
}

bool postgresql_is_made_again(const struct table_change *change, const struct schema_column *column)
{
    if (column->generated_sql == NULL || plan_find_column(change, DIFFERENCE_COLUMN_ADDED, column) != NULL)
        return false;
    return plan_find_column(change, DIFFERENCE_COLUMN_GENERATED, column) != NULL ||
           plan_find_column(change, DIFFERENCE_COLUMN_TYPE, column) != NULL ||
           has_changed_column(change, column->generated_sql);
}

static bool has_part(const struct schema_index *index, const char *column)
{
    for (size_t i = 0; i < index->part_count; i++)
        if ((index->parts[i].column != NULL && strcmp(index->parts[i].column, column) == 0) ||
            plan_mentions(index->parts[i].expression, column))
            return true;
    return plan_mentions(index->where_sql, column);
}

/* Return true if the index has SQL on a column whose type changes. */
static bool is_index_detached(const struct table_change *change, const struct schema_index *index)
{
    bool is_found = has_changed_column(change, index->where_sql);
    for (size_t i = 0; i < index->part_count; i++)
        is_found = is_found || has_changed_column(change, index->parts[i].expression);
    return is_found && plan_has_kept(change, index);
}

bool postgresql_check_is_detached(const struct table_change *change, const struct schema_check *check)
{
    return check->name != NULL && has_changed_column(change, check->sql) && plan_has_kept(change, check);
}

bool postgresql_index_is_lost(const struct table_change *change, const struct schema_index *index)
{
    for (size_t i = 0; i < change->to->column_count; i++)
        if (postgresql_is_made_again(change, &change->to->columns[i]) && has_part(index, change->to->columns[i].name))
            return true;
    return is_index_detached(change, index);
}

/* PostgreSQL would keep SQL on a column whose type changes with the former type and casts. */
static void detach_parts(const struct altered *altered)
{
    struct arena *arena = altered->plan->arena;
    const struct schema_table *to = altered->change->to;
    for (size_t i = 0; i < to->check_count; i++)
        if (postgresql_check_is_detached(altered->change, &to->checks[i]))
            alter(altered, "DROP CONSTRAINT %s", sql_name(arena, to->checks[i].name));
    for (size_t i = 0; i < to->index_count; i++)
        if (is_index_detached(altered->change, &to->indexes[i]))
            text_print(altered->plan->out, "DROP INDEX %s;\n", ddl_name(arena, to->schema, to->indexes[i].name));
}

static void attach_checks(const struct altered *altered)
{
    for (size_t i = 0; i < altered->change->to->check_count; i++) {
        const struct schema_check *check = &altered->change->to->checks[i];
        if (postgresql_check_is_detached(altered->change, check))
            alter(altered, "ADD CONSTRAINT %s CHECK (%s) NOT VALID", sql_name(altered->plan->arena, check->name),
                  check->sql);
    }
}

static void drop_made_again(const struct altered *altered)
{
    for (size_t i = 0; i < altered->change->to->column_count; i++)
        if (postgresql_is_made_again(altered->change, &altered->change->to->columns[i]))
            alter(altered, "DROP COLUMN %s", column_sql(altered, &altered->change->to->columns[i]));
}

/* Checks are lost with their column, too. */
static void add_lost_checks(const struct altered *altered, const struct schema_column *column)
{
    for (size_t i = 0; i < altered->change->to->check_count; i++) {
        const struct schema_check *check = &altered->change->to->checks[i];
        if (check->name != NULL && plan_mentions(check->sql, column->name) &&
            !postgresql_check_is_detached(altered->change, check) && plan_has_kept(altered->change, check))
            alter(altered, "ADD CONSTRAINT %s CHECK (%s)", sql_name(altered->plan->arena, check->name), check->sql);
    }
}

static void add_column(const struct altered *altered, const struct schema_column *column)
{
    const struct plan *plan = altered->plan;
    text_print(plan->out, "ALTER TABLE %s ADD COLUMN ", altered->table);
    ddl_add_column(plan->out, plan->arena, altered->change->to, column, plan->dialect);
    text_add(plan->out, ";\n");
}

static void add_columns(const struct altered *altered)
{
    for (size_t i = 0; i < altered->change->to->column_count; i++) {
        const struct schema_column *column = &altered->change->to->columns[i];
        if (plan_find_column(altered->change, DIFFERENCE_COLUMN_ADDED, column) != NULL)
            add_column(altered, column);
        else if (postgresql_is_made_again(altered->change, column)) {
            add_column(altered, column);
            add_lost_checks(altered, column);
        }
    }
}

/* ---- Columns that change ----------------------------------------------------------------------------------------- */

static void change_type(const struct altered *altered, const struct difference *item,
                        const struct conversion *conversion)
{
    const char *column = column_sql(altered, item->to_column);
    const char *collation = item->to_column->collation;
    bool has_default = item->from_column->default_sql != NULL;
    if (has_default)
        alter(altered, "ALTER COLUMN %s DROP DEFAULT", column);
    alter(altered, "ALTER COLUMN %s TYPE %s%s%s USING %s", column, item->to_column->type,
          collation != NULL ? " COLLATE " : "", collation != NULL ? sql_name(altered->plan->arena, collation) : "",
          conversion->sql);
    if (item->to_column->default_sql != NULL &&
        plan_find_column(altered->change, DIFFERENCE_COLUMN_DEFAULT, item->to_column) == NULL)
        alter(altered, "ALTER COLUMN %s SET DEFAULT %s", column, item->to_column->default_sql);
}

/* Change the values: with the type, or by an UPDATE. */
static void change_values(const struct altered *altered, const struct difference *item)
{
    const struct plan *plan = altered->plan;
    const char *column = column_sql(altered, item->to_column);
    struct conversion conversion = postgresql_conversion(plan, item);
    for (size_t i = 0; i < conversion.loss_count; i++)
        plan_assert_no_row(plan, conversion.losses[i].message, altered->table, conversion.losses[i].condition);
    if (item->kind == DIFFERENCE_COLUMN_TYPE || item->kind == DIFFERENCE_COLUMN_COLLATION)
        change_type(altered, item, &conversion);
    else if (conversion.is_changed)
        plan_update(plan, altered->table, column, conversion.sql,
                    item->kind == DIFFERENCE_COLUMN_NULL ? arena_print(plan->arena, "%s IS NULL", column)
                                                         : conversion.where);
}

bool postgresql_forbids_null(const struct table_change *change, const struct difference *item)
{
    return item->kind == DIFFERENCE_COLUMN_NULL && item->to_column->is_not_null &&
           !schema_names_have(&change->to->key, item->to_column->name) &&
           !postgresql_is_made_again(change, item->to_column);
}

const char *postgresql_null_check(const struct plan *plan, const struct difference *item)
{
    return sql_name(plan->arena, sql_object_name(plan->arena, item->to->name, item->to_column->name, "not_null"));
}

static void change_null(const struct altered *altered, const struct difference *item)
{
    const char *column = column_sql(altered, item->to_column);
    if (!item->to_column->is_not_null) {
        if (!schema_names_have(&altered->change->to->key, item->to_column->name)) /* which is never NULL */
            alter(altered, "ALTER COLUMN %s DROP NOT NULL", column);
        return;
    }
    if (plan_find_column(altered->change, DIFFERENCE_COLUMN_TYPE, item->to_column) == NULL)
        change_values(altered, item);
    if (postgresql_forbids_null(altered->change, item))
        alter(altered, "ADD CONSTRAINT %s CHECK (%s IS NOT NULL) NOT VALID", postgresql_null_check(altered->plan, item),
              column);
    else
        alter(altered, "ALTER COLUMN %s SET NOT NULL", column);
}

static void change_default(const struct altered *altered, const struct difference *item)
{
    if (item->to_column->default_sql != NULL)
        alter(altered, "ALTER COLUMN %s SET DEFAULT %s", column_sql(altered, item->to_column),
              item->to_column->default_sql);
    else if (plan_find_column(altered->change, DIFFERENCE_COLUMN_TYPE, item->to_column) == NULL)
        alter(altered, "ALTER COLUMN %s DROP DEFAULT", column_sql(altered, item->to_column));
}

/* New rows continue after the largest number. The column must forbid NULL before. */
static void change_identity(const struct altered *altered, const struct difference *item)
{
    struct arena *arena = altered->plan->arena;
    const char *column = column_sql(altered, item->to_column);
    if (!item->to_column->is_identity) {
        alter(altered, "ALTER COLUMN %s DROP IDENTITY IF EXISTS", column);
        return;
    }
    if (!item->from_column->is_not_null && !schema_names_have(&altered->change->from->key, item->from_column->name)) {
        plan_assert_no_row(altered->plan,
                           arena_print(arena, "%s.%s: some rows are NULL: give them a value before",
                                       altered->change->to->name, item->to_column->name),
                           altered->table, arena_print(arena, "%s IS NULL", column));
        alter(altered, "ALTER COLUMN %s SET NOT NULL", column);
    }
    alter(altered, "ALTER COLUMN %s ADD%s", column, altered->plan->dialect->identity);
    text_print(altered->plan->out,
               "SELECT setval(pg_get_serial_sequence(%s, %s), coalesce(max(%s), 0) + 1, false) FROM %s;\n",
               sql_string(arena, altered->table), sql_string(arena, item->to_column->name), column, altered->table);
}

/* Return true if the collation changes, and the type does not change with it. */
static bool is_collation_alone(const struct altered *altered, const struct difference *item)
{
    return item->kind == DIFFERENCE_COLUMN_COLLATION &&
           plan_find_column(altered->change, DIFFERENCE_COLUMN_TYPE, item->to_column) == NULL;
}

static void change_column(const struct altered *altered, const struct difference *item)
{
    if (item->to_column == NULL || postgresql_is_made_again(altered->change, item->to_column))
        return;
    if (item->kind == DIFFERENCE_COLUMN_GENERATED)
        alter(altered, "ALTER COLUMN %s DROP EXPRESSION", column_sql(altered, item->to_column));
    else if (item->kind == DIFFERENCE_COLUMN_TYPE || item->kind == DIFFERENCE_COLUMN_LABELS ||
             is_collation_alone(altered, item))
        change_values(altered, item);
    else if (item->kind == DIFFERENCE_COLUMN_DEFAULT)
        change_default(altered, item);
    else if (item->kind == DIFFERENCE_COLUMN_NULL)
        change_null(altered, item);
    else if (item->kind == DIFFERENCE_COLUMN_IDENTITY)
        change_identity(altered, item);
}

static void add_key(const struct altered *altered)
{
    const struct schema_names *key = &altered->change->to->key;
    if (key->count == 0 || plan_find(altered->change, DIFFERENCE_KEY) == NULL)
        return;
    for (size_t i = 0; key->count == 1 && i < altered->change->count; i++)
        if (altered->change->items[i].kind == DIFFERENCE_COLUMN_ADDED &&
            strcmp(altered->change->items[i].to_column->name, key->items[0]) == 0)
            return; /* ADD COLUMN has added it */
    text_print(altered->plan->out, "ALTER TABLE %s ADD PRIMARY KEY (", altered->table);
    ddl_add_names(altered->plan->out, altered->plan->arena, key);
    text_add(altered->plan->out, ");\n");
}

void postgresql_change_table(const struct plan *plan, const struct table_change *change)
{
    struct altered altered = {plan, change, schema_table_sql(plan->arena, change->to)};
    detach_parts(&altered);
    drop_made_again(&altered);
    for (size_t i = 0; i < change->count; i++)
        change_column(&altered, &change->items[i]);
    add_columns(&altered);
    attach_checks(&altered);
    add_key(&altered);
}
