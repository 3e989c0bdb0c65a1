/* A record of a different model. */
/* expect: incompatible|cannot convert|no matching function */
#include "blog.ar.h"

enum ar_status use(struct ar_session *s, struct post *post, struct user *user);

enum ar_status use(struct ar_session *s, struct post *post, struct user *user)
{
    post->user_id = user->id;
#ifdef MISTAKE
    return user_save(s, post);
#else
    return post_save(s, post);
#endif
}
