#include "people.h"

#include "forum/user.ar.h"

enum ar_status people_join(struct ar_session *s, struct user *user)
{
    struct member member = {.posts = 1};
    enum ar_status status = user_save(s, user);

    if (status != AR_OK)
        return status;
    member.user_id = user->id;
    return member_save(s, &member);
}
