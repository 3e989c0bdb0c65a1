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

struct comment {
    int64_t id AR_PRIMARY_KEI; const char *text AR_UNIQE;
    int64_t post_id AR_OF_A_NAME_THAT_NO_ATTRIBUTE_RESEMBLES;
} AR_TABLE(comments) AR_HAS_OEN(author, comment_id);

/* Relations to a struct with an error are not reported as well. */
struct reader {
    int64_t id AR_PRIMARY_KEY;
    int64_t post_id;
} AR_TABLE(readers)
  AR_BELONGS_TO(post, post_id)
  AR_BELONGS_TO(user, post_id)
  AR_BELONGS_TO(brush, post_id);
