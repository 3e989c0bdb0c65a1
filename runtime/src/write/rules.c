/* The rules of a record that is about to be written.
 *
 * Nearly all records break none. The columns are therefore first checked without collecting anything. Only if one is
 * invalid, or the model has functions that check it, all rules are checked again, and the broken ones collected. */
#include "write/rules.h"

#include "model/arc.h"
#include "model/validate.h"
#include "session/hook.h"
#include "session/violations.h"

/* Columns that are left to the database break no rule of the field. */
static bool is_written(const struct write *write, const struct ar_column *column, bool is_insert)
{
    return is_insert ? !ar_write_omits(write, column) : ar_write_updates(write, column);
}

/* Check an arc if a foreign key of it is written. */
static enum ar_status check_arc(const struct write *write, const struct ar_union *arc, bool is_insert)
{
    for (size_t i = 0; i < arc->variant_count; i++) {
        struct key_columns columns = ar_foreign_key(arc->variants[i]);
        for (size_t k = 0; k < columns.count; k++)
            if (is_written(write, &columns.model->columns[columns.columns[k]], is_insert))
                return ar_arc_check(arc, write->copy, &write->store->failure);
    }
    return AR_OK;
}

static bool columns_are_valid(const struct write *write, bool is_insert)
{
    const struct ar_model *model = write->model;

    if (!write->identity->layout.can_be_invalid)
        return true;
    for (size_t i = 0; i < model->column_count; i++)
        if (is_written(write, &model->columns[i], is_insert) &&
            ar_validate(&model->columns[i], write->copy, &write->store->failure) != AR_OK)
            return false;
    for (size_t i = 0; i < model->arc_count; i++)
        if (check_arc(write, model->arcs[i], is_insert) != AR_OK)
            return false;
    return true;
}

static enum ar_status collect_column(const struct write *write, const struct ar_column *column,
                                     struct violations *violations)
{
    struct failure *failure = &write->store->failure;
    const char *rule;
    size_t next = 0;

    while (ar_validate_next(column, write->copy, &next, &rule, failure) != AR_OK)
        if (ar_violations_add(write->s, violations, column, rule, failure->message) == AR_NO_MEMORY)
            return AR_NO_MEMORY;
    return AR_OK;
}

/* Call the functions even if a column is invalid, so that one attempt shows everything. */
static enum ar_status collect(const struct write *write, bool is_insert, struct violations *violations)
{
    const struct ar_model *model = write->model;
    enum ar_status status = AR_OK;

    for (size_t i = 0; i < model->column_count && status == AR_OK; i++)
        if (is_written(write, &model->columns[i], is_insert))
            status = collect_column(write, &model->columns[i], violations);
    for (size_t i = 0; i < model->arc_count; i++)
        if (check_arc(write, model->arcs[i], is_insert) != AR_OK &&
            ar_violations_add(write->s, violations, NULL, "AR_BELONGS_TO_ONE_OF", write->store->failure.message) ==
                AR_NO_MEMORY)
            return AR_NO_MEMORY;
    return status == AR_OK ? ar_hooks_validate(write->s, model, write->copy, violations) : status;
}

/* Check all rules and collect the broken ones. */
static enum ar_status check_all(const struct write *write, bool is_insert)
{
    struct violations violations = {.items = NULL};
    enum ar_status status = collect(write, is_insert, &violations);

    if (status == AR_OK)
        return ar_violations_end(write->s, write->model, &violations);
    ar_arena_free(&violations.memory);
    return status;
}

enum ar_status ar_write_check_rules(const struct write *write, bool is_insert)
{
    if (columns_are_valid(write, is_insert) && !ar_hooks_any(write->model, ar_hook_bit(AR_HOOK_VALIDATE)))
        return AR_OK;
    return check_all(write, is_insert);
}
