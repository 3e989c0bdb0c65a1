/* Users with settings as JSON, and notes that refer to them. */
#ifndef DOCUMENTS_H
#define DOCUMENTS_H

#include <armature/annotations.h>
#include <stdint.h>

/* clang-format off */

struct user {
    int64_t     id       AR_PRIMARY_KEY;
    const char *settings AR_JSON;
    const char *required AR_JSON AR_NOT_NULL AR_DEFAULT("'{}'");
    char        small[32] AR_JSON AR_NULLABLE;
} AR_TABLE(users)
  AR_HAS_MANY(notes, user_id, user);

struct note {
    int64_t     id       AR_PRIMARY_KEY;
    int64_t     user_id;
    const char *body     AR_JSON;
} AR_TABLE(notes)
  AR_BELONGS_TO(user, user_id, notes);

/* clang-format on */

#endif
