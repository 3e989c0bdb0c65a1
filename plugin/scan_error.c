/* Clang's errors, with help for those whose wording does not mention attributes. */
#include "scan_clang.h"
#include "suggest.h"

#include <string.h>

/* Return the source line of the location and its column; NULL if the file cannot be read. */
static const char *source_line(struct scan *scan, CXSourceLocation source, unsigned *column)
{
    CXFile file;
    unsigned line;
    size_t size = 0;
    clang_getExpansionLocation(source, &file, &line, column, NULL);
    const char *text = file != NULL ? clang_getFileContents(scan->unit, file, &size) : NULL;
    const char *end = text != NULL ? text + size : NULL;
    for (; text != NULL && line > 1; line--) {
        text = memchr(text, '\n', (size_t)(end - text));
        text = text != NULL ? text + 1 : NULL;
    }
    if (text == NULL)
        return NULL;
    const char *line_end = memchr(text, '\n', (size_t)(end - text));
    return arena_copy(scan->arena, text, (size_t)((line_end != NULL ? line_end : end) - text));
}

/* Return the next name in the line that begins with AR_, or NULL. */
static const char *next_attribute(struct arena *arena, const char **line)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_0123456789";
    while (**line != '\0') {
        size_t length = strspn(*line, letters);
        const char *name = arena_copy(arena, *line, length);
        *line += length > 0 ? length : 1;
        if (strncmp(name, "AR_", 3) == 0)
            return name;
    }
    return NULL;
}

/* Return the first existing attribute in the line, or NULL. */
static const char *known_attribute(struct scan *scan, CXSourceLocation source)
{
    unsigned column;
    const char *line = source_line(scan, source, &column);
    const char *name = line != NULL ? next_attribute(scan->arena, &line) : NULL;
    while (name != NULL && !attribute_has_macro(name))
        name = next_attribute(scan->arena, &line);
    return name;
}

/* Return the misspelt attribute in the line that is next to the location, or NULL. Clang's location is the space before
 * it, or a character after it. */
static const char *misspelt_attribute(struct scan *scan, CXSourceLocation source)
{
    unsigned column;
    const char *start = source_line(scan, source, &column), *line = start, *found = NULL;
    for (const char *name; line != NULL && (name = next_attribute(scan->arena, &line)) != NULL;)
        if (!attribute_has_macro(name) && (found == NULL || line - strlen(name) <= start + column))
            found = name;
    return found;
}

/* Clang's message about a misspelt attribute does not name it. */
static void help_attribute(struct scan *scan, CXSourceLocation source)
{
    const char *name = misspelt_attribute(scan, source);
    if (name == NULL)
        return;
    struct suggestion suggestion = {.wanted = name};
    for (size_t kind = 0; kind < ATTRIBUTE_COUNT; kind++)
        suggestion_offer(&suggestion, attribute_table[kind].macro);
    if (suggestion.name != NULL)
        diagnostic_help(scan->set->diagnostics, "`%s` is not an attribute; did you mean `%s`?", name, suggestion.name);
    else
        diagnostic_help(scan->set->diagnostics, "`%s` is not an attribute of armature/annotations.h", name);
}

static void add_error(struct scan *scan, struct location at, const char *message)
{
    diagnostic_error(scan->set->diagnostics, at, "%s", message);
    list_add(scan->arena, scan->errors, scan->error_count) = at;
}

/* Return false if errors after this one would be meaningless. */
static bool report_error(struct scan *scan, CXDiagnostic diagnostic)
{
    CXSourceLocation source = clang_getDiagnosticLocation(diagnostic);
    struct location at = scan_location(scan, source);
    const char *message = scan_text(scan->arena, clang_getDiagnosticSpelling(diagnostic));
    const char *attribute = known_attribute(scan, source);
    if (attribute != NULL && !scan->set->has_annotations) {
        add_error(scan, at, arena_print(scan->arena, "`%s` is not defined", attribute));
        diagnostic_help(scan->set->diagnostics, "#include <armature/annotations.h> before the structs");
        return false;
    }
    add_error(scan, at, message);
    if (strstr(message, "file not found") != NULL)
        diagnostic_help(scan->set->diagnostics, "pass the compiler's flags for include directories after `--`: "
                                                "-- -Iinclude");
    else
        help_attribute(scan, source);
    return clang_getDiagnosticSeverity(diagnostic) < CXDiagnostic_Fatal;
}

/* For an attribute that it ignores, such as one before `struct`, clang warns at the macro's name. */
static void report_ignored(struct scan *scan, CXDiagnostic diagnostic)
{
    unsigned column;
    CXSourceLocation source = clang_getDiagnosticLocation(diagnostic);
    const char *line = source_line(scan, source, &column);
    if (line == NULL || column > strlen(line))
        return;
    line += column - 1;
    const char *name = strncmp(line, "AR_", 3) == 0 ? next_attribute(scan->arena, &line) : NULL;
    if (name == NULL || !attribute_has_macro(name))
        return;
    add_error(scan, scan_location(scan, source), arena_print(scan->arena, "`%s` has no effect here", name));
    diagnostic_help(scan->set->diagnostics, "attributes of a struct go after its closing brace or after `struct`, "
                                            "attributes of a field after its name");
}

bool scan_report_errors(struct scan *scan)
{
    bool goes_on = true;
    for (unsigned i = 0; goes_on && i < clang_getNumDiagnostics(scan->unit); i++) {
        CXDiagnostic diagnostic = clang_getDiagnostic(scan->unit, i);
        if (clang_getDiagnosticSeverity(diagnostic) >= CXDiagnostic_Error)
            goes_on = report_error(scan, diagnostic);
        else
            report_ignored(scan, diagnostic);
        clang_disposeDiagnostic(diagnostic);
    }
    return goes_on;
}
