/* Arithmetic with a column of strings. */
/* expect: not compatible with any|no matching function|cannot convert */
#include "blog.ar.h"

enum ar_status use(struct post_query *q);

enum ar_status use(struct post_query *q)
{
#ifdef MISTAKE
    return post_update_all(q, ar_add(post_column.title, 1), 0);
#else
    return post_update_all(q, ar_sets(ar_add(post_column.user_id, 1), ar_set_null(post_column.title)), 0);
#endif
}
