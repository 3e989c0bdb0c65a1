/* The rows for shapes.h, on SQLite. */
#ifndef BENCH_DATA_SHAPES_H
#define BENCH_DATA_SHAPES_H

#include "shapes.h"

#include <sqlite3.h>

enum {
    DOCUMENT_COUNT = 2000, /* of 4 to 64 KiB */
    ENTRY_COUNT = 200000,  /* all but one in topic 1 */
    PARCEL_COUNT = 100000, /* with 0 to 3 items each */
    ITEM_COUNT = 150000,
    SHELF_COUNT = 10000, /* with 10 books each */
    SHELVES_OF_ROOM = 100,
    BOOKS_OF_EACH = 10,
    FILM_COUNT = 1000 /* with 5 roles, 4 discs and 3 reviews each */
};

/* Create and fill the tables. */
void data_create_shapes(sqlite3 *db);

#endif
