/* A blog on Armature: create a user, posts, comments and orders, and read them back lazily, eagerly and by queries.
 *
 *   blog [database URL]     sqlite::memory: by default
 *
 * Each step prints the SQL statements that it ran. The tables are emptied first. */
#include "blog.ar.h"
#include "trace.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

/* Stop the program with the session's error message if a call failed. */
static void check(struct ar_session *s, enum ar_status status)
{
    if (status == AR_OK)
        return;
    fprintf(stderr, "%s: %s\n", ar_status_name(status), ar_session_error(s)->message);
    exit(EXIT_FAILURE);
}

static void create_tables(struct ar_session *s, struct user *user)
{
    (void)user;
    check(s, ar_create_table_list(s, blog_models, blog_model_count));
}

static void empty_tables(struct ar_session *s, struct user *user)
{
    (void)user;
    check(s, order_delete_all(order_query(s), NULL));
    check(s, comment_delete_all(comment_query(s), NULL));
    check(s, post_delete_all(post_query(s), NULL));
    check(s, user_delete_all(user_query(s), NULL));
}

static void save_records(struct ar_session *s, struct user *user)
{
    struct post draft = {.title = "Second thoughts"};
    struct post published = {.title = "First steps", .content = "Plain structs.", .status = "published"};
    struct comment praise = {.content = "Great post!"};
    struct comment thanks = {.content = "Thanks!"};
    struct order book = {.item = "A book about C", .price = 39.9, .status = "active"};
    struct order mug = {.item = "A mug", .price = 12};

    check(s, ar_begin(s));
    *user = (struct user){.username = "test_user", .email = "test@example.com"};
    check(s, user_save(s, user)); /* user->id is set */

    published.user_id = draft.user_id = praise.user_id = thanks.user_id = book.user_id = mug.user_id = user->id;
    check(s, post_save(s, &published));
    check(s, post_save(s, &draft));
    praise.post_id = thanks.post_id = published.id;
    check(s, comment_save(s, &praise));
    check(s, comment_save(s, &thanks));
    check(s, order_save(s, &book));
    check(s, order_save(s, &mug));
    check(s, ar_commit(s));

    printf("  user %" PRId64 ": %s; the second post's status is the column's default: %s\n", user->id, user->username,
           draft.status);
}

static void refuse_invalid_record(struct ar_session *s, struct user *user)
{
    struct user impostor = {.username = "impostor", .email = "nobody at nowhere"};
    enum ar_status status = user_save(s, &impostor);

    (void)user;
    printf("  %s: %s\n", ar_status_name(status), ar_session_error(s)->message);
}

/* The first access to a relation loads it. Accessing the comments of one post loads those of all posts of the list. */
static void walk_down(struct ar_session *s, struct user *user)
{
    struct post_list posts;
    struct comment_list comments;

    check(s, user_posts(s, user, &posts));
    for (size_t i = 0; i < posts.count; i++) {
        check(s, post_comments(s, posts.items[i], &comments));
        printf("  %s (%s), %zu comments\n", posts.items[i]->title, posts.items[i]->status, comments.count);
        for (size_t j = 0; j < comments.count; j++)
            printf("    %s\n", comments.items[j]->content);
    }
}

/* Within a session, a row is always the same record: the path back up ends at the record that it started from. */
static void walk_up(struct ar_session *s, struct user *user)
{
    struct post_list posts;
    struct comment_list comments;
    struct post *post;
    struct user *author;

    check(s, user_posts(s, user, &posts));
    check(s, post_comments(s, posts.items[0], &comments));
    check(s, comment_post(s, comments.items[0], &post));
    check(s, post_user(s, post, &author));
    printf("  \"%s\" is a comment on \"%s\" by %s\n", comments.items[0]->content, post->title, author->username);
    printf("  the comment's post is the same record as in the list: %s\n", post == posts.items[0] ? "yes" : "no");
}

