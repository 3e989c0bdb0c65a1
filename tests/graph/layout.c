/* Our own layout of random graphs (S-453): nodes do not overlap, edges lead from border to border without crossing a
 * node, labels are free, and the same graph has the same layout again. */
#include "graph/layout.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* A rectangle, without its border. */
struct area {
    int left, top, right, bottom;
};

static unsigned random_state;

static unsigned draw(unsigned below)
{
    random_state = random_state * 1664525 + 1013904223;
    return (random_state >> 8) % below;
}

/* ---- Graphs ------------------------------------------------------------------------------------------------------ */

static struct schema_names one_name(struct arena *arena, const char *name)
{
    struct schema_names names = {0};
    list_add(arena, names.items, names.count) = name;
    return names;
}

static void add_node(struct arena *arena, struct graph *graph)
{
    struct graph_node node = {.name = arena_print(arena, "model_%zu", graph->node_count), .table = "t"};
    for (unsigned i = draw(12); i > 0; i--)
        list_add(arena, node.columns, node.column_count) =
            (struct graph_column){.name = arena_print(arena, "column_%u", i), .type = "int64_t"};
    list_add(arena, graph->nodes, graph->node_count) = node;
}

static void add_edge(struct arena *arena, struct graph *graph, size_t holder, size_t referred)
{
    struct graph_edge edge = {.kind = (enum graph_edge_kind)draw(3), .union_name = "union"};
    edge.holder =
        (struct graph_end){.node = holder, .columns = one_name(arena, arena_print(arena, "column_%u", draw(12)))};
    edge.referred = (struct graph_end){.node = referred, .columns = one_name(arena, "column_1")};
    if (draw(4) > 0)
        edge.referred.relations = one_name(arena, "the_target");
    if (draw(2) > 0)
        edge.holder.relations = one_name(arena, "the_rows");
    list_add(arena, graph->edges, graph->edge_count) = edge;
}

/* Any two nodes may have edges, in both directions, several, and to themselves. */
static struct graph *random_graph(struct arena *arena, unsigned seed, unsigned nodes, unsigned edges)
{
    struct graph *graph = arena_take(arena, sizeof *graph);
    random_state = seed;
    for (unsigned i = 0; i < nodes; i++)
        add_node(arena, graph);
    for (unsigned i = 0; i < edges; i++) {
        size_t near = draw(nodes), other = draw(4) == 0 ? draw(nodes) : (near + draw(5)) % nodes;
        add_edge(arena, graph, near, other);
    }
    return graph;
}

/* ---- Properties -------------------------------------------------------------------------------------------------- */

static struct area node_area(const struct layout_node *node)
{
    return (struct area){node->at.x, node->at.y, node->at.x + node->width, node->at.y + node->height};
}

static struct area label_area(const struct layout_edge *edge)
{
    return (struct area){edge->label_at.x - edge->label.width / 2, edge->label_at.y - edge->label.above_height,
                         edge->label_at.x + edge->label.width / 2, edge->label_at.y + edge->label.below_height};
}

static struct area line_area(struct point a, struct point b)
{
    return (struct area){a.x < b.x ? a.x : b.x, a.y < b.y ? a.y : b.y, a.x < b.x ? b.x : a.x, a.y < b.y ? b.y : a.y};
}

