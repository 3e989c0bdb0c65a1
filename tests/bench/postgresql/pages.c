/* Hand-written, on PostgreSQL: films with four relations, in the form in which most would write it, and in the fastest
 * one. */
#include "data.h"
#include "data_shapes.h"
#include "fail.h"
#include "hand_postgresql.h"
#include "side.h"

/* ---- Rows ---------------------------------------------------------------------------------------------------------
 */

enum { FILM, LANGUAGE, ROLE, DISC, REVIEW }; /* the levels */

static void read_film(struct hand_postgresql *hand, const PGresult *result, int row, void *out)
{
    struct film *film = out;
    film->id = bigint_field(result, row, 0);
    film->title = text_field(hand, result, row, 1);
    film->description = text_field(hand, result, row, 2);
    film->language_id = bigint_field(result, row, 3);
    film->length = integer_field(result, row, 4);
}

static void read_language(struct hand_postgresql *hand, const PGresult *result, int row, void *out)
{
    struct language *language = out;
    language->id = bigint_field(result, row, 0);
    language->name = text_field(hand, result, row, 1);
}

static void read_role(struct hand_postgresql *hand, const PGresult *result, int row, void *out)
{
    struct role *role = out;
    role->id = bigint_field(result, row, 0);
    role->film_id = bigint_field(result, row, 1);
    role->actor = text_field(hand, result, row, 2);
}

static void read_disc(struct hand_postgresql *hand, const PGresult *result, int row, void *out)
{
    struct disc *disc = out;
    (void)hand;
    disc->id = bigint_field(result, row, 0);
    disc->film_id = bigint_field(result, row, 1);
    disc->store = integer_field(result, row, 2);
}

static void read_review(struct hand_postgresql *hand, const PGresult *result, int row, void *out)
{
    struct review *review = out;
    review->id = bigint_field(result, row, 0);
    review->film_id = bigint_field(result, row, 1);
    review->text = text_field(hand, result, row, 2);
}

static const struct kind kinds[] = {
    [FILM] = {sizeof(struct film), read_film},       [LANGUAGE] = {sizeof(struct language), read_language},
    [ROLE] = {sizeof(struct role), read_role},       [DISC] = {sizeof(struct disc), read_disc},
    [REVIEW] = {sizeof(struct review), read_review},
};

#define SELECT_FILM "SELECT id, title, description, language_id, length FROM films"
#define SELECT_LANGUAGE "SELECT id, name FROM languages"
#define SELECT_ROLE "SELECT id, film_id, actor FROM roles"
#define SELECT_DISC "SELECT id, film_id, store FROM discs"
#define SELECT_REVIEW "SELECT id, film_id, text FROM reviews"

static uint64_t sum_level(const struct hand_postgresql *hand, size_t level)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < hand->levels[level].count; i++)
        sum += (uint64_t)key_at(&hand->levels[level], i, kinds[level].size);
    return sum;
}

static void read_level(struct hand_postgresql *hand, size_t level)
{
    hand_postgresql_read(hand, &kinds[level], &hand->levels[level], hand_postgresql_receive(hand, PGRES_TUPLES_OK));
}

static uint64_t sum_pages(void *state)
{
    return ((const struct hand_postgresql *)state)->sum;
}

/* ---- A page of one film -------------------------------------------------------------------------------------------
 */

static struct hand_postgresql *open_page(const char *url, size_t size, const char *language)
{
    struct hand_postgresql *hand = hand_postgresql_open(url, size);
    hand_postgresql_prepare(hand, "film", SELECT_FILM " WHERE id = $1", BIGINT);
    hand_postgresql_prepare(hand, "language", language, BIGINT);
    hand_postgresql_prepare(hand, "roles", SELECT_ROLE " WHERE film_id = $1 ORDER BY id", BIGINT);
    hand_postgresql_prepare(hand, "discs", SELECT_DISC " WHERE film_id = $1 ORDER BY id", BIGINT);
    hand_postgresql_prepare(hand, "reviews", SELECT_REVIEW " WHERE film_id = $1 ORDER BY id", BIGINT);
    hand_postgresql_pipeline(hand);
    hand->ids = bench_allocate(size, sizeof *hand->ids);
    data_draw_users(hand->ids, size);
    return hand;
}

