/* Collects, sorts and prints errors, warnings and notes. */
#include "diagnostic.h"

#include "output.h"

#include <stdlib.h>
#include <string.h>

static void add(struct diagnostics *diagnostics, struct location at, const char *severity, const char *message)
{
    size_t number = diagnostics->item_count;
    list_add(diagnostics->arena, diagnostics->items, diagnostics->item_count) = (struct diagnostic){
        .at = at, .number = number, .severity = severity, .rule = diagnostics->rule, .message = message};
}

void diagnostic_error(struct diagnostics *diagnostics, struct location at, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    diagnostics->count++;
    add(diagnostics, at, "error", arena_vprint(diagnostics->arena, format, arguments));
    va_end(arguments);
}

void diagnostic_note(struct diagnostics *diagnostics, struct location at, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    add(diagnostics, at, "note", arena_vprint(diagnostics->arena, format, arguments));
    va_end(arguments);
}

void diagnostic_warning(struct diagnostics *diagnostics, struct location at, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    add(diagnostics, at, "warning", arena_vprint(diagnostics->arena, format, arguments));
    va_end(arguments);
}

void diagnostic_help(struct diagnostics *diagnostics, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    diagnostics->items[diagnostics->item_count - 1].help = arena_vprint(diagnostics->arena, format, arguments);
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

void diagnostic_sort(struct diagnostics *diagnostics)
{
    size_t count = 0;
    if (diagnostics->item_count == 0)
        return;
    qsort(diagnostics->items, diagnostics->item_count, sizeof *diagnostics->items, compare_diagnostics);
    for (size_t i = 0; i < diagnostics->item_count; i++)
        if (i == 0 || !is_repeated(&diagnostics->items[i], &diagnostics->items[count - 1]))
            diagnostics->items[count++] = diagnostics->items[i];
    diagnostics->item_count = count;
}

void diagnostic_add_text(struct text *out, const struct diagnostic *diagnostic)
{
    if (diagnostic->at.file != NULL)
        text_print(out, "%s:%u:%u: ", diagnostic->at.file, diagnostic->at.line, diagnostic->at.column);
    else
        text_add(out, "armature: ");
    text_print(out, "%s: %s\n", diagnostic->severity, diagnostic->message);
    if (diagnostic->help != NULL)
        text_print(out, "    help: %s\n", diagnostic->help);
}

void diagnostic_print(struct diagnostics *diagnostics, FILE *out)
{
    struct text text = {0};
    diagnostic_sort(diagnostics);
    for (size_t i = 0; i < diagnostics->item_count; i++)
        diagnostic_add_text(&text, &diagnostics->items[i]);
    if (text.length > 0)
        fputs(text.data, out);
    text_free(&text);
}
