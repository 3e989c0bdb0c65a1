/* The only file, with type.c, that knows libclang. It reports clang's own errors and judges nothing else. */
#include "scan.h"
#include "suggest.h"
#include "type.h"

#include <clang-c/Index.h>
#include <dlfcn.h>
#include <glob.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char attribute_prefix[] = "armature:";

struct scan {
    struct model_set *set;
    struct arena *arena;
    CXTranslationUnit unit;
    CXFile *files;         /* of the set's headers */
    const char *directory; /* that the tool was called in; "" where it cannot be known */
};

/* A copy in the arena; libclang's own string is given back. */
static const char *owned(struct arena *arena, CXString string)
{
    const char *text = clang_getCString(string);
    const char *copy = arena_text(arena, text != NULL ? text : "");
    clang_disposeString(string);
    return copy;
}

/* ---- Where things are -------------------------------------------------------------------------------------------- */

/* The header among those given, or NULL. */
static struct header *header_of(const struct scan *scan, CXFile file)
{
    for (size_t i = 0; file != NULL && i < scan->set->header_count; i++)
        if (scan->files[i] != NULL && clang_File_isEqual(scan->files[i], file))
            return &scan->set->headers[i];
    return NULL;
}

/* A path as people write it: relative, where it is below the directory that the tool was called in. */
static const char *below_directory(const char *path, const char *directory)
{
    size_t length = strlen(directory);
    return length > 0 && strncmp(path, directory, length) == 0 && path[length] == '/' ? path + length + 1 : path;
}

static struct location location_of(const struct scan *scan, CXSourceLocation source)
{
    CXFile file;
    struct location at = {.order = UINT_MAX};
    clang_getExpansionLocation(source, &file, &at.line, &at.column, NULL);
    const struct header *header = header_of(scan, file);
    if (header != NULL) {
        at.file = header->given;
        at.order = (unsigned)(header - scan->set->headers);
    } else if (file != NULL)
        at.file = below_directory(owned(scan->arena, clang_getFileName(file)), scan->directory);
    return at;
}

static struct header *header_of_cursor(const struct scan *scan, CXCursor cursor)
{
    CXFile file;
    clang_getExpansionLocation(clang_getCursorLocation(cursor), &file, NULL, NULL, NULL);
    return header_of(scan, file);
}

/* ---- Structs ----------------------------------------------------------------------------------------------------- */

struct record_visit {
    struct scan *scan;
    struct model *model;
};

static void add_attribute(const struct scan *scan, CXCursor cursor, struct attribute_list *list)
{
    const char *text = owned(scan->arena, clang_getCursorSpelling(cursor));
    if (strncmp(text, attribute_prefix, sizeof attribute_prefix - 1) != 0)
        return;
    list_add(scan->arena, list->items, list->count) = (struct attribute){
        .text = text + sizeof attribute_prefix - 1,
        .at = location_of(scan, clang_getCursorLocation(cursor)),
    };
}

struct attribute_visit {
    const struct scan *scan;
    struct attribute_list *list;
};

static enum CXChildVisitResult visit_attribute(CXCursor cursor, CXCursor parent, CXClientData data)
{
    (void)parent;
    struct attribute_visit *visit = data;
    if (clang_getCursorKind(cursor) == CXCursor_AnnotateAttr)
        add_attribute(visit->scan, cursor, visit->list);
    return CXChildVisit_Continue;
}

static struct member *add_member(struct record_visit *visit, CXCursor cursor)
{
    struct scan *scan = visit->scan;
    struct member *member = arena_take(scan->arena, sizeof *member);
    member->at = location_of(scan, clang_getCursorLocation(cursor));
    struct attribute_visit attributes = {scan, &member->attributes};
    clang_visitChildren(cursor, visit_attribute, &attributes);
    list_add(scan->arena, visit->model->members, visit->model->member_count) = member;
    return member;
}

static enum CXChildVisitResult visit_member(CXCursor cursor, CXCursor parent, CXClientData data)
{
    (void)parent;
    struct record_visit *visit = data;
    struct arena *arena = visit->scan->arena;
    enum CXCursorKind kind = clang_getCursorKind(cursor);
    if (kind == CXCursor_AnnotateAttr)
        add_attribute(visit->scan, cursor, &visit->model->attributes);
    else if (kind == CXCursor_FieldDecl) {
        struct member *member = add_member(visit, cursor);
        member->field = owned(arena, clang_getCursorSpelling(cursor));
        type_of_member(arena, cursor, member);
    } else if (clang_Cursor_isAnonymousRecordDecl(cursor)) {
        struct member *member = add_member(visit, cursor);
        member->field = "";
        member->spelling = "";
        member->unmapped = kind == CXCursor_UnionDecl ? "an anonymous union" : "an anonymous struct";
    }
    return CXChildVisit_Continue;
}

