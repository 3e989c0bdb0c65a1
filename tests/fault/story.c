/* The steps of the story: opening, writing, every kind of loading, transactions. Each step returns the status of the
 * first call that failed, after asserting that this call left no partial result. */
#include "story.h"

#include "fault.h"

#include <stdio.h>
#include <string.h>

#define RETURN_IF_FAILED(status)                                                                                       \
    do {                                                                                                               \
        if ((status) != AR_OK)                                                                                         \
            return (status);                                                                                           \
    } while (0)

/* ---- Opening ----------------------------------------------------------------------------------------------------- */

static enum ar_status open_database(struct story *story)
{
    enum ar_status status = ar_db_open(story->url, NULL, &story->db);
    if (status != AR_OK) {
        assert_int_equal(ar_db_error(story->db)->status, status);
        ar_db_close(story->db);
        story->db = NULL;
    }
    return status;
}

static enum ar_status open_session(struct story *story)
{
    enum ar_status status = ar_session_open(story->db, NULL, &story->s);
    if (status != AR_OK)
        assert_null(story->s);
    return status;
}

static enum ar_status create_tables(struct story *story)
{
    return ar_create_tables(story->s, &like_model, &mark_model, &post_model, &user_model, &article_model, &trip_model,
                            &stop_model, &photo_model);
}

static enum ar_status check_tables(struct story *story)
{
    return ar_check_tables(story->s, &like_model, &mark_model, &post_model, &user_model, &article_model);
}

/* ---- Writing ----------------------------------------------------------------------------------------------------- */

static enum ar_status insert_user(struct story *story, struct user *user, const char *name)
{
    *user = (struct user){.name = name};
    enum ar_status status = user_save(story->s, user);
    if (status != AR_OK) {
        assert_int_equal(user->id, 0);
        assert_null(user->status);
        return status;
    }
    assert_string_equal(user->status, "new");
    return AR_OK;
}

static enum ar_status insert_ann(struct story *story)
{
    return insert_user(story, &story->ann, "ann");
}

static enum ar_status insert_bob(struct story *story)
{
    return insert_user(story, &story->bob, "bob");
}

/* After a failure inside, roll back, which must succeed and undo the inserts. */
enum ar_status story_end_transaction(struct story *story, enum ar_status status)
{
    if (status == AR_OK)
        status = ar_commit(story->s);
    if (status == AR_OK)
        return AR_OK;
    fault_disarm();
    assert_int_equal(ar_rollback(story->s), AR_OK);
    return status;
}

static enum ar_status insert_posts(struct story *story)
{
    static const char *const titles[POSTS] = {"first", "second", "third"};
    enum ar_status status = ar_begin(story->s);
    RETURN_IF_FAILED(status);
    for (size_t i = 0; i < POSTS && status == AR_OK; i++) {
        story->posts[i] = (struct post){.user_id = i < 2 ? story->ann.id : story->bob.id, .title = titles[i]};
        status = post_save(story->s, &story->posts[i]);
        if (status != AR_OK)
            assert_int_equal(story->posts[i].id, 0);
    }
    return story_end_transaction(story, status);
}

static enum ar_status insert_marks(struct story *story)
{
    struct mark mark = {.tag = "red", .post_id = story->posts[0].id, .comment = "first"};
    enum ar_status status = mark_save(story->s, &mark);
    RETURN_IF_FAILED(status);
    mark.tag = "blue";
    status = mark_save(story->s, &mark);
    RETURN_IF_FAILED(status);
    mark.comment = "second";
    return mark_save(story->s, &mark);
}

/* All rows are inserted or none, so the step can be repeated. */
static enum ar_status insert_articles(struct story *story)
{
    struct article articles[ARTICLES];
    char names[ARTICLES][8];
    for (size_t i = 0; i < ARTICLES; i++) {
        snprintf(names[i], sizeof names[i], "%zu", i);
        articles[i] = (struct article){.name = names[i]};
    }
    enum ar_status status = article_insert_many(story->s, articles, ARTICLES);
    for (size_t i = 0; i < ARTICLES; i++)
        assert_text(articles[i].text, status == AR_OK ? "empty" : NULL);
    return status;
}

/* The version increases once per successful update. */
static enum ar_status change_version(struct story *story)
{
    struct article *article;
    enum ar_status status = article_find(story->s, "7", &article);
    RETURN_IF_FAILED(status);
    int32_t revision = article->revision;
    article->text = "changed";
    status = article_save(story->s, article);
    assert_int_equal(article->revision, status == AR_OK ? revision + 1 : revision);
    return status;
}

