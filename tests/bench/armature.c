/* The same workloads with Armature, as a user writes them: one session, cleared before each unit of work. */
#include "data.h"
#include "workload.h"

#include "blog.ar.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* One workload's session and the rows that it loaded. */
struct unit {
    struct ar_db *db;
    struct ar_session *session;
    struct person_list people;
    struct user_list users;
    struct post_list posts;
    struct user *post_users[LAZY_POST_COUNT];
    struct board_list boards;
    enum ar_plan plan;
    struct draft *drafts;
    bool is_sqlite;
};

static void check(const struct unit *unit, enum ar_status status)
{
    if (status != AR_OK)
        bench_fail("armature",
                   unit->session != NULL ? ar_session_error(unit->session)->message : ar_db_error(unit->db)->message);
}

static void *unit_open(const char *url)
{
    struct unit *unit = calloc(1, sizeof *unit);
    if (unit == NULL)
        bench_fail("armature", "out of memory");
    check(unit, ar_db_open(url, NULL, &unit->db));
    check(unit, ar_session_open(unit->db, NULL, &unit->session));
    unit->is_sqlite = strncmp(url, "sqlite:", strlen("sqlite:")) == 0;
    if (unit->is_sqlite)
        check(unit, ar_execute(unit->session, DATA_PAGE_CACHE));
    return unit;
}

static void *open_for_waves(const char *url)
{
    struct unit *unit = unit_open(url);
    unit->plan = AR_PLAN_WAVES;
    return unit;
}

static void *open_for_one_trip(const char *url)
{
    struct unit *unit = unit_open(url);
    unit->plan = AR_PLAN_ONE_TRIP;
    return unit;
}

static void unit_close(void *side)
{
    struct unit *unit = side;
    ar_session_close(unit->session);
    ar_db_close(unit->db);
    free(unit->drafts);
    free(unit);
}

/* ---- 10,000 rows of 5 columns ------------------------------------------------------------------------------------ */

static void rows_load(void *side)
{
    struct unit *unit = side;
    ar_session_clear(unit->session);
    check(unit, person_all(person_query(unit->session), &unit->people));
}

static uint64_t rows_checksum(void *side)
{
    const struct unit *unit = side;
    uint64_t sum = 0;
    for (size_t i = 0; i < unit->people.count; i++)
        sum = checksum_person(sum, unit->people.items[i]);
    return sum;
}

const struct side armature_rows = {unit_open, unit_close, NULL, rows_load, rows_checksum};

/* ---- 1,000 parents with 10 children each ------------------------------------------------------------------------- */

static void tree_load(void *side)
{
    struct unit *unit = side;
    ar_session_clear(unit->session);
    struct user_query *users = user_query(unit->session);
    user_where(users, ar_le(user_column.id, PARENT_COUNT));
    user_with_posts(users);
    ar_query_plan(users, unit->plan);
    check(unit, user_all(users, &unit->users));
}

static uint64_t tree_checksum(void *side)
{
    struct unit *unit = side;
    uint64_t sum = 0;
    for (size_t i = 0; i < unit->users.count; i++) {
        sum = checksum_user(sum, unit->users.items[i]);
        struct post_list posts;
        check(unit, user_posts(unit->session, unit->users.items[i], &posts));
        for (size_t child = 0; child < posts.count; child++)
            sum = checksum_post(sum, posts.items[child]);
    }
    return sum;
}

const struct side armature_tree = {unit_open, unit_close, NULL, tree_load, tree_checksum};
const struct side armature_tree_waves = {open_for_waves, unit_close, NULL, tree_load, tree_checksum};
const struct side armature_tree_one_trip = {open_for_one_trip, unit_close, NULL, tree_load, tree_checksum};

/* ---- 100 boards with 5 topics of 5 messages each ----------------------------------------------------------------- */

static void levels_load(void *side)
{
    struct unit *unit = side;
    ar_session_clear(unit->session);
    struct board_query *boards = board_query(unit->session);
    board_where(boards, ar_le(board_column.id, BOARDS_READ));
    topic_with_messages(board_with_topics(boards));
    ar_query_plan(boards, unit->plan);
    check(unit, board_all(boards, &unit->boards));
}

static uint64_t levels_checksum(void *side)
{
    struct unit *unit = side;
    uint64_t sum = 0;
    for (size_t i = 0; i < unit->boards.count; i++) {
        struct topic_list topics;
        sum = checksum_board(sum, unit->boards.items[i]);
        check(unit, board_topics(unit->session, unit->boards.items[i], &topics));
        for (size_t j = 0; j < topics.count; j++) {
            struct message_list messages;
            sum = checksum_topic(sum, topics.items[j]);
            check(unit, topic_messages(unit->session, topics.items[j], &messages));
            for (size_t k = 0; k < messages.count; k++)
                sum = checksum_message(sum, messages.items[k]);
        }
    }
    return sum;
}

const struct side armature_levels = {unit_open, unit_close, NULL, levels_load, levels_checksum};
const struct side armature_levels_waves = {open_for_waves, unit_close, NULL, levels_load, levels_checksum};
const struct side armature_levels_one_trip = {open_for_one_trip, unit_close, NULL, levels_load, levels_checksum};

