/* ar_create_tables: creates what is missing, in one transaction. */
#include "driver/driver.h"
#include "link/ask.h"
#include "link/run.h"
#include "model/relation_kind.h"
#include "schema/check.h"
#include "session/execute.h"
#include "session/session.h"
#include "session/transaction.h"
#include "session/use.h"

#include <armature/schema.h>

/* Run the SQL of a step for a model's table, and for the join tables that it declares. */
static enum ar_status run_for_tables(struct ar_session *s, const struct ar_model *model,
                                     const char *(*sql_of)(const struct link *link, const struct ar_model *model))
{
    const char *sql = sql_of(&s->link, model);
    enum ar_status status = sql != NULL ? ar_run_script(&s->link, sql, model) : AR_OK;

    for (size_t i = 0; i < model->relation_count && status == AR_OK; i++) {
        const struct ar_model *join = ar_join_table(model->relations[i]);
        sql = join != NULL ? sql_of(&s->link, join) : NULL;
        if (sql != NULL)
            status = ar_run_script(&s->link, sql, join);
    }
    return status;
}

static const char *create_of(const struct link *link, const struct ar_model *model)
{
    return ar_link_sql(link, &model->create);
}

static const char *constrain_of(const struct link *link, const struct ar_model *model)
{
    return ar_link_sql(link, &model->constrain);
}

/* Tables are colocated with the first sharded one, which precedes them. */
static const char *distribute_first_of(const struct link *link, const struct ar_model *model)
{
    (void)link;
    return model->colocated == NULL ? model->distribute : NULL;
}

static const char *distribute_other_of(const struct link *link, const struct ar_model *model)
{
    (void)link;
    return model->colocated != NULL ? model->distribute : NULL;
}

/* Tables are distributed before they get foreign keys, which Citus creates only between distributed tables. */
static const struct {
    const char *(*sql_of)(const struct link *link, const struct ar_model *model); /* NULL: nothing to be done */
    bool distributes;
} steps[] = {
    {create_of, false},
    {distribute_first_of, true},
    {distribute_other_of, true},
    {constrain_of, false},
};

/* Find out if tables of the models are to be distributed, and prepare the transaction for that. */
static enum ar_status begin_distribution(struct ar_session *s, const struct ar_model *const *models, size_t count,
                                         bool *distributes)
{
    const struct driver *driver = s->link.db->driver;
    const struct engine *engine;
    enum ar_status status;
    bool any = false;

    for (size_t i = 0; i < count; i++)
        any = any || models[i]->distribute != NULL;
    if (!any || driver->engine == NULL)
        return AR_OK;
    status = ar_ask_engine(&s->link);
    if (status != AR_OK)
        return status;
    engine = driver->engine(s->link.connection);
    *distributes = engine->is_sharded;
    return engine->before_schema != NULL ? ar_run_script(&s->link, engine->before_schema, NULL) : AR_OK;
}

enum ar_status ar_create_table_list(struct ar_session *s, const struct ar_model *const *models, size_t count)
{
    AR_USE(s, AR_MISUSE);
    enum ar_status status = ar_execute_refuse_on_replica(s, "ar_create_tables");
    bool distributes = false;

    if (status == AR_OK)
        status = ar_begin(s);
    if (status != AR_OK)
        return ar_session_done(s, status);
    status = ar_check_before_create(s, models, count);
    if (status == AR_OK)
        status = begin_distribution(s, models, count, &distributes);
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        for (size_t j = 0; j < count && status == AR_OK && (distributes || !steps[i].distributes); j++)
            status = run_for_tables(s, models[j], steps[i].sql_of);
    return ar_session_done(s, ar_transaction_end(s, status));
}
