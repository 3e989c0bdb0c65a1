/* From a schema to models: names of structs and enums, and what all parts share. */
#include "c_name.h"
#include "import.h"
#include "name.h"
#include "sql.h"

#include <string.h>
#include <strings.h>

void import_note(struct import *import, struct import_notes *notes, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    list_add(import->arena, notes->items, notes->count) = arena_vprint(import->arena, format, arguments);
    va_end(arguments);
}

/* ---- Searches ---------------------------------------------------------------------------------------------------- */

struct import_field *import_find_field(const struct import_model *model, const char *column)
{
    for (size_t i = 0; column != NULL && i < model->field_count; i++)
        if (strcmp(model->fields[i].column->name, column) == 0)
            return &model->fields[i];
    return NULL;
}

struct import_model *import_find_model(const struct import *import, const char *schema, const char *table)
{
    for (size_t i = 0; i < import->model_count; i++) {
        const struct schema_table *each = import->models[i]->table;
        if (strcmp(each->name, table) == 0 && name_is_same(each->schema, schema))
            return import->models[i];
    }
    return NULL;
}

static bool has_all(const struct schema_index *index, size_t count, const struct schema_names *columns)
{
    for (size_t i = 0; i < count; i++)
        if (index->parts[i].column == NULL || !schema_names_have(columns, index->parts[i].column))
            return false;
    return true;
}

bool import_index_serves(const struct schema_index *index, const struct schema_names *columns)
{
    return index->where_sql == NULL && index->method == NULL && index->part_count >= columns->count &&
           has_all(index, columns->count, columns);
}

static bool is_key(const struct schema_table *table, const struct schema_names *columns)
{
    if (table->key.count != columns->count)
        return false;
    for (size_t i = 0; i < columns->count; i++)
        if (!schema_names_have(&table->key, columns->items[i]))
            return false;
    return true;
}

bool import_is_unique(const struct schema_table *table, const struct schema_names *columns)
{
    for (size_t i = 0; i < table->index_count; i++)
        if (table->indexes[i].is_unique && table->indexes[i].part_count == columns->count &&
            import_index_serves(&table->indexes[i], columns))
            return true;
    return is_key(table, columns);
}

const char *import_field_list(struct import *import, const struct import_model *model,
                              const struct schema_names *columns)
{
    const char *list = "";
    for (size_t i = 0; i < columns->count; i++) {
        const struct import_field *field = import_find_field(model, columns->items[i]);
        if (field == NULL || field->item.left_out != NULL)
            return NULL;
        list = arena_print(import->arena, "%s%s%s", list, i > 0 ? ", " : "", field->name);
    }
    return columns->count > 1 ? arena_print(import->arena, "(%s)", list) : list;
}

/* ---- Literals ---------------------------------------------------------------------------------------------------- */

const char *import_literal(struct arena *arena, const char *text)
{
    struct text literal = {0};
    text_add_literal(&literal, text);
    return text_take(arena, &literal);
}

const char *import_sql_name(struct arena *arena, const char *name)
{
    return c_name_is_field(name) ? name : import_literal(arena, name);
}

/* ---- Enums ------------------------------------------------------------------------------------------------------- */

