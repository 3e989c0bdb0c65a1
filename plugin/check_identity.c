/* The check of AR_IDENTITY: one integer of a composite primary key, which is not set by anything else. */
#include "check.h"

/* Return the relation whose foreign key contains the column, or NULL. */
static const struct relation *relation_with(const struct model *model, const struct member *column)
{
    for (size_t i = 0; i < model->relation_count; i++) {
        const struct relation *relation = model->relations[i];
        for (size_t j = 0; relation->kind->owner_has_key && j < relation->foreign_key_count; j++)
            if (relation->foreign_key[j] == column)
                return relation;
    }
    return NULL;
}

static void check_one(struct model_set *set, const struct model *model, const struct member *column)
{
    struct location at = column->kind_at[ATTRIBUTE_IDENTITY];
    const struct relation *relation = relation_with(model, column);
    if (!member_has(column, ATTRIBUTE_PRIMARY_KEY)) {
        diagnostic_error(set->diagnostics, at, "AR_IDENTITY: `%s` is not part of the primary key", column->field);
        diagnostic_help(set->diagnostics, "add AR_PRIMARY_KEY; the database numbers no other columns");
    } else if (model->key_count == 1) {
        diagnostic_error(set->diagnostics, at, "AR_IDENTITY: `%s` is the whole primary key of `%s`", column->field,
                         model->name);
        diagnostic_help(set->diagnostics, "remove it: the database numbers a single integer key anyway");
    } else if (column->is_enum) {
        diagnostic_error(set->diagnostics, at, "AR_IDENTITY: `%s` is an enum", column->field);
    } else if (relation != NULL) {
        diagnostic_error(set->diagnostics, at, "AR_IDENTITY: `%s` is a foreign key of `%s`, which the target sets",
                         column->field, relation->name);
    } else if (model_generated_key(model) != column) {
        diagnostic_error(set->diagnostics, at, "AR_IDENTITY: the database already numbers `%s`",
                         model_generated_key(model)->field);
    }
}

void check_identity(struct model_set *set, const struct model *model)
{
    for (size_t i = 0; i < model->column_count; i++)
        if (member_has(model->columns[i], ATTRIBUTE_IDENTITY))
            check_one(set, model, model->columns[i]);
}
