/* Armature's side: requests of one or two statements, and pages of one film with its relations. */
#include "armature_side.h"
#include "data.h"
#include "data_shapes.h"
#include "fail.h"
#include "side.h"

static void *requests_open(const char *url, size_t size)
{
    struct armature_side *side = armature_open(url, size);
    side->ids = bench_allocate(size, sizeof *side->ids);
    data_draw_users(side->ids, size);
    return side;
}

/* Open a session for each request, with one find. */
static void sessions_load(void *state)
{
    struct armature_side *side = state;
    ar_session_clear(side->session); /* release the connection */
    side->sum = 0;
    for (size_t i = 0; i < side->size; i++) {
        struct ar_session *session;
        struct user *user;
        armature_check(side, ar_session_open(side->db, NULL, &session));
        armature_check(side, user_find(session, side->ids[i], &user));
        side->sum += (uint64_t)user->created_at;
        ar_session_close(session);
    }
}

static void lazy_requests_load(void *state)
{
    struct armature_side *side = state;
    side->sum = 0;
    for (size_t i = 0; i < side->size; i++) {
        struct post *post;
        struct user *user;
        ar_session_clear(side->session);
        armature_check(side, post_find(side->session, side->ids[i], &post));
        armature_check(side, post_user(side->session, post, &user));
        side->sum += (uint64_t)user->created_at;
    }
}

/* Read a few rows after a clear; the cost of the clear is included. */
static void few_load(void *state)
{
    struct armature_side *side = state;
    side->sum = 0;
    for (size_t i = 0; i < side->size; i++) {
        struct user_list users;
        ar_session_clear(side->session);
        struct user_query *query = user_query(side->session);
        user_where(query, ar_le(user_column.id, 10));
        armature_check(side, user_all(query, &users));
        side->sum += users.count;
    }
}

static uint64_t sum_requests(void *state)
{
    return ((const struct armature_side *)state)->sum;
}

const struct side armature_sessions = {"Armature", requests_open, armature_close, NULL, sessions_load, sum_requests};
const struct side armature_lazy_requests = {"Armature", requests_open,      armature_close,
                                            NULL,       lazy_requests_load, sum_requests};
const struct side armature_few = {"Armature", requests_open, armature_close, NULL, few_load, sum_requests};

/* ---- A page of one film and its relations
 * -------------------------------------------------------------------------- */

static uint64_t sum_page(struct armature_side *side, const struct film *film)
{
    struct language *language;
    struct role_list roles;
    struct disc_list discs;
    struct review_list reviews;
    armature_check(side, film_language(side->session, film, &language));
    armature_check(side, film_roles(side->session, film, &roles));
    armature_check(side, film_discs(side->session, film, &discs));
    armature_check(side, film_reviews(side->session, film, &reviews));
    uint64_t sum = (uint64_t)language->id;
    for (size_t i = 0; i < roles.count; i++)
        sum += (uint64_t)roles.items[i]->id;
    for (size_t i = 0; i < discs.count; i++)
        sum += (uint64_t)discs.items[i]->id;
    for (size_t i = 0; i < reviews.count; i++)
        sum += (uint64_t)reviews.items[i]->id;
    return sum;
}

static void pages_load(void *state)
{
    struct armature_side *side = state;
    side->sum = 0;
    for (size_t i = 0; i < side->size; i++) {
        struct film *film;
        ar_session_clear(side->session);
        struct film_query *films = film_query(side->session);
        film_where(films, ar_eq(film_column.id, 1 + side->ids[i] % FILM_COUNT));
        film_with_language(films);
        film_with_roles(films);
        film_with_discs(films);
        film_with_reviews(films);
        armature_check(side, film_one(films, &film));
        side->sum += sum_page(side, film);
    }
}

const struct side armature_pages = {"Armature", requests_open, armature_close, NULL, pages_load, sum_requests};

/* ---- A list of one to ten films and their relations ----------------------------------------------------------------
 */

static uint64_t sum_films(struct armature_side *side, const struct film_list *films)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < films->count; i++)
        sum += sum_page(side, films->items[i]);
    return sum;
}

static void lists_load(void *state)
{
    struct armature_side *side = state;
    side->sum = 0;
    for (size_t i = 0; i < side->size; i++) {
        int64_t ids[DATA_FILMS_MAX];
        struct film_list list;
        ar_session_clear(side->session);
        struct film_query *films = film_query(side->session);
        film_where(films, ar_in(film_column.id, ids, data_draw_films(i, ids)));
        film_with_language(films);
        film_with_roles(films);
        film_with_discs(films);
        film_with_reviews(films);
        armature_check(side, film_all(films, &list));
        side->sum += sum_films(side, &list);
    }
}

const struct side armature_lists = {"Armature", requests_open, armature_close, NULL, lists_load, sum_requests};
