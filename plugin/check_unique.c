/* Checks of AR_UNIQUE_KEY, and of the columns that foreign keys refer to by `.references`. */
#include "check.h"
#include "suggest.h"

#include <string.h>

static void help_field(struct model_set *set, const struct model *model, const char *name)
{
    struct suggestion suggestion = {.wanted = name};
    for (size_t i = 0; i < model->column_count; i++)
        suggestion_offer(&suggestion, model->columns[i]->field);
    if (suggestion.name != NULL)
        diagnostic_help(set->diagnostics, "did you mean `%s`?", suggestion.name);
}

/* Return why the member cannot be part of a unique key, or NULL. An error in its type was reported at the member. */
static const char *reason_against(struct model_set *set, const struct model *model, struct member *const *columns,
                                  size_t index)
{
    const struct member *column = columns[index];
    if (column == NULL)
        return arena_print(set->arena, "is not a field of `%s`", model->name);
    if (column->role != MEMBER_COLUMN)
        return arena_print(set->arena, "of `%s` is not a column", model->name);
    for (size_t i = 0; i < index; i++)
        if (columns[i] == column)
            return "is repeated";
    return NULL;
}

void check_unique_keys(struct model_set *set, const struct model *model)
{
    for (size_t i = 0; i < model->unique_key_count; i++) {
        const struct unique_key *key = &model->unique_keys[i];
        for (size_t j = 0; j < key->count; j++) {
            const char *reason = reason_against(set, model, key->columns, j);
            if (reason == NULL)
                continue;
            diagnostic_error(set->diagnostics, key->at, "AR_UNIQUE_KEY: `%s` %s", key->names[j], reason);
            if (key->columns[j] == NULL)
                help_field(set, model, key->names[j]);
        }
    }
}

/* ---- .references ------------------------------------------------------------------------------------------------- */

static const char *all_names(struct model_set *set, const struct relation *relation)
{
    const char *all = "";
    for (size_t i = 0; i < relation->reference_count; i++)
        all = arena_print(set->arena, "%s%s%s", all, i > 0 ? ", " : "", relation->reference_names[i]);
    return all;
}

static bool check_column(struct model_set *set, const struct relation *relation, size_t index)
{
    const struct member *column = relation->referred_key[index];
    const char *reason = reason_against(set, relation->referred, relation->referred_key, index);
    if (reason != NULL) {
        relation_fail(set, relation, "`.references`: `%s` %s", relation->reference_names[index], reason);
        if (column == NULL)
            help_field(set, relation->referred, relation->reference_names[index]);
        return false;
    }
    if (column->unmapped != NULL || member_is(column, GROUP_KEY))
        return column->unmapped == NULL;
    relation_fail(set, relation, "`.references`: `%s` of `%s` is %s (`%s`), to which no foreign key can refer",
                  column->field, relation->referred->name, column_type(column->type)->description, column->spelling);
    diagnostic_help(set->diagnostics,
                    "a foreign key refers to integers, strings, UUIDs, arrays of bytes, dates and times");
    return false;
}

bool check_references(struct model_set *set, const struct relation *relation)
{
    bool correct = true;
    if (relation->referred_key == relation->referred->keys)
        return true;
    for (size_t i = 0; i < relation->referred_count; i++)
        correct = check_column(set, relation, i) && correct;
    if (!correct || model_is_unique(relation->referred, relation->referred_key, relation->referred_count))
        return correct;
    relation_fail(set, relation, "`.references`: (%s) is not unique in `%s`", all_names(set, relation),
                  relation->referred->name);
    const struct member *shard = model_shard_key(relation->referred);
    if (relation->referred_count == 1 && shard != NULL && member_has(relation->referred_key[0], ATTRIBUTE_UNIQUE))
        diagnostic_help(set->diagnostics, "it is unique for one `%s`: write `.references = (%s, %s)`", shard->field,
                        shard->field, relation->reference_names[0]);
    else if (relation->referred_count == 1)
        diagnostic_help(set->diagnostics, "write AR_UNIQUE after `%s` at %s", relation->reference_names[0],
                        model_location(set, relation->referred_key[0]->at));
    else
        diagnostic_help(set->diagnostics, "write AR_UNIQUE_KEY(%s) after the closing brace of `%s`",
                        all_names(set, relation), relation->referred->c_type);
    return false;
}
