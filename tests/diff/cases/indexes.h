/* Indexes and checks. */
#include <armature/annotations.h>
#include <armature/armature.h>

struct book {
    int64_t id AR_PRIMARY_KEY;
    const char *isbn AR_NOT_NULL AR_UNIQUE;
    const char *title AR_NOT_NULL;
    int32_t year;
    int64_t price AR_CHECK("price BETWEEN 1 AND 100");
    int64_t stock AR_CHECK("stock >= 0");
    const char *state AR_NOT_NULL AR_CHECK("state IN ('new', 'used')");
    const char *author AR_NOT_NULL;
} AR_TABLE(books) AR_INDEX(books_title, "lower(title)") AR_INDEX(books_year, year desc, title)
    AR_INDEX(books_new, title, .where = "state = 'new'") AR_INDEX(books_author, author, .unique = true)
        AR_INDEX(books_state, state) AR_INDEX(books_place, stock) AR_INDEX(books_unique_1, stock, state)
            AR_INDEX(books_first, stock, price, .unique = true)
                AR_INDEX(books_second, stock, price, .where = "price > 2") AR_INDEX(books_swapped, year, price)
                    AR_INDEX(books_other, price, year, .unique = true) AR_CHECK("year > 1400", .name = books_printed);

/* Equivalent: constraints in place of indexes, other names, expressions in another form. */
struct shelf {
    int64_t id AR_PRIMARY_KEY;
    const char *code AR_NOT_NULL AR_UNIQUE;
    int32_t room;
    int32_t place AR_CHECK("place <> 0 AND place BETWEEN -5 AND 5");
    const char *kind AR_NOT_NULL AR_CHECK("kind IN ('wood', 'steel')");
} AR_TABLE(shelves) AR_UNIQUE_KEY(room, place) AR_INDEX(shelves_kind, "lower(kind)", room, .where = "kind <> 'wood'");
