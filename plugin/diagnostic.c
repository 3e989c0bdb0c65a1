/* Collects, sorts and prints errors. */
#include "diagnostic.h"

#include <stdlib.h>
#include <string.h>

void diagnostic_error(struct diagnostics *diagnostics, struct location at, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    const char *message = arena_vprint(diagnostics->arena, format, arguments);
    va_end(arguments);
    size_t number = diagnostics->count;
    list_add(diagnostics->arena, diagnostics->items, diagnostics->count) =
        (struct diagnostic){.at = at, .number = number, .message = message};
}

void diagnostic_help(struct diagnostics *diagnostics, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    diagnostics->items[diagnostics->count - 1].help = arena_vprint(diagnostics->arena, format, arguments);
    va_end(arguments);
}

static int compare_numbers(size_t a, size_t b)
{
    return (a > b) - (a < b);
}

static int compare_diagnostics(const void *left, const void *right)
{
    const struct diagnostic *a = left;
    const struct diagnostic *b = right;
    int order = compare_numbers(a->at.order, b->at.order);
    if (order == 0 && a->at.file != NULL && b->at.file != NULL)
        order = strcmp(a->at.file, b->at.file);
    if (order == 0)
        order = compare_numbers(a->at.line, b->at.line);
    if (order == 0)
        order = compare_numbers(a->at.column, b->at.column);
    return order != 0 ? order : compare_numbers(a->number, b->number);
}

static bool is_repeated(const struct diagnostic *a, const struct diagnostic *b)
{
    return a->at.order == b->at.order && a->at.line == b->at.line && a->at.column == b->at.column &&
           strcmp(a->message, b->message) == 0;
}

void diagnostic_print(struct diagnostics *diagnostics, FILE *out)
{
    if (diagnostics->count == 0)
        return;
    qsort(diagnostics->items, diagnostics->count, sizeof *diagnostics->items, compare_diagnostics);
    for (size_t i = 0; i < diagnostics->count; i++) {
        const struct diagnostic *each = &diagnostics->items[i];
        if (i > 0 && is_repeated(each, each - 1))
            continue;
        if (each->at.file != NULL)
            fprintf(out, "%s:%u:%u: error: %s\n", each->at.file, each->at.line, each->at.column, each->message);
        else
            fprintf(out, "armature: error: %s\n", each->message);
        if (each->help != NULL)
            fprintf(out, "    help: %s\n", each->help);
    }
}
