/* Articles with columns of every size and kind that a query may leave out. */
#ifndef ARTICLES_H
#define ARTICLES_H

#include <armature/annotations.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

/* clang-format off */

struct writer {
    int64_t id AR_PRIMARY_KEY;
    const char *name;
    const char *biography;
} AR_TABLE(writers)
  AR_HAS_MANY(articles, writer_id, writer)
  AR_HAS_MANY_THROUGH(notes, articles, notes);

struct article {
    int64_t id AR_PRIMARY_KEY;
    int64_t writer_id AR_NULLABLE;
    const char *title;
    char *body;
    char code[12];
    int32_t views;
    bool has_rank;
    int16_t rank AR_NULLABLE_BY(has_rank);
    bool is_draft;
    double weight;
    int64_t version AR_VERSION;
    time_t changed_at AR_UPDATED_AT;
} AR_TABLE(articles)
  AR_BELONGS_TO(writer, writer_id, articles)
  AR_HAS_MANY(notes, article_id, article)
  AR_MANY_TO_MANY(tags, article_tags, article_id, tag_id, articles);

struct note {
    int64_t article_id AR_PRIMARY_KEY;
    int32_t number AR_PRIMARY_KEY;
    const char *text;
    const char *author;
} AR_TABLE(notes)
  AR_BELONGS_TO(article, article_id, notes);

struct tag {
    int64_t id AR_PRIMARY_KEY;
    const char *name;
    const char *about;
} AR_TABLE(tags)
  AR_MANY_TO_MANY(articles, article_tags, tag_id, article_id, tags);

#endif
