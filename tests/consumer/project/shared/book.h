#ifndef BOOK_H
#define BOOK_H

#include <armature/annotations.h>
#include <stdint.h>

/* clang-format off */

struct book {
    int64_t     id    AR_PRIMARY_KEY;
    const char *title;
} AR_TABLE(books);

#endif
