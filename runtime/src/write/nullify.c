/* Setting foreign keys of related rows to NULL. */
#include "write/nullify.h"

#include "base/clock.h"
#include "model/field.h"
#include "sql/run.h"
#include "store/cache.h"
#include "write/parent_sql.h"

/* Set the foreign keys, and the types of those that have one, to NULL. The shard key stays as it is. */
static enum ar_status nullify(const struct deletion *deletion, const struct ar_relation *relation,
                              const struct key_set *keys, struct outcome *outcome)
{
    const struct ar_model *target = relation->target;
    const struct key_columns foreign = ar_target_columns(relation);
    const struct timespec now = ar_wall_clock();
    struct sql sql = ar_sql_start(deletion->link);
    const char *intro = " SET ";
    enum ar_status status;

    ar_sql_add(&sql, "UPDATE ", ar_sql_table(&sql, target), NULL);
    for (size_t i = 0; i < foreign.count; i++) {
        const struct ar_column *column = &target->columns[foreign.columns[i]];
        if (column == target->shard_key)
            continue;
        ar_sql_add(&sql, intro, column->sql, " = NULL", NULL);
        intro = ", ";
    }
    if (foreign.guard != NULL && ar_column_can_be_null(&target->columns[foreign.guard->column]))
        ar_sql_add(&sql, ", ", target->columns[foreign.guard->column].sql, " = NULL", NULL);
    for (size_t i = 0; i < target->column_count; i++) {
        const struct ar_column *column = &target->columns[i];
        if ((column->flags & (AR_COLUMN_UPDATED_AT | AR_COLUMN_VERSION)) == 0)
            continue;
        ar_sql_add(&sql, ", ", column->sql, " = ", NULL);
        if ((column->flags & AR_COLUMN_VERSION) != 0)
            ar_sql_add_next_version(&sql, column);
        else
            ar_sql_add_value(&sql, column, ar_field_of_time(column, now));
    }
    ar_deletion_add_related(&sql, " WHERE ", relation, keys);
    status = ar_deletion_run(deletion, target, &sql, (struct statement){.on_row = NULL}, outcome);
    if (status == AR_OK)
        ar_caches_model_changed(deletion->store, target);
    return status;
}

/* Return true if the belongs_to counts or notes the rows of a has_many in the owners of it. */
static bool is_counted_by(const struct ar_relation *belongs_to, const struct ar_relation *relation)
{
    return ar_parent_is_changed(belongs_to, NULL) && ar_referred_model(belongs_to) == relation->owner &&
           ar_key_columns_equal(ar_foreign_key(belongs_to), ar_target_columns(relation));
}

/* Note that this number of rows has left an owner. */
static enum ar_status count_nullified(const struct deletion *deletion, const struct ar_relation *relation,
                                      const void *owner, uint64_t count)
{
    struct parents *parents = deletion->parents;
    const struct field_reader reader = {.text = &parents->memory, .failure = &deletion->store->failure};
    const struct ar_model *target = relation->target;
    const struct key_columns from = ar_owner_columns(relation), to = ar_target_columns(relation);
    void *row = ar_arena_allocate_zero(&parents->memory, target->size);
    enum ar_status status = row != NULL ? AR_OK : ar_fail_no_memory(reader.failure);

    for (size_t i = 0; i < to.count && status == AR_OK; i++) {
        const struct ar_value value = ar_field_value(&from.model->columns[from.columns[i]], owner);
        status = ar_field_read(&reader, &target->columns[to.columns[i]], &value, row);
    }
    for (size_t i = 0; i < target->relation_count && status == AR_OK && count > 0; i++)
        if (is_counted_by(target->relations[i], relation))
            status = ar_parents_add_one(parents, target->relations[i], row, -(int64_t)count);
    return status;
}

/* Owners that are deleted by a time stay and count: nullify the rows of each by a statement that reports their number.
 */
static enum ar_status nullify_each(const struct deletion *deletion, const struct owners *owners,
                                   const struct ar_relation *relation)
{
    enum ar_status status = AR_OK;

    for (size_t i = 0; i < owners->count && status == AR_OK; i++) {
        const struct owners one = {owners->model, owners->records + i * owners->model->size, 1, owners->level};
        struct outcome outcome = {.changes = 0};
        struct arena memory = {0};
        struct key_set keys;
        status = ar_deletion_keys(deletion, &one, ar_owner_columns(relation), &memory, &keys);
        if (status == AR_OK && keys.count > 0)
            status = nullify(deletion, relation, &keys, &outcome);
        if (status == AR_OK)
            status = count_nullified(deletion, relation, one.records, outcome.changes);
        ar_arena_free(&memory);
    }
    return status;
}

enum ar_status ar_nullify(const struct deletion *deletion, const struct owners *owners,
                          const struct ar_relation *relation, const struct key_set *keys)
{
    for (size_t i = 0; owners->model->deleted_at != NULL && i < relation->target->relation_count; i++)
        if (is_counted_by(relation->target->relations[i], relation))
            return nullify_each(deletion, owners, relation);
    return nullify(deletion, relation, keys, NULL);
}
