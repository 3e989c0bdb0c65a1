/* The functions for enums in a generated header: from a constant to its name, and back. */
#include "emit.h"
#include "name.h"
#include "template.h"

/* Placeholders: @e is the prefix of the functions, @v the C type of the enum, @g the prefix of the guards, @m the model
 * and @c the column whose descriptor has the constants. */

static const char enum_name_template[] =
    "#ifndef @g_NAME\n"
    "#define @g_NAME\n"
    "/* Return the name or AR_LABEL of the constant, as AR_ENUM_TEXT stores it; NULL if there is no such constant. */\n"
    "static inline const char *@e_name(@v value)\n"
    "{\n"
    "    return ar_enum_name(@m_column.@c.column, (int64_t)value);\n"
    "}\n"
    "#endif\n"
    "\n";

static const char enum_parse_template[] =
    "#ifndef @g_PARSE\n"
    "#define @g_PARSE\n"
    "/* Find the constant with this name or AR_LABEL. Return false, with *out unchanged, if there is none. */\n"
    "AR_MUST_CHECK static inline bool @e_parse(const char *name, @v *out)\n"
    "{\n"
    "    int64_t value;\n"
    "    if (!ar_enum_parse(@m_column.@c.column, name, &value))\n"
    "        return false;\n"
    "    *out = (@v)value;\n"
    "    return true;\n"
    "}\n"
    "#endif\n"
    "\n";

void emit_enum(struct text *out, struct arena *arena, const struct model *model, const struct member *column)
{
    const char *stem = member_enum_stem(arena, model, column);
    const char *type = column->enum_type;
    if (type == NULL)
        type = arena_print(arena, "__typeof__(((%s *)0)->%s)", model->c_type, column->field);
    const char *guard = arena_print(arena, "ARMATURE_ENUM_%s", name_upper(arena, stem));
    const struct placeholder placeholders[] = {
        {'e', stem}, {'v', type}, {'g', guard}, {'m', model->name}, {'c', column->field}, {'\0', NULL},
    };
    if (column->has_enum_name)
        template_add(out, enum_name_template, placeholders);
    if (column->has_enum_parse)
        template_add(out, enum_parse_template, placeholders);
}
