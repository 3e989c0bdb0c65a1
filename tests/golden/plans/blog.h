/* Plans of every kind of statement, and full scans: by equality, of an alias, in a join, with a reason, and where an
 * index would not help. */
#include <armature/annotations.h>
#include <stdint.h>

struct user {
    int64_t     id    AR_PRIMARY_KEY;
    const char *email AR_UNIQUE;
    const char *name;
} AR_TABLE(users)
  AR_HAS_MANY(posts, user_id, user)
  AR_HAS_MANY(letters, email, user, .references = email, .target = letter)
  AR_SQL(users_and_posts, (), "SELECT u.* FROM users AS u LEFT JOIN posts AS p ON p.user_id <> u.id");

struct post {
    int64_t     id         AR_PRIMARY_KEY;
    int64_t     user_id;
    const char *state;
    const char *title;
    int64_t     created_at;
} AR_TABLE(posts)
  AR_BELONGS_TO(user, user_id, posts)
  AR_MANY_TO_MANY(tags, post_tags, post_id, tag_id)
  AR_INDEX(posts_title, title, .where = "state = 'public'")
  AR_SQL(posts_of_state, (const char *state), "SELECT * FROM posts WHERE state = :state ORDER BY id")
  AR_SQL(posts_of_both, (const char *state, const char *title),
         "SELECT p.* FROM posts AS p WHERE p.state = :state AND p.title = :title")
  AR_SQL(public_posts, (const char *title), "SELECT * FROM posts WHERE title = :title AND state = 'public'")
  AR_SQL(posts_since, (int64_t since), "SELECT * FROM posts WHERE created_at > :since")
  AR_SQL(posts_of_times, (), "SELECT p.* FROM posts AS p JOIN posts AS pp ON pp.id = p.created_at")
  AR_SQL(posts_of_names, (), "SELECT p.* FROM users AS u JOIN posts AS p ON p.title = u.name AND p.state <> u.email")
  AR_SQL(drafts, (), "SELECT * FROM posts WHERE state = 'draft'", .full_scan = "the table has ten rows")
  AR_SQL(publish, (const char *title), "UPDATE posts SET state = 'public' WHERE title = :title");

struct letter {
    int64_t     id AR_PRIMARY_KEY;
    const char *email;
} AR_TABLE(letters)
  AR_BELONGS_TO(user, email, letters, .references = email);

struct tag {
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE(tags);

struct tally {
    int64_t user_id;
    int64_t posts;
} AR_ROW
  AR_SQL(tallies, (const int64_t ids[]),
         "SELECT user_id, count(*) AS posts FROM posts WHERE user_id IN (:ids) GROUP BY user_id")
  AR_SQL(all_tallies, (), "SELECT user_id, count(*) AS posts FROM posts GROUP BY user_id")
  AR_SQL(tallies_of, (const char *name),
         "SELECT u.id AS user_id, count(*) AS posts FROM users u JOIN posts ON posts.user_id = u.id"
         " WHERE u.name = :name GROUP BY u.id");
