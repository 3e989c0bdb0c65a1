/* Enum types of PostgreSQL in migrations. Labels can be added and renamed; without one, or in another order, the type
 * is made again. */
#include "schema/ddl.h"
#include "sql.h"
#include "write_postgresql.h"

#include <string.h>

static const char *type_sql(const struct plan *plan, const struct schema_enum *type)
{
    return ddl_name(plan->arena, type->schema, type->name);
}

static const char *former_label(const struct schema_enum *type, size_t index)
{
    return type->labels_were != NULL ? type->labels_were[index] : NULL;
}

/* Return true if the label of `to` is a renamed one of `from`. */
static bool is_renamed(const struct difference *item, size_t index)
{
    const char *was = former_label(item->to_enum, index);
    const struct schema_names *from = &item->from_enum->labels, *to = &item->to_enum->labels;
    return was != NULL && schema_names_have(from, was) && !schema_names_have(to, was) &&
           !schema_names_have(from, to->items[index]);
}

static bool is_new(const struct difference *item, size_t index)
{
    return !is_renamed(item, index) && !schema_names_have(&item->from_enum->labels, item->to_enum->labels.items[index]);
}

/* Return true if all labels of `from` remain, in their order. */
static bool keeps_labels(const struct difference *item)
{
    size_t next = 0;
    const struct schema_names *from = &item->from_enum->labels, *to = &item->to_enum->labels;
    for (size_t i = 0; i < to->count && next < from->count; i++) {
        const char *label = is_renamed(item, i) ? former_label(item->to_enum, i) : to->items[i];
        next += strcmp(from->items[next], label) == 0;
    }
    return next == from->count;
}

static void create(const struct plan *plan, const struct schema_enum *type)
{
    text_print(plan->out, "CREATE TYPE %s AS ENUM (", type_sql(plan, type));
    ddl_add_labels(plan->out, plan->arena, type, "", "");
    text_add(plan->out, ");\n");
}

/* ---- Labels in place --------------------------------------------------------------------------------------------- */

static bool has_literal(const char *sql, const char *literal)
{
    return sql != NULL && strstr(sql, literal) != NULL;
}

/* Return true if SQL of the schema may contain the label, which cannot be used before it is committed. */
static bool is_used(const struct plan *plan, const char *literal)
{
    for (size_t i = 0; i < plan->to->table_count; i++) {
        const struct schema_table *table = &plan->to->tables[i];
        bool is_found = has_literal(table->view_sql, literal);
        for (size_t j = 0; j < table->column_count; j++)
            is_found = is_found || has_literal(table->columns[j].default_sql, literal) ||
                       has_literal(table->columns[j].generated_sql, literal);
        for (size_t j = 0; j < table->check_count; j++)
            is_found = is_found || has_literal(table->checks[j].sql, literal);
        for (size_t j = 0; j < table->index_count; j++)
            is_found = is_found || has_literal(table->indexes[j].where_sql, literal);
        if (is_found)
            return true;
    }
    return false;
}

/* Return true if the statement is outside of the transaction. */
static bool add_label(const struct plan *plan, const struct difference *item, size_t index)
{
    const struct schema_names *labels = &item->to_enum->labels;
    const char *label = sql_string(plan->arena, labels->items[index]);
    bool is_outside = is_used(plan, label);
    if (is_outside)
        text_add(plan->out, "-- armature: outside-transaction\n");
    text_print(plan->out, "ALTER TYPE %s ADD VALUE IF NOT EXISTS %s", type_sql(plan, item->to_enum), label);
    if (index > 0)
        text_print(plan->out, " AFTER %s", sql_string(plan->arena, labels->items[index - 1]));
    else if (labels->count > 1)
        text_print(plan->out, " BEFORE %s", sql_string(plan->arena, item->from_enum->labels.items[0]));
    text_add(plan->out, ";\n");
    return is_outside;
}

/* ---- A new type for an old one ----------------------------------------------------------------------------------- */

/* Return true if the column has the type. */
static bool has_type(const struct plan *plan, const struct schema_column *column, const struct schema_enum *type)
{
    return strcmp(column->type, type->name) == 0 || strcmp(column->type, type_sql(plan, type)) == 0;
}

/* Return the labels that no constant has any more, as a list of strings; NULL: none. */
static const char *dropped_labels(const struct plan *plan, const struct difference *item)
{
    struct text list = {0};
    const struct schema_names *from = &item->from_enum->labels, *to = &item->to_enum->labels;
    for (size_t i = 0; i < from->count; i++) {
        bool is_kept = schema_names_have(to, from->items[i]);
        for (size_t j = 0; j < to->count && !is_kept; j++)
            is_kept = is_renamed(item, j) && strcmp(former_label(item->to_enum, j), from->items[i]) == 0;
        if (!is_kept)
            text_print(&list, "%s%s", list.length > 0 ? ", " : "", sql_string(plan->arena, from->items[i]));
    }
    const char *labels = list.length > 0 ? arena_text(plan->arena, list.data) : NULL;
    text_free(&list);
    return labels;
}

