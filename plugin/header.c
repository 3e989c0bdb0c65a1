/* Computes the paths of headers: absolute, below a base directory, and below the output directory. */
#include "header.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct location nowhere;

/* Return the path with the symbolic links of its directories resolved, or NULL if it cannot be read. */
static const char *real_path(struct arena *arena, const char *path)
{
    char real[PATH_MAX];
    const char *slash = strrchr(path, '/');
    const char *directory = slash == NULL ? "." : arena_copy(arena, path, slash == path ? 1 : (size_t)(slash - path));
    if (access(path, R_OK) != 0 || realpath(directory, real) == NULL)
        return NULL;
    return arena_print(arena, "%s/%s", strcmp(real, "/") == 0 ? "" : real, slash == NULL ? path : slash + 1);
}

/* Return the path relative to the directory, or NULL if it is not below it. */
static const char *below(const char *path, const char *directory)
{
    size_t length = strlen(directory);
    if (directory[length - 1] == '/') /* of the root */
        length--;
    return strncmp(path, directory, length) == 0 && path[length] == '/' ? path + length + 1 : NULL;
}

static const char *below_any(const char *path, const char *const *bases, size_t count)
{
    const char *shortest = NULL;
    if (count == 0)
        return strrchr(path, '/') + 1;
    for (size_t i = 0; i < count; i++) {
        const char *rest = bases[i] != NULL ? below(path, bases[i]) : NULL;
        if (rest != NULL && (shortest == NULL || strlen(rest) < strlen(shortest)))
            shortest = rest;
    }
    return shortest;
}

static const char *output_name(struct arena *arena, const char *relative)
{
    size_t length = strlen(relative);
    if (length > 2 && strcmp(relative + length - 2, ".h") == 0)
        length -= 2;
    return arena_print(arena, "%.*s.ar.h", (int)length, relative);
}

static const char *guard_name(struct model_set *set, const struct header *header)
{
    char *guard = arena_print(set->arena, "ARMATURE_%s", header->output);
    for (char *at = guard; *at != '\0'; at++) {
        if (*at >= 'a' && *at <= 'z')
            *at = (char)(*at - 'a' + 'A');
        else if (!((*at >= 'A' && *at <= 'Z') || (*at >= '0' && *at <= '9')))
            *at = '_';
    }
    for (const struct header *other = set->headers; other < header; other++)
        if (other->guard != NULL && strcmp(other->guard, guard) == 0)
            return arena_print(set->arena, "%s_%zu", guard, (size_t)(header - set->headers) + 1);
    return guard;
}

/* Return true for a source file: generated code would include it, and define its functions again. */
static bool is_source(const char *path)
{
    static const char *const endings[] = {".c", ".cc", ".cpp", ".cxx", ".m"};
    const char *dot = strrchr(path, '.');
    for (size_t i = 0; dot != NULL && i < sizeof endings / sizeof *endings; i++)
        if (strcmp(dot, endings[i]) == 0)
            return true;
    return false;
}

static void find_header(struct model_set *set, struct header *header, const char *const *bases, size_t base_count)
{
    header->absolute = real_path(set->arena, header->given);
    if (header->absolute == NULL) {
        diagnostic_error(set->diagnostics, nowhere, "the header %s cannot be read", header->given);
        return;
    }
    struct stat file;
    if (stat(header->absolute, &file) == 0 && S_ISDIR(file.st_mode)) {
        diagnostic_error(set->diagnostics, nowhere, "the header %s is a directory", header->given);
        return;
    }
    if (is_source(header->given)) {
        diagnostic_error(set->diagnostics, nowhere, "%s is a source file; models must be in headers", header->given);
        diagnostic_help(set->diagnostics, "move the structs into a header, which generated code includes");
        return;
    }
    if (strpbrk(header->absolute, "\"\n") != NULL || header->absolute[strlen(header->absolute) - 1] == '\\') {
        diagnostic_error(set->diagnostics, nowhere,
                         "%s cannot be included: its name has a quote, a newline or a backslash at its end",
                         header->given);
        return;
    }
    header->relative = below_any(header->absolute, bases, base_count);
    if (header->relative == NULL) {
        diagnostic_error(set->diagnostics, nowhere, "the header %s is not below a base directory", header->given);
        diagnostic_help(set->diagnostics, "name a directory above it with --base-dir (BASE_DIRS in CMake)");
        return;
    }
    header->output = output_name(set->arena, header->relative);
    header->guard = guard_name(set, header);
}

/* Report headers with the same output: those with the same relative path, or the same header given twice. */
static void check_outputs(struct model_set *set)
{
    for (size_t i = 0; i < set->header_count; i++)
        for (size_t j = 0; j < i; j++) {
            const struct header *a = &set->headers[j], *b = &set->headers[i];
            if (a->output == NULL || b->output == NULL || strcmp(a->output, b->output) != 0)
                continue;
            if (strcmp(a->absolute, b->absolute) == 0)
                diagnostic_error(set->diagnostics, nowhere, "the header %s is repeated", b->given);
            else {
                diagnostic_error(set->diagnostics, nowhere, "the output of both %s and %s would be %s", a->given,
                                 b->given, b->output);
                diagnostic_help(set->diagnostics, "name a directory above both with --base-dir (BASE_DIRS in CMake)");
            }
        }
}

void header_find_all(struct model_set *set, const char *const *paths, size_t count, const char *const *bases,
                     size_t base_count)
{
    char real[PATH_MAX];
    const char **real_bases = arena_take(set->arena, base_count * sizeof *real_bases);
    for (size_t i = 0; i < base_count; i++)
        if (realpath(bases[i], real) != NULL)
            real_bases[i] = arena_text(set->arena, real);
    set->headers = arena_take(set->arena, count * sizeof *set->headers);
    set->header_count = count;
    for (size_t i = 0; i < count; i++) {
        set->headers[i].given = paths[i];
        find_header(set, &set->headers[i], real_bases, base_count);
    }
    check_outputs(set);
}
