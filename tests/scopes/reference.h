/* Foreign keys that refer to unique columns: a string, an integer, and two columns. */
#ifndef SCOPES_REFERENCE_H
#define SCOPES_REFERENCE_H

#include <armature/annotations.h>
#include <stdint.h>

/* clang-format off */

struct client {
    int64_t id AR_PRIMARY_KEY;
    const char *email AR_NOT_NULL AR_UNIQUE;
    int32_t number AR_NULLABLE AR_UNIQUE;
    int64_t tenant_id;
    char code[8];
    const char *name;
} AR_TABLE(clients)
  AR_UNIQUE_KEY(tenant_id, code)
  AR_HAS_MANY(letters, client_email, client, .references = email, .target = letter)
  AR_HAS_MANY(calls, client_number, client, .references = number, .target = call)
  AR_HAS_ONE(last_call, client_number, .references = number, .target = call, .order = "id DESC")
  AR_HAS_MANY(visits, (tenant_id, client_code), client, .references = (tenant_id, code), .target = visit);

struct letter {
    int64_t id AR_PRIMARY_KEY;
    const char *client_email;
    const char *subject;
} AR_TABLE(letters)
  AR_BELONGS_TO(client, client_email, letters, .references = email)
  AR_BELONGS_TO(few_client, client_email, .target = client, .references = email, .cache = { .max_size = 1 });

struct call {
    int64_t id AR_PRIMARY_KEY;
    int32_t client_number AR_NULLABLE;
} AR_TABLE(calls)
  AR_BELONGS_TO(client, client_number, calls, .references = number);

struct visit {
    int64_t id AR_PRIMARY_KEY;
    int64_t tenant_id;
    const char *client_code;
} AR_TABLE(visits)
  AR_BELONGS_TO(client, (tenant_id, client_code), visits, .references = (tenant_id, code));

#endif
