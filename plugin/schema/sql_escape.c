/* Escapes in strings: \n and the like, \o to \ooo and \xh to \xhh for a byte, \uhhhh and \Uhhhhhhhh for a character;
 * two of these can be a surrogate pair. A backslash before any other byte is left out. */
#include "sql_escape.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

struct escaped {
    const char *at, *end;
    char *out; /* UTF-8 is never longer than its escapes */
};

/* Skip up to `most` digits. Return their value; *count is their number. */
static uint32_t take_digits(struct escaped *escaped, unsigned base, unsigned most, unsigned *count)
{
    static const char digits[] = "0123456789abcdef0123456789ABCDEF";
    uint32_t value = 0;
    for (*count = 0; *count < most && escaped->at < escaped->end; ++*count, escaped->at++) {
        const char *found = *escaped->at != '\0' ? strchr(digits, *escaped->at) : NULL;
        unsigned digit = found != NULL ? (unsigned)(found - digits) % 16 : base;
        if (digit >= base)
            break;
        value = value * base + digit;
    }
    return value;
}

static void add_byte(struct escaped *escaped, uint32_t byte)
{
    if (byte != 0)
        *escaped->out++ = (char)(unsigned char)byte;
}

static void add_character(struct escaped *escaped, uint32_t character)
{
    static const unsigned char starts[] = {0, 0xc0, 0xe0, 0xf0};
    bool is_surrogate = character >= 0xd800 && character <= 0xdfff;
    if (is_surrogate || character > 0x10ffff)
        return;
    unsigned more = character < 0x80 ? 0 : character < 0x800 ? 1 : character < 0x10000 ? 2 : 3;
    add_byte(escaped, starts[more] | character >> 6 * more);
    while (more-- > 0)
        add_byte(escaped, 0x80 | (character >> 6 * more & 0x3f));
}

/* Skip the digits of \u or \U, and those of the second one of a surrogate pair. */
static uint32_t take_character(struct escaped *escaped, unsigned length)
{
    unsigned count;
    uint32_t first = take_digits(escaped, 16, length, &count);
    bool is_pair = first >= 0xd800 && first <= 0xdbff && escaped->end - escaped->at > 2 && escaped->at[0] == '\\' &&
                   (escaped->at[1] == 'u' || escaped->at[1] == 'U');
    if (!is_pair)
        return first;
    length = escaped->at[1] == 'u' ? 4 : 8;
    escaped->at += 2;
    uint32_t second = take_digits(escaped, 16, length, &count);
    bool is_second = second >= 0xdc00 && second <= 0xdfff;
    return is_second ? 0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00) : first;
}

/* Read what follows a backslash. */
static void read_escape(struct escaped *escaped)
{
    static const char letters[] = "bfnrt", values[] = "\b\f\n\r\t";
    unsigned count;
    char kind = *escaped->at;
    if (kind >= '0' && kind <= '7') {
        add_byte(escaped, take_digits(escaped, 8, 3, &count) & 0xff);
        return;
    }
    escaped->at++;
    const char *letter = kind != '\0' ? strchr(letters, kind) : NULL;
    if (letter != NULL) {
        add_byte(escaped, (unsigned char)values[letter - letters]);
    } else if (kind == 'u' || kind == 'U') {
        add_character(escaped, take_character(escaped, kind == 'u' ? 4 : 8));
    } else {
        uint32_t byte = kind == 'x' ? take_digits(escaped, 16, 2, &count) : 0;
        add_byte(escaped, kind == 'x' && count > 0 ? byte : (unsigned char)kind);
    }
}

const char *sql_unescaped(struct arena *arena, const char *start, size_t length)
{
    char *copy = arena_take(arena, length + 1);
    struct escaped escaped = {.at = start + 1, .end = start + length, .out = copy};
    while (escaped.at < escaped.end) {
        char byte = *escaped.at++;
        if (byte == '\\' && escaped.at < escaped.end)
            read_escape(&escaped);
        else if (byte != '\'')
            *escaped.out++ = byte;
        else if (escaped.at < escaped.end)
            *escaped.out++ = *escaped.at++; /* the second of two */
    }
    return copy;
}
