/* A condition on a query of a different model. */
/* expect: incompatible|cannot convert|no matching function */
#include "blog.ar.h"

void use(struct user_query *users, struct post_query *posts, struct ar_condition condition);

void use(struct user_query *users, struct post_query *posts, struct ar_condition condition)
{
    user_strict(users);
#ifdef MISTAKE
    post_where(users, condition);
    post_strict(posts);
#else
    post_where(posts, condition);
#endif
}
