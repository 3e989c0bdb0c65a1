/* A comparison without regard to case, of a column of numbers. */
/* expect: not compatible with any|no matching function */
#include "blog.ar.h"

void use(struct user_query *q);

void use(struct user_query *q)
{
#ifdef MISTAKE
    user_where(q, ar_eq_nocase(user_column.id, "seven"));
#else
    user_where(q, ar_and(ar_eq_nocase(user_column.username, "seven"), ar_contains_exact(user_column.username, "v")));
#endif
}
