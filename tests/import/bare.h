#include <stdbool.h>
#include <time.h>

enum mood {
    MOOD_SAD AR_LABEL("sad"),
    MOOD_HAPPY AR_LABEL("happy")
};

struct person {
    int64_t id AR_PRIMARY_KEY;
    enum mood mood AR_ENUM_TYPE(mood);
	} AR_TABLE(person)
  AR_HAS_MANY(moods_enums, person_id, person);

struct moods_enums {
    /* the database does not number new rows */
    int64_t id        AR_PRIMARY_KEY;
    int64_t person_id AR_NULLABLE;
} AR_TABLE(moods_enums)
  /* the database has no index for it; the model adds one */
  AR_BELONGS_TO(person, person_id, moods_enums);

