/* A pattern for a numeric column. */
/* expect: not compatible with any|no matching function */
#include "blog.ar.h"

enum kind { KIND_0, KIND_1 };

enum ar_status use(struct ar_session *s, struct post_list *out);

enum ar_status use(struct ar_session *s, struct post_list *out)
{
    struct post_query *q = post_query(s);
#ifdef MISTAKE
    post_where(q, ar_like(post_column.user_id, "1%"));
#else
    post_where(q, ar_and(ar_like(post_column.status, "d%"), ar_ge(post_column.user_id, KIND_0)));
#endif
    return post_all(q, out);
}
