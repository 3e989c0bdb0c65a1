/* `.dependent` and `.on_delete` on the wrong side, with wrong values, on keys that cannot be NULL, and in combinations
 * that contradict each other. */
#include <armature/annotations.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

struct user {
    int64_t id AR_PRIMARY_KEY;
    int64_t comments_count;
} AR_TABLE(users)
  AR_HAS_MANY(posts, user_id, user, .dependent = destroy)
  AR_HAS_ONE(post, user_id, user, .target = post, .dependent = delete)
  AR_HAS_MANY(notes, user_id, user, .target = note, .dependent = nullify)
  AR_HAS_MANY(tags, user_id, .target = tag, .dependent = nullify)
  AR_HAS_MANY(logs, user_id, .target = log, .dependent = restrict)
  AR_HAS_MANY(words, user_code, .target = word, .dependent = nullify)
  AR_HAS_MANY(facts, user_id, .target = fact, .dependent = destory)
  AR_HAS_MANY(pages, user_id, .target = fact, .on_delete = cascade)
  AR_HAS_MANY(sheets, user_id, .target = fact, .touch = true)
  AR_HAS_MANY_THROUGH(comments, posts, comments, .dependent = destroy)
  AR_MANY_TO_MANY(friends, user_facts, user_id, fact_id, .target = fact, .dependent = delete);

struct post {
    int64_t id AR_PRIMARY_KEY;
    int64_t user_id;
} AR_TABLE(posts)
  AR_BELONGS_TO(user, user_id, posts, .on_delete = cascade)
  AR_BELONGS_TO(writer, user_id, .target = user, .on_delete = restrict)
  AR_HAS_MANY(comments, post_id, post, .target = comment);

struct comment {
    int64_t id AR_PRIMARY_KEY;
    int64_t post_id;
    int64_t user_id;
} AR_TABLE(comments)
  AR_BELONGS_TO(post, post_id, comments, .on_delete = cascade)
  AR_BELONGS_TO(user, user_id, .on_delete = set_null, .counter = comments_count);

struct note {
    int64_t id AR_PRIMARY_KEY;
    int64_t user_id;
} AR_TABLE(notes)
  AR_BELONGS_TO(user, user_id, notes, .dependent = destroy)
  AR_BELONGS_TO(other, user_id, .target = user, .on_delete = 1);

struct tag {
    int64_t user_id AR_PRIMARY_KEY;
    int64_t number AR_PRIMARY_KEY;
} AR_TABLE(tags);

struct log {
    int64_t id AR_PRIMARY_KEY;
    int64_t user_id AR_NULLABLE;
} AR_TABLE(logs)
  AR_BELONGS_TO(user, user_id, .on_delete = set_null);

struct word {
    int64_t id AR_PRIMARY_KEY;
    int64_t user_code;
} AR_TABLE(words);

struct review {
    int64_t id AR_PRIMARY_KEY;
    int64_t post_id;
} AR_TABLE(reviews)
  AR_AFTER_DELETE(note_deleted_review)
  AR_BELONGS_TO(post, post_id, .on_delete = cascade);

struct fact {
    int64_t id AR_PRIMARY_KEY;
    int64_t user_id;
} AR_TABLE(facts);

struct drawer {
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE(drawers)
  AR_HAS_MANY(sheets, drawer_id, drawer, .dependent = destroy)
  AR_HAS_MANY(cards, drawer_id, drawer, .dependent = delete);

/* Deleted by a time: rows that stay refer to the drawer. */
struct sheet {
    int64_t id AR_PRIMARY_KEY;
    int64_t drawer_id;
    time_t deleted_at AR_NULLABLE AR_DELETED_AT;
} AR_TABLE(sheets)
  AR_BELONGS_TO(drawer, drawer_id, sheets);

struct card {
    int64_t id AR_PRIMARY_KEY;
    int64_t drawer_id;
    time_t deleted_at AR_NULLABLE AR_DELETED_AT;
} AR_TABLE(cards)
  AR_BELONGS_TO(drawer, drawer_id, cards, .on_delete = cascade);

/* A string is nullable, unless it is AR_NOT_NULL. */
struct country {
    const char *code AR_PRIMARY_KEY;
} AR_TABLE(countries);

struct city {
    int64_t id AR_PRIMARY_KEY;
    const char *country_code AR_NOT_NULL;
    const char *twin_code;
} AR_TABLE(cities)
  AR_BELONGS_TO(country, country_code, .on_delete = set_null)
  AR_BELONGS_TO(twin, twin_code, .target = country, .on_delete = set_null);

/* A kept row refers to one of several models; the database would delete rows without what the runtime does to others. */
struct shelf {
    int64_t id AR_PRIMARY_KEY;
    int64_t boxes_count;
} AR_TABLE(shelves)
  AR_HAS_MANY(labels, about, .target = label, .dependent = destroy)
  AR_HAS_MANY(boxes, shelf_id, shelf, .target = box)
  AR_HAS_MANY(own_boxes, shelf_id, .target = box, .dependent = destroy);

struct label {
    int64_t id AR_PRIMARY_KEY;
    const char *about_type;
    int64_t about_id AR_NULLABLE;
    time_t deleted_at AR_NULLABLE AR_DELETED_AT;
} AR_TABLE(labels)
  AR_BELONGS_TO_ANY(about, about_type, about_id, shelf, box);

struct box {
    int64_t id AR_PRIMARY_KEY;
    int64_t shelf_id;
    int64_t next_id AR_NULLABLE;
} AR_TABLE(boxes)
  AR_BEFORE_INSERT(stamp_box)
  AR_BELONGS_TO(shelf, shelf_id, boxes, .on_delete = cascade, .counter = boxes_count)
  AR_BELONGS_TO(same_shelf, shelf_id, .target = shelf, .on_delete = cascade)
  AR_BELONGS_TO(any_shelf, shelf_id, .target = shelf)
  AR_BELONGS_TO(last_shelf, shelf_id, .target = shelf, .on_delete = cascade)
  AR_BELONGS_TO(lost, lost_id, .target = shelf, .touch = true)
  AR_BELONGS_TO(next, next_id, .target = box, .touch = true);