static void send_relations(const struct hand_postgresql *hand, int64_t language, int64_t film)
{
    hand_postgresql_send_key(hand, "language", language);
    hand_postgresql_send_key(hand, "roles", film);
    hand_postgresql_send_key(hand, "discs", film);
    hand_postgresql_send_key(hand, "reviews", film);
    hand_postgresql_send_commit(hand);
}

static void read_relations(struct hand_postgresql *hand)
{
    for (size_t level = LANGUAGE; level <= REVIEW; level++)
        read_level(hand, level);
    hand_postgresql_finish_commit(hand);
    for (size_t level = LANGUAGE; level <= REVIEW; level++)
        hand->sum += sum_level(hand, level);
}

/* The film, then its relations: two round trips. */
static void pages_load(void *state)
{
    struct hand_postgresql *hand = state;
    hand->sum = 0;
    for (size_t i = 0; i < hand->size; i++) {
        int64_t id = 1 + hand->ids[i] % FILM_COUNT;
        hand_postgresql_reset(hand);
        hand_postgresql_send(hand, "begin", NULL, 0);
        hand_postgresql_send_key(hand, "film", id);
        hand_postgresql_sync(hand);
        hand_postgresql_finish(hand, PGRES_COMMAND_OK);
        read_level(hand, FILM);
        hand_postgresql_finish(hand, PGRES_PIPELINE_SYNC);

        send_relations(hand, ((const struct film *)hand->levels[FILM].items)->language_id, id);
        read_relations(hand);
    }
}

static void *pages_open(const char *url, size_t size)
{
    return open_page(url, size, SELECT_LANGUAGE " WHERE id = $1");
}

/* All in one round trip: the key of the film is known, and the server finds that of the language. */
static void pages_load_in_one_trip(void *state)
{
    struct hand_postgresql *hand = state;
    hand->sum = 0;
    for (size_t i = 0; i < hand->size; i++) {
        int64_t id = 1 + hand->ids[i] % FILM_COUNT;
        hand_postgresql_reset(hand);
        hand_postgresql_send(hand, "begin", NULL, 0);
        hand_postgresql_send_key(hand, "film", id);
        send_relations(hand, id, id);
        hand_postgresql_finish(hand, PGRES_COMMAND_OK);
        read_level(hand, FILM);
        read_relations(hand);
    }
}

static void *pages_open_for_one_trip(const char *url, size_t size)
{
    return open_page(url, size, SELECT_LANGUAGE " WHERE id = (SELECT language_id FROM films WHERE id = $1)");
}

const struct side postgresql_pages = {"level by level", pages_open, hand_postgresql_close, NULL, pages_load, sum_pages};
const struct side postgresql_pages_in_one_trip = {"one trip", pages_open_for_one_trip, hand_postgresql_close,
                                                  NULL,       pages_load_in_one_trip,  sum_pages};

/* ---- A list of one to ten films -----------------------------------------------------------------------------------
 */

static const char *const lists[] = {[ROLE] = "roles", [DISC] = "discs", [REVIEW] = "reviews"};

static void *lists_open(const char *url, size_t size)
{
    struct hand_postgresql *hand = hand_postgresql_open(url, size);
    hand_postgresql_prepare(hand, "films", SELECT_FILM " WHERE id = ANY($1)", BIGINT_ARRAY);
    hand_postgresql_prepare(hand, "languages", SELECT_LANGUAGE " WHERE id = ANY($1)", BIGINT_ARRAY);
    hand_postgresql_prepare(hand, "roles", SELECT_ROLE " WHERE film_id = ANY($1)", BIGINT_ARRAY);
    hand_postgresql_prepare(hand, "discs", SELECT_DISC " WHERE film_id = ANY($1)", BIGINT_ARRAY);
    hand_postgresql_prepare(hand, "reviews", SELECT_REVIEW " WHERE film_id = ANY($1)", BIGINT_ARRAY);
    hand_postgresql_pipeline(hand);
    return hand;
}

