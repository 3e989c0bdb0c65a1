/* The fields of a model: their names, types, and what SQL NULL and the default are. */
#include "c_name.h"
#include "import.h"
#include "name.h"
#include "schema/sql_reader.h"
#include "sql.h"

#include <string.h>

static void add_attribute(struct import *import, struct import_field *field, const char *text)
{
    list_add(import->arena, field->attributes, field->attribute_count) = (struct import_item){.text = text};
}

static bool is_postgresql(const struct import *import)
{
    return import->schema->dialect->id == DIALECT_POSTGRESQL;
}

/* ---- Foreign keys ------------------------------------------------------------------------------------------------ */

/* Return the foreign key of the column alone, or NULL. */
static const struct schema_foreign_key *foreign_key_of(const struct schema_table *table, const char *column)
{
    for (size_t i = 0; i < table->foreign_key_count; i++)
        if (table->foreign_keys[i].columns.count == 1 && strcmp(table->foreign_keys[i].columns.items[0], column) == 0)
            return &table->foreign_keys[i];
    return NULL;
}

/* SQLite has columns without a type: a foreign key then has that of the key. */
static const char *declared_type(const struct import *import, const struct schema_table *table,
                                 const struct schema_column *column)
{
    for (int depth = 0; column->type[0] == '\0' && depth < 8; depth++) {
        const struct schema_foreign_key *key = foreign_key_of(table, column->name);
        table = key != NULL ? schema_find_table(import->schema, key->schema, key->table) : NULL;
        const struct schema_names *referred = table == NULL              ? NULL
                                              : key->referred.count == 1 ? &key->referred
                                                                         : &table->key;
        const struct schema_column *next =
            referred != NULL && referred->count == 1 ? schema_find_column(table, referred->items[0]) : NULL;
        if (next == NULL)
            break;
        column = next;
    }
    return column->type;
}

/* ---- Defaults ---------------------------------------------------------------------------------------------------- */

/* Return the literal of 'x'::text, or the expression as it is. */
static const char *without_cast(struct import *import, const char *sql)
{
    struct sql_reader reader;
    sql = sql_without_parentheses(import->arena, import->schema->dialect->id, sql);
    sql_reader_start(&reader, import->arena, DIALECT_POSTGRESQL, sql);
    if (!is_postgresql(import) || reader.kind != SQL_TOKEN_STRING || *reader.start != '\'')
        return sql;
    const char *literal = arena_copy(import->arena, reader.start, reader.length);
    sql_reader_next(&reader);
    if (!sql_reader_take(&reader, "::"))
        return sql;
    while (reader.kind == SQL_TOKEN_WORD || reader.kind == SQL_TOKEN_NAME || sql_reader_is(&reader, "[") ||
           sql_reader_is(&reader, "]") || sql_reader_is(&reader, "."))
        sql_reader_next(&reader);
    sql_reader_parenthesized(&reader);
    while (reader.kind == SQL_TOKEN_WORD || sql_reader_is(&reader, "[") || sql_reader_is(&reader, "]"))
        sql_reader_next(&reader);
    return reader.kind == SQL_TOKEN_END ? literal : sql;
}

/* PostgreSQL prints negative numbers of some types as strings. */
static const char *as_number(struct import *import, const struct import_field *field, const char *sql)
{
    const char *name = field->type.name;
    bool is_number = field->type.is_integer || strcmp(name, "float") == 0 || strcmp(name, "double") == 0 ||
                     (field->type.kind != NULL && strncmp(field->type.kind, "decimal", 7) == 0);
    size_t length = strlen(sql);
    if (!is_number || sql[0] != '\'' || length < 3)
        return sql;
    const char *number = arena_copy(import->arena, sql + 1, length - 2);
    return sql_is_number(number) ? number : sql;
}

/* CURRENT_TIMESTAMP of a model is the time in the form in which the column stores it. */
static const char *time_default(struct import *import, const struct import_field *field, const char *sql)
{
    const char *folded = name_folded(import->arena, sql);
    bool is_now = strcmp(folded, "now()") == 0 || strcmp(folded, "current_timestamp") == 0;
    if (strcmp(field->type.name, "struct timespec") == 0 && is_now)
        return field->type.attributes[0] == NULL          ? "CURRENT_TIMESTAMP"
               : strcmp(folded, "current_timestamp") == 0 ? "(CURRENT_TIMESTAMP)"
                                                          : "now()";
    bool is_date = field->type.kind != NULL && strcmp(field->type.kind, "date") == 0;
    if (strcmp(field->type.name, "time_t") == 0 && is_date)
        return strcmp(folded, "current_date") == 0        ? "CURRENT_TIMESTAMP"
               : strcmp(folded, "current_timestamp") == 0 ? "(CURRENT_TIMESTAMP)"
                                                          : sql;
    return sql;
}

