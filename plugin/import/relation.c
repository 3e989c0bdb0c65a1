/* Relations of foreign keys: a belongs_to and its inverse, and many-to-many relations of tables that only join. */
#include "relation.h"
#include "c_name.h"
#include "name.h"

#include <string.h>
#include <strings.h>

/* Names of the functions that every model has: a relation with one of them would have the same functions. */
static const char functions[] =
    " query where order_by limit offset strict all first one count exists sum avg min max only model query_base column"
    " lock column_table for_update is_loaded clear_relation_cache find find_for_update reload after before each"
    " each_chunk restore erase with_deleted erase_all save insert insert_many update delete upsert delete_all update_all"
    " upsert_many put ";

/* ---- Names ------------------------------------------------------------------------------------------------------- */

/* Return the name of the column without the end that says it is a key. */
static const char *stem_of(struct arena *arena, const char *column)
{
    static const char *const ends[] = {"_id", "_ID", "_Id", " id", " ID", " Id", "Id", "ID"};
    size_t length = strlen(column);
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        size_t end = strlen(ends[i]);
        if (length <= end || strcmp(column + length - end, ends[i]) != 0)
            continue;
        static const char small[] = "abcdefghijklmnopqrstuvwxyz0123456789";
        if (ends[i][0] == '_' || ends[i][0] == ' ' || strchr(small, column[length - end - 1]) != NULL)
            return c_name_in_lower_case(arena, arena_copy(arena, column, length - end));
    }
    return c_name_in_lower_case(arena, column);
}

static bool is_empty_stem(const char *column)
{
    return strcasecmp(column, "id") == 0 || strcasecmp(column, "_id") == 0;
}

static bool has_relation(const struct import_model *model, const char *name)
{
    for (size_t i = 0; i < model->relation_count; i++)
        if (strcmp(model->relations[i]->name, name) == 0)
            return true;
    return model->merged != NULL && model_relation(model->merged, name) != NULL;
}

/* Take the name that the relation has in the header that is merged. */
void import_use_present(struct import_model *model, struct import_relation *relation)
{
    const struct relation *present = import_merged_relation(model, relation);
    relation->is_present = present != NULL;
    if (present != NULL)
        relation->name = present->name;
}

/* Return true if functions of the relation would have the names of those of a model, or of another relation. */
static bool is_taken(struct import *import, const struct import_model *model, const char *name)
{
    const char *prefix = arena_print(import->arena, "%s_%s", model->name, name);
    if (has_relation(model, name) || name_is_in(functions, name))
        return true;
    for (size_t i = 0; i < import->model_count; i++)
        if (!import->models[i]->is_join && strcmp(import->models[i]->name, prefix) == 0)
            return true;
    return false;
}

/* Return the name, or the first of further ones that is not taken. */
const char *import_free_name(struct import *import, const struct import_model *model, const char *name,
                             const char *otherwise)
{
    if (!is_taken(import, model, name))
        return name;
    const char *result = otherwise;
    for (unsigned number = 2; is_taken(import, model, result); number++)
        result = arena_print(import->arena, "%s_%u", otherwise, number);
    return result;
}

/* Return the name of the table's rows: as it is, or in the singular or plural. */
const char *import_rows_name(struct import *import, const struct import_model *model, bool is_list)
{
    const char *name = c_name_in_lower_case(import->arena, model->table->name);
    if (!import->inflects)
        return name;
    name = is_list ? c_name_plural(import->arena, name) : c_name_singular(import->arena, name);
    return c_name_in_lower_case(import->arena, name);
}

/* Return what the foreign key calls the row that it refers to: by its column, or the name of the table. */
const char *import_role_of(struct import *import, const struct schema_foreign_key *key,
                           const struct import_model *target)
{
    const char *column = key->columns.items[0];
    return key->columns.count == 1 && !is_empty_stem(column) ? stem_of(import->arena, column)
                                                             : import_rows_name(import, target, false);
}

static const char *owner_name(struct import *import, const struct import_model *model,
                              const struct schema_foreign_key *key, const struct import_model *target)
{
    const char *stem = import_role_of(import, key, target);
    return import_free_name(import, model, stem, arena_print(import->arena, "%s_%s", stem, target->name));
}

size_t import_count_keys(const struct import *import, const struct import_model *model,
                         const struct import_model *target)
{
    size_t count = 0;
    for (size_t i = 0; i < model->table->foreign_key_count; i++) {
        const struct schema_foreign_key *key = &model->table->foreign_keys[i];
        count += import_find_model(import, key->schema, key->table) == target;
    }
    return count;
}

