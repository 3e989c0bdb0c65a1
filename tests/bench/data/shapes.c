/* Generate the rows of long strings, parcels and shelves in SQLite. The children of a parent are spread over their
 * table. */
#include "data_shapes.h"

#include "fail.h"

#include <stdio.h>

static const char *const schema =
    "CREATE TABLE documents (id INTEGER PRIMARY KEY, body TEXT NOT NULL);"
    "CREATE TABLE parcels (id INTEGER PRIMARY KEY, code TEXT NOT NULL, weight REAL NOT NULL);"
    "CREATE TABLE items (id INTEGER PRIMARY KEY, parcel_id INTEGER NOT NULL, name TEXT NOT NULL,"
    " quantity INTEGER NOT NULL);"
    "CREATE TABLE shelves (room TEXT NOT NULL, code TEXT NOT NULL, title TEXT NOT NULL, PRIMARY KEY (room, code));"
    "CREATE TABLE books (id INTEGER PRIMARY KEY, room TEXT NOT NULL, code TEXT NOT NULL, title TEXT NOT NULL);";

/* A common table expression with the numbers from 1 to %d. */
#define NUMBERS "WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < %d) "

static const struct {
    const char *sql; /* %d is `count` */
    int count;
} fillings[] = {
    {NUMBERS "INSERT INTO documents SELECT n, substr(hex(zeroblob(32768)), 1, 4096 + n * 7919 %% 61441) FROM numbers",
     DOCUMENT_COUNT},
    {NUMBERS "INSERT INTO parcels SELECT n, printf('parcel-%%d', n), n / 8.0 + 0.0625 FROM numbers", PARCEL_COUNT},
    {NUMBERS "INSERT INTO items (parcel_id, name, quantity) SELECT id, printf('item %%d of %%d', n, id), n"
             " FROM numbers JOIN parcels ON n <= id * 3 %% 4 ORDER BY n, id",
     3},
    {NUMBERS "INSERT INTO shelves SELECT printf('room-%%03d', (n - 1) / 100), printf('shelf-%%02d', n %% 100),"
             " printf('what is on shelf %%d', n) FROM numbers ORDER BY n * 7919 %% 10000",
     SHELF_COUNT},
    {NUMBERS "INSERT INTO books (room, code, title) SELECT room, code, printf('volume %%d of %%s', n, code)"
             " FROM numbers CROSS JOIN shelves ORDER BY n, shelves.rowid",
     BOOKS_OF_EACH},
};

static const char *const indexes = "CREATE INDEX items_parcel_id ON items (parcel_id);"
                                   "CREATE INDEX books_room_code ON books (room, code);";

static void execute(sqlite3 *db, const char *sql)
{
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
        bench_fail("data", sqlite3_errmsg(db));
}

void data_create_shapes(sqlite3 *db)
{
    execute(db, schema);
    for (size_t i = 0; i < sizeof fillings / sizeof fillings[0]; i++) {
        char sql[1024];
        snprintf(sql, sizeof sql, fillings[i].sql, fillings[i].count);
        execute(db, sql);
    }
    execute(db, indexes);
}
