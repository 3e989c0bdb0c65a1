#include "books.h"

#include "book.ar.h"

int books_count(void)
{
    struct book book = {.title = "A book"};
    struct ar_session *s = NULL;
    struct ar_db *db;
    int64_t count = -1;

    if (ar_db_open("sqlite::memory:", NULL, &db) == AR_OK && ar_session_open(db, NULL, &s) == AR_OK &&
        ar_create_tables(s, &book_model) == AR_OK && book_save(s, &book) == AR_OK &&
        book_count(book_query(s), &count) != AR_OK)
        count = -1;
    ar_session_close(s);
    ar_db_close(db);
    return (int)count;
}
