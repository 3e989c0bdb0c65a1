/* Any bytes as a dump (S-374): it is read or refused, and what was read becomes headers and SQL. */
#include "import/write.h"
#include "schema/ddl.h"
#include "schema/read_dump.h"

#include <stdlib.h>
#include <string.h>

/* Write the SQL of each table. */
static void write_sql(struct arena *arena, const struct schema *schema)
{
    struct text text = {0};
    for (size_t i = 0; i < schema->table_count; i++) {
        const struct schema_table *table = &schema->tables[i];
        if (table->kind == SCHEMA_TABLE)
            ddl_add_table(&text, arena, table, schema_table_sql(arena, table), schema->dialect, DDL_NEW);
        for (size_t j = 0; j < table->index_count; j++)
            if (table->indexes[j].name != NULL)
                ddl_add_index(&text, arena, table, &table->indexes[j], DDL_NEW);
    }
    text_free(&text);
}

static void write_header(struct arena *arena, const struct schema *schema, bool inflects)
{
    struct import import = {.arena = arena, .schema = schema, .inflects = inflects};
    struct import_text out;
    const struct import_file file = {.title = "Any.", .name = "any.h"};
    import_plan(&import);
    import_text_start(&out, arena);
    import_write_start(&out, &import, &file);
    for (size_t i = 0; i < import.enum_count; i++)
        import_write_enum(&out, import.enums[i]);
    for (size_t i = 0; i < import.model_count; i++)
        import_write_model(&out, import.models[i]);
    import_write_end(&out, &file);
    import_summary(&out.text, &import);
    text_free(&out.text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = {0};
    const char *error = NULL;
    struct schema *schema = schema_read_dump(&arena, arena_copy(&arena, (const char *)data, size), &error);
    if ((schema == NULL) == (error == NULL))
        abort();
    if (schema != NULL) {
        write_sql(&arena, schema);
        write_header(&arena, schema, size % 2 == 0);
    }
    arena_free(&arena);
    return 0;
}
