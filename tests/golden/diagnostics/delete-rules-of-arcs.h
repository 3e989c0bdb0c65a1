/* Foreign keys of an exclusive arc cannot become NULL: one of them must always be set. */
#include <armature/annotations.h>
#include <stdint.h>

struct owner {
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE(owners)
  AR_HAS_MANY(toys, owner_id, owner, .target = toy, .dependent = nullify);

struct farm {
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE(farms);

struct toy {
    int64_t id AR_PRIMARY_KEY;
    int64_t owner_id AR_NULLABLE;
    int64_t farm_id AR_NULLABLE;
} AR_TABLE(toys)
  AR_BELONGS_TO(owner, owner_id, toys)
  AR_BELONGS_TO(farm, farm_id, .on_delete = set_null)
  AR_BELONGS_TO_ONE_OF(place, owner, farm);
