/* The table of attributes, lookups in it, and the reference made from it. The arguments are parsed by annotation.c. */
#include "attribute.h"
#include "type.h"

#include <string.h>

/* clang-format off */
#define FLAG(name) .flag = AR_COLUMN_##name, .flag_name = "AR_COLUMN_" #name
#define ATTRIBUTE(kind, word, arguments, ...)                                                                          \
    [ATTRIBUTE_##kind] = {.keyword = #word, .macro = "AR_" #kind, .usage = "AR_" #kind arguments, __VA_ARGS__},
const struct attribute_descriptor attribute_table[ATTRIBUTE_COUNT] = {
#include "attributes.def"
};
#undef ATTRIBUTE
/* clang-format on */

/* The flags that depend on more than one attribute, or on the type of the field. */
static const struct {
    unsigned flag;
    const char *name;
} derived_flags[] = {
    {AR_COLUMN_NULLABLE, "AR_COLUMN_NULLABLE"},   {AR_COLUMN_NULL_FLAG, "AR_COLUMN_NULL_FLAG"},
    {AR_COLUMN_NOT_NULL, "AR_COLUMN_NOT_NULL"},   {AR_COLUMN_WRITABLE_TEXT, "AR_COLUMN_WRITABLE_TEXT"},
    {AR_COLUMN_TIME_TEXT, "AR_COLUMN_TIME_TEXT"}, {AR_COLUMN_TIME_DATE, "AR_COLUMN_TIME_DATE"},
    {AR_COLUMN_TIME_ISO, "AR_COLUMN_TIME_ISO"},   {AR_COLUMN_EXACT, "AR_COLUMN_EXACT"},
    {AR_COLUMN_COUNTER, "AR_COLUMN_COUNTER"},     {AR_COLUMN_NEW_UUID, "AR_COLUMN_NEW_UUID"},
    {AR_COLUMN_PARAMETER, "AR_COLUMN_PARAMETER"}, {AR_COLUMN_ZERO_DEFAULT, "AR_COLUMN_ZERO_DEFAULT"},
};

enum attribute_kind attribute_of_keyword(const char *keyword)
{
    enum attribute_kind kind = 0;
    while (kind < ATTRIBUTE_COUNT && strcmp(attribute_table[kind].keyword, keyword) != 0)
        kind++;
    return kind;
}

bool attribute_has_macro(const char *macro)
{
    for (size_t i = 0; i < ATTRIBUTE_COUNT; i++)
        if (strcmp(attribute_table[i].macro, macro) == 0)
            return true;
    return false;
}

const char *attribute_flag_name(unsigned flag)
{
    for (size_t i = 0; i < ATTRIBUTE_COUNT; i++)
        if (attribute_table[i].flag == flag)
            return attribute_table[i].flag_name;
    for (size_t i = 0; i < sizeof derived_flags / sizeof *derived_flags; i++)
        if (derived_flags[i].flag == flag)
            return derived_flags[i].name;
    return NULL;
}

static void print_rows(struct text *out, bool is_of_struct, bool is_of_constant)
{
    for (size_t i = 0; i < ATTRIBUTE_COUNT; i++) {
        const struct attribute_descriptor *each = &attribute_table[i];
        bool is_here = each->is_of_both || each->is_of_struct == is_of_struct;
        if (is_of_constant ? !each->is_of_constant && !each->is_of_constant_too : each->is_of_constant || !is_here)
            continue;
        text_print(out, "| `%s` |", each->usage);
        if (!is_of_struct && !is_of_constant)
            text_print(out, " %s |", each->requires != 0 ? type_group_name(each->requires) : "anything");
        text_print(out, " %s |\n", each->help);
    }
}

void attribute_print_reference(struct text *out)
{
    text_add(
        out,
        "# Attributes\n"
        "\n"
        "<!-- Written by `armature --attributes`: edit plugin/attributes.def and relation_option.c, not this file. -->\n"
        "\n"
        "The macros of `armature/annotations.h`, which describes each in full.\n"
        "\n"
        "## Of a struct, after its closing brace\n"
        "\n"
        "| Attribute | Meaning |\n"
        "|---|---|\n");
    print_rows(out, true, false);
    text_add(out, "\n"
                  "## Of a field, after its name\n"
                  "\n"
                  "| Attribute | The field is | Meaning |\n"
                  "|---|---|---|\n");
    print_rows(out, false, false);
    text_add(out, "\n"
                  "## Of a constant of an enum, after its name\n"
                  "\n"
                  "| Attribute | Meaning |\n"
                  "|---|---|\n");
    print_rows(out, false, true);
}
