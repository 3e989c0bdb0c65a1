/* Strings appended to a buffer of fixed size, for messages. What does not fit is truncated. */
#ifndef AR_TEXT_BUFFER_H
#define AR_TEXT_BUFFER_H

#include <stdarg.h>
#include <stddef.h>

struct text_buffer {
    char *text;    /* always terminated after the first addition */
    size_t size;   /* of the memory, at least 1 */
    size_t length; /* of the text */
};

__attribute__((format(printf, 2, 3))) void ar_text_buffer_add(struct text_buffer *buffer, const char *format, ...);
__attribute__((format(printf, 2, 0))) void ar_text_buffer_add_list(struct text_buffer *buffer, const char *format,
                                                                   va_list arguments);

#endif
