/* User SQL whose text is not in the header itself: in a macro, the place is that of the macro; in another file, that of
 * the attribute. */
#include <armature/annotations.h>
#include <stdint.h>

#define COUNT(name, table) AR_SQL(name, (), "SELECT count(*) AS n FROM " table)
#define AR_SQL_COUNT(name, table) COUNT(name, #table)

struct user {
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE(users);

struct counted {
    int64_t n;
} AR_ROW
  COUNT(all_users, "users")
  COUNT(all_members, "members")
  AR_SQL_COUNT(all_guests, guests)
  AR_SQL(all_ids, (), "SELECT count(id) AS n FROM users WHERE iid > 0")
#include "more/statements.inc"
;
