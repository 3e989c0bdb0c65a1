/* Armature's side: long strings, many parents with few children, and keys of two strings. */
#include "armature_side.h"
#include "checksum.h"
#include "side.h"

/* ---- Long strings
 * ---------------------------------------------------------------------------------------------------- */

static void texts_load(void *state)
{
    struct armature_side *side = state;
    ar_session_clear(side->session);
    armature_check(side, document_all(document_query(side->session), &side->documents));
}

static uint64_t sum_texts(void *state)
{
    const struct armature_side *side = state;
    uint64_t sum = 0;
    for (size_t i = 0; i < side->documents.count; i++)
        sum = checksum_document(sum, side->documents.items[i]);
    return sum;
}

const struct side armature_texts = {"Armature", armature_open, armature_close, NULL, texts_load, sum_texts};

/* ---- Many parents of few
 * ------------------------------------------------------------------------------------------- */

static void sparse_load(void *state)
{
    struct armature_side *side = state;
    ar_session_clear(side->session);
    struct parcel_query *parcels = parcel_query(side->session);
    parcel_with_items(parcels);
    armature_check(side, parcel_all(parcels, &side->parcels));
}

static uint64_t sum_sparse(void *state)
{
    const struct armature_side *side = state;
    uint64_t sum = 0;
    for (size_t i = 0; i < side->parcels.count; i++) {
        struct item_list items;
        sum = checksum_parcel(sum, side->parcels.items[i]);
        armature_check(side, parcel_items(side->session, side->parcels.items[i], &items));
        for (size_t child = 0; child < items.count; child++)
            sum = checksum_item(sum, items.items[child]);
    }
    return sum;
}

const struct side armature_sparse = {"Armature", armature_open, armature_close, NULL, sparse_load, sum_sparse};

/* ---- Keys of two strings
 * --------------------------------------------------------------------------------------------- */

static void shelves_load(void *state)
{
    struct armature_side *side = state;
    ar_session_clear(side->session);
    armature_check(side, shelf_all(shelf_query(side->session), &side->shelves));
}

static uint64_t sum_shelves(void *state)
{
    const struct armature_side *side = state;
    uint64_t sum = 0;
    for (size_t i = 0; i < side->shelves.count; i++)
        sum = checksum_shelf(sum, side->shelves.items[i]);
    return sum;
}

static void books_load(void *state)
{
    struct armature_side *side = state;
    ar_session_clear(side->session);
    struct shelf_query *shelves = shelf_query(side->session);
    shelf_where(shelves, ar_lt(shelf_column.room, "room-010"));
    shelf_order_by(shelves, ar_asc(shelf_column.room));
    shelf_order_by(shelves, ar_asc(shelf_column.code));
    shelf_with_books(shelves);
    armature_check(side, shelf_all(shelves, &side->shelves));
}

static uint64_t sum_books(void *state)
{
    const struct armature_side *side = state;
    uint64_t sum = 0;
    for (size_t i = 0; i < side->shelves.count; i++) {
        struct book_list books;
        sum = checksum_shelf(sum, side->shelves.items[i]);
        armature_check(side, shelf_books(side->session, side->shelves.items[i], &books));
        for (size_t child = 0; child < books.count; child++)
            sum = checksum_book(sum, books.items[child]);
    }
    return sum;
}

const struct side armature_shelves = {"Armature", armature_open, armature_close, NULL, shelves_load, sum_shelves};
const struct side armature_books = {"Armature", armature_open, armature_close, NULL, books_load, sum_books};
