/* The reader of messages.h. */
#include "messages.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static size_t read_length(const unsigned char *data)
{
    return (size_t)data[0] << 24 | (size_t)data[1] << 16 | (size_t)data[2] << 8 | (size_t)data[3];
}

size_t messages_read(const unsigned char *data, size_t size, struct message *out, size_t max)
{
    size_t count = 0;

    for (size_t at = 0; at + 5 <= size; count++) {
        assert_true(count < max);
        out[count] = (struct message){
            .type = (char)data[at], .at = at, .size = 1 + read_length(data + at + 1), .body = data + at + 5};
        if (data[at] == 0) /* the first message of a connection has no type */
            out[count].size = read_length(data + at);
        at += out[count].size;
        assert_true(at <= size);
    }
    return count;
}

static const char *describe_name(const char *name)
{
    return *name != '\0' ? "<named>" : "<unnamed>";
}

const char *messages_describe(const unsigned char *data, size_t size)
{
    static struct message messages[MESSAGES_MAX];
    static char text[MESSAGES_TEXT_SIZE];
    size_t count = messages_read(data, size, messages, MESSAGES_MAX), length = 0;

    text[0] = '\0';
    for (size_t i = 0; i < count; i++) {
        const char *body = (const char *)messages[i].body;
        char *end = text + length;
        size_t left = sizeof text - length;
        switch (messages[i].type) {
        case 'P':
            (void)snprintf(end, left, "Parse %s %s\n", describe_name(body), body + strlen(body) + 1);
            break;
        case 'Q':
            (void)snprintf(end, left, "Query %s\n", body);
            break;
        case 'C':
            (void)snprintf(end, left, "Close %s\n", describe_name(body + 1));
            break;
        case 'B':
            (void)snprintf(end, left, "Bind %s\n", describe_name(body + strlen(body) + 1));
            break;
        case 'S':
            (void)snprintf(end, left, "Sync\n");
            break;
        case '\0':
        case 'D':
        case 'E':
        case 'H':
        case 'c':
        case 'd':
            break;
        default:
            (void)snprintf(end, left, "%c\n", messages[i].type);
        }
        length += strlen(end);
    }
    return text;
}
