/* The command import: headers for the tables of a database. */
#include "command_options.h"
#include "import/c_name.h"
#include "import/merge.h"
#include "import/verify.h"
#include "import/write.h"
#include "schema/source.h"

#include <fnmatch.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct import_line {
    const char *where;
    const char **tables; /* patterns of --table and --skip */
    size_t table_count;
    const char **skips;
    size_t skip_count;
    const char *output;
    const char *merge;
    const char *split; /* "one" or "table" */
    bool inflects;
    const char *const *flags; /* for clang */
    size_t flag_count;
};

/* ---- The command line -------------------------------------------------------------------------------------------- */

static int read_options(struct arena *arena, int argc, char **argv, struct import_line *line)
{
    const struct command_option options[] = {
        {.name = "output", .letter = 'o', .value = &line->output, .is_path = true},
        {.name = "table", .items = &line->tables, .item_count = &line->table_count},
        {.name = "skip", .items = &line->skips, .item_count = &line->skip_count},
        {.name = "split", .value = &line->split},
        {.name = "inflect", .flag = &line->inflects},
        {.name = "merge", .value = &line->merge},
    };
    int first = command_read_options(arena, argc, argv, options, COMMAND_OPTION_COUNT(options));
    if (first < 0)
        return EXIT_USAGE;
    line->where = first < argc ? argv[first] : NULL;
    return argc - first > 1 ? command_fail_usage("import reads one database, not also ", argv[first + 1]) : EXIT_DONE;
}

static int check_options(const struct import_line *line)
{
    if (line->where == NULL)
        return command_fail_usage("no database is given", "");
    bool splits = strcmp(line->split, "table") == 0;
    if (!splits && strcmp(line->split, "one") != 0)
        return command_fail_usage("--split is `one` or `table`, not ", line->split);
    if (splits && line->output == NULL)
        return command_fail_usage("--split table needs --output DIR", "");
    if (line->merge != NULL && (line->output != NULL || splits))
        return command_fail_usage("--merge changes its header: --output and --split are for new ones", "");
    return EXIT_DONE;
}

/* ---- The schema -------------------------------------------------------------------------------------------------- */

static bool matches(struct arena *arena, const char *const *patterns, size_t count, const struct schema_table *table)
{
    const char *home = table->schema != NULL ? table->schema : table->home;
    const char *qualified = home != NULL ? arena_print(arena, "%s.%s", home, table->name) : table->name;
    for (size_t i = 0; i < count; i++)
        if (fnmatch(patterns[i], strchr(patterns[i], '.') != NULL ? qualified : table->name, 0) == 0)
            return true;
    return false;
}

/* Return the schema with the tables that the options choose. */
static struct schema *chosen(struct arena *arena, const struct schema *schema, const struct import_line *line)
{
    struct schema *result = arena_take(arena, sizeof *result);
    *result = *schema;
    result->tables = NULL;
    result->table_count = 0;
    for (size_t i = 0; i < schema->table_count; i++) {
        const struct schema_table *table = &schema->tables[i];
        bool is_chosen = line->table_count == 0 || matches(arena, line->tables, line->table_count, table);
        if (is_chosen && !matches(arena, line->skips, line->skip_count, table))
            list_add(arena, result->tables, result->table_count) = *table;
    }
    return result;
}

/* Return the name of the file or the database, without what follows a dot. */
static const char *stem_of(struct arena *arena, const char *where)
{
    const char *path = source_is_server(where) ? arena_copy(arena, where, strcspn(where, "?")) : where;
    const char *slash = strrchr(path, '/');
    const char *name = slash != NULL ? slash + 1 : strncmp(path, "sqlite:", 7) == 0 ? path + 7 : path;
    name = arena_copy(arena, name, strcspn(name, "."));
    return name[0] != '\0' && strchr(name, ':') == NULL ? c_name_in_lower_case(arena, name) : "schema";
}

/* ---- Headers ----------------------------------------------------------------------------------------------------- */

struct header_text {
    const char *path; /* NULL: standard output */
    struct text text;
};

