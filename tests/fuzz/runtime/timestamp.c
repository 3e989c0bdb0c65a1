/* libFuzzer: any string from a row, given to ar_timestamp_parse. A parsed time survives a round trip. */
#include "base/timestamp.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct ar_instant instant, again;
    char text[AR_TIMESTAMP_SIZE];
    char *exact = malloc(size > 0 ? size : 1); /* lets AddressSanitizer detect a read past the end */
    size_t length;

    if (exact == NULL)
        return -1;
    if (size > 0)
        memcpy(exact, data, size);
    if (ar_timestamp_parse(exact, size, &instant)) {
        if (instant.nanoseconds < 0 || instant.nanoseconds > 999999999)
            abort();
        length = ar_timestamp_format(&instant, text);
        if (length > 0 && (!ar_timestamp_parse(text, length, &again) || again.seconds != instant.seconds ||
                           again.nanoseconds != instant.nanoseconds))
            abort();
    }
    free(exact);
    return 0;
}
