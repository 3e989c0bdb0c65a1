/* Functions and collations that only the program defines: the checks of SQL do without them. */
#include <armature/annotations.h>
#include <stdint.h>

struct user {
    int64_t id AR_PRIMARY_KEY;
    const char *name AR_NOT_NULL AR_CHECK("is_name(name)") AR_UNIQUE
        AR_SQL_TYPE("citext", .sqlite = "TEXT COLLATE unicode");
    const char *slug AR_GENERATED("slug_of(name)");
    int64_t number AR_DEFAULT("next_number()");
} AR_TABLE(users)
  AR_INDEX(users_folded, "fold(name)", .where = "is_used(number)")
  AR_SQL(users_folded_as, (const char *name), "SELECT * FROM users WHERE fold(name) = :name ORDER BY name");

struct rule {
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE(rules)
  AR_CHECK("a(id) + b(id) + c(id) + d(id) + e(id) + f(id) + g(id) + h(id) + i(id) + j(id) + k(id) + l(id) + m(id) > 0")
  AR_CHECK("n(id) + o(id) + p(id) + q(id) + r(id) > 0")
  AR_SQL(rules_of, (int64_t id), "SELECT * FROM rules WHERE idd = :id");

struct total {
    int64_t number;
} AR_ROW
  AR_SQL(total, (), "SELECT sum(numbr) AS number FROM users WHERE is_name(name)");
