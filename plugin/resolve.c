/* Resolves the names in relations to models, fields and inverses; then chooses what the generated SQL needs: quoted
 * names, flags, foreign keys and indexes. Reports nothing. */
#include "join_model.h"
#include "model.h"
#include "name.h"
#include "path.h"
#include "scope.h"
#include "sql.h"
#include "union.h"

#include <string.h>

/* ---- Names ------------------------------------------------------------------------------------------------------- */

/* Find the model with most columns of each table. */
static void find_main_models(struct model_set *set)
{
    struct name_map first_models = {0};
    for (size_t i = 0; i < set->model_count; i++) {
        struct model *model = set->models[i];
        if (!model->has_table)
            continue;
        struct model *first = name_map_add(set->arena, &first_models, name_folded(set->arena, model->table), model);
        struct model *main = first != NULL ? first->main : model;
        model->main = first != NULL ? first : model;
        if (first != NULL && model->column_count > main->column_count)
            first->main = model;
    }
    for (size_t i = 0; i < set->model_count; i++) {
        struct model *model = set->models[i];
        if (!model->has_table)
            continue;
        struct model *first = name_map_find(&first_models, name_folded(set->arena, model->table));
        if (model != first) {
            model->main = first->main;
            model->main->has_siblings = true;
        }
    }
}

static void map_models(struct model_set *set)
{
    find_main_models(set);
    for (size_t i = 0; i < set->model_count; i++) {
        struct model *model = set->models[i];
        if (!model->has_table)
            continue;
        name_map_add(set->arena, &set->models_by_name, model->name, model);
        name_map_add(set->arena, &set->models_by_table, name_folded(set->arena, model->table), model->main);
    }
}

/* Resolve .references. The primary key in its own order is the same as none. */
static void resolve_references(struct model_set *set, struct relation *relation)
{
    const struct model *referred = relation->referred;
    struct member **columns = arena_take(set->arena, relation->reference_count * sizeof *columns);
    bool is_key = relation->reference_count == 0 || relation->reference_count == referred->key_count;
    for (size_t i = 0; i < relation->reference_count; i++) {
        columns[i] = model_member(referred, relation->reference_names[i]);
        is_key = is_key && columns[i] == referred->keys[i];
    }
    relation->referred_key = is_key ? referred->keys : columns;
    relation->referred_count = is_key ? referred->key_count : relation->reference_count;
}

static void resolve_unique_keys(struct model *model)
{
    for (size_t i = 0; i < model->unique_key_count; i++)
        for (size_t j = 0; j < model->unique_keys[i].count; j++)
            model->unique_keys[i].columns[j] = model_member(model, model->unique_keys[i].names[j]);
}

static void resolve_indexes(struct model *model)
{
    for (size_t i = 0; i < model->own_index_count; i++)
        for (size_t j = 0; j < model->own_indexes[i].part_count; j++)
            model->own_indexes[i].parts[j].column = model_member(model, model->own_indexes[i].parts[j].text);
}

static void resolve_relation(struct model_set *set, struct relation *relation)
{
    if (relation->kind->follows_path)
        return;
    relation->target = model_find(set, relation->target_name);
    if (relation->target == NULL)
        return;
    union_follow(set, relation);
    scope_resolve(set, relation);
    if (relation->kind->has_join_table)
        return;
    bool owner_has_key = relation->kind->owner_has_key;
    relation->holder = owner_has_key ? relation->owner : relation->target;
    relation->referred = owner_has_key ? relation->target : relation->owner;
    relation->foreign_key = arena_take(set->arena, relation->foreign_key_count * sizeof *relation->foreign_key);
    for (size_t i = 0; i < relation->foreign_key_count; i++)
        relation->foreign_key[i] = model_member(relation->holder, relation->foreign_key_names[i]);
    resolve_references(set, relation);
    relation->target_key = owner_has_key ? relation->referred_key : relation->foreign_key;
    if (relation->counter_name != NULL)
        relation->counter = model_member(relation->target, relation->counter_name);
    list_add(set->arena, relation->target->referrers, relation->target->referrer_count) = relation;
}

