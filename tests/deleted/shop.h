/* Models whose rows are deleted by a time: with a version, with a flag of NULL, and with a composite key of a string.
 */
#ifndef DELETED_SHOP_H
#define DELETED_SHOP_H

#include <armature/annotations.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

/* clang-format off */

struct writer {
    int64_t     id   AR_PRIMARY_KEY;
    const char *name;
} AR_TABLE(writers)
  AR_HAS_MANY(books, writer_id, writer)
  AR_HAS_MANY_THROUGH(reviews, books, reviews)
  AR_HAS_MANY_THROUGH(covers, books, cover);

struct book {
    int64_t     id         AR_PRIMARY_KEY;
    int64_t     writer_id  AR_NULLABLE;
    const char *title;
    int32_t     pages;
    time_t      updated_at AR_UPDATED_AT;
    int32_t     revision   AR_VERSION;
    time_t      deleted_at AR_NULLABLE AR_DELETED_AT;
} AR_TABLE(books)
  AR_BELONGS_TO(writer, writer_id, books)
  AR_HAS_MANY(reviews, book_id, book)
  AR_HAS_ONE(cover, book_id, book)
  AR_AFTER_DELETE(book_after_delete)
  AR_AFTER_COMMIT(book_committed);

struct review {
    int64_t     id      AR_PRIMARY_KEY;
    int64_t     book_id AR_NULLABLE;
    const char *text;
} AR_TABLE(reviews)
  AR_BELONGS_TO(book, book_id, reviews);

struct cover {
    int64_t         id      AR_PRIMARY_KEY;
    int64_t         book_id;
    struct timespec gone    AR_COLUMN("goneAt") AR_NULLABLE_BY(is_gone) AR_DELETED_AT;
    bool            is_gone;
} AR_TABLE(covers)
  AR_BELONGS_TO(book, book_id, cover);

/* The program sets the key. */
struct slot {
    const char *shelf   AR_PRIMARY_KEY;
    int32_t     number  AR_PRIMARY_KEY;
    const char *label;
    time_t      removed AR_NULLABLE AR_DELETED_AT;
} AR_TABLE(slots)
  AR_HAS_MANY(things, (shelf, number), slot);

struct thing {
    int64_t     id     AR_PRIMARY_KEY;
    const char *shelf;
    int32_t     number;
    time_t      lost   AR_NULLABLE AR_DELETED_AT;
} AR_TABLE(things)
  AR_BELONGS_TO(slot, (shelf, number), things);

/* Members are counted, destroyed with their club, and a tree. */
struct club {
    int64_t     id            AR_PRIMARY_KEY;
    const char *name;
    int64_t     members_count;
    time_t      deleted_at    AR_NULLABLE AR_DELETED_AT;
} AR_TABLE(clubs)
  AR_HAS_MANY(members, club_id, club, .target = member, .dependent = destroy);

struct member {
    int64_t id         AR_PRIMARY_KEY;
    int64_t club_id    AR_NULLABLE;
    int64_t parent_id  AR_NULLABLE;
    int32_t age;
    int32_t revision   AR_VERSION;
    time_t  deleted_at AR_NULLABLE AR_DELETED_AT;
} AR_TABLE(members)
  AR_BELONGS_TO(club, club_id, members, .counter = members_count)
  AR_BELONGS_TO(parent, parent_id, children, .target = member)
  AR_HAS_MANY(children, parent_id, parent, .target = member);

/* clang-format on */

#endif
