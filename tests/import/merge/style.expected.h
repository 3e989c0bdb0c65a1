// clang-format off
#ifndef NO_BOOL
#include <stdbool.h>
#endif
#include <armature/annotations.h>
#include <time.h>
#define ANY */

enum mood {
    MOOD_SAD AR_LABEL("sad")
};

struct a {
    int64_t id AR_PRIMARY_KEY; enum { SAD AR_LABEL("sad") } first AR_ENUM_TYPE(mood); int64_t n; 
    enum mood mood AR_ENUM_TYPE(mood) AR_NULLABLE_BY(has_mood);
    bool      has_mood;
    const char *code;
    struct timespec t AR_NULLABLE;
} AR_TABLE(a) AR_CHECK("id <> length('\"(') / 2"  // a comment (
     , .name = odd) AR_REFERENCE_TABLE
  AR_HAS_MANY(b, a_id, a)
  AR_INDEX(a_code, code, n desc) ;

struct b {
    /* the database does not number new rows */
    int64_t   id   AR_PRIMARY_KEY;
    int64_t   a_id AR_NULLABLE;
    enum mood mood AR_ENUM_TYPE(mood) AR_NULLABLE_BY(has_mood);
    bool      has_mood;
} AR_TABLE(b)
  /* the database has no index for it; the model adds one */
  AR_BELONGS_TO(a, a_id, b);

