/* The descriptors of relations. */
#include "emit.h"
#include "emit_descriptor.h"
#include "union.h"

#include <inttypes.h>

static void emit_cache(struct text *out, const struct ar_cache_policy *cache)
{
    if (!cache->is_set)
        return;
    if (cache->off) {
        text_add(out, "    .cache = {.is_set = true, .off = true},\n");
        return;
    }
    text_add(out, "    .cache = {.is_set = true, .ttl = ");
    if (cache->ttl == AR_CACHE_FOREVER)
        text_add(out, "AR_CACHE_FOREVER, .max_size = ");
    else
        text_print(out, "%" PRId32 ", .max_size = ", cache->ttl);
    if (cache->max_size == AR_CACHE_UNLIMITED)
        text_add(out, "AR_CACHE_UNLIMITED},\n");
    else
        text_print(out, "%" PRIu32 "},\n", cache->max_size);
}

static void emit_guard(struct text *out, struct arena *arena, const struct relation *relation)
{
    const struct variant *guard = relation->guard;
    if (guard == NULL)
        return;
    text_print(out, "    .guard = &(const struct ar_guard){%u, ", union_type(relation)->index);
    if (guard->type_text != NULL)
        text_add_literal(out, guard->type_text);
    else
        text_add(out, "NULL");
    text_add(out, ", ");
    emit_integer(out, guard->type_number);
    text_add(out, ", ");
    text_add_literal(out, union_type_sql(arena, guard));
    text_add(out, "},\n");
}

static void emit_scope(struct text *out, const struct relation *relation)
{
    for (size_t i = 0; i < relation->where_count; i++) {
        text_add(out, i == 0 ? "    .where = (const char *const[]){" : ", ");
        text_add_literal(out, relation->where[i]);
    }
    text_add(out, relation->where_count > 0 ? ", NULL},\n" : "");
    for (size_t i = 0; i < relation->order_count; i++)
        text_print(out, "%s{.column = &%s_column_table[%u], .descending = %s}",
                   i == 0 ? "    .order = (const struct ar_order[]){" : ", ", relation->target->name,
                   relation->orders[i].column->index, relation->orders[i].descending ? "true" : "false");
    text_add(out, relation->order_count > 0 ? ", {.column = NULL}},\n" : "");
    if (relation->scope_column_count == 0)
        return;
    emit_column_numbers(out, "scope_columns", relation->scope_columns, relation->scope_column_count);
    text_print(out, "    .scope_column_count = %zu,\n", relation->scope_column_count);
}

/* Write what a write or delete of one side does to the other. */
static void emit_writes(struct text *out, const struct relation *relation)
{
    static const char *const dependents[] = {
        [AR_DEPENDENT_DESTROY] = "AR_DEPENDENT_DESTROY",
        [AR_DEPENDENT_DELETE] = "AR_DEPENDENT_DELETE",
        [AR_DEPENDENT_NULLIFY] = "AR_DEPENDENT_NULLIFY",
        [AR_DEPENDENT_RESTRICT] = "AR_DEPENDENT_RESTRICT",
    };
    if (relation->dependent != AR_DEPENDENT_NONE)
        text_print(out, "    .dependent = %s,\n", dependents[relation->dependent]);
    if (relation->touches)
        text_add(out, "    .touches = true,\n");
    if (relation->counter != NULL)
        text_print(out, "    .has_counter = true,\n    .counter = %u,\n", relation->counter->index);
}

static void emit_relation_select(struct text *out, struct arena *arena, const struct relation *relation)
{
    struct text select[DIALECT_COUNT] = {0};
    for (size_t i = 0; i < DIALECT_COUNT; i++)
        dialects[i]->add_select(&select[i], arena, relation);
    emit_sql(out, "select", select);
}

static void emit_foreign_key(struct text *out, const struct relation *relation)
{
    emit_column_numbers(out, "foreign_key", relation->foreign_key, relation->foreign_key_count);
    if (relation->referred_key == relation->referred->keys)
        return;
    emit_column_numbers(out, "referred_key", relation->referred_key, relation->referred_count);
    text_print(out, "    .referred_key_count = %zu,\n", relation->referred_count);
}

static void emit_path(struct text *out, const struct relation *relation)
{
    text_add(out, "    .path =\n        (const struct ar_relation *const[]){\n");
    for (size_t i = 0; i < relation->path_count; i++)
        text_print(out, "            &%s,\n", relation->path[i]->symbol);
    text_print(out, "        },\n    .path_count = %zu,\n", relation->path_count);
    if (relation->is_distinct)
        text_add(out, "    .is_distinct = true,\n");
    if (relation_has_links(relation))
        text_add(out, "    .has_links = true,\n");
}

void emit_relation_descriptor(struct text *out, struct arena *arena, const struct relation *relation,
                              const char *linkage)
{
    text_print(out, "%sconst struct ar_relation %s = {\n", linkage, relation->symbol);
    emit_string_member(out, "    ", "name", relation->name);
    text_print(out,
               "    .owner = &%s_model,\n"
               "    .target = &%s_model,\n",
               relation->owner->name, relation->target->name);
    if (relation->inverse != NULL)
        text_print(out, "    .inverse = &%s,\n", relation->inverse->symbol);
    if (relation_has_path(relation))
        emit_path(out, relation);
    else
        emit_foreign_key(out, relation);
    text_print(out, "    .kind = %s,\n", relation->kind->constant);
    if (relation->load_one)
        text_add(out, "    .load_one = true,\n");
    emit_writes(out, relation);
    emit_cache(out, &relation->cache);
    emit_guard(out, arena, relation);
    emit_scope(out, relation);
    if (!relation_has_path(relation))
        emit_relation_select(out, arena, relation);
    text_add(out, "};\n\n");
}