static enum ar_status save_text(struct story *story)
{
    struct user *ann;
    enum ar_status status = user_find(story->s, story->ann.id, &ann);
    if (status != AR_OK)
        assert_null(ann);
    RETURN_IF_FAILED(status);
    char note[] = "a note of her own";
    ann->note = note;
    status = user_save(story->s, ann);
    if (status != AR_OK) {
        ann->note = NULL;
        return status;
    }
    assert_string_equal(ann->note, "a note of her own");
    return AR_OK;
}

/* The string is assigned in the record; a rollback restores it. */
static enum ar_status save_and_roll_back(struct story *story)
{
    struct user *ann;
    enum ar_status status = user_find(story->s, story->ann.id, &ann);
    RETURN_IF_FAILED(status);
    status = ar_begin(story->s);
    RETURN_IF_FAILED(status);
    ann->name = "anna";
    status = user_save(story->s, ann);
    if (status == AR_OK)
        status = ar_begin(story->s);
    if (status == AR_OK) {
        status = mark_delete(story->s, &(struct mark){.tag = "blue", .post_id = story->posts[0].id});
        enum ar_status inner = ar_rollback(story->s);
        status = inner != AR_OK ? inner : status; /* the last call that failed */
    }
    enum ar_status outer = ar_rollback(story->s);
    if (outer != AR_OK) {
        fault_disarm();
        ar_session_clear(story->s);
        return outer;
    }
    if (status != AR_OK && strcmp(ann->name, "anna") == 0)
        ann->name = "ann"; /* not saved, so it is still the caller's change */
    assert_string_equal(ann->name, "ann");
    return status;
}

static enum ar_status update_many(struct story *story)
{
    static const char *const names[] = {"ann", "bob", "nobody"};
    struct user_query *q = user_query(story->s);
    user_where(q, ar_and(ar_in(user_column.name, names, 3), ar_not(ar_eq(user_column.status, "old"))));
    int64_t changed;
    return user_update_all(q, ar_set(user_column.status, "known"), &changed);
}

static enum ar_status delete_and_reload(struct story *story)
{
    struct mark *mark;
    enum ar_status status = mark_find(story->s, "red", story->posts[0].id, &mark);
    if (status == AR_NOT_FOUND) /* the first run of this step has deleted it */
        return AR_OK;
    RETURN_IF_FAILED(status);
    mark->comment = "mine";
    status = mark_reload(story->s, mark);
    if (status != AR_OK)
        assert_string_equal(mark->comment, "mine");
    RETURN_IF_FAILED(status);
    assert_string_equal(mark->comment, "first");
    return mark_delete(story->s, mark);
}

/* Without an order, PostgreSQL returns an updated row last. */
static struct user_query *users_by_name(struct story *story)
{
    struct user_query *q = user_query(story->s);
    user_order_by(q, ar_asc(user_column.name));
    return q;
}

static struct post_query *posts_by_id(struct story *story)
{
    struct post_query *q = post_query(story->s);
    post_order_by(q, ar_asc(post_column.id));
    return q;
}

/* ---- Loading ----------------------------------------------------------------------------------------------------- */

static enum ar_status load_eagerly(struct story *story)
{
    struct user_query *q = users_by_name(story);
    struct post_query *posts = user_with_posts(q);
    post_where(posts, ar_ne(post_column.title, "nothing"));
    post_order_by(posts, ar_desc(post_column.id));
    post_with_marks(posts);
    struct user_list users;
    enum ar_status status = user_all(q, &users);
    if (status != AR_OK) {
        assert_null(users.items);
        assert_int_equal(users.count, 0);
        return status;
    }
    assert_int_equal(users.count, 2);
    struct post_list written;
    status = user_posts(story->s, users.items[0], &written);
    RETURN_IF_FAILED(status);
    assert_int_equal(written.count, 2);
    assert_string_equal(written.items[0]->title, "second");
    return AR_OK;
}

static enum ar_status load_lazily(struct story *story)
{
    ar_session_clear(story->s);
    struct user_list users;
    struct post_list posts;
    struct user *writer;
    enum ar_status status = user_all(users_by_name(story), &users);
    RETURN_IF_FAILED(status);
    status = user_posts(story->s, users.items[0], &posts);
    if (status != AR_OK)
        assert_int_equal(posts.count, 0);
    RETURN_IF_FAILED(status);
    assert_int_equal(posts.count, 2);
    status = post_user(story->s, posts.items[0], &writer);
    RETURN_IF_FAILED(status);
    assert_ptr_equal(writer, users.items[0]);
    return AR_OK;
}

