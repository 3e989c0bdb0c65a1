/* The check of what import writes.
 *
 * Databases accept much that models do not, such as names that generated functions already have, and SQL that only one
 * database knows. Instead of repeating the rules of the tool, import asks it: the header is written to a temporary file
 * and read, and what an error is about gets another name, or becomes a comment with that error. */
#include "verify.h"

#include "command.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define TEMPORARY_NAME "import.h"

enum { PASSES_MAX = 16, PASSES_OF_PARTS = 12 };

/* ---- Errors ------------------------------------------------------------------------------------------------------ */

/* Return the part of the header that is at the place, or NULL. Other files come later in the order. */
static struct import_spot *spot_at(const struct import_text *out, struct location at)
{
    struct import_spot *found = NULL;
    for (size_t i = 0; at.order == 0 && i < out->spot_count; i++) {
        struct import_spot *spot = &out->spots[i];
        if (spot->line > at.line || (spot->line == at.line && spot->column > at.column))
            break;
        found = spot;
    }
    return found;
}

/* Return the message without places in the temporary file: ", at /tmp/x/import.h:3" or " (import.h:3)". */
static const char *without_places(struct arena *arena, const char *message)
{
    static const char *const words[] = {" ", " at", ","};
    const char *name = strstr(message, TEMPORARY_NAME ":"), *start = message;
    if (name == NULL)
        return arena_text(arena, message);
    for (const char *at = message; at < name; at++)
        start = *at == ' ' || *at == '(' ? at : start;
    const char *end = name + strlen(TEMPORARY_NAME ":");
    end += strspn(end, "0123456789");
    end += *start == '(' && *end == ')';
    size_t length = (size_t)(start - message);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t word = strlen(words[i]);
        if (length > word && strncmp(message + length - word, words[i], word) == 0)
            length -= word;
    }
    return without_places(arena, arena_print(arena, "%.*s%s", (int)length, message, end));
}

static bool is_about_names(const char *message)
{
    return strstr(message, "would be generated") != NULL || strstr(message, "already exists") != NULL ||
           strstr(message, "redefinition") != NULL || strstr(message, "already has a relation") != NULL ||
           strstr(message, "would be reserved") != NULL;
}

/* Give the part another name if its name is the reason, and it has its first one. */
static bool rename_part(struct import *import, struct import_item *item, const char **name, const char *message)
{
    if (item->is_renamed || !is_about_names(message))
        return false;
    item->is_renamed = true;
    *name = arena_print(import->arena, "%s_row", *name);
    return true;
}

static bool has_key(const struct import_model *model)
{
    for (size_t i = 0; i < model->field_count; i++)
        if (model->fields[i].is_key && model->fields[i].item.left_out == NULL)
            return true;
    return false;
}

static void refuse_model(struct import *import, struct import_model *model, const char *message)
{
    bool is_view = model->table->kind != SCHEMA_TABLE;
    if (rename_part(import, &model->item, &model->name, message))
        return;
    if (!is_view && !has_key(model) && !model->is_read_only)
        model->is_read_only = true;
    else if (is_view && !model->is_view_without_select && strstr(message, "SELECT") != NULL) {
        model->is_view_without_select = true;
        import_note(import, &model->notes, "the SELECT is not in the model: %s", message);
    } else {
        model->item.left_out = message;
    }
}

/* Without these attributes, a field still is its column. */
static bool can_be_left_out(const char *attribute)
{
    static const char *const macros[] = {"AR_CHECK(", "AR_DEFAULT(", "AR_UNIQUE", "AR_NOT_NULL"};
    for (size_t i = 0; i < sizeof macros / sizeof *macros; i++)
        if (strncmp(attribute, macros[i], strlen(macros[i])) == 0)
            return true;
    return false;
}

static void refuse_attribute(struct import *import, struct import_spot *spot, const char *message)
{
    bool is_enum = spot->field != NULL && spot->field->type.enumeration != NULL &&
                   strncmp(spot->item->text, "AR_ENUM_TYPE", 12) == 0;
    if (is_enum)
        import_refuse_enum(import, spot->field->type.enumeration, message);
    else if (spot->field != NULL && !can_be_left_out(spot->item->text))
        spot->field->item.left_out = message;
    else
        spot->item->left_out = message;
}

static void refuse(struct import *import, struct import_spot *spot, const char *message)
{
    switch (spot->kind) {
    case SPOT_NONE:
        break;
    case SPOT_MODEL:
        refuse_model(import, spot->model, message);
        break;
    case SPOT_FIELD:
        spot->field->item.left_out = message;
        break;
    case SPOT_RELATION:
        if (!rename_part(import, spot->item, &spot->relation->name, message))
            spot->item->left_out = message;
        break;
    case SPOT_ENUM:
        import_refuse_enum(import, spot->enumeration, message);
        break;
    case SPOT_ATTRIBUTE:
        refuse_attribute(import, spot, message);
        break;
    }
}

