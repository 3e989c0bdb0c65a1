/* Wrong SQL and names of AR_CHECK. */
#include <armature/annotations.h>
#include <stdint.h>

struct account {
    int64_t id      AR_PRIMARY_KEY;
    int64_t balance AR_CHECK("balanc >= 0") AR_CHECK("balance < 10");
    int64_t limit   AR_CHECK(limit >= 0);
    int64_t opened  AR_COLUMN(since) AR_CHECK("opened > 0");
    int64_t cents   AR_CHECK("cents >= 0", .name = account_cents);
    int64_t user_id AR_NULLABLE;
    int64_t firm_id AR_NULLABLE;
    int     cached  AR_TRANSIENT AR_CHECK("cached > 0");
} AR_TABLE(accounts)
  AR_BELONGS_TO(user, user_id)
  AR_BELONGS_TO(firm, firm_id)
  AR_BELONGS_TO_ONE_OF(owner, user, firm)
  AR_CHECK("balance >=")
  AR_CHECK("balance = :limit")
  AR_CHECK("max(balance) > 0 AND balance > (SELECT 1)")
  AR_CHECK("sum(balance) > 0")
  AR_CHECK("balance > 0 -- always")
  AR_CHECK("cents > 1", .name = ACCOUNT_cents)
  AR_CHECK("cents > 2", .name = accounts_owner_check)
  AR_CHECK("cents > 3", .name = this_name_is_much_too_long_for_a_constraint_of_postgresql_as_it_has_more_than_63_bytes)
  AR_CHECK("cents > 4", .postgresql = "centz > 4")
  AR_CHECK("cents > 5", .sqlite = "cents > 5")
  AR_CHECK("");

struct user {
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE(users);

struct firm {
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE(firms);

struct event {
    int64_t id AR_PRIMARY_KEY;
    const char *about_type;
    int64_t about_id;
} AR_TABLE(events)
  AR_BELONGS_TO_ANY(about, about_type, about_id, user, firm)
  AR_CHECK("id > 0", .name = events_about_check);
