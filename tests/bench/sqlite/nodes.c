/* Hand-written, on SQLite: a tree by a recursive statement. */
#include "fail.h"
#include "hand_sqlite.h"
#include "nodes_checksum.h"
#include "side.h"

#define COLUMNS "id, parent_id, name, note, size"

static struct hand_sqlite *open_with(const char *url, size_t size, const char *sql)
{
    struct hand_sqlite *hand = hand_sqlite_open(url, size, sql, NULL, NULL);
    hand->parents = bench_allocate(NODE_COUNT, sizeof *hand->parents);
    return hand;
}

/* The rows themselves are in the recursion. */
static void *nodes_open(const char *url, size_t size)
{
    return open_with(url, size,
                     "WITH RECURSIVE t AS (SELECT " COLUMNS " FROM nodes WHERE id = 1 UNION ALL SELECT n.id,"
                     " n.parent_id, n.name, n.note, n.size FROM t CROSS JOIN nodes AS n ON n.parent_id = t.id)"
                     " SELECT " COLUMNS " FROM t");
}

/* The keys are, and the rows are found by them. */
static void *by_key_open(const char *url, size_t size)
{
    return open_with(url, size,
                     "WITH RECURSIVE t(key) AS (VALUES (1) UNION ALL SELECT n.id FROM t CROSS JOIN nodes AS n"
                     " ON n.parent_id = t.key) SELECT " COLUMNS " FROM t CROSS JOIN nodes ON id = key");
}

/* Read the rows, then group them by their parents: the root has none and is its own. */
static void nodes_load(void *state)
{
    struct hand_sqlite *hand = state;
    struct rows *nodes = &hand->levels[0];
    sqlite3_stmt *row = hand->statements[0];
    hand_sqlite_reset(hand);
    while (sqlite3_step(row) == SQLITE_ROW) {
        struct node *node = rows_add(nodes, sizeof *node);
        node->id = sqlite3_column_int64(row, 0);
        node->parent_id = sqlite3_column_int64(row, 1);
        node->name = hand_sqlite_text(hand, row, 2);
        node->note = hand_sqlite_text(hand, row, 3);
        node->size = sqlite3_column_int64(row, 4);
    }
    hand_sqlite_check(hand, sqlite3_reset(row));
    key_table_fill(&hand->table, nodes, sizeof(struct node));
    for (size_t i = 1; i < nodes->count; i++)
        hand->parents[i] = (uint32_t)key_table_find(&hand->table, nodes, sizeof(struct node),
                                                    ((const struct node *)nodes->items)[i].parent_id) -
                           1;
    hand->parents[0] = 0;
    rows_group(nodes, nodes->count, hand->parents);
}

static uint64_t sum_of(const struct rows *nodes, uint64_t sum, size_t index)
{
    sum = checksum_node(sum, (const struct node *)nodes->items + index);
    for (size_t i = nodes->start[index]; i < nodes->start[index + 1]; i++)
        if (rows_place(nodes, i) != 0)
            sum = sum_of(nodes, sum, rows_place(nodes, i));
    return sum;
}

static uint64_t sum_nodes(void *state)
{
    return sum_of(&((const struct hand_sqlite *)state)->levels[0], 0, 0);
}

const struct side sqlite_nodes = {"rows", nodes_open, hand_sqlite_close, NULL, nodes_load, sum_nodes};
const struct side sqlite_nodes_by_key = {"by keys", by_key_open, hand_sqlite_close, NULL, nodes_load, sum_nodes};