/* The struct's tag, or the typedef's name without _t; "" where it has neither. */
static const char *name_of_type(struct arena *arena, const char *c_type)
{
    if (strncmp(c_type, "struct ", 7) == 0)
        c_type += 7;
    else {
        size_t length = strlen(c_type);
        if (length > 2 && strcmp(c_type + length - 2, "_t") == 0)
            length -= 2;
        c_type = arena_copy(arena, c_type, length);
    }
    return strpbrk(c_type, " (:") == NULL ? c_type : "";
}

static bool has_attributes(const struct model *model)
{
    bool any = model->attributes.count > 0;
    for (size_t i = 0; i < model->member_count; i++)
        any = any || model->members[i]->attributes.count > 0;
    return any;
}

static void visit_record(struct scan *scan, CXCursor cursor)
{
    struct model_set *set = scan->set;
    if (!clang_isCursorDefinition(cursor))
        return;
    struct model *model = arena_take(scan->arena, sizeof *model);
    model->c_type = owned(scan->arena, clang_getTypeSpelling(clang_getCursorType(cursor)));
    model->name = name_of_type(scan->arena, model->c_type);
    model->at = location_of(scan, clang_getCursorLocation(cursor));
    model->header = header_of_cursor(scan, cursor);
    struct record_visit visit = {scan, model};
    clang_visitChildren(cursor, visit_member, &visit);
    if (model->header != NULL && has_attributes(model)) {
        list_add(scan->arena, set->models, set->model_count) = model;
        list_add(scan->arena, model->header->models, model->header->model_count) = model;
    } else if (model->name[0] != '\0')
        list_add(scan->arena, set->others, set->other_count) = model;
}

static void visit_typedef(struct scan *scan, CXCursor cursor)
{
    struct model_set *set = scan->set;
    struct attribute_list attributes = {0};
    struct attribute_visit visit = {scan, &attributes};
    if (header_of_cursor(scan, cursor) == NULL)
        return;
    clang_visitChildren(cursor, visit_attribute, &visit);
    for (size_t i = 0; i < attributes.count; i++)
        list_add(scan->arena, set->strays, set->stray_count) = (struct stray_attribute){
            .typedef_name = owned(scan->arena, clang_getCursorSpelling(cursor)),
            .attribute = attributes.items[i],
        };
}

/* ---- The translation unit ---------------------------------------------------------------------------------------- */

static void add_declared(struct scan *scan, CXCursor cursor, bool is_tag)
{
    struct model_set *set = scan->set;
    const char *name = owned(scan->arena, clang_getCursorSpelling(cursor));
    if (name[0] == '\0' || strpbrk(name, " (") != NULL)
        return;
    list_add(scan->arena, set->declared, set->declared_count) = (struct declared_name){
        .name = name,
        .is_tag = is_tag,
        .at = location_of(scan, clang_getCursorLocation(cursor)),
    };
}

static enum CXChildVisitResult visit_declaration(CXCursor cursor, CXCursor parent, CXClientData data)
{
    (void)parent;
    struct scan *scan = data;
    switch (clang_getCursorKind(cursor)) {
    case CXCursor_StructDecl:
        visit_record(scan, cursor);
        add_declared(scan, cursor, true);
        break;
    case CXCursor_UnionDecl:
        add_declared(scan, cursor, true);
        break;
    case CXCursor_EnumDecl:
        add_declared(scan, cursor, true);
        return CXChildVisit_Recurse;
    case CXCursor_TypedefDecl:
        visit_typedef(scan, cursor);
        add_declared(scan, cursor, false);
        break;
    case CXCursor_EnumConstantDecl:
    case CXCursor_FunctionDecl:
    case CXCursor_VarDecl:
        add_declared(scan, cursor, false);
        break;
    default:
        break;
    }
    return CXChildVisit_Continue;
}

