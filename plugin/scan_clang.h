/* Declarations shared by the files that read headers with libclang. */
#ifndef ARMATURE_PLUGIN_SCAN_CLANG_H
#define ARMATURE_PLUGIN_SCAN_CLANG_H

#include "model.h"

#include <clang-c/Index.h>

struct scan {
    struct model_set *set;
    struct arena *arena;
    CXTranslationUnit unit;
    CXFile *files;           /* of the set's headers */
    const char *directory;   /* the tool's working directory; "" if unknown */
    struct location *errors; /* clang's errors in the given headers */
    size_t error_count;
};

struct flags {
    const char **items;
    size_t count;
};

/* Copy the string into the arena and dispose of libclang's. */
const char *scan_text(struct arena *arena, CXString string);

struct location scan_location(const struct scan *scan, CXSourceLocation source);

/* Add the attributes of a declaration to the list. */
void scan_attributes(const struct scan *scan, CXCursor declaration, struct attribute_list *list);

/* Set the member's type, size, spelling and constants, or the reason why its type cannot be a column. */
void scan_type(const struct scan *scan, CXCursor field, struct member *member);

/* Map all types that the unit names, for the parameters of AR_SQL. */
void scan_named_types(struct scan *scan);

/* Return true if an attribute of this kind is in the list. */
bool scan_has_attribute(const struct attribute_list *list, enum attribute_kind kind);

/* Remove the structs that are embedded in models, and have no table, from the models. */
void scan_remove_embedded(struct model_set *set);

/* Report clang's errors and the attributes that it ignored. Return false if clang stopped before the end. */
bool scan_report_errors(struct scan *scan);

/* Return the flags for clang: the given ones, the paths of clang's and armature's headers, and only those warnings that
 * the tool treats as errors. */
struct flags scan_flags(struct arena *arena, const char *const *given, size_t given_count);

#endif
