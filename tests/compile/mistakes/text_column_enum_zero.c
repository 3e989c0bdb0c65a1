/* An enum constant with the value 0, which is not NULL, for a string column. */
/* expect: takes_a_text|deleted */
#include "blog.ar.h"

enum kind { KIND_0, KIND_1 };

enum ar_status use(struct ar_session *s, struct post_list *out);

enum ar_status use(struct ar_session *s, struct post_list *out)
{
    struct post_query *q = post_query(s);
#ifdef MISTAKE
    post_where(q, ar_eq(post_column.status, KIND_0));
#else
    post_where(q, ar_eq(post_column.user_id, KIND_0));
#endif
    return post_all(q, out);
}
