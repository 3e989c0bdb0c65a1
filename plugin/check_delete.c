/* Checks of `.dependent`, `.on_delete`, `.touch` and `.counter`: rules that contradict the columns or each other. */
#include "check.h"
#include "delete_rule.h"
#include "option_delete.h"
#include "suggest.h"

#include <string.h>

__attribute__((format(printf, 3, 4))) static void fail(struct model_set *set, const struct relation *relation,
                                                       const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    const char *message = arena_vprint(set->arena, format, arguments);
    va_end(arguments);
    diagnostic_error(set->diagnostics, relation->at, "%s(%s): %s", relation_macro(relation), relation->name, message);
}

/* Return true if everything is resolved that the checks below need; what is not was reported. */
static bool is_resolved(const struct relation *relation)
{
    if (relation->is_broken || relation->target == NULL || relation->foreign_key == NULL)
        return false;
    for (size_t i = 0; i < relation->foreign_key_count; i++)
        if (relation->foreign_key[i] == NULL || !member_is_mapped(relation->foreign_key[i]))
            return false;
    return true;
}

static const char *location(const struct model_set *set, const struct relation *relation)
{
    return model_location(set, relation->at);
}

/* ---- NULL -------------------------------------------------------------------------------------------------------- */

/* Return the exclusive arc to which the foreign key of the relation belongs, or NULL. */
static const struct relation_union *find_arc(const struct relation *relation)
{
    const struct model *holder = relation->holder;
    for (size_t i = 0; i < holder->union_count; i++)
        for (size_t k = 0; holder->unions[i]->is_exclusive && k < holder->unions[i]->variant_count; k++) {
            const struct relation *variant = holder->unions[i]->variants[k].relation;
            if (variant != NULL && delete_has_same_key(variant, relation))
                return holder->unions[i];
        }
    return NULL;
}

static void check_null(struct model_set *set, const struct relation *relation, const char *option, bool keeps_shard_key)
{
    const struct relation_union *arc = find_arc(relation);
    const struct member *column;
    if (arc != NULL) {
        fail(set, relation, "`%s`: `%s` of `%s` always refers to a row (%s), so that `%s` cannot become NULL", option,
             arc->self.name, relation->holder->name, location(set, &arc->self), relation->foreign_key[0]->field);
        diagnostic_help(set->diagnostics, "delete the rows, for example by `.dependent = destroy`");
        return;
    }
    if (delete_can_nullify(relation, keeps_shard_key, &column))
        return;
    fail(set, relation, "`%s`: the foreign key `%s` of `%s` cannot be NULL", option, column->field,
         relation->holder->name);
    if (member_has(column, ATTRIBUTE_SHARD_KEY))
        diagnostic_help(set->diagnostics,
                        "it is the shard key of `%s`: `.dependent = nullify` of the other side keeps it",
                        relation->holder->name);
    else if (member_has(column, ATTRIBUTE_PRIMARY_KEY))
        diagnostic_help(set->diagnostics, "it is part of the key of `%s`: the rows can only be deleted",
                        relation->holder->name);
    else if (member_has(column, ATTRIBUTE_NOT_NULL))
        diagnostic_help(set->diagnostics, "remove AR_NOT_NULL from `%s`, or delete the rows", column->field);
    else
        diagnostic_help(set->diagnostics, "write AR_NULLABLE after `%s`, or delete the rows", column->field);
}

/* ---- Rules that contradict each other ---------------------------------------------------------------------------- */

/* Return the belongs_to with an action on the same foreign key, or NULL. */
static const struct relation *find_action(const struct relation *relation)
{
    const struct model *holder = relation->holder;
    for (size_t i = 0; i < holder->relation_count; i++)
        if (holder->relations[i]->on_delete != ON_DELETE_UNSET && delete_has_same_key(holder->relations[i], relation))
            return holder->relations[i];
    return NULL;
}

/* Return true if the database does what the runtime does, or what it never gets to do. */
static bool is_consistent(enum ar_dependent dependent, enum on_delete action)
{
    switch (action) {
    case ON_DELETE_CASCADE:
        return dependent == AR_DEPENDENT_DELETE;
    case ON_DELETE_SET_NULL:
        return dependent == AR_DEPENDENT_NULLIFY;
    case ON_DELETE_UNSET:
    case ON_DELETE_RESTRICT:
    case ON_DELETE_NO_ACTION:
        break;
    }
    return true;
}

