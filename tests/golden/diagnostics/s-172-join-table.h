/* S-172: join tables of many-to-many relations. */
#include <armature/annotations.h>
#include <stdint.h>

struct tag {
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE(tags)
  AR_MANY_TO_MANY(posts, post_tags, tag_id, post_id, tags)
  AR_MANY_TO_MANY(books, book_tags, tag_id, book_id, tags);

struct post {
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE(posts)
  AR_MANY_TO_MANY(tags, post_tags, post_id, label_id, posts)
  AR_MANY_TO_MANY(labels, posts, post_id, tag_id, .target = tag)
  AR_MANY_TO_MANY(marks, sqlite_marks, post_id, tag_id, .target = tag)
  AR_MANY_TO_MANY(signs, armature_signs, post_id, tag_id, .target = tag)
  AR_MANY_TO_MANY(same, same_tags, post_id, Post_id, .target = tag)
  AR_MANY_TO_MANY(tegs, tag_posts, post_id, tag_id)
  AR_MANY_TO_MANY(few, few_tags, post_id)
  AR_MANY_TO_MANY(friends, friendships, post_id, friend_id, friends, .target = post);

struct book {
    int64_t tenant AR_PRIMARY_KEY;
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE(books)
  AR_MANY_TO_MANY(tags, book_tags, (tenant, book_id), tag_id)
  AR_MANY_TO_MANY(others, book_books, (tenant, id), (other, other_id), tags, .target = book);
