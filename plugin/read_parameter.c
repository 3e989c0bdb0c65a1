/* Reads the declaration of a parameter of AR_SQL: its C type, its name and its attributes. The types are those that
 * fields can have, by the names that the headers declare. */
#include "read_member.h"
#include "read_statement.h"
#include "suggest.h"

#include <stdlib.h>
#include <string.h>

static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_";
static const char letters_and_digits[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789";

/* A declaration, in parts. */
struct declaration {
    const char *type; /* without `const`: "unsigned int", "enum status" */
    unsigned pointers;
    const char *name;
    bool is_list;
    size_t length; /* of an array with a size; else 0 */
    const char *attributes;
};

/* The types that have no name in the headers. */
static const struct {
    const char *name;
    enum ar_type type;
    unsigned size;
} basic_types[] = {
    {"bool", AR_TYPE_BOOL, 1},
    {"_Bool", AR_TYPE_BOOL, 1},
    {"signed char", AR_TYPE_INT8, 1},
    {"unsigned char", AR_TYPE_UINT8, 1},
    {"short", AR_TYPE_INT16, 2},
    {"unsigned short", AR_TYPE_UINT16, 2},
    {"int", AR_TYPE_INT32, 4},
    {"unsigned", AR_TYPE_UINT32, 4},
    {"unsigned int", AR_TYPE_UINT32, 4},
    {"long long", AR_TYPE_INT64, 8},
    {"unsigned long long", AR_TYPE_UINT64, 8},
    {"float", AR_TYPE_FLOAT, 4},
    {"double", AR_TYPE_DOUBLE, 8},
};

/* ---- Parts of the declaration ------------------------------------------------------------------------------------ */

static const char *skip_space(const char *at)
{
    return at + strspn(at, " \t\r\n\v\f");
}

/* Add the word before the latest one to the type: the last word is the name. */
static void add_to_type(struct arena *arena, struct declaration *out)
{
    if (out->name != NULL && strcmp(out->name, "const") != 0)
        out->type = out->type != NULL ? arena_print(arena, "%s %s", out->type, out->name) : out->name;
    out->name = NULL;
}

static const char *parse_words(struct arena *arena, const char *at, struct declaration *out)
{
    for (at = skip_space(at); *at != '\0'; at = skip_space(at)) {
        size_t length = strspn(at, letters_and_digits);
        if (*at == '*') {
            add_to_type(arena, out);
            out->pointers++;
            at++;
        } else if (length > 0 && strchr(letters, *at) != NULL && strncmp(at, "AR_", 3) != 0) {
            add_to_type(arena, out);
            out->name = arena_copy(arena, at, length);
            at += length;
        } else
            break;
    }
    return at;
}

/* Parse `[]`, `[16]` or `[][16]`. */
static const char *parse_arrays(const char *at, struct declaration *out)
{
    for (unsigned i = 0; *at == '[' && i < 2; i++) {
        at = skip_space(at + 1);
        char *end;
        if (*at == ']' && i == 0)
            out->is_list = true;
        else if (out->length == 0) {
            out->length = strtoul(at, &end, 10);
            at = skip_space(end);
        }
        if (*at != ']')
            return at;
        at = skip_space(at + 1);
    }
    return at;
}

static bool parse_declaration(const struct reading *reading, const char *text, struct declaration *out)
{
    *out = (struct declaration){0};
    const char *at = parse_arrays(parse_words(reading->set->arena, text, out), out);
    out->attributes = at;
    if (out->type == NULL || out->name == NULL || (*at != '\0' && strncmp(at, "AR_", 3) != 0)) {
        reading_fail(reading, "the parameter `%s` is not declared like a field", text);
        diagnostic_help(reading->set->diagnostics, "write type and name, as in (time_t since, const int64_t ids[])");
        return false;
    }
    return true;
}

/* ---- The type ---------------------------------------------------------------------------------------------------- */

static bool fail_type(const struct reading *reading, const struct declaration *declaration, const char *why)
{
    reading_fail(reading, "the parameter `%s` cannot be `%s`%s", declaration->name, declaration->type, why);
    return false;
}

static bool find_basic_type(const char *name, struct member *out)
{
    for (size_t i = 0; i < sizeof basic_types / sizeof *basic_types; i++)
        if (strcmp(name, basic_types[i].name) == 0) {
            *out = (struct member){.type = basic_types[i].type, .size = basic_types[i].size};
            return true;
        }
    return false;
}

static bool find_long(const struct model_set *set, const char *name, struct member *out)
{
    bool is_unsigned = strncmp(name, "unsigned ", 9) == 0;
    if (strcmp(is_unsigned ? name + 9 : name, "long") != 0)
        return false;
    *out = (struct member){.type = column_type_of_integer(set->long_size, is_unsigned)->type, .size = set->long_size};
    return true;
}

static bool fail_unknown_type(const struct reading *reading, const struct declaration *declaration)
{
    struct suggestion suggestion = {.wanted = declaration->type};
    const struct name_map *types = &reading->set->types;
    for (size_t i = 0; i < types->slot_count; i++)
        if (types->slots[i].name != NULL)
            suggestion_offer(&suggestion, types->slots[i].name);
    fail_type(reading, declaration, ": there is no such type");
    if (suggestion.name != NULL)
        diagnostic_help(reading->set->diagnostics, "did you mean `%s`?", suggestion.name);
    return false;
}

/* Set the type of a string, or of bytes. */
static bool read_array_type(const struct reading *reading, const struct declaration *declaration,
                            struct sql_parameter *out)
{
    struct member *member = &out->member;
    if (declaration->pointers == 1 && declaration->length == 0 && strcmp(declaration->type, "char") == 0) {
        *member = (struct member){.type = AR_TYPE_TEXT, .spelling = "const char *", .size = sizeof(char *)};
        return true;
    }
    if (declaration->pointers > 0)
        return fail_type(reading, declaration, " *: only strings are pointers");
    if (strcmp(declaration->type, "uint8_t") != 0 && strcmp(declaration->type, "unsigned char") != 0)
        return fail_type(reading, declaration, " with a size: only arrays of bytes have one");
    out->bytes = (unsigned)declaration->length;
    *member = (struct member){.type = AR_TYPE_BYTES, .spelling = "const uint8_t *", .size = out->bytes};
    return true;
}

static bool read_type(const struct reading *reading, const struct declaration *declaration, struct sql_parameter *out)
{
    if (declaration->pointers > 0 || declaration->length > 0)
        return read_array_type(reading, declaration, out);
    const struct member *known = name_map_find(&reading->set->types, declaration->type);
    if (known != NULL)
        out->member = *known;
    else if (!find_basic_type(declaration->type, &out->member) &&
             !find_long(reading->set, declaration->type, &out->member))
        return fail_unknown_type(reading, declaration);
    out->member.spelling = declaration->type;
    return true;
}

/* ---- Attributes -------------------------------------------------------------------------------------------------- */

/* Add an attribute in the form that clang returns for fields: `decimal 10, 2`. */
static const char *take_attribute(const struct reading *reading, const char *at, struct sql_parameter *out)
{
    struct arena *arena = reading->set->arena;
    const char *macro = arena_copy(arena, at, strspn(at, letters_and_digits));
    at = skip_space(at + strlen(macro));
    const char *arguments = at + (*at == '('), *end = arguments;
    for (unsigned depth = *at == '('; depth > 0 && *end != '\0'; end++) {
        depth += *end == '(';
        depth -= *end == ')';
    }
    for (size_t i = 0; i < ATTRIBUTE_COUNT; i++) {
        const struct attribute_descriptor *each = &attribute_table[i];
        if (strcmp(each->macro, macro) != 0 || !each->is_of_value)
            continue;
        list_add(arena, out->member.attributes.items, out->member.attributes.count) = (struct attribute){
            .text = arena_print(arena, "%s %.*s", each->keyword, end > arguments ? (int)(end - arguments - 1) : 0,
                                arguments),
            .at = reading->at,
        };
        return skip_space(end);
    }
    reading_fail(reading, "`%s` cannot be on a parameter", macro);
    return NULL;
}

static bool read_attributes(const struct reading *reading, const char *at, struct sql_parameter *out)
{
    while (at != NULL && *at != '\0') {
        if (strncmp(at, "AR_", 3) != 0)
            return reading_fail(reading, "the parameter `%s` has `%s` after its name", out->member.field, at);
        at = take_attribute(reading, at, out);
    }
    if (at == NULL)
        return false;
    struct reading of_member = *reading;
    read_member(&of_member, &out->member);
    return true;
}

bool read_parameter(const struct reading *reading, const char *text, struct sql_parameter *out)
{
    struct declaration declaration;
    *out = (struct sql_parameter){0};
    if (!parse_declaration(reading, text, &declaration) || !read_type(reading, &declaration, out))
        return false;
    out->is_list = declaration.is_list;
    out->member.field = out->member.identifier = declaration.name;
    out->member.scope = "";
    out->member.at = reading->at;
    if (!read_attributes(reading, declaration.attributes, out))
        return false;
    if (out->member.unmapped != NULL)
        return fail_type(reading, &declaration, arena_print(reading->set->arena, ": it is %s", out->member.unmapped));
    return true;
}
