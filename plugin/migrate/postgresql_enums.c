/* Enum types of PostgreSQL in migrations. Labels can be added and renamed; without one, or in another order, the type
 * is made again: the old one is renamed, the type of each column changes, and the old one is dropped. */
#include "convert.h"
#include "schema/ddl.h"
#include "schema/normal.h"
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

/* The type keeps all of its labels, and has some. */
static const char *first_kept_label(const struct difference *item)
{
    size_t index = 0;
    while (is_new(item, index))
        index++;
    return item->to_enum->labels.items[index];
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
        text_print(plan->out, " AFTER %s;\n", sql_string(plan->arena, labels->items[index - 1]));
    else
        text_print(plan->out, " BEFORE %s;\n", sql_string(plan->arena, first_kept_label(item)));
    return is_outside;
}

/* ---- A new type for an old one ----------------------------------------------------------------------------------- */

/* Return true if the type is made again. */
static bool is_replaced(const struct difference *item)
{
    return item->kind == DIFFERENCE_ENUM_LABELS && !keeps_labels(item);
}

static const char *old_type_sql(const struct plan *plan, const struct difference *item)
{
    return ddl_name(plan->arena, item->to_enum->schema,
                    arena_print(plan->arena, "armature_old_%s", item->to_enum->name));
}

static void replace(const struct plan *plan, const struct difference *item)
{
    text_print(plan->out, "ALTER TYPE %s RENAME TO %s;\n", type_sql(plan, item->to_enum),
               sql_name(plan->arena, arena_print(plan->arena, "armature_old_%s", item->to_enum->name)));
    create(plan, item->to_enum);
}

/* Return the labels of the former type, by their new names. */
static struct schema_names former_labels(const struct plan *plan, const struct difference *item)
{
    struct schema_names labels = {0};
    for (size_t i = 0; i < item->from_enum->labels.count; i++) {
        const char *label = item->from_enum->labels.items[i];
        for (size_t j = 0; j < item->to_enum->labels.count; j++)
            if (is_renamed(item, j) && strcmp(former_label(item->to_enum, j), item->from_enum->labels.items[i]) == 0)
                label = item->to_enum->labels.items[j];
        list_add(plan->arena, labels.items, labels.count) = label;
    }
    return labels;
}

struct conversion postgresql_conversion(const struct plan *plan, const struct difference *item)
{
    struct schema_column from = *item->from_column, to = *item->to_column;
    const char *collation; /* which a cast cannot have */
    from.type = normal_split_type(plan->arena, plan->dialect, from.type, &collation);
    to.type = normal_split_type(plan->arena, plan->dialect, to.type, &collation);
    if (item->to_enum != NULL) {
        from.type = old_type_sql(plan, item);
        from.labels = former_labels(plan, item);
        to.labels = item->to_enum->labels;
    }
    return conversion_of(plan->arena, plan->dialect, item->to, &from, &to);
}

static bool has_type(const struct plan *plan, const struct schema_column *column, const struct schema_enum *type)
{
    return strcmp(column->type, type->name) == 0 || strcmp(column->type, type_sql(plan, type)) == 0;
}

/* Add a difference of the type to each column of the table that had the replaced type. */
static void add_retyped(const struct plan *plan, const struct difference *replaced, const struct table_change *change,
                        struct difference_list *list)
{
    for (size_t i = 0; i < change->to->column_count; i++) {
        const struct schema_column *to = &change->to->columns[i], *from = plan_former_column(change, to);
        if (from != NULL && has_type(plan, from, replaced->from_enum) &&
            plan_find_column(change, DIFFERENCE_COLUMN_TYPE, to) == NULL)
            list_add(plan->arena, list->items, list->count) = (struct difference){.kind = DIFFERENCE_COLUMN_TYPE,
                                                                                  .from = change->from,
                                                                                  .to = change->to,
                                                                                  .from_column = from,
                                                                                  .to_column = to,
                                                                                  .from_enum = replaced->from_enum,
                                                                                  .to_enum = replaced->to_enum};
    }
}

/* Add the differences of a table, first those of replaced types. */
static void add_of_table(const struct plan *plan, const struct schema_table *table, struct difference_list *list)
{
    const struct difference_list *all = plan->differences;
    struct table_change change = {.from = compare_find_table(plan->from, table), .to = table};
    for (size_t i = 0; i < all->count; i++)
        if (plan_is_of_table(&all->items[i]) && all->items[i].to == table && change.count++ == 0) {
            change.items = &all->items[i];
            change.from = all->items[i].from;
        }
    for (size_t i = 0; change.from != NULL && i < all->count; i++)
        if (is_replaced(&all->items[i]))
            add_retyped(plan, &all->items[i], &change, list);
    for (size_t i = 0; i < change.count; i++)
        list_add(plan->arena, list->items, list->count) = change.items[i];
}

void postgresql_retype_columns(struct plan *plan)
{
    struct difference_list *list = arena_take(plan->arena, sizeof *list);
    for (size_t i = 0; i < plan->differences->count; i++)
        if (!plan_is_of_table(&plan->differences->items[i]))
            list_add(plan->arena, list->items, list->count) = plan->differences->items[i];
    for (size_t i = 0; i < plan->to->table_count; i++)
        if (plan->to->tables[i].kind == SCHEMA_TABLE)
            add_of_table(plan, &plan->to->tables[i], list);
    plan->differences = list;
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
    if (is_replaced(item)) {
        replace(plan, item);
        return false;
    }
    for (size_t i = 0; i < labels->count; i++)
        if (is_new(item, i) && add_label(plan, item, i))
            is_outside = true;
    return is_outside;
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
    for (size_t i = 0; i < plan->differences->count; i++) {
        const struct difference *item = &plan->differences->items[i];
        if (item->kind == DIFFERENCE_ENUM_DROPPED)
            text_print(plan->out, "\nDROP TYPE %s;\n", type_sql(plan, item->from_enum));
        else if (is_replaced(item))
            text_print(plan->out, "\nDROP TYPE %s;\n", old_type_sql(plan, item));
    }
}