/* Return the default as an argument: numbers and words need no quotes. */
static const char *argument_of(struct arena *arena, const char *sql)
{
    static const char words[] = " CURRENT_TIMESTAMP CURRENT_DATE CURRENT_TIME TRUE FALSE ";
    bool is_plain = sql[strspn(sql, "-0123456789.")] == '\0' && sql_is_number(sql);
    return is_plain || name_is_in(words, sql) ? sql : import_literal(arena, sql);
}

static void add_default(struct import *import, struct import_field *field)
{
    if (field->column->default_sql == NULL || strcasecmp(field->column->default_sql, "NULL") == 0)
        return;
    const char *sql = without_cast(import, field->column->default_sql);
    sql = time_default(import, field, as_number(import, field, sql));
    if (strcmp(field->type.name, "bool") == 0 && (strcasecmp(sql, "true") == 0 || strcasecmp(sql, "false") == 0))
        sql = name_upper(import->arena, sql);
    if (field->type.kind != NULL && strcmp(field->type.kind, "uuid") == 0 && strcmp(sql, "gen_random_uuid()") == 0 &&
        field->column->is_not_null) {
        add_attribute(import, field, "AR_GENERATE_UUID(database)");
        return;
    }
    add_attribute(import, field, arena_print(import->arena, "AR_DEFAULT(%s)", argument_of(import->arena, sql)));
}

/* ---- NULL -------------------------------------------------------------------------------------------------------- */

/* A row whose key is a single number has none of zero: the model takes that for a key that is not set. */
static bool refers_to_number(const struct import *import, const struct schema_table *table,
                             const struct import_field *field)
{
    const struct schema_foreign_key *key = foreign_key_of(table, field->column->name);
    const struct schema_table *target = key != NULL ? schema_find_table(import->schema, key->schema, key->table) : NULL;
    return target != NULL && target->key.count == 1 &&
           (key->referred.count == 0 || schema_names_equal(&key->referred, &target->key));
}

static void add_null(struct import *import, const struct import_model *model, struct import_field *field,
                     struct name_map *names)
{
    bool is_nullable = !field->column->is_not_null && !field->is_key;
    enum import_null null = field->type.null;
    if (null == IMPORT_NULL_POINTER) {
        if (!is_nullable && !field->is_key)
            add_attribute(import, field, "AR_NOT_NULL");
        return;
    }
    if (!is_nullable)
        return;
    if (field->type.is_integer && refers_to_number(import, model->table, field))
        null = IMPORT_NULL_ZERO;
    if (null == IMPORT_NULL_ZERO) {
        add_attribute(import, field, "AR_NULLABLE");
        return;
    }
    field->flag = c_name_take(import->arena, names,
                              arena_print(import->arena, "has_%s", c_name_in_lower_case(import->arena, field->name)));
    add_attribute(import, field, arena_print(import->arena, "AR_NULLABLE_BY(%s)", field->flag));
}

/* ---- Fields ------------------------------------------------------------------------------------------------------ */

static struct import_type type_of(struct import *import, const struct import_model *model,
                                  const struct schema_column *column)
{
    if (is_postgresql(import))
        return import_type_postgresql(import, column);
    return import_type_sqlite(import, column, declared_type(import, model->table, column));
}

static void add_generated(struct import *import, struct import_field *field)
{
    const struct schema_column *column = field->column;
    if (column->generated_sql == NULL)
        return;
    add_attribute(import, field,
                  arena_print(import->arena, "AR_GENERATED(%s)", import_literal(import->arena, column->generated_sql)));
    if (column->is_virtual)
        import_note(import, &field->notes, "in the database, it is VIRTUAL: it is computed whenever it is read");
}

static void add_attributes(struct import *import, struct import_model *model, struct import_field *field,
                           struct name_map *names)
{
    const struct schema_column *column = field->column;
    if (strcmp(field->name, column->name) != 0)
        add_attribute(import, field,
                      arena_print(import->arena, "AR_COLUMN(%s)", import_sql_name(import->arena, column->name)));
    for (size_t i = 0; i < sizeof field->type.attributes / sizeof *field->type.attributes; i++)
        if (field->type.attributes[i] != NULL)
            add_attribute(import, field, field->type.attributes[i]);
    if (field->is_key)
        add_attribute(import, field, "AR_PRIMARY_KEY");
    add_null(import, model, field, names);
    add_generated(import, field);
    add_default(import, field);
    if (field->type.note != NULL)
        import_note(import, &field->notes, "%s", field->type.note);
}

static bool is_key_type(const struct import_type *type)
{
    return type->kind != NULL && strcmp(type->kind, "time of day") != 0;
}