static void resolve_inverse(struct model_set *set, struct relation *relation)
{
    (void)set;
    if (relation->target != NULL && relation->inverse_name != NULL)
        relation->inverse = model_relation(relation->target, relation->inverse_name);
}

static void for_each_relation(struct model_set *set, void (*call)(struct model_set *, struct relation *))
{
    for (size_t i = 0; i < set->model_count; i++)
        for (size_t j = 0; j < set->models[i]->relation_count; j++)
            call(set, set->models[i]->relations[j]);
}

void model_resolve(struct model_set *set)
{
    map_models(set);
    for (size_t i = 0; i < set->model_count; i++) {
        resolve_unique_keys(set->models[i]);
        resolve_indexes(set->models[i]);
        for (size_t j = 0; j < set->models[i]->union_count; j++)
            union_resolve(set, set->models[i]->unions[j]);
    }
    for_each_relation(set, resolve_relation);
    join_models_make(set);
    path_resolve_all(set);
    for_each_relation(set, resolve_inverse);
}

/* ---- Columns ----------------------------------------------------------------------------------------------------- */

static bool any_has_key(struct relation *const *relations, size_t count, const struct member *column)
{
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; relations[i]->foreign_key != NULL && j < relations[i]->foreign_key_count; j++)
            if (relations[i]->foreign_key[j] == column)
                return true;
    return false;
}

/* Return true if the column is part of the foreign key of any relation, declared by this model or another. */
static bool is_foreign_key(const struct model *model, const struct member *column)
{
    return any_has_key(model->relations, model->relation_count, column) ||
           any_has_key(model->referrers, model->referrer_count, column);
}

struct member *model_generated_key(const struct model *model)
{
    for (size_t i = 0; i < model->key_count; i++)
        if (member_has(model->keys[i], ATTRIBUTE_IDENTITY))
            return model->keys[i];
    struct member *key = model->key_count == 1 ? model->keys[0] : NULL;
    bool is_generated = key != NULL && member_is(key, GROUP_INTEGER) && !key->is_enum && key->default_sql == NULL &&
                        !is_foreign_key(model, key);
    return is_generated ? key : NULL;
}

/* Return true if a relation that leads to the model counts its rows in the column. */
static bool is_counter(const struct model *model, const struct member *column)
{
    for (size_t i = 0; i < model->referrer_count; i++)
        if (model->referrers[i]->counter == column)
            return true;
    return false;
}

static unsigned column_flags(const struct model *model, const struct member *column)
{
    bool has_own_null = column_type(column->type)->has_own_null;
    bool is_key = member_has(column, ATTRIBUTE_PRIMARY_KEY);
    unsigned flags = member_is(column, GROUP_TIME) ? column->stored_as : 0;
    for (size_t i = 0; i < ATTRIBUTE_COUNT; i++)
        if (member_has(column, (enum attribute_kind)i))
            flags |= attribute_table[i].flag;
    if (model_shard_key(model) != NULL && model_shard_key(model) != column) /* it is unique in its shard only */
        flags &= ~(unsigned)AR_COLUMN_UNIQUE;
    if (model_generated_key(model) == column)
        flags |= AR_COLUMN_GENERATED;
    if (!has_own_null && member_has(column, ATTRIBUTE_NULLABLE))
        flags |= AR_COLUMN_NULLABLE;
    if (column->null_flag != NULL)
        flags |= AR_COLUMN_NULLABLE | AR_COLUMN_NULL_FLAG;
    if (has_own_null && (is_key || member_has(column, ATTRIBUTE_NOT_NULL)))
        flags |= AR_COLUMN_NOT_NULL;
    if (column->is_writable_text)
        flags |= AR_COLUMN_WRITABLE_TEXT;
    if (is_counter(model, column))
        flags |= AR_COLUMN_COUNTER;
    if (column->uuid_maker == UUID_MAKER_LIBRARY)
        flags |= AR_COLUMN_NEW_UUID;
    if (column->uuid_maker == UUID_MAKER_DATABASE)
        flags |= AR_COLUMN_DEFAULT;
    if ((flags & AR_COLUMN_DEFAULT) != 0 && (is_key || column->uuid_maker == UUID_MAKER_DATABASE))
        flags |= AR_COLUMN_ZERO_DEFAULT;
    return flags;
}

