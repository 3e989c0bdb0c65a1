/* validate <schema.json> <document.json>...: check documents against a JSON Schema.
 *
 * It knows the keywords that docs/model.schema.json has, and refuses others. It is stricter than the schema in one way:
 * members that it does not describe are errors, because the documents are ours. */
#include "json_value.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct validation {
    const struct json_value *root; /* of the schema */
    const char *file;
    size_t errors;
};

static void fail(struct validation *validation, const char *path, const char *what)
{
    fprintf(stderr, "%s: %s: %s\n", validation->file, path, what);
    validation->errors++;
}

static bool is_text(const struct json_value *value, const char *text)
{
    return value->kind == JSON_VALUE_TEXT && strcmp(value->text, text) == 0;
}

static bool is_equal(const struct json_value *a, const struct json_value *b)
{
    return a->kind == b->kind && strcmp(a->text, b->text) == 0;
}

/* ---- Keywords ---------------------------------------------------------------------------------------------------- */

static bool has_type(const struct json_value *value, const struct json_value *type)
{
    static const char *const names[] = {"null", "boolean", "integer", "string", "array", "object"};
    if (type->kind == JSON_VALUE_TEXT)
        return strcmp(names[value->kind], type->text) == 0;
    for (size_t i = 0; i < type->count; i++)
        if (strcmp(names[value->kind], type->items[i].text) == 0)
            return true;
    return false;
}

static bool is_in(const struct json_value *value, const struct json_value *list)
{
    for (size_t i = 0; i < list->count; i++)
        if (is_equal(value, &list->items[i]))
            return true;
    return false;
}

/* Return the definition that "#/$defs/name" refers to. */
static const struct json_value *definition(const struct validation *validation, const char *reference)
{
    static const char prefix[] = "#/$defs/";
    const struct json_value *definitions = json_value_member(validation->root, "$defs");
    if (definitions == NULL || strncmp(reference, prefix, sizeof prefix - 1) != 0)
        return NULL;
    return json_value_member(definitions, reference + sizeof prefix - 1);
}

static void check_keywords(struct validation *validation, const struct json_value *schema, const char *path)
{
    static const char *const known[] = {"type",        "enum", "const",   "properties", "required", "items",
                                        "description", "$ref", "$schema", "$defs",      "title"};
    for (size_t i = 0; i < schema->count; i++) {
        bool is_known = false;
        for (size_t j = 0; j < sizeof known / sizeof *known; j++)
            is_known = is_known || strcmp(schema->items[i].name, known[j]) == 0;
        if (!is_known)
            fail(validation, path, "the schema has a keyword that is not checked");
    }
}

static void check(struct validation *validation, const struct json_value *schema, const struct json_value *value,
                  const char *path);

static void check_object(struct validation *validation, const struct json_value *schema, const struct json_value *value,
                         const char *path)
{
    const struct json_value *properties = json_value_member(schema, "properties");
    const struct json_value *required = json_value_member(schema, "required");
    char member[512];
    for (size_t i = 0; required != NULL && i < required->count; i++)
        if (json_value_member(value, required->items[i].text) == NULL) {
            snprintf(member, sizeof member, "%s.%s", path, required->items[i].text);
            fail(validation, member, "is missing");
        }
    for (size_t i = 0; i < value->count; i++) {
        const struct json_value *property =
            properties != NULL ? json_value_member(properties, value->items[i].name) : NULL;
        snprintf(member, sizeof member, "%s.%s", path, value->items[i].name);
        if (property == NULL)
            fail(validation, member, "is not in the schema");
        else
            check(validation, property, &value->items[i], member);
    }
}

static void check_items(struct validation *validation, const struct json_value *items, const struct json_value *value,
                        const char *path)
{
    char item[512];
    for (size_t i = 0; i < value->count; i++) {
        snprintf(item, sizeof item, "%s[%zu]", path, i);
        check(validation, items, &value->items[i], item);
    }
}

static void check(struct validation *validation, const struct json_value *schema, const struct json_value *value,
                  const char *path)
{
    const struct json_value *reference = json_value_member(schema, "$ref");
    const struct json_value *type = json_value_member(schema, "type"), *list = json_value_member(schema, "enum");
    const struct json_value *constant = json_value_member(schema, "const"), *items = json_value_member(schema, "items");
    check_keywords(validation, schema, path);
    if (reference != NULL) {
        const struct json_value *found = definition(validation, reference->text);
        if (found != NULL)
            check(validation, found, value, path);
        else
            fail(validation, path, "the schema lacks a definition");
        return;
    }
    if (type != NULL && !has_type(value, type))
        fail(validation, path, "has the wrong type");
    if (list != NULL && !is_in(value, list))
        fail(validation, path, "is not one of the allowed values");
    if (constant != NULL && !is_equal(value, constant))
        fail(validation, path, "has the wrong value");
    if (value->kind == JSON_VALUE_OBJECT)
        check_object(validation, schema, value, path);
    if (value->kind == JSON_VALUE_ARRAY && items != NULL)
        check_items(validation, items, value, path);
}

/* ---- The program ------------------------------------------------------------------------------------------------- */

static char *read_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    char *text = NULL;
    size_t length = 0, size = 0;
    if (file == NULL) {
        perror(path);
        exit(2);
    }
    do {
        size += 1 << 16;
        text = memory_resize(text, size + 1);
        length += fread(text + length, 1, size - length, file);
    } while (length == size);
    fclose(file);
    text[length] = '\0';
    return text;
}

static const struct json_value *read_json(struct arena *arena, const char *path)
{
    char *text = read_file(path);
    const struct json_value *value = json_value_parse(arena, text);
    free(text);
    if (value == NULL) {
        fprintf(stderr, "%s: is not JSON\n", path);
        exit(1);
    }
    return value;
}

int main(int argc, char **argv)
{
    struct arena arena = {0};
    struct validation validation = {0};
    if (argc < 3)
        return 2;
    validation.root = read_json(&arena, argv[1]);
    for (int i = 2; i < argc; i++) {
        const struct json_value *document = read_json(&arena, argv[i]);
        validation.file = argv[i];
        check(&validation, validation.root, document, "$");
        const struct json_value *format = json_value_member(document, "format");
        if (format == NULL || !is_text(format, "armature-model"))
            fail(&validation, "$", "is not a description of models");
    }
    arena_free(&arena);
    return validation.errors > 0;
}
