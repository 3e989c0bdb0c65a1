/* Running queries for their records: all, the first, or the only one. */
#include "read/tree.h"
#include "session/session.h"
#include "session/transaction.h"
#include "session/use.h"

#include <armature/query.h>

/* Run a query and its tree, and return at most `at_most` of its rows. */
static enum ar_status run(struct ar_query *q, uint64_t at_most, struct result **out)
{
    enum ar_status status = ar_query_check(q);

    if (status == AR_OK && q->is_locked)
        status = ar_transaction_check_lock(q->s, q->model);
    return status == AR_OK ? ar_tree_run(q, at_most, out) : status;
}

enum ar_status ar_query_all(struct ar_query *q, struct ar_list *out)
{
    AR_USE(q->s, (*out = (struct ar_list){0}, AR_MISUSE));
    struct result *result;
    enum ar_status status = run(q, UINT64_MAX, &result);

    *out = (struct ar_list){0};
    if (status == AR_OK)
        *out = (struct ar_list){result->records, result->count};
    return ar_session_done(q->s, status);
}

enum ar_status ar_query_first(struct ar_query *q, void **out)
{
    AR_USE(q->s, (*out = NULL, AR_MISUSE));
    struct result *result;
    enum ar_status status = run(q, 1, &result);

    *out = status == AR_OK && result->count > 0 ? result->records[0] : NULL;
    return ar_session_done(q->s, status);
}

enum ar_status ar_query_one(struct ar_query *q, void **out)
{
    AR_USE(q->s, (*out = NULL, AR_MISUSE));
    struct result *result;
    enum ar_status status = run(q, 2, &result);

    *out = NULL;
    if (status == AR_OK && result->count == 0)
        status = ar_fail(&q->store->failure, AR_NOT_FOUND, q->model, NULL, "no %s matches the query", q->model->name);
    else if (status == AR_OK && result->count > 1)
        status = ar_fail(&q->store->failure, AR_MISUSE, q->model, NULL,
                         "more than one %s matches the query: use %s_first or %s_all", q->model->name, q->model->name,
                         q->model->name);
    else if (status == AR_OK)
        *out = result->records[0];
    return ar_session_done(q->s, status);
}
