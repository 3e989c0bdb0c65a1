/* ar_check_tables. */
#include "schema/check.h"

#include "schema/compare.h"
#include "session/session.h"
#include "session/use.h"

#include <armature/schema.h>

static enum ar_status compare(struct ar_session *s, const struct model_list *models, enum catalog_depth catalog_depth,
                              enum comparison_depth depth)
{
    struct catalog catalog;
    enum ar_status status = ar_catalog_read(&s->link, models, catalog_depth, &catalog);

    return status == AR_OK ? ar_compare(&s->link, models, &catalog, depth) : status;
}

enum ar_status ar_check(struct ar_session *s, const struct model_list *models)
{
    return compare(s, models, CATALOG_KEYS, COMPARE_ALL);
}

enum ar_status ar_check_before_create(struct ar_session *s, const struct ar_model *const *models, size_t count)
{
    struct model_list list;

    if (!ar_models_list(&s->store.scratch, models, count, MODELS_WITH_SIBLINGS, &list))
        return ar_fail_no_memory(&s->store.failure);
    return compare(s, &list, CATALOG_COLUMNS, COMPARE_NAMES);
}

enum ar_status ar_check_table_list(struct ar_session *s, const struct ar_model *const *models, size_t count)
{
    AR_USE(s, AR_MISUSE);
    struct model_list list;

    if (!ar_models_list(&s->store.scratch, models, count, MODELS_THEMSELVES, &list))
        return ar_session_done(s, ar_fail_no_memory(&s->store.failure));
    return ar_session_done(s, ar_check(s, &list));
}
