/* The text of headers: structs with aligned fields, attributes, and comments. */
#include "write.h"

#include "c_name.h"
#include "name.h"

#include <string.h>

enum { WIDTH = 120 };

void import_text_start(struct import_text *out, struct arena *arena)
{
    *out = (struct import_text){.arena = arena, .line = 1, .column = 1};
}

void import_text_add(struct import_text *out, const char *added)
{
    text_add(&out->text, added);
    for (; *added != '\0'; added++) {
        out->line += *added == '\n';
        out->column = *added == '\n' ? 1 : out->column + 1;
    }
}

__attribute__((format(printf, 2, 3))) static void print(struct import_text *out, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    import_text_add(out, arena_vprint(out->arena, format, arguments));
    va_end(arguments);
}

static void mark(struct import_text *out, struct import_spot spot)
{
    spot.line = out->line;
    spot.column = out->column;
    list_add(out->arena, out->spots, out->spot_count) = spot;
}

void import_text_remove_newline(struct import_text *out)
{
    out->text.data[--out->text.length] = '\0';
    out->line--;
}

void import_text_mark_other(struct import_text *out)
{
    mark(out, (struct import_spot){.kind = SPOT_NONE});
}

/* ---- Comments ---------------------------------------------------------------------------------------------------- */

/* Return the text without what would end the comment, or is not visible. */
static const char *harmless(struct arena *arena, const char *comment)
{
    char *copy = arena_take(arena, 2 * strlen(comment) + 1), *out = copy;
    for (; *comment != '\0'; comment++) {
        char character = *comment;
        if (import_is_direction(comment)) {
            character = '?';
            comment += 2;
        } else if (character == '\\') {
            character = '/';
        } else if ((unsigned char)character < ' ' || character == 0x7f) {
            character = ' ';
        }
        char before = ' ';
        if (out > copy)
            before = out[-1];
        if ((character == '/' && before == '*') || (character == '*' && before == '/'))
            *out++ = ' ';
        *out++ = character;
    }
    return copy;
}

/* Return the number of bytes of the next line: up to the last space that fits. */
static size_t line_length(const char *text, size_t most)
{
    size_t length = strlen(text);
    if (length <= most)
        return length;
    size_t cut = most;
    while (cut > 0 && text[cut] != ' ')
        cut--;
    return cut > 0 ? cut : strcspn(text, " ");
}

void import_write_comment(struct import_text *out, const char *indent, const char *comment)
{
    const char *text = harmless(out->arena, comment);
    size_t most = WIDTH - strlen(indent) - strlen("/*  */");
    print(out, "%s/* ", indent);
    for (;;) {
        size_t length = line_length(text, most);
        print(out, "%.*s", (int)length, text);
        text += length;
        text += strspn(text, " ");
        if (*text == '\0')
            break;
        print(out, "\n%s * ", indent);
    }
    import_text_add(out, " */\n");
}

static void write_notes(struct import_text *out, const char *indent, const struct import_notes *notes)
{
    for (size_t i = 0; i < notes->count; i++)
        import_write_comment(out, indent, notes->items[i]);
}

/* Write the attribute as a comment, with the reason. */
static void write_left_out(struct import_text *out, const char *indent, const struct import_item *item)
{
    import_write_comment(out, indent, arena_print(out->arena, "%s: %s", item->text, item->left_out));
}

/* ---- Fields ------------------------------------------------------------------------------------------------------ */

/* Return the length of the type with what separates it from a name: a space, or the * of a pointer. */
static size_t type_length(const char *type)
{
    size_t length = strlen(type);
    return type[length - 1] == '*' ? length : length + 1;
}

/* Write the type, and spaces up to the name, before the * of a pointer. */
static void write_type(struct import_text *out, const char *type, size_t width)
{
    size_t length = strlen(type);
    if (type[length - 1] == '*')
        print(out, "%-*.*s*", (int)width - 1, (int)length - 1, type);
    else
        print(out, "%-*s", (int)width, type);
}

static void write_field_comments(struct import_text *out, const struct import_field *field)
{
    if (field->column->comment != NULL)
        import_write_comment(out, "    ", field->column->comment);
    write_notes(out, "    ", &field->notes);
    for (size_t i = 0; i < field->attribute_count; i++)
        if (field->attributes[i].left_out != NULL)
            write_left_out(out, "    ", &field->attributes[i]);
}

static void write_field_attributes(struct import_text *out, struct import_model *model, struct import_field *field)
{
    for (size_t i = 0; i < field->attribute_count; i++) {
        struct import_item *item = &field->attributes[i];
        if (item->left_out != NULL)
            continue;
        bool fits = out->column + strlen(item->text) < WIDTH;
        import_text_add(out, fits ? " " : "\n        ");
        mark(out, (struct import_spot){.kind = SPOT_ATTRIBUTE, .item = item, .model = model, .field = field});
        import_text_add(out, item->text);
    }
}

