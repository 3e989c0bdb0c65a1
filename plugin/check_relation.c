/* Checks of relations: targets, foreign keys and inverses. */
#include "check.h"
#include "suggest.h"

#include <string.h>

void relation_fail(struct model_set *set, const struct relation *relation, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    const char *message = arena_vprint(set->arena, format, arguments);
    va_end(arguments);
    const char *name = relation->variant_of != NULL ? relation->variant_of->self.name : relation->name;
    diagnostic_error(set->diagnostics, relation->at, "%s(%s): %s", relation_macro(relation), name, message);
}

void check_help_rename(struct model_set *set, const struct relation *relation, const char *advice,
                       const char *alternative)
{
    const char *target = relation->kind->follows_path
                             ? ""
                             : arena_print(set->arena, " and keep its target: .target = %s", relation->target_name);
    diagnostic_help(set->diagnostics, "%s%s%s%s", advice, target, alternative[0] != '\0' ? "; or " : "", alternative);
}

static void check_name(struct model_set *set, const struct model *model, size_t index)
{
    const struct relation *relation = model->relations[index];
    for (size_t i = 0; i < index; i++)
        if (strcmp(model->relations[i]->name, relation->name) == 0 &&
            (relation->variant_of == NULL || relation->variant_of != model->relations[i]->variant_of)) {
            relation_fail(set, relation, "`%s` already has a relation `%s`, at %s", model->name, relation->name,
                          model_location(set, model->relations[i]->at));
            check_help_rename(set, relation, "rename one of them", "");
            return;
        }
}

/* ---- The target -------------------------------------------------------------------------------------------------- */

/* Return true if the struct, which is not a model of the set, has this name or table. */
static bool would_be_target(struct model_set *set, const struct model *other, const char *name, bool *has_table)
{
    bool is_it = strcmp(other->name, name) == 0;
    *has_table = false;
    for (size_t i = 0; i < other->attributes.count; i++) {
        struct annotation annotation;
        if (annotation_parse(set->arena, other->attributes.items[i].text, &annotation) != NULL ||
            annotation.kind != ATTRIBUTE_TABLE)
            continue;
        *has_table = true;
        const char *table = annotation.values[0].text;
        is_it = is_it || (table != NULL && strcmp(table, name) == 0);
    }
    return is_it;
}

/* If the target is a struct that is not a model of the set, report that. Return false if there is none. */
static bool explain_struct(struct model_set *set, const struct relation *relation)
{
    for (size_t i = 0; i < set->other_count; i++) {
        const struct model *other = set->others[i];
        bool has_table;
        if (!would_be_target(set, other, relation->target_name, &has_table))
            continue;
        if (has_table) {
            relation_fail(set, relation, "the model `%s` is in %s, which is not one of the given headers",
                          relation->target_name, other->at.file);
            diagnostic_help(set->diagnostics, "relations connect models of the same set: give that header as well");
        } else {
            relation_fail(set, relation, "`%s` is not a model", other->c_type);
            diagnostic_help(set->diagnostics, "write AR_TABLE(name) after the closing brace of `%s` at %s:%u",
                            other->c_type, other->at.file, other->at.line);
        }
        return true;
    }
    return false;
}

/* Return the model that .prefix renamed and whose struct has this tag, or NULL. */
static const struct model *renamed_model(const struct model_set *set, const char *tag)
{
    for (size_t i = 0; i < set->model_count; i++) {
        const struct model *model = set->models[i];
        if (model->has_table && strncmp(model->c_type, "struct ", 7) == 0 && strcmp(model->c_type + 7, tag) == 0)
            return model;
    }
    return NULL;
}

static void help_target(struct model_set *set, const struct relation *relation)
{
    const struct model *renamed = renamed_model(set, relation->target_name);
    struct suggestion suggestion = {.wanted = relation->target_name};
    for (size_t i = 0; i < set->model_count; i++)
        if (set->models[i]->has_table) {
            suggestion_offer(&suggestion, set->models[i]->name);
            suggestion_offer(&suggestion, set->models[i]->table);
        }
    if (renamed != NULL)
        diagnostic_help(set->diagnostics, "`%s` is the model `%s`: write .target = %s", renamed->c_type, renamed->name,
                        renamed->name);
    else if (suggestion.name != NULL && relation->has_target_option)
        diagnostic_help(set->diagnostics, "did you mean `%s`?", suggestion.name);
    else if (suggestion.name != NULL)
        diagnostic_help(set->diagnostics, "did you mean `%s`? To keep the name of the relation, write .target = %s",
                        suggestion.name, suggestion.name);
    else if (!relation->has_target_option)
        diagnostic_help(set->diagnostics,
                        "if the name of the relation is not that of its target, write .target = model");
}