static void visit_inclusion(CXFile file, CXSourceLocation *stack, unsigned depth, CXClientData data)
{
    (void)stack;
    struct scan *scan = data;
    if (depth == 0) /* the translation unit itself, which is no file */
        return;
    const char *name = owned(scan->arena, clang_getFileName(file));
    list_add(scan->arena, scan->set->inclusions, scan->set->inclusion_count) = name;
}

static bool is_attribute(const char *name)
{
    for (int kind = 0; kind < ANNOTATION_KINDS; kind++)
        if (strcmp(annotation_macro((enum annotation_kind)kind), name) == 0)
            return true;
    return false;
}

/* The first name of the line that looks like an attribute and is none, or NULL. */
static const char *unknown_attribute(struct scan *scan, CXSourceLocation source)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_0123456789";
    CXFile file;
    unsigned line;
    size_t size = 0;
    clang_getExpansionLocation(source, &file, &line, NULL, NULL);
    const char *text = file != NULL ? clang_getFileContents(scan->unit, file, &size) : NULL;
    if (text == NULL)
        return NULL;
    text = arena_copy(scan->arena, text, size);
    for (; line > 1 && text != NULL; line--) {
        text = strchr(text, '\n');
        text = text != NULL ? text + 1 : NULL;
    }
    while (text != NULL && *text != '\n' && *text != '\0') {
        size_t length = strspn(text, letters);
        const char *name = arena_copy(scan->arena, text, length);
        if (strncmp(name, "AR_", 3) == 0 && !is_attribute(name))
            return name;
        text += length > 0 ? length : 1;
    }
    return NULL;
}

/* What clang says of a misspelt attribute speaks of anything but that. */
static void help_attribute(struct scan *scan, CXSourceLocation source)
{
    const char *name = unknown_attribute(scan, source);
    if (name == NULL)
        return;
    struct suggestion suggestion = {.wanted = name};
    for (int kind = 0; kind < ANNOTATION_KINDS; kind++)
        suggestion_offer(&suggestion, annotation_macro((enum annotation_kind)kind));
    if (suggestion.name != NULL)
        diagnostic_help(scan->set->diagnostics, "`%s` is no attribute; did you mean `%s`?", name, suggestion.name);
    else
        diagnostic_help(scan->set->diagnostics, "`%s` is no attribute of armature/annotations.h", name);
}

static bool report_clang_errors(struct scan *scan)
{
    bool failed = false;
    struct diagnostics *diagnostics = scan->set->diagnostics;
    for (unsigned i = 0; i < clang_getNumDiagnostics(scan->unit); i++) {
        CXDiagnostic diagnostic = clang_getDiagnostic(scan->unit, i);
        if (clang_getDiagnosticSeverity(diagnostic) >= CXDiagnostic_Error) {
            failed = true;
            struct location at = location_of(scan, clang_getDiagnosticLocation(diagnostic));
            const char *message = owned(scan->arena, clang_getDiagnosticSpelling(diagnostic));
            diagnostic_error(diagnostics, at, "%s", message);
            if (strstr(message, "file not found") != NULL)
                diagnostic_help(diagnostics, "pass the flags that the compiler gets for its include directories "
                                             "behind `--`: -- -Iinclude");
            else
                help_attribute(scan, clang_getDiagnosticLocation(diagnostic));
        }
        clang_disposeDiagnostic(diagnostic);
    }
    return failed;
}

/* ---- Flags ------------------------------------------------------------------------------------------------------- */

static bool has_flag(const char *const *flags, size_t count, const char *start)
{
    for (size_t i = 0; i < count; i++)
        if (strncmp(flags[i], start, strlen(start)) == 0)
            return true;
    return false;
}

static bool is_resource_directory(struct arena *arena, const char *directory)
{
    return access(arena_print(arena, "%s/include/stddef.h", directory), R_OK) == 0;
}

/* Where clang's own headers are: where the build found them, or else beside the library; NULL where they are nowhere,
 * and clang is left to its own search. */
