/* Hand-written, on SQLite: requests of one or two statements, and pages of one film with its relations. */
#include "data.h"
#include "data_shapes.h"
#include "fail.h"
#include "hand_sqlite.h"
#include "side.h"

#include <pthread.h>

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
