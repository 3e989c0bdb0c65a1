/* Hand-written, on SQLite: workloads of shapes.h, and requests of one or two statements. */
#include "checksum.h"
#include "data.h"
#include "data_shapes.h"
#include "fail.h"
#include "hand_sqlite.h"
#include "side.h"

#include <pthread.h>

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

/* ---- One parent of many
 * -------------------------------------------------------------------------------------------- */

static void *fan_open(const char *url, size_t size)
{
    return hand_sqlite_open(url, size, "SELECT id, name FROM topics WHERE id = 1",
                            "SELECT id, topic_id, score, text FROM entries WHERE topic_id = 1", NULL);
}

static void fan_load(void *state)
{
    struct hand_sqlite *hand = state;
    sqlite3_stmt *row = hand->statements[0];
    hand_sqlite_reset(hand);
    hand_sqlite_run(hand, hand->begin);
    if (sqlite3_step(row) == SQLITE_ROW) {
        struct topic *topic = rows_add(&hand->levels[0], sizeof *topic);
        topic->id = sqlite3_column_int64(row, 0);
        topic->name = hand_sqlite_text(hand, row, 1);
    }
    hand_sqlite_check(hand, sqlite3_reset(row));
    row = hand->statements[1];
    while (sqlite3_step(row) == SQLITE_ROW) {
        struct entry *entry = rows_add(&hand->levels[1], sizeof *entry);
        entry->id = sqlite3_column_int64(row, 0);
        entry->topic_id = sqlite3_column_int64(row, 1);
        entry->score = sqlite3_column_int64(row, 2);
        entry->text = hand_sqlite_text(hand, row, 3);
    }
    hand_sqlite_check(hand, sqlite3_reset(row));
    hand_sqlite_run(hand, hand->commit);
}

static uint64_t sum_fan(void *state)
{
    const struct hand_sqlite *hand = state;
    const struct entry *entries = hand->levels[1].items;
    uint64_t sum = checksum_topic(0, hand->levels[0].items);
    for (size_t i = 0; i < hand->levels[1].count; i++)
        sum = checksum_entry(sum, &entries[i]);
    return sum;
}

const struct side sqlite_fan = {"by hand", fan_open, hand_sqlite_close, NULL, fan_load, sum_fan};

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

/* ---- Requests
 * ------------------------------------------------------------------------------------------------------ */

static void *requests_open(const char *url, size_t size)
{
    struct hand_sqlite *hand = hand_sqlite_open(url, size, "SELECT " HAND_SQLITE_USER("") " FROM users WHERE id = ?1",
                                                "SELECT " HAND_SQLITE_POST("") " FROM posts WHERE id = ?1",
                                                "SELECT " HAND_SQLITE_USER("") " FROM users WHERE id <= 10");
    hand->ids = bench_allocate(size, sizeof *hand->ids);
    data_draw_users(hand->ids, size);
    return hand;
}

static struct user *find_user(struct hand_sqlite *hand, int64_t id)
{
    sqlite3_stmt *find = hand->statements[0];
    struct user *user = NULL;
    hand_sqlite_check(hand, sqlite3_bind_int64(find, 1, id));
    if (sqlite3_step(find) == SQLITE_ROW)
        hand_sqlite_read_user(hand, find, 0, user = rows_add(&hand->levels[0], sizeof *user));
    hand_sqlite_check(hand, sqlite3_reset(find));
    return user;
}

static struct post *find_post(struct hand_sqlite *hand, int64_t id)
{
    sqlite3_stmt *find = hand->statements[1];
    struct post *post = NULL;
    hand_sqlite_check(hand, sqlite3_bind_int64(find, 1, id));
    if (sqlite3_step(find) == SQLITE_ROW)
        hand_sqlite_read_post(hand, find, 0, post = rows_add(&hand->levels[1], sizeof *post));
    hand_sqlite_check(hand, sqlite3_reset(find));
    return post;
}

/* Requests share one connection; each request drops its rows at the end. */
static pthread_mutex_t taken = PTHREAD_MUTEX_INITIALIZER;

static void take_connection(void)
{
    if (pthread_mutex_lock(&taken) != 0 || pthread_mutex_unlock(&taken) != 0)
        bench_fail("requests", "no mutex");
}

static void sessions_load(void *state)
{
    struct hand_sqlite *hand = state;
    uint64_t sum = 0;
    for (size_t i = 0; i < hand->size; i++) {
        take_connection();
        hand_sqlite_reset(hand);
        sum += (uint64_t)find_user(hand, hand->ids[i])->created_at;
        take_connection();
    }
    hand->sum = sum;
}

static void lazy_requests_load(void *state)
{
    struct hand_sqlite *hand = state;
    uint64_t sum = 0;
    for (size_t i = 0; i < hand->size; i++) {
        hand_sqlite_reset(hand);
        sum += (uint64_t)find_user(hand, find_post(hand, hand->ids[i])->user_id)->created_at;
    }
    hand->sum = sum;
}

static void few_load(void *state)
{
    struct hand_sqlite *hand = state;
    uint64_t sum = 0;
    for (size_t i = 0; i < hand->size; i++) {
        hand_sqlite_reset(hand);
        hand_sqlite_read_users(hand, hand->statements[2], &hand->levels[0]);
        sum += hand->levels[0].count;
    }
    hand->sum = sum;
}

static uint64_t sum_requests(void *state)
{
    return ((const struct hand_sqlite *)state)->sum;
}

const struct side sqlite_sessions = {"by hand", requests_open, hand_sqlite_close, NULL, sessions_load, sum_requests};
const struct side sqlite_lazy_requests = {"by hand", requests_open,      hand_sqlite_close,
                                          NULL,      lazy_requests_load, sum_requests};