struct headers {
    struct arena *arena;
    const struct import_line *line;
    const char *stem;
    struct header_text *items;
    size_t count;
};

static const char *title_of(struct arena *arena, const struct headers *headers, const char *what)
{
    const char *where = headers->line->where;
    const char *slash = strrchr(source_title(arena, where), '/');
    const char *name = slash != NULL ? slash + 1 : source_title(arena, where);
    return arena_print(arena, "%s of %s, imported by armature.", what,
                       source_is_server(where) ? arena_print(arena, "the database %s", headers->stem) : name);
}

static void write_all(struct import_text *out, struct import *import, void *data)
{
    const struct headers *headers = data;
    const struct import_file file = {.title = title_of(import->arena, headers, "The tables"),
                                     .name = arena_print(import->arena, "%s.h", headers->stem)};
    import_write_start(out, import, &file);
    for (size_t i = 0; i < import->enum_count; i++)
        import_write_enum(out, import->enums[i]);
    for (size_t i = 0; i < import->model_count; i++)
        import_write_model(out, import->models[i]);
    import_write_end(out, &file);
}

static void add_header(struct headers *headers, const char *name, const struct text *text)
{
    const char *output = headers->line->output;
    list_add(headers->arena, headers->items, headers->count) = (struct header_text){
        .path = output != NULL ? arena_print(headers->arena, "%s/%s", output, name) : NULL, .text = *text};
}

/* Return true if a field of the model has an enum type. */
static bool has_enum(const struct import_model *model)
{
    for (size_t i = 0; i < model->field_count; i++)
        if (model->fields[i].type.enumeration != NULL)
            return true;
    return false;
}

static void add_enum_header(struct headers *headers, struct import *import, const char *name)
{
    struct import_text out;
    const struct import_file file = {.title = title_of(import->arena, headers, "The enums"), .name = name};
    import_text_start(&out, import->arena);
    import_write_start(&out, import, &file);
    for (size_t i = 0; i < import->enum_count; i++)
        import_write_enum(&out, import->enums[i]);
    import_write_end(&out, &file);
    add_header(headers, name, &out.text);
}

static void add_model_header(struct headers *headers, struct import *import, struct import_model *model,
                             const char *enum_header)
{
    struct import no_notes = *import;
    struct import_text out;
    const char *what = model->table->kind == SCHEMA_TABLE ? "The table" : "The view";
    const struct import_file file = {
        .title = title_of(import->arena, headers, arena_print(import->arena, "%s %s", what, model->table->name)),
        .name = arena_print(import->arena, "%s.h", model->name),
        .includes = &enum_header,
        .include_count = has_enum(model)};
    no_notes.notes.count = 0;
    import_text_start(&out, import->arena);
    import_write_start(&out, &no_notes, &file);
    import_write_model(&out, model);
    import_write_end(&out, &file);
    add_header(headers, file.name, &out.text);
}

/* Enums are in their own header, which has what is about the whole schema, too. */
static void split(struct headers *headers, struct import *import)
{
    const char *enum_header = arena_print(import->arena, "%s_enums.h", headers->stem);
    for (size_t i = 0; i < import->model_count; i++)
        if (strcmp(arena_print(import->arena, "%s.h", import->models[i]->name), enum_header) == 0)
            enum_header = arena_print(import->arena, "%s_enum_types.h", headers->stem);
    if (import->enum_count > 0 || import->notes.count > 0)
        add_enum_header(headers, import, enum_header);
    for (size_t i = 0; i < import->model_count; i++)
        if (!import->models[i]->is_join && import->models[i]->item.left_out == NULL)
            add_model_header(headers, import, import->models[i], enum_header);
}

/* ---- Output ------------------------------------------------------------------------------------------------------ */

