/* What the parts of a delete share: keys, conditions and runs. */
#include "write/deletion.h"

#include "sql/join.h"
#include "sql/keys.h"
#include "sql/run.h"
#include "store/identity.h"
#include "write/refused.h"

bool ar_deletion_has_dependents(const struct deletion *deletion, const struct ar_model *model)
{
    const struct identity *identity = ar_identity(deletion->store, model);

    /* If out of memory, the careful way fails as well. */
    return identity == NULL || identity->layout.has_dependents;
}

static bool is_any_null(const struct ar_value *values, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (values[i].kind == AR_VALUE_NULL)
            return true;
    return false;
}

enum ar_status ar_deletion_keys(const struct deletion *deletion, const struct owners *owners,
                                struct key_columns columns, struct arena *memory, struct key_set *out)
{
    bool is_integer = ar_key_is_integer(columns);
    struct ar_value *values = ar_arena_allocate(memory, owners->count * columns.count * sizeof *values);
    int64_t *integers = ar_arena_allocate(memory, owners->count * sizeof *integers);
    const struct ar_column *const *list = ar_key_column_list(columns, memory);
    size_t count = 0;

    if (values == NULL || integers == NULL || list == NULL)
        return ar_fail_no_memory(&deletion->store->failure);
    for (size_t i = 0; i < owners->count; i++) {
        struct ar_value *next = values + count * columns.count;
        ar_key_values(columns, owners->records + i * owners->model->size, next);
        if (is_any_null(next, columns.count))
            continue;
        integers[count++] = is_integer ? next[0].integer : 0;
    }
    *out = (struct key_set){.count = count,
                            .column_count = columns.count,
                            .integers = is_integer ? integers : NULL,
                            .values = values,
                            .columns = list};
    out->has_column_types = deletion->link->db->driver->dialect.has_key_arrays && ar_key_has_text(columns);
    return AR_OK;
}

void ar_deletion_add_related(struct sql *sql, const char *intro, const struct ar_relation *relation,
                             const struct key_set *keys)
{
    ar_sql_add(sql, intro, NULL);
    ar_sql_add_in_keys(sql, ar_target_columns(relation), keys);
    ar_sql_add_scope(sql, relation, relation->target->sql);
}

enum ar_status ar_deletion_run(const struct deletion *deletion, const struct ar_model *model, struct sql *sql,
                               struct statement statement, struct outcome *outcome)
{
    enum ar_status status;

    statement.reason = AR_REASON_SAVE;
    statement.model = model;
    status = ar_sql_run(deletion->link, sql, statement, outcome);
    if (status == AR_CONSTRAINT)
        ar_explain_refused_delete_all(deletion->link, model);
    return status;
}
