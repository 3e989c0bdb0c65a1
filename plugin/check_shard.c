/* Checks of AR_SHARD_KEY and AR_REFERENCE_TABLE: rows of different shards can be on different servers, so that keys,
 * unique indexes and relations of a sharded model contain its shard key. check_column.c checks the field alone. */
#include "check.h"
#include "join_model.h"

#include <string.h>

/* ---- The model --------------------------------------------------------------------------------------------------- */

static bool contains(struct member *const *columns, size_t count, const struct member *column)
{
    for (size_t i = 0; i < count; i++)
        if (columns[i] == column)
            return true;
    return false;
}

static void check_single(struct model_set *set, const struct model *model, const struct member *shard)
{
    for (size_t i = 0; i < model->column_count; i++) {
        const struct member *column = model->columns[i];
        if (column == shard || !member_has(column, ATTRIBUTE_SHARD_KEY))
            continue;
        diagnostic_error(set->diagnostics, column->kind_at[ATTRIBUTE_SHARD_KEY],
                         "AR_SHARD_KEY: `%s` already has a shard key, `%s` at %s", model->name, shard->field,
                         model_location(set, shard->at));
    }
}

static void check_reference_table(struct model_set *set, const struct model *model, const struct member *shard)
{
    if (model->is_view) {
        diagnostic_error(set->diagnostics, model->reference_at, "AR_REFERENCE_TABLE: `%s` is a view", model->name);
        return;
    }
    if (shard == NULL)
        return;
    diagnostic_error(set->diagnostics, model->reference_at, "AR_REFERENCE_TABLE: `%s` has a shard key, `%s` at %s",
                     model->name, shard->field, model_location(set, shard->at));
    diagnostic_help(set->diagnostics, "every server has all rows of a reference table: remove one of the attributes");
}

static void check_key(struct model_set *set, const struct model *model, const struct member *shard)
{
    if (model->key_count == 0 || contains(model->keys, model->key_count, shard))
        return;
    diagnostic_error(set->diagnostics, shard->kind_at[ATTRIBUTE_SHARD_KEY],
                     "AR_SHARD_KEY: the primary key of `%s` does not contain `%s`", model->name, shard->field);
    diagnostic_help(set->diagnostics, "write AR_PRIMARY_KEY after `%s`, and move it before `%s`", shard->field,
                    model->keys[0]->field);
}

static void help_unique(struct model_set *set, const struct member *shard)
{
    diagnostic_help(set->diagnostics, "rows are compared within their shard only: add `%s`, as the first field",
                    shard->field);
}

static bool index_has(const struct table_index *index, const struct member *column)
{
    for (size_t i = 0; i < index->part_count; i++)
        if (index->parts[i].column == column)
            return true;
    return false;
}

/* A column cannot be unique in the table if each shard key has one row. */
static void check_unique_column(struct model_set *set, const struct model *model, const struct member *shard,
                                const struct member *column)
{
    if (!member_has(column, ATTRIBUTE_UNIQUE) || column == shard || model->key_count != 1 || model->keys[0] != shard)
        return;
    diagnostic_error(set->diagnostics, column->kind_at[ATTRIBUTE_UNIQUE],
                     "AR_UNIQUE: `%s` would be unique for each `%s` only, of which `%s` has one row", column->field,
                     shard->field, model->name);
    diagnostic_help(set->diagnostics, "values that are unique in all shards belong into a table with "
                                      "AR_REFERENCE_TABLE");
}

