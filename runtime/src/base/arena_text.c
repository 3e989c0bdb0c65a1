/* Strings and arrays that grow in an arena. */
#include "base/arena_text.h"

#include <stdarg.h>
#include <string.h>

void *ar_arena_grow(struct arena *arena, const void *items, size_t count, size_t *capacity, size_t needed, size_t size)
{
    size_t grown = *capacity > 0 ? *capacity : 16;
    void *memory;

    while (grown < needed)
        grown *= 2;
    memory = ar_arena_allocate(arena, grown * size);
    if (memory == NULL)
        return NULL;
    if (count > 0)
        memcpy(memory, items, count * size);
    *capacity = grown;
    return memory;
}

void ar_arena_text_append(struct arena_text *text, const char *bytes, size_t size)
{
    enum { FIRST_CAPACITY = 512 };

    if (text->out_of_memory)
        return;
    if (text->size + size >= text->capacity) {
        size_t needed = text->size + size + 1;
        char *grown = ar_arena_grow(text->arena, text->data, text->size, &text->capacity,
                                    needed > FIRST_CAPACITY ? needed : FIRST_CAPACITY, 1);
        text->out_of_memory = grown == NULL;
        if (grown == NULL)
            return;
        text->data = grown;
    }
    if (size > 0)
        memcpy(text->data + text->size, bytes, size);
    text->size += size;
    text->data[text->size] = '\0';
}

void ar_arena_text_add(struct arena_text *text, const char *piece, ...)
{
    va_list more;

    va_start(more, piece);
    for (; piece != NULL; piece = va_arg(more, const char *))
        ar_arena_text_append(text, piece, strlen(piece));
    va_end(more);
}