void import_write_field(struct import_text *out, struct import_model *model, struct import_field *field,
                        size_t type_width, size_t name_width)
{
    if (field->item.left_out != NULL) {
        import_write_comment(out, "    ",
                             arena_print(out->arena, "the column `%s` (%s): %s", field->column->name,
                                         field->column->type, field->item.left_out));
        return;
    }
    write_field_comments(out, field);
    import_text_add(out, "    ");
    mark(out, (struct import_spot){.kind = SPOT_FIELD, .model = model, .field = field});
    const char *name = arena_print(out->arena, "%s%s", field->name, field->type.suffix);
    bool has_attributes = false;
    for (size_t i = 0; i < field->attribute_count; i++)
        has_attributes = has_attributes || field->attributes[i].left_out == NULL;
    write_type(out, field->type.name, type_width);
    print(out, "%-*s", has_attributes ? (int)name_width : 0, name);
    write_field_attributes(out, model, field);
    import_text_add(out, ";\n");
    if (field->flag != NULL)
        print(out, "    %-*s%s;\n", (int)type_width, "bool ", field->flag);
}

static void write_fields(struct import_text *out, struct import_model *model)
{
    enum { NAME_WIDTH_MAX = 32 };
    size_t type_width = 0, name_width = 0;
    for (size_t i = 0; i < model->field_count; i++) {
        const struct import_field *field = &model->fields[i];
        size_t type = type_length(field->type.name);
        size_t name = strlen(field->name) + strlen(field->type.suffix);
        if (field->item.left_out != NULL)
            continue;
        type_width = type > type_width ? type : type_width;
        name_width = name > name_width && name <= NAME_WIDTH_MAX ? name : name_width;
    }
    for (size_t i = 0; i < model->field_count; i++)
        import_write_field(out, model, &model->fields[i], type_width, name_width);
}

/* ---- Attributes of the struct ------------------------------------------------------------------------------------ */

void import_write_attribute(struct import_text *out, struct import_model *model, struct import_attribute *attribute)
{
    for (size_t i = 0; i < attribute->notes.count; i++) {
        import_text_add(out, "\n");
        import_write_comment(out, "  ", attribute->notes.items[i]);
        import_text_remove_newline(out);
    }
    import_text_add(out, "\n");
    if (attribute->item.left_out != NULL) {
        write_left_out(out, "  ", &attribute->item);
        import_text_remove_newline(out);
        return;
    }
    import_text_add(out, "  ");
    mark(out, (struct import_spot){.kind = SPOT_ATTRIBUTE, .item = &attribute->item, .model = model});
    import_text_add(out, attribute->item.text);
}

bool import_relation_is_written(const struct import_relation *relation)
{
    return relation->item.left_out == NULL && relation->target->item.left_out == NULL;
}

/* Return the table as an attribute takes it: schema.table, a word, or a string literal. */
static const char *table_name(struct arena *arena, const struct schema_table *table)
{
    return table->schema != NULL ? arena_print(arena, "%s.%s", table->schema, table->name)
                                 : import_sql_name(arena, table->name);
}

/* A relation finds its target by its name, which is that of a struct or a table, or by `.target`. */
static const char *relation_text(struct arena *arena, const struct import_relation *relation)
{
    const struct import_relation *inverse = relation->inverse;
    const char *text = arena_print(arena, "%s(%s, ", attribute_table[relation->kind].macro, relation->name);
    if (relation->join != NULL)
        text = arena_print(arena, "%s%s, %s, %s", text, table_name(arena, relation->join), relation->key,
                           relation->other_key);
    else
        text = arena_print(arena, "%s%s", text, relation->key);
    if (inverse != NULL && import_relation_is_written(inverse))
        text = arena_print(arena, "%s, %s", text, inverse->name);
    if (strcmp(relation->name, relation->target->name) != 0)
        text = arena_print(arena, "%s, .target = %s", text, relation->target->name);
    if (relation->references != NULL)
        text = arena_print(arena, "%s, .references = %s", text, relation->references);
    if (relation->on_delete != NULL)
        text = arena_print(arena, "%s, .on_delete = %s", text, relation->on_delete);
    return arena_print(arena, "%s)", text);
}

void import_write_relation(struct import_text *out, struct import_model *model, struct import_relation *relation)
{
    struct import_attribute attribute = {.item = relation->item, .notes = relation->notes};
    attribute.item.text = relation_text(out->arena, relation);
    if (attribute.item.left_out == NULL && !import_relation_is_written(relation))
        return;
    size_t spot = out->spot_count;
    import_write_attribute(out, model, &attribute);
    if (spot == out->spot_count)
        return;
    out->spots[spot].kind = SPOT_RELATION;
    out->spots[spot].relation = relation;
    out->spots[spot].item = &relation->item;
}