/* Return true if a model may be missing only because clang reported an error in its struct. */
static bool may_be_broken(const struct model_set *set)
{
    for (size_t i = 0; i < set->model_count + set->other_count; i++) {
        const struct model *model = i < set->model_count ? set->models[i] : set->others[i - set->model_count];
        if (model->is_broken && !model->has_table)
            return true;
    }
    return false;
}

bool check_target(struct model_set *set, const struct relation *relation)
{
    if (relation->target != NULL)
        return !relation->target->is_broken;
    if (may_be_broken(set))
        return false;
    for (size_t i = 0; i < set->model_count; i++) /* it was reported at the struct */
        if (!set->models[i]->has_table && strcmp(set->models[i]->name, relation->target_name) == 0)
            return false;
    if (explain_struct(set, relation))
        return false;
    relation_fail(set, relation, "there is no model or table `%s`", relation->target_name);
    help_target(set, relation);
    return false;
}

/* ---- The foreign key --------------------------------------------------------------------------------------------- */

/* char[N] and char * have the same values, and integers of any width are compared as 64-bit ones; all other types
 * differ. */
static bool is_same_type(const struct member *a, const struct member *b)
{
    static const unsigned groups[] = {GROUP_STRING, GROUP_INTEGER};
    bool is_same = a->type == b->type && (a->type != AR_TYPE_BYTES || a->size == b->size);
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++)
        is_same = is_same || (member_is(a, groups[i]) && member_is(b, groups[i]));
    return is_same && (a->precision > 0) == (b->precision > 0) && (a->precision == 0 || a->scale == b->scale);
}

/* Note integers of different ranges. A pair of relations over one foreign key is noted once. */
static void note_ranges(struct model_set *set, const struct relation *relation, const struct member *column,
                        const struct member *key)
{
    const struct column_type *type = column_type(column->type), *referred = column_type(key->type);
    bool is_noted_there = !relation->kind->owner_has_key && relation->inverse != NULL;
    if (!member_is(key, GROUP_INTEGER) || type->type == referred->type || is_noted_there)
        return;
    bool is_narrower = type->minimum > referred->minimum || type->maximum < referred->maximum;
    diagnostic_note(set->diagnostics, relation->at,
                    "%s(%s): the foreign key `%s` of `%s` is %s (`%s`), but the key `%s` of `%s` is %s (`%s`)",
                    relation_macro(relation), relation->name, column->field, relation->holder->name, type->description,
                    column->spelling, key->field, relation->referred->name, referred->description, key->spelling);
    if (is_narrower)
        diagnostic_help(set->diagnostics, "rows whose `%s` does not fit into `%s` cannot be referred to", key->field,
                        column->spelling);
    else
        diagnostic_help(set->diagnostics, "the foreign key can have values that no key has");
}

static bool check_field(struct model_set *set, const struct relation *relation, size_t index)
{
    const struct member *column = relation->foreign_key[index];
    const char *name = relation->foreign_key_names[index];
    const struct model *holder = relation->holder;
    if (column == NULL) {
        struct suggestion suggestion = {.wanted = name};
        for (size_t i = 0; i < holder->column_count; i++)
            suggestion_offer(&suggestion, holder->columns[i]->field);
        for (size_t i = 0; i < holder->union_count && !relation->kind->owner_has_key; i++)
            suggestion_offer(&suggestion, holder->unions[i]->self.name);
        relation_fail(set, relation, "the foreign key `%s` is not a field of `%s`", name, holder->name);
        if (suggestion.name != NULL)
            diagnostic_help(set->diagnostics, "did you mean `%s`?", suggestion.name);
        else
            diagnostic_help(set->diagnostics,
                            "the foreign key of %s is a field of `%s`, the struct whose rows refer to `%s`",
                            relation_macro(relation), holder->name, relation->referred->name);
        return false;
    }
    if (column->role != MEMBER_COLUMN) {
        relation_fail(set, relation, "the foreign key `%s` of `%s` is not a column, because it is %s", name,
                      holder->name, column->role == MEMBER_TRANSIENT ? "AR_TRANSIENT" : "the flag of another field");
        return false;
    }
    for (size_t i = 0; i < index; i++)
        if (relation->foreign_key[i] == column) {
            relation_fail(set, relation, "the foreign key contains `%s` twice", name);
            return false;
        }
    return column->unmapped == NULL;
}

