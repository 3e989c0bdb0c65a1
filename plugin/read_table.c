/* Reads AR_TABLE, AR_VIEW, AR_REFERENCE_TABLE and the AR_WAS of a table. Reports errors within the attribute. */
#include "read_table.h"

#include <string.h>

/* Read the name. Return false if the struct has one already, or after reporting another error. */
static bool read_name(const struct reading *reading, struct model *model)
{
    if (model->has_table)
        return reading_fail(reading, "the struct already has the %s `%s`", model->is_view ? "view" : "table",
                            model->table);
    model->has_table = true;
    model->table_at = reading->at;
    model->table = model->name;
    return reading_table_name(reading, &reading->annotation.values[0], &model->schema, &model->table);
}

static void read_prefix(const struct reading *reading, const struct annotation_value *value, struct model *model)
{
    reading_word(reading, value, "`.prefix`", &model->name);
}

static void read_read_only(const struct reading *reading, const struct annotation_value *value, struct model *model)
{
    model->is_read_only = value->kind != VALUE_WORD || strcmp(value->text, "false") != 0;
    if (model->is_read_only && (value->kind != VALUE_WORD || strcmp(value->text, "true") != 0))
        reading_fail(reading, "`.read_only` is not true or false");
}

static void read_select(const struct reading *reading, const struct annotation_value *value, struct sql_text *out)
{
    if (value->kind != VALUE_STRING || value->text[strspn(value->text, " \t\n")] == '\0')
        reading_fail(reading, "the definition of the view is not a SELECT in quotes");
    else
        *out = (struct sql_text){value->text, value->literal};
}

static void read_postgresql(const struct reading *reading, const struct annotation_value *value, struct model *model)
{
    model->has_own_views = true;
    read_select(reading, value, &model->view[DIALECT_POSTGRESQL]);
}

static void read_all_shards(const struct reading *reading, const struct annotation_value *value, struct model *model)
{
    (void)reading_all_shards(reading, value, &model->all_shards);
}

/* An option of AR_TABLE or AR_VIEW. */
struct table_option {
    const char *name;
    void (*read)(const struct reading *reading, const struct annotation_value *value, struct model *model);
};

enum { OPTIONS_MAX = 3 };

static void read_options(const struct reading *reading, const struct table_option *options, struct model *model)
{
    const char *names[OPTIONS_MAX];
    bool has[OPTIONS_MAX] = {false};
    size_t count = 0;
    for (; count < OPTIONS_MAX && options[count].name != NULL; count++)
        names[count] = options[count].name;
    for (size_t i = 0; i < reading->annotation.option_count; i++) {
        const struct annotation_option *option = &reading->annotation.options[i];
        size_t which = 0;
        while (which < count && strcmp(option->name, names[which]) != 0)
            which++;
        if (which == count) {
            reading_fail_unknown_option(reading, option->name, names, count);
            continue;
        }
        if (has[which])
            reading_fail_repeated_option(reading, option->name);
        else
            options[which].read(reading, &option->value, model);
        has[which] = true;
    }
}

void read_table(const struct reading *reading, struct model *model)
{
    static const struct table_option options[OPTIONS_MAX] = {{"prefix", read_prefix}, {"read_only", read_read_only}};
    if (read_name(reading, model))
        read_options(reading, options, model);
}

void read_view(const struct reading *reading, struct model *model)
{
    static const struct table_option options[OPTIONS_MAX] = {
        {"prefix", read_prefix}, {"postgresql", read_postgresql}, {"all_shards", read_all_shards}};
    if (!model->has_table)
        model->is_view = model->is_read_only = true;
    if (!read_name(reading, model))
        return;
    if (reading->annotation.value_count > 1)
        read_select(reading, &reading->annotation.values[1], &model->view[DIALECT_SQLITE]);
    read_options(reading, options, model);
    if (!model->has_own_views)
        model->view[DIALECT_POSTGRESQL] = model->view[DIALECT_SQLITE];
}

void read_reference_table(const struct reading *reading, struct model *model)
{
    if (model->is_reference)
        reading_fail(reading, "the struct already has this attribute");
    model->is_reference = true;
    model->reference_at = reading->at;
}

void read_was(const struct reading *reading, struct model *model)
{
    if (reading->annotation.option_count > 0)
        reading_fail(reading, "there is no option `.%s`", reading->annotation.options[0].name);
    else if (model->was != NULL)
        reading_fail(reading, "the struct already has this attribute");
    else
        reading_table_name(reading, &reading->annotation.values[0], &model->was_schema, &model->was);
}