const struct side sqlite_few = {"by hand", requests_open, hand_sqlite_close, NULL, few_load, sum_requests};

/* ---- A page of one film and its relations
 * -------------------------------------------------------------------------- */

static void *pages_open(const char *url, size_t size)
{
    struct hand_sqlite *hand =
        hand_sqlite_open(url, size, "SELECT id, title, description, language_id, length FROM films WHERE id = ?1",
                         "SELECT id, name FROM languages WHERE id = ?1",
                         "SELECT id, film_id, actor FROM roles WHERE film_id = ?1 ORDER BY id");
    hand->statements[3] =
        hand_sqlite_prepare(hand, "SELECT id, film_id, store FROM discs WHERE film_id = ?1 ORDER BY id");
    hand->statements[4] =
        hand_sqlite_prepare(hand, "SELECT id, film_id, text FROM reviews WHERE film_id = ?1 ORDER BY id");
    hand->ids = bench_allocate(size, sizeof *hand->ids);
    data_draw_users(hand->ids, size);
    return hand;
}

static const struct film *read_film(struct hand_sqlite *hand, int64_t id)
{
    sqlite3_stmt *row = hand->statements[0];
    struct film *film = rows_add(&hand->levels[0], sizeof *film);
    hand_sqlite_check(hand, sqlite3_bind_int64(row, 1, id));
    hand_sqlite_check(hand, sqlite3_step(row));
    film->id = sqlite3_column_int64(row, 0);
    film->title = hand_sqlite_text(hand, row, 1);
    film->description = hand_sqlite_text(hand, row, 2);
    film->language_id = sqlite3_column_int64(row, 3);
    film->length = sqlite3_column_int(row, 4);
    hand_sqlite_check(hand, sqlite3_reset(row));
    return film;
}

static void read_language(struct hand_sqlite *hand, int64_t id)
{
    sqlite3_stmt *row = hand->statements[1];
    struct language *language = rows_add(&hand->levels[1], sizeof *language);
    hand_sqlite_check(hand, sqlite3_bind_int64(row, 1, id));
    hand_sqlite_check(hand, sqlite3_step(row));
    language->id = sqlite3_column_int64(row, 0);
    language->name = hand_sqlite_text(hand, row, 1);
    hand_sqlite_check(hand, sqlite3_reset(row));
}

static void read_roles(struct hand_sqlite *hand, int64_t film_id)
{
    sqlite3_stmt *row = hand->statements[2];
    hand_sqlite_check(hand, sqlite3_bind_int64(row, 1, film_id));
    while (sqlite3_step(row) == SQLITE_ROW) {
        struct role *role = rows_add(&hand->levels[2], sizeof *role);
        role->id = sqlite3_column_int64(row, 0);
        role->film_id = sqlite3_column_int64(row, 1);
        role->actor = hand_sqlite_text(hand, row, 2);
    }
    hand_sqlite_check(hand, sqlite3_reset(row));
}

static void read_discs(struct hand_sqlite *hand, int64_t film_id)
{
    sqlite3_stmt *row = hand->statements[3];
    hand_sqlite_check(hand, sqlite3_bind_int64(row, 1, film_id));
    while (sqlite3_step(row) == SQLITE_ROW) {
        struct disc *disc = rows_add(&hand->levels[3], sizeof *disc);
        disc->id = sqlite3_column_int64(row, 0);
        disc->film_id = sqlite3_column_int64(row, 1);
        disc->store = sqlite3_column_int(row, 2);
    }
    hand_sqlite_check(hand, sqlite3_reset(row));
}

static void read_reviews(struct hand_sqlite *hand, int64_t film_id)
{
    sqlite3_stmt *row = hand->statements[4];
    hand_sqlite_check(hand, sqlite3_bind_int64(row, 1, film_id));
    while (sqlite3_step(row) == SQLITE_ROW) {
        struct review *review = rows_add(&hand->levels[4], sizeof *review);
        review->id = sqlite3_column_int64(row, 0);
        review->film_id = sqlite3_column_int64(row, 1);
        review->text = hand_sqlite_text(hand, row, 2);
    }
    hand_sqlite_check(hand, sqlite3_reset(row));
}

static uint64_t sum_page(const struct hand_sqlite *hand)
{
    const struct role *roles = hand->levels[2].items;
    const struct disc *discs = hand->levels[3].items;
    const struct review *reviews = hand->levels[4].items;
    uint64_t sum = (uint64_t)((const struct language *)hand->levels[1].items)->id;
    for (size_t i = 0; i < hand->levels[2].count; i++)
        sum += (uint64_t)roles[i].id;
    for (size_t i = 0; i < hand->levels[3].count; i++)
        sum += (uint64_t)discs[i].id;
    for (size_t i = 0; i < hand->levels[4].count; i++)
        sum += (uint64_t)reviews[i].id;
    return sum;
}

static void pages_load(void *state)
{
    struct hand_sqlite *hand = state;
    hand->sum = 0;
    for (size_t i = 0; i < hand->size; i++) {
        int64_t id = 1 + hand->ids[i] % FILM_COUNT;
        hand_sqlite_reset(hand);
        hand_sqlite_run(hand, hand->begin);
        read_language(hand, read_film(hand, id)->language_id);
        read_roles(hand, id);
        read_discs(hand, id);
        read_reviews(hand, id);
        hand_sqlite_run(hand, hand->commit);
        hand->sum += sum_page(hand);
    }
}

const struct side sqlite_pages = {"by hand", pages_open, hand_sqlite_close, NULL, pages_load, sum_requests};
