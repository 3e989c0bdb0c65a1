/* The header with the attributes is not included. */
#include <stdint.h>

struct post {
    int64_t id AR_PRIMARY_KEY;
    const char *title;
} AR_TABLE(posts);
