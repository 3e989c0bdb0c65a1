/* Relations to one of several models: by a type column (a string, an integer, two-column keys), and by foreign keys of
 * which exactly one is set. */
#ifndef SCOPES_SUBJECT_H
#define SCOPES_SUBJECT_H

#include <armature/annotations.h>
#include <stdbool.h>
#include <stdint.h>

/* clang-format off */

struct story {
    int64_t id AR_PRIMARY_KEY;
    const char *title;
} AR_TABLE(stories)
  AR_HAS_MANY(notes, subject, .target = note)
  AR_HAS_MANY(good_notes, subject, .target = note, .where = "votes > 0", .order = "votes DESC")
  AR_HAS_ONE(last_note, subject, .target = note, .order = "id DESC")
  AR_HAS_MANY(marks, thing, .target = mark)
  AR_HAS_MANY(likes, thing, .target = fan)
  AR_HAS_MANY_THROUGH(itself, notes, subject_story, .distinct = true);

struct photo {
    int64_t id AR_PRIMARY_KEY;
    const char *file;
} AR_TABLE(photos)
  AR_HAS_MANY(notes, subject, subject, .target = note)
  AR_HAS_MANY(marks, thing, .target = mark)
  AR_HAS_MANY(likes, thing, .target = fan);

struct video {
    int64_t id AR_PRIMARY_KEY;
    const char *file;
} AR_TABLE(videos)
  AR_HAS_MANY(notes, subject, .target = note);

/* By the name of the model, in a string. */
struct note {
    int64_t id AR_PRIMARY_KEY;
    const char *subject_type;
    int64_t subject_id AR_NULLABLE;
    int64_t votes;
} AR_TABLE(notes)
  AR_BELONGS_TO_ANY(subject, subject_type, subject_id, story, photo, video)
  AR_HAS_MANY_THROUGH(fellows, subject_story, notes);

/* By a number. */
struct mark {
    int64_t id AR_PRIMARY_KEY;
    int16_t kind AR_NULLABLE;
    int64_t thing_id;
} AR_TABLE(marks)
  AR_BELONGS_TO_ANY(thing, kind, thing_id, story, photo, .types = (story = 1, photo = 2), .cache = { .ttl = 60 });

/* Keys of two columns, and types that other programs have chosen. */
struct seat {
    int64_t hall AR_PRIMARY_KEY;
    char row[4] AR_PRIMARY_KEY;
} AR_TABLE(seats)
  AR_HAS_MANY(tickets, place, .target = ticket);

struct stand {
    int64_t hall AR_PRIMARY_KEY;
    char area[4] AR_PRIMARY_KEY;
} AR_TABLE(stands)
  AR_HAS_MANY(tickets, place, .target = ticket);

struct ticket {
    int64_t id AR_PRIMARY_KEY;
    char place_type[8] AR_NULLABLE;
    int64_t hall AR_NULLABLE;
    const char *name;
} AR_TABLE(tickets)
  AR_BELONGS_TO_ANY(place, place_type, (hall, name), seat, stand, .types = (seat = "Seat", stand = "O'Hall"));

/* By foreign keys of which exactly one is set. */
struct fan {
    int64_t id AR_PRIMARY_KEY;
    const char *name;
    int64_t story_id AR_NULLABLE;
    bool has_photo;
    int64_t photo_id AR_NULLABLE_BY(has_photo);
} AR_TABLE(fans)
  AR_BELONGS_TO(story, story_id)
  AR_BELONGS_TO(photo, photo_id)
  AR_BELONGS_TO_ONE_OF(thing, story, photo);

#endif