static const char *find_resource_directory(struct arena *arena)
{
    if (is_resource_directory(arena, ARMATURE_CLANG_RESOURCE_DIR))
        return ARMATURE_CLANG_RESOURCE_DIR;
    Dl_info library;
    char path[PATH_MAX];
    if (dladdr((const void *)(uintptr_t)clang_createIndex, &library) == 0 || realpath(library.dli_fname, path) == NULL)
        return NULL;
    char *end = strrchr(path, '/');
    if (end == NULL)
        return NULL;
    *end = '\0';
    glob_t found = {0};
    const char *directory = NULL;
    if (glob(arena_print(arena, "%s/clang/*", path), 0, NULL, &found) == 0)
        for (size_t i = 0; i < found.gl_pathc; i++)
            if (is_resource_directory(arena, found.gl_pathv[i]))
                directory = arena_text(arena, found.gl_pathv[i]);
    globfree(&found);
    return directory;
}

/* Where armature/annotations.h is: beside the installed tool, or else where the build had it. */
static const char *find_annotations_directory(struct arena *arena)
{
    char program[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", program, sizeof program);
    if (length > 0 && (size_t)length < sizeof program) {
        const char *directory = arena_copy(arena, program, (size_t)length);
        for (int levels = 0; levels < 2 && strrchr(directory, '/') != NULL; levels++)
            directory = arena_copy(arena, directory, (size_t)(strrchr(directory, '/') - directory));
        directory = arena_print(arena, "%s/include", directory);
        if (access(arena_print(arena, "%s/armature/annotations.h", directory), R_OK) == 0)
            return directory;
    }
    return ARMATURE_ANNOTATIONS_DIR;
}

struct flags {
    const char **items;
    size_t count;
};

static void add_flag(struct arena *arena, struct flags *flags, const char *flag)
{
    list_add(arena, flags->items, flags->count) = flag;
}

static struct flags all_flags(struct arena *arena, const char *const *given, size_t given_count)
{
    struct flags flags = {0};
    add_flag(arena, &flags, "-xc");
    if (!has_flag(given, given_count, "-std"))
        add_flag(arena, &flags, "-std=gnu11");
    for (size_t i = 0; i < given_count; i++)
        add_flag(arena, &flags, given[i]);
    const char *resources = has_flag(given, given_count, "-resource-dir") ? NULL : find_resource_directory(arena);
    if (resources != NULL)
        add_flag(arena, &flags, arena_print(arena, "-resource-dir=%s", resources));
    add_flag(arena, &flags, "-DARMATURE_TOOL");
    add_flag(arena, &flags, arena_print(arena, "-idirafter%s", find_annotations_directory(arena)));
    add_flag(arena, &flags, "-w"); /* warnings are the compiler's business */
    return flags;
}

static const char *unit_text(struct model_set *set)
{
    const char *text = "";
    for (size_t i = 0; i < set->header_count; i++)
        text = arena_print(set->arena, "%s#include \"%s\"\n", text, set->headers[i].absolute);
    return text;
}

static bool read_unit(struct scan *scan)
{
    struct model_set *set = scan->set;
    scan->files = arena_take(scan->arena, set->header_count * sizeof *scan->files);
    for (size_t i = 0; i < set->header_count; i++)
        scan->files[i] = clang_getFile(scan->unit, set->headers[i].absolute);
    clang_getInclusions(scan->unit, visit_inclusion, scan);
    if (report_clang_errors(scan))
        return false;
    clang_visitChildren(clang_getTranslationUnitCursor(scan->unit), visit_declaration, scan);
    return true;
}

bool scan_headers(struct model_set *set, const char *const *given, size_t given_count)
{
    char directory[PATH_MAX];
    struct scan scan = {.set = set, .arena = set->arena};
    scan.directory = getcwd(directory, sizeof directory) != NULL ? directory : "";
    struct flags flags = all_flags(set->arena, given, given_count);
    const char *text = unit_text(set);
    struct CXUnsavedFile file = {.Filename = "armature-models.c", .Contents = text, .Length = strlen(text)};
    CXIndex index = clang_createIndex(0, 0);
    enum CXErrorCode error = clang_parseTranslationUnit2(index, file.Filename, flags.items, (int)flags.count, &file, 1,
                                                         CXTranslationUnit_SkipFunctionBodies, &scan.unit);
    bool done = false;
    if (error != CXError_Success || scan.unit == NULL) {
        diagnostic_error(set->diagnostics, (struct location){.order = 0}, "clang cannot read the headers");
        diagnostic_help(set->diagnostics, "see that every flag behind `--` is one that clang knows");
    } else {
        done = read_unit(&scan);
        clang_disposeTranslationUnit(scan.unit);
    }
    clang_disposeIndex(index);
    return done;
}