/* Leave out what the errors are about, each part once. Return false if an error is about something else. */
static bool refuse_all(struct import *import, const struct import_text *out, const struct diagnostics *diagnostics,
                       int pass)
{
    for (size_t i = 0; i < diagnostics->item_count; i++) {
        const struct diagnostic *each = &diagnostics->items[i];
        if (strcmp(each->severity, "error") != 0)
            continue;
        struct import_spot *spot = spot_at(out, each->at);
        if (spot == NULL || spot->kind == SPOT_NONE)
            return false;
        const char *message = without_places(import->arena, each->message);
        if (pass >= PASSES_OF_PARTS && spot->model != NULL)
            spot->model->item.left_out = message;
        else if (!spot->is_refused)
            refuse(import, spot, message);
        spot->is_refused = true;
    }
    return true;
}

/* ---- The temporary file ------------------------------------------------------------------------------------------ */

static bool write_file(const char *path, const struct text *text)
{
    FILE *file = fopen(path, "wb");
    if (file == NULL)
        return false;
    bool done = fwrite(text->data, 1, text->length, file) == text->length;
    return fclose(file) == 0 && done;
}

/* One pass. */
struct check {
    struct import *import;
    struct arena *arena; /* freed after the pass */
    struct diagnostics *diagnostics;
    const char *const *flags;
    size_t flag_count;
    bool is_first; /* what follows from the SELECTs of views has not been applied */
    bool is_changed;
};

static bool read_file(struct check *check, const char *path)
{
    struct model_set set = {.arena = check->arena, .diagnostics = check->diagnostics};
    const struct command_headers headers = {
        .names = &path, .count = 1, .flags = check->flags, .flag_count = check->flag_count};
    bool is_accepted = command_read_models(&set, &headers);
    if (is_accepted && check->is_first)
        check->is_changed = import_infer_views(check->import, &set);
    return is_accepted;
}

/* Have the tool read the text. Return false if it reports errors, or after printing that there is no file for it. */
static bool check_text(struct check *check, const struct text *text)
{
    const char *folder = getenv("TMPDIR");
    char *directory =
        arena_print(check->arena, "%s/armature-XXXXXX", folder != NULL && folder[0] != '\0' ? folder : "/tmp");
    bool is_accepted = false;
    if (mkdtemp(directory) == NULL) {
        fprintf(stderr, "armature: error: cannot create a temporary directory %s: %s\n", directory, strerror(errno));
        return false;
    }
    const char *path = arena_print(check->arena, "%s/%s", directory, TEMPORARY_NAME);
    if (write_file(path, text))
        is_accepted = read_file(check, path);
    else
        fprintf(stderr, "armature: error: cannot write %s: %s\n", path, strerror(errno));
    unlink(path);
    rmdir(directory);
    return is_accepted;
}

/* Return the flags with one for all errors: clang would end with its 20th, before others that have to be known. */
static const char **with_all_errors(struct arena *arena, const char *const *flags, size_t *count)
{
    const char **all = NULL;
    size_t given = *count;
    *count = 0;
    for (size_t i = 0; i < given; i++)
        list_add(arena, all, *count) = flags[i];
    list_add(arena, all, *count) = "-ferror-limit=0";
    return all;
}

bool import_verify(struct import *import, struct import_text *out, const char *const *flags, size_t flag_count,
                   void (*write)(struct import_text *out, struct import *import, void *data), void *data)
{
    bool has_views = true;
    flags = with_all_errors(import->arena, flags, &flag_count);
    for (int pass = 0; pass < PASSES_MAX; pass++) {
        struct arena arena = {0};
        struct diagnostics diagnostics = {.arena = &arena};
        struct check check = {import, &arena, &diagnostics, flags, flag_count, has_views, false};
        import_text_start(out, import->arena);
        write(out, import, data);
        bool is_accepted = out->spot_count == 0 || check_text(&check, &out->text);
        bool goes_on =
            is_accepted ? check.is_changed : diagnostics.count > 0 && refuse_all(import, out, &diagnostics, pass);
        has_views = has_views && !is_accepted;
        if (!is_accepted && !goes_on)
            diagnostic_print(&diagnostics, stderr);
        arena_free(&arena);
        if (!goes_on)
            return is_accepted;
        text_free(&out->text);
    }
    return false;
}
