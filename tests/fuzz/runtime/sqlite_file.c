/* libFuzzer: any bytes as an untrusted database file. Each read returns rows or an error, in bounded time. */
#include "shelf.ar.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Write the input to the file of this process. */
static const char *write_file(const uint8_t *data, size_t size)
{
    static char name[64];
    FILE *file;

    snprintf(name, sizeof name, "fuzz-file-%ld.db", (long)getpid());
    file = fopen(name, "wb");
    if (file == NULL || fwrite(data, 1, size, file) != size || fclose(file) != 0)
        abort();
    return name;
}

/* Sum the bytes of all records, so that a sanitizer checks them. */
static size_t touch(struct ar_session *s, const struct shelf_list *shelves)
{
    size_t sum = 0;

    for (size_t i = 0; i < shelves->count; i++) {
        struct book_list books;
        struct book *first;
        if (shelf_books(s, shelves->items[i], &books) != AR_OK || shelf_front(s, shelves->items[i], &first) != AR_OK)
            return sum;
        sum += shelves->items[i]->name != NULL ? strlen(shelves->items[i]->name) : 0;
        for (size_t j = 0; j < books.count; j++) {
            const struct book *book = books.items[j];
            sum += strlen(book->isbn) + strlen(book->title);
            for (size_t k = 0; k < book->cover.size; k++)
                sum += ((const uint8_t *)book->cover.data)[k];
        }
    }
    return sum;
}

static size_t read_all(struct ar_session *s)
{
    struct shelf_query *q = shelf_query(s);
    struct shelf_list shelves;
    struct shelf *shelf;
    int64_t count;
    size_t sum = 0;

    shelf_with_books(q);
    if (shelf_all(q, &shelves) == AR_OK)
        sum += touch(s, &shelves);
    ar_session_clear(s);
    if (shelf_all(shelf_query(s), &shelves) == AR_OK)
        sum += touch(s, &shelves);
    if (shelf_find(s, 1, &shelf) == AR_OK)
        sum += (size_t)shelf->id;
    return book_count(book_query(s), &count) == AR_OK ? sum + (size_t)count : sum;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct ar_db_options options = {.untrusted = true, .read_only = true, .timeout_ms = 2000};
    const char *name = write_file(data, size);
    char url[80];
    struct ar_db *db;
    struct ar_session *s;

    snprintf(url, sizeof url, "sqlite:%s", name);
    if (ar_db_open(url, &options, &db) == AR_OK && ar_session_open(db, NULL, &s) == AR_OK) {
        (void)read_all(s);
        ar_session_close(s);
    }
    ar_db_close(db);
    unlink(name);
    return 0;
}
