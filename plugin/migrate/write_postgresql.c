/* The SQL of migrations for PostgreSQL.
 *
 * One transaction has everything that is fast. What reads a whole table follows it and does not block writes: indexes
 * are created CONCURRENTLY; foreign keys, checks and NOT NULL are added NOT VALID, so that new rows meet them, and
 * validated after the commit. New columns with a default do not rewrite the table. A lock that is not granted soon
 * fails the migration, because everything else would queue after it. */
#include "write_postgresql.h"
#include "name.h"
#include "plan.h"
#include "schema/ddl.h"
#include "sql.h"

#include <string.h>

void postgresql_limit_locks(const struct plan *plan)
{
    text_add(plan->out, "\nSET LOCAL lock_timeout = '5s';\n");
}

/* ---- Statements on all changes ----------------------------------------------------------------------------------- */

/* Call the function for each difference of a table that both schemas have. */
static void each_change(const struct plan *plan,
                        void (*function)(const struct plan *, const struct table_change *, const struct difference *))
{
    for (size_t i = 0; i < plan->change_count; i++)
        for (size_t j = 0; j < plan->changes[i].count; j++)
            function(plan, &plan->changes[i], &plan->changes[i].items[j]);
}

static const char *table_sql(const struct plan *plan, const struct schema_table *table)
{
    return schema_table_sql(plan->arena, table);
}

static const char *check_name(const struct plan *plan, const struct schema_table *table,
                              const struct schema_check *check)
{
    return sql_name(plan->arena, check->name != NULL
                                     ? check->name
                                     : sql_object_name(plan->arena, table->name, check->column, "check"));
}

/* ---- What is removed first --------------------------------------------------------------------------------------- */

static void drop_part(const struct plan *plan, const struct table_change *change, const struct difference *item)
{
    const char *name = NULL, *table = table_sql(plan, change->from);
    if (item->kind == DIFFERENCE_CHECK_DROPPED)
        name = check_name(plan, change->from, item->check);
    else if (item->kind == DIFFERENCE_INDEX_DROPPED && item->index->is_constraint)
        name = sql_name(plan->arena, item->index->name);
    else if (item->kind == DIFFERENCE_INDEX_DROPPED)
        text_print(plan->out, "DROP INDEX %s;\n", ddl_name(plan->arena, change->from->schema, item->index->name));
    if (name != NULL)
        text_print(plan->out, "ALTER TABLE %s DROP CONSTRAINT %s;\n", table, name);
}

static void drop_key(const struct plan *plan, const struct table_change *change, const struct difference *item)
{
    if (item->kind == DIFFERENCE_KEY && change->from->key.count > 0)
        text_print(plan->out, "ALTER TABLE %s DROP CONSTRAINT %s;\n", table_sql(plan, change->from),
                   postgresql_key_name(plan, change->from));
}

/* ---- Constraints ------------------------------------------------------------------------------------------------- */

/* Return true if ADD COLUMN adds the check with its column. */
static bool is_of_added_column(const struct table_change *change, const struct schema_check *check)
{
    for (size_t i = 0; check->name == NULL && check->column != NULL && i < change->count; i++)
        if (change->items[i].kind == DIFFERENCE_COLUMN_ADDED &&
            strcmp(change->items[i].to_column->name, check->column) == 0)
            return true;
    return false;
}

static bool is_check_added(const struct table_change *change, const struct difference *item)
{
    return item->kind == DIFFERENCE_CHECK_ADDED && !is_of_added_column(change, item->check);
}

static void add_check(const struct plan *plan, const struct table_change *change, const struct difference *item)
{
    if (is_check_added(change, item))
        text_print(plan->out, "ALTER TABLE %s ADD CONSTRAINT %s CHECK (%s) NOT VALID;\n", table_sql(plan, change->to),
                   check_name(plan, change->to, item->check), item->check->sql);
}

/* ---- After the transaction --------------------------------------------------------------------------------------- */

static void add_outside(const struct plan *plan)
{
    text_add(plan->out, "\n-- armature: outside-transaction\n");
}

