/* Names, types and SQL of unions. */
#include "union.h"
#include "reading.h"
#include "sql.h"

#include <inttypes.h>
#include <string.h>

/* ---- Resolving --------------------------------------------------------------------------------------------------- */

static void resolve_type(const struct model_set *set, const struct relation_union *each, struct variant *variant)
{
    const struct model *target = model_find(set, variant->name);
    for (size_t i = 0; each->self.types != NULL && i < each->self.types->item_count; i++) {
        const struct annotation_value *item = &each->self.types->items[i];
        if (item->assigned == NULL || strcmp(item->text, variant->name) != 0)
            continue;
        variant->has_type = true;
        variant->type_text = item->assigned->kind == VALUE_STRING ? item->assigned->text : NULL;
        (void)reading_integer(item->assigned, &variant->type_number);
    }
    if (!variant->has_type)
        variant->type_text = target != NULL ? target->name : variant->name;
}

void union_resolve(struct model_set *set, struct relation_union *each)
{
    if (each->type_name != NULL)
        each->type = model_member(each->self.owner, each->type_name);
    for (size_t i = 0; i < each->variant_count; i++) {
        struct variant *variant = &each->variants[i];
        if (each->is_exclusive)
            variant->relation = model_relation(each->self.owner, variant->name);
        else
            resolve_type(set, each, variant);
    }
}

void union_follow(const struct model_set *set, struct relation *relation)
{
    const struct relation *found = NULL;
    size_t count = 0;
    if (relation->kind->owner_has_key || relation->kind->has_join_table || relation->foreign_key_count != 1 ||
        model_member(relation->target, relation->foreign_key_names[0]) != NULL)
        return;
    relation->via = model_union(relation->target, relation->foreign_key_names[0]);
    for (size_t i = 0; relation->via != NULL && i < relation->via->variant_count; i++) {
        const struct relation *variant = relation->via->variants[i].relation;
        if (variant == NULL || model_find(set, variant->target_name) != relation->owner)
            continue;
        found = variant;
        count++;
    }
    if (count != 1)
        return;
    if (relation->inverse_name == NULL || strcmp(relation->inverse_name, relation->via->self.name) == 0)
        relation->inverse_name = found->name;
    relation->foreign_key_names = found->foreign_key_names;
    relation->foreign_key_count = found->foreign_key_count;
    if (relation->reference_count == 0) {
        relation->reference_names = found->reference_names;
        relation->reference_count = found->reference_count;
    }
    relation->guard = found->guard;
}

const struct variant *union_variant(const struct relation_union *each, const char *name)
{
    for (size_t i = 0; i < each->variant_count; i++)
        if (strcmp(each->variants[i].name, name) == 0)
            return &each->variants[i];
    return NULL;
}

/* ---- Types ------------------------------------------------------------------------------------------------------- */

struct member *union_type(const struct relation *relation)
{
    return relation->variant_of != NULL ? relation->variant_of->type : relation->via->type;
}

const char *union_type_sql(struct arena *arena, const struct variant *variant)
{
    if (variant->type_text != NULL)
        return sql_string(arena, variant->type_text);
    return arena_print(arena, "%" PRId64, variant->type_number);
}

/* ---- The CHECK --------------------------------------------------------------------------------------------------- */

/* Add that the nullable columns of the foreign key are not null, or that one of them is. */
static void add_variant(struct text *sql, const struct relation *variant, bool is_set)
{
    const char *separator = "";
    size_t count = 0;
    for (size_t i = 0; i < variant->foreign_key_count; i++)
        count += member_is_nullable(variant->foreign_key[i]);
    text_add(sql, count > 1 && !is_set ? "(" : "");
    for (size_t i = 0; i < variant->foreign_key_count; i++) {
        if (!member_is_nullable(variant->foreign_key[i]))
            continue;
        text_print(sql, "%s%s IS %sNULL", separator, variant->foreign_key[i]->sql, is_set ? "NOT " : "");
        separator = is_set ? " AND " : " OR ";
    }
    text_add(sql, count > 1 && !is_set ? ")" : "");
}

void union_add_check(struct text *sql, const struct relation_union *each)
{
    for (size_t i = 0; i < each->variant_count; i++) {
        text_add(sql, i > 0 ? " OR (" : "(");
        for (size_t j = 0; j < each->variant_count; j++) {
            text_add(sql, j > 0 ? " AND " : "");
            add_variant(sql, each->variants[j].relation, j == i);
        }
        text_add(sql, ")");
    }
}
