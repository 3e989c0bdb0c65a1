/* Adding to a header that a person has edited.
 *
 * libclang says where each struct ends, and where its attributes are. New fields go before the closing brace, new
 * relations after the last attribute, new enums before the first struct, and new structs at the end, before the #endif
 * of an include guard. All other bytes of the file stay as they are. */
#include "merge.h"

#include "command.h"
#include "place.h"
#include "verify.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum insertion_kind { INSERT_INCLUDES, INSERT_ENUMS, INSERT_FIELDS, INSERT_RELATIONS, INSERT_MODELS };

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

bool merge_read_file(const char *path, struct text *out, const char **error)
{
    char buffer[4097];
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        *error = strerror(errno);
        return false;
    }
    text_add(out, "");
    size_t length, all = 0;
    while ((length = fread(buffer, 1, sizeof buffer - 1, file)) > 0) {
        buffer[length] = '\0';
        text_add(out, buffer);
        all += length;
    }
    bool is_read = ferror(file) == 0;
    *error = is_read ? "it has a zero byte" : strerror(errno);
    fclose(file);
    return is_read && out->length == all;
}

/* ---- What is new ------------------------------------------------------------------------------------------------- */

/* What is left out is not written as a comment, as in a new header: each merge would add it again. */
static bool is_new_field(const struct import_field *field)
{
    return !field->is_present && field->item.left_out == NULL;
}

static bool is_new_relation(const struct import_relation *relation)
{
    return !relation->is_present && import_relation_is_written(relation);
}

static bool is_new_enum(const struct import_enum *each)
{
    return !each->is_present && each->item.left_out == NULL;
}

static bool is_new_model(const struct import_model *model)
{
    return model->merged == NULL && !model->is_join && model->item.left_out == NULL;
}

/* Return true if the index or check is about a field that is new. A check names its columns in SQL. */
static bool is_of_new_field(const struct import_model *model, const struct import_attribute *attribute)
{
    for (size_t i = 0; attribute->index != NULL && i < attribute->index->part_count; i++) {
        const struct import_field *field = import_find_field(model, attribute->index->parts[i].column);
        if (field != NULL && is_new_field(field))
            return true;
    }
    return false;
}

/* ---- Insertions -------------------------------------------------------------------------------------------------- */

static void add_insertion(struct merge *merge, size_t offset, enum insertion_kind kind, struct import_model *model)
{
    list_add(merge->arena, merge->insertions, merge->count) = (struct insertion){offset, kind, model};
}

/* #includes go after the last one before the structs, or before these. */
static void add_include_insertion(struct merge *merge, size_t structs)
{
    size_t line = place_of_last_line(&merge->before, "#include", structs, structs);
    if (line < structs)
        line += strcspn(merge->before.data + line, "\n") + 1;
    add_insertion(merge, line, INSERT_INCLUDES, NULL);
}

/* What is new at a place is known when it is written: a part can be left out until then. */
static void add_insertions(struct merge *merge, const struct import *import)
{
    size_t structs = place_before_structs(&merge->before, import->header);
    add_include_insertion(merge, structs);
    add_insertion(merge, structs, INSERT_ENUMS, NULL);
    for (size_t i = 0; i < import->model_count; i++) {
        struct import_model *model = import->models[i];
        if (model->merged == NULL)
            continue;
        add_insertion(merge, place_before_brace(&merge->before, model->merged), INSERT_FIELDS, model);
        add_insertion(merge, place_after_attributes(&merge->before, model->merged), INSERT_RELATIONS, model);
    }
    add_insertion(merge, place_of_end(&merge->before), INSERT_MODELS, NULL);
}

static int compare_insertions(const void *left, const void *right)
{
    const struct insertion *a = left, *b = right;
    return a->offset != b->offset ? (a->offset > b->offset ? 1 : -1) : (a->kind > b->kind) - (a->kind < b->kind);
}

/* ---- Text -------------------------------------------------------------------------------------------------------- */

