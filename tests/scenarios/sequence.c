/* S-95 and S-96 as a property: after any sequence of writes, loads, clears and transactions through one session, every
 * access returns what the database holds. Random sequences with fixed seeds are compared with an array of the expected
 * rows. The number of statements is not compared: the cache may save statements, but never be wrong. */
#include "data.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define SEEDS 30
#define STEPS 150
#define SHELVES 4
#define JARS_MAX 16
#define DEPTH_MAX 3

/* The expected rows: the shelf of each jar (0: none, -1: no such jar), and the number that is its content. */
struct expected {
    int64_t shelf_of[JARS_MAX + 1];
    int content_of[JARS_MAX + 1];
};

struct play {
    struct fixture *f;
    uint32_t random;
    int last_content;
    struct expected now, before[DEPTH_MAX]; /* before each open transaction */
    size_t depth;
};

static int64_t below(struct play *play, int64_t limit)
{
    play->random = play->random * 1664525 + 1013904223;
    return (int64_t)(play->random >> 8) % limit;
}

static int64_t any_jar(struct play *play)
{
    return below(play, JARS_MAX) + 1;
}

static int64_t any_shelf_or_none(struct play *play)
{
    return below(play, SHELVES + 1);
}

static bool exists(const struct play *play, int64_t jar_id)
{
    return play->now.shelf_of[jar_id] >= 0;
}

/* ---- What is compared -------------------------------------------------------------------------------------------- */

static void check_jar(struct play *play, const struct jar *jar)
{
    char content[16];
    assert_in_range(jar->id, 1, JARS_MAX);
    snprintf(content, sizeof content, "%d", play->now.content_of[jar->id]);
    assert_int_equal(jar->shelf_id, play->now.shelf_of[jar->id]);
    assert_text(jar->content, content);
}

/* Assert that a shelf has exactly the expected jars, in ascending order of the key. With `least`, only those with this
 * content or a higher one are expected. */
static void check_jars(struct play *play, int64_t shelf_id, const struct jar_list *jars, int least)
{
    size_t next = 0;
    for (int64_t id = 1; id <= JARS_MAX; id++) {
        if (play->now.shelf_of[id] != shelf_id || play->now.content_of[id] < least)
            continue;
        assert_true(next < jars->count);
        assert_int_equal(jars->items[next]->id, id);
        check_jar(play, jars->items[next]);
        next++;
    }
    assert_int_equal(jars->count, next);
}

static void check_shelf(struct play *play, const struct shelf *shelf)
{
    struct ar_session *s = play->f->s;
    struct jar_list jars;
    switch (below(play, 4)) {
    case 0:
        ok(s, shelf_brief_jars(s, shelf, &jars));
        break;
    case 1:
        ok(s, shelf_few_jars(s, shelf, &jars));
        break;
    case 2:
        ok(s, shelf_uncached_jars(s, shelf, &jars));
        break;
    default:
        ok(s, shelf_jars(s, shelf, &jars));
    }
    check_jars(play, shelf->id, &jars, 0);
}

static void check_shelf_of(struct play *play, const struct jar *jar)
{
    struct ar_session *s = play->f->s;
    struct shelf *shelf;
    switch (below(play, 4)) {
    case 0:
        ok(s, jar_brief_shelf(s, jar, &shelf));
        break;
    case 1:
        ok(s, jar_few_shelf(s, jar, &shelf));
        break;
    case 2:
        ok(s, jar_uncached_shelf(s, jar, &shelf));
        break;
    default:
        ok(s, jar_shelf(s, jar, &shelf));
    }
    assert_int_equal(shelf != NULL ? shelf->id : 0, jar->shelf_id);
}

/* ---- Steps ------------------------------------------------------------------------------------------------------- */

static void access_all(struct play *play)
{
    struct ar_session *s = play->f->s;
    struct shelf_list shelves;
    struct jar_list jars;
    ok(s, shelf_all(shelf_query(s), &shelves));
    assert_int_equal(shelves.count, SHELVES);
    for (size_t i = 0; i < shelves.count; i++)
        check_shelf(play, shelves.items[i]);
    ok(s, jar_all(jar_query(s), &jars));
    for (size_t i = 0; i < jars.count; i++) {
        check_jar(play, jars.items[i]);
        check_shelf_of(play, jars.items[i]);
    }
}

/* Access one shelf through a caller-owned struct. */
static void access_one(struct play *play)
{
    struct shelf shelf = {.id = below(play, SHELVES) + 1};
    check_shelf(play, &shelf);
}

static void load_filtered(struct play *play)
{
    struct ar_session *s = play->f->s;
    int least = play->last_content / 2;
    struct shelf_query *query = shelf_query(s);
    struct shelf_list shelves;
    struct jar_list jars;
    int64_t ids[JARS_MAX];
    size_t count = 0;
    for (int64_t id = 1; id <= JARS_MAX; id++) {
        if (exists(play, id) && play->now.content_of[id] >= least)
            ids[count++] = id;
    }
    jar_where(shelf_with_jars(query), ar_in(jar_column.id, ids, count));
    ok(s, shelf_all(query, &shelves));
    for (size_t i = 0; i < shelves.count; i++) {
        ok(s, shelf_jars(s, shelves.items[i], &jars));
        check_jars(play, shelves.items[i]->id, &jars, least);
    }
    /* The next query of all shelves discards the filter. */
    ok(s, shelf_all(shelf_query(s), &shelves));
}

