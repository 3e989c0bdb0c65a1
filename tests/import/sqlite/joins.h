/* The tables of joins.db, imported by armature. */
#ifndef JOINS_H
#define JOINS_H

#include <armature/annotations.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

/* clang-format off */

struct post {
    int64_t     id   AR_PRIMARY_KEY;
    const char *code AR_UNIQUE;
} AR_TABLE(post)
  AR_HAS_MANY(is_referred, post_id, post)
  AR_HAS_MANY(has_spaces, post_id, post)
  AR_HAS_MANY(has_other_type, post_id, post)
  AR_HAS_MANY(has_default, post_id, post)
  AR_HAS_MANY(has_check, post_id, post)
  AR_HAS_MANY(has_no_rowid, post_id, post)
  AR_HAS_MANY(is_of_three, post_id, post)
  AR_HAS_MANY(is_of_one, post_id, post)
  AR_HAS_MANY(is_of_code, code, code, .references = code)
  AR_HAS_MANY(is_of_none, post_id, post)
  AR_HAS_MANY(is_backwards, post_id, post)
  /* in the database, the foreign key `post_id` of `post tags` is not ON DELETE CASCADE */
  /* in the database, `post tags` has the index `post_tags_unique`, too */
  /* in the database, `post tags` has the index `post_tags_post`, too */
  /* in the database, `post tags` has the index `post_tags_some`, too */
  AR_MANY_TO_MANY(tag, "post tags", post_id, tag_id, post)
  /* in the database, `answers` has another UNIQUE constraint, too */
  AR_MANY_TO_MANY(post_by_answer, answers, id, answer_id, post_by_post, .target = post)
  AR_MANY_TO_MANY(post_by_post, answers, answer_id, id, post_by_answer, .target = post);

struct tag {
    int64_t     id   AR_PRIMARY_KEY;
    const char *word;
} AR_TABLE(tag)
  AR_HAS_MANY(is_referred, tag_id, tag)
  AR_HAS_MANY(has_spaces, tag_id, tag)
  AR_HAS_MANY(has_other_type, tag_id, tag)
  AR_HAS_MANY(has_default, tag_id, tag)
  AR_HAS_MANY(has_check, tag_id, tag)
  AR_HAS_MANY(has_no_rowid, tag_id, tag)
  AR_HAS_MANY(is_of_three, tag_id, tag)
  AR_HAS_MANY(is_of_one, post_id, post_tag)
  AR_HAS_MANY(is_mixed, tag_id, tag)
  AR_HAS_MANY(is_of_code, tag_id, tag)
  AR_HAS_MANY(is_backwards, tag_id, tag)
  AR_MANY_TO_MANY(post, "post tags", tag_id, post_id, tag);

struct tenant_post {
    int64_t tenant AR_PRIMARY_KEY;
    int64_t id     AR_PRIMARY_KEY;
} AR_TABLE(tenant_post)
  AR_HAS_MANY(is_mixed, (post, tenant), tenant_post, .references = (id, tenant))
  AR_MANY_TO_MANY(tenant_tag, tenant_post_tags, (tenant, post), (tag_tenant, number), tenant_post);

struct tenant_tag {
    int64_t tenant AR_PRIMARY_KEY;
    int64_t number AR_PRIMARY_KEY;
} AR_TABLE(tenant_tag)
  AR_MANY_TO_MANY(tenant_post, tenant_post_tags, (tag_tenant, number), (tenant, post), tenant_tag);

struct is_referred {
    int64_t post_id AR_PRIMARY_KEY;
    int64_t tag_id  AR_PRIMARY_KEY;
} AR_TABLE(is_referred)
  AR_BELONGS_TO(post, post_id, is_referred)
  /* the database has no index for it; the model adds one */
  AR_BELONGS_TO(tag, tag_id, is_referred)
  AR_HAS_MANY(remark, (post_id, tag_id), is_referred);

struct remark {
    int64_t id      AR_PRIMARY_KEY;
    int64_t post_id AR_NULLABLE_BY(has_post_id);
    bool    has_post_id;
    int64_t tag_id  AR_NULLABLE_BY(has_tag_id);
    bool    has_tag_id;
} AR_TABLE(remark)
  /* the database has no index for it; the model adds one */
  AR_BELONGS_TO(is_referred, (post_id, tag_id), remark);

