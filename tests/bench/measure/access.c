/* W10: the cost of a loaded relation: iterating over its list, and the accessor itself. */
#include "armature_side.h"
#include "data.h"
#include "fail.h"
#include "measure.h"
#include "timing.h"

#include <stdlib.h>

enum { USERS = 1000, POSTS = 1000, POSTS_OF_EACH = 10, PASSES = 200, ROUNDS = 21 };

/* The loaded records: users with their posts, and posts with their users. */
struct loaded {
    struct armature_side *side;
    struct user_list users;
    struct post_list lists[USERS];
    struct post_list posts;
    struct post *structs; /* copies of the same posts in one array, as on the hand-written side */
};

static void load(struct loaded *loaded)
{
    struct ar_session *session = loaded->side->session;
    struct user_query *users = user_query(session);
    user_where(users, ar_le(user_column.id, USERS));
    user_with_posts(users);
    armature_check(loaded->side, user_all(users, &loaded->users));
    struct post_query *posts = post_query(session);
    post_order_by(posts, ar_asc(post_column.id));
    post_limit(posts, POSTS);
    post_with_user(posts);
    armature_check(loaded->side, post_all(posts, &loaded->posts));
    loaded->structs = bench_allocate((size_t)USERS * POSTS_OF_EACH, sizeof *loaded->structs);
    for (size_t i = 0; i < loaded->users.count; i++) {
        struct post_list *list = &loaded->lists[i];
        armature_check(loaded->side, user_posts(session, loaded->users.items[i], list));
        if (list->count != POSTS_OF_EACH)
            bench_fail("access", "a user has missing posts");
        for (size_t j = 0; j < POSTS_OF_EACH; j++)
            loaded->structs[i * POSTS_OF_EACH + j] = *list->items[j];
    }
}

/* ---- Timed functions; each returns a sum, so that the compiler does not remove code --------------------------------
 */

__attribute__((noinline)) static int64_t walk_lists(const struct loaded *loaded)
{
    int64_t sum = 0;
    for (size_t i = 0; i < USERS; i++) {
        const struct post_list *list = &loaded->lists[i];
        for (size_t j = 0; j < list->count; j++)
            sum += list->items[j]->views;
    }
    return sum;
}

__attribute__((noinline)) static int64_t walk_structs(const struct loaded *loaded)
{
    int64_t sum = 0;
    for (size_t i = 0; i < (size_t)USERS * POSTS_OF_EACH; i++)
        sum += loaded->structs[i].views;
    return sum;
}

__attribute__((noinline)) static int64_t access_has_many(const struct loaded *loaded)
{
    int64_t sum = 0;
    for (size_t i = 0; i < USERS; i++) {
        struct post_list posts;
        armature_check(loaded->side, user_posts(loaded->side->session, loaded->users.items[i], &posts));
        sum += (int64_t)posts.count;
    }
    return sum;
}

__attribute__((noinline)) static int64_t access_belongs_to(const struct loaded *loaded)
{
    int64_t sum = 0;
    for (size_t i = 0; i < POSTS; i++) {
        struct user *user;
        armature_check(loaded->side, post_user(loaded->side->session, loaded->posts.items[i], &user));
        sum += user->id;
    }
    return sum;
}

/* Return the nanoseconds for one of `count` operations, the median of all rounds. */
static double time_each(const struct loaded *loaded, int64_t (*pass)(const struct loaded *loaded), size_t count)
{
    double times[ROUNDS];
    int64_t expected = pass(loaded);
    for (size_t round = 0; round < ROUNDS; round++) {
        uint64_t start = timing_nanoseconds();
        for (size_t i = 0; i < PASSES; i++)
            if (pass(loaded) != expected)
                bench_fail("access", "the sums of two rounds differ");
        times[round] = (double)(timing_nanoseconds() - start) / ((double)PASSES * (double)count);
    }
    return timing_quantile(times, ROUNDS, 0.5);
}

/* ---- The table -----------------------------------------------------------------------------------------------------
 */

static bool print_line(const struct measurement *measurement, const char *what, double nanoseconds, double limit)
{
    report_print(measurement->report, "| W10 | %s | %.2f ns |", what, nanoseconds);
    return report_limit(measurement->report, nanoseconds, limit);
}

bool measure_access(const struct measurement *measurement)
{
    static const double walk_limit = 1, access_limit = 15;
    if (!measure_wants(measurement, "W10"))
        return true;
    struct loaded *loaded = bench_allocate(1, sizeof *loaded);
    loaded->side = armature_open(measurement->url, 0);
    load(loaded);
    report_print(measurement->report,
                 "\n| %s | relations that are loaded | takes | at most | holds |\n"
                 "|---|---|---|---|---|\n",
                 database_name(measurement->database));
    size_t posts = (size_t)USERS * POSTS_OF_EACH;
    bool holds =
        print_line(measurement, "a record of an array of structs, by hand", time_each(loaded, walk_structs, posts), 0);
    holds &= print_line(measurement, "a record of a list", time_each(loaded, walk_lists, posts), walk_limit);
    holds &= print_line(measurement, "access to a has_many", time_each(loaded, access_has_many, USERS), access_limit);
    holds &=
        print_line(measurement, "access to a belongs_to", time_each(loaded, access_belongs_to, POSTS), access_limit);
    armature_close(loaded->side);
    free(loaded->structs);
    free(loaded);
    return holds;
}
