/* A header with rows of statements, but without a model. */
#include <armature/annotations.h>
#include <stdint.h>

struct total {
    int64_t count;
} AR_ROW
  AR_SQL(count_nothing, (), "SELECT 0 AS count");
