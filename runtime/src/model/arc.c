/* Foreign keys of which exactly one is set. */
#include "model/arc.h"

#include "base/text_buffer.h"
#include "model/field.h"

static bool is_set(const struct ar_relation *variant, const void *record)
{
    struct key_columns columns = ar_foreign_key(variant);
    struct ar_value values[AR_KEY_COLUMNS_MAX];

    ar_key_values(columns, record, values);
    for (size_t i = 0; i < columns.count; i++)
        if (values[i].kind == AR_VALUE_NULL)
            return false;
    return true;
}

/* List the first foreign key field of each variant; with a record, only of those that are set. */
static void list_fields(const struct ar_union *arc, const void *record, char *out, size_t size)
{
    struct text_buffer list = {out, size, 0};

    for (size_t i = 0; i < arc->variant_count; i++)
        if (record == NULL || is_set(arc->variants[i], record))
            ar_text_buffer_add(&list, "%s%s", list.length > 0 ? ", " : "",
                               arc->owner->columns[arc->variants[i]->foreign_key[0]].field);
}

static enum ar_status fail(const struct ar_union *arc, const void *record, size_t count, struct failure *failure)
{
    char fields[256] = "";

    list_fields(arc, count > 1 ? record : NULL, fields, sizeof fields);
    if (count > 1)
        return ar_fail(failure, AR_INVALID, arc->owner, NULL,
                       "%s.%s refers to several records: of %s, all but one must be null", arc->owner->name, arc->name,
                       fields);
    return ar_fail(failure, AR_INVALID, arc->owner, NULL, "%s.%s refers to no record: set one of %s", arc->owner->name,
                   arc->name, fields);
}

/* Return the number of variants that are set, and the index of the last. */
static size_t count_set(const struct ar_union *arc, const void *record, size_t *last)
{
    size_t count = 0;

    *last = arc->variant_count;
    for (size_t i = 0; i < arc->variant_count; i++) {
        if (!is_set(arc->variants[i], record))
            continue;
        *last = i;
        count++;
    }
    return count;
}

enum ar_status ar_arc_find(const struct ar_union *arc, const void *record, struct failure *failure, size_t *out)
{
    size_t count = count_set(arc, record, out);

    return count > 1 ? fail(arc, record, count, failure) : AR_OK;
}

enum ar_status ar_arc_check(const struct ar_union *arc, const void *record, struct failure *failure)
{
    size_t last, count = count_set(arc, record, &last);

    return count != 1 ? fail(arc, record, count, failure) : AR_OK;
}

static bool has_variant(const struct ar_union *arc, struct key_columns foreign)
{
    for (size_t i = 0; i < arc->variant_count; i++)
        if (ar_key_columns_equal(ar_foreign_key(arc->variants[i]), foreign))
            return true;
    return false;
}

const struct ar_union *ar_arc_of(struct key_columns foreign)
{
    for (size_t i = 0; i < foreign.model->arc_count; i++)
        if (has_variant(foreign.model->arcs[i], foreign))
            return foreign.model->arcs[i];
    return NULL;
}
