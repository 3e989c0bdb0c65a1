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
  AR_MANY_TO_MANY(others, book_books, (tenant, id), (other, other_id), tags, .target = book)
  AR_MANY_TO_MANY(readers, book_readers, (tenant, book_id), reader_id, .target = post);

/* A view or a read-only table has no key, and long keys and names do not fit. */
struct total {
    int64_t tag_id;
} AR_TABLE(totals, .read_only = true)
  AR_MANY_TO_MANY(tags, total_tags, total_id, tag_id)
  AR_MANY_TO_MANY(totals, total_totals, total_id, other_id, .target = total);

struct unkeyed {
    int64_t id;
} AR_TABLE(unkeyed)
  AR_MANY_TO_MANY(tags, unkeyed_tags, unkeyed_id, tag_id);

struct cell {
    int64_t a AR_PRIMARY_KEY;
    int64_t b AR_PRIMARY_KEY;
    int64_t c AR_PRIMARY_KEY;
    int64_t d AR_PRIMARY_KEY;
    int64_t e AR_PRIMARY_KEY;
} AR_TABLE(cells)
  AR_MANY_TO_MANY(neighbours, neighbours, (a, b, c, d, e), (f, g, h, i, j), .target = cell)
  AR_MANY_TO_MANY(tags, tags_of_cells_in_the_order_of_the_columns_that_are_their_key_in_it, (a, b, c, d, e), tag_id);

/* Tables declared from both sides, differently. */
struct reader {
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE(readers)
  AR_MANY_TO_MANY(books, book_readers, reader_id, (tenant, book_id))
  AR_MANY_TO_MANY(posts, Post_tags, reader_id, post_id)
  AR_MANY_TO_MANY(tags, other.book_tags, reader_id, tag_id)
  AR_MANY_TO_MANY(a, "a.b.c", reader_id, tag_id, .target = tag)
  AR_MANY_TO_MANY(b, 3, reader_id, tag_id, .target = tag)
  AR_MANY_TO_MANY(c, c_tags, 1, tag_id, .target = tag)
  AR_MANY_TO_MANY(d, d_tags, reader_id, 2, .target = tag)
  AR_MANY_TO_MANY(e, e_tags, reader_id, tag_id, 5, .target = tag);

struct faulty {
    void *id AR_PRIMARY_KEY;
} AR_TABLE(faulty)
  AR_MANY_TO_MANY(tags, faulty_tags, faulty_id, tag_id)
  AR_HAS_MANY_THROUGH(posts, tags, posts);
