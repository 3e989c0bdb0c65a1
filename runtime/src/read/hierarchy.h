/* Following a relation of a model to itself in one statement: down a has_many, or up a belongs_to.
 *
 * The statement is a recursive CTE (hierarchy_sql.c), which ends even if the data has a cycle. Down, each row has one
 * parent, so that a cycle can only be reached through a start: the recursion does not go on from the starts, whose
 * children it begins with, and every other row is reached once. Up, the CTE has keys only, and each once (UNION).
 *
 * Each row becomes a record of the identity map and a node, found by its key: the columns to which the foreign keys
 * refer (hierarchy.c). When all rows were read, the nodes are linked and put in order, level by level, and cycles are
 * found (hierarchy_order.c). Then the lists are entered into the cache of the relation, and what the identity map does
 * not find into that of the belongs_to (hierarchy_remember.c). */
#ifndef AR_HIERARCHY_INTERNAL_H
#define AR_HIERARCHY_INTERNAL_H

#include "read/loading.h"

/* A start or a row. */
struct hierarchy_node {
    struct stored_key key; /* must be first */
    struct stored_key up;  /* its foreign key, if `has_up` */
    bool has_up;
    bool is_start;
    bool is_loaded;              /* a row was read: `record` belongs to the session */
    bool is_ordered;             /* it is in the order */
    size_t walk;                 /* the last walk that passed it */
    size_t depth;                /* below the nearest start, or above it */
    const void *record;          /* the struct of a start, or the record of a row */
    void *known;                 /* the session's record; NULL if a start has none */
    struct hierarchy_node *next; /* in the order of the rows */
    struct hierarchy_node *first_child, *last_child, *next_sibling;
    size_t first, count; /* of its children in the order */
};

struct hierarchy {
    struct loading loading; /* its keys, and what all loads need */
    bool is_up;
    size_t depth;                   /* number of levels; SIZE_MAX: all */
    struct key_columns key, up;     /* of a node, and its foreign key */
    struct result *result;          /* of all rows */
    struct key_table nodes;         /* by key */
    struct hierarchy_node **starts; /* start_count of them */
    size_t start_count;
    struct hierarchy_node *first_row, *last_row;
    size_t row_count;
    void **order; /* the rows, level by level; or from the first start up */
    size_t order_count;
};

/* A limited path with more levels is read to its end, and cut. */
enum { AR_PATH_LEVELS_MAX = 1000 };

/* Return the key of a node. */
static inline struct key ar_hierarchy_key(const struct hierarchy *hierarchy, const struct stored_key *stored)
{
    return ar_key_of_stored(stored, ar_key_is_integer(hierarchy->key));
}

/* Return the node to which the foreign key of another one refers, or NULL. */
static inline struct hierarchy_node *ar_hierarchy_above(const struct hierarchy *hierarchy,
                                                        const struct hierarchy_node *node)
{
    struct key key;

    if (!node->has_up)
        return NULL;
    key = ar_hierarchy_key(hierarchy, &node->up);
    return ar_key_table_find(&hierarchy->nodes, &key);
}

/* Build the statement for the collected keys. */
struct sql ar_hierarchy_sql(const struct hierarchy *hierarchy);

/* Put the rows in order. AR_INVALID if there is a cycle. */
enum ar_status ar_hierarchy_order(struct hierarchy *hierarchy);

/* Remember the relation of all starts and rows. */
enum ar_status ar_hierarchy_remember(struct hierarchy *hierarchy);

#endif
