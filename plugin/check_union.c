/* Checks of unions: the type column and `.types` of AR_BELONGS_TO_ANY, the relations of AR_BELONGS_TO_ONE_OF, and
 * relations of the other side. */
#include "check.h"
#include "emit.h"
#include "suggest.h"
#include "union.h"

#include <inttypes.h>
#include <string.h>

/* Return the names of all variants, separated by commas. */
static const char *variant_names(struct model_set *set, const struct relation_union *each)
{
    const char *names = "";
    for (size_t i = 0; i < each->variant_count; i++)
        names = arena_print(set->arena, "%s%s%s", names, i > 0 ? ", " : "", each->variants[i].name);
    return names;
}

static bool check_variant_name(struct model_set *set, const struct relation_union *each, size_t index)
{
    const char *name = each->variants[index].name;
    if (strcmp(name, "kind") == 0 || strcmp(name, "none") == 0 || emit_is_keyword(name)) {
        relation_fail(set, &each->self, "`%s` is reserved in the generated union", name);
        diagnostic_help(set->diagnostics, "rename the %s", each->is_exclusive ? "relation" : "model");
        return false;
    }
    if (union_variant(each, name) == &each->variants[index])
        return true;
    relation_fail(set, &each->self, "`%s` is repeated", name);
    return false;
}

/* ---- AR_BELONGS_TO_ANY ------------------------------------------------------------------------------------------- */

static bool check_type_column(struct model_set *set, const struct relation_union *each)
{
    const struct model *owner = each->self.owner;
    struct suggestion suggestion = {.wanted = each->type_name};
    if (each->type == NULL) {
        for (size_t i = 0; i < owner->column_count; i++)
            suggestion_offer(&suggestion, owner->columns[i]->field);
        relation_fail(set, &each->self, "the type `%s` is not a field of `%s`", each->type_name, owner->name);
        if (suggestion.name != NULL)
            diagnostic_help(set->diagnostics, "did you mean `%s`?", suggestion.name);
        return false;
    }
    if (each->type->role != MEMBER_COLUMN) {
        relation_fail(set, &each->self, "the type `%s` of `%s` is not a column", each->type_name, owner->name);
        return false;
    }
    if (each->type->unmapped != NULL || ar_type_is_integer(each->type->type) || member_is(each->type, GROUP_STRING))
        return each->type->unmapped == NULL;
    relation_fail(set, &each->self, "the type `%s` is %s (`%s`)", each->type_name,
                  column_type(each->type->type)->description, each->type->spelling);
    diagnostic_help(set->diagnostics, "it must be a string, or an integer with `.types = (%s = 1, ...)`",
                    each->variants[0].name);
    return false;
}

static bool fail_type(struct model_set *set, const struct relation_union *each, const struct variant *variant)
{
    const struct member *type = each->type;
    if (ar_type_is_integer(type->type) && !variant->has_type)
        relation_fail(set, &each->self, "the type `%s` is an integer, but `.types` has none for `%s`", type->field,
                      variant->name);
    else if (ar_type_is_integer(type->type))
        relation_fail(set, &each->self, "the type of `%s` does not fit `%s` (`%s`)", variant->name, type->field,
                      type->spelling);
    else
        relation_fail(set, &each->self, "the type of `%s` is not a string that fits `%s` (`%s`)", variant->name,
                      type->field, type->spelling);
    diagnostic_help(set->diagnostics,
                    ar_type_is_integer(type->type) ? "write a different number for each model: .types = (%s = 1, ...)"
                                                   : "write strings in quotes: .types = (%s = \"a\", ...)",
                    each->variants[0].name);
    return false;
}

/* Return true if the type column can contain the type of the variant. */
static bool type_fits(const struct member *type, const struct variant *variant)
{
    const struct column_type *integer = column_type(type->type);
    if (!ar_type_is_integer(type->type))
        return variant->type_text != NULL && variant->type_text[0] != '\0' &&
               (type->type != AR_TYPE_CHARS || strlen(variant->type_text) < type->size);
    return variant->has_type && variant->type_text == NULL && variant->type_number >= integer->minimum &&
           variant->type_number <= integer->maximum &&
           (variant->type_number != 0 || !member_has(type, ATTRIBUTE_NULLABLE));
}

/* Both types fit the column: they are strings, or numbers. */
static bool is_same_type(const struct variant *a, const struct variant *b)
{
    return b->type_text != NULL ? strcmp(a->type_text, b->type_text) == 0 : a->type_number == b->type_number;
}

static bool check_type(struct model_set *set, const struct relation_union *each, size_t index)
{
    const struct variant *variant = &each->variants[index];
    if (!type_fits(each->type, variant))
        return fail_type(set, each, variant);
    for (size_t i = 0; i < index; i++)
        if (is_same_type(&each->variants[i], variant)) {
            relation_fail(set, &each->self, "`%s` and `%s` have the same type", each->variants[i].name, variant->name);
            return false;
        }
    return true;
}

