/* S-02: foreign keys that are fields but not columns. */
#include <armature/annotations.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

struct user {
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE(users);

struct post {
    int64_t id AR_PRIMARY_KEY;
    int64_t user_id AR_TRANSIENT;
    int64_t editor_id AR_NULLABLE_BY(has_editor);
    bool has_editor;
    void *payload;
} AR_TABLE(posts)
  AR_BELONGS_TO(user, user_id)
  AR_BELONGS_TO(editor, has_editor, .target = user)
  AR_BELONGS_TO(owner, payload, .target = user);
