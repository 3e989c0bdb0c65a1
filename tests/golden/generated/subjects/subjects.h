/* Scoped relations, foreign keys to unique columns, and relations to one of several models. */
#ifndef SUBJECTS_H
#define SUBJECTS_H

#include <armature/annotations.h>
#include <stdint.h>

struct author {
    int64_t id AR_PRIMARY_KEY;
    const char *email AR_NOT_NULL AR_UNIQUE;
    int64_t tenant_id;
    char code[8];
} AR_TABLE(authors)
  AR_UNIQUE_KEY(tenant_id, code)
  AR_HAS_MANY(published, (tenant_id, author_code), .references = (tenant_id, code), .target = article,
              .where = "\"State\" = 'published' AND articles.views >= 10", .order = "views DESC, id")
  AR_HAS_ONE(latest, author_email, .references = email, .target = article, .order = "id DESC");

struct article {
    int64_t id AR_PRIMARY_KEY;
    int64_t tenant_id;
    char author_code[8];
    const char *author_email;
    const char *state AR_COLUMN("State");
    int32_t views;
} AR_TABLE(articles)
  AR_BELONGS_TO(author, author_email, .references = email)
  AR_HAS_MANY(comments, subject, .target = comment)
  AR_HAS_ONE(first_comment, subject, .target = comment, .order = "id");

typedef struct {
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE(photos) photo_t;

struct comment {
    int64_t id AR_PRIMARY_KEY;
    const char *subject_type;
    int64_t subject_id AR_NULLABLE;
} AR_TABLE(comments)
  AR_BELONGS_TO_ANY(subject, subject_type, subject_id, article, photo, .types = (photo = "O'Photo"))
  AR_CHECK("subject_id > 0");

struct vote {
    int64_t id AR_PRIMARY_KEY;
    int32_t kind;
    int64_t target_id;
    int64_t article_id AR_NULLABLE;
    int64_t photo_id AR_NULLABLE;
    int64_t comment_id AR_NULLABLE;
} AR_TABLE(votes)
  AR_BELONGS_TO_ANY(target, kind, target_id, article, photo, .types = (article = 1, photo = 2), .cache = off)
  AR_BELONGS_TO(article, article_id)
  AR_BELONGS_TO(photo, photo_id)
  AR_BELONGS_TO(comment, comment_id)
  AR_BELONGS_TO_ONE_OF(place, article, photo, comment);

#endif
