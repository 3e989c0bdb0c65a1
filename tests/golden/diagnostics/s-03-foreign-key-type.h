/* S-03: foreign keys whose type differs from that of the key; char[N] and char * are the same. */
#include <armature/annotations.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

struct user {
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE(users)
  AR_HAS_MANY(posts, user_id, user);

struct label {
    char name[20] AR_PRIMARY_KEY;
} AR_TABLE(labels);

struct post {
    int64_t id AR_PRIMARY_KEY;
    int32_t user_id;
    uint64_t editor_id;
    const char *label;
    double price;
} AR_TABLE(posts)
  AR_BELONGS_TO(user, user_id, posts)
  AR_BELONGS_TO(editor, editor_id, .target = user)
  AR_BELONGS_TO(label, label)
  AR_BELONGS_TO(price, price, .target = label);
