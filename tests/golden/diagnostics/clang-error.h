/* A clang error in one struct; errors in other structs are reported as well. */
#include <armature/annotations.h>
#include <stdint.h>

struct user {
    int64_t id AR_PRIMARY_KEY;
    unknown_t name;
} AR_TABLE(users) AR_HAS_MANY(posts, user_id, user);

struct post {
    int64_t id AR_PRIMARY_KEY;
    void *body;
    int64_t user_id;
} AR_TABLE(posts) AR_BELONGS_TO(user, user_id, posts) AR_BELONGS_TO(author, author_id, .target = user)
    AR_HAS_MANY(coments, post_id, post);

struct comment {
    int64_t id AR_PRIMARY_KEY;
    int64_t post_id;
} AR_TABLE(comments) AR_BELONGS_TO(post, post_nr);

struct row {
    missing_t id;
} AR_ROW;

struct undefined {
    int64_t id AR_PRIMARY_KEY;
    enum later later;
} AR_TABLE(undefined);
