/* ar_create_tables and ar_check_tables take models, not their columns.
 * expect: incompatible|invalid conversion|cannot convert|no matching|cannot initialize */
#include "blog.ar.h"

enum ar_status test(struct ar_session *s);
enum ar_status test(struct ar_session *s)
{
    enum ar_status status = ar_create_table_list(s, blog_models, blog_model_count);

    if (status == AR_OK)
        status = ar_create_tables(s, &user_model, &post_model);
#ifdef MISTAKE
    return status == AR_OK ? ar_check_tables(s, &user_model, &post_column) : status;
#else
    return status == AR_OK ? ar_check_tables(s, &user_model, &post_model) : status;
#endif
}
