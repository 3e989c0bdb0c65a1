/* Counters of a relation, counted again. */
#include "session/session.h"
#include "session/transaction.h"
#include "session/use.h"
#include "sql/keys.h"
#include "sql/living.h"
#include "sql/run.h"
#include "sql/shard.h"
#include "store/identity.h"
#include "write/returned.h"

#include <armature/relation.h>

/* The rows whose counter is set. */
struct recount {
    struct ar_session *s;
    const struct ar_relation *relation; /* of the counted rows */
    const struct key_set *keys;         /* of the rows with the counter; NULL: all rows */
};

static enum ar_status take_keys(const struct ar_session *s, const struct ar_relation *relation,
                                const void *const *records, size_t count, struct key_set *out)
{
    struct arena *scratch = s->link.scratch;
    const struct key_columns columns = ar_target_columns(relation);
    struct ar_value *values = ar_arena_allocate(scratch, count * columns.count * sizeof *values);
    const struct ar_column *const *list = ar_key_column_list(columns, scratch);

    if (values == NULL || list == NULL)
        return ar_fail_no_memory(s->link.failure);
    for (size_t i = 0; i < count; i++)
        ar_key_values(columns, records[i], values + i * columns.count);
    *out = (struct key_set){.count = count, .column_count = columns.count, .values = values, .columns = list};
    out->has_column_types = s->link.db->driver->dialect.has_key_arrays && ar_key_has_text(columns);
    return AR_OK;
}

static void add_rows(struct sql *sql, const struct recount *recount)
{
    if (recount->keys == NULL) {
        (void)ar_sql_add_shard(sql, " WHERE ", recount->relation->target);
        return;
    }
    ar_sql_add(sql, " WHERE ", NULL);
    ar_sql_add_in_keys(sql, ar_target_columns(recount->relation), recount->keys);
}

/* Rows of a model without a shard key count those of all tenants. */
static enum ar_status check_shard(const struct recount *recount)
{
    const struct ar_relation *relation = recount->relation;

    if (!ar_shard_limits(&recount->s->link.options.shard, relation->owner) || relation->target->shard_key != NULL)
        return AR_OK;
    return ar_fail(
        &recount->s->store.failure, AR_MISUSE, relation->owner, NULL,
        "%s.%s: the counter counts rows of all shards: recount it in a session without .scope and .one_shard",
        relation->owner->name, relation->name);
}

/* Lock the rows, so that the update sees the counted rows of every writer that has changed a counter. Servers that
 * shard refuse to lock rows of several shards, except by an update, which changes nothing here. */
static enum ar_status lock(const struct recount *recount)
{
    const struct ar_relation *relation = recount->relation;
    const struct ar_column *counter = &relation->target->columns[relation->counter];
    struct sql sql = ar_sql_start(&recount->s->link);

    if (!ar_sql_needs_locks(&sql))
        return AR_OK;
    if (sql.engine->is_sharded) {
        ar_sql_add(&sql, "UPDATE ", ar_sql_table(&sql, relation->target), " SET ", counter->sql, " = ", NULL);
        ar_sql_add_column(&sql, counter);
        add_rows(&sql, recount);
    } else {
        ar_sql_add_lock_of_keys(&sql, ar_target_columns(relation), recount->keys);
    }
    return ar_sql_run(&recount->s->link, &sql, (struct statement){.reason = AR_REASON_SAVE, .model = relation->target},
                      NULL);
}

/* Add the sub-select that counts the rows that refer to one row of the target. */
static void add_count(struct sql *sql, const struct ar_relation *relation)
{
    const struct key_columns foreign = ar_owner_columns(relation), key = ar_target_columns(relation);
    const struct table_alias counted = ar_sql_next_alias(sql);

    ar_sql_add(sql, "(SELECT ", NULL);
    ar_sql_add_function(sql, "count");
    ar_sql_add(sql, "(*) FROM ", ar_sql_table(sql, relation->owner), " AS ", counted.name, NULL);
    for (size_t i = 0; i < foreign.count; i++) {
        ar_sql_add(sql, i > 0 ? " AND " : " WHERE ", NULL);
        ar_sql_add_column_of(sql, counted.name, &foreign.model->columns[foreign.columns[i]]);
        ar_sql_add_operator_of(sql, &key.model->columns[key.columns[i]], "=");
        ar_sql_add_column(sql, &key.model->columns[key.columns[i]]);
    }
    (void)ar_sql_add_living(sql, " AND ", relation->owner, counted.name);
    ar_sql_add(sql, ")", NULL);
}

static enum ar_status update(const struct recount *recount)
{
    struct ar_session *s = recount->s;
    const struct ar_model *target = recount->relation->target;
    const struct identity *identity = ar_identity(&s->store, target);
    struct returned_columns returned = {
        .store = &s->store, .model = target, .flags = AR_COLUMN_COUNTER, .memory = s->link.scratch};
    struct statement statement = {.payload = &returned, .reason = AR_REASON_SAVE, .model = target};
    struct sql sql = ar_sql_start(&s->link);

    if (identity == NULL || ar_returned_start(&returned) != AR_OK)
        return AR_NO_MEMORY;
    ar_sql_add(&sql, "UPDATE ", ar_sql_table(&sql, target), " SET ", target->columns[recount->relation->counter].sql,
               " = ", NULL);
    add_count(&sql, recount->relation);
    add_rows(&sql, recount);
    if (identity->records.count > 0) {
        ar_returned_add(&sql, &returned);
        statement.on_row = ar_returned_take;
    }
    return ar_sql_run(&s->link, &sql, statement, NULL);
}

static enum ar_status run(const struct recount *recount)
{
    enum ar_status status = ar_begin(recount->s);

    if (status != AR_OK)
        return status;
    status = lock(recount);
    if (status == AR_OK)
        status = update(recount);
    return ar_transaction_end(recount->s, status);
}

enum ar_status ar_relation_recount(struct ar_session *s, const struct ar_relation *relation, const void *const *records,
                                   size_t count)
{
    AR_USE(s, AR_MISUSE);
    struct key_set keys;
    struct recount recount = {.s = s, .relation = relation, .keys = records != NULL ? &keys : NULL};
    enum ar_status status = AR_OK;

    if (!relation->has_counter)
        return ar_session_done(s, ar_fail(&s->store.failure, AR_MISUSE, relation->owner, NULL, "%s.%s has no .counter",
                                          relation->owner->name, relation->name));
    if (records != NULL && count == 0)
        return AR_OK;
    status = ar_transaction_check_writable(s, relation->target);
    if (status == AR_OK)
        status = check_shard(&recount);
    if (status == AR_OK && records != NULL)
        status = take_keys(s, relation, records, count, &keys);
    return ar_session_done(s, status == AR_OK ? run(&recount) : status);
}