static void insert(struct play *play)
{
    int64_t id = any_jar(play);
    char content[16];
    if (exists(play, id))
        return;
    snprintf(content, sizeof content, "%d", ++play->last_content);
    struct jar jar = {.id = id, .shelf_id = any_shelf_or_none(play), .content = content};
    ok(play->f->s, jar_insert(play->f->s, &jar));
    play->now.shelf_of[id] = jar.shelf_id;
    play->now.content_of[id] = play->last_content;
}

/* Update a jar by the session's record or by a caller-owned struct. */
static void update(struct play *play)
{
    struct ar_session *s = play->f->s;
    int64_t id = any_jar(play), shelf_id = any_shelf_or_none(play);
    char content[16];
    struct jar own = {.id = id}, *jar = &own;
    if (!exists(play, id)) {
        fails(s, AR_NOT_FOUND, jar_find(s, id, &jar));
        return;
    }
    if (below(play, 2) == 0)
        ok(s, jar_find(s, id, &jar));
    snprintf(content, sizeof content, "%d", ++play->last_content);
    jar->shelf_id = shelf_id;
    jar->content = content;
    ok(s, below(play, 2) == 0 ? jar_save(s, jar) : jar_update(s, jar));
    play->now.shelf_of[id] = shelf_id;
    play->now.content_of[id] = play->last_content;
}

static void delete (struct play *play)
{
    struct ar_session *s = play->f->s;
    int64_t id = any_jar(play);
    struct jar own = {.id = id}, *jar = &own;
    if (!exists(play, id))
        return;
    if (below(play, 2) == 0)
        ok(s, jar_find(s, id, &jar));
    ok(s, jar_delete(s, jar));
    play->now.shelf_of[id] = -1;
}

static void write_many(struct play *play)
{
    struct ar_session *s = play->f->s;
    int64_t from = below(play, SHELVES) + 1, to = below(play, SHELVES) + 1, kind = below(play, 4);
    struct jar_query *query = shelf_jars_query(s, &(struct shelf){.id = from});
    char sql[64];
    if (kind == 0) {
        ok(s, jar_delete_all(query, NULL));
    } else if (kind == 1) {
        snprintf(sql, sizeof sql, "UPDATE jars SET shelf_id = %d WHERE shelf_id = %d", (int)to, (int)from);
        ok(s, ar_execute(s, sql));
    } else {
        ok(s, jar_update_all(query, ar_set(jar_column.shelf_id, to), NULL));
    }
    for (int64_t id = 1; id <= JARS_MAX; id++) {
        if (play->now.shelf_of[id] == from)
            play->now.shelf_of[id] = kind == 0 ? -1 : to;
    }
}

static void forget(struct play *play)
{
    struct shelf shelf = {.id = below(play, SHELVES) + 1};
    struct jar jar = {.id = any_jar(play)};
    shelf_jars_clear_cache(play->f->s, &shelf);
    shelf_clear_relation_cache(play->f->s, &shelf);
    jar_clear_relation_cache(play->f->s, &jar);
    advance_clock(play->f, (unsigned)below(play, 1500));
}

/* Clear the session, so that the next writes are of rows it has not loaded. */
static void start_over(struct play *play)
{
    if (play->depth == 0)
        ar_session_clear(play->f->s);
}

static void begin(struct play *play)
{
    if (play->depth == DEPTH_MAX)
        return;
    ok(play->f->s, ar_begin(play->f->s));
    play->before[play->depth++] = play->now;
}

static void end(struct play *play)
{
    if (play->depth == 0)
        return;
    play->depth--;
    if (below(play, 3) == 0) {
        ok(play->f->s, ar_commit(play->f->s));
        return;
    }
    ok(play->f->s, ar_rollback(play->f->s));
    play->now = play->before[play->depth];
}

static void play_sequence(struct fixture *f, uint32_t seed, struct ar_session_options options)
{
    static void (*const steps[])(struct play * play) = {access_all, start_over, access_one, access_one, load_filtered,
                                                        insert,     insert,     update,     update,     delete,
                                                        write_many, forget,     begin,      end,        end};
    struct play play = {.f = f, .random = seed};
    run_sql(f, "DELETE FROM jars");
    reopen_session(f, options);
    for (int64_t id = 1; id <= JARS_MAX; id++)
        play.now.shelf_of[id] = -1;
    for (int i = 0; i < STEPS; i++) {
        steps[below(&play, sizeof steps / sizeof *steps)](&play);
        access_one(&play);
    }
    while (play.depth > 0)
        end(&play);
    access_all(&play);
    ar_session_clear(f->s);
    access_all(&play);
}

static void test_s95_s96_any_sequence(void **state)
{
    struct fixture *f = *state;
    static const struct ar_session_options options[] = {
        {0}, {.load_one = true}, {.cache_off = true}, {.cache_max_size = 2}, {.cache_ttl = 1}};
    for (int i = 0; i < SHELVES; i++)
        add_shelf(f, "shelf");
    for (uint32_t seed = 1; seed <= SEEDS; seed++) {
        for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
            print_message("seed %u, options %zu\n", seed, i);
            play_sequence(f, seed, options[i]);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {scenario(test_s95_s96_any_sequence, open_store)};
    return cmocka_run_group_tests_name("sequence", tests, NULL, NULL);
}