/* Times are compared in the form in which they are stored. */
static bool has_same_form(const struct member *a, const struct member *b)
{
    return a->stored_as == b->stored_as && a->scale == b->scale &&
           member_has(a, ATTRIBUTE_WITHOUT_ZONE) == member_has(b, ATTRIBUTE_WITHOUT_ZONE);
}

static const char *key_spelling(struct model_set *set, const struct member *key)
{
    bool is_decimal = key->precision > 0 && ar_type_is_text(key->type);
    return is_decimal ? arena_print(set->arena, "%s AR_DECIMAL(%u, %u)", key->spelling, key->precision, key->scale)
                      : check_spelling(set, key);
}

static bool check_field_type(struct model_set *set, const struct relation *relation, size_t index)
{
    const struct member *column = relation->foreign_key[index];
    const struct member *key = relation->referred_key[index];
    if (key->unmapped != NULL)
        return true;
    if (is_same_type(column, key) && !has_same_form(column, key)) {
        relation_fail(set, relation,
                      "the foreign key `%s` of `%s` and the key `%s` of `%s` are times in different forms",
                      column->field, relation->holder->name, key->field, relation->referred->name);
        diagnostic_help(set->diagnostics, "give both fields the same AR_STORED_AS and AR_WITHOUT_ZONE");
        return false;
    }
    if (is_same_type(column, key)) {
        note_ranges(set, relation, column, key);
        return true;
    }
    if (column->precision > 0 && key->precision > 0 && column->scale != key->scale) {
        relation_fail(set, relation,
                      "the foreign key `%s` of `%s` has %u digits after the point, but the key `%s` of `%s` has %u",
                      column->field, relation->holder->name, column->scale, key->field, relation->referred->name,
                      key->scale);
        diagnostic_help(set->diagnostics, "give both fields the same AR_DECIMAL");
        return false;
    }
    relation_fail(set, relation, "the foreign key `%s` of `%s` is %s (`%s`), but the key `%s` of `%s` is %s (`%s`)",
                  column->field, relation->holder->name, column_type(column->type)->description,
                  key_spelling(set, column), key->field, relation->referred->name, column_type(key->type)->description,
                  key_spelling(set, key));
    diagnostic_help(set->diagnostics, "give both fields the same type");
    return false;
}

/* Return the fields that the foreign key refers to, separated by commas. */
static const char *referred_names(struct model_set *set, const struct relation *relation)
{
    const char *names = "";
    for (size_t i = 0; i < relation->referred_count; i++)
        names = arena_print(set->arena, "%s%s%s", names, i == 0 ? "" : ", ",
                            relation->reference_count > 0 ? relation->reference_names[i]
                                                          : relation->referred_key[i]->field);
    return names;
}

static void fail_without_key(struct model_set *set, const struct relation *relation)
{
    relation_fail(set, relation, "`%s` has no key to which `%s` could refer", relation->referred->name,
                  relation->foreign_key_names[0]);
    diagnostic_help(set->diagnostics, "write `.references = field`, for a field that is AR_UNIQUE");
}

bool check_foreign_key(struct model_set *set, const struct relation *relation)
{
    size_t key_count = relation->referred_count;
    bool correct = true;
    for (size_t i = 0; i < relation->foreign_key_count; i++)
        correct = check_field(set, relation, i) && correct;
    if (relation->referred->key_count == 0 && relation->reference_count == 0) {
        if (relation->referred->is_read_only) /* otherwise it was reported at the model */
            fail_without_key(set, relation);
        return false;
    }
    if (!check_references(set, relation))
        return false;
    if (relation->foreign_key_count != key_count) {
        const char *key = referred_names(set, relation);
        relation_fail(set, relation, "the foreign key has %zu field%s, but the key of `%s` has %zu",
                      relation->foreign_key_count, relation->foreign_key_count == 1 ? "" : "s",
                      relation->referred->name, key_count);
        diagnostic_help(set->diagnostics, "write a field of `%s` for each of (%s), in this order%s",
                        relation->holder->name, key, key_count > 1 ? " and in parentheses" : "");
        return false;
    }
    for (size_t i = 0; correct && i < key_count; i++)
        correct = check_field_type(set, relation, i);
    return correct;
}

/* ---- The inverse ------------------------------------------------------------------------------------------------- */

