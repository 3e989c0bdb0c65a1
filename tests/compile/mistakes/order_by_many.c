/* An order by a column of a relation to many rows. */
/* expect: user_by_posts */
#include "blog.ar.h"

void use(struct user_query *q, struct post_query *posts);

void use(struct user_query *q, struct post_query *posts)
{
#ifdef MISTAKE
    user_order_by(q, user_by_posts(ar_asc(post_column.id)));
#else
    user_order_by(q, user_by_posts_count(AR_DESC));
#endif
    post_order_by(posts, post_by_user(ar_asc(user_column.username)));
}
