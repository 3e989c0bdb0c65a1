/* The foreign keys of a row to the parents that its writes change. */
#include "write/parent_sql.h"

#include <string.h>

static bool has_same_key(const struct ar_relation *a, const struct ar_relation *b)
{
    return ar_referred_model(a) == ar_referred_model(b) && ar_key_columns_equal(ar_foreign_key(a), ar_foreign_key(b));
}

bool ar_parent_is_changed(const struct ar_relation *relation, const struct ar_relation *except)
{
    if (!relation->has_counter && !relation->touches)
        return false;
    return except == NULL || except->owner->deleted_at != NULL || !has_same_key(relation, except);
}

bool ar_parents_are_changed(const struct ar_model *model, const struct ar_relation *except)
{
    for (size_t i = 0; i < model->relation_count; i++)
        if (ar_parent_is_changed(model->relations[i], except))
            return true;
    return false;
}

bool ar_parent_key_has(const struct ar_model *model, size_t column, const struct ar_relation *except)
{
    for (size_t i = 0; i < model->relation_count; i++) {
        struct key_columns key = {0};
        if (ar_parent_is_changed(model->relations[i], except))
            key = ar_foreign_key(model->relations[i]);
        for (size_t k = 0; k < key.count; k++)
            if (key.columns[k] == column)
                return true;
    }
    return false;
}

void ar_parent_sql_add_columns(struct sql *sql, const char *intro, const struct ar_model *model,
                               const struct ar_relation *except)
{
    for (size_t i = 0; i < model->column_count; i++) {
        if (!ar_parent_key_has(model, i, except))
            continue;
        ar_sql_add(sql, intro, NULL);
        ar_sql_add_result(sql, NULL, &model->columns[i]);
        intro = ", ";
    }
}

enum ar_status ar_parent_read_columns(const struct row *row, const struct field_reader *reader,
                                      const struct ar_model *model, const struct ar_relation *except, void *record,
                                      size_t *next)
{
    enum ar_status status = AR_OK;

    *next = 0;
    for (size_t i = 0; i < model->column_count && status == AR_OK; i++) {
        struct ar_value value;
        if (!ar_parent_key_has(model, i, except))
            continue;
        if (!row->methods->value(row, (*next)++, &value))
            return ar_fail_no_memory(reader->failure);
        status = ar_field_read(reader, &model->columns[i], &value, record);
    }
    return status;
}
