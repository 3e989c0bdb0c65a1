/* The flags of clang: the paths of its own and armature's headers, and the relevant warnings. */
#include "scan_clang.h"

#include <dlfcn.h>
#include <glob.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

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

/* Return the directory of clang's own headers: where the build found them, or else next to the library. NULL if they
 * are in neither place; clang then searches for them itself. */
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

/* Return the directory of armature/annotations.h: next to the installed tool, or else that of the build. */
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

static void add_flag(struct arena *arena, struct flags *flags, const char *flag)
{
    list_add(arena, flags->items, flags->count) = flag;
}

struct flags scan_flags(struct arena *arena, const char *const *given, size_t given_count)
{
    struct flags flags = {0};
    add_flag(arena, &flags, "-xc");
    if (!has_flag(given, given_count, "-std"))
        add_flag(arena, &flags, "-std=gnu11");
    for (size_t i = 0; i < given_count; i++)
        if (strcmp(given[i], "-w") != 0) /* it would override the flags below */
            add_flag(arena, &flags, given[i]);
    const char *resources = has_flag(given, given_count, "-resource-dir") ? NULL : find_resource_directory(arena);
    if (resources != NULL)
        add_flag(arena, &flags, arena_print(arena, "-resource-dir=%s", resources));
    add_flag(arena, &flags, "-DARMATURE_TOOL");
    add_flag(arena, &flags, arena_print(arena, "-idirafter%s", find_annotations_directory(arena)));
    add_flag(arena, &flags, "-idirafter" ARMATURE_INCLUDE_DIR);
    add_flag(arena, &flags, "-Wno-everything"); /* the compiler reports warnings; only ignored attributes matter here */
    add_flag(arena, &flags, "-Wignored-attributes");
    add_flag(arena, &flags, "-Wmissing-declarations");
    add_flag(arena, &flags, "-Wno-error"); /* these concern only armature's attributes */
    return flags;
}
