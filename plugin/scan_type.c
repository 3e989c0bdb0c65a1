/* Maps the C type of a field to a column type: by the name of its typedef or struct, or else by size and sign on the
 * target. */
#include "scan_clang.h"
#include "type.h"

#include <string.h>

/* Return the column type of a typedef with a name that the table has, or of a typedef of one; else NULL. */
static const struct column_type *find_typedef(struct arena *arena, CXType type)
{
    for (;;) {
        if (type.kind == CXType_Elaborated)
            type = clang_Type_getNamedType(type);
        if (type.kind != CXType_Typedef)
            return NULL;
        CXCursor declaration = clang_getTypeDeclaration(type);
        const struct column_type *found =
            column_type_of_typedef(scan_text(arena, clang_getCursorSpelling(declaration)));
        if (found != NULL)
            return found;
        type = clang_getTypedefDeclUnderlyingType(declaration);
    }
}

static bool is_char(CXType type)
{
    return type.kind == CXType_Char_S || type.kind == CXType_Char_U;
}

static bool is_unsigned(enum CXTypeKind kind)
{
    switch (kind) {
    case CXType_Char_U:
    case CXType_UChar:
    case CXType_Char16:
    case CXType_Char32:
    case CXType_UShort:
    case CXType_UInt:
    case CXType_ULong:
    case CXType_ULongLong:
        return true;
    default:
        return false;
    }
}

static bool is_integer(enum CXTypeKind kind)
{
    switch (kind) {
    case CXType_Char_S:
    case CXType_SChar:
    case CXType_WChar:
    case CXType_Short:
    case CXType_Int:
    case CXType_Long:
    case CXType_LongLong:
        return true;
    default:
        return is_unsigned(kind);
    }
}

static void map_integer(CXType type, struct member *member)
{
    member->type = column_type_of_integer(clang_Type_getSizeOf(type), is_unsigned(type.kind))->type;
}

struct constants {
    const struct scan *scan;
    struct member *member;
};

/* Add the attributes of the latest constant. */
static void add_constant_attributes(const struct constants *constants, CXCursor cursor)
{
    struct member *member = constants->member;
    struct attribute_list attributes = {0};
    scan_attributes(constants->scan, cursor, &attributes);
    for (size_t i = 0; i < attributes.count; i++)
        list_add(constants->scan->arena, member->enum_attributes, member->enum_attribute_count) =
            (struct constant_attribute){.constant = member->enum_count - 1, .attribute = attributes.items[i]};
}

static enum CXChildVisitResult visit_constant(CXCursor cursor, CXCursor parent, CXClientData data)
{
    (void)parent;
    const struct constants *constants = data;
    struct member *member = constants->member;
    if (clang_getCursorKind(cursor) != CXCursor_EnumConstantDecl)
        return CXChildVisit_Continue;
    int64_t value = member->is_unsigned_enum ? (int64_t)clang_getEnumConstantDeclUnsignedValue(cursor)
                                             : (int64_t)clang_getEnumConstantDeclValue(cursor);
    list_add(constants->scan->arena, member->enum_names, member->enum_count) = (struct ar_enum_name){
        .name = scan_text(constants->scan->arena, clang_getCursorSpelling(cursor)),
        .value = value,
    };
    add_constant_attributes(constants, cursor);
    return CXChildVisit_Continue;
}

/* In C++, an enum declared inside a struct is a member of the struct. */
static bool is_within_struct(CXCursor declaration)
{
    enum CXCursorKind parent = clang_getCursorKind(clang_getCursorLexicalParent(declaration));
    return parent == CXCursor_StructDecl || parent == CXCursor_UnionDecl;
}

static void name_enum(struct arena *arena, CXCursor declaration, struct member *member)
{
    static const char keyword[] = "enum ";
    const char *type = scan_text(arena, clang_getTypeSpelling(clang_getCursorType(declaration)));
    bool has_tag = strncmp(type, keyword, strlen(keyword)) == 0;
    const char *name = has_tag ? type + strlen(keyword) : type;
    size_t length = strlen(name);
    if (strpbrk(name, " (:") != NULL)
        return;
    if (!has_tag && length > 2 && strcmp(name + length - 2, "_t") == 0)
        length -= 2;
    member->enum_tag = arena_copy(arena, name, length);
    if (!is_within_struct(declaration))
        member->enum_type = type;
}

static void map_enum(const struct scan *scan, CXType type, struct member *member)
{
    CXCursor declaration = clang_getTypeDeclaration(type);
    CXType integer = clang_getCanonicalType(clang_getEnumDeclIntegerType(declaration));
    if (!is_integer(integer.kind)) {
        member->unmapped = "an enum that is declared but not defined";
        return;
    }
    member->is_enum = true;
    member->is_unsigned_enum = is_unsigned(integer.kind);
    map_integer(integer, member);
    struct constants constants = {.scan = scan, .member = member};
    clang_visitChildren(declaration, visit_constant, &constants);
    name_enum(scan->arena, declaration, member);
}

