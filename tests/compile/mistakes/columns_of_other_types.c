/* A comparison of a column of strings with one of numbers. */
/* expect: incompatible type|incompatible type for argument|no matching function */
#include "blog.ar.h"

void use(struct user_query *q);

void use(struct user_query *q)
{
#ifdef MISTAKE
    user_where(q, ar_eq_column(user_column.username, user_column.id));
#else
    user_where(q, ar_eq_column(user_column.username, user_column.username));
    user_where(q, ar_lt_column(user_column.id, user_column.id));
#endif
}
