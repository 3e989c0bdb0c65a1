/* The JSON of a graph. Its version changes when a member changes or goes; new members may be added. */
#include "json.h"

#include "json_writer.h"

enum { VERSION = 1 };

static void add_names(struct json *json, const char *name, const struct schema_names *names)
{
    json_open_array(json, name, JSON_LINE);
    for (size_t i = 0; i < names->count; i++)
        json_add_text(json, NULL, names->items[i]);
    json_close_array(json);
}

static void add_column(struct json *json, const struct graph_column *column)
{
    json_open_object(json, NULL, JSON_LINE);
    json_add_text(json, "name", column->name);
    json_add_text(json, "type", column->type);
    json_add_bool(json, "nullable", column->is_nullable);
    json_add_bool(json, "primary_key", column->is_key);
    json_add_bool(json, "foreign_key", column->is_foreign_key);
    json_add_bool(json, "unique", column->is_unique);
    if (column->values.count > 0)
        add_names(json, "values", &column->values);
    json_close_object(json);
}

static void add_path(struct json *json, const struct graph_path *path)
{
    json_open_object(json, NULL, JSON_LINE);
    json_add_text(json, "name", path->name);
    json_add_text(json, "target", path->target);
    json_add_bool(json, "list", path->is_list);
    add_names(json, "path", &path->steps);
    json_close_object(json);
}

static void add_node(struct json *json, const struct graph_node *node)
{
    static const char *const kinds[] = {[GRAPH_TABLE] = "table", [GRAPH_VIEW] = "view", [GRAPH_JOIN] = "join"};
    json_open_object(json, NULL, JSON_LINES);
    json_add_text(json, "name", node->name);
    json_add_text(json, "kind", kinds[node->kind]);
    json_add_text(json, "table", node->table);
    json_add_text(json, "link", node->link);
    json_open_array(json, "columns", JSON_LINES);
    for (size_t i = 0; i < node->column_count; i++)
        add_column(json, &node->columns[i]);
    json_close_array(json);
    json_open_array(json, "through", JSON_LINES);
    for (size_t i = 0; i < node->path_count; i++)
        add_path(json, &node->paths[i]);
    json_close_array(json);
    json_close_object(json);
}

static void add_end(struct json *json, const char *name, const struct graph *graph, const struct graph_end *end)
{
    static const char *const cardinalities[] = {
        [GRAPH_ZERO_OR_ONE] = "zero_or_one", [GRAPH_ONE] = "one", [GRAPH_ZERO_OR_MORE] = "zero_or_more"};
    json_open_object(json, name, JSON_LINE);
    json_add_text(json, "node", graph->nodes[end->node].name);
    add_names(json, "columns", &end->columns);
    json_add_text(json, "cardinality", cardinalities[end->cardinality]);
    add_names(json, "relations", &end->relations);
    json_close_object(json);
}

static void add_edge(struct json *json, const struct graph *graph, const struct graph_edge *edge)
{
    static const char *const kinds[] = {
        [GRAPH_REFERENCE] = "reference", [GRAPH_ANY] = "any", [GRAPH_ONE_OF] = "one_of"};
    json_open_object(json, NULL, JSON_LINES);
    json_add_text(json, "kind", kinds[edge->kind]);
    add_end(json, "holder", graph, &edge->holder);
    add_end(json, "referred", graph, &edge->referred);
    if (edge->union_name != NULL)
        json_add_text(json, "union", edge->union_name);
    if (edge->missing_index != NULL)
        json_add_text(json, "missing_index", edge->missing_index);
    json_close_object(json);
}

void graph_json(struct text *out, const struct graph *graph)
{
    struct json json = {.out = out};
    json_open_object(&json, NULL, JSON_LINES);
    json_add_text(&json, "format", "armature-graph");
    json_add_integer(&json, "version", VERSION);
    json_open_array(&json, "nodes", JSON_LINES);
    for (size_t i = 0; i < graph->node_count; i++)
        add_node(&json, &graph->nodes[i]);
    json_close_array(&json);
    json_open_array(&json, "edges", JSON_LINES);
    for (size_t i = 0; i < graph->edge_count; i++)
        add_edge(&json, graph, &graph->edges[i]);
    json_close_array(&json);
    json_close_object(&json);
    json_end(&json);
}