/* Binding the pattern makes SQLite re-prepare the statement when it runs. */
static enum ar_status load_in_order(struct story *story)
{
    struct post_list posts;
    struct post_query *q = post_query(story->s);
    post_where(q, ar_like(post_column.title, "%"));
    post_order_by(q, ar_desc(post_column.id));
    post_limit(q, 2);
    enum ar_status status = post_all(q, &posts);
    if (status != AR_OK)
        assert_int_equal(posts.count, 0);
    RETURN_IF_FAILED(status);
    assert_int_equal(posts.count, 2);
    assert_true(posts.items[0]->id > posts.items[1]->id);
    return AR_OK;
}

/* Conditions on related rows, one of a has_one, and orders by them. */
static enum ar_status select_across(struct story *story)
{
    struct user_list users;
    struct user_query *q = user_query(story->s);
    user_where(q, user_has_posts(ar_and(ar_contains_exact(post_column.title, "ir"), post_has_user())));
    user_where(q, user_has_posts_count(AR_GE, 1, ar_starts_with_nocase(post_column.title, "FIRST")));
    user_order_by(q, user_by_posts_count(AR_DESC));
    enum ar_status status = user_all(q, &users);
    if (status != AR_OK)
        assert_int_equal(users.count, 0);
    RETURN_IF_FAILED(status);
    assert_int_equal(users.count, 1);
    assert_string_equal(users.items[0]->name, "ann");

    struct trip_query *trips = trip_query(story->s);
    struct trip_list all;
    trip_where(trips, ar_not(trip_has_photo(ar_eq_nocase(photo_column.file, "None"))));
    trip_order_by(trips, trip_by_photo(ar_asc(photo_column.file)));
    return trip_all(trips, &all);
}

/* The page before the last post, and the one after its first post. */
static enum ar_status load_pages(struct story *story)
{
    struct post_list page;
    struct post_query *q = post_query(story->s);
    post_order_by(q, ar_asc(post_column.title));
    post_limit(q, 2);
    post_before(q, &(struct post){.id = story->posts[2].id, .title = "third"});
    enum ar_status status = post_all(q, &page);
    if (status != AR_OK)
        assert_int_equal(page.count, 0);
    RETURN_IF_FAILED(status);
    assert_string_equal(page.items[0]->title, "first");
    post_before(q, NULL);
    post_after(q, page.items[0]);
    status = post_all(q, &page);
    RETURN_IF_FAILED(status);
    assert_string_equal(page.items[1]->title, "third");
    return AR_OK;
}

static enum ar_status count_chunk(struct ar_session *s, const struct post_list *posts, void *payload)
{
    size_t *count = payload;
    struct mark_list marks;
    *count += posts->count;
    enum ar_status status = post_marks(s, posts->items[0], &marks);
    RETURN_IF_FAILED(status);
    posts->items[0]->title = posts->items[0]->title[0] == 'f' ? "first" : posts->items[0]->title;
    return post_save(s, posts->items[0]);
}

/* In chunks of two posts, with an eager and a lazy relation. */
static enum ar_status stream(struct story *story)
{
    struct post_query *q = posts_by_id(story);
    size_t count = 0;
    post_with_user(q);
    enum ar_status status = post_each(q, 2, count_chunk, &count);
    RETURN_IF_FAILED(status);
    assert_int_equal(count, POSTS);
    return AR_OK;
}

static enum ar_status load_parents(struct story *story)
{
    ar_session_clear(story->s);
    struct post_list posts;
    struct user *writer;
    enum ar_status status = post_all(posts_by_id(story), &posts);
    RETURN_IF_FAILED(status);
    status = post_user(story->s, posts.items[2], &writer);
    if (status != AR_OK)
        assert_null(writer);
    RETURN_IF_FAILED(status);
    assert_string_equal(writer->name, "bob");
    user_posts_clear_cache(story->s, writer);
    return post_load_marks(story->s, posts.items, posts.count);
}

/* Relations that follow others: lazily with their links, eagerly with a limit, by query; and through a join table. */
static enum ar_status load_paths(struct story *story)
{
    ar_session_clear(story->s);
    struct user_query *q = users_by_name(story);
    struct user_list users;
    struct mark_list marks;
    struct post_list links;
    struct article_list articles;
    int64_t count;
    enum ar_status status = user_all(users_by_name(story), &users);
    RETURN_IF_FAILED(status);
    status = user_marks(story->s, users.items[0], &marks);
    if (status != AR_OK)
        assert_int_equal(marks.count, 0);
    RETURN_IF_FAILED(status);
    status = user_marks_links(story->s, users.items[0], &links);
    RETURN_IF_FAILED(status);
    assert_int_equal(links.count, marks.count);
    mark_limit(user_with_marks(q), 1);
    user_with_readings(q);
    status = user_all(q, &users);
    RETURN_IF_FAILED(status);
    status = user_readings(story->s, users.items[1], &articles);
    RETURN_IF_FAILED(status);
    status = user_marks_count(story->s, users.items[0], &count);
    RETURN_IF_FAILED(status);
    return mark_count(user_marks_query(story->s, users.items[0]), &count);
}

