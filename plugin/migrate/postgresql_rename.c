/* Renames of tables, columns, indexes and constraints of PostgreSQL. */
#include "name.h"
#include "schema/ddl.h"
#include "sql.h"
#include "write_postgresql.h"

#include <string.h>

const char *postgresql_key_name(const struct plan *plan, const struct schema_table *table)
{
    return sql_name(plan->arena, sql_object_name(plan->arena, table->name, NULL, "pkey"));
}

/* PostgreSQL named the primary key by the table. */
static void rename_table(const struct plan *plan, const struct table_change *change)
{
    const struct schema_table *from = change->from, *to = change->to;
    if (strcmp(from->name, to->name) != 0)
        text_print(plan->out, "ALTER TABLE %s RENAME TO %s;\n", schema_table_sql(plan->arena, from),
                   sql_name(plan->arena, to->name));
    if (!name_is_same(from->schema, to->schema))
        text_print(plan->out, "ALTER TABLE %s SET SCHEMA %s;\n", ddl_name(plan->arena, from->schema, to->name),
                   to->schema != NULL ? sql_name(plan->arena, to->schema) : "public");
    if (strcmp(from->name, to->name) != 0 && from->key.count > 0 && plan_find(change, DIFFERENCE_KEY) == NULL)
        text_print(plan->out, "ALTER TABLE %s RENAME CONSTRAINT %s TO %s;\n", schema_table_sql(plan->arena, to),
                   postgresql_key_name(plan, from), postgresql_key_name(plan, to));
}

static void rename_constraint(const struct plan *plan, const struct table_change *change, const char *was,
                              const char *name)
{
    if (was != NULL && name != NULL)
        text_print(plan->out, "ALTER TABLE %s RENAME CONSTRAINT %s TO %s;\n", schema_table_sql(plan->arena, change->to),
                   sql_name(plan->arena, was), sql_name(plan->arena, name));
}

void postgresql_rename(const struct plan *plan, const struct table_change *change, const struct difference *item)
{
    if (item->kind == DIFFERENCE_TABLE_RENAMED)
        rename_table(plan, change);
    else if (item->kind == DIFFERENCE_COLUMN_RENAMED)
        text_print(plan->out, "ALTER TABLE %s RENAME COLUMN %s TO %s;\n", schema_table_sql(plan->arena, change->to),
                   sql_name(plan->arena, item->from_column->name), sql_name(plan->arena, item->to_column->name));
    else if (item->kind == DIFFERENCE_FOREIGN_KEY_RENAMED &&
             !postgresql_key_is_detached(plan, change->to, item->foreign_key))
        rename_constraint(plan, change, item->was, item->foreign_key->name);
    else if (item->kind == DIFFERENCE_CHECK_RENAMED)
        rename_constraint(plan, change, item->was, item->check->name);
    else if (item->kind == DIFFERENCE_INDEX_RENAMED)
        text_print(plan->out, "ALTER INDEX %s RENAME TO %s;\n", ddl_name(plan->arena, change->to->schema, item->was),
                   sql_name(plan->arena, item->index->name));
}

/* Return the check of the column's type, or NULL. */
static const struct schema_check *check_of(const struct schema_table *table, const struct schema_column *column)
{
    for (size_t i = 0; i < table->check_count; i++)
        if (table->checks[i].name == NULL && strcmp(table->checks[i].column, column->name) == 0)
            return &table->checks[i];
    return NULL;
}

/* PostgreSQL named the checks of types by the table and the column. */
void postgresql_rename_checks(const struct plan *plan, const struct table_change *change)
{
    for (size_t i = 0; i < change->to->column_count; i++) {
        const struct schema_column *to = &change->to->columns[i], *from = plan_former_column(change, to);
        const struct schema_check *check = check_of(change->to, to);
        if (from == NULL || check == NULL || check_of(change->from, from) == NULL || !plan_has_kept(change, check))
            continue;
        const char *was = sql_object_name(plan->arena, change->from->name, from->name, "check");
        const char *name = sql_object_name(plan->arena, change->to->name, to->name, "check");
        if (strcmp(was, name) != 0)
            rename_constraint(plan, change, was, name);
    }
}
