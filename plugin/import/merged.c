/* What the header that is merged has already. */
#include "import.h"
#include "name.h"

#include <string.h>
#include <strings.h>

const struct model *import_merged_model(const struct import *import, const struct schema_table *table)
{
    for (size_t i = 0; import->header != NULL && i < import->header->model_count; i++) {
        const struct model *model = import->header->models[i];
        bool is_sqlite = import->schema->dialect->id == DIALECT_SQLITE;
        bool is_it = is_sqlite
                         ? strcasecmp(model->table, table->name) == 0
                         : strcmp(model->table, table->name) == 0 &&
                               (name_is_same(model->schema, table->schema) || name_is_same(model->schema, table->home));
        if (is_it && !model->is_join)
            return model->main;
    }
    return NULL;
}

const struct member *import_merged_column(const struct import_model *model, const char *column)
{
    for (size_t i = 0; model->merged != NULL && i < model->merged->column_count; i++)
        if (strcasecmp(model->merged->columns[i]->name, column) == 0)
            return model->merged->columns[i];
    return NULL;
}

void import_merged_names(struct arena *arena, const struct import_model *model, struct name_map *names)
{
    for (size_t i = 0; model->merged != NULL && i < model->merged->member_count; i++)
        name_map_add(arena, names, model->merged->members[i]->field, (void *)names);
}

const struct member *import_merged_enum(const struct import *import, const struct schema_enum *type)
{
    for (size_t i = 0; import->header != NULL && i < import->header->model_count; i++) {
        const struct model *model = import->header->models[i];
        for (size_t j = 0; j < model->column_count; j++)
            if (model->columns[j]->type_name != NULL && model->columns[j]->enum_type != NULL &&
                strcmp(model->columns[j]->type_name, type->name) == 0)
                return model->columns[j];
    }
    return NULL;
}

/* ---- Relations --------------------------------------------------------------------------------------------------- */

static bool has_columns(struct member *const *columns, size_t count, const struct schema_names *names)
{
    if (count != names->count)
        return false;
    for (size_t i = 0; i < count; i++)
        if (strcasecmp(columns[i]->name, names->items[i]) != 0)
            return false;
    return true;
}

bool import_merged_has_key(const struct import_model *model)
{
    return model->merged == NULL || has_columns(model->merged->keys, model->merged->key_count, &model->table->key);
}

static bool is_same_join(const struct import_relation *wanted, const struct relation *relation)
{
    return relation->kind->has_join_table && strcasecmp(relation->join_table, wanted->join->name) == 0 &&
           strcmp(relation->foreign_key_names[0], wanted->foreign_key->columns.items[0]) == 0;
}

/* A has_one and a has_many over the same foreign key are the same relation. */
static bool is_same(const struct import_relation *wanted, const struct relation *relation)
{
    if (wanted->join != NULL)
        return is_same_join(wanted, relation);
    if (relation->kind->follows_path || relation->kind->has_join_table || relation->target == NULL ||
        relation->where_sql != NULL)
        return false;
    return relation->kind->owner_has_key == (wanted->kind == ATTRIBUTE_BELONGS_TO) &&
           strcmp(relation->target->name, wanted->target->name) == 0 &&
           has_columns(relation->foreign_key, relation->foreign_key_count, &wanted->foreign_key->columns);
}

const struct relation *import_merged_relation(const struct import_model *model, const struct import_relation *relation)
{
    for (size_t i = 0; model->merged != NULL && i < model->merged->relation_count; i++)
        if (is_same(relation, model->merged->relations[i]))
            return model->merged->relations[i];
    return NULL;
}
