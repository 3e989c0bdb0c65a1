/* Checks of relations that follow others: AR_HAS_MANY_THROUGH and AR_HAS_ONE_THROUGH. */
#include "check.h"
#include "suggest.h"

#include <string.h>

/* Report a union to follow. */
static void fail_union(struct model_set *set, const struct relation *relation, const struct relation_union *each)
{
    const char *all = "";
    for (size_t i = 0; i < each->variant_count; i++)
        if (each->variants[i].relation != NULL)
            all =
                arena_print(set->arena, "%s%s`%s`", all, all[0] == '\0' ? "" : ", ", each->variants[i].relation->name);
    relation_fail(set, relation, "`%s` of `%s` leads to one of several models (%s)", each->self.name,
                  each->self.owner->name, model_location(set, each->self.at));
    diagnostic_help(set->diagnostics, "follow its relation to one of them: %s", all);
}

/* Report a relation to follow that the model reached so far does not have. */
static void fail_unknown(struct model_set *set, const struct relation *relation)
{
    const struct model *model = relation->path_model;
    const char *name = relation->path_names[relation->path_error];
    const struct member *field = model_member(model, name);
    struct suggestion suggestion = {.wanted = name};
    const char *all = "";
    for (size_t i = 0; i < model->relation_count; i++) {
        const struct relation *known = model->relations[i];
        if (known == relation)
            continue;
        suggestion_offer(&suggestion, known->name);
        all = arena_print(set->arena, "%s%s`%s`", all, all[0] == '\0' ? "" : ", ", known->name);
    }
    relation_fail(set, relation, "`%s` is %s `%s`%s", name, field != NULL ? "a field of" : "not a relation of",
                  model->name, field != NULL ? ", not a relation" : "");
    if (suggestion.name != NULL)
        diagnostic_help(set->diagnostics, "did you mean `%s`?", suggestion.name);
    else if (all[0] != '\0')
        diagnostic_help(set->diagnostics, "the relations of `%s` are %s", model->name, all);
    else
        diagnostic_help(set->diagnostics,
                        "`%s` has no %srelations: each relation to follow is declared by the model "
                        "that the one before leads to",
                        model->name, model == relation->owner ? "other " : "");
}

static void fail_name(struct model_set *set, const struct relation *relation)
{
    const struct relation_union *each = model_union(relation->path_model, relation->path_names[relation->path_error]);
    if (each != NULL)
        fail_union(set, relation, each);
    else
        fail_unknown(set, relation);
}

static void fail_circular(struct model_set *set, const struct relation *relation)
{
    const char *name = relation->path_names[relation->path_error];
    const struct relation *hop = model_relation(relation->path_model, name);
    if (hop == relation)
        relation_fail(set, relation, "the relation follows itself");
    else
        relation_fail(set, relation, "`%s` of `%s` follows this relation (%s)", name, hop->owner->name,
                      model_location(set, hop->at));
    diagnostic_help(set->diagnostics, "a path must end in relations with a foreign key");
}

/* The duplicates that a list leaves out would be in a list that follows it. */
static void check_distinct(struct model_set *set, const struct relation *relation)
{
    const struct model *model = relation->owner;
    if (relation->is_distinct || !relation->kind->is_list)
        return;
    for (size_t i = 0; i < relation->path_name_count; i++) {
        const struct relation *hop = model_relation(model, relation->path_names[i]);
        if (hop->is_distinct) {
            relation_fail(set, relation, "`%s` of `%s` is distinct, but a relation that follows it is not (%s)",
                          hop->name, model->name, model_location(set, hop->at));
            diagnostic_help(set->diagnostics, "write `.distinct = true` here, too");
            return;
        }
        model = hop->target;
    }
}

/* Return true if they are the two ends of one foreign key. `b` leads to the model that `a` begins at. */
static bool are_ends(const struct relation *a, const struct relation *b)
{
    return a->target == b->owner && a->holder == b->holder && check_has_same_key(a, b);
}

static void check_inverse(struct model_set *set, const struct relation *relation)
{
    if (!check_inverse_kind(set, relation))
        return;
    const struct relation *inverse = relation->inverse;
    bool is_reverse = inverse->path_count == relation->path_count;
    for (size_t i = 0; is_reverse && i < relation->path_count; i++)
        is_reverse = are_ends(relation->path[i], inverse->path[inverse->path_count - 1 - i]);
    if (is_reverse)
        return;
    relation_fail(set, relation, "the inverse `%s` of `%s` follows other relations (%s)", inverse->name,
                  relation->target->name, model_location(set, inverse->at));
    diagnostic_help(set->diagnostics, "a relation and its inverse follow the same foreign keys, in opposite order");
}

static void check_resolved(struct model_set *set, const struct relation *relation)
{
    if (relation->path_count > AR_PATH_MAX) {
        relation_fail(set, relation, "the path leads through %zu models; the maximum is %d", relation->path_count,
                      AR_PATH_MAX);
        return;
    }
    check_scope(set, relation);
    check_distinct(set, relation);
    check_inverse(set, relation);
}

void check_path(struct model_set *set, const struct relation *relation)
{
    switch (relation->path_state) {
    case PATH_UNKNOWN:
        fail_name(set, relation);
        break;
    case PATH_CIRCULAR:
        fail_circular(set, relation);
        break;
    case PATH_RESOLVED:
        check_resolved(set, relation);
        break;
    case PATH_UNRESOLVED:
    case PATH_IN_PROGRESS:
    case PATH_BROKEN: /* it was reported at the relation to follow */
        break;
    }
}
