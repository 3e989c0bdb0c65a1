/* A JSON column compared as a whole. */
/* expect: takes_a_path|ar_json_compare|no matching function|deleted */
#include "types.ar.h"

struct ar_condition use(void);

struct ar_condition use(void)
{
#ifdef MISTAKE
    return ar_eq(host_column.settings, "{}");
#else
    return ar_and(ar_eq(ar_json_text(host_column.settings, "a"), "x"),
                  ar_gt(ar_json_number(host_column.settings, "b"), 1));
#endif
}