/* Mark columns of keys that have different values which a field would read as one. */
static void mark_exact(struct member *const *columns, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (column_type(columns[i]->type)->is_rounded)
            columns[i]->flags |= AR_COLUMN_EXACT;
}

static void plan_exact_columns(struct model_set *set, struct relation *relation)
{
    (void)set;
    if (relation_has_path(relation))
        return;
    mark_exact(relation->foreign_key, relation->foreign_key_count);
    mark_exact(relation->referred_key, relation->referred_count);
}

static void plan_columns(struct model_set *set, struct model *model)
{
    model->symbol = arena_print(set->arena, "%s_%s", model->name, model->is_row ? "row" : "model");
    model->table_sql = model->is_row ? NULL : sql_name(set->arena, model->table);
    if (model->schema != NULL)
        model->qualified = arena_print(set->arena, "%s.%s", sql_name(set->arena, model->schema), model->table_sql);
    for (size_t i = 0; i < model->column_count; i++) {
        struct member *column = model->columns[i];
        column->sql = sql_name(set->arena, column->name);
        column->flags = column_flags(model, column);
    }
    mark_exact(model->keys, model->key_count);
}

static void plan_parameters(struct model_set *set, const struct model *model)
{
    for (size_t i = 0; i < model->statement_count; i++)
        for (size_t j = 0; j < model->statements[i].parameter_count; j++) {
            struct member *member = &model->statements[i].parameters[j].member;
            member->name = member->sql = arena_print(set->arena, ":%s", member->field);
            member->flags = column_flags(model, member) | AR_COLUMN_PARAMETER;
        }
}

/* ---- Foreign keys and indexes ------------------------------------------------------------------------------------ */

static bool starts_with(struct member *const *columns, size_t count, struct member *const *start, size_t start_count)
{
    return start_count <= count && memcmp(columns, start, start_count * sizeof *start) == 0;
}

/* In a database, tables, indexes and sequences share one namespace: a second one with the same name is not created. */
static void map_objects(struct model_set *set)
{
    for (size_t i = 0; i < set->model_count; i++) {
        struct model *model = set->models[i];
        const struct member *key = model_generated_key(model);
        const char *const names[] = {
            model->table,
            sql_object_name(set->arena, model->table, NULL, "pkey"),
            key != NULL ? sql_object_name(set->arena, model->table, key->name, "seq") : NULL,
        };
        for (size_t j = 0; j < sizeof names / sizeof *names && names[j] != NULL; j++)
            name_map_add(set->arena, &set->objects, name_folded(set->arena, names[j]), model);
    }
}

static const char *columns_name(struct model_set *set, struct member *const *columns, size_t count)
{
    const char *name = columns[0]->name;
    for (size_t i = 1; i < count; i++)
        name = arena_print(set->arena, "%s_%s", name, columns[i]->name);
    return name;
}

/* Return the name, with a number appended if it is already taken. */
static const char *index_name(struct model_set *set, struct model *model, struct member *const *columns, size_t count)
{
    const char *stem = arena_print(set->arena, "%s_%s", model->table, columns_name(set, columns, count));
    const char *name = sql_short_name(set->arena, stem);
    for (unsigned number = 2; name_map_add(set->arena, &set->objects, name_folded(set->arena, name), model) != NULL;
         number++)
        name = sql_short_name(set->arena, arena_print(set->arena, "%s_%u", stem, number));
    return name;
}

