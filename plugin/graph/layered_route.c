/* Choose the x of each level, and the lines between levels.
 *
 * A segment whose ends have different y has a vertical part on a track between its levels. Segments that would touch
 * have different tracks, in the order in which they cross least. */
#include "layered.h"

enum { TRACK_GAP = 9, NODE_MARGIN = 24, POINT_MARGIN = 9, TOUCH = 8 };

/* A segment between two levels. */
struct net {
    size_t segment;
    int left, right; /* the y of its ends */
    int low, high;
    size_t track;
    bool is_placed;
    size_t before; /* the number of nets that should be to the left of it and have no track yet */
};

static bool is_touching(const struct net *a, const struct net *b)
{
    return a->low < b->high + TOUCH && b->low < a->high + TOUCH;
}

static bool is_between(int y, const struct net *net)
{
    return y > net->low && y < net->high;
}

/* Return how bad it is if `a` is to the left of `b`: their crossings; much more if they share a line. */
static int badness(const struct net *a, const struct net *b)
{
    int distance = a->right > b->left ? a->right - b->left : b->left - a->right;
    return is_between(a->right, b) + is_between(b->left, a) + (distance < TOUCH ? 10 : 0);
}

static bool is_before(const struct net *a, const struct net *b)
{
    return is_touching(a, b) && badness(a, b) < badness(b, a);
}

static struct net *choose_net(struct net *nets, size_t count)
{
    struct net *best = NULL;
    for (size_t i = 0; i < count; i++)
        if (!nets[i].is_placed && (best == NULL || nets[i].before < best->before))
            best = &nets[i];
    return best;
}

/* Give each net a track. Return the number of tracks. */
static size_t choose_tracks(struct net *nets, size_t count)
{
    size_t tracks = 0;
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < count; j++)
            nets[i].before += i != j && is_before(&nets[j], &nets[i]);
    for (size_t i = 0; i < count; i++) {
        struct net *net = choose_net(nets, count);
        for (size_t j = 0; j < count; j++)
            if (nets[j].is_placed && is_touching(net, &nets[j]) && nets[j].track >= net->track)
                net->track = nets[j].track + 1;
        net->is_placed = true;
        tracks = net->track + 1 > tracks ? net->track + 1 : tracks;
        for (size_t j = 0; j < count; j++)
            nets[j].before -= !nets[j].is_placed && is_before(net, &nets[j]);
    }
    return tracks;
}

static struct net net_of(const struct layered *layered, size_t number)
{
    const struct segment *segment = &layered->segments[number];
    int left = segment->left.y, right = segment->right.y;
    return (struct net){.segment = number,
                        .left = left,
                        .right = right,
                        .low = left < right ? left : right,
                        .high = left < right ? right : left};
}

static int margin(size_t level)
{
    return level % 2 == 0 ? NODE_MARGIN : POINT_MARGIN;
}

/* Set the x of the level's tracks on its right side, by segment, and of the next level. */
static void route_level(struct layered *layered, size_t index, int *track_x)
{
    const struct level *level = &layered->levels[index];
    struct net *nets = NULL;
    size_t count = 0;
    for (size_t i = 0; i < level->count; i++) {
        const struct vertex *vertex = &layered->vertices[level->vertices[i]];
        for (size_t j = 0; j < vertex->right_count; j++) {
            struct net net = net_of(layered, vertex->right[j]);
            if (net.left != net.right)
                list_add(layered->arena, nets, count) = net;
        }
    }
    size_t tracks = choose_tracks(nets, count);
    int first = level->x + level->width + margin(index);
    for (size_t i = 0; i < count; i++)
        track_x[nets[i].segment] = first + (int)nets[i].track * TRACK_GAP;
    layered->levels[index + 1].x = first + (tracks > 0 ? (int)(tracks - 1) * TRACK_GAP : 0) + margin(index + 1);
}

/* ---- Lines ------------------------------------------------------------------------------------------------------- */

static void add_point(struct layered *layered, struct layout_edge *edge, int x, int y)
{
    if (edge->point_count > 0) {
        const struct point *last = &edge->points[edge->point_count - 1];
        if (last->x == x && last->y == y)
            return;
        bool is_inside =
            edge->point_count > 1 && ((last->x == x && last[-1].x == x) || (last->y == y && last[-1].y == y));
        edge->point_count -= is_inside; /* the last point is in the middle of a straight line */
    }
    list_add(layered->arena, edge->points, edge->point_count) = (struct point){x, y};
}

static void add_segment(struct layered *layered, const struct segment *segment, const int *track_x)
{
    struct layout_edge *edge = &layered->layout->edges[segment->edge];
    const struct vertex *left = &layered->vertices[segment->left.vertex];
    const struct vertex *right = &layered->vertices[segment->right.vertex];
    const struct layout_node *nodes = layered->layout->nodes;
    int x = track_x[segment - layered->segments];
    if (left->node != SIZE_MAX)
        add_point(layered, edge, nodes[left->node].at.x + nodes[left->node].width, segment->left.y);
    if (segment->left.y != segment->right.y) {
        add_point(layered, edge, x, segment->left.y);
        add_point(layered, edge, x, segment->right.y);
    }
    if (right->node != SIZE_MAX)
        add_point(layered, edge, nodes[right->node].at.x, segment->right.y);
    if (right->has_label) {
        const struct level *level = &layered->levels[right->level];
        edge->label_at = (struct point){level->x + level->width / 2, right->y};
    }
}

static void turn_round(struct layout_edge *edge)
{
    for (size_t i = 0, j = edge->point_count - 1; i < j; i++, j--) {
        struct point point = edge->points[i];
        edge->points[i] = edge->points[j];
        edge->points[j] = point;
    }
}

static void set_lines(struct layered *layered, const int *track_x)
{
    for (size_t i = 0; i < layered->segment_count; i++)
        add_segment(layered, &layered->segments[i], track_x);
    for (size_t i = 0; i < layered->edge_count; i++)
        if (!layered->is_reversed[layered->edges[i]])
            turn_round(&layered->layout->edges[layered->edges[i]]);
}

/* ---- Levels ------------------------------------------------------------------------------------------------------ */

/* The nodes of a level have the same width, unless one of them is much wider. */
static void set_nodes(struct layered *layered)
{
    for (size_t i = 0; i < layered->vertex_count; i++) {
        const struct vertex *vertex = &layered->vertices[i];
        const struct level *level = &layered->levels[vertex->level];
        if (vertex->node == SIZE_MAX)
            continue;
        const struct shape *shape = &layered->shapes[vertex->node];
        bool is_stretched = level->width <= shape->width * 3 / 2;
        layered->layout->nodes[vertex->node] = (struct layout_node){
            .at = {level->x, vertex->y}, .width = is_stretched ? level->width : shape->width, .height = shape->height};
    }
}

void layered_route(struct layered *layered)
{
    int *track_x = arena_take(layered->arena, layered->segment_count * sizeof *track_x);
    for (size_t i = 0; i < layered->vertex_count; i++) {
        struct level *level = &layered->levels[layered->vertices[i].level];
        level->width = layered->vertices[i].width > level->width ? layered->vertices[i].width : level->width;
    }
    for (size_t i = 0; i + 1 < layered->level_count; i++)
        route_level(layered, i, track_x);
    set_nodes(layered);
    set_lines(layered, track_x);
}
