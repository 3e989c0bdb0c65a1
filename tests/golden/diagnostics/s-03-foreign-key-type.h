/* S-03: foreign keys whose type differs from that of the key; char[N] and char * are the same. */
#include <armature/annotations.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

struct user {
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE(users)
  AR_HAS_MANY(posts, user_id, user);

struct label {
    char name[20] AR_PRIMARY_KEY;
} AR_TABLE(labels);

struct post {
    int64_t id AR_PRIMARY_KEY;
    int32_t user_id;
    uint64_t editor_id;
    const char *label;
    double price;
} AR_TABLE(posts)
  AR_BELONGS_TO(user, user_id, posts)
  AR_BELONGS_TO(editor, editor_id, .target = user)
  AR_BELONGS_TO(label, label)
  AR_BELONGS_TO(price, price, .target = label);

struct tariff {
    const char *code AR_DECIMAL(10, 2) AR_PRIMARY_KEY;
} AR_TABLE(tariffs);

struct opaque {
    void *id AR_PRIMARY_KEY;
} AR_TABLE(opaques);

struct visit {
    time_t at AR_STORED_AS(iso) AR_PRIMARY_KEY;
} AR_TABLE(visits);

struct keyless {
    int64_t number AR_UNIQUE;
} AR_TABLE(keyless);

struct price {
    int64_t id AR_PRIMARY_KEY;
    const char *tariff;
    const char *exact_tariff AR_DECIMAL(10, 3);
    int64_t whole_tariff AR_DECIMAL(10, 3);
    int64_t opaque_id;
    time_t visit_at AR_STORED_AS(iso, 3);
    time_t visit_in_zone AR_STORED_AS(iso) AR_WITHOUT_ZONE;
    time_t local_visit AR_STORED_AS(text);
    int64_t keyless_number;
    int64_t same_digits AR_DECIMAL(10, 2);
    int64_t number AR_DECIMAL(10, 0);
} AR_TABLE(prices)
  AR_BELONGS_TO(tariff, tariff)
  AR_BELONGS_TO(exact_tariff, exact_tariff, .target = tariff)
  AR_BELONGS_TO(whole_tariff, whole_tariff, .target = tariff)
  AR_BELONGS_TO(opaque, opaque_id)
  AR_BELONGS_TO(visit, visit_at)
  AR_BELONGS_TO(visit_in_zone, visit_in_zone, .target = visit)
  AR_BELONGS_TO(local_visit, local_visit, .target = visit)
  AR_BELONGS_TO(same_digits, same_digits, .target = tariff)
  AR_BELONGS_TO(number, number, .target = user)
  AR_BELONGS_TO(keyless, keyless_number)
  AR_BELONGS_TO(keyless_by_number, keyless_number, .target = keyless, .references = number);