/* Return true if the index finds rows by the columns; if it has to be unique, by these only. */
static bool index_serves(const struct table_index *index, struct member *const *columns, size_t count, bool is_unique)
{
    if (index->where_sql != NULL || index->part_count < count)
        return false;
    for (size_t i = 0; i < count; i++)
        if (index->parts[i].column != columns[i])
            return false;
    return !is_unique || (index->is_unique && index->part_count == count);
}

/* Return the columns of the main model with the same names. */
static struct member **columns_of_main(struct model_set *set, const struct model *model, struct member **columns,
                                       size_t count)
{
    if (model == model->main)
        return columns;
    struct member **result = arena_take(set->arena, count * sizeof *result);
    for (size_t i = 0; i < count; i++)
        result[i] = model_column(model->main, columns[i]->name);
    return result;
}

static void add_index(struct model_set *set, struct model *model, struct member **columns, size_t count, bool is_unique)
{
    if (model->is_view)
        return;
    columns = columns_of_main(set, model, columns, count);
    model = model->main;
    if (starts_with(model->keys, model->key_count, columns, count) && (!is_unique || model->key_count == count))
        return;
    for (size_t i = 0; i < model->index_count; i++)
        if (index_serves(&model->indexes[i], columns, count, is_unique))
            return;
    const char *name = index_name(set, model, columns, count);
    struct table_index index = {.name = name, .sql = sql_name(set->arena, name), .is_unique = is_unique};
    for (size_t i = 0; i < count; i++)
        list_add(set->arena, index.parts, index.part_count) = (struct index_part){.column = columns[i]};
    list_add(set->arena, model->indexes, model->index_count) = index;
}

/* Plan the indexes of AR_INDEX before the others, which then get other names, or are not needed. */
static void plan_own_indexes(struct model_set *set, struct model *model)
{
    for (size_t i = 0; i < model->own_index_count; i++) {
        struct table_index *index = &model->own_indexes[i];
        index->sql = sql_name(set->arena, index->name);
        name_map_add(set->arena, &set->objects, name_folded(set->arena, index->name), model);
        list_add(set->arena, model->indexes, model->index_count) = *index;
    }
}

static void plan_unique_indexes(struct model_set *set, struct model *model)
{
    for (size_t i = 0; i < model->column_count; i++) {
        struct member *columns[2];
        if (member_has(model->columns[i], ATTRIBUTE_UNIQUE))
            add_index(set, model, columns, model_unique_columns(model, model->columns[i], columns), true);
    }
    for (size_t i = 0; i < model->unique_key_count; i++)
        add_index(set, model, model->unique_keys[i].columns, model->unique_keys[i].count, true);
}

static bool constraint_is_taken(const struct model *holder, const char *name)
{
    for (size_t i = 0; i < holder->reference_count; i++)
        if (strcmp(holder->references[i]->constraint, name) == 0)
            return true;
    return false;
}

/* Return the name that PostgreSQL would choose, so that a constraint of a table created by hand is recognized. */
static const char *constraint_name(struct model_set *set, const struct relation *relation)
{
    const char *columns = columns_name(set, relation->foreign_key, relation->foreign_key_count);
    const char *table = relation->holder->table;
    const char *name = sql_object_name(set->arena, table, columns, "fkey");
    for (unsigned number = 1; constraint_is_taken(relation->holder, name); number++)
        name = sql_object_name(set->arena, table, columns, arena_print(set->arena, "fkey%u", number));
    return name;
}

static bool is_same_reference(const struct relation *a, const struct relation *b)
{
    return a->target == b->target && a->foreign_key_count == b->foreign_key_count &&
           starts_with(a->foreign_key, a->foreign_key_count, b->foreign_key, b->foreign_key_count) &&
           starts_with(a->referred_key, a->referred_count, b->referred_key, b->referred_count);
}

static void plan_symbol(struct model_set *set, struct relation *relation)
{
    relation->symbol = arena_print(set->arena, "%s_%s_relation", relation->owner->name, relation->name);
}

