/* An eager load of a relation that the model does not have. */
/* expect: post_with_tags */
#include "blog.ar.h"

enum ar_status use(struct ar_session *s, struct post_list *out);

enum ar_status use(struct ar_session *s, struct post_list *out)
{
    struct post_query *q = post_query(s);
#ifdef MISTAKE
    (void)post_with_tags(q);
#else
    (void)post_with_comments(q);
#endif
    return post_all(q, out);
}
