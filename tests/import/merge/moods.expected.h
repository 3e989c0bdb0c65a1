#ifndef MOODS_H
#define MOODS_H
/* clang-format off */
#include <armature/annotations.h>
#include <stdint.h>
#include <stdbool.h>
#include <time.h>

/* Functions that have names of others, or of their new ones. */
int words_count(void);
int lines_count(void);
int lines_row_count(void);

typedef enum { SAD AR_LABEL("sad"), HAPPY AR_LABEL("happy") } feeling_t;

enum colour {
    COLOUR_RED AR_LABEL("red")
};

enum size {
    SIZE_S AR_LABEL("S"),
    SIZE_M AR_LABEL("M")
};

/* Who is it? */
struct person {
    int64_t id AR_PRIMARY_KEY;
    feeling_t mood AR_ENUM_TYPE(mood);
    feeling_t last_mood AR_ENUM_TYPE(mood) AR_NULLABLE_BY(has_last_mood);
    bool      has_last_mood;
    struct timespec since AR_NULLABLE;
    enum size size AR_ENUM_TYPE(size) AR_DEFAULT("'M'");
    enum colour colour AR_ENUM_TYPE(colour) AR_NULLABLE_BY(has_colour);
    bool        has_colour;
    const char *odd AR_SQL_TYPE("odd");
    int64_t boss_id AR_NULLABLE;
} AR_TABLE(people)
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

struct words_row {
    /* the database does not number new rows */
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE(words);

/* clang-format on */
#endif /* MOODS_H */