static bool is_word(const char *name)
{
    return name[0] != '\0' &&
           name[strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_")] == '\0';
}

/* Constants are global names: they begin with that of their enum. */
static void add_enum(struct import *import, const struct schema_enum *type, struct name_map *constants)
{
    struct arena *arena = import->arena;
    struct import_enum *each = arena_take(arena, sizeof *each);
    size_t count = 0;
    const struct member *present = import_merged_enum(import, type);
    each->type = type;
    each->is_present = present != NULL;
    each->name = c_name_in_lower_case(arena, type->name);
    if (present == NULL)
        each->name = c_name_take(arena, &import->tags, each->name);
    each->c_type = present != NULL ? present->enum_type : arena_print(arena, "enum %s", each->name);
    for (size_t i = 0; i < type->labels.count; i++) {
        const char *label = type->labels.items[i];
        const char *word = is_word(label) ? label : c_name_in_lower_case(arena, label);
        const char *constant = name_upper(arena, arena_print(arena, "%s_%s", each->name, word));
        list_add(arena, each->constants, count) = c_name_take(arena, constants, constant);
    }
    if (type->labels.count == 0)
        each->item.left_out = "it has no labels";
    list_add(arena, import->enums, import->enum_count) = each;
}

/* Return true if a column of a table has the type: others are no part of the models. */
static bool is_used(const struct import *import, const struct schema_enum *type)
{
    const struct schema *schema = import->schema;
    for (size_t i = 0; i < schema->table_count; i++)
        for (size_t j = 0; j < schema->tables[i].column_count; j++)
            if (strcasestr(schema->tables[i].columns[j].type, type->name) != NULL)
                return true;
    return false;
}

static void add_enums(struct import *import)
{
    struct name_map constants = {0};
    for (size_t i = 0; i < import->schema->enum_count; i++) {
        const struct schema_enum *type = &import->schema->enums[i];
        if (type->schema == NULL && is_used(import, type))
            add_enum(import, type, &constants);
        else
            import_note(import, &import->notes, "the enum type `%s%s%s`%s", type->schema != NULL ? type->schema : "",
                        type->schema != NULL ? "." : "", type->name,
                        type->schema != NULL ? ": it is in a schema, so that its columns are strings"
                                             : ", which no column has");
    }
}

/* ---- Models ------------------------------------------------------------------------------------------------------ */

/* Return why the table cannot be a model, or NULL. `owner` is what has the table's name among `tables`. */
static const char *reason_against(struct import *import, struct name_map *tables, const struct schema_table *table,
                                  const void *owner)
{
    static const char *const reserved[] = {"sqlite_", "armature_"};
    const char *folded = name_folded(import->arena, table->name);
    if (!import_is_printable(table->name))
        return "its name has a control character";
    if (table->name[0] == '\0')
        return "it has no name";
    for (size_t i = 0; i < sizeof reserved / sizeof *reserved; i++)
        if (strncmp(folded, reserved[i], strlen(reserved[i])) == 0)
            return "its name is reserved";
    if (table->schema != NULL && !(is_word(table->schema) && is_word(table->name)))
        return "its name needs quotes, which AR_TABLE(schema.table) does not take";
    if (table->column_count == 0)
        return "it has no columns";
    const void *other = name_map_add(import->arena, tables, folded, (void *)(uintptr_t)owner);
    return other != NULL && other != owner ? "SQLite would take its name for that of another table" : NULL;
}

/* Tables that the header has come first. */
static void take_merged_tables(struct import *import, struct name_map *tables)
{
    for (size_t i = 0; i < import->schema->table_count; i++) {
        const struct schema_table *table = &import->schema->tables[i];
        const struct model *merged = import_merged_model(import, table);
        if (merged != NULL)
            name_map_add(import->arena, tables, name_folded(import->arena, table->name), (void *)(uintptr_t)merged);
    }
}

static void add_comments(struct import *import, struct import_model *model)
{
    const struct schema_table *table = model->table;
    for (size_t i = 0; i < import->schema->other_count; i++) {
        const struct schema_other *other = &import->schema->others[i];
        if (other->table != NULL && strcmp(other->table, table->name) == 0)
            import_note(import, &model->notes, "%s", other->what);
    }
    if (table->is_strict || table->has_no_rowid)
        import_note(import, &model->notes, "in the database, it is %s%s%s", table->is_strict ? "STRICT" : "",
                    table->is_strict && table->has_no_rowid ? " and " : "", table->has_no_rowid ? "WITHOUT ROWID" : "");
    if (table->kind == SCHEMA_MATERIALIZED_VIEW)
        import_note(import, &model->notes, "a materialized view, which the program refreshes");
}

static bool has_field(const struct import_model *model)
{
    for (size_t i = 0; i < model->field_count; i++)
        if (model->fields[i].item.left_out == NULL)
            return true;
    return false;
}

/* Return true if the parts are columns, and this is one of them. */
static bool has_columns(const struct schema_index *index, const char *name)
{
    bool has_name = false;
    for (size_t i = 0; i < index->part_count; i++) {
        if (index->parts[i].column == NULL || index->parts[i].is_descending)
            return false;
        if (strcmp(index->parts[i].column, name) == 0)
            has_name = true;
    }
    return has_name;
}

/* Return the unique index that a model with AR_IDENTITY creates on SQLite for its key, or NULL. */
static const struct schema_index *find_key_index(const struct import *import, const struct schema_table *table)
{
    const struct schema_column *number = table->key.count == 1 ? schema_find_column(table, table->key.items[0]) : NULL;
    const char *name = sql_object_name(import->arena, table->name, NULL, "pkey");
    if (import->schema->dialect->id != DIALECT_SQLITE || number == NULL || !number->is_identity)
        return NULL;
    for (size_t i = 0; i < table->index_count; i++) {
        const struct schema_index *index = &table->indexes[i];
        if (index->is_unique && index->part_count > 1 && index->name != NULL && strcmp(index->name, name) == 0 &&
            index->where_sql == NULL && has_columns(index, table->key.items[0]))
            return index;
    }
    return NULL;
}

/* Return the table as a model describes it: with the columns of that index as its key. */
static const struct schema_table *table_of_model(struct import *import, const struct schema_table *table)
{
    const struct schema_index *key = find_key_index(import, table);
    if (key == NULL)
        return table;
    struct schema_table *made = arena_take(import->arena, sizeof *made);
    *made = *table;
    made->key = (struct schema_names){0};
    for (size_t i = 0; i < key->part_count; i++)
        list_add(import->arena, made->key.items, made->key.count) = key->parts[i].column;
    made->indexes = NULL;
    made->index_count = 0;
    for (size_t i = 0; i < table->index_count; i++)
        if (&table->indexes[i] != key)
            list_add(import->arena, made->indexes, made->index_count) = table->indexes[i];
    return made;
}

static void add_model(struct import *import, struct name_map *tables, const struct schema_table *table)
{
    struct arena *arena = import->arena;
    struct import_model *model = arena_take(arena, sizeof *model);
    const char *name = c_name_in_lower_case(arena, table->name);
    model->table = table;
    model->merged = import_merged_model(import, table);
    model->item.left_out =
        reason_against(import, tables, table, model->merged != NULL ? (const void *)model->merged : table);
    if (import->inflects)
        name = c_name_in_lower_case(arena, c_name_singular(arena, name));
    model->name = model->merged != NULL ? model->merged->name : c_name_take(arena, &import->tags, name);
    list_add(arena, import->models, import->model_count) = model;
    import_add_fields(import, model);
    if (model->item.left_out == NULL && !has_field(model))
        model->item.left_out = "none of its columns can be a field";
    add_comments(import, model);
}

static bool has_model(const struct import *import, const char *name, size_t length)
{
    for (size_t i = 0; i < import->model_count; i++)
        if (strlen(import->models[i]->name) == length && strncmp(import->models[i]->name, name, length) == 0)
            return true;
    return false;
}

/* Each model has structs with these ends, which a table may also have: film_list is the list of film. */
static void rename_lists(struct import *import)
{
    static const char *const ends[] = {"_list", "_query", "_columns"};
    for (size_t i = 0; i < import->model_count; i++)
        for (size_t j = 0; j < sizeof ends / sizeof *ends; j++) {
            const char *name = import->models[i]->name;
            size_t length = strlen(name), end = strlen(ends[j]);
            if (import->models[i]->merged == NULL && length > end && strcmp(name + length - end, ends[j]) == 0 &&
                has_model(import, name, length - end))
                import->models[i]->name =
                    c_name_take(import->arena, &import->tags, arena_print(import->arena, "%s_row", name));
        }
}

/* What belongs to no table that is imported is about the whole schema. */
static void add_others(struct import *import)
{
    for (size_t i = 0; i < import->schema->other_count; i++)
        if (import->schema->others[i].table == NULL)
            import_note(import, &import->notes, "%s", import->schema->others[i].what);
}

void import_plan(struct import *import)
{
    struct name_map tables = {0};
    take_merged_tables(import, &tables);
    add_others(import);
    add_enums(import);
    for (size_t i = 0; i < import->schema->table_count; i++)
        add_model(import, &tables, table_of_model(import, &import->schema->tables[i]));
    rename_lists(import);
    import_add_constraints(import);
    import_leave_out_directions(import);
    import_add_relations(import);
}
