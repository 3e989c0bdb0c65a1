/* Diagnostics as text, JSON and SARIF. */
#include "diagnostic_format.h"

#include "json_writer.h"

#include <armature/armature.h>
#include <stdint.h>
#include <string.h>

bool diagnostic_find_format(const char *name, enum diagnostic_format *format)
{
    static const char *const names[] = {
        [DIAGNOSTIC_TEXT] = "text", [DIAGNOSTIC_JSON] = "json", [DIAGNOSTIC_SARIF] = "sarif"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i], name) == 0) {
            *format = (enum diagnostic_format)i;
            return true;
        }
    return false;
}

/* ---- JSON -------------------------------------------------------------------------------------------------------- */

static void write_json_item(struct json *json, const struct diagnostic *each)
{
    json_open_object(json, NULL, JSON_LINE);
    json_add_text(json, "file", each->at.file);
    json_add_integer(json, "line", each->at.line);
    json_add_integer(json, "column", each->at.column);
    json_add_text(json, "severity", each->severity);
    json_add_text(json, "rule", each->rule);
    json_add_text(json, "message", each->message);
    json_add_text(json, "help", each->help);
    json_close_object(json);
}

static void write_json(struct text *out, const struct diagnostics *diagnostics)
{
    struct json json = {.out = out};
    json_open_object(&json, NULL, JSON_LINES);
    json_add_integer(&json, "format", 1);
    json_open_array(&json, "diagnostics", JSON_LINES);
    for (size_t i = 0; i < diagnostics->item_count; i++)
        write_json_item(&json, &diagnostics->items[i]);
    json_close_array(&json);
    json_close_object(&json);
    json_end(&json);
}

/* ---- SARIF ------------------------------------------------------------------------------------------------------- */

/* Return the path as a URI: an absolute path with its scheme, and bytes encoded that have a meaning in URIs. */
static const char *uri_of(struct arena *arena, const char *path)
{
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";
    char *uri = arena_take(arena, strlen("file://") + 3 * strlen(path) + 1), *at = uri;
    if (*path == '/')
        at = stpcpy(at, "file://");
    for (; *path != '\0'; path++)
        if (strchr(plain, *path) != NULL)
            *at++ = *path;
        else
            at += sprintf(at, "%%%02X", (unsigned)(unsigned char)*path);
    return uri;
}

/* FNV-1a, 64 bits. */
static uint64_t hash(uint64_t seed, const char *text)
{
    for (; *text != '\0'; text++)
        seed = (seed ^ (unsigned char)*text) * UINT64_C(0x100000001b3);
    return seed;
}

/* Return what identifies a result although lines move. */
static const char *fingerprint(struct arena *arena, const struct diagnostic *each)
{
    uint64_t sum = UINT64_C(0xcbf29ce484222325);
    const char *const parts[] = {each->at.file, each->rule, each->message};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        sum = hash(sum, parts[i] != NULL ? parts[i] : "") * UINT64_C(0x100000001b3);
    return arena_print(arena, "%016llx", (unsigned long long)sum);
}

static void write_message(struct json *json, const char *name, const char *text)
{
    json_open_object(json, name, JSON_LINE);
    json_add_text(json, "text", text);
    json_close_object(json);
}

static void write_location(struct json *json, struct arena *arena, const struct diagnostic *each, const char *file)
{
    json_open_array(json, "locations", JSON_LINE);
    json_open_object(json, NULL, JSON_LINE);
    json_open_object(json, "physicalLocation", JSON_LINE);
    json_open_object(json, "artifactLocation", JSON_LINE);
    json_add_text(json, "uri", uri_of(arena, each->at.file != NULL ? each->at.file : file));
    json_close_object(json);
    json_open_object(json, "region", JSON_LINE);
    json_add_integer(json, "startLine", each->at.line > 0 ? each->at.line : 1);
    json_add_integer(json, "startColumn", each->at.column > 0 ? each->at.column : 1);
    json_close_object(json);
    json_close_object(json);
    json_close_object(json);
    json_close_array(json);
}

static void write_result(struct json *json, struct arena *arena, const struct diagnostic *each, const char *file)
{
    const char *message =
        each->help != NULL ? arena_print(arena, "%s\nhelp: %s", each->message, each->help) : each->message;
    json_open_object(json, NULL, JSON_LINES);
    json_add_text(json, "ruleId", each->rule);
    json_add_text(json, "level", each->severity);
    write_message(json, "message", message);
    if (each->at.file != NULL || file != NULL)
        write_location(json, arena, each, file);
    json_open_object(json, "partialFingerprints", JSON_LINE);
    json_add_text(json, "armature/v1", fingerprint(arena, each));
    json_close_object(json);
    json_close_object(json);
}

static void write_tool(struct json *json, const struct diagnostic_output *output)
{
    json_open_object(json, "tool", JSON_LINES);
    json_open_object(json, "driver", JSON_LINES);
    json_add_text(json, "name", "armature");
    json_add_text(json, "version", ARMATURE_VERSION);
    json_add_text(json, "semanticVersion", ARMATURE_VERSION);
    json_open_array(json, "rules", JSON_LINES);
    for (size_t i = 0; i < output->rule_count; i++) {
        json_open_object(json, NULL, JSON_LINE);
        json_add_text(json, "id", output->rules[i].id);
        write_message(json, "shortDescription", output->rules[i].summary);
        write_message(json, "fullDescription", output->rules[i].summary);
        write_message(json, "help", output->rules[i].summary);
        json_close_object(json);
    }
    json_close_array(json);
    json_close_object(json);
    json_close_object(json);
}

static void write_sarif(struct text *out, const struct diagnostics *diagnostics, const struct diagnostic_output *output)
{
    struct json json = {.out = out};
    json_open_object(&json, NULL, JSON_LINES);
    json_add_text(&json, "$schema", "https://json.schemastore.org/sarif-2.1.0.json");
    json_add_text(&json, "version", "2.1.0");
    json_open_array(&json, "runs", JSON_LINES);
    json_open_object(&json, NULL, JSON_LINES);
    write_tool(&json, output);
    json_add_text(&json, "columnKind", "unicodeCodePoints");
    json_open_array(&json, "results", JSON_LINES);
    for (size_t i = 0; i < diagnostics->item_count; i++)
        write_result(&json, diagnostics->arena, &diagnostics->items[i], output->file);
    json_close_array(&json);
    json_close_object(&json);
    json_close_array(&json);
    json_close_object(&json);
    json_end(&json);
}

void diagnostic_write(struct text *out, struct diagnostics *diagnostics, const struct diagnostic_output *output)
{
    diagnostic_sort(diagnostics);
    switch (output->format) {
    case DIAGNOSTIC_TEXT:
        for (size_t i = 0; i < diagnostics->item_count; i++)
            diagnostic_add_text(out, &diagnostics->items[i]);
        break;
    case DIAGNOSTIC_JSON:
        write_json(out, diagnostics);
        break;
    case DIAGNOSTIC_SARIF:
        write_sarif(out, diagnostics, output);
        break;
    }
}
