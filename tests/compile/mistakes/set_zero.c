/* update_all with the number 0, which is not NULL, for a string column. */
/* expect: takes_a_text|deleted */
#include "blog.ar.h"

enum ar_status use(struct post_query *q);

enum ar_status use(struct post_query *q)
{
    const char *none = 0;
    struct ar_assignment set =
#ifdef MISTAKE
        ar_set(post_column.title, 0);
#else
        ar_set(post_column.title, none);
#endif
    (void)none;
    return post_update_all(q, set, 0);
}
