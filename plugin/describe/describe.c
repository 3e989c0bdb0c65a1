/* The document: headers, models and row structs. The version changes when a member changes or goes; new members may be
 * added. */
#include "describe.h"

#include "emit.h"
#include "name.h"
#include "part.h"

#include <string.h>

enum { VERSION = 1 };

/* ---- Models ------------------------------------------------------------------------------------------------------ */

static void add_table_name(struct json *json, const struct model *model)
{
    json_open_object(json, "table", JSON_LINE);
    json_add_text(json, "schema", model->schema);
    json_add_text(json, "name", model->table);
    if (model->was != NULL)
        json_add_text(json, "was", model->was);
    if (model->was_schema != NULL)
        json_add_text(json, "was_schema", model->was_schema);
    json_close_object(json);
}

static void add_hooks(struct json *json, struct arena *arena, const struct model *model)
{
    json_open_array(json, "hooks", JSON_LINES);
    for (size_t i = 0; i < model->hook_count; i++) {
        const struct model_hook *hook = &model->hooks[i];
        json_open_object(json, NULL, JSON_LINE);
        json_add_text(json, "event", name_folded(arena, hook->kind->event + strlen("AR_HOOK_")));
        json_add_text(json, "function", hook->function);
        describe_location(json, "location", hook->at);
        json_close_object(json);
    }
    json_close_array(json);
}

/* The SELECT of a view; null if the program creates it. */
static void add_view(struct json *json, const struct model *model)
{
    const char *texts[DIALECT_COUNT];
    for (size_t i = 0; i < DIALECT_COUNT; i++)
        texts[i] = model->view[i].text;
    if (model->is_view)
        describe_by_dialect(json, "view", texts);
    if (model->all_shards != NULL)
        json_add_text(json, "all_shards", model->all_shards);
}

static void add_ddl(struct json *json, struct arena *arena, const struct model *model)
{
    json_open_object(json, "ddl", JSON_LINES);
    for (size_t i = 0; i < DIALECT_COUNT; i++) {
        struct text ddl = {0};
        emit_schema_needs(&ddl, arena, model, dialects[i]);
        emit_schema_of(&ddl, arena, model, dialects[i]);
        emit_schema_rest(&ddl, arena, model, dialects[i]);
        json_add_text(json, dialects[i]->name, ddl.data != NULL ? ddl.data : "");
        text_free(&ddl);
    }
    json_close_object(json);
}

static void add_shards(struct json *json, const struct model *model)
{
    const struct member *shard = model_shard_key(model);
    json_add_text(json, "shard_key", shard != NULL ? shard->name : NULL);
    json_add_bool(json, "reference_table", model->main->is_reference);
}

static void add_model(struct json *json, struct arena *arena, const struct model *model)
{
    json_open_object(json, NULL, JSON_LINES);
    json_add_text(json, "name", describe_model_name(model));
    json_add_text(json, "kind", model->is_join ? "join" : model->is_view ? "view" : "table");
    json_add_text(json, "struct", model->is_join ? NULL : model->c_type);
    describe_location(json, "location", model->at);
    add_table_name(json, model);
    json_add_text(json, "main_model", describe_model_name(model->main));
    json_add_bool(json, "read_only", model->is_read_only);
    describe_columns(json, "primary_key", model->keys, model->key_count);
    add_shards(json, model);
    describe_fields(json, arena, model);
    describe_table(json, arena, model);
    describe_relations(json, model);
    describe_unions(json, model);
    add_hooks(json, arena, model);
    describe_statements(json, arena, model);
    add_view(json, model);
    add_ddl(json, arena, model);
    json_close_object(json);
}

/* ---- Rows -------------------------------------------------------------------------------------------------------- */

static void add_row(struct json *json, struct arena *arena, const struct model *row)
{
    json_open_object(json, NULL, JSON_LINES);
    json_add_text(json, "name", row->name);
    json_add_text(json, "struct", row->c_type);
    describe_location(json, "location", row->at);
    describe_fields(json, arena, row);
    describe_statements(json, arena, row);
    json_close_object(json);
}

void describe_models(struct text *out, const struct model_set *set)
{
    struct json json = {.out = out};
    json_open_object(&json, NULL, JSON_LINES);
    json_add_text(&json, "format", "armature-model");
    json_add_integer(&json, "version", VERSION);
    json_open_array(&json, "headers", JSON_LINE);
    for (size_t i = 0; i < set->header_count; i++)
        json_add_text(&json, NULL, set->headers[i].given);
    json_close_array(&json);
    json_open_array(&json, "models", JSON_LINES);
    for (size_t i = 0; i < set->model_count; i++)
        add_model(&json, set->arena, set->models[i]);
    json_close_array(&json);
    json_open_array(&json, "rows", JSON_LINES);
    for (size_t i = 0; i < set->row_count; i++)
        add_row(&json, set->arena, set->rows[i]);
    json_close_array(&json);
    json_close_object(&json);
    json_end(&json);
}
