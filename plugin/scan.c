/* Reads structs, members and attributes with libclang, without checking them. scan_error.c reports clang's errors. */
#include "scan.h"
#include "output.h"
#include "scan_clang.h"

#include <limits.h>
#include <string.h>
#include <unistd.h>

static const char attribute_prefix[] = "armature:";

const char *scan_text(struct arena *arena, CXString string)
{
    const char *text = clang_getCString(string);
    const char *copy = arena_text(arena, text != NULL ? text : "");
    clang_disposeString(string);
    return copy;
}

/* ---- Locations --------------------------------------------------------------------------------------------------- */

/* Return the given header that is this file, or NULL. */
static struct header *header_of(const struct scan *scan, CXFile file)
{
    for (size_t i = 0; file != NULL && i < scan->set->header_count; i++)
        if (scan->files[i] != NULL && clang_File_isEqual(scan->files[i], file))
            return &scan->set->headers[i];
    return NULL;
}

/* Return the path relative to the directory if it is below it, otherwise as it is. */
static const char *below_directory(const char *path, const char *directory)
{
    size_t length = strlen(directory);
    return length > 0 && strncmp(path, directory, length) == 0 && path[length] == '/' ? path + length + 1 : path;
}

struct location scan_location(const struct scan *scan, CXSourceLocation source)
{
    CXFile file;
    struct location at = {.order = UINT_MAX};
    clang_getExpansionLocation(source, &file, &at.line, &at.column, NULL);
    const struct header *header = header_of(scan, file);
    if (header != NULL) {
        at.file = header->given;
        at.order = (unsigned)(header - scan->set->headers);
    } else if (file != NULL)
        at.file = below_directory(scan_text(scan->arena, clang_getFileName(file)), scan->directory);
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
    struct attribute_list *attributes; /* of the struct */
    struct member ***members;
    size_t *member_count;
    CXCursor nested;    /* the struct that was last declared within this one … */
    size_t stray_count; /* … and the number of strays before it */
};