/* Several foreign keys to one table are told apart by their names. */
static const char *inverse_name(struct import *import, const struct import_model *model,
                                const struct import_model *target, const struct import_relation *relation, bool is_list)
{
    const char *rows = import_rows_name(import, model, is_list);
    const char *by = arena_print(import->arena, "%s_by_%s", rows, relation->name);
    if (model == target && strcmp(relation->name, "parent") == 0)
        return import_free_name(import, target, "children", by);
    bool is_ambiguous = model == target || import_count_keys(import, model, target) > 1;
    return import_free_name(import, target, is_ambiguous ? by : rows, by);
}

/* ---- Foreign keys ------------------------------------------------------------------------------------------------ */

struct import_relation *import_add_relation(struct import *import, struct import_model *model, enum attribute_kind kind,
                                            struct import_model *target)
{
    struct import_relation *relation = arena_take(import->arena, sizeof *relation);
    relation->kind = kind;
    relation->target = target;
    list_add(import->arena, model->relations, model->relation_count) = relation;
    return relation;
}

/* Return the columns that the foreign key refers to. */
static const struct schema_names *referred_of(const struct schema_foreign_key *key, const struct schema_table *target)
{
    return key->referred.count > 0 ? &key->referred : &target->key;
}

bool import_refers_to_key(const struct schema_foreign_key *key, const struct import_model *target)
{
    return !target->is_read_only && schema_names_equal(referred_of(key, target->table), &target->table->key) &&
           import_merged_has_key(target);
}

/* Return why the foreign key is not a relation, or NULL. */
const char *import_reason_against(struct import *import, const struct import_model *model,
                                  const struct schema_foreign_key *key, const struct import_model *target)
{
    if (target == NULL || target->item.left_out != NULL)
        return "the table is not imported";
    const struct schema_names *referred = referred_of(key, target->table);
    if (referred->count != key->columns.count || referred->count > AR_KEY_COLUMNS_MAX)
        return "the number of columns differs from that of the key";
    if (import_field_list(import, model, &key->columns) == NULL || import_field_list(import, target, referred) == NULL)
        return "there are no fields for its columns";
    if (!import_is_unique(target->table, referred))
        return "the columns that it refers to are not unique";
    for (size_t i = 0; i < referred->count; i++) {
        const char *left = import_find_field(model, key->columns.items[i])->type.kind;
        const char *right = import_find_field(target, referred->items[i])->type.kind;
        if (left == NULL || right == NULL || strcmp(left, right) != 0)
            return "its type differs from that of the key, or cannot be part of a key";
    }
    return NULL;
}

/* As `.on_delete` names them; NULL: without it. */
static const char *const delete_actions[] = {[ON_DELETE_UNSET] = NULL,
                                             [ON_DELETE_CASCADE] = "cascade",
                                             [ON_DELETE_SET_NULL] = "set_null",
                                             [ON_DELETE_RESTRICT] = "restrict",
                                             [ON_DELETE_NO_ACTION] = NULL};

bool import_starts_with(const struct schema_names *names, const struct schema_names *start)
{
    for (size_t i = 0; i < start->count; i++)
        if (i >= names->count || strcmp(names->items[i], start->items[i]) != 0)
            return false;
    return true;
}

bool import_has_index(const struct schema_table *table, const struct schema_names *columns,
                      const struct schema_index *except)
{
    for (size_t i = 0; i < table->index_count; i++) {
        const struct schema_index *index = &table->indexes[i];
        bool serves = index != except && import_index_serves(index, columns);
        for (size_t j = 0; serves && j < columns->count; j++)
            serves = strcmp(index->parts[j].column, columns->items[j]) == 0;
        if (serves)
            return true;
    }
    return import_starts_with(&table->key, columns);
}

void import_note_differences(struct import *import, const struct schema_table *table,
                             const struct schema_foreign_key *key, struct import_notes *notes)
{
    static const char *const actions[] = {[ON_DELETE_CASCADE] = "CASCADE",
                                          [ON_DELETE_SET_NULL] = "SET NULL",
                                          [ON_DELETE_RESTRICT] = "RESTRICT",
                                          [ON_DELETE_NO_ACTION] = "NO ACTION"};
    if (key->on_update != ON_DELETE_UNSET && key->on_update != ON_DELETE_NO_ACTION)
        import_note(import, notes, "in the database, it is ON UPDATE %s", actions[key->on_update]);
    if (key->is_deferrable)
        import_note(import, notes, "in the database, it is DEFERRABLE");
    if (key->is_not_valid)
        import_note(import, notes, "some rows may not meet the foreign key: it is NOT VALID or NOT ENFORCED");
    if (!import_has_index(table, &key->columns, NULL))
        import_note(import, notes, "the database has no index for it; the model adds one");
}

