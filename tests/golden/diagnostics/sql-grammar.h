/* User SQL that PostgreSQL's grammar refuses. needs: the grammar of PostgreSQL */
#include <armature/annotations.h>
#include <stdint.h>

struct user {
    int64_t id AR_PRIMARY_KEY;
    const char *name;
} AR_TABLE(users)
  AR_SQL(replace_user, (int64_t id, const char *name),
         "INSERT OR REPLACE INTO users (id, name)"
         " VALUES (:id, :name)");

struct found {
    int64_t id;
} AR_ROW
  AR_SQL(glob, (const char *pattern), "SELECT id FROM users WHERE name GLOB :pattern")
  AR_SQL(after_umlaut, (int64_t id),
         "SELECT id FROM users WHERE name = 'größe'"
         " AND id IN (:id) AND name GLOB 'a'")
  AR_SQL(only_postgresql, (const char *pattern), "SELECT id FROM users WHERE name ~ :pattern")
  AR_SQL(own_text, (const char *pattern), "SELECT id FROM users WHERE name GLOB :pattern",
         .postgresql = "SELECT id FROM users "
                       "WHERE name SIMILAR :pattern")
  AR_SQL(slices, (int64_t last), "SELECT id FROM users WHERE id < :last",
         .postgresql = "SELECT id FROM users WHERE id = ANY ((ARRAY[1, 2, 3])[1:2]) AND id = ANY ((ARRAY[1])[1 : :last])")
  AR_SQL(open_slice, (), "SELECT id FROM users WHERE id < 3",
         .postgresql = "SELECT id FROM users WHERE id = ANY ((ARRAY[1, 2, 3])[2:] || ARRAY[5]::bigint[])")
  AR_SQL(no_expression, (), "SELECT id FROM users", .postgresql = "SELECT id FROM users WHERE")
  AR_SQL(accepted, (const char *pattern, const int64_t ids[]), "SELECT id FROM users WHERE name GLOB :pattern AND id IN (:ids)",
         .postgresql = "SELECT DISTINCT ON (id) id FROM users WHERE name ~ :pattern AND id IN (:ids)");
