// clang-format off
#ifndef RELATIONS_H
#define RELATIONS_H
#include <armature/annotations.h>
#include <stdbool.h>
#include <time.h>

/* clang-format on */
// clang-format off

enum { RELATIONS = 4 }; /* a comment that
    does not begin its line */
struct post {
    int64_t id AR_PRIMARY_KEY;
    const char *name;
} AR_TABLE(post)
  AR_HAS_MANY_THROUGH(remarked, replies, remarks)
  AR_MANY_TO_MANY(tags, "Post Tags", post_id, tag_id, posts, .target = tag)
  AR_MANY_TO_MANY(replies, replies, post_id, reply_id, .target = post)
  AR_HAS_MANY(good_remarks, post_id, .target = remark, .where = "stars > 3")
  AR_HAS_MANY(remarks, post_id, post, .target = remark)
  AR_HAS_MANY(taken, post_id, post)
  AR_MANY_TO_MANY(tag, more_tags, post_id, tag_id, post)
  AR_MANY_TO_MANY(post_by_post, replies, reply_id, post_id, replies, .target = post);

struct tag {
    int64_t id AR_PRIMARY_KEY;
    const char *name;
} AR_TABLE(tag)
  AR_MANY_TO_MANY(posts, "Post Tags", tag_id, post_id, tags, .target = post)
  AR_HAS_MANY(taken, tag_id, tag)
  AR_MANY_TO_MANY(post, more_tags, tag_id, post_id, tag);

struct remark {
    int64_t id AR_PRIMARY_KEY;
    int64_t post_id AR_NULLABLE;
    int64_t stars;
    const char *subject_type;
    int64_t subject_id AR_NULLABLE;
    int64_t a AR_NULLABLE_BY(has_a);
    bool    has_a;
    int64_t b AR_NULLABLE_BY(has_b);
    bool    has_b;
} AR_TABLE(remark)
  AR_BELONGS_TO_ANY(subject, subject_type, subject_id, post, tag)
  AR_BELONGS_TO(post, post_id, remarks)
  AR_INDEX(remark_subject, subject_type, subject_id)
  AR_BELONGS_TO(pair, (a, b), remark_by_pair)
  AR_BELONGS_TO(a, a, remark_by_a, .target = pair, .references = c)
  AR_INDEX(remark_a, a, b);

struct taken {
    int64_t post_id AR_PRIMARY_KEY;
    int64_t tag_id AR_PRIMARY_KEY;
} AR_TABLE(taken)
  AR_BELONGS_TO(post, post_id, taken)
  AR_BELONGS_TO(tag, tag_id, taken)
  AR_HAS_MANY(twin, (post_id, tag_id), taken);

struct twin {
    int64_t id AR_PRIMARY_KEY;
    int64_t post_id;
    int64_t tag_id;
    const char *note;
} AR_TABLE(twin) AR_BELONGS_TO(taken, (post_id, tag_id));

/* The key of the table has another order. */
struct swapped {
    int64_t a AR_PRIMARY_KEY;
    int64_t b AR_PRIMARY_KEY;
} AR_TABLE(swapped)
  AR_HAS_MANY(of_swapped, (x, y), swapped, .references = (b, a));

struct todo_list { int64_t id AR_PRIMARY_KEY; } AR_TABLE(todos);

struct name {
    int64_t id;
} AR_VIEW(names, "SELECT id FROM post");

struct pair {
    int64_t a AR_PRIMARY_KEY;
    int64_t b AR_PRIMARY_KEY;
    int64_t c AR_NULLABLE_BY(has_c) AR_UNIQUE;
    bool    has_c;
} AR_TABLE(pair)
  AR_HAS_MANY(remark_by_pair, (a, b), pair, .target = remark)
  AR_HAS_MANY(remark_by_a, a, a, .target = remark, .references = c);

struct of_swapped {
    int64_t id AR_PRIMARY_KEY;
    int64_t x  AR_NULLABLE_BY(has_x);
    bool    has_x;
    int64_t y  AR_NULLABLE_BY(has_y);
    bool    has_y;
} AR_TABLE(of_swapped)
  /* the database has no index for it; the model adds one */
  AR_BELONGS_TO(swapped, (x, y), of_swapped, .references = (b, a));

#endif