static void create_index(const struct plan *plan, const struct table_change *change, const struct schema_index *index)
{
    add_outside(plan);
    ddl_add_index(plan->out, plan->arena, change->to, index, DDL_CONCURRENTLY);
}

static void create_indexes(const struct plan *plan, const struct table_change *change)
{
    for (size_t i = 0; i < change->count; i++)
        if (change->items[i].kind == DIFFERENCE_INDEX_ADDED)
            create_index(plan, change, change->items[i].index);
    for (size_t i = 0; i < change->to->index_count; i++) {
        const struct schema_index *index = &change->to->indexes[i];
        bool is_added_anyway = false;
        for (size_t j = 0; j < change->count; j++)
            is_added_anyway =
                is_added_anyway || (change->items[j].kind == DIFFERENCE_INDEX_ADDED && change->items[j].index == index);
        if (!is_added_anyway && postgresql_index_is_lost(change, index))
            create_index(plan, change, index);
    }
}

void postgresql_validate(const struct plan *plan, const struct schema_table *table, const char *constraint)
{
    add_outside(plan);
    text_print(plan->out, "ALTER TABLE %s VALIDATE CONSTRAINT %s;\n", table_sql(plan, table), constraint);
}

static void validate_part(const struct plan *plan, const struct table_change *change, const struct difference *item)
{
    if (is_check_added(change, item))
        postgresql_validate(plan, change->to, check_name(plan, change->to, item->check));
    else if (postgresql_forbids_null(change, item))
        postgresql_validate(plan, change->to, postgresql_null_check(plan, item));
}

static void validate_detached_checks(const struct plan *plan, const struct table_change *change)
{
    for (size_t i = 0; i < change->to->check_count; i++)
        if (postgresql_check_is_detached(change, &change->to->checks[i]))
            postgresql_validate(plan, change->to, check_name(plan, change->to, &change->to->checks[i]));
}

/* A valid check spares SET NOT NULL from reading the table. */
static void set_not_null(const struct plan *plan, const struct table_change *change, const struct difference *item)
{
    if (!postgresql_forbids_null(change, item))
        return;
    const char *table = table_sql(plan, change->to);
    postgresql_limit_locks(plan);
    text_print(plan->out,
               "ALTER TABLE %s ALTER COLUMN %s SET NOT NULL;\n"
               "ALTER TABLE %s DROP CONSTRAINT %s;\n",
               table, sql_name(plan->arena, item->to_column->name), table, postgresql_null_check(plan, item));
}

/* ---- All changes ------------------------------------------------------------------------------------------------- */

static bool breaks_views(const struct table_change *change)
{
    for (size_t i = 0; i < change->to->column_count; i++)
        if (postgresql_is_made_again(change, &change->to->columns[i]))
            return true;
    return plan_find(change, DIFFERENCE_COLUMN_TYPE) != NULL || plan_find(change, DIFFERENCE_COLUMN_DROPPED) != NULL ||
           plan_find(change, DIFFERENCE_COLUMN_COLLATION) != NULL || plan_find(change, DIFFERENCE_KEY) != NULL;
}

/* Add an empty line before what `add` adds, if it is something. */
static void add_section(struct plan *plan, void (*add)(const struct plan *plan))
{
    size_t length = plan->out->length;
    text_add(plan->out, "\n");
    add(plan);
    if (plan->out->length > length + 1)
        return;
    plan->out->length = length;
    plan->out->data[length] = '\0';
}

static void drop_parts(const struct plan *plan)
{
    postgresql_drop_foreign_keys(plan);
    each_change(plan, drop_part);
    each_change(plan, drop_key);
}

static void rename_parts(const struct plan *plan)
{
    each_change(plan, postgresql_rename);
    for (size_t i = 0; i < plan->change_count; i++)
        postgresql_rename_checks(plan, &plan->changes[i]);
}

