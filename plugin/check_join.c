/* Checks of AR_MANY_TO_MANY: the join table, its columns and the inverse. */
#include "check.h"
#include "join_model.h"
#include "name.h"

#include <string.h>

/* Report a join table that is also the table of a struct. Return true if there is none. */
static bool check_table_free(struct model_set *set, const struct relation *relation)
{
    const struct model *model = name_map_find(&set->models_by_table, name_folded(set->arena, relation->join_table));
    if (model == NULL)
        return true;
    relation_fail(set, relation, "the table `%s` has a model, `%s` (%s)", relation->join_table, model->name,
                  model_location(set, model->at));
    diagnostic_help(set->diagnostics,
                    "a join table has no struct: follow the relations of `%s` with AR_HAS_MANY_THROUGH, or give the "
                    "join table another name",
                    model->name);
    return false;
}

/* Report a name that a database keeps for itself or truncates. Return true if there is none. */
static bool check_table_name(struct model_set *set, const struct relation *relation)
{
    if (!check_schema_name(set, relation->at, relation->join_schema))
        return false;
    for (size_t i = 0; i < DIALECT_COUNT; i++) {
        const struct dialect *dialect = dialects[i];
        const char *reserved = dialect->reserved_prefix;
        if (reserved != NULL &&
            strncmp(name_folded(set->arena, relation->join_table), reserved, strlen(reserved)) == 0) {
            relation_fail(set, relation, "names that begin with `%s` are reserved for %s", reserved, dialect->title);
            return false;
        }
        if (dialect->name_max != 0 && strlen(relation->join_table) > dialect->name_max) {
            relation_fail(set, relation, "the join table's name has %zu bytes, but %s truncates names to %zu",
                          strlen(relation->join_table), dialect->title, dialect->name_max);
            return false;
        }
    }
    if (strncmp(name_folded(set->arena, relation->join_table), "armature_", strlen("armature_")) != 0)
        return true;
    relation_fail(set, relation, "names that begin with `armature_` are reserved for Armature");
    return false;
}

/* Check that there is a column of the join table for each one of the model's key. */
static bool check_count(struct model_set *set, const struct relation *relation, const char *which, size_t count,
                        const struct model *referred)
{
    const char *key = "";
    if (count == referred->key_count)
        return true;
    if (referred->key_count == 0) {
        if (referred->is_read_only) /* otherwise it was reported at the model */
            relation_fail(set, relation, "`%s` has no key to which the join table could refer", referred->name);
        return false;
    }
    for (size_t i = 0; i < referred->key_count; i++)
        key = arena_print(set->arena, "%s%s%s", key, i == 0 ? "" : ", ", referred->keys[i]->field);
    relation_fail(set, relation, "the %s key has %zu column%s, but the key of `%s` has %zu", which, count,
                  count == 1 ? "" : "s", referred->name, referred->key_count);
    diagnostic_help(set->diagnostics, "write a column of `%s` for each of (%s), in this order%s", relation->join_table,
                    key, referred->key_count > 1 ? " and in parentheses" : "");
    return false;
}

static bool check_columns_differ(struct model_set *set, const struct relation *relation)
{
    const char *repeated = join_repeated_column(set, relation);
    size_t count = join_column_count(relation);
    if (repeated != NULL) {
        relation_fail(set, relation, "the join table would have the column `%s` twice", repeated);
        diagnostic_help(set->diagnostics, "the own key and the other key are different columns of `%s`",
                        relation->join_table);
        return false;
    }
    if (count <= AR_KEY_COLUMNS_MAX)
        return true;
    relation_fail(set, relation, "the key of the join table has %zu columns; the maximum is %d", count,
                  AR_KEY_COLUMNS_MAX);
    return false;
}

static const char *tuple(struct model_set *set, const char *const *names, size_t count)
{
    const char *text = names[0];
    for (size_t i = 1; i < count; i++)
        text = arena_print(set->arena, "%s, %s", text, names[i]);
    return count == 1 ? text : arena_print(set->arena, "(%s)", text);
}

static const char *full_name(struct model_set *set, const char *schema, const char *table)
{
    return schema != NULL ? arena_print(set->arena, "%s.%s", schema, table) : table;
}

static void fail_declared_differently(struct model_set *set, const struct relation *relation)
{
    const struct model *join = join_table_model(set, relation->join_table);
    const struct relation *own = join->relations[0], *other = join->relations[1];
    const char *name = full_name(set, join->schema, join->table);
    if (strcmp(name, full_name(set, relation->join_schema, relation->join_table)) != 0) {
        relation_fail(set, relation, "the join table is already declared, as `%s` (%s)", name,
                      model_location(set, join->at));
        diagnostic_help(set->diagnostics,
                        "SQLite has no schemas and ignores case: both would be one table there; if they are one table, "
                        "write `%s`",
                        name);
        return;
    }
    relation_fail(set, relation, "the join table `%s` is declared differently (%s)", join->table,
                  model_location(set, join->at));
    diagnostic_help(set->diagnostics, "there, %s refers to `%s` and %s to `%s`; both declarations must agree",
                    tuple(set, own->foreign_key_names, own->foreign_key_count), own->target->name,
                    tuple(set, other->foreign_key_names, other->foreign_key_count), other->target->name);
}

static void check_inverse(struct model_set *set, const struct relation *relation)
{
    if (relation->inverse == relation) {
        relation_fail(set, relation, "the relation is its own inverse");
        diagnostic_help(set->diagnostics,
                        "declare its inverse under another name, with own key and other key exchanged, or omit it");
        return;
    }
    if (!check_inverse_kind(set, relation) || relation->inverse->path == NULL ||
        relation->inverse->path[0] == relation->path[1]->inverse)
        return;
    relation_fail(
        set, relation, "the inverse `%s` of `%s` has %s (%s)", relation->inverse->name, relation->target->name,
        relation->inverse->path[0]->target == relation->path[0]->target ? "the same own key" : "a different join table",
        model_location(set, relation->inverse->at));
    diagnostic_help(set->diagnostics, "write the inverse as AR_MANY_TO_MANY(%s, %s, %s, %s, %s)",
                    relation->inverse->name, relation->join_table,
                    tuple(set, relation->other_key_names, relation->other_key_count),
                    tuple(set, relation->foreign_key_names, relation->foreign_key_count), relation->name);
}

void check_join(struct model_set *set, const struct relation *relation)
{
    if (!check_table_free(set, relation) || !check_table_name(set, relation))
        return;
    bool is_correct = check_count(set, relation, "own", relation->foreign_key_count, relation->owner);
    is_correct = check_count(set, relation, "other", relation->other_key_count, relation->target) && is_correct;
    if (!is_correct || !check_columns_differ(set, relation))
        return;
    if (relation->path != NULL)
        check_inverse(set, relation);
    else if (join_table_model(set, relation->join_table) != NULL)
        fail_declared_differently(set, relation);
}
