/* The tables of words.db, imported by armature. */
#ifndef WORDS_H
#define WORDS_H

#include <armature/annotations.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

/* clang-format off */

struct person {
    int64_t id     AR_PRIMARY_KEY;
    int64_t box_id AR_NULLABLE;
} AR_TABLE(people)
  /* the database has no index for it; the model adds one */
  AR_BELONGS_TO(box, box_id, people);

struct box {
    int64_t id      AR_PRIMARY_KEY;
    int64_t city_id AR_NULLABLE;
} AR_TABLE(boxes)
  /* the database has no index for it; the model adds one */
  AR_BELONGS_TO(city, city_id, boxes)
  AR_HAS_MANY(people, box_id, box, .target = person);

struct city {
    int64_t id     AR_PRIMARY_KEY;
    int64_t Tie2Id AR_NULLABLE;
} AR_TABLE(city)
  /* the database has no index for it; the model adds one */
  AR_BELONGS_TO(tie2, Tie2Id, cities, .target = tie)
  AR_HAS_MANY(boxes, city_id, city, .target = box);

struct tie {
    int64_t id       AR_PRIMARY_KEY;
    int64_t class_id AR_COLUMN("class id") AR_NULLABLE;
} AR_TABLE(ties)
  /* the database has no index for it; the model adds one */
  AR_BELONGS_TO(class_, class_id, ties)
  AR_HAS_MANY(cities, Tie2Id, tie2, .target = city);

struct class_ {
    int64_t id      AR_PRIMARY_KEY;
    int64_t news_id AR_NULLABLE;
} AR_TABLE("class")
  /* the database has no index for it; the model adds one */
  AR_BELONGS_TO(news, news_id, classes)
  AR_HAS_MANY(ties, class_id, class_, .target = tie);

struct news {
    int64_t id       AR_PRIMARY_KEY;
    int64_t child_id AR_NULLABLE;
} AR_TABLE(news)
  /* the database has no index for it; the model adds one */
  AR_BELONGS_TO(child, child_id, news)
  AR_HAS_MANY(classes, news_id, news, .target = class_);

struct child {
    int64_t id      AR_PRIMARY_KEY;
    int64_t dish_id AR_NULLABLE;
} AR_TABLE(children)
  /* the database has no index for it; the model adds one */
  AR_BELONGS_TO(dish, dish_id, children)
  AR_HAS_MANY(news, child_id, child);

struct dish {
    int64_t id         AR_PRIMARY_KEY;
    int64_t address_id AR_NULLABLE;
} AR_TABLE(dish)
  /* the database has no index for it; the model adds one */
  AR_BELONGS_TO(address, address_id, dishes, .target = postal_address)
  AR_HAS_MANY(children, dish_id, dish, .target = child);

struct postal_address {
    int64_t id     AR_PRIMARY_KEY;
    int64_t key_id AR_NULLABLE;
} AR_TABLE(postal_addresses)
  /* the database has no index for it; the model adds one */
  AR_BELONGS_TO(key, key_id, postal_addresses, .target = apikey)
  AR_HAS_MANY(dishes, address_id, address, .target = dish);

struct apikey {
    int64_t id   AR_PRIMARY_KEY;
    int64_t y_id AR_NULLABLE;
} AR_TABLE(apikey)
  /* the database has no index for it; the model adds one */
  AR_BELONGS_TO(y, y_id, apikeys)
  AR_HAS_MANY(postal_addresses, key_id, key, .target = postal_address);

struct y {
    int64_t id        AR_PRIMARY_KEY;
    int64_t status_id AR_NULLABLE;
} AR_TABLE(y)
  /* the database has no index for it; the model adds one */
  AR_BELONGS_TO(status, status_id, ys)
  AR_HAS_MANY(apikeys, y_id, y, .target = apikey);

struct status {
    int64_t id  AR_PRIMARY_KEY;
    int64_t Id_ AR_NULLABLE;
} AR_TABLE(status)
  /* the database has no index for it; the model adds one */
  AR_BELONGS_TO(id, Id_, statuses, .target = person_index)
  AR_HAS_MANY(ys, status_id, status, .target = y);

struct person_index {
    int64_t id        AR_PRIMARY_KEY;
    int64_t corpus_id AR_NULLABLE;
} AR_TABLE(person_index)
  /* the database has no index for it; the model adds one */
  AR_BELONGS_TO(corpus, corpus_id, person_indices)
  AR_HAS_MANY(statuses, Id_, id, .target = status);

struct corpus {
    int64_t id  AR_PRIMARY_KEY;
    int64_t _id AR_NULLABLE;
} AR_TABLE(corpus)
  /* the database has no index for it; the model adds one */
  AR_BELONGS_TO(http_server, _id, corpuses)
  AR_HAS_MANY(person_indices, corpus_id, corpus, .target = person_index);

struct http_server {
    int64_t id   AR_PRIMARY_KEY;
    int64_t PAID AR_NULLABLE;
} AR_TABLE(HTTPServers)
  /* the database has no index for it; the model adds one */
  AR_BELONGS_TO(paid, PAID, http_servers_by_paid, .target = http_server)
  AR_HAS_MANY(corpuses, _id, http_server, .target = corpus)
  AR_HAS_MANY(http_servers_by_paid, PAID, paid, .target = http_server);

/* clang-format on */

#endif
