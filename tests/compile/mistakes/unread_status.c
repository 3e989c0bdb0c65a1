/* An unchecked status. */
/* expect: unused.result */
#include "blog.ar.h"

void use(struct ar_session *s, struct user *user);

void use(struct ar_session *s, struct user *user)
{
#ifdef MISTAKE
    user_save(s, user);
#else
    if (user_save(s, user) != AR_OK)
        user->id = 0;
#endif
}
