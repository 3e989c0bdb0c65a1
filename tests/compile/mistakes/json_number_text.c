/* A number at a path compared with a string, and a string with a number. */
/* expect: ar_json_number_compare|a number at a path|makes integer from pointer|incompatible pointer to integer */
#include "types.ar.h"

struct ar_condition use(void);

struct ar_condition use(void)
{
    const char *const names[] = {"a", "b"};
    struct ar_condition text = ar_in(ar_json_text(host_column.settings, "a"), names, 2);
    struct ar_condition like = ar_contains(ar_json_text(host_column.settings, "a[0]"), "x");
    struct ar_condition truth = ar_eq(ar_json_bool(host_column.settings, "c"), true);
#ifdef MISTAKE
    struct ar_condition number = ar_eq(ar_json_number(host_column.settings, "b"), "1");
#else
    struct ar_condition number = ar_eq(ar_json_number(host_column.settings, "b"), 1.5);
#endif
    return ar_and(ar_or(text, like), truth, number, ar_json_exists(host_column.settings, "d"));
}
