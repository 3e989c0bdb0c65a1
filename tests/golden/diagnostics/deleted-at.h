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
#endif
