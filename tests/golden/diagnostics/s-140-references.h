/* S-140: foreign keys that refer to columns that are not unique, do not exist, or have another type; unique keys. */
#include <armature/annotations.h>
#include <stdbool.h>
#include <stdint.h>

struct client {
    int64_t id AR_PRIMARY_KEY;
    const char *email AR_NOT_NULL AR_UNIQUE;
    int64_t tenant_id;
    char code[8];
    int32_t number;
    double rate AR_UNIQUE;
    int cached AR_TRANSIENT;
} AR_TABLE(clients)
  AR_UNIQUE_KEY(tenant_id, code)
  AR_UNIQUE_KEY(tenant_id, cod)
  AR_UNIQUE_KEY(tenant_id, cached)
  AR_UNIQUE_KEY(number, number)
  AR_HAS_MANY(fine, (tenant_id, client_code), .target = letter, .references = (tenant_id, code))
  AR_HAS_MANY(also_fine, client_id, .target = letter, .references = id)
  AR_HAS_MANY(a, client_email, .target = letter, .references = emial)
  AR_HAS_MANY(b, client_number, .target = letter, .references = number)
  AR_HAS_MANY(c, client_id, .target = letter, .references = email)
  AR_HAS_MANY(d, client_email, .target = letter, .references = (email, id))
  AR_HAS_MANY(e, client_email, .target = letter, .references = (tenant_id, code))
  AR_HAS_MANY(f, client_email, .target = letter, .references = rate)
  AR_HAS_MANY(g, client_email, .target = letter, .references = cached)
  AR_HAS_MANY(h, (client_email, client_email), .target = letter, .references = (email, email))
  AR_HAS_MANY(i, client_email, .target = letter, .references = 5)
  AR_HAS_MANY(letters, client_email, client, .target = letter)
  AR_HAS_MANY(mails, client_code, by_email, .target = letter, .references = email);

struct letter {
    int64_t id AR_PRIMARY_KEY;
    int64_t client_id;
    const char *client_email;
    int32_t client_number;
    int64_t tenant_id;
    const char *client_code;
} AR_TABLE(letters)
  AR_BELONGS_TO(client, client_email, letters, .references = email)
  AR_BELONGS_TO(by_email, client_code, mails, .target = client, .references = code)
  AR_BELONGS_TO(same, (tenant_id, client_code), .target = client, .references = (code, tenant_id));

struct opaque {
    int64_t id AR_PRIMARY_KEY;
    void *pointer AR_UNIQUE;
} AR_TABLE(opaques)
  AR_HAS_MANY(letters, client_id, .references = pointer);
