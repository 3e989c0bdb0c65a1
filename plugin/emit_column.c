/* The descriptors of columns, with the tables of the constants of their enums. */
#include "emit.h"
#include "emit_descriptor.h"

#include <inttypes.h>
#include <string.h>

void emit_enum_names(struct text *out, const struct model *model, const struct member *column)
{
    text_print(out, "static const struct ar_enum_name %s_%s_names[] = {\n", model->name, column->identifier);
    for (size_t i = 0; i < column->enum_count; i++) {
        text_add(out, "    {");
        text_add_literal(out, column->enum_names[i].name);
        text_print(out, ", %" PRId64 "},\n", column->enum_names[i].value);
    }
    text_add(out, "    {NULL, 0},\n};\n\n");
}

static void emit_flags(struct text *out, unsigned flags)
{
    const char *separator = "        .flags = ";
    for (unsigned rest = flags; rest != 0; rest &= rest - 1) {
        unsigned lowest = rest & -rest;
        text_print(out, "%s%s", separator, attribute_flag_name(lowest));
        separator = " | ";
    }
    if (flags != 0)
        text_add(out, ",\n");
}

/* Add a literal of type double. */
static void add_real(struct text *out, double number)
{
    size_t start = out->length;
    text_print(out, "%.17g", number);
    if (strpbrk(out->data + start, ".e") == NULL)
        text_add(out, ".0");
}

static void emit_length(struct text *out, const struct member *column)
{
    text_print(out, "        .rule.length = {%" PRIu32 ", %" PRIu32 "},\n", column->minimum_length,
               column->maximum_length);
}

static void emit_range(struct text *out, const struct member *column)
{
    bool is_real = member_is(column, GROUP_REAL);
    text_print(out, "        .rule.range.%s = {", is_real ? "real" : "integer");
    if (is_real) {
        add_real(out, column->minimum_real);
        text_add(out, ", ");
        add_real(out, column->maximum_real);
    } else {
        emit_integer(out, column->minimum_integer);
        text_add(out, ", ");
        emit_integer(out, column->maximum_integer);
    }
    text_add(out, "},\n");
}

static void emit_cast(struct text *out, const struct column_cast *cast)
{
    if (cast == NULL)
        return;
    text_add(out, "        .cast = &(const struct ar_cast){");
    text_add_literal(out, cast->type);
    if (cast->read != NULL) {
        text_add(out, ", ");
        text_add_literal(out, cast->read);
        text_add(out, ", ");
        text_add_literal(out, cast->read_end);
    } else {
        text_add(out, ", NULL, NULL");
    }
    text_add(out, "},\n");
}

void emit_column_type(struct text *out, const struct model *model, const struct member *column)
{
    emit_flags(out, column->flags);
    text_print(out, "        .type = %s,\n", column_type(column->type)->constant);
    if ((column->flags & AR_COLUMN_DECIMAL) != 0)
        text_print(out, "        .precision = %u,\n", column->precision);
    if ((column->flags & AR_COLUMN_DECIMAL) != 0 || column->scale > 0)
        text_print(out, "        .scale = %u,\n", column->scale);
    if ((column->flags & AR_COLUMN_LENGTH) != 0)
        emit_length(out, column);
    if ((column->flags & AR_COLUMN_RANGE) != 0)
        emit_range(out, column);
    if (column->is_enum)
        text_print(out, "        .names = %s_%s_names,\n", model->name, column->identifier);
    emit_cast(out, column->cast);
}

static void emit_column(struct text *out, const struct model *model, const struct member *column)
{
    text_print(out, "    {\n        .model = &%s,\n", model->symbol);
    emit_string_member(out, "        ", "field", column->field);
    emit_string_member(out, "        ", "name", column->name);
    emit_string_member(out, "        ", "sql", column->sql);
    text_print(out,
               "        .offset = offsetof(%s, %s),\n"
               "        .size = sizeof(((%s *)0)->%s),\n",
               model->c_type, column->field, model->c_type, column->field);
    if (column->null_flag != NULL)
        text_print(out, "        .null_offset = offsetof(%s, %s),\n", model->c_type, column->null_flag->field);
    emit_column_type(out, model, column);
    text_add(out, "    },\n");
}

void emit_column_table(struct text *out, const struct model *model)
{
    for (size_t i = 0; i < model->column_count; i++)
        if (model->columns[i]->is_enum)
            emit_enum_names(out, model, model->columns[i]);
    text_print(out, "static const struct ar_column %s_column_table[] = {\n", model->name);
    for (size_t i = 0; i < model->column_count; i++)
        emit_column(out, model, model->columns[i]);
    text_add(out, "};\n\n");
}

void emit_columns(struct text *out, const struct model *model)
{
    emit_column_table(out, model);
    if (model->is_join) /* no header declares the type */
        return;
    text_print(out, "const struct %s_columns %s_column = {\n", model->name, model->name);
    for (size_t i = 0; i < model->column_count; i++)
        text_print(out, "    .%s = {&%s_column_table[%zu]},\n", model->columns[i]->field, model->name, i);
    text_add(out, "};\n\n");
}
