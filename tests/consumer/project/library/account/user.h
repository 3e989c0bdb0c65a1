#ifndef ACCOUNT_USER_H
#define ACCOUNT_USER_H

#include <armature/annotations.h>
#include <stdint.h>

#if !defined PEOPLE_IN_C && !defined __cplusplus
#error "the tool reads the header with the target's definitions for C"
#endif

/* clang-format off */

struct user {
    int64_t     id   AR_PRIMARY_KEY;
    const char *name AR_LENGTH(1, 50);
} AR_TABLE(users)
  AR_HAS_ONE(member, user_id, user);

#endif
