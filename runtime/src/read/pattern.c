/* Patterns of LIKE: made from literal strings, checked, folded, and translated for GLOB. */
#include "read/pattern.h"

#include <string.h>

enum ar_status ar_pattern_of_literal(struct arena *arena, enum ar_operator op, const struct ar_value *text,
                                     struct ar_value *out, struct failure *failure)
{
    const char *from = text->bytes.data;
    char *pattern = ar_arena_allocate(arena, text->bytes.size * 2 + 3), *to = pattern;

    if (pattern == NULL)
        return ar_fail_no_memory(failure);
    if (op != AR_OP_STARTS_WITH)
        *to++ = '%';
    for (size_t i = 0; i < text->bytes.size; i++) {
        if (from[i] == '%' || from[i] == '_' || from[i] == '\\')
            *to++ = '\\';
        *to++ = from[i];
    }
    if (op != AR_OP_ENDS_WITH)
        *to++ = '%';
    *to = '\0';
    *out = ar_value_bytes(AR_VALUE_TEXT, pattern, (size_t)(to - pattern));
    return AR_OK;
}

enum ar_status ar_pattern_check(const struct ar_column *column, const struct ar_value *pattern, struct failure *failure)
{
    const char *text = pattern->bytes.data;
    size_t backslashes = 0;

    while (pattern->kind == AR_VALUE_TEXT && backslashes < pattern->bytes.size &&
           text[pattern->bytes.size - 1 - backslashes] == '\\')
        backslashes++;
    if (backslashes % 2 == 0)
        return AR_OK;
    return ar_fail(failure, AR_INVALID, column->model, column,
                   "the pattern for %s.%s ends with a backslash that escapes nothing: write two for a literal "
                   "backslash, or call ar_contains, ar_starts_with or ar_ends_with for a literal string",
                   column->model->name, column->field);
}

enum ar_status ar_pattern_fold(struct arena *arena, struct ar_value *text, struct failure *failure)
{
    const char *from = text->bytes.data;
    char *folded;

    if (text->kind != AR_VALUE_TEXT)
        return AR_OK;
    folded = ar_arena_allocate(arena, text->bytes.size + 1);
    if (folded == NULL)
        return ar_fail_no_memory(failure);
    for (size_t i = 0; i < text->bytes.size; i++)
        folded[i] = (char)(from[i] >= 'A' && from[i] <= 'Z' ? from[i] - 'A' + 'a' : from[i]);
    folded[text->bytes.size] = '\0';
    text->bytes.data = folded;
    return AR_OK;
}

/* GLOB has * and ? for % and _. It has no escape character: a literal wildcard is a set of one, as [*]. */
struct ar_value ar_pattern_to_glob(struct arena *arena, const struct ar_value *pattern)
{
    const char *from = pattern->bytes.data, *end;
    char *glob, *to;

    if (pattern->kind != AR_VALUE_TEXT)
        return ar_value_null();
    end = from + pattern->bytes.size;
    glob = to = ar_arena_allocate(arena, pattern->bytes.size * 3 + 1);
    if (glob == NULL)
        return ar_value_null();
    for (; from < end; from++) {
        if (*from == '%' || *from == '_') {
            *to++ = *from == '%' ? '*' : '?';
            continue;
        }
        if (*from == '\\') /* ar_pattern_check has made sure that a character follows */
            from++;
        if (strchr("*?[", *from) == NULL) {
            *to++ = *from;
            continue;
        }
        *to++ = '[';
        *to++ = *from;
        *to++ = ']';
    }
    *to = '\0';
    return ar_value_bytes(AR_VALUE_TEXT, glob, (size_t)(to - glob));
}
