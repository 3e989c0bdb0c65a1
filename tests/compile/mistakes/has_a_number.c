/* A condition on related rows with a number instead of a condition. */
/* expect: missing (field|braces|initializer)|no match for call|no matching function */
#include "blog.ar.h"

void use(struct user_query *q);

void use(struct user_query *q)
{
#ifdef MISTAKE
    user_where(q, user_has_posts(7));
#else
    user_where(q, ar_and(user_has_posts(), user_has_posts(ar_eq(post_column.id, 7)), user_has_posts_count(AR_GE, 7),
                         user_has_posts_count(AR_GE, 7, post_has_user(user_has_posts()))));
#endif
}
