/* A string for a number column. */
/* expect: int-conversion|makes integer from pointer|no matching function|invalid conversion */
#include "blog.ar.h"

enum ar_status use(struct ar_session *s, struct post_list *out);

enum ar_status use(struct ar_session *s, struct post_list *out)
{
    struct post_query *q = post_query(s);
#ifdef MISTAKE
    post_where(q, ar_eq(post_column.user_id, "5"));
#else
    post_where(q, ar_eq(post_column.user_id, 5));
#endif
    return post_all(q, out);
}
