/* Tables: what the DDL of a model creates besides its columns. Several models of one table have the same. */
#include "part.h"

#include "option_delete.h"

static void add_part(struct json *json, const struct schema_part *part)
{
    json_open_object(json, NULL, JSON_LINE);
    if (part->column != NULL)
        json_add_text(json, "column", part->column);
    else
        json_add_text(json, "expression", part->expression);
    json_add_bool(json, "descending", part->is_descending);
    json_close_object(json);
}

static void add_index(struct json *json, const struct schema_index *index)
{
    json_open_object(json, NULL, JSON_LINE);
    json_add_text(json, "name", index->name);
    json_add_bool(json, "unique", index->is_unique);
    json_open_array(json, "parts", JSON_LINE);
    for (size_t i = 0; i < index->part_count; i++)
        add_part(json, &index->parts[i]);
    json_close_array(json);
    json_add_text(json, "where", index->where_sql);
    describe_location(json, "location", index->at);
    json_close_object(json);
}

static void add_foreign_key(struct json *json, const struct schema_foreign_key *key)
{
    json_open_object(json, NULL, JSON_LINE);
    json_add_text(json, "name", key->name);
    describe_names(json, "columns", &key->columns);
    json_add_text(json, "schema", key->schema);
    json_add_text(json, "table", key->table);
    describe_names(json, "referred", &key->referred);
    json_add_text(json, "on_delete", key->on_delete == ON_DELETE_UNSET ? NULL : option_on_delete_name(key->on_delete));
    describe_location(json, "location", key->at);
    json_close_object(json);
}

static void add_checks(struct json *json, const char *name, const struct schema_table *table)
{
    json_open_array(json, name, JSON_LINES);
    for (size_t i = 0; i < table->check_count; i++) {
        json_open_object(json, NULL, JSON_LINE);
        json_add_text(json, "name", table->checks[i].name);
        json_add_text(json, "column", table->checks[i].column);
        json_add_text(json, "sql", table->checks[i].sql);
        describe_location(json, "location", table->checks[i].at);
        json_close_object(json);
    }
    json_close_array(json);
}

/* The names of foreign keys are those of PostgreSQL, and its tables are in schemas; otherwise only checks differ. */
void describe_table(struct json *json, struct arena *arena, const struct model *model)
{
    struct schema_table table = schema_table_of_model(arena, model->main, &dialect_postgresql);
    json_open_array(json, "indexes", JSON_LINES);
    for (size_t i = 0; i < table.index_count; i++)
        add_index(json, &table.indexes[i]);
    json_close_array(json);
    json_open_array(json, "foreign_keys", JSON_LINES);
    for (size_t i = 0; i < table.foreign_key_count; i++)
        add_foreign_key(json, &table.foreign_keys[i]);
    json_close_array(json);
    json_open_object(json, "checks", JSON_LINES);
    for (size_t i = 0; i < DIALECT_COUNT; i++) {
        table = schema_table_of_model(arena, model->main, dialects[i]);
        add_checks(json, dialects[i]->name, &table);
    }
    json_close_object(json);
}
