/* Arrays: no keys, no flags for NULL, and no attributes of single values. */
#include <armature/annotations.h>
#include <stdbool.h>
#include <stdint.h>

struct recipe {
    struct ar_int64s id AR_PRIMARY_KEY;
    struct ar_texts tags AR_NULLABLE_BY(has_tags);
    bool has_tags;
    struct ar_int64s minutes AR_RANGE(1, 60);
    struct ar_texts names AR_LENGTH(1, 20);
    int64_t *numbers;
} AR_TABLE(recipes);

struct step {
    int64_t id AR_PRIMARY_KEY;
    struct ar_int64s recipe_id;
} AR_TABLE(steps)
  AR_BELONGS_TO(recipe, recipe_id);
