/* User SQL, and the WAL position. */
#include "session/execute.h"

#include "base/may_write.h"
#include "link/position.h"
#include "link/run.h"
#include "session/session.h"
#include "session/transaction.h"
#include "session/use.h"
#include "store/cache.h"
#include "store/identity.h"

enum ar_status ar_execute_refuse_on_replica(struct ar_session *s, const char *call)
{
    if (!s->link.options.replica)
        return AR_OK;
    return ar_fail(&s->store.failure, AR_MISUSE, NULL, NULL, "%s may write, but a session with .replica only reads",
                   call);
}

enum ar_status ar_execute_refuse_if_limited(struct ar_session *s, const char *call)
{
    const struct shard_limit *limit = &s->link.options.shard;

    if (!limit->is_any)
        return AR_OK;
    return ar_fail(&s->store.failure, AR_MISUSE, NULL, NULL,
                   "%s may read and change rows of all shards, but the session has .%s: use a session without it%s",
                   call, limit->is_scoped ? "scope" : "one_shard",
                   limit->is_scoped ? ", or ar_sql_all or ar_execute_with and SQL with :scope" : "");
}

enum ar_status ar_execute_check_transaction(struct ar_session *s, const char *call)
{
    bool is_open = s->link.connection != NULL && s->link.db->driver->in_transaction(s->link.connection);
    struct failure failure;

    if (is_open == (s->link.transaction.depth > 0 || s->link.has_snapshot))
        return AR_OK;
    if (is_open)
        (void)s->link.db->driver->run_script(s->link.connection, "ROLLBACK", &failure);
    else
        s->link.transaction.is_broken = true;
    return ar_fail(&s->store.failure, AR_MISUSE, NULL, NULL,
                   "%s cannot begin or end a transaction: call ar_begin, ar_commit or ar_rollback", call);
}

bool ar_execute_may_write(const struct ar_session *s, const char *sql)
{
    return ar_sql_may_write(s->link.db->driver->dialect.has_dollar_quotes ? SCRIPT_POSTGRESQL : SCRIPT_SQLITE, sql);
}

void ar_execute_expire(struct ar_session *s)
{
    ar_caches_drop_all(&s->store.caches);
    ar_identities_expire(&s->store);
}

enum ar_status ar_execute(struct ar_session *s, const char *sql)
{
    AR_USE(s, AR_MISUSE);
    enum ar_status status = ar_execute_refuse_on_replica(s, "ar_execute");

    if (status == AR_OK)
        status = ar_execute_refuse_if_limited(s, "ar_execute");
    if (status == AR_OK && ar_execute_may_write(s, sql))
        status = ar_transaction_check_writes(s, "ar_execute");
    if (status != AR_OK)
        return ar_session_done(s, status);
    status = ar_run_script(&s->link, sql, NULL);
    if (status == AR_OK)
        status = ar_execute_check_transaction(s, "ar_execute");

    /* A script that failed may have changed something before. */
    ar_execute_expire(s);
    return ar_session_done(s, status);
}

enum ar_status ar_session_position(struct ar_session *s, struct ar_position *out)
{
    AR_USE(s, (*out = (struct ar_position){0}, AR_MISUSE));
    const struct driver *driver = s->link.db->driver;
    struct position position = {.is_standby = false};
    enum ar_status status = AR_OK;

    if (driver->dialect.position != NULL) {
        const struct statement statement = ar_position_statement(driver, &position);
        status = ar_run(&s->link, &statement, NULL);
        if (status == AR_OK)
            status = ar_position_check_engine(driver, s->link.connection, s->link.failure);
    }
    *out = status == AR_OK ? ar_token_of(&position.at) : (struct ar_position){0};
    return ar_session_done(s, status);
}
