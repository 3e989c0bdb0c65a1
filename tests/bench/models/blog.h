/* The models of the benchmark. Users, posts and comments form a blog with indexed foreign keys. Authors, articles and
 * remarks are Diesel's loading_associations benchmark, without indexes. Drafts are for writes: their table has only a
 * primary key and no foreign keys, because the cost of indexes and constraints does not depend on how rows are written.
 */
#ifndef BENCH_BLOG_H
#define BENCH_BLOG_H

#include <armature/annotations.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

/* clang-format off */

struct user {
    int64_t     id AR_PRIMARY_KEY;
    const char *name;
    const char *email;
    const char *hair_color;
    int32_t     age;
    double      score;
    bool        active;
    time_t      created_at;
} AR_TABLE(users)
  AR_HAS_MANY(posts, user_id, user)
  AR_HAS_MANY(comments, user_id, user);

struct post {
    int64_t     id AR_PRIMARY_KEY;
    int64_t     user_id;
    const char *title;
    const char *body;
    int64_t     views;
    time_t      created_at;
} AR_TABLE(posts)
  AR_BELONGS_TO(user, user_id, posts)
  AR_HAS_MANY(comments, post_id, post)
  AR_HAS_MANY(taggings, post_id, post)
  AR_HAS_MANY_THROUGH(tags, taggings, tag)
  AR_MANY_TO_MANY(labels, post_labels, post_id, tag_id, .target = tag);

struct tag {
    int64_t     id AR_PRIMARY_KEY;
    const char *name;
    int64_t     weight;
} AR_TABLE(tags);

struct tagging {
    int64_t id AR_PRIMARY_KEY;
    int64_t post_id;
    int64_t tag_id;
    int64_t added_at;
} AR_TABLE(taggings)
  AR_BELONGS_TO(post, post_id, taggings)
  AR_BELONGS_TO(tag, tag_id);

struct comment {
    int64_t     id AR_PRIMARY_KEY;
    int64_t     post_id;
    int64_t     user_id;
    const char *text;
    time_t      created_at;
} AR_TABLE(comments)
  AR_BELONGS_TO(post, post_id, comments)
  AR_BELONGS_TO(user, user_id, comments);

struct notice {
    int64_t     id AR_PRIMARY_KEY;
    const char *subject_type;
    int64_t     subject_id;
    const char *text;
} AR_TABLE(notices)
  AR_BELONGS_TO_ANY(subject, subject_type, subject_id, user, post, comment);

struct author {
    int64_t     id AR_PRIMARY_KEY;
    const char *name;
    const char *hair_color;
} AR_TABLE(authors)
  AR_HAS_MANY(articles, author_id, author);

struct article {
    int64_t     id AR_PRIMARY_KEY;
    int64_t     author_id;
    const char *title;
    const char *body;
} AR_TABLE(articles)
  AR_BELONGS_TO(author, author_id, articles)
  AR_HAS_MANY(remarks, article_id, article);

struct remark {
    int64_t     id AR_PRIMARY_KEY;
    int64_t     article_id;
    const char *text;
} AR_TABLE(remarks)
  AR_BELONGS_TO(article, article_id, remarks);

struct draft {
    int64_t     id AR_PRIMARY_KEY;
    int64_t     user_id;
    const char *title;
    const char *body;
    int64_t     views;
    time_t      created_at;
} AR_TABLE(drafts);

#endif
