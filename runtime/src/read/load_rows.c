/* The rows of a load: each becomes a record and is collected with the index of its key. */
#include "read/load_rows.h"

#include "model/row.h"
#include "read/load_keys.h"
#include "store/identity.h"
#include "store/identity_row.h"

static enum ar_status fail_ordinal(struct loading *loading)
{
    const struct ar_relation *relation = loading->load.relation;

    return ar_fail(&loading->store->failure, AR_DATABASE, relation->owner, NULL,
                   "the database returned a row of %s.%s for a key that was not requested", relation->owner->name,
                   relation->name);
}

enum ar_status ar_loading_find_by_ordinal(struct loading *loading, const struct row *row, size_t column,
                                          struct load_key **out)
{
    struct ar_value ordinal;

    if (!row->methods->value(row, column, &ordinal))
        return ar_fail_no_memory(&loading->store->failure);
    if (ordinal.kind != AR_VALUE_INTEGER || (uint64_t)ordinal.integer >= loading->keys.count)
        return fail_ordinal(loading);
    *out = &loading->load_keys[ordinal.integer];
    return AR_OK;
}

/* Find the requested key to which a row belongs, by its contents or by the ordinal after the model's columns. *out is
 * NULL if the key was not requested. */
static inline enum ar_status find_key_of_row(struct loading *loading, const struct row *row, const void *data,
                                             struct load_key **out)
{
    struct key key;

    *out = loading->has_single_key && loading->keys.count > 0 ? loading->load_keys : NULL;
    if (loading->has_single_key)
        return AR_OK;
    if (loading->rows_have_ordinals)
        return ar_loading_find_by_ordinal(loading, row, loading->load.relation->target->column_count, out);
    switch (ar_key_read(&loading->keys_to, data, &loading->store->scratch, &key)) {
    case KEY_NO_MEMORY:
        return ar_fail_no_memory(&loading->store->failure);
    case KEY_NULL:
        break;
    case KEY_SET:
    case KEY_ZERO:
        *out = ar_loading_look_up(loading, &key);
        break;
    }
    return AR_OK;
}

/* Find out if the key of a row that does not fit its struct was requested. */
static enum ar_status is_requested(struct loading *loading, const struct row *row, bool *out)
{
    struct ar_value value;
    struct key key;

    if (!row->methods->value(row, loading->keys_to.columns.columns[0], &value))
        return ar_fail_no_memory(&loading->store->failure);
    key = ar_key_of_integer(value.integer);
    *out = value.kind == AR_VALUE_INTEGER && ar_loading_look_up(loading, &key) != NULL;
    return AR_OK;
}

/* Report a row that does not fit its struct. In a load of a whole table, skip it if its key was not requested. */
static enum ar_status fail_to_read(struct loading *loading, const struct row *row, enum ar_status failed)
{
    bool is_needed = true;
    enum ar_status status;

    failed = ar_row_fail(row, loading->rows.identity->layout.model, loading->reader.failure, failed);
    if (loading->skipped == NULL)
        return failed;
    status = failed == AR_INVALID ? is_requested(loading, row, &is_needed) : AR_OK;
    if (status != AR_OK || !is_needed)
        return status;
    ar_failure_restore(&loading->store->failure, loading->skipped);
    return failed;
}

/* Note if the rows of a key arrive in order, while the record is in the processor's cache. */
static inline void note_order(struct load_key *requested, const struct record *record, const struct identity *identity)
{
    if (!identity->layout.has_integer_key || record->key.integer < requested->highest)
        requested->highest = AR_UNSORTED;
    else
        requested->highest = record->key.integer;
}

enum ar_status ar_loading_take_row(void *payload, const struct row *row)
{
    struct loading *loading = payload;
    struct row_collector *rows = &loading->rows;
    struct fresh_record fresh;
    struct load_key *requested = NULL;
    struct record *record;
    enum ar_status status = ar_identity_read(loading->store, rows->identity, row, &loading->reader, &fresh);

    if (status != AR_OK)
        status = fail_to_read(loading, row, status);
    else
        status = find_key_of_row(loading, row, ar_record_data(fresh.record), &requested);
    if (status != AR_OK)
        return status;
    /* In one trip, an owner may have been changed in memory so that it no longer refers to this row, or there may be no
     * owner that meets all conditions. */
    if (requested == NULL) {
        ar_identity_drop_fresh(loading->store, rows->identity, &fresh);
        return AR_OK;
    }
    status = ar_identity_take(loading->store, rows->identity, &fresh, rows->result, &record);
    if (status != AR_OK)
        return status;
    note_order(requested, record, rows->identity);
    return ar_collect_at(rows, record, ar_loading_index(loading, requested));
}

enum ar_status ar_loading_take_owners(void *payload)
{
    struct loading *loading = payload;

    loading->load.owners = (const void *const *)loading->load.owners_result->records;
    loading->load.owner_count = loading->load.owners_result->count;
    return ar_loading_collect_keys(loading);
}