/* From here on the session reads a snapshot. */
static enum ar_status open_snapshot(struct story *story)
{
    const struct ar_session_options options = {.snapshot = true};
    ar_session_close(story->s);
    return ar_session_open(story->db, &options, &story->s);
}

static enum ar_status read_snapshot(struct story *story)
{
    struct user *user;
    struct post_list posts;
    enum ar_status status = user_find(story->s, story->ann.id, &user);
    RETURN_IF_FAILED(status);
    status = user_posts(story->s, user, &posts);
    RETURN_IF_FAILED(status);
    assert_int_equal(posts.count, 2);
    return AR_OK;
}

/* An interrupt between statements has no effect. */
static enum ar_status interrupt(struct story *story)
{
    struct user *user;
    ar_session_interrupt(story->s);
    return user_find(story->s, story->bob.id, &user);
}

static enum ar_status ask_without_loading(struct story *story)
{
    struct post_query *q = user_posts_query(story->s, &story->ann);
    post_where(q, ar_contains(post_column.title, "ir"));
    int64_t count;
    bool exists;
    struct ar_value value;
    enum ar_status status = post_count(q, &count);
    RETURN_IF_FAILED(status);
    assert_int_equal(count, 1);
    status = post_exists(q, &exists);
    RETURN_IF_FAILED(status);
    status = post_max(q, post_column.title, &value);
    if (status != AR_OK)
        assert_int_equal(value.kind, AR_VALUE_NULL);
    RETURN_IF_FAILED(status);
    assert_memory_equal(value.bytes.data, "first", 5);
    return ar_query_with(q, "marks.post");
}

/* ---- The whole story --------------------------------------------------------------------------------------------- */

const struct step story_steps[] = {
    {"open the database", open_database},
    {"open a session", open_session},
    {"create the tables", create_tables},
    {"check the tables", check_tables},
    {"insert ann", insert_ann},
    {"insert bob", insert_bob},
    {"insert the posts", insert_posts},
    {"insert the marks", insert_marks},
    {"load eagerly", load_eagerly},
    {"save a text", save_text},
    {"save and roll back", save_and_roll_back},
    {"load lazily", load_lazily},
    {"load in order", load_in_order},
    {"load parents", load_parents},
    {"load paths", load_paths},
    {"ask without loading", ask_without_loading},
    {"update many", update_many},
    {"delete and reload", delete_and_reload},
    {"select across", select_across},
    {"load pages", load_pages},
    {"stream", stream},
    {"insert articles", insert_articles},
    {"change a version", change_version},
    {"open a snapshot", open_snapshot},
    {"read a snapshot", read_snapshot},
    {"interrupt nothing", interrupt},
};
const size_t story_step_count = sizeof story_steps / sizeof story_steps[0];

void story_check(struct story *story)
{
    struct user_list users;
    struct post_list posts;
    struct mark_list marks;
    struct article *article;
    int64_t articles;
    ar_session_clear(story->s);
    ok(story->s, user_all(users_by_name(story), &users));
    assert_int_equal(users.count, 2);
    assert_string_equal(users.items[0]->name, "ann");
    assert_string_equal(users.items[0]->note, "a note of her own");
    assert_string_equal(users.items[0]->status, "known");
    assert_string_equal(users.items[1]->name, "bob");
    assert_null(users.items[1]->note);
    ok(story->s, post_all(posts_by_id(story), &posts));
    assert_int_equal(posts.count, 3);
    ok(story->s, mark_all(mark_query(story->s), &marks));
    assert_int_equal(marks.count, 1);
    assert_string_equal(marks.items[0]->tag, "blue");
    assert_string_equal(marks.items[0]->comment, "second");
    ok(story->s, article_count(article_query(story->s), &articles));
    assert_int_equal(articles, ARTICLES);
    ok(story->s, article_find(story->s, "7", &article));
    assert_string_equal(article->text, "changed");
    assert_int_equal(article->revision, 1);
}

void story_close(struct story *story)
{
    ar_session_close(story->s);
    ar_db_close(story->db);
}
