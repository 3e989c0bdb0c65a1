/* AR_DELETED_AT: it needs a nullable time, once, and generates names. */
#ifndef DELETED_AT_H
#define DELETED_AT_H
#include <armature/annotations.h>
#include <stdint.h>
#include <time.h>

struct post {
    int64_t id           AR_PRIMARY_KEY;
    time_t  deleted_at   AR_DELETED_AT;
    time_t  archived_at  AR_NULLABLE AR_DELETED_AT;
    int64_t number       AR_NULLABLE AR_DELETED_AT;
    int64_t plain        AR_DELETED_AT;
    time_t  created_at   AR_NULLABLE AR_DELETED_AT AR_CREATED_AT;
    time_t  day          AR_NULLABLE AR_DELETED_AT AR_STORED_AS(date);
} AR_TABLE(posts)
  AR_HAS_MANY(deleted, post_id, .target = comment);

struct comment {
    int64_t id         AR_PRIMARY_KEY;
    int64_t post_id;
    time_t  deleted_at AR_DELETED AR_NULLABLE;
} AR_TABLE(comments);

/* Of the kept rows, the database deletes those of one key, but not of the other. */
struct author {
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE(authors)
  AR_HAS_MANY(written, author_id, .target = page, .dependent = delete)
  AR_HAS_MANY(edited, editor_id, .target = page, .dependent = delete);

struct page {
    int64_t id         AR_PRIMARY_KEY;
    int64_t author_id;
    int64_t editor_id;
    time_t  deleted_at AR_NULLABLE AR_DELETED_AT;
} AR_TABLE(pages)
  AR_BELONGS_TO(author, author_id, .on_delete = cascade)
  AR_BELONGS_TO(editor, editor_id, .target = author);
#endif