static void write_relations(struct import_text *out, struct import_model *model)
{
    static const enum attribute_kind order[] = {ATTRIBUTE_BELONGS_TO, ATTRIBUTE_HAS_ONE, ATTRIBUTE_HAS_MANY,
                                                ATTRIBUTE_MANY_TO_MANY};
    for (size_t i = 0; i < sizeof order / sizeof *order; i++)
        for (size_t j = 0; j < model->relation_count; j++)
            if (model->relations[j]->kind == order[i])
                import_write_relation(out, model, model->relations[j]);
}

/* ---- Structs ----------------------------------------------------------------------------------------------------- */

/* Write the SELECT as one literal for each line, of at most 100 bytes. */
static void write_select(struct import_text *out, const char *select)
{
    bool is_short = strlen(select) <= 80 && strchr(select, '\n') == NULL;
    while (*select != '\0') {
        size_t length = strcspn(select, "\n");
        size_t taken = length > 100 ? line_length(select, 100) : length;
        taken += select[taken] == '\n';
        import_text_add(out, is_short ? " " : "\n        ");
        import_text_add(out, import_literal(out->arena, arena_copy(out->arena, select, taken)));
        select += taken;
    }
}

static void write_table(struct import_text *out, struct import_model *model)
{
    const struct schema_table *table = model->table;
    const char *name = table_name(out->arena, table);
    mark(out, (struct import_spot){.kind = SPOT_MODEL, .model = model});
    if (table->kind == SCHEMA_TABLE) {
        print(out, "AR_TABLE(%s%s)", name, model->is_read_only ? ", .read_only = true" : "");
        return;
    }
    print(out, "AR_VIEW(%s", name);
    if (table->view_sql != NULL && table->kind == SCHEMA_VIEW && !model->is_view_without_select) {
        import_text_add(out, ",");
        write_select(out, table->view_sql);
    }
    import_text_add(out, ")");
}

void import_write_model(struct import_text *out, struct import_model *model)
{
    if (model->is_join)
        return;
    import_text_add(out, "\n");
    if (model->item.left_out != NULL) {
        import_write_comment(out, "",
                             arena_print(out->arena, "The %s `%s`: %s",
                                         model->table->kind == SCHEMA_TABLE ? "table" : "view", model->table->name,
                                         model->item.left_out));
        return;
    }
    if (model->table->comment != NULL)
        import_write_comment(out, "", model->table->comment);
    write_notes(out, "", &model->notes);
    mark(out, (struct import_spot){.kind = SPOT_MODEL, .model = model});
    print(out, "struct %s {\n", model->name);
    write_fields(out, model);
    import_text_add(out, "} ");
    write_table(out, model);
    write_relations(out, model);
    for (size_t i = 0; i < model->attribute_count; i++)
        import_write_attribute(out, model, &model->attributes[i]);
    import_text_add(out, ";\n");
}

void import_write_enum(struct import_text *out, struct import_enum *each)
{
    import_text_add(out, "\n");
    if (each->item.left_out != NULL) {
        import_write_comment(out, "",
                             arena_print(out->arena, "The enum type `%s`: %s", each->type->name, each->item.left_out));
        return;
    }
    mark(out, (struct import_spot){.kind = SPOT_ENUM, .enumeration = each});
    print(out, "enum %s {\n", each->name);
    for (size_t i = 0; i < each->type->labels.count; i++) {
        const char *label = import_literal(out->arena, each->type->labels.items[i]);
        print(out, "    %s AR_LABEL(%s)", each->constants[i], label);
        import_text_add(out, i + 1 < each->type->labels.count ? ",\n" : "\n");
    }
    import_text_add(out, "};\n");
}

/* ---- Files ------------------------------------------------------------------------------------------------------- */

static const char *guard_of(struct arena *arena, const char *name)
{
    return name_upper(arena, c_name_in_lower_case(arena, arena_print(arena, "%s", name)));
}

void import_write_start(struct import_text *out, const struct import *import, const struct import_file *file)
{
    const char *guard = guard_of(out->arena, file->name);
    import_write_comment(out, "", file->title);
    print(out, "#ifndef %s\n#define %s\n\n#include <armature/annotations.h>\n", guard, guard);
    import_text_add(out, "#include <stdbool.h>\n#include <stdint.h>\n#include <time.h>\n");
    for (size_t i = 0; i < file->include_count; i++)
        print(out, "%s#include \"%s\"\n", i == 0 ? "\n" : "", file->includes[i]);
    import_text_add(out, "\n/* clang-format off */\n");
    if (import->notes.count > 0)
        import_text_add(out, "\n");
    for (size_t i = 0; i < import->notes.count; i++)
        import_write_comment(out, "", arena_print(out->arena, "Not in a struct: %s", import->notes.items[i]));
}

void import_write_end(struct import_text *out, const struct import_file *file)
{
    (void)file;
    import_text_add(out, "\n/* clang-format on */\n\n#endif\n");
}