static void fail_missing_inverse(struct model_set *set, const struct relation *relation)
{
    const struct model *target = relation->target;
    const struct member *column = model_member(target, relation->inverse_name);
    if (column != NULL)
        relation_fail(set, relation, "the inverse `%s` is a field of `%s`, not a relation", column->field,
                      target->name);
    else
        relation_fail(set, relation, "the inverse `%s` is not a relation of `%s`", relation->inverse_name,
                      target->name);
    struct suggestion suggestion = {.wanted = relation->inverse_name};
    for (size_t i = 0; i < target->relation_count; i++)
        if (target->relations[i]->target == relation->owner)
            suggestion_offer(&suggestion, target->relations[i]->name);
    if (suggestion.name != NULL)
        diagnostic_help(set->diagnostics, "did you mean `%s`?", suggestion.name);
    else
        diagnostic_help(set->diagnostics, "the inverse is the %s of `%s` whose target is `%s`; it is optional",
                        relation_kind_inverses(set->arena, relation->kind), target->name, relation->owner->name);
}

static bool has_same_references(const struct relation *a, const struct relation *b)
{
    for (size_t i = 0; i < a->referred_count; i++)
        if (a->referred_key[i] != b->referred_key[i])
            return false;
    return true;
}

bool check_has_same_key(const struct relation *a, const struct relation *b)
{
    if (a->foreign_key_count != b->foreign_key_count)
        return false;
    for (size_t i = 0; i < a->foreign_key_count; i++) /* home.street and home_street are the same field */
        if (a->foreign_key[i] != b->foreign_key[i])
            return false;
    return true;
}

bool check_inverse_kind(struct model_set *set, const struct relation *relation)
{
    const struct relation *inverse = relation->inverse;
    if (relation->inverse_name == NULL)
        return false;
    if (inverse == NULL) {
        fail_missing_inverse(set, relation);
        return false;
    }
    if (inverse->is_broken || inverse->target == NULL)
        return false;
    const char *location = model_location(set, inverse->at);
    if (inverse->target != relation->owner) {
        relation_fail(set, relation, "the target of the inverse `%s` of `%s` is `%s`, not `%s` (%s)", inverse->name,
                      relation->target->name, inverse->target->name, relation->owner->name, location);
        diagnostic_help(set->diagnostics, "write a relation of `%s` whose target is `%s`, or omit the inverse",
                        relation->target->name, relation->owner->name);
        return false;
    }
    if (relation_kind_fits(relation->kind, inverse->kind))
        return true;
    relation_fail(set, relation, "the inverse `%s` of `%s` is %s; it must be %s (%s)", inverse->name,
                  relation->target->name, relation_macro(inverse), relation_kind_inverses(set->arena, relation->kind),
                  location);
    if (!relation_has_path(relation))
        diagnostic_help(set->diagnostics,
                        "AR_BELONGS_TO is an attribute of the struct with the foreign key, AR_HAS_ONE or "
                        "AR_HAS_MANY of the other");
    return false;
}

static void check_inverse(struct model_set *set, const struct relation *relation)
{
    const struct relation *inverse = relation->inverse;
    if (!check_inverse_kind(set, relation))
        return;
    const char *location = model_location(set, inverse->at);
    if (!check_has_same_key(relation, inverse)) {
        relation_fail(set, relation, "the inverse `%s` of `%s` has a different foreign key (%s)", inverse->name,
                      relation->target->name, location);
        diagnostic_help(set->diagnostics, "a relation and its inverse are the two ends of one foreign key");
    } else if (inverse->referred_count == relation->referred_count && !has_same_references(relation, inverse)) {
        relation_fail(set, relation, "the foreign key of the inverse `%s` of `%s` refers to (%s), not to (%s) (%s)",
                      inverse->name, relation->target->name, referred_names(set, inverse),
                      referred_names(set, relation), location);
        diagnostic_help(set->diagnostics, "write the same `.references` in both");
    }
}

/* Check a relation whose target is known. */
static void check_direct(struct model_set *set, const struct relation *relation)
{
    check_scope(set, relation);
    if (relation->kind->has_join_table)
        check_join(set, relation);
    else if (check_foreign_key(set, relation))
        check_inverse(set, relation);
}

void check_relations(struct model_set *set, const struct model *model)
{
    for (size_t i = 0; i < model->relation_count; i++) {
        const struct relation *relation = model->relations[i];
        check_name(set, model, i);
        /* check_unions checks the relations that a union declares. */
        if (relation->is_broken || relation->variant_of != NULL)
            continue;
        if (relation->kind->follows_path)
            check_path(set, relation);
        else if (check_target(set, relation) && check_via(set, relation))
            check_direct(set, relation);
        check_relation_to_read_only(set, relation);
    }
}
