/* The DDL of models: tables with their keys, unique indexes, and an index for every foreign key. */
#include "emit.h"
#include "schema/ddl.h"
#include "schema/schema.h"
#include "shard.h"
#include "sql.h"

#include <string.h>

static bool is_first_of_schema(const struct schema *schema, size_t index)
{
    const char *name = schema->tables[index].schema;
    for (size_t i = 0; i < index; i++)
        if (schema->tables[i].schema != NULL && strcmp(schema->tables[i].schema, name) == 0)
            return false;
    return true;
}

/* Write the schemas and enum types that tables and views need. */
static void add_needs(struct text *out, struct arena *arena, const struct schema *schema)
{
    const struct dialect *dialect = schema->dialect;
    for (size_t i = 0; i < schema->table_count; i++)
        if (schema->tables[i].schema != NULL && is_first_of_schema(schema, i))
            dialect->add_schema(out, arena, schema->tables[i].schema);
    for (size_t i = 0; i < schema->enum_count; i++)
        dialect->add_type(out, arena, &schema->enums[i]);
}

/* Write a table with its indexes. */
static void add_table(struct text *out, struct arena *arena, const struct schema_table *table,
                      const struct dialect *dialect)
{
    ddl_add_table(out, arena, table, schema_table_sql(arena, table), dialect, DDL_IF_NOT_EXISTS);
    for (size_t i = 0; i < table->index_count; i++)
        ddl_add_index(out, arena, table, &table->indexes[i], DDL_IF_NOT_EXISTS);
    if (dialect->add_checks != NULL)
        dialect->add_checks(out, arena, table);
}

/* Write what follows when all tables exist: foreign keys, or the view. */
static void add_rest(struct text *out, struct arena *arena, const struct schema_table *table,
                     const struct dialect *dialect)
{
    if (table->view_sql != NULL)
        ddl_add_view(out, arena, table, dialect);
    else if (table->kind == SCHEMA_TABLE && dialect->add_foreign_keys != NULL)
        dialect->add_foreign_keys(out, arena, table);
}

void emit_schema_needs(struct text *out, struct arena *arena, const struct model *model, const struct dialect *dialect)
{
    struct schema schema = {.dialect = dialect};
    struct schema_table table = schema_table_of_model(arena, model->main, dialect);
    schema_add_enums(arena, &schema, model->main);
    schema.tables = &table;
    schema.table_count = 1;
    add_needs(out, arena, &schema);
}

void emit_index(struct text *out, struct arena *arena, const struct model *model, const struct table_index *index,
                const struct dialect *dialect)
{
    struct schema_table table = {.schema = dialect->add_schema != NULL ? model->schema : NULL, .name = model->table};
    struct schema_index made = schema_index_of_model(arena, index);
    ddl_add_index(out, arena, &table, &made, DDL_IF_NOT_EXISTS);
}

void emit_schema_rest(struct text *out, struct arena *arena, const struct model *model, const struct dialect *dialect)
{
    struct schema_table table = schema_table_of_model(arena, model->main, dialect);
    add_rest(out, arena, &table, dialect);
}

void emit_schema_of(struct text *out, struct arena *arena, const struct model *model, const struct dialect *dialect)
{
    if (model->main->is_view)
        return;
    struct schema_table table = schema_table_of_model(arena, model->main, dialect);
    add_table(out, arena, &table, dialect);
}

/* Add the text after an empty line, unless it is empty, and free it. */
static void add_section(struct text *out, struct text *section)
{
    if (section->length > 0)
        text_print(out, "\n%s", section->data);
    text_free(section);
}

void emit_distribution(struct text *out, const struct model_set *set, const struct model *model)
{
    const char *call = shard_distribution(set, model);
    if (call != NULL)
        text_print(out,
                   "SELECT %s\n"
                   "WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_dist_partition\n"
                   "                  WHERE logicalrelid OPERATOR(pg_catalog.=) pg_catalog.to_regclass(%s));\n",
                   call, sql_string(set->arena, sql_table(model, dialects[DIALECT_POSTGRESQL])));
}

/* Citus refuses to change tables that refer to reference tables after it has used several connections in the same
 * transaction, unless it uses one connection for each server from the beginning. */
static void add_distribution(struct text *out, const struct model_set *set)
{
    struct text references = {0}, sharded = {0};
    for (size_t i = 0; i < set->model_count; i++)
        if (set->models[i]->main == set->models[i])
            emit_distribution(set->models[i]->is_reference ? &references : &sharded, set, set->models[i]);
    if (references.length + sharded.length > 0)
        text_add(out, "\nSET citus.multi_shard_modify_mode TO 'sequential';\n");
    add_section(out, &references);
    add_section(out, &sharded);
}

void emit_schema(struct text *out, const struct model_set *set, const struct dialect *dialect, bool distributes)
{
    const struct schema *schema = schema_of_models(set, dialect);
    struct text section = {0};
    text_add(out, "-- The tables of the models. Generated by armature: edit their headers, not this file.\n");
    add_needs(&section, set->arena, schema);
    add_section(out, &section);
    for (size_t i = 0; i < schema->table_count; i++)
        if (schema->tables[i].kind == SCHEMA_TABLE) {
            add_table(&section, set->arena, &schema->tables[i], dialect);
            add_section(out, &section);
        }
    if (distributes)
        add_distribution(out, set);
    for (size_t i = 0; i < schema->table_count; i++) {
        add_rest(&section, set->arena, &schema->tables[i], dialect);
        add_section(out, &section);
    }
}
