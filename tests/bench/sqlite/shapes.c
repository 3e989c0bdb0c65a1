/* Hand-written, on SQLite: long strings, many parents with few children, and keys of two strings. */
#include "checksum.h"
#include "data_shapes.h"
#include "fail.h"
#include "hand_sqlite.h"
#include "side.h"

/* ---- Long strings
 * ---------------------------------------------------------------------------------------------------- */

static void *texts_open(const char *url, size_t size)
{
    return hand_sqlite_open(url, size, "SELECT id, body FROM documents", NULL, NULL);
}

static void texts_load(void *state)
{
    struct hand_sqlite *hand = state;
    sqlite3_stmt *row = hand->statements[0];
    hand_sqlite_reset(hand);
    while (sqlite3_step(row) == SQLITE_ROW) {
        struct document *document = rows_add(&hand->levels[0], sizeof *document);
        document->id = sqlite3_column_int64(row, 0);
        document->body = hand_sqlite_text(hand, row, 1);
    }
    hand_sqlite_check(hand, sqlite3_reset(row));
}

static uint64_t sum_texts(void *state)
{
    const struct hand_sqlite *hand = state;
    const struct document *documents = hand->levels[0].items;
    uint64_t sum = 0;
    for (size_t i = 0; i < hand->levels[0].count; i++)
        sum = checksum_document(sum, &documents[i]);
    return sum;
}

const struct side sqlite_texts = {"by hand", texts_open, hand_sqlite_close, NULL, texts_load, sum_texts};

/* ---- Many parents of few
 * ------------------------------------------------------------------------------------------- */

static void *sparse_open(const char *url, size_t size)
{
    struct hand_sqlite *hand = hand_sqlite_open(url, size, "SELECT id, code, weight FROM parcels",
                                                "SELECT id, parcel_id, name, quantity FROM items", NULL);
    hand->parents = bench_allocate(ITEM_COUNT, sizeof *hand->parents);
    return hand;
}

static void sparse_load(void *state)
{
    struct hand_sqlite *hand = state;
    struct rows *parcels = &hand->levels[0], *items = &hand->levels[1];
    sqlite3_stmt *row = hand->statements[0];
    hand_sqlite_reset(hand);
    hand_sqlite_run(hand, hand->begin);
    while (sqlite3_step(row) == SQLITE_ROW) {
        struct parcel *parcel = rows_add(parcels, sizeof *parcel);
        parcel->id = sqlite3_column_int64(row, 0);
        parcel->code = hand_sqlite_text(hand, row, 1);
        parcel->weight = sqlite3_column_double(row, 2);
    }
    hand_sqlite_check(hand, sqlite3_reset(row));
    key_table_fill(&hand->table, parcels, sizeof(struct parcel));
    row = hand->statements[1];
    while (sqlite3_step(row) == SQLITE_ROW) {
        int64_t key = sqlite3_column_int64(row, 1);
        hand->parents[items->count] = (uint32_t)key_table_find(&hand->table, parcels, sizeof(struct parcel), key) - 1;
        struct item *item = rows_add(items, sizeof *item);
        item->id = sqlite3_column_int64(row, 0);
        item->parcel_id = key;
        item->name = hand_sqlite_text(hand, row, 2);
        item->quantity = sqlite3_column_int(row, 3);
    }
    hand_sqlite_check(hand, sqlite3_reset(row));
    hand_sqlite_run(hand, hand->commit);
    rows_group(items, parcels->count, hand->parents);
}

static uint64_t sum_sparse(void *state)
{
    const struct hand_sqlite *hand = state;
    const struct parcel *parcels = hand->levels[0].items;
    const struct rows *children = &hand->levels[1];
    const struct item *items = children->items;
    uint64_t sum = 0;
    for (size_t i = 0; i < hand->levels[0].count; i++) {
        sum = checksum_parcel(sum, &parcels[i]);
        for (size_t child = children->start[i]; child < children->start[i + 1]; child++)
            sum = checksum_item(sum, &items[rows_place(children, child)]);
    }
    return sum;
}

const struct side sqlite_sparse = {"scan", sparse_open, hand_sqlite_close, NULL, sparse_load, sum_sparse};

