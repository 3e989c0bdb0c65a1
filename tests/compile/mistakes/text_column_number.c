/* A number for a string column. */
/* expect: takes_a_text|deleted */
#include "blog.ar.h"

enum ar_status use(struct ar_session *s, struct post_list *out);

enum ar_status use(struct ar_session *s, struct post_list *out)
{
    struct post_query *q = post_query(s);
#ifdef MISTAKE
    post_where(q, ar_eq(post_column.title, 5));
#else
    post_where(q, ar_eq(post_column.title, "5"));
#endif
    return post_all(q, out);
}
