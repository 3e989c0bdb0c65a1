/* Adding to a header that a person has edited.
 *
 * libclang says where each struct ends, and where its attributes are. New fields go before the closing brace, new
 * relations after the last attribute, new enums before the first struct, and new structs at the end, before the #endif
 * of an include guard. All other bytes of the file stay as they are. */
#include "merge.h"

#include "check.h"
#include "command.h"
#include "header.h"
#include "scan.h"
#include "verify.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum insertion_kind { INSERT_ENUMS, INSERT_FIELDS, INSERT_RELATIONS, INSERT_MODELS };

struct insertion {
    size_t offset;
    enum insertion_kind kind;
    struct import_model *model;
};

struct merge {
    struct arena *arena;
    const char *path;
    struct text before;
    struct insertion *insertions;
    size_t count;
};

bool merge_read_file(const char *path, struct text *out)
{
    char buffer[4097];
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return false;
    text_add(out, "");
    size_t length;
    while ((length = fread(buffer, 1, sizeof buffer - 1, file)) > 0) {
        buffer[length] = '\0';
        text_add(out, buffer);
    }
    bool done = ferror(file) == 0;
    fclose(file);
    return done;
}

/* ---- Places ------------------------------------------------------------------------------------------------------ */

/* Return the offset of a place, which counts lines and bytes from 1. */
static size_t offset_of(const struct merge *merge, struct location at)
{
    const char *text = merge->before.data, *line = text;
    for (unsigned number = 1; number < at.line && strchr(line, '\n') != NULL; number++)
        line = strchr(line, '\n') + 1;
    size_t offset = (size_t)(line - text) + at.column - 1;
    return offset < merge->before.length ? offset : merge->before.length;
}

/* Skip a string or character literal. */
static const char *after_literal(const char *at)
{
    char quote = *at++;
    while (*at != '\0' && *at != quote)
        at += *at == '\\' && at[1] != '\0' ? 2 : 1;
    return *at != '\0' ? at + 1 : at;
}

static const char *after_comment(const char *at)
{
    const char *end = at[1] == '*' ? strstr(at + 2, "*/") : strchr(at, '\n');
    if (end == NULL)
        return at + strlen(at);
    return at[1] == '*' ? end + 2 : end;
}

