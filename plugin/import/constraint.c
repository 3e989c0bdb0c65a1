/* Unique keys, indexes and checks of a model. */
#include "import.h"
#include "sql.h"

#include <string.h>

/* ---- Parts of an index ------------------------------------------------------------------------------------------- */

/* Return what an attribute cannot say about the index, or NULL. */
static const char *reason_against(struct import *import, const struct import_model *model,
                                  const struct schema_index *index)
{
    if (index->method != NULL)
        return arena_print(import->arena, "it is of the kind %s", index->method);
    if (index->includes.count > 0)
        return "it includes further columns";
    if (index->is_deferrable)
        return "it is DEFERRABLE";
    for (size_t i = 0; i < index->part_count; i++) {
        const struct schema_part *part = &index->parts[i];
        if (part->extra != NULL || part->nulls != NULL)
            return arena_print(import->arena, "it has %s", part->extra != NULL ? part->extra : part->nulls);
        if (part->column != NULL && import_find_field(model, part->column) == NULL)
            return arena_print(import->arena, "there is no column `%s`", part->column);
    }
    return NULL;
}

/* Return true if all parts are columns in ascending order, of all rows. */
static bool is_plain(struct import *import, const struct import_model *model, const struct schema_index *index)
{
    for (size_t i = 0; i < index->part_count; i++)
        if (index->parts[i].column == NULL || index->parts[i].is_descending)
            return false;
    return index->where_sql == NULL && reason_against(import, model, index) == NULL;
}

/* Return the name that the model gives to an index of its own, table_column_column. */
static const char *own_name(struct import *import, const struct schema_table *table, const struct schema_index *index)
{
    const char *name = table->name;
    for (size_t i = 0; i < index->part_count; i++)
        name = arena_print(import->arena, "%s_%s", name, index->parts[i].column);
    return sql_short_name(import->arena, name);
}

static bool has_own_name(struct import *import, const struct schema_table *table, const struct schema_index *index)
{
    return index->name == NULL || index->is_constraint || strcmp(index->name, own_name(import, table, index)) == 0;
}

/* Return true if the model gets the index, which is not unique, for its foreign key. */
static bool is_of_foreign_key(struct import *import, const struct schema_table *table, const struct schema_index *index)
{
    for (size_t i = 0; i < table->foreign_key_count; i++) {
        const struct schema_names *columns = &table->foreign_keys[i].columns;
        bool is_it = columns->count == index->part_count;
        for (size_t j = 0; is_it && j < columns->count; j++)
            is_it = strcmp(columns->items[j], index->parts[j].column) == 0;
        if (is_it)
            return has_own_name(import, table, index) && !import_has_index(table, columns, index);
    }
    return false;
}

/* Return the parts as arguments: fields, and expressions in quotes. */
static const char *parts_of(struct import *import, const struct import_model *model, const struct schema_index *index)
{
    const char *list = "";
    for (size_t i = 0; i < index->part_count; i++) {
        const struct schema_part *part = &index->parts[i];
        const struct import_field *field = import_find_field(model, part->column);
        const char *text = field != NULL          ? field->name
                           : part->column != NULL ? part->column
                                                  : import_literal(import->arena, part->expression);
        list =
            arena_print(import->arena, "%s%s%s%s", list, i > 0 ? ", " : "", text, part->is_descending ? " desc" : "");
    }
    return list;
}

/* ---- Indexes ----------------------------------------------------------------------------------------------------- */

static struct import_attribute *add_attribute(struct import *import, struct import_model *model, const char *text)
{
    struct import_attribute *attribute = &list_add(import->arena, model->attributes, model->attribute_count);
    *attribute = (struct import_attribute){.item = {.text = text}};
    return attribute;
}

/* The order in which attributes of a field are read: AR_UNIQUE before AR_DEFAULT and the like. */
static void add_unique_field(struct import *import, struct import_field *field)
{
    list_add(import->arena, field->attributes, field->attribute_count) = (struct import_item){.text = "AR_UNIQUE"};
}

