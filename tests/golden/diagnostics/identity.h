/* AR_IDENTITY where the database cannot number a column. */
#include <armature/annotations.h>
#include <stdint.h>

enum kind { BIG, SMALL };

struct whole {
    int64_t id AR_PRIMARY_KEY AR_IDENTITY;
    int64_t number AR_IDENTITY;
} AR_TABLE(wholes);

struct part {
    int64_t tenant_id AR_PRIMARY_KEY AR_SHARD_KEY AR_IDENTITY;
    int64_t id AR_PRIMARY_KEY AR_IDENTITY AR_DEFAULT("1");
    const char *name AR_PRIMARY_KEY AR_IDENTITY;
} AR_TABLE(parts);

struct kept {
    int64_t tenant_id AR_PRIMARY_KEY;
    int64_t whole_id AR_PRIMARY_KEY AR_IDENTITY;
} AR_TABLE(kept)
  AR_BELONGS_TO(whole, whole_id, .target = whole);

struct sort {
    int64_t tenant_id AR_PRIMARY_KEY;
    enum kind kind AR_PRIMARY_KEY AR_IDENTITY;
} AR_TABLE(sorts);