/* The database does not enforce a foreign key that refers to one of several tables. */
static void plan_guarded_key(struct model_set *set, const struct relation *relation)
{
    struct member **columns = NULL;
    size_t count = 0;
    for (size_t i = 0; i < relation->foreign_key_count; i++)
        list_add(set->arena, columns, count) = relation->foreign_key[i];
    list_add(set->arena, columns, count) = union_type(relation);
    add_index(set, relation->holder, columns, count, false);
}

/* Return the relation between the main models of the tables. */
static struct relation *between_main_models(struct model_set *set, struct relation *relation)
{
    const struct model *holder = relation->holder, *target = relation->target;
    if (holder == holder->main && target == target->main)
        return relation;
    struct relation *result = arena_take(set->arena, sizeof *result);
    *result = *relation;
    result->holder = holder->main;
    result->target = target->main;
    result->foreign_key = columns_of_main(set, holder, relation->foreign_key, relation->foreign_key_count);
    result->referred_key = columns_of_main(set, target, relation->referred_key, relation->referred_count);
    return result;
}

static void plan_reference(struct model_set *set, struct relation *declared)
{
    struct relation *relation = between_main_models(set, declared);
    struct model *holder = relation->holder;
    for (size_t i = 0; i < holder->reference_count; i++) {
        struct relation *other = holder->references[i];
        if (!is_same_reference(other, relation))
            continue;
        if (other->on_delete == ON_DELETE_UNSET)
            other->on_delete = relation->on_delete;
        return;
    }
    declared->constraint = relation->constraint = constraint_name(set, relation);
    list_add(set->arena, holder->references, holder->reference_count) = relation;
}

static void plan_foreign_key(struct model_set *set, struct relation *relation)
{
    struct model *holder = relation->holder;
    if (relation_has_path(relation))
        return;
    if (relation->guard != NULL) {
        plan_guarded_key(set, relation);
        return;
    }
    add_index(set, holder, relation->foreign_key, relation->foreign_key_count, false);
    if (relation->kind->owner_has_key && !holder->is_view && !relation->target->is_view)
        plan_reference(set, relation);
}

static void plan_union_checks(struct model_set *set, struct model *model)
{
    for (size_t i = 0; i < model->union_count; i++)
        if (model->unions[i]->is_exclusive)
            model->unions[i]->constraint =
                sql_object_name(set->arena, model->table, model->unions[i]->self.name, "check");
}

static bool check_is_taken(const struct model *model, const char *name)
{
    for (size_t i = 0; i < model->union_count; i++)
        if (model->unions[i]->constraint != NULL && strcmp(model->unions[i]->constraint, name) == 0)
            return true;
    for (size_t i = 0; i < model->check_count; i++)
        if (model->checks[i]->constraint != NULL && strcmp(model->checks[i]->constraint, name) == 0)
            return true;
    return false;
}

/* Choose the names of constraints as PostgreSQL would. */
static void plan_checks(struct model_set *set, struct model *model)
{
    struct table_check **of_struct = model->checks;
    size_t count = model->check_count;
    plan_union_checks(set, model);
    model->checks = NULL;
    model->check_count = 0;
    for (size_t i = 0; i < model->column_count; i++)
        if (model->columns[i]->check != NULL)
            list_add(set->arena, model->checks, model->check_count) = model->columns[i]->check;
    for (size_t i = 0; i < count; i++)
        list_add(set->arena, model->checks, model->check_count) = of_struct[i];
    for (size_t i = 0; i < model->check_count; i++) {
        struct table_check *check = model->checks[i];
        const char *column = check->column != NULL ? check->column->name : NULL;
        const char *name = sql_object_name(set->arena, model->table, column, "check");
        if (check->constraint != NULL)
            continue;
        for (unsigned number = 1; check_is_taken(model, name); number++)
            name = sql_object_name(set->arena, model->table, column, arena_print(set->arena, "check%u", number));
        check->constraint = name;
    }
}