static void add_index(struct import *import, struct import_model *model, const struct schema_index *index)
{
    struct arena *arena = import->arena;
    const char *parts = parts_of(import, model, index), *where = "";
    struct import_field *field = import_find_field(model, index->parts[0].column);
    bool is_key = is_plain(import, model, index) && index->is_unique && has_own_name(import, model->table, index);
    if (is_key && index->part_count == 1) {
        add_unique_field(import, field);
        return;
    }
    if (!index->is_unique && is_plain(import, model, index) && is_of_foreign_key(import, model->table, index))
        return;
    if (index->where_sql != NULL)
        where = arena_print(arena, ", .where = %s", import_literal(arena, index->where_sql));
    const char *text = is_key ? arena_print(arena, "AR_UNIQUE_KEY(%s)", parts)
                              : arena_print(arena, "AR_INDEX(%s, %s%s%s)",
                                            import_sql_name(arena, index->name != NULL ? index->name : ""), parts,
                                            index->is_unique ? ", .unique = true" : "", where);
    struct import_attribute *attribute = add_attribute(import, model, text);
    attribute->index = index;
    attribute->item.left_out = reason_against(import, model, index);
}

/* ---- Checks ------------------------------------------------------------------------------------------------------ */

/* Return the field that the check is about, by its column or by PostgreSQL's name for the constraint; or NULL. */
static struct import_field *field_of(struct import *import, struct import_model *model,
                                     const struct schema_check *check)
{
    if (check->column != NULL)
        return import_find_field(model, check->column);
    for (size_t i = 0; check->name != NULL && i < model->field_count; i++)
        if (strcmp(check->name,
                   sql_object_name(import->arena, model->table->name, model->fields[i].column->name, "check")) == 0)
            return &model->fields[i];
    return NULL;
}

static bool has_check(const struct import_field *field)
{
    for (size_t i = 0; i < field->attribute_count; i++)
        if (strncmp(field->attributes[i].text, "AR_CHECK", 8) == 0)
            return true;
    return false;
}

static bool has_usual_name(struct import *import, const struct import_model *model, const struct schema_check *check,
                           const struct import_field *field)
{
    const char *column = field != NULL ? field->column->name : NULL;
    return check->name == NULL ||
           strcmp(check->name, sql_object_name(import->arena, model->table->name, column, "check")) == 0;
}

static void add_check(struct import *import, struct import_model *model, const struct schema_check *check)
{
    struct import_field *field = field_of(import, model, check);
    if (field != NULL && (has_check(field) || field->item.left_out != NULL))
        field = NULL;
    const char *name = "";
    if (!has_usual_name(import, model, check, field))
        name = arena_print(import->arena, ", .name = %s", import_sql_name(import->arena, check->name));
    const char *text = arena_print(import->arena, "AR_CHECK(%s%s)", import_literal(import->arena, check->sql), name);
    struct import_notes *notes;
    if (field != NULL) {
        list_add(import->arena, field->attributes, field->attribute_count) = (struct import_item){.text = text};
        notes = &field->notes;
    } else {
        notes = &add_attribute(import, model, text)->notes;
    }
    if (check->is_not_valid)
        import_note(import, notes, "some rows may not meet the check: it is NOT VALID or NOT ENFORCED");
}

void import_add_constraints(struct import *import)
{
    for (size_t i = 0; i < import->model_count; i++) {
        struct import_model *model = import->models[i];
        for (size_t j = 0; j < model->table->index_count; j++)
            if (model->table->kind == SCHEMA_TABLE)
                add_index(import, model, &model->table->indexes[j]);
            else
                import_note(import, &model->notes, "the index `%s`", model->table->indexes[j].name);
        for (size_t j = 0; j < model->table->check_count; j++)
            add_check(import, model, &model->table->checks[j]);
    }
}