static void check_uniques(struct model_set *set, const struct model *model, const struct member *shard)
{
    for (size_t i = 0; i < model->column_count; i++)
        check_unique_column(set, model, shard, model->columns[i]);
    for (size_t i = 0; i < model->unique_key_count; i++) {
        const struct unique_key *key = &model->unique_keys[i];
        if (contains(key->columns, key->count, shard))
            continue;
        diagnostic_error(set->diagnostics, key->at, "AR_UNIQUE_KEY: it does not contain `%s`, the shard key of `%s`",
                         shard->field, model->name);
        help_unique(set, shard);
    }
    for (size_t i = 0; i < model->own_index_count; i++) {
        const struct table_index *index = &model->own_indexes[i];
        if (!index->is_unique || index_has(index, shard))
            continue;
        diagnostic_error(set->diagnostics, index->at,
                         "AR_INDEX(%s): it is unique, but does not contain `%s`, the shard key of `%s`", index->name,
                         shard->field, model->name);
        help_unique(set, shard);
    }
}

/* Each worker of Citus numbers rows in another range, which needs 64 bits. */
static void note_generated_key(struct model_set *set, const struct model *model)
{
    const struct member *key = model_generated_key(model);
    if (key == NULL || model->is_view || key->size == sizeof(int64_t))
        return;
    diagnostic_note(set->diagnostics, key->at,
                    "the database numbers `%s` of `%s`, which is `%s`: with less than 64 bits, only the coordinator of "
                    "Citus can insert rows, not its workers",
                    key->field, model->name, key->spelling);
    diagnostic_help(set->diagnostics, "make the field an int64_t");
}

/* ---- Relations --------------------------------------------------------------------------------------------------- */

static const char *without_shard_key(const struct model *model)
{
    return model->main->is_reference ? "is a reference table" : "has no shard key";
}

/* The related rows could be in any shard. */
static void fail_unsharded_owner(struct model_set *set, const struct relation *relation, const struct model *unsharded,
                                 const struct model *sharded)
{
    relation_fail(set, relation, "`%s` is sharded by `%s`, but `%s` %s", sharded->name, model_shard_key(sharded)->field,
                  unsharded->name, without_shard_key(unsharded));
    if (unsharded == relation->owner && !unsharded->main->is_reference)
        diagnostic_help(set->diagnostics, "give `%s` the shard key too, or query `%s` by a condition on the column",
                        unsharded->name, sharded->name);
    else if (unsharded == relation->owner)
        diagnostic_help(set->diagnostics,
                        "the rows of `%s` are in all shards: query them by a condition on the column instead",
                        sharded->name);
    else
        diagnostic_help(set->diagnostics, "rows of `%s` cannot refer to sharded ones: give `%s` the shard key too",
                        unsharded->name, unsharded->name);
}

/* Return true if the database enforces the foreign key of the belongs_to. */
static bool is_enforced(const struct relation *relation)
{
    return relation->guard == NULL && !relation->owner->is_view && !relation->target->is_view;
}

/* Check a relation of a sharded model to one that is not. */
static void check_to_unsharded(struct model_set *set, const struct relation *relation)
{
    const struct model *target = relation->target;
    bool refers = relation->kind->owner_has_key || relation->kind->has_join_table;
    if (!refers) {
        fail_unsharded_owner(set, relation, target, relation->owner);
        return;
    }
    if (target->main->is_reference || !is_enforced(relation))
        return;
    relation_fail(set, relation, "`%s` is sharded by `%s`, but `%s` is neither sharded nor a reference table",
                  relation->owner->name, model_shard_key(relation->owner)->field, target->name);
    diagnostic_help(set->diagnostics,
                    "write AR_REFERENCE_TABLE after the closing brace of `%s`, or give it the shard "
                    "key too",
                    target->c_type);
}

static void check_same_type(struct model_set *set, const struct relation *relation, const struct member *own,
                            const struct member *other)
{
    const struct dialect *dialect = dialects[DIALECT_POSTGRESQL];
    if (own->unmapped != NULL || other->unmapped != NULL ||
        strcmp(dialect->column_type(own), dialect->column_type(other)) == 0)
        return;
    relation_fail(set, relation, "the shard keys have different types: `%s` of `%s` is `%s`, `%s` of `%s` is `%s`",
                  own->field, relation->owner->name, own->spelling, other->field, relation->target->name,
                  other->spelling);
    diagnostic_help(set->diagnostics, "give both fields the same type, so that related rows are in the same shard");
}

