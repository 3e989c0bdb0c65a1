/* The number 0, which is not NULL, for a string column. */
/* expect: takes_a_text|deleted */
#include "blog.ar.h"

enum kind { KIND_0, KIND_1 };

enum ar_status use(struct ar_session *s, struct post_list *out);

enum ar_status use(struct ar_session *s, struct post_list *out)
{
    struct post_query *q = post_query(s);
#ifdef MISTAKE
    post_where(q, ar_between(post_column.status, 0, "z"));
#else
    post_where(q, ar_between(post_column.user_id, 0, KIND_1));
#endif
    return post_all(q, out);
}
