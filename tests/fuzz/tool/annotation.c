/* libFuzzer: the string of one attribute, without its prefix "armature:". */
#include "annotation.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = {0};
    struct annotation annotation;
    char *text = malloc(size + 1); /* lets AddressSanitizer detect a read past the end */
    if (text == NULL)
        return -1;
    if (size > 0)
        memcpy(text, data, size);
    text[size] = '\0';
    const char *error = annotation_parse(&arena, text, &annotation);
    if (error == NULL && annotation.attribute == NULL)
        abort();
    free(text);
    arena_free(&arena);
    return 0;
}
