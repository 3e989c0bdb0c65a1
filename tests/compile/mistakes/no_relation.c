/* A relation that the model does not have. */
/* expect: post_coments */
#include "blog.ar.h"

enum ar_status use(struct ar_session *s, const struct post *post, struct comment_list *out);

enum ar_status use(struct ar_session *s, const struct post *post, struct comment_list *out)
{
#ifdef MISTAKE
    return post_coments(s, post, out);
#else
    return post_comments(s, post, out);
#endif
}
