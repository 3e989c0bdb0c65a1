/* A sharded table and a reference table are added, which Citus distributes. */
#include <armature/annotations.h>
#include <stdint.h>

/* clang-format off */

struct tenant {
    int64_t     id   AR_PRIMARY_KEY AR_SHARD_KEY;
    const char *name AR_NOT_NULL;
} AR_TABLE(tenants);