static void assert_no_dropped_label(const struct plan *plan, const struct schema_table *table,
                                    const struct schema_column *column, const char *labels)
{
    plan_assert_no_row(plan,
                       arena_print(plan->arena,
                                   "%s.%s: some rows have a label that no constant has any more: change them before",
                                   table->name, column->name),
                       schema_table_sql(plan->arena, table),
                       arena_print(plan->arena, "%s IN (%s)", sql_name(plan->arena, column->name), labels));
}

static void replace_in_column(const struct plan *plan, const struct schema_table *table,
                              const struct schema_column *column, const struct schema_enum *type)
{
    const char *alter = arena_print(plan->arena, "ALTER TABLE %s ALTER COLUMN %s", schema_table_sql(plan->arena, table),
                                    sql_name(plan->arena, column->name));
    if (column->default_sql != NULL)
        text_print(plan->out, "%s DROP DEFAULT;\n", alter);
    text_print(plan->out, "%s TYPE %s USING CAST(CAST(%s AS text) AS %s);\n", alter, type_sql(plan, type),
               sql_name(plan->arena, column->name), type_sql(plan, type));
    if (column->default_sql != NULL)
        text_print(plan->out, "%s SET DEFAULT %s;\n", alter, column->default_sql);
}

/* For each column of the type, assert that no row has one of the labels; without labels, change its type. */
static void replace_in_columns(const struct plan *plan, const struct difference *item, const char *labels)
{
    for (size_t i = 0; i < plan->from->table_count; i++) {
        const struct schema_table *table = &plan->from->tables[i];
        for (size_t j = 0; table->kind == SCHEMA_TABLE && j < table->column_count; j++) {
            if (!has_type(plan, &table->columns[j], item->from_enum))
                continue;
            if (labels != NULL)
                assert_no_dropped_label(plan, table, &table->columns[j], labels);
            else
                replace_in_column(plan, table, &table->columns[j], item->to_enum);
        }
    }
}

static void replace(const struct plan *plan, const struct difference *item)
{
    const char *labels = dropped_labels(plan, item), *name = type_sql(plan, item->to_enum);
    const char *old = arena_print(plan->arena, "armature_old_%s", item->to_enum->name);
    if (labels != NULL)
        replace_in_columns(plan, item, labels);
    text_print(plan->out, "ALTER TYPE %s RENAME TO %s;\n", name, sql_name(plan->arena, old));
    create(plan, item->to_enum);
    replace_in_columns(plan, item, NULL);
    text_print(plan->out, "DROP TYPE %s;\n", ddl_name(plan->arena, item->to_enum->schema, old));
}

/* ---- All types --------------------------------------------------------------------------------------------------- */

/* Rename first, so that AFTER names what exists. Return true if a statement is outside of the transaction. */
static bool change(const struct plan *plan, const struct difference *item)
{
    bool is_outside = false;
    const struct schema_names *labels = &item->to_enum->labels;
    plan_comment(plan, "The type %s", item->to_enum->name);
    for (size_t i = 0; i < labels->count; i++)
        if (is_renamed(item, i))
            text_print(plan->out, "ALTER TYPE %s RENAME VALUE %s TO %s;\n", type_sql(plan, item->to_enum),
                       sql_string(plan->arena, former_label(item->to_enum, i)),
                       sql_string(plan->arena, labels->items[i]));
    if (!keeps_labels(item)) {
        replace(plan, item);
        return false;
    }
    for (size_t i = 0; i < labels->count; i++)
        if (is_new(item, i) && add_label(plan, item, i))
            is_outside = true;
    return is_outside;
}

void postgresql_find_touched(struct plan *plan)
{
    for (size_t i = 0; i < plan->differences->count; i++) {
        const struct difference *item = &plan->differences->items[i];
        if (item->kind != DIFFERENCE_ENUM_LABELS || keeps_labels(item))
            continue;
        for (size_t j = 0; j < plan->from->table_count; j++) {
            const struct schema_table *table = &plan->from->tables[j];
            for (size_t k = 0; k < table->column_count; k++)
                if (has_type(plan, &table->columns[k], item->from_enum))
                    list_add(plan->arena, plan->touched.items, plan->touched.count) = table;
        }
    }
}

void postgresql_change_enums(const struct plan *plan)
{
    bool is_outside = false;
    for (size_t i = 0; i < plan->differences->count; i++) {
        const struct difference *item = &plan->differences->items[i];
        if (item->kind == DIFFERENCE_ENUM_LABELS && change(plan, item))
            is_outside = true;
        if (item->kind != DIFFERENCE_ENUM_ADDED)
            continue;
        text_add(plan->out, "\n");
        create(plan, item->to_enum);
    }
    if (is_outside)
        postgresql_limit_locks(plan);
}

void postgresql_drop_enums(const struct plan *plan)
{
    for (size_t i = 0; i < plan->differences->count; i++)
        if (plan->differences->items[i].kind == DIFFERENCE_ENUM_DROPPED)
            text_print(plan->out, "\nDROP TYPE %s;\n", type_sql(plan, plan->differences->items[i].from_enum));
}
