/* The rows for shapes.h, many.h and marks.h. */
#ifndef BENCH_DATA_SHAPES_H
#define BENCH_DATA_SHAPES_H

#include "shapes.h"

#include <sqlite3.h>
#include <stddef.h>

enum {
    DOCUMENT_COUNT = 2000, /* of 4 to 64 KiB */
    ENTRY_COUNT = 200000,  /* all but one in topic 1; also of `revised` and `shuffled` */
    PARCEL_COUNT = 100000, /* with 0 to 3 items each */
    ITEM_COUNT = 150000,
    SHELF_COUNT = 10000, /* with 10 books each */
    SHELVES_OF_ROOM = 100,
    BOOKS_OF_EACH = 10,
    FILM_COUNT = 1000, /* with 5 roles, 4 discs and 3 reviews each */
    KIND_COUNT = 100,  /* models of many.h, with 10 rows for each of 10 hubs */
    HUB_COUNT = 10,
    MARK_COUNT = 1000000
};

/* Set `ids` to the different keys of the films of the list with this number, one to ten; return how many they are. */
enum { DATA_FILMS_MAX = 10 };
static inline size_t data_draw_films(size_t number, int64_t ids[DATA_FILMS_MAX])
{
    size_t count = 1 + number % DATA_FILMS_MAX;
    for (size_t i = 0; i < count; i++)
        ids[i] = 1 + (int64_t)((number * 37 + i * 91) % FILM_COUNT);
    return count;
}

/* A database to fill. */
struct data_database {
    const char *integer; /* its type of 64-bit integers */
    void (*execute)(void *payload, const char *sql);
    void *payload;
};

/* Create and fill the tables that both databases have, and those that only SQLite has. */
void data_create_shared(const struct data_database *database);
void data_create_shapes(sqlite3 *db);

#endif
