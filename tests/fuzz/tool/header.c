/* libFuzzer: a header with models, from parsing to every output. If the models have no errors, SQLite must accept the
 * schema, clang must compile the generated code, and descriptions must be JSON. Directives are removed, so a header
 * cannot include others. */
#include "command.h"
#include "describe/describe.h"
#include "emit.h"
#include "graph/dot.h"
#include "graph/json.h"
#include "graph/mermaid.h"
#include "graph/svg.h"

#include <clang-c/Index.h>
#include <sqlite3.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int LLVMFuzzerInitialize(int *count, char ***arguments);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char directory[] = "/tmp/armature-fuzz-XXXXXX";
static const char *const flags[] = {"-std=c11", "-I" ARMATURE_ANNOTATIONS_DIR, "-I" ARMATURE_INCLUDE_DIR};
static const char includes[] = "#include <armature/annotations.h>\n"
                               "#include <stdbool.h>\n"
                               "#include <stdint.h>\n"
                               "#include <time.h>\n";

static void write_file(const char *path, const char *text, size_t length)
{
    FILE *file = fopen(path, "w");
    if (file == NULL || fwrite(text, 1, length, file) != length || fclose(file) != 0)
        exit(2);
}

static void remove_directory(void)
{
    if (chdir(directory) == 0) {
        unlink("models.h");
        unlink("models.ar.h");
        unlink("models.ar.c");
        rmdir(directory);
    }
}

int LLVMFuzzerInitialize(int *count, char ***arguments)
{
    (void)count, (void)arguments;
    if (mkdtemp(directory) == NULL)
        exit(2);
    atexit(remove_directory);
    return 0;
}

/* Write the includes, followed by the lines that are not directives. */
static void write_header(const char *path, const uint8_t *data, size_t size)
{
    char *text = malloc(sizeof includes + size);
    size_t length = sizeof includes - 1;
    if (text == NULL)
        exit(2);
    memcpy(text, includes, length);
    for (size_t i = 0; i < size;) {
        const uint8_t *end = memchr(data + i, '\n', size - i);
        size_t line = end != NULL ? (size_t)(end - data) + 1 - i : size - i;
        if (memchr(data + i, '#', line) == NULL && memchr(data + i, '%', line) == NULL) {
            memcpy(text + length, data + i, line);
            length += line;
        }
        i += line;
    }
    write_file(path, text, length);
    free(text);
}

/* ---- Properties of models without errors ------------------------------------------------------------------------- */

static void fail(const char *what, const char *why, const char *text)
{
    fprintf(stderr, "%s: %s\n%s\n", what, why, text);
    abort();
}

/* A default may be valid in PostgreSQL only. */
static bool has_default(const struct model_set *set)
{
    for (size_t i = 0; i < set->model_count; i++)
        for (size_t j = 0; j < set->models[i]->column_count; j++)
            if (set->models[i]->columns[j]->default_sql != NULL)
                return true;
    return false;
}

static void run_schema(const struct model_set *set)
{
    struct text sql = {0};
    sqlite3 *database = NULL;
    char *error = NULL;
    emit_schema(&sql, set, &dialect_postgresql, true);
    sql.length = 0;
    emit_schema(&sql, set, &dialect_sqlite, false);
    if (sqlite3_open(":memory:", &database) != SQLITE_OK)
        exit(2);
    if (sqlite3_exec(database, sql.data, NULL, NULL, &error) != SQLITE_OK && !has_default(set))
        fail("SQLite refuses the schema", error, sql.data);
    sqlite3_free(error);
    sqlite3_close(database);
    text_free(&sql);
}

static void compile(const char *path, const char *text)
{
    CXIndex index = clang_createIndex(0, 0);
    CXTranslationUnit unit = clang_parseTranslationUnit(index, path, flags, sizeof flags / sizeof *flags, NULL, 0, 0);
    for (unsigned i = 0; unit != NULL && i < clang_getNumDiagnostics(unit); i++) {
        CXDiagnostic diagnostic = clang_getDiagnostic(unit, i);
        if (clang_getDiagnosticSeverity(diagnostic) >= CXDiagnostic_Error)
            fail("generated code does not compile",
                 clang_getCString(clang_formatDiagnostic(diagnostic, clang_defaultDiagnosticDisplayOptions())), text);
        clang_disposeDiagnostic(diagnostic);
    }
    clang_disposeTranslationUnit(unit);
    clang_disposeIndex(index);
}

static void generate(struct model_set *set)
{
    struct text header = {0}, source = {0};
    const char *path = arena_print(set->arena, "%s/models.ar.c", directory);
    emit_header(&header, set, &set->headers[0]);
    emit_source(&source, set);
    write_file(arena_print(set->arena, "%s/models.ar.h", directory), header.data, header.length);
    write_file(path, source.data, source.length);
    compile(path, header.data);
    text_free(&header);
    text_free(&source);
}

/* Fail unless SQLite accepts the JSON. */
static void check_json(const char *what, const char *json)
{
    sqlite3 *database = NULL;
    sqlite3_stmt *statement = NULL;
    if (sqlite3_open(":memory:", &database) != SQLITE_OK)
        exit(2);
    if (sqlite3_prepare_v2(database, "SELECT json_valid(?)", -1, &statement, NULL) == SQLITE_OK) {
        sqlite3_bind_text(statement, 1, json, -1, SQLITE_STATIC);
        if (sqlite3_step(statement) != SQLITE_ROW || sqlite3_column_int(statement, 0) != 1)
            fail(what, "it is not JSON", json);
    }
    sqlite3_finalize(statement);
    sqlite3_close(database);
}

static void describe(struct model_set *set)
{
    const struct graph_options options = {.schema = schema_of_models(set, &dialect_sqlite)};
    const struct graph *graph = graph_of_models(set, &options);
    struct text description = {0}, json = {0}, drawing = {0};
    describe_models(&description, set);
    check_json("the description", description.data);
    graph_json(&json, graph);
    check_json("the graph", json.data);
    graph_dot(&drawing, set->arena, graph);
    graph_mermaid(&drawing, set->arena, graph);
    if (!graph_svg(&drawing, set->arena, graph, GRAPH_LAYOUT_OWN))
        fail("the graph", "it has no layout", json.data);
    text_free(&description);
    text_free(&json);
    text_free(&drawing);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = {0};
    struct diagnostics diagnostics = {.arena = &arena};
    struct model_set set = {.arena = &arena, .diagnostics = &diagnostics};
    const char *path = arena_print(&arena, "%s/models.h", directory);
    const struct command_headers headers = {
        .names = &path, .count = 1, .flags = flags, .flag_count = sizeof flags / sizeof *flags};
    write_header(path, data, size);
    if (command_read_models(&set, &headers)) {
        run_schema(&set);
        generate(&set);
        describe(&set);
    }
    arena_free(&arena);
    return 0;
}
