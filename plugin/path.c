/* Resolves AR_HAS_MANY_THROUGH and AR_HAS_ONE_THROUGH to the relations that they follow. One that is followed itself is
 * replaced by its own path, so that a path consists of relations with a foreign key. */
#include "path.h"
#include "scope.h"

/* Add the pieces of a condition to another one, with AND between them. */
static void join_conditions(struct model_set *set, struct relation *relation, const struct relation *other)
{
    const char **where = NULL;
    size_t count = 0, last = relation->where_count - 1, other_last = other->where_count - 1;
    for (size_t i = 0; i < relation->where_count; i++)
        list_add(set->arena, where, count) =
            arena_print(set->arena, "%s%s%s%s%s", i == 0 ? "(" : "", relation->where[i], i == last ? ") AND (" : "",
                        i == last ? other->where[0] : "", i == last && other_last == 0 ? ")" : "");
    for (size_t i = 1; i < other->where_count; i++)
        list_add(set->arena, where, count) =
            arena_print(set->arena, "%s%s", other->where[i], i == other_last ? ")" : "");
    relation->where = where;
    relation->where_count = count;
}

/* Return the last relation on the path of another one, which has a condition of its own: a copy with both conditions.
 */
static struct relation *scoped_end(struct model_set *set, struct relation *hop)
{
    const struct relation *last = hop->path[hop->path_count - 1];
    if (hop->path_end != NULL)
        return hop->path_end;
    struct relation *end = arena_take(set->arena, sizeof *end);
    *end = *last;
    end->inverse = NULL;
    end->symbol = arena_print(set->arena, "armature_%s_%s_end", hop->owner->name, hop->name);
    end->scope_columns = NULL;
    end->scope_column_count = 0;
    for (size_t i = 0; i < last->scope_column_count; i++)
        list_add(set->arena, end->scope_columns, end->scope_column_count) = last->scope_columns[i];
    for (size_t i = 0; i < hop->scope_column_count; i++)
        list_add(set->arena, end->scope_columns, end->scope_column_count) = hop->scope_columns[i];
    if (end->where_count > 0) {
        join_conditions(set, end, hop);
    } else {
        end->where = hop->where;
        end->where_count = hop->where_count;
    }
    return hop->path_end = end;
}

static void append(struct model_set *set, struct relation *relation, struct relation *hop)
{
    if (!relation_has_path(hop)) {
        list_add(set->arena, relation->path, relation->path_count) = hop;
        return;
    }
    for (size_t i = 0; hop->path != NULL && i < hop->path_count; i++) {
        bool is_scoped = i + 1 == hop->path_count && hop->where_count > 0;
        list_add(set->arena, relation->path, relation->path_count) = is_scoped ? scoped_end(set, hop) : hop->path[i];
    }
}

static void resolve(struct model_set *set, struct relation *relation);

/* Return the state of a path that follows this relation; PATH_IN_PROGRESS if it can go on. */
static enum path_state follow(struct model_set *set, struct relation *relation, struct relation *hop)
{
    if (hop == NULL)
        return PATH_UNKNOWN;
    if (hop->kind->follows_path)
        resolve(set, hop);
    if (hop->path_state == PATH_IN_PROGRESS)
        return PATH_CIRCULAR;
    if (hop->is_broken || hop->target == NULL || (relation_has_path(hop) && hop->path == NULL))
        return PATH_BROKEN;
    append(set, relation, hop);
    return PATH_IN_PROGRESS;
}

static void resolve(struct model_set *set, struct relation *relation)
{
    struct model *model = relation->owner;
    if (relation->path_state != PATH_UNRESOLVED)
        return;
    relation->path_state = PATH_IN_PROGRESS;
    for (size_t i = 0; i < relation->path_name_count; i++) {
        struct relation *hop = model_relation(model, relation->path_names[i]);
        enum path_state state = follow(set, relation, hop);
        if (state != PATH_IN_PROGRESS) {
            relation->path_state = state;
            relation->path_error = i;
            relation->path_model = model;
            relation->path = NULL;
            return;
        }
        model = hop->target;
    }
    relation->path_state = PATH_RESOLVED;
    relation->target = model;
    relation->target_name = model->name;
    scope_resolve(set, relation);
    path_add_referrers(set, relation);
}

void path_add_referrers(struct model_set *set, struct relation *relation)
{
    for (size_t i = 0; i < relation->path_count; i++) {
        struct model *model = relation->path[i]->target;
        size_t first = 0;
        while (relation->path[first]->target != model)
            first++;
        if (first == i)
            list_add(set->arena, model->referrers, model->referrer_count) = relation;
    }
}

void path_resolve_all(struct model_set *set)
{
    for (size_t i = 0; i < set->model_count; i++)
        for (size_t j = 0; j < set->models[i]->relation_count; j++) {
            struct relation *relation = set->models[i]->relations[j];
            if (relation->kind->follows_path && !relation->is_broken)
                resolve(set, relation);
        }
}