/* ---- Enum functions ---------------------------------------------------------------------------------------------- */

static char is_taken; /* in a map: the name belongs to something other than an enum */

/* Add the names of functions that the headers declare, and of those generated for relations. */
static void map_functions(struct model_set *set, struct name_map *names)
{
    static const char *const prefixes[] = {"", "with_", "load_"};
    for (size_t i = 0; i < set->declared_count; i++)
        if (!set->declared[i].is_tag)
            name_map_add(set->arena, names, set->declared[i].name, &is_taken);
    for (size_t i = 0; i < set->model_count; i++)
        for (size_t j = 0; j < set->models[i]->relation_count; j++)
            for (size_t k = 0; k < sizeof prefixes / sizeof *prefixes; k++)
                name_map_add(set->arena, names,
                             arena_print(set->arena, "%s_%s%s", set->models[i]->name, prefixes[k],
                                         set->models[i]->relations[j]->name),
                             &is_taken);
}

/* Return true if the function must be generated from this column: its name is not taken, and no earlier column of the
 * header has the same enum. `names` maps each function to a column with its enum. */
static bool claim(struct model_set *set, struct name_map *names, struct name_map *in_header, const char *function,
                  struct member *column)
{
    const void *known = name_map_add(set->arena, names, function, column);
    const struct member *first = known != NULL ? known : column;
    if (known == &is_taken)
        return false;
    if (first != column &&
        (first->enum_type == NULL || column->enum_type == NULL || strcmp(first->enum_type, column->enum_type) != 0))
        return false;
    return name_map_add(set->arena, in_header, function, column) == NULL;
}

static void plan_enum(struct model_set *set, struct name_map *names, struct name_map *in_header,
                      const struct model *model, struct member *column)
{
    const char *stem = member_enum_stem(set->arena, model, column);
    /* A variable of an unnamed const type cannot be assigned. */
    if (column->enum_type == NULL && strncmp(column->spelling, "const ", 6) == 0)
        return;
    column->has_enum_name = claim(set, names, in_header, arena_print(set->arena, "%s_name", stem), column);
    column->has_enum_parse = claim(set, names, in_header, arena_print(set->arena, "%s_parse", stem), column);
}

static void plan_enums(struct model_set *set)
{
    struct name_map names = {0};
    map_functions(set, &names);
    for (size_t i = 0; i < set->header_count; i++) {
        struct name_map in_header = {0};
        for (size_t j = 0; j < set->headers[i].model_count; j++) {
            const struct model *model = set->headers[i].models[j];
            for (size_t k = 0; k < model->column_count; k++)
                if (model->columns[k]->is_enum)
                    plan_enum(set, &names, &in_header, model, model->columns[k]);
        }
    }
}

void model_plan(struct model_set *set)
{
    for (size_t i = 0; i < set->join_count; i++) {
        set->joins[i]->main = set->joins[i];
        list_add(set->arena, set->models, set->model_count) = set->joins[i];
    }
    for_each_relation(set, plan_symbol);
    map_objects(set);
    for (size_t i = 0; i < set->model_count; i++)
        plan_columns(set, set->models[i]);
    for_each_relation(set, plan_exact_columns);
    for (size_t i = 0; i < set->model_count; i++)
        plan_own_indexes(set, set->models[i]);
    for (size_t i = 0; i < set->model_count; i++)
        plan_unique_indexes(set, set->models[i]);
    for_each_relation(set, plan_foreign_key);
    for (size_t i = 0; i < set->model_count; i++)
        plan_checks(set, set->models[i]);
    plan_enums(set);
    for (size_t i = 0; i < set->row_count; i++)
        plan_columns(set, set->rows[i]);
    for (size_t i = 0; i < set->row_count; i++)
        plan_parameters(set, set->rows[i]);
    for (size_t i = 0; i < set->model_count; i++)
        plan_parameters(set, set->models[i]);
}
