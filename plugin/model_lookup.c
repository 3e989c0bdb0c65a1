/* Look-ups in models, members and relations. */
#include "model.h"
#include "name.h"

#include <string.h>

bool member_has(const struct member *member, enum attribute_kind kind)
{
    return member->kinds[kind];
}

bool member_is_mapped(const struct member *member)
{
    return member->role == MEMBER_COLUMN && member->unmapped == NULL;
}

bool member_is_nullable(const struct member *member)
{
    if (column_type(member->type)->has_own_null)
        return !member_has(member, ATTRIBUTE_PRIMARY_KEY) && !member_has(member, ATTRIBUTE_NOT_NULL);
    return member_has(member, ATTRIBUTE_NULLABLE) || member->null_flag != NULL;
}

const char *member_c_type(struct arena *arena, const struct member *column)
{
    return column->spelling != NULL ? column->spelling : arena_print(arena, "uint8_t[%u]", column->size);
}

static bool is_sixteen_bytes(const struct member *member)
{
    return (member->type == AR_TYPE_BYTES && member->size == 16) || column_type(member->type)->groups == GROUP_UUID;
}

bool member_is(const struct member *member, unsigned groups)
{
    const struct column_type *type = column_type(member->type);
    unsigned own = type->groups | (type->key.constructor != NULL ? GROUP_KEY : 0u) |
                   (member->is_enum ? GROUP_ENUM : 0u) | (is_sixteen_bytes(member) ? GROUP_SIXTEEN_BYTES : 0u);
    return (own & groups) != 0;
}

struct member *model_member(const struct model *model, const char *field)
{
    for (size_t i = 0; i < model->member_count; i++)
        if (strcmp(model->members[i]->field, field) == 0)
            return model->members[i];
    for (size_t i = 0; i < model->member_count; i++)
        if (model->members[i]->scope[0] != '\0' && strcmp(model->members[i]->identifier, field) == 0)
            return model->members[i];
    return NULL;
}

struct member *model_column(const struct model *model, const char *name)
{
    for (size_t i = 0; i < model->column_count; i++)
        if (strcmp(model->columns[i]->name, name) == 0)
            return model->columns[i];
    return NULL;
}

struct relation *model_relation(const struct model *model, const char *name)
{
    for (size_t i = 0; i < model->relation_count; i++)
        if (strcmp(model->relations[i]->name, name) == 0)
            return model->relations[i];
    return NULL;
}

static bool has_same_columns(struct member *const *key, size_t key_count, struct member *const *columns, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        bool is_in_key = false;
        for (size_t j = 0; j < key_count; j++)
            is_in_key = is_in_key || key[j] == columns[i];
        if (!is_in_key)
            return false;
    }
    return key_count == count;
}

bool index_is_total(const struct table_index *index)
{
    for (size_t i = 0; i < index->part_count; i++)
        if (index->parts[i].column == NULL)
            return false;
    return index->where_sql == NULL;
}

static bool index_makes_unique(const struct table_index *index, struct member *const *columns, size_t count)
{
    struct member *parts[AR_KEY_COLUMNS_MAX];
    if (!index->is_unique || !index_is_total(index) || index->part_count > AR_KEY_COLUMNS_MAX)
        return false;
    for (size_t i = 0; i < index->part_count; i++)
        parts[i] = index->parts[i].column;
    return has_same_columns(parts, index->part_count, columns, count);
}

size_t model_unique_columns(const struct model *model, struct member *column, struct member *out[2])
{
    struct member *shard = model_shard_key(model);
    size_t count = 0;
    if (shard != NULL && shard != column)
        out[count++] = shard;
    out[count++] = column;
    return count;
}

