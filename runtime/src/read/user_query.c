/* Queries whose rows user SQL returns. */
#include "read/query.h"
#include "read/user_sql.h"

struct ar_query *ar_statement_query(struct ar_session *s, const struct ar_statement *statement, const void *arguments)
{
    struct ar_query *q = ar_query_open(s, statement->row);
    struct user_sql *user;

    if (ar_query_is_stub(q))
        return q;
    user = ar_arena_allocate(&s->store.objects, sizeof *user);
    if (user == NULL) {
        q->status = AR_NO_MEMORY;
        return q;
    }
    ar_query_keep_failure(q, ar_user_sql_make(s, statement, arguments, &s->store.objects, user), &s->store.failure);
    if (q->status == AR_OK && !ar_user_sql_own(user, &s->store.objects, &s->store.text))
        q->status = AR_NO_MEMORY;
    if (q->status != AR_OK)
        return q;
    q->user_sql = user;
    return q;
}
