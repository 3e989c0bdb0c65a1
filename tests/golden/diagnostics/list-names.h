/* Names of the list of the header's models that are taken: by the header, and by the relation `models` of a model with
 * the name of the header. */
#include <armature/annotations.h>
#include <stdint.h>

extern int list_names_model_count;

struct list_names {
    int64_t id AR_PRIMARY_KEY;
    int64_t parent_id AR_NULLABLE;
} AR_TABLE(things)
  AR_HAS_MANY(models, parent_id, parent, .target = list_names)
  AR_BELONGS_TO(parent, parent_id, models, .target = list_names);
