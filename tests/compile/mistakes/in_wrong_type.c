/* A list of numbers for a string column. */
/* expect: incompatible|no matching function|cannot convert|invalid conversion */
#include "blog.ar.h"

enum ar_status use(struct ar_session *s, struct post_list *out);

enum ar_status use(struct ar_session *s, struct post_list *out)
{
    static const int64_t numbers[] = {1, 2};
    struct post_query *q = post_query(s);
#ifdef MISTAKE
    post_where(q, ar_in(post_column.title, numbers, 2));
#else
    post_where(q, ar_in(post_column.id, numbers, 2));
#endif
    return post_all(q, out);
}
