/* The rows of a hierarchy in order, and cycles. */
#include "read/hierarchy.h"

#include "base/arena_text.h"
#include "model/describe.h"
#include "model/field.h"

#include <stdlib.h>

/* ---- Cycles ------------------------------------------------------------------------------------------------------ */

/* Add the primary key of a node to the text. */
static void add_key(struct arena_text *text, const struct hierarchy_node *node, const struct ar_model *model)
{
    struct ar_value values[AR_KEY_COLUMNS_MAX];
    char key[128];

    ar_key_values(ar_primary_key(model), node->record, values);
    ar_describe_values(values, model->key_count, key, sizeof key);
    ar_arena_text_add(text, key, NULL);
}

/* Report the cycle of which the node is part, as a path with its keys. */
static enum ar_status fail_cycle(const struct hierarchy *hierarchy, const struct hierarchy_node *node)
{
    enum { KEYS_SHOWN = 8 };
    const struct ar_relation *relation = hierarchy->loading.load.relation;
    const struct hierarchy_node *each = node;
    struct arena_text path = {.arena = &hierarchy->loading.store->scratch};
    size_t shown = 0;

    do {
        add_key(&path, each, relation->owner);
        ar_arena_text_add(&path, " → ", NULL);
        each = ar_hierarchy_above(hierarchy, each);
    } while (each != node && ++shown < KEYS_SHOWN);
    if (each == node)
        add_key(&path, node, relation->owner);
    else
        ar_arena_text_add(&path, "…", NULL);
    if (path.out_of_memory)
        return ar_fail_no_memory(&hierarchy->loading.store->failure);
    return ar_fail(&hierarchy->loading.store->failure, AR_INVALID, relation->owner, NULL,
                   "%s.%s: rows of table %s are their own ancestors, by their foreign keys: %s", relation->owner->name,
                   relation->name, relation->owner->table, path.data);
}

/* Walk up from a node, marking the nodes on the way. Nodes of earlier walks need not be passed again. */
static enum ar_status find_cycle(const struct hierarchy *hierarchy, struct hierarchy_node *start, size_t walk)
{
    for (struct hierarchy_node *each = start; each != NULL; each = ar_hierarchy_above(hierarchy, each)) {
        if (each->walk == walk)
            return fail_cycle(hierarchy, each);
        if (each->walk != 0)
            return AR_OK;
        each->walk = walk;
    }
    return AR_OK;
}

/* ---- Order ------------------------------------------------------------------------------------------------------- */

static int compare_nodes(const void *a, const void *b)
{
    const struct hierarchy_node *left = *(struct hierarchy_node *const *)a, *right = *(struct hierarchy_node *const *)b;
    const struct ar_model *model = ar_record_of(left->record)->result->model;

    for (size_t i = 0; i < model->key_count; i++) {
        int order = ar_field_compare(&model->columns[model->key[i]], left->record, right->record);
        if (order != 0)
            return order;
    }
    return 0;
}

/* List the children of a node, sorted by primary key unless the relation has an order. Return their number. */
static size_t list_children(const struct hierarchy *hierarchy, const struct hierarchy_node *node,
                            struct hierarchy_node **out)
{
    bool is_sorted = true;
    size_t count = 0;

    for (struct hierarchy_node *child = node->first_child; child != NULL; child = child->next_sibling) {
        out[count] = child;
        is_sorted = is_sorted && (count == 0 || compare_nodes(&out[count - 1], &out[count]) <= 0);
        count++;
    }
    if (!is_sorted && hierarchy->loading.load.relation->order == NULL)
        qsort(out, count, sizeof(struct hierarchy_node *), compare_nodes);
    return count;
}

static void link_children(const struct hierarchy *hierarchy)
{
    for (struct hierarchy_node *row = hierarchy->first_row; row != NULL; row = row->next) {
        struct hierarchy_node *parent = ar_hierarchy_above(hierarchy, row);
        if (parent == NULL)
            continue;
        *(parent->last_child != NULL ? &parent->last_child->next_sibling : &parent->first_child) = row;
        parent->last_child = row;
    }
}

/* Level by level, each list of children in one piece. A start that is also a row is a child in its parent's list, but
 * its own children are those of a start. */
static enum ar_status order_down(struct hierarchy *hierarchy)
{
    struct arena *scratch = &hierarchy->loading.store->scratch;
    size_t most = hierarchy->start_count + hierarchy->row_count, count = hierarchy->start_count;
    struct hierarchy_node **queue = ar_arena_allocate(scratch, most * sizeof(struct hierarchy_node *));
    struct hierarchy_node **children = ar_arena_allocate(scratch, most * sizeof(struct hierarchy_node *));

    if (queue == NULL || children == NULL)
        return ar_fail_no_memory(&hierarchy->loading.store->failure);
    link_children(hierarchy);
    for (size_t i = 0; i < count; i++)
        queue[i] = hierarchy->starts[i];
    for (size_t i = 0; i < count; i++) {
        struct hierarchy_node *node = queue[i];
        node->first = hierarchy->order_count;
        node->count = list_children(hierarchy, node, children);
        for (size_t k = 0; k < node->count; k++) {
            hierarchy->order[hierarchy->order_count++] = children[k]->known;
            if (children[k]->is_start)
                continue;
            children[k]->depth = node->depth + 1;
            queue[count++] = children[k];
        }
    }
    return AR_OK;
}

/* From each start up. Rows above the limit are left out. */
static void order_up(struct hierarchy *hierarchy)
{
    for (size_t i = 0; i < hierarchy->start_count; i++) {
        struct hierarchy_node *node = hierarchy->starts[i];
        for (size_t depth = 0; depth < hierarchy->depth; depth++) {
            node = ar_hierarchy_above(hierarchy, node);
            if (node == NULL || !node->is_loaded || (node->is_ordered && node->depth <= depth))
                break;
            node->depth = depth;
            if (!node->is_ordered)
                hierarchy->order[hierarchy->order_count++] = node->known;
            node->is_ordered = true;
        }
    }
}

enum ar_status ar_hierarchy_order(struct hierarchy *hierarchy)
{
    enum ar_status status = AR_OK;

    for (size_t i = 0; i < hierarchy->start_count && status == AR_OK; i++)
        status = find_cycle(hierarchy, hierarchy->starts[i], i + 1);
    if (status != AR_OK)
        return status;
    hierarchy->order =
        ar_arena_allocate(&hierarchy->loading.store->objects, (hierarchy->row_count + 1) * sizeof *hierarchy->order);
    if (hierarchy->order == NULL)
        return ar_fail_no_memory(&hierarchy->loading.store->failure);
    if (!hierarchy->is_up)
        return order_down(hierarchy);
    order_up(hierarchy);
    return AR_OK;
}