static bool has_new_fields(const struct import_model *model)
{
    for (size_t i = 0; i < model->field_count; i++)
        if (is_new_field(&model->fields[i]))
            return true;
    return false;
}

static bool has_new_enums(const struct import *import)
{
    for (size_t i = 0; i < import->enum_count; i++)
        if (is_new_enum(import->enums[i]))
            return true;
    return false;
}

static bool has_new_models(const struct import *import)
{
    for (size_t i = 0; i < import->model_count; i++)
        if (is_new_model(import->models[i]))
            return true;
    return false;
}

/* Return true if a type of the needed headers may be new. */
static bool needs_includes(const struct import *import)
{
    bool has_fields = has_new_models(import);
    for (size_t i = 0; i < import->model_count; i++)
        has_fields = has_fields || (import->models[i]->merged != NULL && has_new_fields(import->models[i]));
    return has_fields;
}

/* ---- Text -------------------------------------------------------------------------------------------------------- */

/* Headers of the types that new fields can have; annotations.h includes that of integers. */
static const char *const needed[] = {"stdbool.h", "time.h"};

static bool is_included(const struct model_set *set, const char *name)
{
    for (size_t i = 0; i < set->inclusion_count; i++) {
        const char *slash = strrchr(set->inclusions[i], '/');
        if (strcmp(slash != NULL ? slash + 1 : set->inclusions[i], name) == 0)
            return true;
    }
    return false;
}

static void write_includes(struct import_text *out, const struct import *import)
{
    for (size_t i = 0; i < sizeof needed / sizeof *needed && needs_includes(import); i++)
        if (!is_included(import->header, needed[i]))
            import_text_add(out, arena_print(out->arena, "#include <%s>\n", needed[i]));
}

static void write_fields(struct import_text *out, struct import_model *model)
{
    if (out->column > 1 && has_new_fields(model))
        import_text_add(out, "\n");
    for (size_t i = 0; i < model->field_count; i++) {
        const struct import_field *field = &model->fields[i];
        size_t length = strlen(field->type.name);
        if (is_new_field(field))
            import_write_field(out, model, &model->fields[i], length + (field->type.name[length - 1] != '*'), 0);
    }
}

static void write_relations(struct import_text *out, struct import_model *model)
{
    for (size_t i = 0; i < model->relation_count; i++)
        if (is_new_relation(model->relations[i]))
            import_write_relation(out, model, model->relations[i]);
    for (size_t i = 0; i < model->attribute_count; i++)
        if (is_of_new_field(model, &model->attributes[i]))
            import_write_attribute(out, model, &model->attributes[i]);
}

static void end_paragraph(struct import_text *out)
{
    if (out->text.length > 1 && strcmp(out->text.data + out->text.length - 2, "\n\n") == 0)
        import_text_remove_newline(out);
}

/* A blank line comes before each struct, and one after the last. */
static void write_models(struct import_text *out, struct import *import)
{
    if (!has_new_models(import))
        return;
    if (out->column > 1)
        import_text_add(out, "\n");
    end_paragraph(out);
    for (size_t i = 0; i < import->model_count; i++)
        if (is_new_model(import->models[i]))
            import_write_model(out, import->models[i]);
    import_text_add(out, "\n");
}

static void write_enums(struct import_text *out, struct import *import)
{
    if (!has_new_enums(import))
        return;
    end_paragraph(out);
    for (size_t i = 0; i < import->enum_count; i++)
        if (is_new_enum(import->enums[i]))
            import_write_enum(out, import->enums[i]);
    import_text_add(out, "\n");
}

static void write_insertion(struct import_text *out, struct import *import, const struct insertion *insertion)
{
    switch (insertion->kind) {
    case INSERT_INCLUDES:
        write_includes(out, import);
        break;
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
        size_t length = out->text.length;
        write_insertion(out, import, insertion);
        if (out->text.length != length)
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
    const char *error;
    if (!merge_read_file(path, &merge.before, &error))
        fprintf(stderr, "armature: error: cannot read %s: %s\n", path, error);
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
