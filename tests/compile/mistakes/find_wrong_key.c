/* A string for a number key. */
/* expect: int-conversion|makes integer from pointer|no matching function|invalid conversion */
#include "blog.ar.h"

enum ar_status use(struct ar_session *s, struct post **out);

enum ar_status use(struct ar_session *s, struct post **out)
{
#ifdef MISTAKE
    return post_find(s, "1", out);
#else
    return post_find(s, 1, out);
#endif
}
