/* Relations to one of several models. The variant that a record refers to follows from the record alone; everything
 * else is the work of the variant, an ordinary belongs_to. */
#include "base/text_buffer.h"
#include "model/arc.h"
#include "model/describe.h"
#include "model/field.h"
#include "session/session.h"
#include "session/use.h"
#include "store/partial_row.h"

#include <armature/union.h>

#include <inttypes.h>
#include <string.h>

/* ---- The variant ------------------------------------------------------------------------------------------------- */

/* Report a row whose type is none of the union's. */
static enum ar_status fail_type(const struct ar_union *each, const void *record, struct failure *failure)
{
    const struct ar_column *column = &each->owner->columns[each->variants[0]->guard->column];
    struct ar_value key[AR_KEY_COLUMNS_MAX], type = ar_field_value(column, record);
    char types[256] = "", row[128], value[128];
    struct text_buffer list = {types, sizeof types, 0};

    for (size_t i = 0; i < each->variant_count; i++) {
        const struct ar_guard *guard = each->variants[i]->guard;
        if (guard->text != NULL)
            ar_text_buffer_add(&list, "%s\"%s\"", i > 0 ? ", " : "", guard->text);
        else
            ar_text_buffer_add(&list, "%s%" PRId64, i > 0 ? ", " : "", guard->number);
    }
    ar_key_values(ar_primary_key(each->owner), record, key);
    ar_describe_values(key, each->owner->key_count, row, sizeof row);
    ar_describe_values(&type, 1, value, sizeof value);
    return ar_fail(failure, AR_INVALID, each->owner, column,
                   "%s %s has %s in %s, which is not a type of %s.%s: the types are %s", each->owner->name, row, value,
                   column->field, each->owner->name, each->name, types);
}

/* Find the index of the variant by the type of the record; variant_count if it refers to no row. */
static enum ar_status find_by_type(const struct ar_union *each, const void *record, struct store *store, size_t *out)
{
    const struct ar_relation *first = each->variants[0];
    struct key_columns columns = ar_foreign_key(first);
    struct key key;

    *out = each->variant_count;
    columns.guard = NULL;
    switch (ar_key_of_fields(columns, record, &store->scratch, &key)) {
    case KEY_NO_MEMORY:
        return ar_fail_no_memory(&store->failure);
    case KEY_NULL:
    case KEY_ZERO:
        return AR_OK;
    case KEY_SET:
        break;
    }
    if (ar_field_value(&each->owner->columns[first->guard->column], record).kind == AR_VALUE_NULL)
        return AR_OK;
    for (size_t i = 0; i < each->variant_count; i++) {
        if (!ar_guard_holds(each->variants[i]->guard, each->owner, record))
            continue;
        *out = i;
        return AR_OK;
    }
    return fail_type(each, record, &store->failure);
}

/* Return AR_MISUSE if the type or a foreign key was not loaded. */
static enum ar_status check_loaded(struct store *store, const struct ar_union *each, const void *record)
{
    enum ar_status status = AR_OK;

    for (size_t i = 0; store->has_partials && i < each->variant_count && status == AR_OK; i++)
        status = ar_partial_check(store, each->variants[i], record);
    return status;
}

static enum ar_status find_variant(struct ar_session *s, const struct ar_union *each, const void *record, size_t *out)
{
    AR_USE(s, AR_MISUSE);
    enum ar_status status = check_loaded(&s->store, each, record);

    if (status == AR_OK)
        status = each->is_exclusive ? ar_arc_find(each, record, &s->store.failure, out)
                                    : find_by_type(each, record, &s->store, out);
    return ar_session_done(s, status);
}

enum ar_status ar_union_get(struct ar_session *s, const struct ar_union *each, const void *record, size_t *kind,
                            void **out)
{
    size_t index;
    enum ar_status status = find_variant(s, each, record, &index);

    *kind = 0;
    *out = NULL;
    if (status != AR_OK || index == each->variant_count)
        return status;
    status = ar_relation_one(s, each->variants[index], record, out);
    if (*out != NULL)
        *kind = index + 1;
    return status;
}

/* ---- Setting ----------------------------------------------------------------------------------------------------- */