static void check_against_action(struct model_set *set, const struct relation *relation)
{
    const struct relation *other = find_action(relation);
    if (other == NULL || is_consistent(relation->dependent, other->on_delete))
        return;
    fail(set, relation, "`.dependent = %s` contradicts `.on_delete = %s` of `%s` of `%s` (%s)",
         option_dependent_name(relation->dependent), option_on_delete_name(other->on_delete), other->name,
         other->owner->name, location(set, other));
    diagnostic_help(set->diagnostics, "%s: remove one of the two",
                    other->on_delete == ON_DELETE_CASCADE
                        ? "the database deletes the rows by itself, without the rules of their model"
                        : "the database keeps the rows and sets their foreign key to NULL");
}

/* Rows that are deleted by a time stay, and refer to the row that is to be deleted: the database refuses that. */
static void check_kept_rows(struct model_set *set, const struct relation *relation)
{
    const struct model *owner = relation->owner, *holder = relation->holder;
    if (relation->dependent != AR_DEPENDENT_DESTROY && relation->dependent != AR_DEPENDENT_DELETE)
        return;
    if (model_deleted_at(holder) == NULL || model_deleted_at(owner) != NULL || relation->guard != NULL ||
        delete_action(relation) == ON_DELETE_CASCADE)
        return;
    fail(
        set, relation,
        "`.dependent = %s`: deleted rows of `%s` stay in the database (AR_DELETED_AT), so that no row of `%s` to which "
        "they refer can be deleted",
        option_dependent_name(relation->dependent), holder->name, owner->name);
    diagnostic_help(set->diagnostics, "give `%s` a field with AR_DELETED_AT, too", owner->name);
}

/* Report a second relation of the model over the same foreign key with the same option and another value. */
static void check_repetition(struct model_set *set, const struct model *model, size_t index)
{
    const struct relation *relation = model->relations[index];
    for (size_t i = 0; i < index; i++) {
        const struct relation *other = model->relations[i];
        if (!delete_has_same_key(other, relation))
            continue;
        bool is_scoped = relation->where_sql != NULL || other->where_sql != NULL;
        if (relation->dependent != AR_DEPENDENT_NONE && other->dependent != AR_DEPENDENT_NONE && !is_scoped) {
            fail(set, relation, "`.dependent` is already an option of `%s`, which has the same foreign key (%s)",
                 other->name, location(set, other));
            diagnostic_help(set->diagnostics, "write it once");
        } else if (relation->on_delete != ON_DELETE_UNSET && other->on_delete != ON_DELETE_UNSET &&
                   relation->on_delete != other->on_delete) {
            fail(set, relation, "`%s` has the same foreign key and another `.on_delete` (%s)", other->name,
                 location(set, other));
            diagnostic_help(set->diagnostics, "the database has one action for a foreign key: write it once");
        }
    }
}

/* Return the first hook of the model that a delete calls, or NULL. */
static const struct model_hook *hook_of_delete(const struct model *model)
{
    static const enum attribute_kind kinds[] = {ATTRIBUTE_BEFORE_DELETE, ATTRIBUTE_AFTER_DELETE, ATTRIBUTE_AFTER_COMMIT,
                                                ATTRIBUTE_AFTER_ROLLBACK};
    for (size_t i = 0; i < model->hook_count; i++)
        for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
            if (model->hooks[i].kind->attribute == kinds[k])
                return &model->hooks[i];
    return NULL;
}

static void help_cascade(struct model_set *set, const struct relation *relation)
{
    diagnostic_help(set->diagnostics,
                    "write `.dependent = destroy` at the relation of `%s` that leads here, instead of the cascade",
                    relation->target->name);
}

/* A row that the database deletes by itself is neither counted nor deleted by the rules of its model. */
static void check_cascade(struct model_set *set, const struct relation *relation)
{
    const struct model *model = relation->owner;
    for (size_t i = 0; i < model->relation_count; i++) {
        const struct relation *other = model->relations[i];
        const char *option = other->counter_name != NULL             ? "counter"
                             : other->touches                        ? "touch"
                             : other->dependent != AR_DEPENDENT_NONE ? "dependent"
                                                                     : NULL;
        if (option == NULL || !is_resolved(other) || delete_has_same_key(other, relation))
            continue;
        fail(set, relation,
             "`.on_delete = cascade`: the database would delete rows of `%s` without the `.%s` of `%s` (%s)",
             model->name, option, other->name, location(set, other));
        help_cascade(set, relation);
    }
    const struct model_hook *hook = hook_of_delete(model);
    if (hook == NULL)
        return;
    fail(set, relation, "`.on_delete = cascade`: the database would delete rows of `%s` without %s (%s)", model->name,
         attribute_table[hook->kind->attribute].macro, model_location(set, hook->at));
    help_cascade(set, relation);
}