static void map_record(struct arena *arena, CXType type, struct member *member)
{
    CXCursor declaration = clang_getTypeDeclaration(type);
    const struct column_type *found = column_type_of_struct(scan_text(arena, clang_getCursorSpelling(declaration)));
    if (found != NULL)
        member->type = found->type;
    else {
        member->is_struct = clang_getCursorKind(declaration) == CXCursor_StructDecl;
        member->unmapped = member->is_struct ? "a nested struct" : "a union";
    }
}

static void map_array(CXType type, struct member *member)
{
    CXType element = clang_getCanonicalType(clang_getArrayElementType(type));
    if (is_char(element))
        member->type = AR_TYPE_CHARS;
    else if (element.kind == CXType_UChar)
        member->type = AR_TYPE_BYTES;
    else
        member->unmapped = "an array";
}

static void map_pointer(CXType type, struct member *member)
{
    CXType pointee = clang_getPointeeType(type);
    if (is_char(clang_getCanonicalType(pointee))) {
        member->type = AR_TYPE_TEXT;
        member->is_writable_text = !clang_isConstQualifiedType(clang_getCanonicalType(pointee));
    } else
        member->unmapped = "a pointer to something other than char";
}

static void map_canonical(const struct scan *scan, CXType type, struct member *member)
{
    switch (type.kind) {
    case CXType_Bool:
        member->type = AR_TYPE_BOOL;
        break;
    case CXType_Float:
        member->type = AR_TYPE_FLOAT;
        break;
    case CXType_Double:
        member->type = AR_TYPE_DOUBLE;
        break;
    case CXType_Enum:
        map_enum(scan, type, member);
        break;
    case CXType_Record:
        map_record(scan->arena, type, member);
        break;
    case CXType_ConstantArray:
        map_array(type, member);
        break;
    case CXType_IncompleteArray:
        member->unmapped = "an array without a size";
        break;
    case CXType_Pointer:
        map_pointer(type, member);
        break;
    default:
        if (is_integer(type.kind))
            map_integer(type, member);
        else
            member->unmapped = "an unsupported type";
    }
}

/* Return the type as written. For a type without a name, clang adds its location, which is removed. */
static const char *type_spelling(struct arena *arena, CXType type)
{
    const char *text = scan_text(arena, clang_getTypeSpelling(type));
    const char *location = strstr(text, " (unnamed ");
    return location != NULL ? arena_print(arena, "%.*s { ... }", (int)(location - text), text) : text;
}

static void map_type(const struct scan *scan, CXType type, struct member *member)
{
    const struct column_type *found = find_typedef(scan->arena, type);
    long long size = clang_Type_getSizeOf(type);
    member->spelling = type_spelling(scan->arena, type);
    if (size > 0 && size <= UINT32_MAX)
        member->size = (uint32_t)size;
    if (found != NULL)
        member->type = found->type;
    else
        map_canonical(scan, clang_getCanonicalType(type), member);
    if (size > UINT32_MAX && member->unmapped == NULL)
        member->unmapped = "larger than 4 GiB";
}

void scan_type(const struct scan *scan, CXCursor field, struct member *member)
{
    map_type(scan, clang_getCursorType(field), member);
    if (clang_Cursor_isBitField(field))
        member->unmapped = "a bit-field";
}

/* ---- Types by name ----------------------------------------------------------------------------------------------- */

static enum CXChildVisitResult visit_named_type(CXCursor cursor, CXCursor parent, CXClientData data)
{
    (void)parent;
    struct scan *scan = data;
    const char *name = scan_text(scan->arena, clang_getCursorSpelling(cursor));
    switch (clang_getCursorKind(cursor)) {
    case CXCursor_EnumDecl:
        name = arena_print(scan->arena, "enum %s", name);
        break;
    case CXCursor_StructDecl:
        name = arena_print(scan->arena, "struct %s", name);
        break;
    case CXCursor_TypedefDecl:
        break;
    default:
        return CXChildVisit_Continue;
    }
    struct member *member = arena_take(scan->arena, sizeof *member);
    map_type(scan, clang_getCursorType(cursor), member);
    name_map_add(scan->arena, &scan->set->types, name, member);
    return CXChildVisit_Continue;
}

void scan_named_types(struct scan *scan)
{
    CXTargetInfo target = clang_getTranslationUnitTargetInfo(scan->unit);
    scan->set->long_size = (unsigned)clang_TargetInfo_getPointerWidth(target) / 8;
    clang_TargetInfo_dispose(target);
    clang_visitChildren(clang_getTranslationUnitCursor(scan->unit), visit_named_type, scan);
}
