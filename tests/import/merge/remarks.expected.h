#ifndef REMARKS_H
#define REMARKS_H
/* clang-format off */
#include <armature/annotations.h>
#include <stdint.h>
#include <stdbool.h>
#include <time.h>

typedef enum { SAD AR_LABEL("sad"), HAPPY AR_LABEL("happy") } feeling_t;

enum size {
    SIZE_S AR_LABEL("S"),
    SIZE_M AR_LABEL("M")
};

/*
  Who is it?
  A person.
*/
struct person {
    int64_t id AR_PRIMARY_KEY;
    feeling_t mood AR_ENUM_TYPE(mood);
    feeling_t last_mood AR_ENUM_TYPE(mood) AR_NULLABLE_BY(has_last_mood);
    bool      has_last_mood;
    struct timespec since AR_NULLABLE;
    enum size size AR_ENUM_TYPE(size) AR_DEFAULT("'M'");
    int64_t boss_id AR_NULLABLE;
} AR_TABLE(people) AR_CHECK("id <> 7 OR (id > 0)" /* in C ) */
    // and a line )
    , .name = odd)
  AR_HAS_MANY(notes, person_id, person)
  AR_BELONGS_TO(boss, boss_id, people_by_boss, .target = person)
  AR_HAS_MANY(people_by_boss, boss_id, boss, .target = person)
  AR_INDEX(people_boss, boss_id);

struct notes {
    /* the database does not number new rows */
    int64_t     id        AR_PRIMARY_KEY;
    int64_t     person_id;
    const char *text;
} AR_TABLE(other.notes)
  /* the database has no index for it; the model adds one */
  AR_BELONGS_TO(person, person_id, notes);

/* clang-format on */
#endif
