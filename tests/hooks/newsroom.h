/* Models with hooks: every event, hooks that write other records, hooks that set keys, and only the end of
 * transactions. hooked.h has the functions. */
#ifndef HOOKS_NEWSROOM_H
#define HOOKS_NEWSROOM_H

#include <armature/annotations.h>
#include <stdint.h>
#include <time.h>

/* clang-format off */

/* Written by hooks; has none. */
struct entry {
    int64_t     id         AR_PRIMARY_KEY;
    int64_t     article_id;
    const char *text;
} AR_TABLE(entries);

/* Every event. */
struct article {
    int64_t     id       AR_PRIMARY_KEY;
    const char *title    AR_NOT_NULL AR_LENGTH(1, 20);
    const char *slug;
    const char *author   AR_EMAIL AR_LENGTH(1, 30);
    int32_t     pages    AR_RANGE(0, 500);
    int32_t     revision AR_VERSION;
    const char *status   AR_DEFAULT("'draft'");
} AR_TABLE(articles)
  AR_BEFORE_INSERT(article_before_insert)
  AR_BEFORE_INSERT(set_slug)
  AR_AFTER_INSERT(article_after_insert)
  AR_BEFORE_UPDATE(set_slug)
  AR_BEFORE_UPDATE(article_before_update)
  AR_AFTER_UPDATE(article_after_update)
  AR_BEFORE_DELETE(article_before_delete)
  AR_AFTER_DELETE(article_after_delete)
  AR_VALIDATE(article_check)
  AR_AFTER_COMMIT(article_committed)
  AR_AFTER_ROLLBACK(article_rolled_back);

/* A composite key with a string; its hooks are those for the end of a transaction. */
struct page {
    const char *book   AR_PRIMARY_KEY;
    int32_t     number AR_PRIMARY_KEY;
    const char *text;
    struct ar_blob   scan;
    struct ar_int64s notes;
} AR_TABLE(pages)
  AR_AFTER_COMMIT(page_committed)
  AR_AFTER_ROLLBACK(page_rolled_back);

/* A hook sets the key. */
struct ticket {
    uint8_t     id[16] AR_UUID AR_PRIMARY_KEY;
    const char *holder;
    time_t      created_at AR_CREATED_AT;
} AR_TABLE(tickets)
  AR_BEFORE_INSERT(give_ticket_a_key)
  AR_AFTER_UPDATE(ticket_after_update);

/* A key of the caller, which a hook may change in place. */
struct badge {
    char        code[8] AR_PRIMARY_KEY;
    const char *holder;
} AR_TABLE(badges)
  AR_BEFORE_UPDATE(change_badge);

/* Its hook writes the record again, without end. */
struct spinner {
    int64_t id    AR_PRIMARY_KEY;
    int32_t turns;
} AR_TABLE(spinners)
  AR_AFTER_UPDATE(turn_again);

/* Only rules, and functions that check. */
struct booking {
    int64_t     id     AR_PRIMARY_KEY;
    const char *guest  AR_NOT_NULL AR_LENGTH(2, 10);
    const char *email  AR_EMAIL AR_LENGTH(1, 8);
    int32_t     starts AR_RANGE(1, 365);
    int32_t     ends   AR_RANGE(1, 365);
} AR_TABLE(bookings)
  AR_VALIDATE(check_order_of_days)
  AR_VALIDATE(check_guest);

/* clang-format on */

#endif
