/* UTF-8: validation, and strings that were truncated. */
#include "base/utf8.h"

#include <stdint.h>
#include <string.h>

/* Return the length of the ASCII prefix, in multiples of eight bytes. */
static size_t count_ascii(const char *text, size_t size)
{
    size_t count = 0;
    uint64_t word;

    for (; size - count >= sizeof word; count += sizeof word) {
        memcpy(&word, text + count, sizeof word);
        if ((word & UINT64_C(0x8080808080808080)) != 0)
            break;
    }
    return count;
}

/* Return the length of the character that begins here; 0 if it is invalid. */
static size_t character_length(const unsigned char *at, size_t room)
{
    static const struct {
        unsigned char first_minimum, first_maximum, second_minimum, second_maximum, length;
    } forms[] = {
        {0xC2, 0xDF, 0x80, 0xBF, 2}, {0xE0, 0xE0, 0xA0, 0xBF, 3}, {0xE1, 0xEC, 0x80, 0xBF, 3},
        {0xED, 0xED, 0x80, 0x9F, 3}, {0xEE, 0xEF, 0x80, 0xBF, 3}, {0xF0, 0xF0, 0x90, 0xBF, 4},
        {0xF1, 0xF3, 0x80, 0xBF, 4}, {0xF4, 0xF4, 0x80, 0x8F, 4},
    };

    if (at[0] < 0x80)
        return 1;
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        if (at[0] < forms[i].first_minimum || at[0] > forms[i].first_maximum)
            continue;
        if (room < forms[i].length || at[1] < forms[i].second_minimum || at[1] > forms[i].second_maximum)
            return 0;
        for (size_t j = 2; j < forms[i].length; j++)
            if ((at[j] & 0xC0) != 0x80)
                return 0;
        return forms[i].length;
    }
    return 0;
}

bool ar_utf8_is_valid(const char *text, size_t size)
{
    size_t at = 0;

    while (at < size) {
        size_t length = count_ascii(text + at, size - at);
        if (length == 0)
            length = character_length((const unsigned char *)text + at, size - at);
        if (length == 0)
            return false;
        at += length;
    }
    return true;
}

/* Every byte but continuation bytes begins a character. */
size_t ar_utf8_count(const void *text, size_t size)
{
    const unsigned char *bytes = text;
    size_t count = 0;

    for (size_t i = 0; i < size; i++)
        count += (bytes[i] & 0xC0) != 0x80;
    return count;
}

void ar_utf8_trim(char *text)
{
    size_t length = strlen(text), following = 0, missing;
    unsigned char first;

    while (following < length && following < 3 && (text[length - following - 1] & 0xC0) == 0x80)
        following++;
    if (following == length)
        return;
    first = (unsigned char)text[length - following - 1];
    missing = first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : first >= 0xC0 ? 1 : 0;
    if (missing > following)
        text[length - following - 1] = '\0';
}

size_t ar_utf8_prefix(const void *text, size_t size, size_t limit)
{
    const unsigned char *bytes = text;
    size_t length = limit;

    if (size <= limit)
        return size;
    while (length > 0 && limit - length < 3 && (bytes[length] & 0xC0) == 0x80)
        length--;
    return length;
}