/* Return the index of the column, or `count`. */
static size_t find_column(struct member *const *columns, size_t count, const struct member *column)
{
    size_t i = 0;
    while (i < count && columns[i] != column)
        i++;
    return i;
}

/* Check that the foreign key of the relation maps shard key to shard key. */
static void check_foreign_shard(struct model_set *set, const struct relation *relation)
{
    const struct member *from = model_shard_key(relation->holder), *to = model_shard_key(relation->referred);
    size_t at = find_column(relation->foreign_key, relation->foreign_key_count, from);
    size_t referred = find_column(relation->referred_key, relation->referred_count, to);
    if (at == referred && at < relation->foreign_key_count)
        return;
    if (at == relation->foreign_key_count)
        relation_fail(set, relation, "the foreign key does not contain `%s`, the shard key of `%s`", from->field,
                      relation->holder->name);
    else if (referred == relation->referred_count)
        relation_fail(set, relation, "the foreign key does not refer to `%s`, the shard key of `%s`", to->field,
                      relation->referred->name);
    else
        relation_fail(set, relation,
                      "the foreign key `%s`, the shard key of `%s`, refers to `%s` of `%s`, not to its "
                      "shard key `%s`",
                      from->field, relation->holder->name, relation->referred_key[at]->field, relation->referred->name,
                      to->field);
    diagnostic_help(set->diagnostics,
                    "related rows are in the same shard: `%s` of `%s` refers to `%s` of `%s`, and other fields to the "
                    "rest of the key",
                    from->field, relation->holder->name, to->field, relation->referred->name);
}

static void check_join_shard(struct model_set *set, const struct relation *relation)
{
    if (join_shard_column(relation) != NULL)
        return;
    relation_fail(set, relation, "`%s` and `%s` are sharded, but their keys in the join table have no common column",
                  relation->owner->name, relation->target->name);
    diagnostic_help(set->diagnostics, "write the column of the shard key in both: (tenant_id, ...), (tenant_id, ...)");
}

/* Return true if the relation is complete enough for these checks. Otherwise, other errors were reported. */
static bool is_resolved(const struct relation *relation)
{
    if (relation->is_broken || relation->target == NULL || relation->kind->follows_path)
        return false;
    if (relation->kind->has_join_table)
        return relation->foreign_key_count == relation->owner->key_count &&
               relation->other_key_count == relation->target->key_count;
    if (relation->foreign_key == NULL || relation->foreign_key_count != relation->referred_count)
        return false;
    for (size_t i = 0; i < relation->foreign_key_count; i++)
        if (relation->foreign_key[i] == NULL || relation->referred_key[i] == NULL)
            return false;
    return true;
}

static void check_relation(struct model_set *set, const struct relation *relation)
{
    if (!is_resolved(relation))
        return;
    const struct member *own = model_shard_key(relation->owner), *other = model_shard_key(relation->target);
    if (own == NULL && other == NULL)
        return;
    if (own == NULL) {
        fail_unsharded_owner(set, relation, relation->owner, relation->target);
        return;
    }
    if (other == NULL) {
        check_to_unsharded(set, relation);
        return;
    }
    if (relation->kind->has_join_table)
        check_join_shard(set, relation);
    else
        check_foreign_shard(set, relation);
    check_same_type(set, relation, own, other);
}

void check_shards(struct model_set *set, const struct model *model)
{
    const struct member *shard = model_shard_key(model);
    if (model->is_reference)
        check_reference_table(set, model, shard);
    if (shard != NULL) {
        check_single(set, model, shard);
        check_key(set, model, shard);
        check_uniques(set, model, shard);
    }
    if (shard != NULL || model->is_reference)
        note_generated_key(set, model);
    for (size_t i = 0; i < model->relation_count; i++)
        check_relation(set, model->relations[i]);
}
