/* The messages of PostgreSQL's protocol in recorded bytes
 * (https://www.postgresql.org/docs/15/protocol-message-formats.html). */
#ifndef TEST_MESSAGES_H
#define TEST_MESSAGES_H

#include <stddef.h>

enum { MESSAGES_MAX = 256, MESSAGES_TEXT_SIZE = 16384 };

struct message {
    char type;
    size_t at, size;           /* in the recording, with type and length */
    const unsigned char *body; /* after them */
};

/* Split a recording into messages. Return their number. Fail the test if there are more than `max`. */
size_t messages_read(const unsigned char *data, size_t size, struct message *out, size_t max);

/* Describe what a program sends, one line for each message: the SQL of Parse and Query, the names of prepared
 * statements as <named> or <unnamed>. The start of a connection, Describe, Execute, Flush and the data of COPY are left
 * out. Valid until the next call. */
const char *messages_describe(const unsigned char *data, size_t size);

#endif