/* Return true if one of the columns has an AR_UNIQUE that makes them unique. */
static bool attribute_makes_unique(const struct model *model, struct member *const *columns, size_t count)
{
    struct member *unique[2];
    for (size_t i = 0; i < count; i++)
        if (member_has(columns[i], ATTRIBUTE_UNIQUE) &&
            has_same_columns(unique, model_unique_columns(model, columns[i], unique), columns, count))
            return true;
    return false;
}

bool model_is_unique(const struct model *model, struct member *const *columns, size_t count)
{
    if (attribute_makes_unique(model, columns, count))
        return true;
    for (size_t i = 0; i < model->unique_key_count; i++)
        if (has_same_columns(model->unique_keys[i].columns, model->unique_keys[i].count, columns, count))
            return true;
    for (size_t i = 0; i < model->own_index_count; i++)
        if (index_makes_unique(&model->own_indexes[i], columns, count))
            return true;
    return has_same_columns(model->keys, model->key_count, columns, count);
}

bool relation_can_link(const struct relation *relation)
{
    if (!relation->kind->is_list || (relation->target != NULL && relation->target->is_read_only))
        return false;
    if (!relation_has_path(relation))
        return true;
    return relation->path != NULL && relation->path_count == 2 && !relation->path[0]->target->is_read_only &&
           !relation->path[0]->kind->owner_has_key && relation->path[1]->kind->owner_has_key;
}

bool relation_has_path(const struct relation *relation)
{
    return relation->kind->follows_path || relation->kind->has_join_table;
}

bool relation_has_links(const struct relation *relation)
{
    return relation->kind->follows_path && !relation->is_distinct && !relation->path[0]->target->is_join;
}

struct relation_union *model_union(const struct model *model, const char *name)
{
    for (size_t i = 0; i < model->union_count; i++)
        if (strcmp(model->unions[i]->self.name, name) == 0)
            return model->unions[i];
    return NULL;
}

const char *relation_macro(const struct relation *relation)
{
    enum attribute_kind attribute = relation->kind->attribute;
    if (relation->variant_of != NULL)
        attribute = relation->variant_of->is_exclusive ? ATTRIBUTE_BELONGS_TO_ONE_OF : ATTRIBUTE_BELONGS_TO_ANY;
    return attribute_table[attribute].macro;
}

const char *relation_hierarchy(const struct relation *relation)
{
    if (relation->owner != relation->target || relation->guard != NULL || relation->owner->key_count == 0)
        return NULL;
    if (relation->kind->kind == AR_RELATION_HAS_MANY)
        return "tree";
    return relation->kind->kind == AR_RELATION_BELONGS_TO ? "path" : NULL;
}

const char *member_enum_stem(struct arena *arena, const struct model *model, const struct member *member)
{
    return member->enum_tag != NULL ? member->enum_tag : arena_print(arena, "%s_%s", model->name, member->identifier);
}

const char *model_location(const struct model_set *set, struct location at)
{
    if (at.order < set->header_count)
        return arena_print(set->arena, "%s:%u", set->headers[at.order].relative, at.line);
    const char *slash = strrchr(at.file, '/');
    return arena_print(set->arena, "%s:%u", slash != NULL ? slash + 1 : at.file, at.line);
}

/* Return the first column with the attribute, or NULL. */
static struct member *column_with(const struct model *model, enum attribute_kind kind)
{
    for (size_t i = 0; i < model->column_count; i++)
        if (member_has(model->columns[i], kind))
            return model->columns[i];
    return NULL;
}

struct member *model_deleted_at(const struct model *model)
{
    return column_with(model, ATTRIBUTE_DELETED_AT);
}

struct member *model_shard_key(const struct model *model)
{
    return column_with(model, ATTRIBUTE_SHARD_KEY);
}

struct model *model_find(const struct model_set *set, const char *name)
{
    struct model *model = name_map_find(&set->models_by_name, name);
    if (model != NULL)
        return model;
    model = name_map_find(&set->models_by_table, name_folded(set->arena, name));
    return model != NULL && strcmp(model->table, name) == 0 ? model : NULL;
}