struct has_spaces {
    int64_t post_id AR_COLUMN("post id") AR_PRIMARY_KEY;
    int64_t tag_id  AR_PRIMARY_KEY;
} AR_TABLE(has_spaces)
  AR_BELONGS_TO(post, post_id, has_spaces)
  /* the database has no index for it; the model adds one */
  AR_BELONGS_TO(tag, tag_id, has_spaces);

struct has_other_type {
    int64_t post_id AR_PRIMARY_KEY;
    int64_t tag_id  AR_PRIMARY_KEY;
} AR_TABLE(has_other_type)
  AR_BELONGS_TO(post, post_id, has_other_type)
  /* the database has no index for it; the model adds one */
  AR_BELONGS_TO(tag, tag_id, has_other_type);

struct has_default {
    int64_t post_id AR_PRIMARY_KEY;
    int64_t tag_id  AR_PRIMARY_KEY AR_DEFAULT(1);
} AR_TABLE(has_default)
  AR_BELONGS_TO(post, post_id, has_default)
  /* the database has no index for it; the model adds one */
  AR_BELONGS_TO(tag, tag_id, has_default);

struct has_check {
    int64_t post_id AR_PRIMARY_KEY AR_CHECK("post_id > 1");
    int64_t tag_id  AR_PRIMARY_KEY;
} AR_TABLE(has_check)
  AR_BELONGS_TO(post, post_id, has_check)
  /* the database has no index for it; the model adds one */
  AR_BELONGS_TO(tag, tag_id, has_check);

/* in the database, it is WITHOUT ROWID */
struct has_no_rowid {
    int64_t post_id AR_PRIMARY_KEY;
    int64_t tag_id  AR_PRIMARY_KEY;
} AR_TABLE(has_no_rowid)
  AR_BELONGS_TO(post, post_id, has_no_rowid)
  /* the database has no index for it; the model adds one */
  AR_BELONGS_TO(tag, tag_id, has_no_rowid);

struct is_of_three {
    int64_t post_id AR_PRIMARY_KEY;
    int64_t tag_id  AR_PRIMARY_KEY;
    int64_t n       AR_PRIMARY_KEY;
} AR_TABLE(is_of_three)
  AR_BELONGS_TO(post, post_id, is_of_three)
  /* the database has no index for it; the model adds one */
  AR_BELONGS_TO(tag, tag_id, is_of_three);

struct is_of_one {
    int64_t post_id AR_PRIMARY_KEY;
    int64_t n       AR_PRIMARY_KEY;
} AR_TABLE(is_of_one)
  AR_BELONGS_TO(post, post_id, is_of_one)
  AR_BELONGS_TO(post_tag, post_id, is_of_one, .target = tag);

struct is_mixed {
    int64_t tenant AR_PRIMARY_KEY;
    int64_t tag_id AR_PRIMARY_KEY;
    int64_t post   AR_PRIMARY_KEY;
} AR_TABLE(is_mixed)
  /* the database has no index for it; the model adds one */
  AR_BELONGS_TO(tag, tag_id, is_mixed)
  /* the database has no index for it; the model adds one */
  AR_BELONGS_TO(tenant_post, (post, tenant), is_mixed, .references = (id, tenant));

struct is_of_code {
    const char *code   AR_PRIMARY_KEY;
    int64_t     tag_id AR_PRIMARY_KEY;
} AR_TABLE(is_of_code)
  AR_BELONGS_TO(code, code, is_of_code, .target = post, .references = code)
  /* the database has no index for it; the model adds one */
  AR_BELONGS_TO(tag, tag_id, is_of_code);

/* the foreign key (gone_id) to `gone`: the table is not imported */
struct is_of_none {
    int64_t post_id AR_PRIMARY_KEY;
    int64_t gone_id AR_PRIMARY_KEY;
} AR_TABLE(is_of_none)
  AR_BELONGS_TO(post, post_id, is_of_none);

struct is_backwards {
    int64_t tag_id  AR_PRIMARY_KEY;
    int64_t post_id AR_PRIMARY_KEY;
} AR_TABLE(is_backwards)
  AR_BELONGS_TO(tag, tag_id, is_backwards)
  /* the database has no index for it; the model adds one */
  AR_BELONGS_TO(post, post_id, is_backwards);

/* clang-format on */

#endif