/* A model has a key of at most eight columns, whose types can be compared. */
static bool has_key(const struct import *import, struct import_model *model)
{
    const struct schema_names *key = &model->table->key;
    for (size_t i = 0; i < key->count; i++) {
        const struct import_field *field = import_find_field(model, key->items[i]);
        if (field == NULL || field->item.left_out != NULL || !is_key_type(&field->type))
            return false;
    }
    (void)import;
    return key->count > 0 && key->count <= AR_KEY_COLUMNS_MAX;
}

/* Return why the column cannot be a field, or NULL. */
static const char *reason_against(struct import *import, struct name_map *columns, const struct schema_column *column)
{
    if (column->name[0] == '\0')
        return "it has no name";
    if (!import_is_printable(column->name))
        return "its name has a control character";
    if (name_map_add(import->arena, columns, name_folded(import->arena, column->name), columns) != NULL)
        return "another column has the same name in another case";
    return columns->count > dialect_postgresql.column_max ? "PostgreSQL has no tables of so many columns" : NULL;
}

static void add_field(struct import *import, struct import_model *model, struct name_map *columns,
                      struct name_map *names, const struct schema_column *column)
{
    struct import_field *field = &list_add(import->arena, model->fields, model->field_count);
    *field = (struct import_field){.column = column};
    field->item.left_out = reason_against(import, columns, column);
    field->type = type_of(import, model, column);
    const struct member *present = import_merged_column(model, column->name);
    field->is_present = present != NULL;
    field->name = present != NULL ? present->identifier
                                  : c_name_take(import->arena, names, c_name_of_field(import->arena, column->name));
}

/* The key of a model has the order of its fields: those of the key change places until they are in its order. */
static void order_key(struct import_model *model)
{
    const struct schema_names *key = &model->table->key;
    struct import_field *next = model->fields;
    for (size_t i = 0; i < key->count; i++) {
        struct import_field *field = import_find_field(model, key->items[i]);
        if (field == NULL || field < next)
            continue;
        while (!schema_names_have(key, next->column->name))
            next++;
        const struct import_field other = *next;
        *next++ = *field;
        *field = other;
    }
}

void import_add_fields(struct import *import, struct import_model *model)
{
    struct name_map columns = {0}, names = {0};
    import_merged_names(import->arena, model, &names);
    for (size_t i = 0; i < model->table->column_count; i++)
        add_field(import, model, &columns, &names, &model->table->columns[i]);
    order_key(model);
    bool is_keyed = has_key(import, model);
    for (size_t i = 0; i < model->field_count; i++) {
        struct import_field *field = &model->fields[i];
        field->is_key = is_keyed && schema_names_have(&model->table->key, field->column->name);
        add_attributes(import, model, field, &names);
    }
    model->is_read_only = !is_keyed && model->table->kind == SCHEMA_TABLE;
    if (model->is_read_only)
        import_note(import, &model->notes, "%s",
                    model->table->key.count == 0
                        ? "it has no primary key, so that it is only read"
                        : "its primary key cannot be that of a model, so that it is only read");
}

/* Return true if the attribute is of a constraint, which does not depend on the type. */
static bool is_constraint(const struct import_item *item)
{
    return strncmp(item->text, "AR_UNIQUE", 9) == 0 || strncmp(item->text, "AR_CHECK", 8) == 0;
}

/* Add the names that the struct has: those of its fields, and of their flags. */
static void add_names(struct arena *arena, const struct import_model *model, struct name_map *names)
{
    import_merged_names(arena, model, names);
    for (size_t i = 0; i < model->field_count; i++) {
        name_map_add(arena, names, model->fields[i].name, names);
        if (model->fields[i].flag != NULL)
            name_map_add(arena, names, model->fields[i].flag, names);
    }
}

void import_reset_field(struct import *import, struct import_model *model, struct import_field *field)
{
    const struct import_item *before = field->attributes;
    size_t count = field->attribute_count;
    struct name_map names = {0};
    field->type = type_of(import, model, field->column);
    field->attributes = NULL;
    field->attribute_count = 0;
    field->notes = (struct import_notes){0};
    field->flag = NULL;
    add_names(import->arena, model, &names);
    add_attributes(import, model, field, &names);
    for (size_t i = 0; i < count; i++)
        if (is_constraint(&before[i]))
            list_add(import->arena, field->attributes, field->attribute_count) = before[i];
}

void import_refuse_enum(struct import *import, struct import_enum *each, const char *reason)
{
    each->item.left_out = reason;
    for (size_t i = 0; i < import->model_count; i++)
        for (size_t j = 0; j < import->models[i]->field_count; j++)
            if (import->models[i]->fields[j].type.enumeration == each)
                import_reset_field(import, import->models[i], &import->models[i]->fields[j]);
}
