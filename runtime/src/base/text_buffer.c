/* Text appended to a buffer of fixed size. */
#include "base/text_buffer.h"

#include <stdarg.h>
#include <stdio.h>

void ar_text_buffer_add(struct text_buffer *buffer, const char *format, ...)
{
    va_list arguments;
    int written;

    va_start(arguments, format);
    written = vsnprintf(buffer->text + buffer->length, buffer->size - buffer->length, format, arguments);
    va_end(arguments);
    buffer->length += written > 0 ? (size_t)written : 0;
    if (buffer->length >= buffer->size)
        buffer->length = buffer->size - 1;
}
