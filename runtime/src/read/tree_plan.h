/* Trees: a query and the relations that it loads eagerly, one query each.
 *
 * A tree is planned, then run (tree.c) or explained (explain.c); tree_statements.c builds its statements. All of it is
 * in scratch memory, and the nodes are in breadth-first order, so that a level is a range of them.
 *
 * There are two plans. Level by level, the root's rows are read first, then the rows of each level by the keys of the
 * level above: one statement per relation, and one round trip per level. In one trip, the statement of each relation
 * repeats the conditions of all levels above it as nested sub-selects instead of naming keys, so that all statements
 * can be sent at once. Rows are read in the order of the levels in both plans; a load whose owners become known within
 * its own round trip collects their keys before its first row (before_rows). SQLite runs in the process and has no
 * round trips to save: it always loads level by level.
 *
 * Level by level, a relation needs no round trip after that of its owners if the conditions of the parent query fix its
 * key, as those of a query by primary key do: its statement names the key. Nor does it need one if the parent query
 * has at most one row, found by its key: to find that row again in a sub-select costs less than a round trip.
 *
 * In either plan, if a level is a whole table and each row of its child level must have a parent in it, the child level
 * is the whole table as well and is read without keys.
 *
 * A tree reads one state of the database: its statements run in a separate transaction, unless one is open or the
 * session has a snapshot. BEGIN is sent with the first level, COMMIT with the last. If a statement fails, nothing of
 * the tree is cached. */
#ifndef AR_TREE_PLAN_H
#define AR_TREE_PLAN_H

#include "read/loading.h"
#include "read/query.h"
#include "store/collector.h"

/* One query of the tree. */
struct node {
    struct ar_query *q;
    struct node *parent; /* NULL: the root */
    size_t level;
    size_t trip;                             /* the round trip in which its rows are read, from 0; set with the plan */
    bool is_single;                          /* it has at most one row: see ar_query_is_single */
    bool has_key;                            /* the conditions of the parent fix the key of the relation: */
    struct ar_value key[AR_KEY_COLUMNS_MAX]; /* … this one */
    bool takes_all;                          /* the level above is a whole table, and each row has an owner there */
    bool is_all;                             /* its rows are a whole table */
    struct row_collector rows;               /* of the root */
    struct loading loading;                  /* of any other node, once it is started */
    bool is_started;
};

struct tree {
    struct store *store;
    struct link *link;
    struct node *nodes; /* breadth first */
    size_t node_count;
    size_t level_count;
    size_t trip_count;            /* set with the plan */
    uint64_t at_most;             /* rows of the root */
    struct statement *statements; /* of the next round trip */
    struct outcome *outcomes;
    size_t statement_count;
    uint64_t row_count; /* of all statements so far */
    bool has_snapshot;  /* the tree's own transaction; otherwise it joins the open one, or the session's snapshot */
};

/* List the query and its sub-queries. */
enum ar_status ar_tree_list(struct ar_query *q, uint64_t at_most, struct tree *out);

#endif