static void add_schemas(const struct plan *plan)
{
    for (size_t i = 0; i < plan->to->table_count; i++) {
        const char *schema = plan->to->tables[i].schema;
        bool is_known = schema == NULL;
        for (size_t j = 0; j < plan->from->table_count && !is_known; j++)
            is_known = name_is_same(plan->from->tables[j].schema, schema);
        for (size_t j = 0; j < i && !is_known; j++)
            is_known = name_is_same(plan->to->tables[j].schema, schema);
        if (!is_known)
            plan->dialect->add_schema(plan->out, plan->arena, schema);
    }
}

static const char *distribution_of_added(const struct difference *item)
{
    return item->kind == DIFFERENCE_TABLE_ADDED ? item->to->distribution : NULL;
}

/* The same script is for Citus, which must distribute new tables before they get foreign keys, with one connection to
 * each server. */
static void distribute_tables(const struct plan *plan)
{
    struct text body = {0};
    for (size_t i = 0; i < plan->differences->count; i++) {
        const char *call = distribution_of_added(&plan->differences->items[i]);
        if (call != NULL)
            text_print(&body, "        PERFORM %s;\n", call);
    }
    if (body.length > 0) {
        const char *calls = arena_text(plan->arena, body.data);
        body.length = 0;
        text_print(&body,
                   "    IF EXISTS (SELECT FROM pg_catalog.pg_extension WHERE extname OPERATOR(pg_catalog.=) 'citus') "
                   "THEN\n"
                   "        PERFORM pg_catalog.set_config('citus.multi_shard_modify_mode', 'sequential', true);\n"
                   "%s"
                   "    END IF;\n",
                   calls);
        dialect_postgresql_add_block(plan->out, plan->arena, &body);
    }
    text_free(&body);
}

static void change_tables(const struct plan *plan)
{
    for (size_t i = 0; i < plan->change_count; i++)
        postgresql_change_table(plan, &plan->changes[i]);
}

static void add_constraints(const struct plan *plan)
{
    each_change(plan, add_check);
    postgresql_add_foreign_keys(plan);
}

static void drop_column(const struct plan *plan, const struct table_change *change, const struct difference *item)
{
    if (item->kind == DIFFERENCE_COLUMN_DROPPED)
        text_print(plan->out, "ALTER TABLE %s DROP COLUMN %s;\n", table_sql(plan, change->to),
                   sql_name(plan->arena, item->from_column->name));
}

/* Tables that refer to each other can only be dropped together. */
static void drop_rest(const struct plan *plan)
{
    bool is_first = true;
    each_change(plan, drop_column);
    for (size_t i = 0; i < plan->differences->count; i++) {
        const struct difference *item = &plan->differences->items[i];
        if (item->kind != DIFFERENCE_TABLE_DROPPED)
            continue;
        text_print(plan->out, "%s%s", is_first ? "DROP TABLE " : ", ", table_sql(plan, item->from));
        is_first = false;
    }
    if (!is_first)
        text_add(plan->out, ";\n");
}

static void add_rest(const struct plan *plan)
{
    for (size_t i = 0; i < plan->change_count; i++)
        create_indexes(plan, &plan->changes[i]);
    postgresql_add_waiting_foreign_keys(plan);
    each_change(plan, validate_part);
    for (size_t i = 0; i < plan->change_count; i++)
        validate_detached_checks(plan, &plan->changes[i]);
    postgresql_validate_foreign_keys(plan);
    each_change(plan, set_not_null);
}

void migrate_write_postgresql(struct plan *plan)
{
    postgresql_retype_columns(plan);
    plan_make(plan, breaks_views);
    if (plan->from->table_count > 0)
        postgresql_limit_locks(plan);
    plan_drop_views(plan);
    add_section(plan, add_schemas);
    postgresql_change_enums(plan);
    add_section(plan, drop_parts);
    add_section(plan, rename_parts);
    for (size_t i = 0; i < plan->differences->count; i++)
        if (plan->differences->items[i].kind == DIFFERENCE_TABLE_ADDED)
            plan_create_table(plan, plan->differences->items[i].to);
    add_section(plan, distribute_tables);
    add_section(plan, change_tables);
    add_section(plan, add_constraints);
    add_section(plan, drop_rest);
    postgresql_drop_enums(plan);
    plan_create_views(plan);
    add_rest(plan);
}