/* ---- Keys of two strings
 * --------------------------------------------------------------------------------------------- */

#define HAND_SQLITE_SHELVES "SELECT room, code, title FROM shelves WHERE room < 'room-010'"

static void read_shelves(struct hand_sqlite *hand, sqlite3_stmt *row)
{
    hand_sqlite_reset(hand);
    while (sqlite3_step(row) == SQLITE_ROW) {
        struct shelf *shelf = rows_add(&hand->levels[0], sizeof *shelf);
        shelf->room = hand_sqlite_text(hand, row, 0);
        shelf->code = hand_sqlite_text(hand, row, 1);
        shelf->title = hand_sqlite_text(hand, row, 2);
    }
    hand_sqlite_check(hand, sqlite3_reset(row));
}

static void *shelves_open(const char *url, size_t size)
{
    return hand_sqlite_open(url, size, "SELECT room, code, title FROM shelves", NULL, NULL);
}

static void shelves_load(void *state)
{
    struct hand_sqlite *hand = state;
    read_shelves(hand, hand->statements[0]);
}

static uint64_t sum_shelves(void *state)
{
    const struct hand_sqlite *hand = state;
    const struct shelf *shelves = hand->levels[0].items;
    uint64_t sum = 0;
    for (size_t i = 0; i < hand->levels[0].count; i++)
        sum = checksum_shelf(sum, &shelves[i]);
    return sum;
}

const struct side sqlite_shelves = {"by hand", shelves_open, hand_sqlite_close, NULL, shelves_load, sum_shelves};

/* As in W4, the statement for children repeats the condition on parents, and orders children by parent. Each row
 * contains the index of its shelf, because comparing two strings would be slower. */
static void *books_open(const char *url, size_t size)
{
    return hand_sqlite_open(url, size, HAND_SQLITE_SHELVES " ORDER BY room, code",
                            "SELECT b.id, b.room, b.code, b.title FROM shelves AS s CROSS JOIN books AS b"
                            " ON b.room = s.room AND b.code = s.code WHERE s.room < 'room-010'"
                            " ORDER BY s.room, s.code, b.id",
                            NULL);
}

static bool is_on(const struct book *book, const struct shelf *shelf)
{
    return strcmp(book->code, shelf->code) == 0 && strcmp(book->room, shelf->room) == 0;
}

static void books_load(void *state)
{
    struct hand_sqlite *hand = state;
    struct rows *books = &hand->levels[1];
    sqlite3_stmt *row = hand->statements[1];
    size_t parent = 0;
    hand_sqlite_run(hand, hand->begin);
    read_shelves(hand, hand->statements[0]);
    const struct shelf *shelves = hand->levels[0].items;
    size_t *start = rows_reserve_starts(books, hand->levels[0].count);
    start[0] = 0;
    while (sqlite3_step(row) == SQLITE_ROW) {
        struct book *book = rows_add(books, sizeof *book);
        book->id = sqlite3_column_int64(row, 0);
        book->room = hand_sqlite_text(hand, row, 1);
        book->code = hand_sqlite_text(hand, row, 2);
        book->title = hand_sqlite_text(hand, row, 3);
        while (!is_on(book, &shelves[parent]))
            start[++parent] = books->count - 1;
    }
    while (parent < hand->levels[0].count)
        start[++parent] = books->count;
    hand_sqlite_check(hand, sqlite3_reset(row));
    hand_sqlite_run(hand, hand->commit);
}

static uint64_t sum_books(void *state)
{
    const struct hand_sqlite *hand = state;
    const struct shelf *shelves = hand->levels[0].items;
    const struct book *books = hand->levels[1].items;
    const size_t *start = hand->levels[1].start;
    uint64_t sum = 0;
    for (size_t i = 0; i < hand->levels[0].count; i++) {
        sum = checksum_shelf(sum, &shelves[i]);
        for (size_t child = start[i]; child < start[i + 1]; child++)
            sum = checksum_book(sum, &books[child]);
    }
    return sum;
}

const struct side sqlite_books = {"by keys", books_open, hand_sqlite_close, NULL, books_load, sum_books};
