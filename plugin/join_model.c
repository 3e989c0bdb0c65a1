/* Makes the models of join tables, for which users write no struct.
 *
 * The model of a join table has two belongs_to, one for each side, whose foreign keys are its columns and together its
 * primary key. The inverse of each is a has_many of that side. An AR_MANY_TO_MANY follows the has_many of its owner and
 * the belongs_to of the other side. Users do not see these relations: no functions are generated for them. */
#include "join_model.h"
#include "name.h"
#include "path.h"

#include <string.h>

/* One side of a join table: a model, and the columns that refer to its key. */
struct side {
    struct model *model;
    const char **names;
    size_t count;
};

static struct side own_side(const struct relation *relation)
{
    return (struct side){relation->owner, relation->foreign_key_names, relation->foreign_key_count};
}

static struct side other_side(const struct relation *relation)
{
    return (struct side){relation->target, relation->other_key_names, relation->other_key_count};
}

/* ---- Errors ------------------------------------------------------------------------------------------------------ */

const struct model *join_table_model(const struct model_set *set, const char *table)
{
    return name_map_find(&set->joins_by_table, name_folded(set->arena, table));
}

/* Return the index of the shard key among the columns of this side; `count` if it has none. */
static size_t find_shard(struct side side)
{
    size_t i = 0;
    while (i < side.count && i < side.model->key_count && side.model->keys[i] != model_shard_key(side.model))
        i++;
    return i < side.model->key_count ? i : side.count;
}

const char *join_shard_column(const struct relation *relation)
{
    const struct side own = own_side(relation), other = other_side(relation);
    size_t i = find_shard(own), j = find_shard(other);
    bool are_sharded = i < own.count && j < other.count && own.count + other.count > 2;
    return are_sharded && strcmp(own.names[i], other.names[j]) == 0 ? own.names[i] : NULL;
}

size_t join_column_count(const struct relation *relation)
{
    return relation->foreign_key_count + relation->other_key_count - (join_shard_column(relation) != NULL ? 1 : 0);
}

const char *join_repeated_column(struct model_set *set, const struct relation *relation)
{
    const struct side sides[] = {own_side(relation), other_side(relation)};
    const char *shard = join_shard_column(relation);
    struct name_map names = {0};
    for (size_t i = 0; i < 2; i++)
        for (size_t j = 0; j < sides[i].count; j++)
            if ((i == 0 || shard == NULL || j != find_shard(sides[i])) &&
                name_map_add(set->arena, &names, name_folded(set->arena, sides[i].names[j]), set) != NULL)
                return sides[i].names[j];
    return NULL;
}

static bool fits_key(struct side side)
{
    if (side.count != side.model->key_count)
        return false;
    for (size_t i = 0; i < side.count; i++)
        if (side.model->keys[i]->unmapped != NULL)
            return false;
    return true;
}

static bool is_correct(struct model_set *set, const struct relation *relation)
{
    return !relation->is_broken && relation->target != NULL && fits_key(own_side(relation)) &&
           fits_key(other_side(relation)) && join_repeated_column(set, relation) == NULL &&
           join_column_count(relation) <= AR_KEY_COLUMNS_MAX &&
           name_map_find(&set->models_by_table, name_folded(set->arena, relation->join_table)) == NULL;
}

/* ---- Models ------------------------------------------------------------------------------------------------------ */