static void query_relation(struct ar_session *s, struct user *user)
{
    struct order_list orders;
    int64_t count;

    struct order_query *q = user_orders_query(s, user);
    order_where(q, ar_eq(order_column.status, "active"));
    check(s, order_all(q, &orders));
    check(s, order_count(q, &count));
    printf("  %" PRId64 " active order: %s for %.2f\n", count, orders.items[0]->item, orders.items[0]->price);
}

/* Run one statement per relation, regardless of the number of rows. */
static void load_eagerly(struct ar_session *s, struct user *user)
{
    struct user_list users;
    struct post_list posts;
    struct comment_list comments;

    struct user_query *q = user_query(s);
    struct post_query *published = user_with_posts(q);
    post_where(published, ar_eq(post_column.status, "published"));
    post_order_by(published, ar_desc(post_column.id));
    post_with_comments(published);
    check(s, user_all(q, &users));

    (void)user;
    for (size_t i = 0; i < users.count; i++) {
        check(s, user_posts(s, users.items[i], &posts));
        for (size_t j = 0; j < posts.count; j++) {
            check(s, post_comments(s, posts.items[j], &comments));
            printf("  %s: %s, %zu comments\n", users.items[i]->username, posts.items[j]->title, comments.count);
        }
    }
}

static void clear_cache(struct ar_session *s, struct user *user)
{
    struct order_list orders;

    check(s, user_orders(s, user, &orders));
    printf("  loaded: %zu orders\n", orders.count);
    check(s, user_orders(s, user, &orders));
    printf("  cached: %zu orders\n", orders.count);

    user_orders_clear_cache(s, user); /* one relation of one record */
    check(s, user_orders(s, user, &orders));
    printf("  loaded again: %zu orders\n", orders.count);

    user_clear_relation_cache(s, user); /* all relations of one record */
    check(s, user_orders(s, user, &orders));
    printf("  loaded once more: %zu orders\n", orders.count);
}

/* Saving a record updates the columns that changed; saving an unchanged record runs no statement. */
static void change_records(struct ar_session *s, struct user *user)
{
    struct order_list orders;
    struct order *mug;

    check(s, user_orders(s, user, &orders));
    mug = orders.items[1];
    mug->status = "active";
    check(s, order_save(s, mug));
    check(s, order_save(s, mug));

    check(s, order_delete(s, orders.items[0]));
    check(s, user_orders(s, user, &orders));
    printf("  remaining: %s, %s\n", orders.items[0]->item, orders.items[0]->status);
}

static const struct {
    const char *title;
    void (*run)(struct ar_session *s, struct user *user);
} steps[] = {
    {"Create the tables", create_tables},
    {"Empty them", empty_tables},
    {"Save a user, two posts, two comments and two orders, in one transaction", save_records},
    {"Save a user with an invalid e-mail address: refused before any statement", refuse_invalid_record},
    {"Walk down: the user's posts, the posts' comments", walk_down},
    {"Walk up: a comment's post, the post's user", walk_up},
    {"Query a relation: the user's active orders, and their number", query_relation},
    {"Load eagerly: users, their published posts (newest first), the posts' comments", load_eagerly},
    {"Clear the cache: the user's orders", clear_cache},
    {"Change and delete: the user's orders", change_records},
};

int main(int argc, char **argv)
{
    const char *url = argc > 1 ? argv[1] : "sqlite::memory:";
    struct trace trace = {0};
    struct user user;
    struct ar_session *s;
    struct ar_db *db;

    if (ar_db_open(url, NULL, &db) != AR_OK || ar_session_open(db, NULL, &s) != AR_OK) {
        fprintf(stderr, "%s: %s\n", url, ar_db_error(db)->message);
        ar_db_close(db);
        return EXIT_FAILURE;
    }
    ar_db_observe(db, trace_statement, &trace);
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        trace_begin(&trace, steps[i].title);
        steps[i].run(s, &user);
        trace_end(&trace);
    }
    ar_session_close(s);
    ar_db_close(db);
    return EXIT_SUCCESS;
}
