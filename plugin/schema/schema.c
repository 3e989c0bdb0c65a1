/* Names in schemas, searches, and copies. */
#include "schema.h"

#include "ddl.h"
#include "name.h"

#include <string.h>

struct schema_table *schema_find_table(const struct schema *schema, const char *schema_name, const char *name)
{
    for (size_t i = 0; i < schema->table_count; i++)
        if (name_is_same(schema->tables[i].schema, schema_name) && strcmp(schema->tables[i].name, name) == 0)
            return &schema->tables[i];
    return NULL;
}

struct schema_column *schema_find_column(const struct schema_table *table, const char *name)
{
    for (size_t i = 0; i < table->column_count; i++)
        if (strcmp(table->columns[i].name, name) == 0)
            return &table->columns[i];
    return NULL;
}

const char *schema_table_sql(struct arena *arena, const struct schema_table *table)
{
    return ddl_name(arena, table->schema, table->name);
}

bool schema_names_equal(const struct schema_names *left, const struct schema_names *right)
{
    if (left->count != right->count)
        return false;
    for (size_t i = 0; i < left->count; i++)
        if (strcmp(left->items[i], right->items[i]) != 0)
            return false;
    return true;
}

bool schema_names_have(const struct schema_names *names, const char *name)
{
    for (size_t i = 0; i < names->count; i++)
        if (strcmp(names->items[i], name) == 0)
            return true;
    return false;
}

/* ---- Copies ------------------------------------------------------------------------------------------------------ */

/* The copy has the room that list_add expects. */
static void *copy(struct arena *arena, const void *items, size_t count, size_t size)
{
    size_t room = 1;
    while (room < count)
        room *= 2;
    void *made = arena_take(arena, room * size);
    if (count > 0)
        memcpy(made, items, count * size);
    return made;
}

#define COPY(arena, items, count) ((items) = copy((arena), (items), (count), sizeof *(items)))

static void copy_table(struct arena *arena, struct schema_table *table)
{
    COPY(arena, table->columns, table->column_count);
    COPY(arena, table->key.items, table->key.count);
    COPY(arena, table->checks, table->check_count);
    COPY(arena, table->foreign_keys, table->foreign_key_count);
    for (size_t i = 0; i < table->foreign_key_count; i++) {
        COPY(arena, table->foreign_keys[i].columns.items, table->foreign_keys[i].columns.count);
        COPY(arena, table->foreign_keys[i].referred.items, table->foreign_keys[i].referred.count);
    }
    COPY(arena, table->indexes, table->index_count);
    for (size_t i = 0; i < table->index_count; i++)
        COPY(arena, table->indexes[i].parts, table->indexes[i].part_count);
}

struct schema *schema_copy(struct arena *arena, const struct schema *from)
{
    struct schema *made = arena_take(arena, sizeof *made);
    *made = *from;
    COPY(arena, made->enums, made->enum_count);
    COPY(arena, made->tables, made->table_count);
    for (size_t i = 0; i < made->table_count; i++)
        copy_table(arena, &made->tables[i]);
    return made;
}
