/* The order in which the records of a graph are inserted. */
#include "write/graph/plan.h"
#include "write/shard.h"

#include "base/pointer_map.h"
#include "base/text_buffer.h"
#include "model/arc.h"
#include "model/field.h"
#include "store/identity.h"
#include "store/partial_row.h"

#include <stdlib.h>
#include <string.h>

/* ---- Foreign keys ------------------------------------------------------------------------------------------------ */

static enum ar_status fail_not_set(struct store *store, const struct ar_relation *relation, const char *hint)
{
    struct key_columns columns = ar_target_columns(relation);
    const struct ar_column *column = &columns.model->columns[columns.columns[0]];

    return ar_fail(&store->failure, AR_INVALID, relation->target, column,
                   "%s.%s refers to a %s whose %s is not set: %s", relation->owner->name, relation->name,
                   relation->target->name, column->field, hint);
}

/* Copy the key that the relation refers to. */
static enum ar_status copy_key(struct store *store, const struct ar_relation *relation, const void *target, void *copy)
{
    const struct key_columns from = ar_target_columns(relation);
    struct ar_value values[AR_KEY_COLUMNS_MAX];

    ar_key_values(from, target, values);
    for (size_t i = 0; i < from.count; i++)
        if (values[i].kind == AR_VALUE_NULL)
            return fail_not_set(store, relation, "set it, because the foreign key refers to it");
    return ar_foreign_key_set(ar_owner_columns(relation), values, &store->field_reader, copy);
}

enum ar_status ar_graph_set_foreign_key(struct store *store, const struct graph_edge *edge)
{
    return copy_key(store, edge->relation, edge->to->copy, edge->from->copy);
}

static enum ar_status refer_to_row(struct store *store, const struct ar_graph_entry *entry, struct graph_node *node)
{
    struct key_columns columns = ar_target_columns(entry->relation);
    const struct ar_column *lacking = ar_partial_lacks(store, columns, entry->target);
    const char *target = columns.model->name;
    struct key key;

    if (lacking != NULL)
        return ar_fail(&store->failure, AR_MISUSE, columns.model, lacking,
                       "%s.%s refers to a %s whose %s was not loaded: add it to %s_only, or call %s_reload",
                       entry->model->name, entry->relation->name, target, lacking->field, target, target);
    switch (ar_key_of_record(columns, entry->target, &store->scratch, &key)) {
    case KEY_SET:
    case KEY_ZERO: /* of a record that was loaded with it */
        return copy_key(store, entry->relation, entry->target, node->copy);
    case KEY_NO_MEMORY:
        return ar_fail_no_memory(&store->failure);
    case KEY_NULL:
        break;
    }
    return fail_not_set(store, entry->relation, "put it into the graph, or save it before");
}

bool ar_graph_leaves(const struct graph_edge *edge, size_t column)
{
    struct key_columns columns = ar_owner_columns(edge->relation);

    return &columns.model->columns[columns.columns[column]] == columns.model->shard_key;
}

/* The foreign keys of an arc cannot be: one must always be set. */
static bool can_be_deferred(const struct graph_edge *edge)
{
    struct key_columns columns = ar_owner_columns(edge->relation);

    if (ar_arc_of(columns) != NULL)
        return false;
    for (size_t i = 0; i < columns.count; i++)
        if (!ar_graph_leaves(edge, i) && !ar_column_can_be_null(&columns.model->columns[columns.columns[i]]))
            return false;
    return true;
}

/* ---- Nodes and edges --------------------------------------------------------------------------------------------- */

/* Add the node of a record, unless it is there. */
static enum ar_status add_node(struct graph_plan *plan, struct pointer_map *nodes, const struct ar_model *model,
                               void *record)
{
    struct graph_node *node = ar_pointer_map_get(nodes, record);

    if (node != NULL && node->model != model)
        return ar_fail(&plan->store->failure, AR_MISUSE, model, NULL,
                       "one record was put into a graph as a %s and as a %s", node->model->name, model->name);
    if (node != NULL)
        return AR_OK;
    node = &plan->nodes[plan->count];
    *node = (struct graph_node){
        .model = model, .record = record, .copy = ar_arena_allocate(&plan->store->scratch, model->size)};
    if (node->copy == NULL || !ar_pointer_map_add(nodes, record, node))
        return ar_fail_no_memory(&plan->store->failure);
    memcpy(node->copy, record, model->size);
    plan->count++;
    return ar_write_take_shard(plan->store, model, node->copy);
}

/* Add the target of an entry if it has no key: it is inserted too, although it was not put into the graph. */
static enum ar_status add_target(struct graph_plan *plan, struct pointer_map *nodes, const struct ar_graph_entry *entry)
{
    struct key key;

    switch (ar_identity_key(plan->store, entry->relation->target, entry->target, &key)) {
    case KEY_SET:
        return AR_OK;
    case KEY_NO_MEMORY:
        return ar_fail_no_memory(&plan->store->failure);
    case KEY_ZERO:
    case KEY_NULL:
        break;
    }
    return add_node(plan, nodes, entry->relation->target, entry->target);
}

