/* Fields: their columns, types, defaults, rules, and the labels of enums. */
#include "part.h"

#include "name.h"

#include <string.h>

/* Return the name of the type, without "AR_TYPE_", in lower case. */
static const char *type_name(struct arena *arena, const struct member *column)
{
    return name_folded(arena, column_type(column->type)->constant + strlen("AR_TYPE_"));
}

static void add_types(struct json *json, const struct member *column)
{
    const char *types[DIALECT_COUNT];
    for (size_t i = 0; i < DIALECT_COUNT; i++)
        types[i] = dialects[i]->column_type(column);
    describe_by_dialect(json, "sql_type", types);
}

/* ---- Defaults ---------------------------------------------------------------------------------------------------- */

static void add_defaults(struct json *json, struct arena *arena, const struct member *column)
{
    const char *defaults[DIALECT_COUNT] = {NULL};
    bool is_made = column->uuid_maker == UUID_MAKER_DATABASE;
    if (column->default_sql == NULL && !is_made)
        return;
    for (size_t i = 0; i < DIALECT_COUNT; i++)
        defaults[i] = is_made ? dialects[i]->new_uuid(column) : dialects[i]->column_default(arena, column);
    describe_by_dialect(json, "default", defaults);
}

/* Who sets the field if the program does not. */
static const char *automatic(const struct member *column)
{
    static const struct {
        enum attribute_kind attribute;
        const char *name;
    } all[] = {
        {ATTRIBUTE_CREATED_AT, "created_at"}, {ATTRIBUTE_UPDATED_AT, "updated_at"},
        {ATTRIBUTE_DELETED_AT, "deleted_at"}, {ATTRIBUTE_VERSION, "version"},
        {ATTRIBUTE_GENERATE_UUID, "uuid"},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (member_has(column, all[i].attribute))
            return all[i].name;
    return NULL;
}

/* ---- Rules ------------------------------------------------------------------------------------------------------- */

static void add_length(struct json *json, const struct member *column)
{
    json_open_object(json, NULL, JSON_LINE);
    json_add_text(json, "rule", "length");
    json_add_integer(json, "minimum", column->minimum_length);
    json_add_integer(json, "maximum", column->maximum_length);
    json_close_object(json);
}

/* The bounds are as written: they may be larger than numbers of JSON, or have a fraction. */
static void add_range(struct json *json, const struct member *column)
{
    json_open_object(json, NULL, JSON_LINE);
    json_add_text(json, "rule", "range");
    json_add_text(json, "minimum", column->range_values[0].text);
    json_add_text(json, "maximum", column->range_values[1].text);
    json_close_object(json);
}

static void add_rule(struct json *json, const char *rule)
{
    json_open_object(json, NULL, JSON_LINE);
    json_add_text(json, "rule", rule);
    json_close_object(json);
}

static void add_rules(struct json *json, const struct member *column)
{
    json_open_array(json, "rules", JSON_LINE);
    if (member_has(column, ATTRIBUTE_LENGTH))
        add_length(json, column);
    if (member_has(column, ATTRIBUTE_RANGE))
        add_range(json, column);
    if (member_has(column, ATTRIBUTE_EMAIL))
        add_rule(json, "email");
    if (member_has(column, ATTRIBUTE_JSON))
        add_rule(json, "json");
    json_close_array(json);
}

/* ---- Types ------------------------------------------------------------------------------------------------------- */

static void add_enum(struct json *json, const struct member *column)
{
    bool is_text = column->type == AR_TYPE_ENUM_TEXT;
    json_open_object(json, "enum", JSON_LINE);
    json_add_text(json, "c_type", column->enum_type);
    json_add_text(json, "stored_as", column->type_name != NULL ? "type" : is_text ? "label" : "number");
    if (column->type_name != NULL)
        json_add_text(json, "postgresql_type", column->type_name);
    json_open_array(json, "constants", JSON_LINE);
    for (size_t i = 0; i < column->enum_count; i++) {
        json_open_object(json, NULL, JSON_LINE);
        json_add_text(json, "label", column->enum_names[i].name);
        json_add_integer(json, "value", column->enum_names[i].value);
        json_close_object(json);
    }
    json_close_array(json);
    json_close_object(json);
}

static void add_decimal(struct json *json, const struct member *column)
{
    json_open_object(json, "decimal", JSON_LINE);
    json_add_integer(json, "digits", column->precision);
    json_add_integer(json, "scale", column->scale);
    json_close_object(json);
}

/* Members that only some columns have. */
static void add_options(struct json *json, struct arena *arena, const struct member *column)
{
    if (column->null_flag != NULL)
        json_add_text(json, "null_flag", column->null_flag->field);
    add_defaults(json, arena, column);
    if (column->generated_sql[DIALECT_SQLITE] != NULL)
        describe_by_dialect(json, "generated", column->generated_sql);
    if (automatic(column) != NULL)
        json_add_text(json, "automatic", automatic(column));
    if (column->is_enum)
        add_enum(json, column);
    if (member_has(column, ATTRIBUTE_DECIMAL))
        add_decimal(json, column);
    if (column->was != NULL)
        json_add_text(json, "was", column->was);
}

static void add_column(struct json *json, struct arena *arena, const struct model *model, struct member *column)
{
    json_open_object(json, NULL, JSON_LINES);
    json_add_text(json, "field", model->is_join ? NULL : column->field);
    json_add_text(json, "column", column->name);
    describe_location(json, "location", column->at);
    json_add_text(json, "c_type", member_c_type(arena, column));
    json_add_text(json, "type", type_name(arena, column));
    add_types(json, column);
    json_add_bool(json, "nullable", member_is_nullable(column));
    json_add_bool(json, "primary_key", member_has(column, ATTRIBUTE_PRIMARY_KEY));
    json_add_bool(json, "identity", !model->is_view && (column->flags & AR_COLUMN_GENERATED) != 0);
    json_add_bool(json, "unique", model_is_unique(model, &column, 1));
    add_rules(json, column);
    add_options(json, arena, column);
    json_close_object(json);
}

static void add_other(struct json *json, const struct member *member)
{
    json_open_object(json, NULL, JSON_LINE);
    json_add_text(json, "field", member->field);
    json_add_text(json, "c_type", member->spelling);
    json_add_text(json, "reason", member->role == MEMBER_NULL_FLAG ? "null_flag" : "transient");
    describe_location(json, "location", member->at);
    json_close_object(json);
}

void describe_fields(struct json *json, struct arena *arena, const struct model *model)
{
    json_open_array(json, "fields", JSON_LINES);
    for (size_t i = 0; i < model->column_count; i++)
        add_column(json, arena, model, model->columns[i]);
    json_close_array(json);
    json_open_array(json, "other_fields", JSON_LINES);
    for (size_t i = 0; i < model->member_count; i++)
        if (model->members[i]->role != MEMBER_COLUMN && model->members[i]->field[0] != '\0')
            add_other(json, model->members[i]);
    json_close_array(json);
}
