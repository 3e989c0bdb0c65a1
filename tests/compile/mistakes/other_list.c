/* A list of a different model. */
/* expect: incompatible|cannot convert|no matching function */
#include "blog.ar.h"

enum ar_status use(struct ar_session *s, const struct user *user, struct post_list *posts,
                   struct comment_list *comments);

enum ar_status use(struct ar_session *s, const struct user *user, struct post_list *posts,
                   struct comment_list *comments)
{
    comments->count = posts->count;
#ifdef MISTAKE
    return user_posts(s, user, comments);
#else
    return user_posts(s, user, posts);
#endif
}