static enum ar_status add_nodes(struct graph_plan *plan, const struct ar_graph *graph, struct pointer_map *nodes)
{
    enum ar_status status = AR_OK;

    for (size_t i = 0; i < graph->count && status == AR_OK; i++) {
        const struct ar_graph_entry *entry = &graph->entries[i];
        if (entry->relation != NULL)
            status = add_target(plan, nodes, entry);
        if (status == AR_OK)
            status = add_node(plan, nodes, entry->model, entry->record);
    }
    return status;
}

/* A new record that counts the records that refer to it is inserted with their number. */
static enum ar_status count(struct store *store, const struct graph_edge *edge, int64_t change)
{
    const struct ar_relation *relation = edge->relation;
    const struct ar_column *counter = &relation->target->columns[relation->counter];

    if (!relation->has_counter || ar_row_is_deleted(edge->from->model, edge->from->copy))
        return AR_OK;
    return ar_field_set_integer(counter, ar_field_value(counter, edge->to->copy).integer + change, &store->failure,
                                edge->to->copy);
}

/* Return true if the relations have the same foreign key: a later entry of one replaces an earlier one of the other. */
static bool sets_same(const struct ar_relation *a, const struct ar_relation *b)
{
    return ar_key_columns_equal(ar_owner_columns(a), ar_owner_columns(b));
}

/* Forget what an earlier entry set. */
static enum ar_status drop_edge(struct store *store, struct graph_node *node, const struct ar_relation *relation)
{
    enum ar_status status = AR_OK;

    for (struct graph_edge *edge = node->refers; edge != NULL && status == AR_OK; edge = edge->next_from) {
        if (sets_same(edge->relation, relation) && !edge->is_dropped) {
            edge->is_dropped = true;
            node->pending--;
            status = count(store, edge, -1);
        }
    }
    return status;
}

static enum ar_status add_edge(struct graph_plan *plan, struct graph_node *from, struct graph_node *to,
                               const struct ar_relation *relation)
{
    struct graph_edge *edge = &plan->edges[plan->edge_count++];

    *edge = (struct graph_edge){
        .from = from, .to = to, .relation = relation, .next_from = from->refers, .next_to = to->referred};
    from->refers = edge;
    to->referred = edge;
    from->pending++;
    return count(plan->store, edge, 1);
}

static enum ar_status add_edges(struct graph_plan *plan, const struct ar_graph *graph, const struct pointer_map *nodes)
{
    enum ar_status status = AR_OK;

    for (size_t i = 0; i < graph->count && status == AR_OK; i++) {
        const struct ar_graph_entry *entry = &graph->entries[i];
        struct graph_node *from = ar_pointer_map_get(nodes, entry->record), *to;
        if (entry->relation == NULL)
            continue;
        status = drop_edge(plan->store, from, entry->relation);
        to = ar_pointer_map_get(nodes, entry->target);
        if (status == AR_OK)
            status = to != NULL ? add_edge(plan, from, to, entry->relation) : refer_to_row(plan->store, entry, from);
    }
    return status;
}

static enum ar_status start(struct store *store, const struct ar_graph *graph, struct graph_plan *out)
{
    struct arena *scratch = &store->scratch;
    struct pointer_map nodes = {0};
    enum ar_status status;

    *out = (struct graph_plan){
        .store = store,
        .nodes = ar_arena_allocate(scratch, 2 * graph->count * sizeof *out->nodes),
        .edges = ar_arena_allocate(scratch, graph->count * sizeof *out->edges),
        .level = ar_arena_allocate(scratch, 2 * graph->count * sizeof(struct graph_node *)),
        .next = ar_arena_allocate(scratch, 2 * graph->count * sizeof(struct graph_node *)),
    };
    if (out->nodes == NULL || out->edges == NULL || out->level == NULL || out->next == NULL)
        return ar_fail_no_memory(&store->failure);
    status = add_nodes(out, graph, &nodes);
    if (status == AR_OK)
        status = add_edges(out, graph, &nodes);
    ar_pointer_map_free(&nodes);
    return status;
}

/* ---- Circles ----------------------------------------------------------------------------------------------------- */

/* A depth-first search. The nodes between the start of the search and the current one are the path. */
struct search {
    struct graph_plan *plan;
    struct graph_node **path;
    size_t depth;
};

static void push(struct search *search, struct graph_node *node)
{
    node->state = NODE_ON_PATH;
    node->following = node->refers;
    search->path[search->depth++] = node;
}

/* The node leads to no circle. */
static void pop(struct search *search)
{
    search->path[--search->depth]->state = NODE_DONE;
    if (search->depth > 0)
        search->path[search->depth - 1]->following = search->path[search->depth - 1]->following->next_from;
}

static enum ar_status fail_circle(const struct search *search, size_t first)
{
    enum { SHOWN = 8 };
    char text[512] = "";
    struct text_buffer list = {text, sizeof text, 0};

