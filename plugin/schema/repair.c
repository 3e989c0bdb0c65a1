/* What a database should become so that the program can use it. */
#include "repair.h"

#include "name.h"
#include "normal.h"

#include <string.h>

static bool is_same_set(const struct schema_names *left, const struct schema_names *right)
{
    for (size_t i = 0; i < left->count; i++)
        if (!schema_names_have(right, left->items[i]))
            return false;
    return left->count == right->count;
}

static bool has_index(const struct dialect *dialect, const struct schema_table *table, const char *name)
{
    for (size_t i = 0; i < table->index_count; i++)
        if (normal_is_same_name(dialect, table->indexes[i].name, name))
            return true;
    return false;
}

static bool is_name_taken(const struct schema *schema, const char *name)
{
    for (size_t i = 0; i < schema->table_count; i++)
        if (has_index(schema->dialect, &schema->tables[i], name))
            return true;
    return false;
}

static void keep_column(struct arena *arena, struct schema_table *table, const struct schema_column *column)
{
    struct schema_column *kept = &list_add(arena, table->columns, table->column_count);
    *kept = *column;
    if (column->default_sql == NULL && column->generated_sql == NULL && !column->is_identity)
        kept->is_not_null = false;
}

/* Return a name for a UNIQUE of a table of SQLite, which has none: it becomes an index. */
static const char *unique_name(struct arena *arena, const struct schema *made, const struct schema_table *table,
                               const struct schema_table *from)
{
    const char *name;
    unsigned number = 1;
    do
        name = arena_print(arena, "%s_unique_%u", table->name, number++);
    while (is_name_taken(made, name) || has_index(made->dialect, from, name));
    return name;
}

/* Keep the index of `from`, unless an index of the models needs its name. */
static void keep_index(struct arena *arena, const struct schema *made, struct schema_table *table,
                       const struct schema_table *from, const struct schema_index *index)
{
    const char *name = index->name != NULL ? index->name : unique_name(arena, made, table, from);
    if (is_name_taken(made, name))
        return;
    struct schema_index *kept = &list_add(arena, table->indexes, table->index_count);
    *kept = *index;
    kept->name = name;
    kept->is_constraint = index->is_constraint && index->name != NULL;
}

/* An order of labels cannot be changed without another type. */
static void keep_labels(struct schema *made, const struct schema *to, const struct difference *item)
{
    if (is_same_set(&item->from_enum->labels, &item->to_enum->labels))
        made->enums[item->to_enum - to->enums].labels = item->from_enum->labels;
}

/* Return true if all types are those that a STRICT table of SQLite may have. */
static bool has_strict_types(struct arena *arena, const struct schema *schema, const struct schema_table *table)
{
    static const char types[] = " int integer real text blob any ";
    const char *collation;
    for (size_t i = 0; i < table->column_count; i++) {
        const char *type = normal_split_type(arena, schema->dialect, table->columns[i].type, &collation);
        if (!name_is_in(types, name_folded(arena, type)))
            return false;
    }
    return true;
}

/* Return true if a column is an identity, which a WITHOUT ROWID table cannot have. */
static bool has_identity(const struct schema_table *table)
{
    for (size_t i = 0; i < table->column_count; i++)
        if (table->columns[i].is_identity)
            return true;
    return false;
}

/* Keep what a table of the models lacks. */
static void keep_part(struct arena *arena, struct schema *made, const struct schema *to, const struct difference *item)
{
    if (item->to == NULL || item->from == NULL)
        return;
    struct schema_table *table = &made->tables[item->to - to->tables];
    table->is_strict = item->from->is_strict && has_strict_types(arena, to, table);
    table->has_no_rowid = item->from->has_no_rowid && !has_identity(table);
    if (item->kind == DIFFERENCE_COLUMN_DROPPED)
        keep_column(arena, table, item->from_column);
    else if (item->kind == DIFFERENCE_INDEX_DROPPED)
        keep_index(arena, made, table, item->from, item->index);
}

static void keep(struct arena *arena, struct schema *made, const struct schema *to, const struct difference *item)
{
    if (item->kind == DIFFERENCE_TABLE_DROPPED || item->kind == DIFFERENCE_VIEW_DROPPED)
        list_add(arena, made->tables, made->table_count) = *item->from;
    else if (item->kind == DIFFERENCE_ENUM_DROPPED)
        list_add(arena, made->enums, made->enum_count) = *item->from_enum;
    else if (item->kind == DIFFERENCE_ENUM_LABELS)
        keep_labels(made, to, item);
    else
        keep_part(arena, made, to, item);
}

bool repair_is_other_kind(const struct difference *item)
{
    return item->from != NULL && (item->kind == DIFFERENCE_TABLE_ADDED || item->kind == DIFFERENCE_VIEW_ADDED);
}

static bool is_of_other_kind(const struct schema_table *model, const struct difference_list *differences)
{
    for (size_t i = 0; i < differences->count; i++)
        if (differences->items[i].to == model && repair_is_other_kind(&differences->items[i]))
            return true;
    return false;
}

struct schema *repair_schema(struct arena *arena, const struct schema *to, const struct difference_list *differences)
{
    struct schema *made = schema_copy(arena, to);
    size_t kept = 0;
    for (size_t i = 0; i < differences->count; i++)
        keep(arena, made, to, &differences->items[i]);
    for (size_t i = 0; i < made->table_count; i++)
        if (i >= to->table_count || !is_of_other_kind(&to->tables[i], differences))
            made->tables[kept++] = made->tables[i];
    made->table_count = kept;
    return made;
}
