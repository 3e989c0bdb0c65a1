/* The schema of models: what their DDL creates. */
#include "schema.h"
#include "shard.h"
#include "sql.h"
#include "union.h"

#include <string.h>

static struct schema_names names_of(struct arena *arena, struct member *const *columns, size_t count)
{
    struct schema_names names = {0};
    for (size_t i = 0; i < count; i++)
        list_add(arena, names.items, names.count) = columns[i]->name;
    return names;
}

/* ---- Columns ----------------------------------------------------------------------------------------------------- */

/* A key alone is never NULL; a part of one is declared so, except for SQLite's INTEGER PRIMARY KEY. */
static bool is_not_null(const struct member *column, const struct dialect *dialect)
{
    if (member_has(column, ATTRIBUTE_IDENTITY))
        return dialect->id != DIALECT_SQLITE;
    if (column_type(column->type)->has_own_null)
        return (column->flags & AR_COLUMN_NOT_NULL) != 0;
    return (column->flags & (AR_COLUMN_NULLABLE | AR_COLUMN_GENERATED)) == 0;
}

static const char *default_of(struct arena *arena, const struct member *column, const struct dialect *dialect)
{
    if (column->default_sql != NULL)
        return dialect->column_default(arena, column);
    return column->uuid_maker == UUID_MAKER_DATABASE ? dialect->new_uuid(column) : NULL;
}

/* Of several constants with one number, only the first is a label. */
static struct schema_names labels_of(struct arena *arena, const struct member *column, const char ***were)
{
    struct schema_names labels = {0};
    size_t count = 0;
    for (size_t i = 0; i < column->enum_count; i++) {
        size_t first = 0;
        while (column->enum_names[first].value != column->enum_names[i].value)
            first++;
        if (first != i)
            continue;
        list_add(arena, labels.items, labels.count) = column->enum_names[i].name;
        if (column->labels_were != NULL)
            list_add(arena, *were, count) = column->labels_were[i];
    }
    return labels;
}

static struct schema_column column_of(struct arena *arena, const struct member *column, const struct dialect *dialect)
{
    struct schema_column made = {
        .name = column->name,
        .was = column->was,
        .type = dialect->column_type(column),
        .default_sql = default_of(arena, column, dialect),
        .digits = dialect->column_digits != NULL ? dialect->column_digits(column) : 0,
        .generated_sql = column->generated_sql[dialect->id],
        .is_not_null = is_not_null(column, dialect),
        .is_identity = (column->flags & AR_COLUMN_GENERATED) != 0,
        .has_own_null = column_type(column->type)->has_own_null,
        .at = column->at,
    };
    if (column->type == AR_TYPE_ENUM_TEXT && (column->type_name == NULL || dialect->add_type == NULL))
        made.labels = labels_of(arena, column, &made.labels_were);
    return made;
}

/* ---- Checks, indexes and foreign keys ---------------------------------------------------------------------------- */

static void add_check(struct arena *arena, struct schema_table *table, struct schema_check check)
{
    list_add(arena, table->checks, table->check_count) = check;
}

/* The checks of types first, then those of unions, then those of attributes. */
static void add_checks(struct arena *arena, struct schema_table *table, const struct model *model,
                       const struct dialect *dialect)
{
    for (size_t i = 0; i < model->column_count; i++) {
        const struct member *column = model->columns[i];
        const char *sql = dialect->column_check(arena, column);
        if (sql != NULL)
            add_check(arena, table, (struct schema_check){.column = column->name, .sql = sql, .at = column->at});
    }
    for (size_t i = 0; i < model->union_count; i++) {
        const struct relation_union *each = model->unions[i];
        struct text sql = {0};
        if (!each->is_exclusive)
            continue;
        union_add_check(&sql, each);
        add_check(
            arena, table,
            (struct schema_check){.name = each->constraint, .sql = arena_text(arena, sql.data), .at = each->self.at});
        text_free(&sql);
    }
    for (size_t i = 0; i < model->check_count; i++) {
        const struct table_check *check = model->checks[i];
        add_check(arena, table,
                  (struct schema_check){.name = check->constraint, .sql = check->sql[dialect->id], .at = check->at});
    }
}

struct schema_index schema_index_of_model(struct arena *arena, const struct table_index *index)
{
    struct schema_index made = {
        .name = index->name, .where_sql = index->where_sql, .is_unique = index->is_unique, .at = index->at};
    for (size_t i = 0; i < index->part_count; i++) {
        const struct index_part *part = &index->parts[i];
        list_add(arena, made.parts, made.part_count) =
            (struct schema_part){.column = part->column != NULL ? part->column->name : NULL,
                                 .expression = part->column == NULL ? part->text : NULL,
                                 .is_descending = part->is_descending};
    }
    return made;
}