    for (size_t i = first; i < search->depth && i < first + SHOWN; i++)
        ar_text_buffer_add(&list, "%s%s.%s", i > first ? ", " : "", search->path[i]->model->name,
                           search->path[i]->following->relation->name);
    return ar_fail(&search->plan->store->failure, AR_INVALID, search->path[first]->model, NULL,
                   "records of the graph refer to each other in a circle, so that none can be inserted first: %s. Make "
                   "one of these foreign keys AR_NULLABLE; one of AR_BELONGS_TO_ONE_OF does not help",
                   text);
}

/* Leave the foreign key NULL until its target has a key. Its type is inserted, because that may be NOT NULL. */
static enum ar_status defer(struct graph_plan *plan, struct graph_edge *edge)
{
    struct key_columns columns = ar_owner_columns(edge->relation);
    struct ar_value type;

    for (size_t i = 0; i < columns.count; i++)
        if (!ar_graph_leaves(edge, i))
            ar_field_set_null(&columns.model->columns[columns.columns[i]], edge->from->copy);
    edge->is_deferred = true;
    edge->from->pending--;
    plan->deferred++;
    if (columns.guard == NULL)
        return AR_OK;
    type = ar_guard_value(columns.guard);
    return ar_field_read(&plan->store->field_reader, &columns.model->columns[columns.guard->column], &type,
                         edge->from->copy);
}

/* The last node of the path refers to `to`, which is on the path: defer the last edge between them that can be. The
 * search goes on where that edge begins. */
static enum ar_status break_circle(struct search *search, const struct graph_node *to)
{
    size_t first = search->depth, last = search->depth;
    enum ar_status status;

    while (search->path[--first] != to)
        continue;
    while (last > first && !can_be_deferred(search->path[last - 1]->following))
        last--;
    if (last == first)
        return fail_circle(search, first);
    status = defer(search->plan, search->path[last - 1]->following);
    while (search->depth > last)
        search->path[--search->depth]->state = NODE_NEW;
    return status;
}

static enum ar_status search_from(struct search *search, struct graph_node *start)
{
    enum ar_status status = AR_OK;

    push(search, start);
    while (search->depth > 0 && status == AR_OK) {
        struct graph_node *node = search->path[search->depth - 1];
        while (node->following != NULL && (node->following->is_dropped || node->following->is_deferred))
            node->following = node->following->next_from;
        if (node->following == NULL) {
            pop(search);
            continue;
        }
        switch (node->following->to->state) {
        case NODE_NEW:
            push(search, node->following->to);
            break;
        case NODE_ON_PATH:
            status = break_circle(search, node->following->to);
            break;
        case NODE_DONE:
            node->following = node->following->next_from;
            break;
        }
    }
    return status;
}

/* Defer edges until no nodes refer to each other in a circle. */
static enum ar_status break_circles(struct graph_plan *plan)
{
    struct search search = {.plan = plan, .path = plan->next};
    enum ar_status status = AR_OK;

    for (size_t i = 0; i < plan->count && status == AR_OK; i++)
        if (plan->nodes[i].state == NODE_NEW)
            status = search_from(&search, &plan->nodes[i]);
    return status;
}

/* ---- Levels ------------------------------------------------------------------------------------------------------ */

static int compare_nodes(const void *a, const void *b)
{
    const struct graph_node *left = *(struct graph_node *const *)a, *right = *(struct graph_node *const *)b;
    uintptr_t left_model = (uintptr_t)left->model, right_model = (uintptr_t)right->model;

    if (left_model != right_model)
        return left_model < right_model ? -1 : 1;
    return (left > right) - (left < right);
}

/* Make `next` the level, grouped by model. */
static void begin_level(struct graph_plan *plan)
{
    struct graph_node **unused = plan->level;

    plan->level = plan->next;
    plan->level_count = plan->next_count;
    plan->next = unused;
    plan->next_count = 0;
    qsort(plan->level, plan->level_count, sizeof(struct graph_node *), compare_nodes);
}

enum ar_status ar_graph_end_level(struct graph_plan *plan)
{
    enum ar_status status = AR_OK;

    for (size_t i = 0; i < plan->level_count; i++) {
        for (struct graph_edge *edge = plan->level[i]->referred; edge != NULL && status == AR_OK;
             edge = edge->next_to) {
            if (edge->is_dropped || edge->is_deferred)
                continue;
            status = ar_graph_set_foreign_key(plan->store, edge);
            if (--edge->from->pending == 0)
                plan->next[plan->next_count++] = edge->from;
        }
    }
    begin_level(plan);
    return status;
}

enum ar_status ar_graph_plan(struct store *store, const struct ar_graph *graph, struct graph_plan *out)
{
    enum ar_status status = start(store, graph, out);

    if (status == AR_OK)
        status = break_circles(out);
    for (size_t i = 0; i < out->count && status == AR_OK; i++)
        if (out->nodes[i].pending == 0)
            out->next[out->next_count++] = &out->nodes[i];
    if (status == AR_OK)
        begin_level(out);
    return status;
}