/* Clear the type and the foreign keys. Columns that cannot be NULL are common to several foreign keys of an arc, and
 * the shard key is part of the primary key. */
static void clear_variants(const struct ar_union *each, void *record)
{
    for (size_t i = 0; i < each->variant_count; i++) {
        struct key_columns columns = ar_foreign_key(each->variants[i]);
        for (size_t k = 0; k < columns.count; k++) {
            const struct ar_column *column = &columns.model->columns[columns.columns[k]];
            if (column != column->model->shard_key && (!each->is_exclusive || ar_field_has_null(column)))
                ar_field_set_null(column, record);
        }
        if (columns.guard != NULL)
            ar_field_set_null(&columns.model->columns[columns.guard->column], record);
    }
}

/* Read the key of the record that is referred to. */
static enum ar_status read_target(struct ar_session *s, const struct ar_union *each, size_t kind, const void *target,
                                  struct ar_value *values)
{
    const struct ar_relation *variant = kind <= each->variant_count ? each->variants[kind - 1] : NULL;
    struct key key;

    if (variant == NULL)
        return ar_fail(&s->store.failure, AR_MISUSE, each->owner, NULL, "%s.%s has no kind %zu", each->owner->name,
                       each->name, kind);
    if (target != NULL) {
        ar_key_values(ar_referred_key(variant), target, values);
        switch (ar_key_of_values(ar_referred_key(variant), values, &s->store.scratch, &key)) {
        case KEY_NO_MEMORY:
            return ar_fail_no_memory(&s->store.failure);
        case KEY_SET:
            return AR_OK;
        case KEY_NULL:
        case KEY_ZERO:
            break;
        }
    }
    return ar_fail(&s->store.failure, AR_MISUSE, each->owner, NULL,
                   "%s.%s cannot refer to a %s that is %s: save it first", each->owner->name, each->name,
                   variant->target->name, target != NULL ? "unsaved" : "NULL");
}

/* Fields are set in another struct first: one that does not fit leaves the record as it is. */
static enum ar_status set(struct ar_session *s, const struct ar_union *each, void *record, size_t kind,
                          const void *target)
{
    struct ar_value values[AR_KEY_COLUMNS_MAX];
    struct key_columns columns = {.count = 0};
    void *copy = ar_arena_allocate_zero(&s->store.scratch, each->owner->size);
    enum ar_status status = check_loaded(&s->store, each, record);

    if (status == AR_OK && copy == NULL)
        status = ar_fail_no_memory(&s->store.failure);
    if (status == AR_OK && kind > 0)
        status = read_target(s, each, kind, target, values);
    if (status == AR_OK && kind > 0) {
        columns = ar_foreign_key(each->variants[kind - 1]);
        status = ar_foreign_key_set(columns, values, &s->store.field_reader, copy);
    }
    if (status != AR_OK)
        return status;
    clear_variants(each, record);
    for (size_t i = 0; i < columns.count; i++)
        ar_field_copy(&columns.model->columns[columns.columns[i]], copy, record);
    if (columns.guard != NULL)
        ar_field_copy(&columns.model->columns[columns.guard->column], copy, record);
    return AR_OK;
}

enum ar_status ar_union_set(struct ar_session *s, const struct ar_union *each, void *record, size_t kind,
                            const void *target)
{
    AR_USE(s, AR_MISUSE);

    return ar_session_done(s, set(s, each, record, kind, target));
}

/* ---- All variants ------------------------------------------------------------------------------------------------ */

enum ar_status ar_union_load(struct ar_session *s, const struct ar_union *each, const void *const *records,
                             size_t count)
{
    enum ar_status status = AR_OK;

    for (size_t i = 0; i < each->variant_count && status == AR_OK; i++)
        status = ar_relation_load(s, each->variants[i], records, count);
    return status;
}

void ar_union_clear(struct ar_session *s, const struct ar_union *each, const void *record)
{
    for (size_t i = 0; i < each->variant_count; i++)
        ar_relation_clear(s, each->variants[i], record);
}

void ar_query_with_union(struct ar_query *q, const struct ar_union *each)
{
    for (size_t i = 0; i < each->variant_count; i++)
        (void)ar_query_with_relation(q, each->variants[i]);
}
