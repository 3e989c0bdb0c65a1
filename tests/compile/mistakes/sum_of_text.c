/* The sum of a string column. */
/* expect: not compatible with any|no matching function|cannot convert */
#include "blog.ar.h"

enum ar_status use(struct user_query *q, struct ar_value *out);

enum ar_status use(struct user_query *q, struct ar_value *out)
{
#ifdef MISTAKE
    return user_sum(q, user_column.username, out);
#else
    return user_sum(q, user_column.id, out);
#endif
}
