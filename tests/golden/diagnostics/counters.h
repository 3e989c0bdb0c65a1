/* `.touch` and `.counter` on the wrong side, with wrong values, and with fields that cannot be set. */
#include <armature/annotations.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

struct post {
    int64_t id AR_PRIMARY_KEY;
    int64_t comments_count;
    int64_t edits AR_VERSION;
    const char *title;
    int64_t nobody AR_NULLABLE;
    int64_t flagged AR_NULLABLE_BY(has_flagged);
    bool has_flagged;
    enum { GOOD, BAD } mood;
    void *pointer;
} AR_TABLE(posts)
  AR_HAS_MANY(comments, post_id, post, .counter = comments_count);

struct comment {
    int64_t id AR_PRIMARY_KEY;
    int64_t post_id;
    int64_t other_id;
} AR_TABLE(comments)
  AR_BELONGS_TO(post, post_id, comments, .counter = comments_count, .touch = true)
  AR_BELONGS_TO(again, other_id, .target = post, .counter = comments_count)
  AR_BELONGS_TO(same, other_id, .target = post, .counter = coments_count)
  AR_BELONGS_TO(text, other_id, .target = post, .counter = title)
  AR_BELONGS_TO(null, other_id, .target = post, .counter = nobody)
  AR_BELONGS_TO(version, other_id, .target = post, .counter = edits)
  AR_BELONGS_TO(number, other_id, .target = post, .counter = 7)
  AR_BELONGS_TO(missing, other_id, .target = post, .counter = how_many_of_these_there_are)
  AR_BELONGS_TO(maybe, other_id, .target = post, .touch = false)
  AR_BELONGS_TO(key, other_id, .target = post, .counter = id)
  AR_BELONGS_TO(flagged, other_id, .target = post, .counter = flagged)
  AR_BELONGS_TO(mood, other_id, .target = post, .counter = mood)
  AR_BELONGS_TO(pointer, other_id, .target = post, .counter = pointer);
