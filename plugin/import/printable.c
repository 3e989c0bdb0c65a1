/* Characters that must not be in a header. */
#include "import.h"

#include <string.h>

bool import_is_direction(const char *at)
{
    if (strncmp(at, "\xe2\x80", 2) == 0)
        return (unsigned char)at[2] >= 0xaa && (unsigned char)at[2] <= 0xae;
    return strncmp(at, "\xe2\x81", 2) == 0 && (unsigned char)at[2] >= 0xa6 && (unsigned char)at[2] <= 0xa9;
}

static bool has_direction(const char *text)
{
    for (; text != NULL && *text != '\0'; text++)
        if (import_is_direction(text))
            return true;
    return false;
}

bool import_is_printable(const char *name)
{
    if (has_direction(name))
        return false;
    for (; *name != '\0'; name++)
        if ((unsigned char)*name < ' ' || *name == 0x7f)
            return false;
    return true;
}

static void leave_out(struct import_item *item)
{
    if (item->left_out == NULL && has_direction(item->text))
        item->left_out = "it has a character that changes the direction of text";
}

static void leave_out_of_model(struct import_model *model)
{
    for (size_t i = 0; i < model->field_count; i++)
        for (size_t j = 0; j < model->fields[i].attribute_count; j++)
            leave_out(&model->fields[i].attributes[j]);
    for (size_t i = 0; i < model->attribute_count; i++)
        leave_out(&model->attributes[i].item);
    model->is_view_without_select = has_direction(model->table->view_sql);
}

void import_leave_out_directions(struct import *import)
{
    for (size_t i = 0; i < import->enum_count; i++)
        for (size_t j = 0; j < import->enums[i]->type->labels.count; j++)
            if (!import_is_printable(import->enums[i]->type->labels.items[j]))
                import_refuse_enum(import, import->enums[i], "a label has a control character");
    for (size_t i = 0; i < import->model_count; i++)
        leave_out_of_model(import->models[i]);
}
