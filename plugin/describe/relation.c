/* Describes relations: their targets, keys or paths, and options. */
#include "part.h"

#include "option_delete.h"

static void add_foreign_key(struct json *json, const struct relation *relation)
{
    if (relation_has_path(relation)) {
        json_add_text(json, "foreign_key", NULL);
        return;
    }
    json_open_object(json, "foreign_key", JSON_LINE);
    json_add_text(json, "model", describe_model_name(relation->holder));
    describe_columns(json, "columns", relation->foreign_key, relation->foreign_key_count);
    json_add_text(json, "referred_model", describe_model_name(relation->referred));
    describe_columns(json, "referred_columns", relation->referred_key, relation->referred_count);
    json_close_object(json);
}

/* The relations that a through relation follows, or the join table. */
static void add_path(struct json *json, const struct relation *relation)
{
    json_open_array(json, "path", JSON_LINE);
    for (size_t i = 0; relation->kind->follows_path && i < relation->path_name_count; i++)
        json_add_text(json, NULL, relation->path_names[i]);
    json_close_array(json);
    if (relation->kind->has_join_table) {
        json_open_object(json, "join", JSON_LINE);
        json_add_text(json, "schema", relation->join_schema);
        json_add_text(json, "table", relation->join_table);
        json_open_array(json, "own_columns", JSON_LINE);
        for (size_t i = 0; i < relation->foreign_key_count; i++)
            json_add_text(json, NULL, relation->foreign_key_names[i]);
        json_close_array(json);
        json_open_array(json, "other_columns", JSON_LINE);
        for (size_t i = 0; i < relation->other_key_count; i++)
            json_add_text(json, NULL, relation->other_key_names[i]);
        json_close_array(json);
        json_close_object(json);
    }
}

static void add_cache(struct json *json, const struct ar_cache_policy *cache)
{
    json_open_object(json, "cache", JSON_LINE);
    json_add_bool(json, "off", cache->off);
    if (!cache->off && cache->ttl != AR_CACHE_FOREVER)
        json_add_integer(json, "ttl", cache->ttl);
    if (!cache->off && cache->max_size != AR_CACHE_UNLIMITED)
        json_add_integer(json, "max_size", cache->max_size);
    json_close_object(json);
}

/* A number in an integer column, otherwise a string. */
static void add_type(struct json *json, const struct variant *variant)
{
    if (variant->type_text != NULL)
        json_add_text(json, "type", variant->type_text);
    else
        json_add_integer(json, "type", variant->type_number);
}

static void add_union(struct json *json, const struct relation *relation)
{
    const struct relation_union *in = relation->variant_of != NULL ? relation->variant_of : relation->via;
    if (relation->guard == NULL || in == NULL)
        return;
    json_add_text(json, "union", in->self.name);
    add_type(json, relation->guard);
}

/* Members that only some relations have. */
static void add_options(struct json *json, const struct relation *relation)
{
    add_union(json, relation);
    if (relation->where_sql != NULL)
        json_add_text(json, "where", relation->where_sql);
    if (relation->order_sql != NULL)
        json_add_text(json, "order", relation->order_sql);
    if (relation->dependent != AR_DEPENDENT_NONE)
        json_add_text(json, "dependent", option_dependent_name(relation->dependent));
    if (relation->kind->owner_has_key && relation->on_delete != ON_DELETE_UNSET)
        json_add_text(json, "on_delete", option_on_delete_name(relation->on_delete));
    if (relation->touches)
        json_add_bool(json, "touch", true);
    if (relation->counter != NULL)
        json_add_text(json, "counter", relation->counter->name);
    if (relation->cache.is_set)
        add_cache(json, &relation->cache);
    if (relation->load_one)
        json_add_bool(json, "load_one", true);
    if (relation->is_distinct)
        json_add_bool(json, "distinct", true);
    if (relation->full_scan != NULL)
        json_add_text(json, "full_scan", relation->full_scan);
}

static void add_relation(struct json *json, const struct relation *relation)
{
    json_open_object(json, NULL, JSON_LINES);
    json_add_text(json, "name", relation->name);
    json_add_text(json, "kind", relation->kind->name);
    describe_location(json, "location", relation->at);
    json_add_text(json, "target", describe_model_name(relation->target));
    json_add_bool(json, "list", relation->kind->is_list);
    json_add_text(json, "inverse", relation->inverse != NULL ? relation->inverse->name : NULL);
    add_foreign_key(json, relation);
    add_path(json, relation);
    add_options(json, relation);
    json_close_object(json);
}

/* The relations of a join table are not visible to programs. */
void describe_relations(struct json *json, const struct model *model)
{
    json_open_array(json, "relations", JSON_LINES);
    for (size_t i = 0; i < model->relation_count && !model->is_join; i++)
        add_relation(json, model->relations[i]);
    json_close_array(json);
}

/* ---- Unions ------------------------------------------------------------------------------------------------------ */

static void add_variant(struct json *json, const struct relation_union *each, const struct variant *variant)
{
    json_open_object(json, NULL, JSON_LINE);
    json_add_text(json, "relation", variant->relation->name);
    json_add_text(json, "target", describe_model_name(variant->relation->target));
    if (!each->is_exclusive)
        add_type(json, variant);
    json_close_object(json);
}

void describe_unions(struct json *json, const struct model *model)
{
    json_open_array(json, "unions", JSON_LINES);
    for (size_t i = 0; i < model->union_count; i++) {
        const struct relation_union *each = model->unions[i];
        json_open_object(json, NULL, JSON_LINES);
        json_add_text(json, "name", each->self.name);
        json_add_text(json, "kind", each->is_exclusive ? "belongs_to_one_of" : "belongs_to_any");
        describe_location(json, "location", each->self.at);
        json_add_text(json, "type_column", each->type != NULL ? each->type->name : NULL);
        json_open_array(json, "variants", JSON_LINES);
        for (size_t j = 0; j < each->variant_count; j++)
            add_variant(json, each, &each->variants[j]);
        json_close_array(json);
        json_close_object(json);
    }
    json_close_array(json);
}