/* A line has no width: it overlaps an area if it is inside. */
static bool overlaps(struct area a, struct area b)
{
    return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

static bool is_on_border(struct point point, const struct layout_node *node)
{
    struct area area = node_area(node);
    bool is_inside = point.x >= area.left && point.x <= area.right && point.y >= area.top && point.y <= area.bottom;
    return is_inside && (point.x == area.left || point.x == area.right || point.y == area.bottom);
}

static void check_nodes(const struct graph *graph, const struct layout *layout)
{
    for (size_t i = 0; i < graph->node_count; i++) {
        struct area area = node_area(&layout->nodes[i]);
        assert_true(area.left >= 0 && area.top >= 0 && area.right <= layout->width && area.bottom <= layout->height);
        for (size_t j = 0; j < i; j++)
            assert_false(overlaps(area, node_area(&layout->nodes[j])));
    }
}

static void check_edge(const struct graph *graph, const struct layout *layout, size_t number)
{
    const struct layout_edge *edge = &layout->edges[number];
    assert_true(edge->point_count >= 2);
    assert_true(is_on_border(edge->points[0], &layout->nodes[graph->edges[number].holder.node]));
    assert_true(is_on_border(edge->points[edge->point_count - 1], &layout->nodes[graph->edges[number].referred.node]));
    for (size_t i = 1; i < edge->point_count; i++) {
        struct point a = edge->points[i - 1], b = edge->points[i];
        assert_true(a.x == b.x || a.y == b.y);
        for (size_t j = 0; j < graph->node_count; j++)
            assert_false(overlaps(line_area(a, b), node_area(&layout->nodes[j])));
    }
}

static void check_lines(const struct graph *graph, const struct layout *layout, size_t number)
{
    struct area label = label_area(&layout->edges[number]);
    for (size_t i = 0; i < graph->edge_count; i++)
        for (size_t j = 1; i != number && j < layout->edges[i].point_count; j++)
            assert_false(overlaps(label, line_area(layout->edges[i].points[j - 1], layout->edges[i].points[j])));
}

static void check_label(const struct graph *graph, const struct layout *layout, size_t number)
{
    struct area label = label_area(&layout->edges[number]);
    for (size_t i = 0; i < graph->node_count; i++)
        assert_false(overlaps(label, node_area(&layout->nodes[i])));
    for (size_t i = 0; i < number; i++)
        assert_false(overlaps(label, label_area(&layout->edges[i])));
}

static void check_same(const struct graph *graph, const struct layout *a, const struct layout *b)
{
    assert_memory_equal(a->nodes, b->nodes, graph->node_count * sizeof *a->nodes);
    for (size_t i = 0; i < graph->edge_count; i++) {
        assert_int_equal(a->edges[i].point_count, b->edges[i].point_count);
        assert_memory_equal(a->edges[i].points, b->edges[i].points, a->edges[i].point_count * sizeof(struct point));
    }
}

static void check_graph(struct arena *arena, const struct graph *graph)
{
    const struct shape *shapes = shapes_of(arena, graph);
    const struct layout *layout = layout_own(arena, graph, shapes);
    check_nodes(graph, layout);
    for (size_t i = 0; i < graph->edge_count; i++) {
        check_edge(graph, layout, i);
        check_label(graph, layout, i);
        check_lines(graph, layout, i);
    }
    check_same(graph, layout, layout_own(arena, graph, shapes));
}

static void check_layout(unsigned seed, unsigned nodes, unsigned edges)
{
    struct arena arena = {0};
    check_graph(&arena, random_graph(&arena, seed, nodes, edges));
    arena_free(&arena);
}

static void test_random(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 150; i++)
        check_layout(i, 1 + i % 23, i * 7 % 45);
}

static void test_large(void **state)
{
    (void)state;
    check_layout(1000, 120, 200);
}

/* A model to which all others refer, and one that refers to all others. */
static void test_hubs(void **state)
{
    struct arena arena = {0};
    struct graph graph = {0};
    (void)state;
    for (size_t i = 0; i < 60; i++)
        add_node(&arena, &graph);
    for (size_t i = 1; i < 60; i++)
        add_edge(&arena, &graph, i, 0);
    for (size_t i = 0; i < 59; i++)
        add_edge(&arena, &graph, 59, i);
    check_graph(&arena, &graph);
    arena_free(&arena);
}

static void test_empty(void **state)
{
    struct arena arena = {0};
    struct graph graph = {0};
    (void)state;
    const struct layout *layout = layout_own(&arena, &graph, shapes_of(&arena, &graph));
    assert_int_equal(layout->width, 0);
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_random),
        cmocka_unit_test(test_large),
        cmocka_unit_test(test_hubs),
        cmocka_unit_test(test_empty),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
