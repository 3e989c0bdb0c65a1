/* The edges of a graph. Relations over the same foreign key, in both directions, are one edge with several names. */
#include "edges.h"

#include "delete_rule.h"

#include <string.h>

struct edges {
    const struct model_set *set;
    struct graph *graph;
    const struct schema *schema;
};

static size_t node_of(const struct graph *graph, const struct model *model)
{
    for (size_t i = 0; i < graph->node_count; i++)
        if (graph->nodes[i].model == model)
            return i;
    return SIZE_MAX;
}

static struct schema_names names_of(struct arena *arena, struct member *const *columns, size_t count)
{
    struct schema_names names = {0};
    for (size_t i = 0; i < count; i++)
        list_add(arena, names.items, names.count) = columns[i]->name;
    return names;
}

/* ---- Missing indexes --------------------------------------------------------------------------------------------- */

static bool has_column(struct member *const *columns, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(columns[i]->name, name) == 0)
            return true;
    return false;
}

/* A search by all columns uses an index that begins with them, in any order. */
static bool begins_with(const struct schema_index *index, struct member *const *columns, size_t count)
{
    if (index->where_sql != NULL || index->part_count < count)
        return false;
    for (size_t i = 0; i < count; i++)
        if (index->parts[i].column == NULL || !has_column(columns, count, index->parts[i].column))
            return false;
    return true;
}

static bool key_begins_with(const struct schema_names *key, struct member *const *columns, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (i >= key->count || !has_column(columns, count, key->items[i]))
            return false;
    return true;
}

/* Return "comments (author_id)" if the schema has the table, but no index for these columns; otherwise NULL. */
static const char *missing_index(const struct edges *edges, const struct model *model, struct member *const *columns,
                                 size_t count)
{
    bool has_schemas = edges->schema->dialect->add_schema != NULL;
    const struct schema_table *table =
        schema_find_table(edges->schema, has_schemas ? model->schema : NULL, model->table);
    if (table == NULL || table->kind != SCHEMA_TABLE || key_begins_with(&table->key, columns, count))
        return NULL;
    for (size_t i = 0; i < table->index_count; i++)
        if (begins_with(&table->indexes[i], columns, count))
            return NULL;
    struct arena *arena = edges->set->arena;
    struct schema_names names = names_of(arena, columns, count);
    return arena_print(arena, "%s (%s)", model->table, graph_join(arena, &names));
}

/* ---- Foreign keys ------------------------------------------------------------------------------------------------ */

static enum graph_edge_kind kind_of(const struct relation *relation, const struct relation_union **out)
{
    *out = relation->variant_of != NULL ? relation->variant_of : relation->via;
    if (relation->guard != NULL)
        return GRAPH_ANY;
    for (size_t i = 0; i < relation->holder->union_count; i++) {
        const struct relation_union *each = relation->holder->unions[i];
        for (size_t j = 0; each->is_exclusive && j < each->variant_count; j++)
            if (delete_has_same_key(each->variants[j].relation, relation)) {
                *out = each;
                return GRAPH_ONE_OF;
            }
    }
    return GRAPH_REFERENCE;
}

static bool is_nullable(const struct relation *relation)
{
    for (size_t i = 0; i < relation->foreign_key_count; i++)
        if (member_is_nullable(relation->foreign_key[i]))
            return true;
    return false;
}

/* A row of the holder has at most one record of each variant of a union. */
static struct graph_edge edge_of(const struct edges *edges, const struct relation *relation)
{
    struct arena *arena = edges->set->arena;
    const struct relation_union *in = NULL;
    enum graph_edge_kind kind = kind_of(relation, &in);
    bool is_optional = kind != GRAPH_REFERENCE || is_nullable(relation);
    bool is_unique = model_is_unique(relation->holder, relation->foreign_key, relation->foreign_key_count);
    return (struct graph_edge){
        .kind = kind,
        .relation = relation,
        .union_name = kind != GRAPH_REFERENCE ? in->self.name : NULL,
        .missing_index = missing_index(edges, relation->holder, relation->foreign_key, relation->foreign_key_count),
        .holder = {.node = node_of(edges->graph, relation->holder),
                   .columns = names_of(arena, relation->foreign_key, relation->foreign_key_count),
                   .cardinality = is_unique ? GRAPH_ZERO_OR_ONE : GRAPH_ZERO_OR_MORE},
        .referred = {.node = node_of(edges->graph, relation->referred),
                     .columns = names_of(arena, relation->referred_key, relation->referred_count),
                     .cardinality = is_optional ? GRAPH_ZERO_OR_ONE : GRAPH_ONE},
    };
}

/* ---- All edges --------------------------------------------------------------------------------------------------- */

static bool is_same_edge(const struct relation *a, const struct relation *b)
{
    return delete_has_same_key(a, b) && a->guard == b->guard;
}

static struct graph_edge *find_edge(struct edges *edges, const struct relation *relation)
{
    struct graph *graph = edges->graph;
    for (size_t i = 0; i < graph->edge_count; i++)
        if (is_same_edge(graph->edges[i].relation, relation))
            return &graph->edges[i];
    list_add(edges->set->arena, graph->edges, graph->edge_count) = edge_of(edges, relation);
    return &graph->edges[graph->edge_count - 1];
}

/* A variant has the name of its union: that is how programs call it. */
static const char *name_of(const struct relation *relation)
{
    bool is_any = relation->variant_of != NULL && !relation->variant_of->is_exclusive;
    return is_any ? relation->variant_of->self.name : relation->name;
}

/* Label the edge to a join table with the name of the many-to-many relation: the edge has no name otherwise. */
static void add_relation(struct edges *edges, const struct relation *relation)
{
    if (relation->kind->follows_path)
        return;
    const struct relation *first = relation->kind->has_join_table ? relation->path[0] : relation;
    struct graph_edge *edge = find_edge(edges, first);
    struct schema_names *names = &(first->kind->owner_has_key ? &edge->referred : &edge->holder)->relations;
    if (!relation->owner->is_join)
        list_add(edges->set->arena, names->items, names->count) = name_of(relation);
}

void edges_add(const struct model_set *set, struct graph *graph, const struct schema *schema)
{
    struct edges edges = {.set = set, .graph = graph, .schema = schema};
    for (size_t i = 0; i < graph->node_count; i++)
        for (size_t j = 0; j < graph->nodes[i].model->relation_count; j++)
            add_relation(&edges, graph->nodes[i].model->relations[j]);
}
