/* An eager load whose sub-query is for a different model. */
/* expect: incompatible|cannot convert|no matching function */
#include "blog.ar.h"

void use(struct user_query *users);

void use(struct user_query *users)
{
#ifdef MISTAKE
    post_limit(user_with_comments(users), 5);
#else
    comment_limit(user_with_comments(users), 5);
#endif
}
