/* S-14: relations to models of another header, which is given before or after this one. A typedef'd struct with a tag,
 * attributes before the tag, and a composite key. */
#ifndef FORUM_MEMBER_H
#define FORUM_MEMBER_H

#include <armature/annotations.h>
#include <stdint.h>

typedef struct AR_TABLE(members) AR_HAS_MANY(topics, (tenant_id, author_id), author)
    AR_HAS_ONE(profile, (tenant_id, member_id), member) member {
    int32_t tenant_id AR_PRIMARY_KEY;
    int64_t id AR_PRIMARY_KEY;
    char nickname[32] AR_UNIQUE;
} member_t;

/* The key is a foreign key as well, so the database does not give it. */
struct profile {
    int32_t tenant_id AR_PRIMARY_KEY;
    int64_t member_id AR_PRIMARY_KEY;
    const char *biography;
} AR_TABLE(profiles)
  AR_BELONGS_TO(member, (tenant_id, member_id), profile);

#endif