/* ---- 10,000 inserts ---------------------------------------------------------------------------------------------- */

/* Empties the table, so that the keys begin anew, and has 10,000 drafts without keys. */
static void insert_prepare(void *side)
{
    struct unit *unit = side;
    ar_session_clear(unit->session);
    check(unit, ar_execute(unit->session, unit->is_sqlite ? "DELETE FROM drafts" : "TRUNCATE drafts RESTART IDENTITY"));
    if (unit->drafts == NULL)
        unit->drafts = calloc(DRAFT_COUNT, sizeof *unit->drafts);
    if (unit->drafts == NULL)
        bench_fail("armature", "out of memory");
    for (int64_t i = 0; i < DRAFT_COUNT; i++)
        unit->drafts[i] = (struct draft){
            .user_id = i * 7919 % USER_COUNT + 1,
            .title = "four words of title",
            .body = i % 10 != 0 ? "a body of about the length that a short comment has" : NULL,
            .views = i,
            .created_at = 1700000000 + i,
        };
}

static void insert_one_by_one(void *side)
{
    struct unit *unit = side;
    check(unit, ar_begin(unit->session));
    for (size_t i = 0; i < DRAFT_COUNT; i++)
        check(unit, draft_insert(unit->session, &unit->drafts[i]));
    check(unit, ar_commit(unit->session));
}

static void insert_many(void *side)
{
    struct unit *unit = side;
    check(unit, draft_insert_many(unit->session, unit->drafts, DRAFT_COUNT));
}

static uint64_t insert_checksum(void *side)
{
    const struct unit *unit = side;
    uint64_t sum = 0;
    for (size_t i = 0; i < DRAFT_COUNT; i++)
        sum = checksum_draft(sum, &unit->drafts[i]);
    return sum;
}

const struct side armature_insert_one_by_one = {unit_open, unit_close, insert_prepare, insert_one_by_one,
                                                insert_checksum};
const struct side armature_insert_many = {unit_open, unit_close, insert_prepare, insert_many, insert_checksum};

/* ---- 1,000 posts, then the user of each -------------------------------------------------------------------------- */

static void lazy_load(void *side)
{
    struct unit *unit = side;
    ar_session_clear(unit->session);
    struct post_query *posts = post_query(unit->session);
    post_order_by(posts, ar_asc(post_column.id));
    post_limit(posts, LAZY_POST_COUNT);
    check(unit, post_all(posts, &unit->posts));
    for (size_t i = 0; i < unit->posts.count; i++)
        check(unit, post_user(unit->session, unit->posts.items[i], &unit->post_users[i]));
}

static uint64_t lazy_checksum(void *side)
{
    const struct unit *unit = side;
    uint64_t sum = 0;
    for (size_t i = 0; i < unit->posts.count; i++) {
        sum = checksum_post(sum, unit->posts.items[i]);
        sum = checksum_user(sum, unit->post_users[i]);
    }
    return sum;
}

const struct side armature_lazy = {unit_open, unit_close, NULL, lazy_load, lazy_checksum};

/* ---- Relations that are loaded already --------------------------------------------------------------------------- */

enum { ACCESS_ROUNDS = 1000 };

/* Every user's posts, over and over; the sum keeps the compiler from leaving it out. */
static double time_has_many(struct unit *unit)
{
    uint64_t start = bench_nanoseconds();
    size_t total = 0;
    for (int round = 0; round < ACCESS_ROUNDS; round++) {
        for (size_t i = 0; i < unit->users.count; i++) {
            struct post_list posts;
            check(unit, user_posts(unit->session, unit->users.items[i], &posts));
            total += posts.count;
        }
    }
    uint64_t end = bench_nanoseconds();
    if (total != (size_t)ACCESS_ROUNDS * POST_COUNT / USER_COUNT * PARENT_COUNT)
        bench_fail("access", "a user's posts are not complete");
    return (double)(end - start) / ((double)ACCESS_ROUNDS * (double)unit->users.count);
}

static double time_belongs_to(struct unit *unit)
{
    uint64_t start = bench_nanoseconds();
    int64_t total = 0;
    for (int round = 0; round < ACCESS_ROUNDS; round++) {
        for (size_t i = 0; i < unit->posts.count; i++) {
            struct user *user;
            check(unit, post_user(unit->session, unit->posts.items[i], &user));
            total += user->id - unit->posts.items[i]->user_id;
        }
    }
    uint64_t end = bench_nanoseconds();
    if (total != 0)
        bench_fail("access", "a post's user is another");
    return (double)(end - start) / ((double)ACCESS_ROUNDS * (double)unit->posts.count);
}

struct access_times armature_access(const char *url)
{
    struct unit *unit = unit_open(url);
    struct access_times times;
    tree_load(unit);
    times.has_many = time_has_many(unit);
    lazy_load(unit);
    times.belongs_to = time_belongs_to(unit);
    unit_close(unit);
    return times;
}
