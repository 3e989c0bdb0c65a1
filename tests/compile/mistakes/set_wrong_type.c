/* update_all with a number for a string column. */
/* expect: takes_a_text|deleted */
#include "blog.ar.h"

enum ar_status use(struct post_query *q);

enum ar_status use(struct post_query *q)
{
    struct ar_assignment set =
#ifdef MISTAKE
        ar_set(post_column.title, 7);
#else
        ar_set(post_column.title, "7");
#endif
    return post_update_all(q, set, NULL);
}
