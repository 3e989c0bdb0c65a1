/* Hand-written, on PostgreSQL: a tree by a recursive statement. */
#include "fail.h"
#include "hand_postgresql.h"
#include "nodes_checksum.h"
#include "side.h"

#define COLUMNS "id, parent_id, name, note, size"

static struct hand_postgresql *open_with(const char *url, size_t size, const char *sql)
{
    struct hand_postgresql *hand = hand_postgresql_open(url, size);
    hand_postgresql_prepare(hand, "nodes", sql, BIGINT);
    hand_postgresql_pipeline(hand);
    hand->parents = bench_allocate(NODE_COUNT, sizeof *hand->parents);
    hand->parent_capacity = NODE_COUNT;
    return hand;
}

/* The rows themselves are in the recursion. */
static void *nodes_open(const char *url, size_t size)
{
    return open_with(url, size,
                     "WITH RECURSIVE t AS (SELECT " COLUMNS " FROM nodes WHERE id = $1 UNION ALL SELECT n.id,"
                     " n.parent_id, n.name, n.note, n.size FROM t JOIN nodes AS n ON n.parent_id = t.id)"
                     " SELECT " COLUMNS " FROM t");
}

/* The keys are, and the rows are found by them. */
static void *by_key_open(const char *url, size_t size)
{
    return open_with(url, size,
                     "WITH RECURSIVE t(key) AS (SELECT $1 UNION ALL SELECT n.id FROM t JOIN nodes AS n"
                     " ON n.parent_id = t.key) SELECT " COLUMNS " FROM t JOIN nodes ON id = key");
}

/* Read the rows, then group them by their parents: the root has none and is its own. */
static void nodes_load(void *state)
{
    struct hand_postgresql *hand = state;
    struct rows *nodes = &hand->levels[0];
    arena_reset(&hand->texts);
    nodes->count = 0;
    hand_postgresql_send_key(hand, "nodes", 1);
    hand_postgresql_sync(hand);
    PGresult *result = hand_postgresql_receive(hand, PGRES_TUPLES_OK);
    size_t root = 0;
    rows_reserve(nodes, (size_t)PQntuples(result), sizeof(struct node));
    for (int row = 0; row < PQntuples(result); row++) {
        struct node *node = rows_add(nodes, sizeof *node);
        node->id = bigint_field(result, row, 0);
        node->parent_id = PQgetisnull(result, row, 1) ? 0 : bigint_field(result, row, 1);
        node->name = text_field(hand, result, row, 2);
        node->note = text_field(hand, result, row, 3);
        node->size = bigint_field(result, row, 4);
    }
    PQclear(result);
    hand_postgresql_finish(hand, PGRES_PIPELINE_SYNC);
    key_table_fill(&hand->table, nodes, sizeof(struct node));
    root = key_table_find(&hand->table, nodes, sizeof(struct node), 1) - 1;
    for (size_t i = 0; i < nodes->count; i++)
        hand->parents[i] = (uint32_t)(i == root ? root
                                                : key_table_find(&hand->table, nodes, sizeof(struct node),
                                                                 ((const struct node *)nodes->items)[i].parent_id) -
                                                      1);
    rows_group(nodes, nodes->count, hand->parents);
    hand->size = root;
}

static uint64_t sum_of(const struct rows *nodes, size_t root, uint64_t sum, size_t index)
{
    uint64_t last = 0;
    sum = checksum_node(sum, (const struct node *)nodes->items + index);
    /* By ascending key: a hash join returns the rows in any order. */
    for (size_t left = nodes->start[index + 1] - nodes->start[index]; left > 0; left--) {
        size_t next = SIZE_MAX;
        for (size_t i = nodes->start[index]; i < nodes->start[index + 1]; i++) {
            const struct node *child = (const struct node *)nodes->items + rows_place(nodes, i);
            if ((uint64_t)child->id > last &&
                (next == SIZE_MAX || child->id < ((const struct node *)nodes->items)[next].id))
                next = rows_place(nodes, i);
        }
        last = (uint64_t)((const struct node *)nodes->items)[next].id;
        if (next != root)
            sum = sum_of(nodes, root, sum, next);
    }
    return sum;
}

static uint64_t sum_nodes(void *state)
{
    const struct hand_postgresql *hand = state;
    return sum_of(&hand->levels[0], hand->size, 0, hand->size);
}

const struct side postgresql_nodes = {"rows", nodes_open, hand_postgresql_close, NULL, nodes_load, sum_nodes};
const struct side postgresql_nodes_by_key = {"by keys", by_key_open, hand_postgresql_close,
                                             NULL,      nodes_load,  sum_nodes};