/* Check that `.types` gives values to models of the union, each once. */
static bool check_types(struct model_set *set, const struct relation_union *each)
{
    const struct annotation_value *types = each->self.types;
    if (types != NULL && types->kind != VALUE_TUPLE) {
        relation_fail(set, &each->self, "`.types` is not a list of models with their types");
        diagnostic_help(set->diagnostics, "write it as .types = (%s = 1, ...)", each->variants[0].name);
        return false;
    }
    for (size_t i = 0; types != NULL && i < types->item_count; i++) {
        const struct annotation_value *item = &types->items[i];
        struct suggestion suggestion = {.wanted = item->text};
        size_t known = 0;
        for (size_t j = 0; j < each->variant_count; j++) {
            known += strcmp(each->variants[j].name, item->text) == 0;
            suggestion_offer(&suggestion, each->variants[j].name);
        }
        for (size_t j = 0; j < i; j++)
            known += strcmp(types->items[j].text, item->text) == 0;
        if (known == 1 && item->assigned != NULL)
            continue;
        relation_fail(set, &each->self, "`.types`: `%s` %s", item->text,
                      known == 0   ? "is not a model of the union"
                      : known == 1 ? "has no value"
                                   : "is repeated");
        if (known == 0 && suggestion.name != NULL)
            diagnostic_help(set->diagnostics, "did you mean `%s`?", suggestion.name);
        return false;
    }
    return true;
}

static void check_any(struct model_set *set, const struct relation_union *each)
{
    bool correct = check_type_column(set, each) && check_types(set, each);
    for (size_t i = 0; i < each->variant_count && correct; i++)
        correct = check_variant_name(set, each, i) && check_type(set, each, i);
    for (size_t i = 0; i < each->variant_count && correct; i++)
        correct = check_target(set, each->variants[i].relation) && check_foreign_key(set, each->variants[i].relation);
}

/* ---- AR_BELONGS_TO_ONE_OF ---------------------------------------------------------------------------------------- */

static bool check_relation(struct model_set *set, const struct relation_union *each, size_t index)
{
    const struct relation *relation = each->variants[index].relation;
    const struct model *owner = each->self.owner;
    struct suggestion suggestion = {.wanted = each->variants[index].name};
    if (relation != NULL && relation->kind->owner_has_key && relation->guard == NULL)
        return !relation->is_broken && relation->target != NULL;
    for (size_t i = 0; i < owner->relation_count; i++)
        if (owner->relations[i]->kind->owner_has_key && owner->relations[i]->guard == NULL)
            suggestion_offer(&suggestion, owner->relations[i]->name);
    relation_fail(set, &each->self, "`%s` is not an AR_BELONGS_TO of `%s`", suggestion.wanted, owner->name);
    if (suggestion.name != NULL)
        diagnostic_help(set->diagnostics, "did you mean `%s`?", suggestion.name);
    else
        diagnostic_help(set->diagnostics, "declare AR_BELONGS_TO(%s, %s_id) first", suggestion.wanted,
                        suggestion.wanted);
    return false;
}

static bool check_is_nullable(struct model_set *set, const struct relation_union *each, const struct relation *relation)
{
    for (size_t i = 0; i < relation->foreign_key_count; i++)
        if (relation->foreign_key[i] == NULL || relation->foreign_key[i]->role != MEMBER_COLUMN ||
            member_is_nullable(relation->foreign_key[i]))
            return true; /* or it was reported at the relation */
    relation_fail(set, &each->self, "the foreign key `%s` of `%s` cannot be null", relation->foreign_key_names[0],
                  relation->name);
    diagnostic_help(set->diagnostics, "write AR_NULLABLE after the field");
    return false;
}

static bool has_same_foreign_key(const struct relation *a, const struct relation *b)
{
    for (size_t i = 0; i < a->foreign_key_count && a->foreign_key_count == b->foreign_key_count; i++)
        if (a->foreign_key[i] != b->foreign_key[i])
            return false;
    return a->foreign_key_count == b->foreign_key_count;
}

static void check_one_of(struct model_set *set, const struct relation_union *each)
{
    for (size_t i = 0; i < each->variant_count; i++) {
        const struct relation *relation = each->variants[i].relation;
        if (!check_variant_name(set, each, i) || !check_relation(set, each, i) ||
            !check_is_nullable(set, each, relation))
            return;
        for (size_t j = 0; j < i; j++)
            if (has_same_foreign_key(each->variants[j].relation, relation)) {
                relation_fail(set, &each->self, "`%s` and `%s` have the same foreign key", each->variants[j].name,
                              relation->name);
                return;
            }
    }
}

void check_unions(struct model_set *set, const struct model *model)
{
    for (size_t i = 0; i < model->union_count; i++) {
        const struct relation_union *each = model->unions[i];
        if (each->self.is_broken)
            continue;
        if (each->is_exclusive)
            check_one_of(set, each);
        else
            check_any(set, each);
    }
}

/* ---- The other side ---------------------------------------------------------------------------------------------- */

bool check_via(struct model_set *set, const struct relation *relation)
{
    size_t count = 0;
    if (relation->via == NULL)
        return true;
    for (size_t i = 0; i < relation->via->variant_count; i++) {
        const struct relation *variant = relation->via->variants[i].relation;
        count += variant != NULL && variant->target == relation->owner;
    }
    if (count == 1)
        return !relation->via->self.is_broken && (relation->via->is_exclusive || relation->via->type != NULL);
    if (count == 0)
        relation_fail(set, relation, "`%s` of `%s` does not lead to `%s`", relation->via->self.name,
                      relation->target->name, relation->owner->name);
    else
        relation_fail(set, relation, "several relations of `%s` of `%s` lead to `%s`", relation->via->self.name,
                      relation->target->name, relation->owner->name);
    if (count == 0)
        diagnostic_help(set->diagnostics, "it leads to: %s", variant_names(set, relation->via));
    else
        diagnostic_help(set->diagnostics, "write the foreign key of one of them");
    return false;
}