static void add_belongs_to(struct import *import, struct import_model *model, const struct schema_foreign_key *key,
                           struct import_model *target)
{
    bool is_list = !import_is_unique(model->table, &key->columns);
    struct import_relation *relation = import_add_relation(import, model, ATTRIBUTE_BELONGS_TO, target);
    relation->name = ""; /* not yet among the taken ones */
    relation->name = owner_name(import, model, key, target);
    relation->key = import_field_list(import, model, &key->columns);
    relation->foreign_key = key;
    relation->on_delete = delete_actions[key->on_delete];
    if (!import_refers_to_key(key, target))
        relation->references = import_field_list(import, target, referred_of(key, target->table));
    import_use_present(model, relation);
    import_note_differences(import, model->table, key, &relation->notes);
    struct import_relation *inverse =
        import_add_relation(import, target, is_list ? ATTRIBUTE_HAS_MANY : ATTRIBUTE_HAS_ONE, model);
    inverse->name = "";
    inverse->name = inverse_name(import, model, target, relation, is_list);
    inverse->key = relation->key;
    inverse->references = relation->references;
    inverse->foreign_key = key;
    import_use_present(target, inverse);
    inverse->inverse = relation;
    relation->inverse = inverse;
}

/* Return the columns as a list for a comment. */
const char *import_column_list(struct arena *arena, const struct schema_names *columns)
{
    const char *list = "";
    for (size_t i = 0; i < columns->count; i++)
        list = arena_print(arena, "%s%s%s", list, i > 0 ? ", " : "", columns->items[i]);
    return list;
}

static void add_foreign_key(struct import *import, struct import_model *model, const struct schema_foreign_key *key)
{
    struct import_model *target = import_find_model(import, key->schema, key->table);
    const char *reason = import_reason_against(import, model, key, target);
    if (reason == NULL)
        add_belongs_to(import, model, key, target);
    else
        import_note(import, &model->notes, "the foreign key (%s) to `%s`: %s",
                    import_column_list(import->arena, &key->columns), key->table, reason);
}

/* ---- Keys -------------------------------------------------------------------------------------------------------- */

static bool is_foreign_key(const struct import_model *model, const struct import_field *field)
{
    for (size_t i = 0; i < model->relation_count; i++)
        if (model->relations[i]->kind == ATTRIBUTE_BELONGS_TO &&
            schema_names_have(&model->relations[i]->foreign_key->columns, field->column->name))
            return true;
    return false;
}

/* Return true if the database numbers a column of the key before this one. */
static bool has_identity(const struct import_model *model, const struct import_field *field)
{
    for (const struct import_field *each = model->fields; each != field; each++)
        if (each->is_key && each->column->is_identity)
            return true;
    return false;
}

/* A model's single integer key is numbered by the database, unless it has a default or is a foreign key; a part of a
 * key is if it has AR_IDENTITY. */
static void note_identity(struct import *import, struct import_model *model, struct import_field *field)
{
    const struct schema_column *column = field->column;
    bool is_numbered =
        field->is_key && field->type.is_integer && column->default_sql == NULL && !is_foreign_key(model, field);
    if (is_numbered && column->is_identity && model->table->key.count > 1 && !has_identity(model, field))
        list_add(import->arena, field->attributes, field->attribute_count) =
            (struct import_item){.text = "AR_IDENTITY"};
    else if (model->table->key.count > 1)
        is_numbered = false;
    if (is_numbered && !column->is_identity)
        import_note(import, &field->notes, "the database does not number new rows");
    else if (field->is_key && !column->is_not_null && !column->is_identity)
        import_note(import, &field->notes, "the database allows NULL in this key");
    else if (!is_numbered && column->is_identity && import->schema->dialect->id == DIALECT_POSTGRESQL) {
        if (field->is_key)
            import_note(import, &field->notes, "the database numbers new rows; the model does not");
        else
            field->item.left_out = "the database numbers new rows, and a write would replace the number";
    }
}

static void note_identities(struct import *import, struct import_model *model)
{
    for (size_t i = 0; i < model->field_count; i++)
        if (model->table->kind == SCHEMA_TABLE && !model->is_join)
            note_identity(import, model, &model->fields[i]);
}

void import_add_relations(struct import *import)
{
    for (size_t i = 0; i < import->model_count; i++)
        import->models[i]->is_join = import_is_join(import, import->models[i]);
    for (size_t i = 0; i < import->model_count; i++) {
        const struct import_model *model = import->models[i];
        for (size_t j = 0; j < model->table->foreign_key_count && !model->is_join; j++)
            add_foreign_key(import, import->models[i], &model->table->foreign_keys[j]);
    }
    for (size_t i = 0; i < import->model_count; i++)
        if (import->models[i]->is_join)
            import_add_join(import, import->models[i]);
    for (size_t i = 0; i < import->model_count; i++)
        note_identities(import, import->models[i]);
}
