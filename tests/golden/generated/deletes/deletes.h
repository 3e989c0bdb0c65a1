/* Every `.dependent`, `.on_delete`, `.touch` and `.counter`, with single and composite keys, and to the same table. */
#ifndef DELETES_H
#define DELETES_H

#include <armature/annotations.h>
#include <stdint.h>
#include <time.h>

struct account {
    int64_t id AR_PRIMARY_KEY;
    int32_t topics_count;
    time_t updated_at AR_UPDATED_AT;
} AR_TABLE(accounts)
  AR_HAS_MANY(topics, account_id, account, .target = topic, .dependent = destroy)
  AR_HAS_ONE(picture, account_id, .target = picture, .dependent = delete)
  AR_HAS_MANY(invoices, account_id, .target = invoice, .dependent = restrict)
  AR_HAS_MANY(reviews, reviewer_id, .target = review, .dependent = nullify);

struct topic {
    int64_t id AR_PRIMARY_KEY;
    int64_t account_id;
    int64_t parent_id AR_NULLABLE;
    int64_t origin_id AR_NULLABLE;
    int64_t reviews_count;
} AR_TABLE(topics)
  AR_BELONGS_TO(account, account_id, topics, .touch = true, .counter = topics_count)
  AR_BELONGS_TO(parent, parent_id, children, .target = topic)
  AR_HAS_MANY(children, parent_id, parent, .target = topic, .dependent = destroy)
  AR_HAS_MANY(copies, origin_id, .target = topic, .dependent = delete)
  AR_HAS_MANY(reviews, topic_id, topic, .target = review, .dependent = destroy, .where = "number > 0")
  AR_HAS_MANY(first_reviews, topic_id, topic, .target = review, .dependent = delete, .where = "number = 0");

struct review {
    int64_t topic_id AR_PRIMARY_KEY;
    int32_t number AR_PRIMARY_KEY;
    int64_t reviewer_id AR_NULLABLE;
} AR_TABLE(reviews)
  AR_BELONGS_TO(topic, topic_id, reviews, .counter = reviews_count)
  AR_BELONGS_TO(reviewer, reviewer_id, reviews, .target = account, .on_delete = set_null, .touch = true);

struct vote {
    int64_t id AR_PRIMARY_KEY;
    int64_t topic_id;
    int32_t review;
} AR_TABLE(votes)
  AR_BELONGS_TO(review, (topic_id, review), .target = review, .on_delete = cascade);

struct mark {
    int64_t id AR_PRIMARY_KEY;
    int64_t vote_id AR_NULLABLE;
} AR_TABLE(marks)
  AR_BELONGS_TO(first_vote, vote_id, .target = vote)
  AR_BELONGS_TO(vote, vote_id, .on_delete = set_null)
  AR_BELONGS_TO(last_vote, vote_id, .target = vote);

struct picture {
    int64_t id AR_PRIMARY_KEY;
    int64_t account_id;
} AR_TABLE(pictures)
  AR_BELONGS_TO(account, account_id, picture, .on_delete = restrict, .touch = true);

struct invoice {
    int64_t id AR_PRIMARY_KEY;
    int64_t account_id;
    int64_t payer_id;
} AR_TABLE(invoices)
  AR_BELONGS_TO(account, account_id, invoices, .on_delete = no_action)
  AR_BELONGS_TO(payer, payer_id, .target = account);

#endif
