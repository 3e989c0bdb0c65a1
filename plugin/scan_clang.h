/* What the files that read headers with libclang share. */
#ifndef ARMATURE_PLUGIN_SCAN_CLANG_H
#define ARMATURE_PLUGIN_SCAN_CLANG_H

#include "model.h"

#include <clang-c/Index.h>

struct scan {
    struct model_set *set;
    struct arena *arena;
    CXTranslationUnit unit;
    CXFile *files;           /* of the set's headers */
    const char *directory;   /* that the tool was called in; "" if it is unknown */
    struct location *errors; /* of clang, in the headers given */
    size_t error_count;
};

struct flags {
    const char **items;
    size_t count;
};

/* A copy in the arena; libclang's own string is given back. */
const char *scan_text(struct arena *arena, CXString string);

struct location scan_location(const struct scan *scan, CXSourceLocation source);

/* Report clang's errors and the attributes that it ignored. Return false if it gave up before the end. */
bool scan_report_errors(struct scan *scan);

/* The flags for clang: those given, its own headers, armature's, and no warnings but those that are errors here. */
struct flags scan_flags(struct arena *arena, const char *const *given, size_t given_count);

#endif