/* Return the prefix of everything generated for the join table. */
static const char *join_name(const struct model_set *set, const char *table)
{
    static const char word[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";
    bool is_word = table[strspn(table, word)] == '\0' && table[0] > '9';
    return is_word ? arena_print(set->arena, "armature_%s", table)
                   : arena_print(set->arena, "armature_%zu_table", set->join_count);
}

/* Strings of any kind become `const char *`, enums the integers that they are. */
static void set_type(struct member *column, const struct member *key)
{
    const struct column_type *type = column_type(key->type);
    column->type = ar_type_is_text(key->type) ? AR_TYPE_TEXT : key->type;
    column->size = key->size;
    column->stored_as = key->stored_as;
    column->scale = key->scale;
    column->kinds[ATTRIBUTE_WITHOUT_ZONE] = member_has(key, ATTRIBUTE_WITHOUT_ZONE);
    column->spelling = type->c_type;
    if (key->type == AR_TYPE_DECIMAL)
        column->spelling = column_type_of_integer(key->size, false)->c_type;
    column->precision = key->precision;
    column->scale = key->scale;
    column->sql_type = key->sql_type;
    column->sqlite_type = key->sqlite_type;
    column->cast = key->cast;
    if (column->type == AR_TYPE_TEXT)
        column->spelling = "const char *";
}

/* Add a column unless the other side has it: the shard key is a column of both. */
static struct member *add_column(struct model_set *set, struct model *join, const char *name, const struct member *key)
{
    struct member *column = model_member(join, name);
    if (column != NULL)
        return column;
    column = arena_take(set->arena, sizeof *column);
    column->at = join->at;
    column->field = column->identifier = column->name = name;
    column->scope = "";
    column->kinds[ATTRIBUTE_PRIMARY_KEY] = true;
    column->kinds[ATTRIBUTE_DECIMAL] = member_has(key, ATTRIBUTE_DECIMAL);
    column->kinds[ATTRIBUTE_SHARD_KEY] = member_has(key, ATTRIBUTE_SHARD_KEY);
    column->index = (unsigned)join->column_count;
    set_type(column, key);
    list_add(set->arena, join->members, join->member_count) = column;
    list_add(set->arena, join->columns, join->column_count) = column;
    list_add(set->arena, join->keys, join->key_count) = column;
    return column;
}

static struct relation *make_relation(struct model_set *set, const struct model *join, enum attribute_kind attribute,
                                      struct model *owner, struct model *target, const char *name)
{
    struct relation *relation = arena_take(set->arena, sizeof *relation);
    relation->name = name;
    relation->at = join->at;
    relation->kind = relation_kind_of(attribute);
    relation->owner = owner;
    relation->target = target;
    relation->target_name = target->name;
    list_add(set->arena, target->referrers, target->referrer_count) = relation;
    return relation;
}

/* Add the columns of one side, with the relations between it and the join table. */
static void add_side(struct model_set *set, struct model *join, struct side side)
{
    const char *name = side.names[side.count > 1 && find_shard(side) == 0 ? 1 : 0]; /* not one of both sides */
    struct relation *from = make_relation(set, join, ATTRIBUTE_BELONGS_TO, join, side.model, name);
    struct relation *to = make_relation(set, join, ATTRIBUTE_HAS_MANY, side.model, join, join->table);
    struct relation *const both[] = {from, to};
    for (size_t i = 0; i < 2; i++) {
        both[i]->holder = join;
        both[i]->referred = side.model;
        both[i]->foreign_key_names = side.names;
        both[i]->foreign_key_count = side.count;
        both[i]->foreign_key = arena_take(set->arena, side.count * sizeof *both[i]->foreign_key);
        both[i]->referred_key = side.model->keys;
        both[i]->referred_count = side.model->key_count;
        both[i]->inverse = both[1 - i];
    }
    for (size_t i = 0; i < side.count; i++)
        from->foreign_key[i] = to->foreign_key[i] = add_column(set, join, side.names[i], side.model->keys[i]);
    from->on_delete = ON_DELETE_CASCADE; /* a row of the join table belongs to both sides */
    from->target_key = side.model->keys;
    to->target_key = to->foreign_key;
    to->symbol = arena_print(set->arena, "%s_by_%s_relation", join->name, name);
    list_add(set->arena, join->relations, join->relation_count) = from;
}

static struct model *make_join(struct model_set *set, const struct relation *relation)
{
    struct model *join = arena_take(set->arena, sizeof *join);
    join->is_join = true;
    join->name = join_name(set, relation->join_table);
    join->c_type = arena_print(set->arena, "struct %s", join->name);
    join->at = join->table_at = relation->at;
    join->header = relation->owner->header;
    join->has_table = true;
    join->schema = relation->join_schema;
    join->table = relation->join_table;
    join->is_reference = relation->owner->is_reference && relation->target->is_reference;
    add_side(set, join, own_side(relation));
    add_side(set, join, other_side(relation));
    name_map_add(set->arena, &set->joins_by_table, name_folded(set->arena, join->table), join);
    list_add(set->arena, set->joins, set->join_count) = join;
    return join;
}

/* ---- Relations --------------------------------------------------------------------------------------------------- */

static bool is_side(const struct relation *from, struct side side)
{
    if (from->target != side.model)
        return false;
    for (size_t i = 0; i < side.count; i++)
        if (strcmp(from->foreign_key_names[i], side.names[i]) != 0)
            return false;
    return true;
}

/* Return the belongs_to of the join table that is the own side of the relation, or NULL if it is declared differently.
 * Tables of different case are different in PostgreSQL. */
static struct relation *find_side(const struct model *join, const struct relation *relation)
{
    if (strcmp(join->table, relation->join_table) != 0 || !name_is_same(join->schema, relation->join_schema))
        return NULL;
    for (size_t i = 0; i < 2; i++)
        if (is_side(join->relations[i], own_side(relation)) && is_side(join->relations[1 - i], other_side(relation)))
            return join->relations[i];
    return NULL;
}

static void resolve_join(struct model_set *set, struct relation *relation)
{
    struct model *join = name_map_find(&set->joins_by_table, name_folded(set->arena, relation->join_table));
    if (join == NULL)
        join = make_join(set, relation);
    struct relation *own = find_side(join, relation);
    if (own == NULL)
        return;
    struct relation *other = join->relations[own == join->relations[0] ? 1 : 0];
    list_add(set->arena, relation->path, relation->path_count) = own->inverse;
    list_add(set->arena, relation->path, relation->path_count) = other;
    path_add_referrers(set, relation);
}

void join_models_make(struct model_set *set)
{
    for (size_t i = 0; i < set->model_count; i++)
        for (size_t j = 0; j < set->models[i]->relation_count; j++) {
            struct relation *relation = set->models[i]->relations[j];
            if (relation->kind->has_join_table && is_correct(set, relation))
                resolve_join(set, relation);
        }
}