static struct schema_foreign_key foreign_key_of(struct arena *arena, const struct relation *relation,
                                                const struct dialect *dialect)
{
    return (struct schema_foreign_key){
        .name = dialect->add_foreign_keys != NULL ? relation->constraint : NULL,
        .columns = names_of(arena, relation->foreign_key, relation->foreign_key_count),
        .schema = dialect->add_schema != NULL ? relation->target->schema : NULL,
        .table = relation->target->table,
        .referred = names_of(arena, relation->referred_key, relation->referred_count),
        .on_delete = relation->on_delete,
        .at = relation->at,
    };
}

/* ---- Tables ------------------------------------------------------------------------------------------------------ */

/* SQLite numbers the rows of a table by its INTEGER PRIMARY KEY only: a key of which that is one part is a unique
 * index. It has the name that PostgreSQL gives to the index of a primary key, so that no other object can have it. */
static void set_key(struct arena *arena, struct schema_table *table, const struct model *model,
                    const struct dialect *dialect)
{
    struct member *number = model_generated_key(model);
    if (dialect->id != DIALECT_SQLITE || model->is_view || model->key_count == 1 || number == NULL) {
        table->key = names_of(arena, model->keys, model->key_count);
        return;
    }
    struct schema_index *index = &list_add(arena, table->indexes, table->index_count);
    *index = (struct schema_index){
        .name = sql_object_name(arena, model->table, NULL, "pkey"), .is_unique = true, .at = number->at};
    for (size_t i = 0; i < model->key_count; i++)
        list_add(arena, index->parts, index->part_count) = (struct schema_part){.column = model->keys[i]->name};
    table->key = names_of(arena, &number, 1);
}

struct schema_table schema_table_of_model(struct arena *arena, const struct model *model, const struct dialect *dialect)
{
    struct schema_table table = {
        .kind = model->is_view ? SCHEMA_VIEW : SCHEMA_TABLE,
        .schema = dialect->add_schema != NULL ? model->schema : NULL,
        .name = model->table,
        .was_schema = dialect->add_schema != NULL ? model->was_schema : NULL,
        .was = model->was,
        .view_sql = model->view[dialect->id].text,
        .at = model->at,
        .model = model,
    };
    set_key(arena, &table, model, dialect);
    for (size_t i = 0; i < model->column_count; i++)
        list_add(arena, table.columns, table.column_count) = column_of(arena, model->columns[i], dialect);
    if (model->is_view)
        return table;
    add_checks(arena, &table, model, dialect);
    for (size_t i = 0; i < model->index_count; i++)
        list_add(arena, table.indexes, table.index_count) = schema_index_of_model(arena, &model->indexes[i]);
    for (size_t i = 0; i < model->reference_count; i++)
        list_add(arena, table.foreign_keys, table.foreign_key_count) =
            foreign_key_of(arena, model->references[i], dialect);
    return table;
}

static bool has_enum(const struct schema *schema, const char *name)
{
    for (size_t i = 0; i < schema->enum_count; i++)
        if (strcmp(schema->enums[i].name, name) == 0)
            return true;
    return false;
}

void schema_add_enums(struct arena *arena, struct schema *schema, const struct model *model)
{
    for (size_t i = 0; i < model->column_count && schema->dialect->add_type != NULL; i++) {
        const struct member *column = model->columns[i];
        if (column->type_name == NULL || has_enum(schema, column->type_name))
            continue;
        struct schema_enum made = {.name = column->type_name};
        made.labels = labels_of(arena, column, &made.labels_were);
        list_add(arena, schema->enums, schema->enum_count) = made;
    }
}

struct schema *schema_of_models(const struct model_set *set, const struct dialect *dialect)
{
    struct schema *schema = arena_take(set->arena, sizeof *schema);
    schema->dialect = dialect;
    for (size_t i = 0; i < set->model_count; i++)
        schema_add_enums(set->arena, schema, set->models[i]);
    for (size_t i = 0; i < set->model_count; i++)
        if (set->models[i]->main == set->models[i]) {
            struct schema_table table = schema_table_of_model(set->arena, set->models[i], dialect);
            table.distribution = dialect->id == DIALECT_POSTGRESQL ? shard_distribution(set, set->models[i]) : NULL;
            list_add(set->arena, schema->tables, schema->table_count) = table;
        }
    return schema;
}
