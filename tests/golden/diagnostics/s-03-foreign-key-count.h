/* S-03: foreign keys whose number of fields differs from that of the key, or with a repeated field. */
#include <armature/annotations.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

struct tenant {
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE(tenants);

struct user {
    int64_t tenant_id AR_PRIMARY_KEY;
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE(users)
  AR_HAS_MANY(posts, user_id)
  AR_BELONGS_TO(tenant, (tenant_id, id));

struct post {
    int64_t id AR_PRIMARY_KEY;
    int64_t tenant_id;
    int64_t user_id;
} AR_TABLE(posts)
  AR_BELONGS_TO(user, (user_id, user_id));
