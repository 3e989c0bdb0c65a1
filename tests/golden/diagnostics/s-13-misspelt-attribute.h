/* S-13: clang's error does not name the misspelt attribute; the help does. */
#include <armature/annotations.h>
#include <stdint.h>

struct user {
    int64_t id AR_PRIMARYKEY;
    const char *name AR_FULL_TEXT;
} AR_TABLE(users)
  AR_HAS_MNAY(posts, user_id, user);

struct post {
    int64_t id AR_PRIMARY_KEY;
    int64_t user_id;
} AR_TABEL(posts) AR_BELONGS_TO(user, user_id);
