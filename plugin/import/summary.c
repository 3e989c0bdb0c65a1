/* What is not in the headers, one line for each. */
#include "name.h"
#include "write.h"

#include <string.h>

struct summary {
    struct text *out;
    const char *table;
    size_t count;
};

/* Names of a database may contain anything: a terminal must not obey it. */
static void add_printable(struct text *out, const char *text)
{
    for (; *text != '\0'; text++)
        if (import_is_direction(text)) {
            text_add(out, "?");
            text += 2;
        } else {
            text_print(out, "%c", (unsigned char)*text < ' ' || *text == 0x7f ? '?' : *text);
        }
}

static void add_line(struct summary *summary, const char *part, const char *what)
{
    const char *const parts[] = {summary->table, part[0] != '\0' ? "." : "", part,
                                 summary->table[0] != '\0' ? ": " : "", what};
    text_add(summary->out, "note: ");
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        add_printable(summary->out, parts[i]);
    text_add(summary->out, "\n");
    summary->count++;
}

static void add_notes(struct summary *summary, const char *part, const struct import_notes *notes)
{
    for (size_t i = 0; i < notes->count; i++)
        add_line(summary, part, notes->items[i]);
}

static void add_item(struct summary *summary, struct arena *arena, const char *part, const struct import_item *item)
{
    if (item->left_out != NULL)
        add_line(summary, part,
                 item->text != NULL ? arena_print(arena, "%s: %s", item->text, item->left_out) : item->left_out);
}

static void add_model(struct summary *summary, struct arena *arena, const struct import_model *model)
{
    summary->table = model->table->name;
    add_item(summary, arena, "", &model->item);
    if (model->item.left_out != NULL)
        return;
    if (model->merged == NULL)
        add_notes(summary, "", &model->notes);
    for (size_t i = 0; i < model->field_count && !model->is_join; i++) {
        const struct import_field *field = &model->fields[i];
        if (field->is_present)
            continue;
        add_item(summary, arena, field->column->name, &field->item);
        for (size_t j = 0; j < field->attribute_count && field->item.left_out == NULL; j++)
            add_item(summary, arena, field->column->name, &field->attributes[j]);
        add_notes(summary, field->column->name, &field->notes);
    }
    for (size_t i = 0; i < model->relation_count; i++) {
        if (model->relations[i]->is_present)
            continue;
        add_item(summary, arena, model->relations[i]->name, &model->relations[i]->item);
        add_notes(summary, model->relations[i]->name, &model->relations[i]->notes);
    }
    for (size_t i = 0; i < model->attribute_count && model->merged == NULL; i++) {
        add_item(summary, arena, "", &model->attributes[i].item);
        add_notes(summary, "", &model->attributes[i].notes);
    }
}

static const char *plural(size_t count)
{
    return count == 1 ? "" : "s";
}

/* Count what a header got that it had not before. */
static void add_merged(struct text *out, const struct import *import)
{
    size_t tables = 0, columns = 0, relations = 0;
    for (size_t i = 0; i < import->model_count; i++) {
        const struct import_model *model = import->models[i];
        bool is_new = model->merged == NULL && !model->is_join && model->item.left_out == NULL;
        tables += is_new;
        for (size_t j = 0; model->merged != NULL && j < model->field_count; j++)
            columns += !model->fields[j].is_present && model->fields[j].item.left_out == NULL;
        for (size_t j = 0; j < model->relation_count; j++)
            relations += !model->relations[j]->is_present && import_relation_is_written(model->relations[j]) &&
                         (is_new || model->merged != NULL);
    }
    text_print(out, "added %zu table%s, %zu column%s and %zu relation%s\n", tables, plural(tables), columns,
               plural(columns), relations, plural(relations));
}

static void add_counts(struct text *out, const struct import *import, size_t notes)
{
    size_t tables = 0, views = 0;
    for (size_t i = 0; i < import->model_count; i++) {
        bool is_table = import->models[i]->table->kind == SCHEMA_TABLE;
        tables += is_table && import->models[i]->item.left_out == NULL;
        views += !is_table && import->models[i]->item.left_out == NULL;
    }
    text_print(out, "imported %zu table%s and %zu view%s, with %zu note%s\n", tables, plural(tables), views,
               plural(views), notes, plural(notes));
}

void import_summary(struct text *out, const struct import *import)
{
    struct summary summary = {.out = out, .table = ""};
    if (import->header == NULL)
        add_notes(&summary, "", &import->notes);
    for (size_t i = 0; i < import->enum_count; i++) {
        summary.table = import->enums[i]->type->name;
        add_item(&summary, import->arena, "", &import->enums[i]->item);
    }
    for (size_t i = 0; i < import->model_count; i++)
        add_model(&summary, import->arena, import->models[i]);
    if (import->header != NULL)
        add_merged(out, import);
    else
        add_counts(out, import, summary.count);
}
