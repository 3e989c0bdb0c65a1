/* What the parts of a description share. */
#include "part.h"

void describe_location(struct json *json, const char *name, struct location at)
{
    if (at.file == NULL) {
        json_add_text(json, name, NULL);
        return;
    }
    json_open_object(json, name, JSON_LINE);
    json_add_text(json, "file", at.file);
    json_add_integer(json, "line", at.line);
    json_add_integer(json, "column", at.column);
    json_close_object(json);
}

void describe_names(struct json *json, const char *name, const struct schema_names *names)
{
    json_open_array(json, name, JSON_LINE);
    for (size_t i = 0; i < names->count; i++)
        json_add_text(json, NULL, names->items[i]);
    json_close_array(json);
}

void describe_columns(struct json *json, const char *name, struct member *const *columns, size_t count)
{
    json_open_array(json, name, JSON_LINE);
    for (size_t i = 0; i < count; i++)
        json_add_text(json, NULL, columns[i]->name);
    json_close_array(json);
}

void describe_by_dialect(struct json *json, const char *name, const char *const texts[DIALECT_COUNT])
{
    json_open_object(json, name, JSON_LINE);
    for (size_t i = 0; i < DIALECT_COUNT; i++)
        json_add_text(json, dialects[i]->name, texts[i]);
    json_close_object(json);
}

const char *describe_model_name(const struct model *model)
{
    return model->is_join ? model->table : model->name;
}
