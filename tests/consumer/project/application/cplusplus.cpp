// Generated headers are usable from C++.
#include "account/user.ar.h"
#include "forum/user.ar.h"

extern "C" int posts_of(struct ar_session *s, const struct user *user);

extern "C" int posts_of(struct ar_session *s, const struct user *user)
{
    struct member *member = nullptr;
    if (user_member(s, user, &member) != AR_OK || member == nullptr)
        return -1;
    return member->posts;
}
