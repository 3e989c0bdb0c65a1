/* An unchecked status of a relation. */
/* expect: unused.result */
#include "blog.ar.h"

void use(struct ar_session *s, const struct user *user, struct post_list *out);

void use(struct ar_session *s, const struct user *user, struct post_list *out)
{
#ifdef MISTAKE
    user_posts(s, user, out);
#else
    if (user_posts(s, user, out) != AR_OK)
        out->count = 0;
#endif
}