/* For few keys, the server estimates that a plan for the actual keys is better, and plans each statement again. */
static void *lists_open_for_kept_plans(const char *url, size_t size)
{
    struct hand_postgresql *hand = lists_open(url, size);
    hand_postgresql_check(hand, PQexitPipelineMode(hand->server) == 1);
    hand_postgresql_execute(hand, "SET plan_cache_mode = force_generic_plan");
    hand_postgresql_pipeline(hand);
    return hand;
}

static void send_keys(struct hand_postgresql *hand, const char *name, const int64_t *keys, size_t count)
{
    char *to = hand_postgresql_parameter(hand, 20 + 12 * count);
    to = hand_postgresql_put_array(to, BIGINT, count, false);
    for (size_t i = 0; i < count; i++)
        to = put_64(put_32(to, 8), (uint64_t)keys[i]);
    hand_postgresql_send(hand, name, hand->parameter, (int)(to - hand->parameter));
}

/* The server removes duplicates. */
static void send_list_relations(struct hand_postgresql *hand, const int64_t *ids)
{
    const struct rows *films = &hand->levels[FILM];
    int64_t languages[DATA_FILMS_MAX];
    for (size_t i = 0; i < films->count; i++)
        languages[i] = ((const struct film *)films->items)[i].language_id;
    send_keys(hand, "languages", languages, films->count);
    for (size_t level = ROLE; level <= REVIEW; level++)
        send_keys(hand, lists[level], ids, films->count);
    hand_postgresql_send_commit(hand);
}

static void read_list_relations(struct hand_postgresql *hand)
{
    read_level(hand, LANGUAGE);
    for (size_t level = ROLE; level <= REVIEW; level++)
        hand_postgresql_read_children(hand, &kinds[FILM], &hand->levels[FILM], &kinds[level], &hand->levels[level],
                                      hand_postgresql_receive(hand, PGRES_TUPLES_OK));
    hand_postgresql_finish_commit(hand);
}

/* Sum the keys of the relations; find the language of each film. */
static uint64_t sum_list(struct hand_postgresql *hand)
{
    const struct rows *films = &hand->levels[FILM], *languages = &hand->levels[LANGUAGE];
    uint64_t sum = sum_level(hand, ROLE) + sum_level(hand, DISC) + sum_level(hand, REVIEW);
    key_table_fill(&hand->table, languages, sizeof(struct language));
    for (size_t i = 0; i < films->count; i++) {
        int64_t key = ((const struct film *)films->items)[i].language_id;
        size_t place = key_table_find(&hand->table, languages, sizeof(struct language), key) - 1;
        sum += (uint64_t)key_at(languages, place, sizeof(struct language));
    }
    return sum;
}

static void lists_load(void *state)
{
    struct hand_postgresql *hand = state;
    hand->sum = 0;
    for (size_t i = 0; i < hand->size; i++) {
        int64_t ids[DATA_FILMS_MAX];
        hand_postgresql_reset(hand);
        hand_postgresql_send(hand, "begin", NULL, 0);
        send_keys(hand, "films", ids, data_draw_films(i, ids));
        hand_postgresql_sync(hand);
        hand_postgresql_finish(hand, PGRES_COMMAND_OK);
        read_level(hand, FILM);
        hand_postgresql_finish(hand, PGRES_PIPELINE_SYNC);

        send_list_relations(hand, ids);
        read_list_relations(hand);
        hand->sum += sum_list(hand);
    }
}

const struct side postgresql_lists = {"= ANY($1)", lists_open, hand_postgresql_close, NULL, lists_load, sum_pages};
const struct side postgresql_lists_with_kept_plans = {
    "generic plans", lists_open_for_kept_plans, hand_postgresql_close, NULL, lists_load, sum_pages};