/* Return the end of a macro's call, or of its name if it has no arguments. */
static const char *after_macro(const char *at)
{
    at += strspn(at, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");
    const char *open = at + strspn(at, " \t\n");
    size_t depth = 0;
    if (*open != '(')
        return at;
    for (at = open; *at != '\0';) {
        if (*at == '"' || *at == '\'') {
            at = after_literal(at);
            continue;
        }
        if (*at == '/' && (at[1] == '*' || at[1] == '/')) {
            at = after_comment(at);
            continue;
        }
        depth += *at == '(';
        if (*at++ == ')' && --depth == 0)
            break;
    }
    return at;
}

/* Return the start of the brace's line if nothing else precedes it there; else the place of the brace. */
static size_t before_brace(const struct merge *merge, const struct model *model)
{
    size_t brace = offset_of(merge, model->end), start;
    const char *text = merge->before.data;
    while (brace > 0 && text[brace] != '}')
        brace--;
    start = brace;
    while (start > 0 && (text[start - 1] == ' ' || text[start - 1] == '\t'))
        start--;
    return start == 0 || text[start - 1] == '\n' ? start : brace;
}

/* Return the end of the last attribute of the struct. */
static size_t after_attributes(const struct merge *merge, const struct model *model)
{
    size_t last = 0;
    for (size_t i = 0; i < model->attributes.count; i++) {
        size_t offset = offset_of(merge, model->attributes.items[i].at);
        last = offset > last ? offset : last;
    }
    return (size_t)(after_macro(merge->before.data + last) - merge->before.data);
}

/* Return the offset of the last line that begins with the word, up to `end`; `otherwise` if there is none. */
static size_t last_line(const struct merge *merge, const char *word, size_t end, size_t otherwise)
{
    const char *text = merge->before.data;
    size_t found = otherwise;
    for (const char *line = text; line < text + end;) {
        if (strncmp(line, word, strlen(word)) == 0)
            found = (size_t)(line - text);
        line += strcspn(line, "\n");
        line += *line == '\n';
    }
    return found;
}

/* Return true if the first directives are those of an include guard. */
static bool has_guard(const struct merge *merge)
{
    const char *text = merge->before.data;
    const char *first = strncmp(text, "#", 1) == 0 ? text : strstr(text, "\n#");
    if (first == NULL)
        return false;
    first += *first == '\n';
    const char *second = strstr(first, "\n#");
    return strncmp(first, "#ifndef", 7) == 0 && second != NULL && strncmp(second, "\n#define", 8) == 0;
}

/* Return the end of what the guard includes, before a clang-format that is there. */
static size_t end_of_header(const struct merge *merge)
{
    size_t end = merge->before.length;
    if (!has_guard(merge))
        return end;
    end = last_line(merge, "#endif", end, end);
    size_t format = last_line(merge, "/* clang-format on */", end, end);
    const char *rest = merge->before.data + format + (format < end ? strlen("/* clang-format on */") : 0);
    return rest + strspn(rest, "\n") == merge->before.data + end ? format : end;
}

static bool is_comment_line(const char *line)
{
    line += strspn(line, " \t");
    return strncmp(line, "//", 2) == 0 || strncmp(line, "/*", 2) == 0 || *line == '*';
}

static size_t start_of_line(const char *text, size_t offset)
{
    while (offset > 0 && text[offset - 1] != '\n')
        offset--;
    return offset;
}

/* Return the start of the first struct, or of the comment before it. */
static size_t before_structs(const struct merge *merge, const struct model_set *set)
{
    const char *text = merge->before.data;
    size_t offset = merge->before.length;
    for (size_t i = 0; i < set->model_count; i++) {
        size_t at =
            set->models[i]->header != NULL && !set->models[i]->is_join ? offset_of(merge, set->models[i]->at) : offset;
        offset = at < offset ? at : offset;
    }
    offset = start_of_line(text, offset);
    while (offset > 0 && is_comment_line(text + start_of_line(text, offset - 1)))
        offset = start_of_line(text, offset - 1);
    return offset;
}

/* ---- Insertions -------------------------------------------------------------------------------------------------- */

static bool has_new_fields(const struct import_model *model)
{
    for (size_t i = 0; i < model->field_count; i++)
        if (!model->fields[i].is_present)
            return true;
    return false;
}

static bool has_new_relations(const struct import_model *model)
{
    for (size_t i = 0; i < model->relation_count; i++)
        if (!model->relations[i]->is_present)
            return true;
    return has_new_fields(model) && model->attribute_count > 0;
}

static void add_insertion(struct merge *merge, size_t offset, enum insertion_kind kind, struct import_model *model)
{
    list_add(merge->arena, merge->insertions, merge->count) = (struct insertion){offset, kind, model};
}

static void add_insertions(struct merge *merge, const struct import *import)
{
    bool has_models = false, has_enums = false;
    for (size_t i = 0; i < import->enum_count; i++)
        has_enums = has_enums || !import->enums[i]->is_present;
    if (has_enums)
        add_insertion(merge, before_structs(merge, import->header), INSERT_ENUMS, NULL);
    for (size_t i = 0; i < import->model_count; i++) {
        struct import_model *model = import->models[i];
        has_models = has_models || model->merged == NULL;
        if (model->merged == NULL || model->merged->header == NULL)
            continue;
        if (has_new_fields(model))
            add_insertion(merge, before_brace(merge, model->merged), INSERT_FIELDS, model);
        if (has_new_relations(model))
            add_insertion(merge, after_attributes(merge, model->merged), INSERT_RELATIONS, model);
    }
    if (has_models)
        add_insertion(merge, end_of_header(merge), INSERT_MODELS, NULL);
}

static int compare_insertions(const void *left, const void *right)
{
    const struct insertion *a = left, *b = right;
    return a->offset != b->offset ? (a->offset > b->offset ? 1 : -1) : (a->kind > b->kind) - (a->kind < b->kind);
}

/* ---- Text -------------------------------------------------------------------------------------------------------- */

/* Return true if the index or check is about a field that is new. A check names its columns in SQL. */
static bool is_of_new_field(const struct import_model *model, const struct import_attribute *attribute)
{
    for (size_t i = 0; attribute->index != NULL && i < attribute->index->part_count; i++) {
        const struct import_field *field = import_find_field(model, attribute->index->parts[i].column);
        if (field != NULL && !field->is_present)
            return true;
    }
    return false;
}

static void write_fields(struct import_text *out, struct import_model *model)
{
    if (out->column > 1)
        import_text_add(out, "\n");
    for (size_t i = 0; i < model->field_count; i++) {
        const struct import_field *field = &model->fields[i];
        size_t length = strlen(field->type.name);
        if (!field->is_present)
            import_write_field(out, model, &model->fields[i], length + (field->type.name[length - 1] != '*'), 0);
    }
}

static void write_relations(struct import_text *out, struct import_model *model)
{
    for (size_t i = 0; i < model->relation_count; i++)
        if (!model->relations[i]->is_present)
            import_write_relation(out, model, model->relations[i]);
    for (size_t i = 0; i < model->attribute_count; i++)
        if (is_of_new_field(model, &model->attributes[i]))
            import_write_attribute(out, model, &model->attributes[i]);
}

/* A blank line comes before each struct, and one after the last. */
static void write_models(struct import_text *out, struct import *import)
{
    if (out->text.length > 1 && strcmp(out->text.data + out->text.length - 2, "\n\n") == 0)
        import_text_remove_newline(out);
    for (size_t i = 0; i < import->model_count; i++)
        if (import->models[i]->merged == NULL)
            import_write_model(out, import->models[i]);
    import_text_add(out, "\n");
}

static void write_enums(struct import_text *out, struct import *import)
{
    for (size_t i = 0; i < import->enum_count; i++)
        if (!import->enums[i]->is_present)
            import_write_enum(out, import->enums[i]);
    import_text_add(out, "\n");
}

static void write_insertion(struct import_text *out, struct import *import, const struct insertion *insertion)
{
    switch (insertion->kind) {
    case INSERT_ENUMS:
        write_enums(out, import);
        break;
    case INSERT_FIELDS:
        write_fields(out, insertion->model);
        break;
    case INSERT_RELATIONS:
        write_relations(out, insertion->model);
        break;
    case INSERT_MODELS:
        write_models(out, import);
        break;
    }
}

static void write_merged(struct import_text *out, struct import *import, void *data)
{
    const struct merge *merge = data;
    size_t done = 0;
    for (size_t i = 0; i < merge->count; i++) {
        const struct insertion *insertion = &merge->insertions[i];
        import_text_add(out, arena_copy(out->arena, merge->before.data + done, insertion->offset - done));
        write_insertion(out, import, insertion);
        import_text_mark_other(out);
        done = insertion->offset;
    }
    import_text_add(out, merge->before.data + done);
}

/* ---- The header -------------------------------------------------------------------------------------------------- */

/* Read the models of the header. Return false after printing errors. */
static bool read_header(struct import *import, struct model_set *set, const char *const *path, const char *const *flags,
                        size_t flag_count)
{
    struct diagnostics diagnostics = {.arena = import->arena};
    const struct command_headers headers = {.names = path, .count = 1, .flags = flags, .flag_count = flag_count};
    set->arena = import->arena;
    set->diagnostics = &diagnostics;
    bool done = command_read_models(set, &headers);
    diagnostic_print(&diagnostics, stderr);
    set->diagnostics = NULL;
    return done;
}

/* Structs, enums and functions of the header have their names. */
static void take_names(struct import *import, const struct model_set *set)
{
    for (size_t i = 0; i < set->declared_count; i++)
        name_map_add(import->arena, &import->tags, set->declared[i].name, import);
    for (size_t i = 0; i < set->model_count; i++)
        name_map_add(import->arena, &import->tags, set->models[i]->name, import);
}

/* Return the flags with the folder of the header, whose own #includes are relative to it. */
static const char **with_folder(struct arena *arena, const char *path, const char *const *flags, size_t *count)
{
    const char *slash = strrchr(path, '/');
    const char **all = NULL;
    size_t given = *count;
    *count = 0;
    for (size_t i = 0; i < given; i++)
        list_add(arena, all, *count) = flags[i];
    list_add(arena, all, *count) = "-iquote";
    list_add(arena, all, *count) = slash != NULL ? arena_copy(arena, path, (size_t)(slash - path) + 1) : ".";
    return all;
}

static int write_header(struct import *import, struct merge *merge, const char *const *flags, size_t flag_count)
{
    struct import_text out;
    const char **all = with_folder(import->arena, merge->path, flags, &flag_count);
    bool is_stale;
    if (merge->count > 0)
        qsort(merge->insertions, merge->count, sizeof *merge->insertions, compare_insertions);
    bool done = import_verify(import, &out, all, flag_count, write_merged, merge) &&
                output_file(merge->path, &out.text, OUTPUT_WRITE, &is_stale);
    text_free(&out.text);
    return done ? EXIT_DONE : EXIT_ERRORS;
}

int merge_header(struct import *import, const char *path, const char *const *flags, size_t flag_count)
{
    struct merge merge = {.arena = import->arena, .path = path};
    struct model_set set = {0};
    int status = EXIT_ERRORS;
    if (!merge_read_file(path, &merge.before))
        fprintf(stderr, "armature: error: cannot read %s: %s\n", path, strerror(errno));
    else if (read_header(import, &set, &path, flags, flag_count)) {
        import->header = &set;
        take_names(import, &set);
        import_plan(import);
        add_insertions(&merge, import);
        status = write_header(import, &merge, flags, flag_count);
    }
    text_free(&merge.before);
    return status;
}