/* A header that exists may have been edited: it is not replaced. */
static bool check_existing(const struct headers *headers)
{
    bool is_free = true;
    for (size_t i = 0; i < headers->count; i++) {
        const struct header_text *each = &headers->items[i];
        struct text present = {0};
        const char *error;
        if (each->path == NULL || access(each->path, F_OK) != 0)
            continue;
        bool is_same = merge_read_file(each->path, &present, &error) && present.length == each->text.length &&
                       memcmp(present.data, each->text.data, present.length) == 0;
        if (!is_same)
            fprintf(stderr,
                    "armature: error: %s exists and differs\n    help: --merge %s adds what is new to it; or remove "
                    "it\n",
                    each->path, each->path);
        is_free = is_free && is_same;
        text_free(&present);
    }
    return is_free;
}

static int write_headers(const struct headers *headers)
{
    bool is_stale, done = check_existing(headers);
    for (size_t i = 0; done && i < headers->count; i++) {
        const struct header_text *each = &headers->items[i];
        done = each->path != NULL ? output_file(each->path, &each->text, OUTPUT_WRITE, &is_stale)
                                  : command_print(each->text.data) == EXIT_DONE;
    }
    return done ? EXIT_DONE : EXIT_ERRORS;
}

static int make_headers(struct import *import, const struct import_line *line)
{
    struct headers headers = {.arena = import->arena, .line = line, .stem = stem_of(import->arena, line->where)};
    struct import_text out;
    if (!import_verify(import, &out, line->flags, line->flag_count, write_all, &headers)) {
        text_free(&out.text);
        return EXIT_ERRORS;
    }
    if (strcmp(line->split, "table") == 0) {
        text_free(&out.text);
        split(&headers, import);
    } else {
        add_header(&headers, arena_print(import->arena, "%s.h", headers.stem), &out.text);
    }
    int status = write_headers(&headers);
    for (size_t i = 0; i < headers.count; i++)
        text_free(&headers.items[i].text);
    return status;
}

static void print_summary(const struct import *import)
{
    struct text summary = {0};
    import_summary(&summary, import);
    fputs(summary.data, stderr);
    text_free(&summary);
}

/* ---- The command ------------------------------------------------------------------------------------------------- */

static int run_line(struct arena *arena, const struct import_line *line)
{
    struct schema *schema = NULL;
    const char *error = NULL;
    enum source_status status = schema_open(arena, line->where, &schema, &error);
    if (status != SOURCE_OK) {
        fprintf(stderr, "armature: error: %s: %s\n", source_title(arena, line->where), error);
        return status == SOURCE_UNREACHABLE ? EXIT_UNREACHABLE : EXIT_ERRORS;
    }
    struct import import = {.arena = arena, .schema = chosen(arena, schema, line), .inflects = line->inflects};
    int result;
    if (line->merge != NULL) {
        result = merge_header(&import, line->merge, line->flags, line->flag_count);
    } else {
        import_plan(&import);
        result = make_headers(&import, line);
    }
    if (result == EXIT_DONE)
        print_summary(&import);
    return result;
}

static int run_import(int argc, char **argv)
{
    struct import_line line = {.split = "one"};
    struct arena arena = {0};
    int before_flags = command_split_flags(argc, argv, &line.flags, &line.flag_count);
    int status = read_options(&arena, before_flags, argv, &line);
    if (status == EXIT_DONE)
        status = check_options(&line);
    if (status == EXIT_DONE && line.where != NULL)
        status = run_line(&arena, &line);
    arena_free(&arena);
    return status;
}

const struct command command_import = {
    .name = "import",
    .usage = "import [options] URL|FILE.db|DUMP.sql [-- CLANG_FLAG...]",
    .summary = "write headers for the tables of a database",
    .options = "  --table GLOB       import only tables whose names match; can be repeated\n"
               "  --skip GLOB        leave out tables whose names match; can be repeated\n"
               "  --output DIR       write the headers into DIR; default: standard output\n"
               "  --split HOW        one: all tables in one header (default); table: one header for each\n"
               "  --inflect          name structs in the singular and lists in the plural, in English\n"
               "  --merge HEADER     add the tables, columns and relations that HEADER lacks to it\n",
    .run = run_import,
};
