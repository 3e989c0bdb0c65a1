/* A model gets a shard key: it becomes a part of the primary key and of the index of AR_UNIQUE. */
#include <armature/annotations.h>
#include <stdint.h>

/* clang-format off */

struct project {
    int64_t     tenant_id AR_PRIMARY_KEY AR_SHARD_KEY;
    int64_t     id        AR_PRIMARY_KEY;
    const char *code      AR_UNIQUE;
} AR_TABLE(projects);
