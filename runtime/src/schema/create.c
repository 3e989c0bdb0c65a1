/* ar_create_tables: creates what is missing, in one transaction. */
#include "link/run.h"
#include "model/relation_kind.h"
#include "schema/check.h"
#include "session/execute.h"
#include "session/session.h"
#include "session/transaction.h"
#include "session/use.h"

#include <armature/schema.h>

/* Run the SQL of a model's table, and of the join tables that it declares. */
static enum ar_status run_for_tables(struct ar_session *s, const struct ar_model *model,
                                     const struct ar_sql *(*sql_of)(const struct ar_model *model))
{
    const char *sql = ar_link_sql(&s->link, sql_of(model));
    enum ar_status status = sql != NULL ? ar_run_script(&s->link, sql, model) : AR_OK;

    for (size_t i = 0; i < model->relation_count && status == AR_OK; i++) {
        const struct ar_model *join = ar_join_table(model->relations[i]);
        sql = join != NULL ? ar_link_sql(&s->link, sql_of(join)) : NULL;
        if (sql != NULL)
            status = ar_run_script(&s->link, sql, join);
    }
    return status;
}

static const struct ar_sql *create_of(const struct ar_model *model)
{
    return &model->create;
}

static const struct ar_sql *constrain_of(const struct ar_model *model)
{
    return &model->constrain;
}

enum ar_status ar_create_table_list(struct ar_session *s, const struct ar_model *const *models, size_t count)
{
    AR_USE(s, AR_MISUSE);
    enum ar_status status = ar_execute_refuse_on_replica(s, "ar_create_tables");

    if (status == AR_OK)
        status = ar_begin(s);
    if (status != AR_OK)
        return ar_session_done(s, status);
    status = ar_check_before_create(s, models, count);
    for (size_t i = 0; i < count && status == AR_OK; i++)
        status = run_for_tables(s, models[i], create_of);
    for (size_t i = 0; i < count && status == AR_OK; i++)
        status = run_for_tables(s, models[i], constrain_of);
    return ar_session_done(s, ar_transaction_end(s, status));
}
