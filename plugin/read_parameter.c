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

/* Parse `[]`, `[16]` or `[][16]`. Return the place of the first part that is none of these. */
static const char *parse_arrays(const char *at, struct declaration *out)
{
    while (*at == '[' && out->length == 0) {
        at = skip_space(at + 1);
        size_t digits = strspn(at, "0123456789");
        bool is_list = *at == ']' && !out->is_list;
        if (digits > 0 && digits <= 9)
            out->length = strtoul(at, NULL, 10);
        at = skip_space(at + digits);
        if (*at != ']' || (!is_list && out->length == 0))
            return at;
        out->is_list = out->is_list || is_list;
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
    reading_fail(reading, "the parameter `%s` cannot be `%s%s%.*s`%s", declaration->name, declaration->type,
                 declaration->pointers > 0 ? " " : "", (int)declaration->pointers, "****", why);
    return false;
}

/* The words of C's own types, which may be in any order: `unsigned long int`, `long unsigned`. */
enum type_word { UNSIGNED, SIGNED, SHORT, LONG, CHAR, INT, FLOAT, DOUBLE, BOOL, OLD_BOOL, TYPE_WORD_COUNT };

static bool count_type_words(const char *type, unsigned counts[TYPE_WORD_COUNT])
{
    static const char *const words[TYPE_WORD_COUNT] = {"unsigned", "signed", "short",  "long", "char",
                                                       "int",      "float",  "double", "bool", "_Bool"};
    memset(counts, 0, TYPE_WORD_COUNT * sizeof *counts);
    for (size_t length; *type != '\0'; type += length + (type[length] == ' ')) {
        size_t i = 0;
        length = strcspn(type, " ");
        while (i < TYPE_WORD_COUNT && (strncmp(words[i], type, length) != 0 || words[i][length] != '\0'))
            i++;
        if (i == TYPE_WORD_COUNT)
            return false;
        counts[i]++;
    }
    return true;
}

/* Set a type that needs no header. */
static bool find_basic_type(const struct model_set *set, const char *type, struct member *out)
{
    unsigned counts[TYPE_WORD_COUNT], size = sizeof(int32_t);
    if (!count_type_words(type, counts))
        return false;
    if (strchr(type, ' ') == NULL && counts[FLOAT] + counts[DOUBLE] + counts[BOOL] + counts[OLD_BOOL] > 0) {
        *out = counts[FLOAT] > 0    ? (struct member){.type = AR_TYPE_FLOAT, .size = sizeof(float)}
               : counts[DOUBLE] > 0 ? (struct member){.type = AR_TYPE_DOUBLE, .size = sizeof(double)}
                                    : (struct member){.type = AR_TYPE_BOOL, .size = sizeof(bool)};
        return true;
    }
    bool has_sign = counts[UNSIGNED] + counts[SIGNED] > 0;
    if (counts[FLOAT] + counts[DOUBLE] + counts[BOOL] + counts[OLD_BOOL] > 0 || (counts[CHAR] > 0 && !has_sign))
        return false;
    if (counts[CHAR] > 0)
        size = sizeof(char);
    else if (counts[SHORT] > 0)
        size = sizeof(int16_t);
    else if (counts[LONG] > 0)
        size = counts[LONG] > 1 ? sizeof(int64_t) : set->long_size;
    *out = (struct member){.type = column_type_of_integer(size, counts[UNSIGNED] > 0)->type, .size = size};
    return true;
}

static bool fail_unknown_type(const struct reading *reading, const struct declaration *declaration)
{
    struct suggestion suggestion = {.wanted = declaration->type};
    const struct name_map *types = &reading->set->types;
    for (size_t i = 0; i < types->slot_count; i++)
        if (types->slots[i].name != NULL)
            suggestion_offer(&suggestion, types->slots[i].name);
    unsigned counts[TYPE_WORD_COUNT];
    if (strcmp(declaration->type, "void") == 0 || count_type_words(declaration->type, counts))
        return fail_type(reading, declaration, ": no column has this type");
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
        return fail_type(reading, declaration, ": only strings are pointers");
    if (strcmp(declaration->type, "uint8_t") != 0 && strcmp(declaration->type, "unsigned char") != 0)
        return fail_type(reading, declaration, " with a size: only arrays of bytes have one");
    out->bytes = (unsigned)declaration->length;
    *member = (struct member){.type = AR_TYPE_BYTES, .spelling = "const uint8_t *", .size = out->bytes};
    return true;
}

/* Set the type that a typedef, an enum or a struct of the headers names. */
static bool read_known_type(const struct reading *reading, const struct declaration *declaration,
                            const struct member *known, struct sql_parameter *out)
{
    if (known->type == AR_TYPE_CHARS)
        return fail_type(reading, declaration, ", an array of characters: declare it const char *");
    out->member = *known;
    out->member.spelling = declaration->type;
    if (known->type == AR_TYPE_BYTES) { /* a typedef of an array */
        out->bytes = known->size;
        out->member.spelling = "const uint8_t *";
    }
    return true;
}

static bool read_type(const struct reading *reading, const struct declaration *declaration, struct sql_parameter *out)
{
    if (declaration->pointers > 0 || declaration->length > 0)
        return read_array_type(reading, declaration, out);
    const struct member *known = name_map_find(&reading->set->types, declaration->type);
    if (known != NULL)
        return read_known_type(reading, declaration, known, out);
    if (!find_basic_type(reading->set, declaration->type, &out->member))
        return fail_unknown_type(reading, declaration);
    out->member.spelling = declaration->type;
    return true;
}

/* ---- Attributes -------------------------------------------------------------------------------------------------- */

static void fail_attribute(const struct reading *reading, const char *macro)
{
    struct suggestion suggestion = {.wanted = macro};
    for (size_t i = 0; i < ATTRIBUTE_COUNT; i++)
        if (attribute_table[i].is_of_value)
            suggestion_offer(&suggestion, attribute_table[i].macro);
    reading_fail(reading, "`%s` cannot be on a parameter", macro);
    if (suggestion.name != NULL)
        diagnostic_help(reading->set->diagnostics, "did you mean `%s`?", suggestion.name);
}

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
    fail_attribute(reading, macro);
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
