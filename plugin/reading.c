/* Reading the values of one attribute, and reporting errors in them. */
#include "reading.h"
#include "suggest.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

bool reading_fail(const struct reading *reading, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    const char *message = arena_vprint(reading->set->arena, format, arguments);
    va_end(arguments);
    diagnostic_error(reading->set->diagnostics, reading->at, "%s: %s", reading->annotation.attribute->macro, message);
    return false;
}

bool reading_fail_with_usage(const struct reading *reading, const char *message)
{
    reading_fail(reading, "%s", message);
    diagnostic_help(reading->set->diagnostics, "write it as %s", reading->annotation.attribute->usage);
    return false;
}

static bool is_identifier(const char *name)
{
    if (name[0] == '\0' || (name[0] >= '0' && name[0] <= '9'))
        return false;
    for (; *name != '\0'; name++)
        if (strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_", *name) == NULL &&
            (unsigned char)*name < 0x80) /* C allows UTF-8 letters */
            return false;
    return true;
}

/* ---- Values ------------------------------------------------------------------------------------------------------ */

bool reading_word(const struct reading *reading, const struct annotation_value *value, const char *what,
                  const char **out)
{
    if ((value->kind != VALUE_WORD && value->kind != VALUE_STRING) || value->assigned != NULL ||
        !is_identifier(value->text))
        return reading_fail(reading, "%s is not a C identifier", what);
    *out = value->text;
    return true;
}

bool reading_field(const struct reading *reading, const struct annotation_value *value, const char *what,
                   const char **out)
{
    if (value->kind != VALUE_PATH)
        return reading_word(reading, value, what, out);
    *out = value->text;
    return true;
}

bool reading_fields(const struct reading *reading, const struct annotation_value *value, const char *what,
                    const char ***names, size_t *count)
{
    const struct annotation_value *items = value->kind == VALUE_TUPLE ? value->items : value;
    size_t item_count = value->kind == VALUE_TUPLE ? value->item_count : 1;
    for (size_t i = 0; i < item_count; i++) {
        const char *name = NULL;
        if (!reading_field(reading, &items[i], what, &name))
            return false;
        list_add(reading->set->arena, *names, *count) = name;
    }
    return true;
}

/* Read the name of a table or column: any string, quoted if it is not an identifier. */
bool reading_sql_name(const struct reading *reading, const struct annotation_value *value, const char **out)
{
    if (value->kind != VALUE_WORD && value->kind != VALUE_STRING)
        return reading_fail_with_usage(reading, "the name is not an identifier or a \"string\"");
    if (value->text[0] == '\0')
        return reading_fail_with_usage(reading, "the name is empty");
    for (const char *at = value->text; *at != '\0'; at++)
        if ((unsigned char)*at < ' ' || *at == 0x7f)
            return reading_fail(reading, "the name contains a control character");
    *out = value->text;
    return true;
}

bool reading_table_name(const struct reading *reading, const struct annotation_value *value, const char **schema,
                        const char **out)
{
    if (value->kind != VALUE_PATH)
        return reading_sql_name(reading, value, out);
    const char *table = strchr(value->text, '.') + 1;
    if (strchr(table, '.') != NULL) {
        reading_fail(reading, "`%s` is more than a schema and a table", value->text);
        diagnostic_help(reading->set->diagnostics, "write schema.table; a name that contains a dot is in quotes");
        return false;
    }
    *schema = arena_copy(reading->set->arena, value->text, (size_t)(table - value->text) - 1);
    *out = table;
    return true;
}

static bool read_reason(const struct reading *reading, const struct annotation_value *value, const char *option,
                        const char *help, const char **out)
{
    if (value->kind == VALUE_STRING && value->text[0] != '\0') {
        *out = value->text;
        return true;
    }
    reading_fail(reading, "`.%s` is not a reason in quotes", option);
    diagnostic_help(reading->set->diagnostics, "%s", help);
    return false;
}

bool reading_full_scan(const struct reading *reading, const struct annotation_value *value, const char **out)
{
    return read_reason(reading, value, "full_scan",
                       "say why the statement may read every row: .full_scan = \"it has few rows\"", out);
}

bool reading_all_shards(const struct reading *reading, const struct annotation_value *value, const char **out)
{
    return read_reason(reading, value, "all_shards",
                       "say why it may read rows of all tenants: .all_shards = \"for the monthly report\"", out);
}

bool reading_integer(const struct annotation_value *value, int64_t *out)
{
    if (value->kind != VALUE_NUMBER)
        return false;
    char *end;
    errno = 0;
    long long number = strtoll(value->text, &end, 0);
    *out = number;
    return errno == 0 && *end == '\0';
}

bool reading_fail_number(const struct reading *reading, const struct annotation_value *value, const char *what)
{
    reading_fail(reading, "%s is not a number, or is out of range", what);
    if (value->kind == VALUE_WORD)
        diagnostic_help(reading->set->diagnostics,
                        "attributes do not expand macros and constants: write the number itself");
    return false;
}

bool reading_fail_unknown_option(const struct reading *reading, const char *name, const char *const *known,
                                 size_t count)
{
    struct suggestion suggestion = {.wanted = name};
    const char *all = "";
    for (size_t i = 0; i < count; i++) {
        suggestion_offer(&suggestion, known[i]);
        all = arena_print(reading->set->arena, "%s%s.%s", all, i == 0 ? "" : ", ", known[i]);
    }
    reading_fail(reading, "there is no option `.%s`", name);
    if (suggestion.name != NULL)
        diagnostic_help(reading->set->diagnostics, "did you mean `.%s`?", suggestion.name);
    else
        diagnostic_help(reading->set->diagnostics, "the options are %s", all);
    return false;
}

bool reading_fail_repeated_option(const struct reading *reading, const char *name)
{
    return reading_fail(reading, "the option `.%s` is repeated", name);
}
