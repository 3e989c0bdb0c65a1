/* The letter case and lookup of names. Only ASCII letters have a case, whatever the locale. */
#include "name.h"

#include <string.h>

bool name_is_in(const char *words, const char *word)
{
    size_t length = strlen(word);
    for (const char *at = length > 0 ? strstr(words, word) : NULL; at != NULL; at = strstr(at + 1, word))
        if (at[-1] == ' ' && at[length] == ' ')
            return true;
    return false;
}

bool name_is_same(const char *a, const char *b)
{
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

const char *name_folded(struct arena *arena, const char *name)
{
    char *folded = arena_text(arena, name);
    for (char *at = folded; *at != '\0'; at++)
        if (*at >= 'A' && *at <= 'Z')
            *at = (char)(*at - 'A' + 'a');
    return folded;
}

const char *name_upper(struct arena *arena, const char *name)
{
    char *upper = arena_text(arena, name);
    for (char *at = upper; *at != '\0'; at++)
        if (*at >= 'a' && *at <= 'z')
            *at = (char)(*at - 'a' + 'A');
    return upper;
}
