/* The nodes of the graph of models. The edges are in edges.c. */
#include "graph.h"

#include "edges.h"
#include "link.h"
#include "schema/ddl.h"

#include <string.h>

/* ---- Columns ----------------------------------------------------------------------------------------------------- */

static bool is_in(struct member *const *columns, size_t count, const struct member *column)
{
    for (size_t i = 0; i < count; i++)
        if (columns[i] == column)
            return true;
    return false;
}

/* A foreign key may be declared by the model that has it, or only by the one that it refers to. */
static bool is_foreign_key(const struct model_set *set, const struct model *model, const struct member *column)
{
    for (size_t i = 0; i < set->model_count; i++)
        for (size_t j = 0; j < set->models[i]->relation_count; j++) {
            const struct relation *relation = set->models[i]->relations[j];
            if (relation->holder == model && is_in(relation->foreign_key, relation->foreign_key_count, column))
                return true;
        }
    return false;
}

static struct schema_names enum_values(struct arena *arena, const struct member *column)
{
    struct schema_names values = {0};
    for (size_t i = 0; column->is_enum && i < column->enum_count; i++)
        list_add(arena, values.items, values.count) = column->enum_names[i].name;
    return values;
}

static struct graph_column column_of(const struct model_set *set, const struct model *model, struct member *column)
{
    return (struct graph_column){
        .name = column->name,
        .type = member_c_type(set->arena, column),
        .values = enum_values(set->arena, column),
        .is_key = member_has(column, ATTRIBUTE_PRIMARY_KEY),
        .is_foreign_key = is_foreign_key(set, model, column),
        .is_unique = model->key_count != 1 || model->keys[0] != column ? model_is_unique(model, &column, 1) : false,
        .is_nullable = member_is_nullable(column),
    };
}

static void add_columns(const struct model_set *set, struct graph_node *node, enum graph_columns columns)
{
    for (size_t i = 0; i < node->model->column_count && columns != GRAPH_COLUMNS_NONE; i++) {
        struct graph_column column = column_of(set, node->model, node->model->columns[i]);
        if (columns == GRAPH_COLUMNS_ALL || column.is_key || column.is_foreign_key)
            list_add(set->arena, node->columns, node->column_count) = column;
    }
}

/* ---- Relations that follow others -------------------------------------------------------------------------------- */

static void add_paths(const struct model_set *set, struct graph_node *node)
{
    for (size_t i = 0; i < node->model->relation_count; i++) {
        const struct relation *relation = node->model->relations[i];
        if (!relation->kind->follows_path)
            continue;
        struct graph_path path = {
            .name = relation->name, .target = relation->target->name, .is_list = relation->kind->is_list};
        for (size_t j = 0; j < relation->path_name_count; j++)
            list_add(set->arena, path.steps.items, path.steps.count) = relation->path_names[j];
        list_add(set->arena, node->paths, node->path_count) = path;
    }
}

/* ---- Nodes ------------------------------------------------------------------------------------------------------- */

static const char *table_name(struct arena *arena, const struct model *model)
{
    return model->schema != NULL ? arena_print(arena, "%s.%s", model->schema, model->table) : model->table;
}

static struct graph_node node_of(const struct model_set *set, const struct model *model,
                                 const struct graph_options *options)
{
    struct graph_node node = {
        .kind = model->is_join   ? GRAPH_JOIN
                : model->is_view ? GRAPH_VIEW
                                 : GRAPH_TABLE,
        .name = model->is_join ? model->table : model->name,
        .table = table_name(set->arena, model),
        .link = link_to_header(set, model, options->directory),
        .model = model,
    };
    add_columns(set, &node, options->columns);
    add_paths(set, &node);
    return node;
}

struct graph *graph_of_models(const struct model_set *set, const struct graph_options *options)
{
    struct graph *graph = arena_take(set->arena, sizeof *graph);
    for (size_t i = 0; i < set->model_count; i++)
        list_add(set->arena, graph->nodes, graph->node_count) = node_of(set, set->models[i], options);
    edges_add(set, graph, options->schema);
    return graph;
}

size_t graph_find(const struct graph *graph, const char *name)
{
    for (size_t i = 0; i < graph->node_count; i++)
        if (strcmp(graph->nodes[i].name, name) == 0)
            return i;
    for (size_t i = 0; i < graph->node_count; i++)
        if (strcmp(graph->nodes[i].table, name) == 0)
            return i;
    return SIZE_MAX;
}

const char *graph_join(struct arena *arena, const struct schema_names *names)
{
    const char *joined = NULL;
    for (size_t i = 0; i < names->count; i++)
        joined = joined == NULL ? names->items[i] : arena_print(arena, "%s, %s", joined, names->items[i]);
    return joined;
}

const char *graph_cardinality_name(enum graph_cardinality cardinality)
{
    static const char *const names[] = {
        [GRAPH_ZERO_OR_ONE] = "zero or one", [GRAPH_ONE] = "one", [GRAPH_ZERO_OR_MORE] = "zero or more"};
    return names[cardinality];
}
