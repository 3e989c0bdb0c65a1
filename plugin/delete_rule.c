/* What happens to other rows when a row is deleted. */
#include "delete_rule.h"

#include <string.h>

/* Return true if the columns are the same, in the same order. There are none if a model has no key. */
static bool is_same(struct member *const *a, size_t a_count, struct member *const *b, size_t b_count)
{
    return a_count == b_count && (a_count == 0 || memcmp(a, b, a_count * sizeof *a) == 0);
}

bool delete_has_same_key(const struct relation *a, const struct relation *b)
{
    return a->foreign_key != NULL && b->foreign_key != NULL && a->holder == b->holder && a->referred == b->referred &&
           is_same(a->foreign_key, a->foreign_key_count, b->foreign_key, b->foreign_key_count) &&
           is_same(a->referred_key, a->referred_count, b->referred_key, b->referred_count);
}

enum on_delete delete_action(const struct relation *relation)
{
    const struct model *holder = relation->holder;
    for (size_t i = 0; i < holder->relation_count; i++)
        if (holder->relations[i]->on_delete != ON_DELETE_UNSET && delete_has_same_key(holder->relations[i], relation))
            return holder->relations[i]->on_delete;
    return ON_DELETE_UNSET;
}

static bool can_be_null(const struct member *column)
{
    if (member_has(column, ATTRIBUTE_PRIMARY_KEY) || member_has(column, ATTRIBUTE_NOT_NULL))
        return false;
    return column_type(column->type)->has_own_null || member_has(column, ATTRIBUTE_NULLABLE) ||
           member_has(column, ATTRIBUTE_NULLABLE_BY);
}

bool delete_can_nullify(const struct relation *relation, bool keeps_shard_key, const struct member **column)
{
    for (size_t i = 0; i < relation->foreign_key_count; i++) {
        const struct member *each = relation->foreign_key[i];
        bool is_kept = keeps_shard_key && member_has(each, ATTRIBUTE_SHARD_KEY) && relation->foreign_key_count > 1;
        if (!is_kept && !can_be_null(each)) {
            *column = each;
            return false;
        }
    }
    return true;
}

/* Add the model. Return false if the list already contains it. */
static bool add_model(struct arena *arena, struct model ***models, size_t *count, struct model *model)
{
    for (size_t i = 0; i < *count; i++)
        if ((*models)[i] == model)
            return false;
    list_add(arena, *models, *count) = model;
    return true;
}

static void add_cascaded(struct arena *arena, const struct model *model, struct model ***models, size_t *count)
{
    for (size_t i = 0; i < model->referrer_count; i++) {
        const struct relation *relation = model->referrers[i];
        if (relation->on_delete != ON_DELETE_CASCADE && relation->on_delete != ON_DELETE_SET_NULL)
            continue;
        bool is_new = add_model(arena, models, count, relation->owner);
        if (is_new && relation->on_delete == ON_DELETE_CASCADE)
            add_cascaded(arena, relation->owner, models, count);
    }
}

struct model **delete_cascaded(struct arena *arena, const struct model *model, size_t *count)
{
    struct model **models = NULL;
    *count = 0;
    add_cascaded(arena, model, &models, count);
    return models;
}
