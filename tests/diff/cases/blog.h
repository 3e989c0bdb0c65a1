/* A blog whose database is of an older version: the example of the README. */
#include <armature/annotations.h>
#include <armature/armature.h>

struct user {
    int64_t id AR_PRIMARY_KEY;
    const char *email AR_NOT_NULL AR_UNIQUE;
} AR_TABLE(users) AR_HAS_MANY(posts, user_id, user);

struct post {
    int64_t id AR_PRIMARY_KEY;
    int64_t user_id;
    const char *status AR_NOT_NULL AR_DEFAULT("'draft'");
    const char *slug;
} AR_TABLE(posts) AR_BELONGS_TO(user, user_id, posts, .on_delete = cascade);
