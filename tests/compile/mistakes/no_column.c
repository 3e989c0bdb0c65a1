/* A column that the model does not have. */
/* expect: titel */
#include "blog.ar.h"

enum ar_status use(struct ar_session *s, struct post_list *out);

enum ar_status use(struct ar_session *s, struct post_list *out)
{
    struct post_query *q = post_query(s);
#ifdef MISTAKE
    post_where(q, ar_eq(post_column.titel, "a"));
#else
    post_where(q, ar_eq(post_column.title, "a"));
#endif
    return post_all(q, out);
}
