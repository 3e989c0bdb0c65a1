/* A writer moves rows between two tables while trees of both are loaded. Each tree is read in one snapshot, in which no
 * row is missing or duplicated. */
#include "data.h"
#include "server.h"

#include <stdatomic.h>

enum { READERS = 4, TREES_EACH = 2500, ROWS = 20 };

static int open_shop(void **state)
{
    if (open_blog_and_shop(state) != 0)
        return -1;
    add_users(*state, 1, ROWS);
    return 0;
}

struct reader {
    struct ar_db *db;
    unsigned number;
    size_t torn;
};

/* Load a user with posts and orders; set `out` to the number of both. */
static enum ar_status count_rows(struct ar_session *s, unsigned turn, size_t *out)
{
    static const enum ar_plan plans[] = {AR_PLAN_WAVES, AR_PLAN_ONE_TRIP, AR_PLAN_AUTO};
    struct user_query *users = user_query(s);
    struct user_list list;
    struct post_list posts;
    struct order_list orders;
    user_with_posts(users);
    order_with_user(user_with_orders(users));
    ar_query_plan(users, plans[turn % 3]);
    enum ar_status status = user_all(users, &list);
    if (status == AR_OK)
        status = user_posts(s, list.items[0], &posts);
    if (status == AR_OK)
        status = user_orders(s, list.items[0], &orders);
    *out = status == AR_OK ? posts.count + orders.count : 0;
    return status;
}

static enum ar_status read_trees(void *payload)
{
    struct reader *reader = payload;
    struct ar_session *s;
    enum ar_status status = ar_session_open(reader->db, NULL, &s);
    for (unsigned i = 0; i < TREES_EACH && status == AR_OK; i++) {
        size_t count;
        status = count_rows(s, reader->number + i, &count);
        reader->torn += status == AR_OK && count != ROWS;
        ar_session_clear(s);
    }
    ar_session_close(s);
    return status;
}

struct writer {
    struct ar_db *db;
    atomic_bool is_stopped;
    unsigned moves;
};

/* Move half of the posts to the orders, or all orders to the posts. */
static enum ar_status move_rows(struct ar_session *s, void *payload)
{
    const struct writer *writer = payload;
    return ar_execute(s, writer->moves % 2 == 0
                             ? "INSERT INTO orders (user_id, order_number, total_amount)"
                               " SELECT user_id, title, id FROM posts WHERE id % 2 = 0;"
                               "DELETE FROM posts WHERE id % 2 = 0"
                             : "INSERT INTO posts (id, user_id, title)"
                               " SELECT CAST(total_amount AS BIGINT), user_id, order_number FROM orders;"
                               "DELETE FROM orders");
}

static enum ar_status write_rows(void *payload)
{
    struct writer *writer = payload;
    struct ar_session *s;
    enum ar_status status = ar_session_open(writer->db, NULL, &s);
    while (status == AR_OK && !atomic_load(&writer->is_stopped)) {
        status = ar_transaction(s, move_rows, writer);
        writer->moves++;
    }
    ar_session_close(s);
    return status;
}

static void test_no_tree_is_torn(void **state)
{
    struct fixture *f = *state;
    struct reader readers[READERS];
    struct call reads[READERS], writes;
    struct writer writer = {.db = f->db};
    ar_session_clear(f->other);
    f->is_paused = true;
    call_start(&writes, write_rows, &writer);
    for (unsigned i = 0; i < READERS; i++) {
        readers[i] = (struct reader){.db = f->db, .number = i};
        call_start(&reads[i], read_trees, &readers[i]);
    }
    enum ar_status statuses[READERS];
    for (unsigned i = 0; i < READERS; i++)
        statuses[i] = call_finish(&reads[i]);
    atomic_store(&writer.is_stopped, true);
    assert_int_equal(call_finish(&writes), AR_OK);
    for (unsigned i = 0; i < READERS; i++) {
        assert_int_equal(statuses[i], AR_OK);
        assert_int_equal(readers[i].torn, 0);
    }
    assert_true(writer.moves > 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test_setup_teardown(test_no_tree_is_torn, open_shop, fixture_close)};
    return cmocka_run_group_tests_name("torn", tests, NULL, NULL);
}
