/* Text appended to a buffer of fixed size. */
#include "base/text_buffer.h"

#include <stdio.h>

void ar_text_buffer_add(struct text_buffer *buffer, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    ar_text_buffer_add_list(buffer, format, arguments);
    va_end(arguments);
}

void ar_text_buffer_add_list(struct text_buffer *buffer, const char *format, va_list arguments)
{
    int written = vsnprintf(buffer->text + buffer->length, buffer->size - buffer->length, format, arguments);

    buffer->length += written > 0 ? (size_t)written : 0;
    if (buffer->length >= buffer->size)
        buffer->length = buffer->size - 1;
}
