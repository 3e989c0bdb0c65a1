/* A condition on related rows takes one condition at most. */
/* expect: excess elements|no match for call|no matching function */
#include "blog.ar.h"

void use(struct user_query *q);

void use(struct user_query *q)
{
    struct ar_condition one = ar_eq(post_column.id, 7);
#ifdef MISTAKE
    user_where(q, user_has_posts(one, one));
#else
    user_where(q, user_has_posts(ar_and(one, one)));
#endif
}