/* ---- Touch and counter ------------------------------------------------------------------------------------------- */

static void check_touch(struct model_set *set, const struct relation *relation)
{
    const struct model *target = relation->target;
    for (size_t i = 0; i < target->column_count; i++)
        if (member_has(target->columns[i], ATTRIBUTE_UPDATED_AT))
            return;
    fail(set, relation, "`.touch`: `%s` has no field with AR_UPDATED_AT", target->name);
    diagnostic_help(set->diagnostics, "add `time_t updated_at AR_UPDATED_AT;` to `%s`, or remove `.touch`",
                    target->name);
}

static bool can_count(const struct member *column)
{
    return member_is_mapped(column) && member_is(column, GROUP_INTEGER) && !column->is_enum &&
           !member_has(column, ATTRIBUTE_PRIMARY_KEY) && !member_has(column, ATTRIBUTE_VERSION) &&
           !member_has(column, ATTRIBUTE_NULLABLE) && !member_has(column, ATTRIBUTE_NULLABLE_BY);
}

static void fail_missing_counter(struct model_set *set, const struct relation *relation)
{
    const struct model *target = relation->target;
    struct suggestion suggestion = {.wanted = relation->counter_name};
    for (size_t i = 0; i < target->column_count; i++)
        if (can_count(target->columns[i]))
            suggestion_offer(&suggestion, target->columns[i]->field);
    fail(set, relation, "the counter `%s` is not a field of `%s`", relation->counter_name, target->name);
    if (suggestion.name != NULL)
        diagnostic_help(set->diagnostics, "did you mean `%s`?", suggestion.name);
    else
        diagnostic_help(set->diagnostics, "add `int64_t %s AR_DEFAULT(\"0\");` to `%s`, the struct that `%s` leads to",
                        relation->counter_name, target->name, relation->name);
}

/* Return the first relation that leads to the same model and counts in the same column. */
static const struct relation *first_counted(const struct relation *relation)
{
    const struct model *target = relation->target;
    for (size_t i = 0; i < target->referrer_count; i++)
        if (target->referrers[i]->counter == relation->counter)
            return target->referrers[i];
    return relation;
}

static void check_counter(struct model_set *set, const struct relation *relation)
{
    const struct member *counter = relation->counter;
    const struct model *target = relation->target;
    if (counter == NULL) {
        fail_missing_counter(set, relation);
        return;
    }
    if (!can_count(counter)) {
        fail(set, relation, "the counter `%s` of `%s` is `%s`, or is NULL, a key or a version", counter->field,
             target->name, counter->spelling);
        diagnostic_help(set->diagnostics, "a counter is an integer that has no other purpose");
        return;
    }
    const struct relation *first = first_counted(relation);
    if (first == relation)
        return;
    fail(set, relation, "`%s` of `%s` already counts the rows of `%s` (%s)", counter->field, target->name,
         first->owner->name, location(set, first));
    diagnostic_help(set->diagnostics, "give each relation a counter of its own");
}

void check_deletes(struct model_set *set, const struct model *model)
{
    for (size_t i = 0; i < model->relation_count; i++) {
        const struct relation *relation = model->relations[i];
        if (!is_resolved(relation))
            continue;
        if (relation->dependent == AR_DEPENDENT_NULLIFY)
            check_null(set, relation, ".dependent = nullify", true);
        if (relation->on_delete == ON_DELETE_SET_NULL)
            check_null(set, relation, ".on_delete = set_null", false);
        if (relation->dependent != AR_DEPENDENT_NONE)
            check_against_action(set, relation);
        check_kept_rows(set, relation);
        check_repetition(set, model, i);
        if (relation->on_delete == ON_DELETE_CASCADE)
            check_cascade(set, relation);
        if (relation->touches)
            check_touch(set, relation);
        if (relation->counter_name != NULL)
            check_counter(set, relation);
    }
}
