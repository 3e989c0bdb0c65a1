// clang-format off
#ifndef RELATIONS_H
#define RELATIONS_H
#include <armature/annotations.h>

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
  AR_HAS_MANY(remarks, post_id, post, .target = remark);

struct tag {
    int64_t id AR_PRIMARY_KEY;
    const char *name;
} AR_TABLE(tag)
  AR_MANY_TO_MANY(posts, "Post Tags", tag_id, post_id, tags, .target = post);

struct remark {
    int64_t id AR_PRIMARY_KEY;
    int64_t post_id AR_NULLABLE;
    int64_t stars;
    const char *subject_type;
    int64_t subject_id AR_NULLABLE;
} AR_TABLE(remark)
  AR_BELONGS_TO_ANY(subject, subject_type, subject_id, post, tag)
  AR_BELONGS_TO(post, post_id, remarks)
  AR_INDEX(remark_subject, subject_type, subject_id);

struct taken {
    int64_t post_id AR_PRIMARY_KEY;
    int64_t tag_id AR_PRIMARY_KEY;
} AR_TABLE(taken);

struct twin {
    int64_t id AR_PRIMARY_KEY;
    int64_t post_id;
    int64_t tag_id;
} AR_TABLE(twin) AR_BELONGS_TO(taken, (post_id, tag_id));

/* The key of the table has another order. */
struct swapped {
    int64_t a AR_PRIMARY_KEY;
    int64_t b AR_PRIMARY_KEY;
} AR_TABLE(swapped);

struct todo_list { int64_t id AR_PRIMARY_KEY; } AR_TABLE(todos);

struct name {
    int64_t id;
} AR_VIEW(names, "SELECT id FROM post");

#endif
