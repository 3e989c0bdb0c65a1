/* Tables that only join two others: AR_MANY_TO_MANY replaces their structs. */
#include "c_name.h"
#include "relation.h"

#include <string.h>
#include <strings.h>

static bool is_referred(const struct import *import, const struct import_model *model)
{
    for (size_t i = 0; i < import->model_count; i++)
        if (import_count_keys(import, import->models[i], model) > 0)
            return true;
    return false;
}

static bool are_words(const struct schema_names *names)
{
    for (size_t i = 0; i < names->count; i++)
        if (!c_name_is_field(names->items[i]))
            return false;
    return true;
}

/* The columns of the model's join table have the types of the keys. */
static bool has_types_of_key(const struct import_model *model, const struct schema_foreign_key *key,
                             const struct import_model *target)
{
    for (size_t i = 0; i < key->columns.count; i++) {
        const struct schema_column *column = schema_find_column(model->table, key->columns.items[i]);
        const struct schema_column *referred = schema_find_column(target->table, target->table->key.items[i]);
        if (strcasecmp(column->type, referred->type) != 0 || column->default_sql != NULL || column->is_identity)
            return false;
    }
    return true;
}

/* The key begins with the columns of one of two foreign keys, which is the first side. */
static void find_sides(const struct schema_table *table, const struct schema_foreign_key *sides[2])
{
    bool is_first = import_starts_with(&table->key, &table->foreign_keys[0].columns);
    sides[0] = &table->foreign_keys[is_first ? 0 : 1];
    sides[1] = &table->foreign_keys[is_first ? 1 : 0];
}

/* Return true if the table is one that AR_MANY_TO_MANY makes: two foreign keys, which are its key in this order. */
static bool is_join(struct import *import, const struct import_model *model, const struct schema_foreign_key *sides[2])
{
    const struct schema_table *table = model->table;
    if (table->foreign_key_count != 2 || table->key.count != table->column_count || table->check_count > 0 ||
        model->notes.count > 0 || model->item.left_out != NULL || model->merged != NULL)
        return false;
    find_sides(table, sides);
    if (sides[0]->columns.count + sides[1]->columns.count != table->key.count ||
        !import_starts_with(&table->key, &sides[0]->columns))
        return false;
    const struct schema_names rest = {table->key.items + sides[0]->columns.count, sides[1]->columns.count};
    if (!schema_names_equal(&rest, &sides[1]->columns))
        return false;
    for (size_t i = 0; i < 2; i++) {
        const struct import_model *target = import_find_model(import, sides[i]->schema, sides[i]->table);
        if (import_reason_against(import, model, sides[i], target) != NULL || !import_refers_to_key(sides[i], target) ||
            !are_words(&sides[i]->columns) || !has_types_of_key(model, sides[i], target))
            return false;
    }
    return true;
}

static size_t place_of(const struct import *import, const struct import_model *model)
{
    size_t place = 0;
    while (import->models[place] != model)
        place++;
    return place;
}

static const char *words_of(struct arena *arena, const struct schema_names *columns)
{
    const char *list = import_column_list(arena, columns);
    return columns->count > 1 ? arena_print(arena, "(%s)", list) : list;
}

static void note_join(struct import *import, const struct import_model *model, const struct schema_foreign_key *key,
                      struct import_notes *notes)
{
    if (key->on_delete != ON_DELETE_CASCADE)
        import_note(import, notes, "in the database, the foreign key `%s` of `%s` is not ON DELETE CASCADE",
                    import_column_list(import->arena, &key->columns), model->table->name);
    import_note_differences(import, model->table, key, notes);
}

static struct import_relation *add_side(struct import *import, struct import_model *model,
                                        struct import_model *const targets[2], size_t side,
                                        const struct schema_foreign_key *const keys[2])
{
    struct arena *arena = import->arena;
    struct import_model *owner = targets[side], *target = targets[1 - side];
    const char *rows = import_rows_name(import, target, true);
    const char *by = arena_print(arena, "%s_by_%s", rows, import_role_of(import, keys[1 - side], target));
    struct import_relation *relation = import_add_relation(import, owner, ATTRIBUTE_MANY_TO_MANY, target);
    relation->name = "";
    relation->name = import_free_name(import, owner, owner == target ? by : rows, by);
    relation->key = words_of(arena, &keys[side]->columns);
    relation->other_key = words_of(arena, &keys[1 - side]->columns);
    relation->join = model->table;
    relation->foreign_key = keys[side];
    import_use_present(owner, relation);
    note_join(import, model, keys[side], &relation->notes);
    return relation;
}

/* The key of the join table begins with the columns of the model that comes first in the header. */
bool import_is_join(struct import *import, const struct import_model *model)
{
    const struct schema_foreign_key *keys[2];
    return is_join(import, model, keys) && !is_referred(import, model) &&
           place_of(import, import_find_model(import, keys[0]->schema, keys[0]->table)) <=
               place_of(import, import_find_model(import, keys[1]->schema, keys[1]->table));
}

/* The model has the index of the other side's columns, which the key does not begin with. */
static void note_indexes(struct import *import, const struct schema_table *table,
                         const struct schema_foreign_key *other, struct import_notes *notes)
{
    for (size_t i = 0; i < table->index_count; i++) {
        const struct schema_index *index = &table->indexes[i];
        if (index->is_unique || index->part_count != other->columns.count ||
            !import_index_serves(index, &other->columns))
            import_note(import, notes, "in the database, `%s` has %s, too", table->name,
                        index->name != NULL ? arena_print(import->arena, "the index `%s`", index->name)
                                            : "another UNIQUE constraint");
    }
}

void import_add_join(struct import *import, struct import_model *model)
{
    const struct schema_foreign_key *keys[2];
    struct import_model *targets[2];
    find_sides(model->table, keys);
    for (size_t i = 0; i < 2; i++)
        targets[i] = import_find_model(import, keys[i]->schema, keys[i]->table);
    struct import_relation *first = add_side(import, model, targets, 0, keys);
    struct import_relation *second = add_side(import, model, targets, 1, keys);
    note_indexes(import, model->table, keys[1], &first->notes);
    first->inverse = second;
    second->inverse = first;
}