static void add_attribute(const struct scan *scan, CXCursor cursor, struct attribute_list *list)
{
    const char *text = scan_text(scan->arena, clang_getCursorSpelling(cursor));
    if (strncmp(text, attribute_prefix, sizeof attribute_prefix - 1) != 0)
        return;
    list_add(scan->arena, list->items, list->count) = (struct attribute){
        .text = text + sizeof attribute_prefix - 1,
        .at = scan_location(scan, clang_getCursorLocation(cursor)),
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

void scan_attributes(const struct scan *scan, CXCursor declaration, struct attribute_list *list)
{
    struct attribute_visit visit = {scan, list};
    clang_visitChildren(declaration, visit_attribute, &visit);
}

struct stray_visit {
    struct scan *scan;
    const char *subject;
    const char *help;
};

static enum CXChildVisitResult visit_stray(CXCursor cursor, CXCursor parent, CXClientData data)
{
    (void)parent;
    struct stray_visit *visit = data;
    struct model_set *set = visit->scan->set;
    struct attribute_list attributes = {0};
    enum CXCursorKind kind = clang_getCursorKind(cursor);
    if (kind == CXCursor_AnnotateAttr)
        add_attribute(visit->scan, cursor, &attributes);
    for (size_t i = 0; i < attributes.count; i++)
        list_add(set->arena, set->strays, set->stray_count) =
            (struct stray_attribute){visit->subject, visit->help, attributes.items[i]};
    return CXChildVisit_Continue;
}

static enum CXChildVisitResult visit_nested_stray(CXCursor cursor, CXCursor parent, CXClientData data)
{
    visit_stray(cursor, parent, data);
    return CXChildVisit_Recurse;
}

static const char attribute_help[] =
    "attributes of a struct go after its closing brace, attributes of a field after its name";

static void add_strays(struct scan *scan, CXCursor cursor, const char *what)
{
    const char *name = scan_text(scan->arena, clang_getCursorSpelling(cursor));
    struct stray_visit visit = {scan, arena_print(scan->arena, "%s `%s`", what, name), attribute_help};
    clang_visitChildren(cursor, visit_stray, &visit);
}

static struct member *add_member(struct record_visit *visit, CXCursor cursor)
{
    struct scan *scan = visit->scan;
    struct member *member = arena_take(scan->arena, sizeof *member);
    member->at = scan_location(scan, clang_getCursorLocation(cursor));
    scan_attributes(scan, cursor, &member->attributes);
    list_add(scan->arena, *visit->members, *visit->member_count) = member;
    return member;
}

static enum CXChildVisitResult visit_member(CXCursor cursor, CXCursor parent, CXClientData data);

/* Read the fields of a struct that become columns of the one that contains it. */
static void visit_parts(struct scan *scan, CXCursor declaration, struct member *member)
{
    struct attribute_list ignored = {0}; /* visit_record reports those of a struct at file scope */
    struct record_visit visit = {scan, &ignored, &member->parts, &member->part_count, clang_getNullCursor(), 0};
    clang_visitChildren(declaration, visit_member, &visit);
}

static void visit_field(struct record_visit *visit, CXCursor cursor)
{
    struct scan *scan = visit->scan;
    struct member *member = add_member(visit, cursor);
    member->field = scan_text(scan->arena, clang_getCursorSpelling(cursor));
    scan_type(scan, cursor, member);
    if (!member->is_struct || !scan_has_attribute(&member->attributes, ATTRIBUTE_EMBED))
        return;
    CXCursor declaration = clang_getTypeDeclaration(clang_getCanonicalType(clang_getCursorType(cursor)));
    const char *type = scan_text(scan->arena, clang_getTypeSpelling(clang_getCursorType(declaration)));
    if (clang_equalCursors(declaration, visit->nested)) /* the attributes in it are not misplaced */
        scan->set->stray_count = visit->stray_count;
    name_map_add(scan->arena, &scan->set->embedded, type, member);
    visit_parts(scan, declaration, member);
}

static enum CXChildVisitResult visit_member(CXCursor cursor, CXCursor parent, CXClientData data)
{
    (void)parent;
    struct record_visit *visit = data;
    enum CXCursorKind kind = clang_getCursorKind(cursor);
    if (kind == CXCursor_AnnotateAttr)
        add_attribute(visit->scan, cursor, visit->attributes);
    else if (kind == CXCursor_FieldDecl)
        visit_field(visit, cursor);
    else if (clang_Cursor_isAnonymousRecordDecl(cursor)) {
        struct member *member = add_member(visit, cursor);
        member->field = "";
        member->spelling = "";
        member->unmapped = kind == CXCursor_UnionDecl ? "an anonymous union" : "an empty anonymous struct";
        if (kind == CXCursor_StructDecl)
            visit_parts(visit->scan, cursor, member);
    } else if (kind == CXCursor_StructDecl || kind == CXCursor_UnionDecl) {
        visit->nested = cursor;
        visit->stray_count = visit->scan->set->stray_count;
        struct stray_visit stray = {visit->scan, "a struct or union within a struct",
                                    "a model is a struct at file scope"};
        clang_visitChildren(cursor, visit_nested_stray, &stray);
    }
    return CXChildVisit_Continue;
}

/* Return the tag of the struct, or the name of its typedef without _t; "" if it has neither. */
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

static bool any_has_attributes(struct member *const *members, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (members[i]->attributes.count > 0 ||
            (members[i]->field[0] == '\0' && any_has_attributes(members[i]->parts, members[i]->part_count)))
            return true;
    return false;
}

static bool has_attributes(const struct model *model)
{
    return model->attributes.count > 0 || any_has_attributes(model->members, model->member_count);
}

/* Return true if clang reported an error between the first and the last line of the declaration. */
static bool has_error(const struct scan *scan, CXCursor cursor)
{
    if (scan->error_count == 0)
        return false;
    CXSourceRange extent = clang_getCursorExtent(cursor);
    struct location start = scan_location(scan, clang_getRangeStart(extent));
    struct location end = scan_location(scan, clang_getRangeEnd(extent));
    for (size_t i = 0; i < scan->error_count; i++) {
        const struct location *error = &scan->errors[i];
        if (error->file != NULL && start.file != NULL && strcmp(error->file, start.file) == 0 &&
            error->line >= start.line && error->line <= end.line)
            return true;
    }
    return false;
}

static void visit_record(struct scan *scan, CXCursor cursor)
{
    struct model_set *set = scan->set;
    if (!clang_isCursorDefinition(cursor))
        return;
    struct model *model = arena_take(scan->arena, sizeof *model);
    model->c_type = scan_text(scan->arena, clang_getTypeSpelling(clang_getCursorType(cursor)));
    model->name = name_of_type(scan->arena, model->c_type);
    model->at = scan_location(scan, clang_getCursorLocation(cursor));
    model->end = scan_location(scan, clang_getRangeEnd(clang_getCursorExtent(cursor)));
    model->header = header_of_cursor(scan, cursor);
    model->is_broken = has_error(scan, cursor);
    struct record_visit visit = {scan, &model->attributes, &model->members, &model->member_count, clang_getNullCursor(),
                                 0};
    clang_visitChildren(cursor, visit_member, &visit);
    if (model->header != NULL && has_attributes(model)) {
        list_add(scan->arena, set->models, set->model_count) = model;
        list_add(scan->arena, model->header->models, model->header->model_count) = model;
    } else if (model->name[0] != '\0')
        list_add(scan->arena, set->others, set->other_count) = model;
}

static void visit_typedef(struct scan *scan, CXCursor cursor)
{
    const char *name = scan_text(scan->arena, clang_getCursorSpelling(cursor));
    struct stray_visit visit = {
        scan, arena_print(scan->arena, "the typedef's name `%s`", name),
        arena_print(scan->arena, "the struct's attributes go between its closing brace and `%s`", name)};
    clang_visitChildren(cursor, visit_stray, &visit);
}

/* Check a declaration in a given header that must not have attributes of a model. */
static void visit_other(struct scan *scan, CXCursor cursor)
{
    if (has_error(scan, cursor))
        return;
    switch (clang_getCursorKind(cursor)) {
    case CXCursor_TypedefDecl:
        visit_typedef(scan, cursor);
        break;
    case CXCursor_EnumDecl:
        add_strays(scan, cursor, "the enum");
        break;
    case CXCursor_UnionDecl:
        add_strays(scan, cursor, "the union");
        break;
    case CXCursor_VarDecl:
        add_strays(scan, cursor, "the variable");
        break;
    case CXCursor_FunctionDecl:
        add_strays(scan, cursor, "the function");
        break;
    default:
        break;
    }
}

/* ---- The translation unit ---------------------------------------------------------------------------------------- */

static void add_name(struct scan *scan, CXCursor cursor, bool is_tag)
{
    struct model_set *set = scan->set;
    const char *name = scan_text(scan->arena, clang_getCursorSpelling(cursor));
    if (name[0] == '\0' || strpbrk(name, " (") != NULL)
        return;
    list_add(scan->arena, set->declared, set->declared_count) = (struct declared_name){
        .name = name,
        .is_tag = is_tag,
        .at = scan_location(scan, clang_getCursorLocation(cursor)),
    };
    if (clang_getCursorKind(cursor) == CXCursor_TypedefDecl)
        name_map_add(scan->arena, &set->typedefs, name, set);
}

static enum CXChildVisitResult visit_name(CXCursor cursor, CXCursor parent, CXClientData data)
{
    (void)parent;
    struct scan *scan = data;
    switch (clang_getCursorKind(cursor)) {
    case CXCursor_StructDecl:
    case CXCursor_UnionDecl:
        add_name(scan, cursor, true);
        break;
    case CXCursor_EnumDecl:
        add_name(scan, cursor, true);
        return CXChildVisit_Recurse;
    case CXCursor_TypedefDecl:
    case CXCursor_EnumConstantDecl:
    case CXCursor_FunctionDecl:
    case CXCursor_VarDecl:
        add_name(scan, cursor, false);
        break;
    default:
        break;
    }
    return CXChildVisit_Continue;
}

static enum CXChildVisitResult visit_declaration(CXCursor cursor, CXCursor parent, CXClientData data)
{
    struct scan *scan = data;
    if (clang_getCursorKind(cursor) == CXCursor_StructDecl)
        visit_record(scan, cursor);
    else if (header_of_cursor(scan, cursor) != NULL)
        visit_other(scan, cursor);
    return visit_name(cursor, parent, data);
}

static void visit_inclusion(CXFile file, CXSourceLocation *stack, unsigned depth, CXClientData data)
{
    (void)stack;
    struct scan *scan = data;
    if (depth == 0) /* the translation unit itself is not a file */
        return;
    const char *name = scan_text(scan->arena, clang_getFileName(file));
    list_add(scan->arena, scan->set->inclusions, scan->set->inclusion_count) = name;
    const char *slash = strrchr(name, '/');
    if (strcmp(slash != NULL ? slash + 1 : name, "annotations.h") == 0)
        scan->set->has_annotations = true;
}

static const char *unit_text(struct model_set *set)
{
    struct text text = {0};
    for (size_t i = 0; i < set->header_count; i++)
        text_print(&text, "#include \"%s\"\n", set->headers[i].absolute);
    const char *copy = arena_copy(set->arena, text.data, text.length);
    text_free(&text);
    return copy;
}

static CXTranslationUnit parse(CXIndex index, const char *text, const struct flags *flags)
{
    struct CXUnsavedFile file = {.Filename = "armature-models.c", .Contents = text, .Length = strlen(text)};
    CXTranslationUnit unit = NULL;
    (void)clang_parseTranslationUnit2(index, file.Filename, flags->items, (int)flags->count, &file, 1,
                                      CXTranslationUnit_SkipFunctionBodies, &unit);
    return unit;
}

static bool has_statements(const struct model_set *set)
{
    for (size_t i = 0; i < set->model_count; i++)
        for (size_t j = 0; j < set->models[i]->attributes.count; j++)
            if (strncmp(set->models[i]->attributes.items[j].text, "sql ", 4) == 0)
                return true;
    return false;
}

static bool read_unit(struct scan *scan)
{
    struct model_set *set = scan->set;
    for (size_t i = 0; i < set->header_count; i++)
        scan->files[i] = clang_getFile(scan->unit, set->headers[i].absolute);
    clang_getInclusions(scan->unit, visit_inclusion, scan);
    if (!scan_report_errors(scan))
        return false;
    clang_visitChildren(clang_getTranslationUnitCursor(scan->unit), visit_declaration, scan);
    scan_remove_embedded(set);
    if (has_statements(set))
        scan_named_types(scan);
    return true;
}

/* Read the names that generated code always declares, in C and C++: generated headers include armature/armature.h,
 * which includes system headers. This is a separate translation unit, so that it does not affect the user's headers. */
static void read_system_names(struct scan *scan, CXIndex index, struct flags flags)
{
    list_add(scan->arena, flags.items, flags.count) = "-D_GNU_SOURCE";
    scan->unit = parse(index, "#include <armature/armature.h>\n", &flags);
    if (scan->unit == NULL)
        return;
    clang_visitChildren(clang_getTranslationUnitCursor(scan->unit), visit_name, scan);
    clang_disposeTranslationUnit(scan->unit);
}

bool scan_headers(struct model_set *set, const char *const *given, size_t given_count)
{
    char directory[PATH_MAX];
    struct scan scan = {.set = set, .arena = set->arena};
    scan.directory = getcwd(directory, sizeof directory) != NULL ? directory : "";
    scan.files = arena_take(set->arena, set->header_count * sizeof *scan.files);
    struct flags flags = scan_flags(set->arena, given, given_count);
    CXIndex index = clang_createIndex(0, 0);
    scan.unit = parse(index, unit_text(set), &flags);
    bool done = false;
    if (scan.unit == NULL) {
        diagnostic_error(set->diagnostics, (struct location){.order = 0}, "clang cannot read the headers");
        diagnostic_help(set->diagnostics, "check that clang knows all flags after `--`");
    } else {
        done = read_unit(&scan);
        clang_disposeTranslationUnit(scan.unit);
        memset(scan.files, 0, set->header_count * sizeof *scan.files);
        if (done)
            read_system_names(&scan, index, flags);
    }
    clang_disposeIndex(index);
    return done;
}
