/* The diagram of models: nodes for tables and views, edges for foreign keys and join tables.
 *
 * `armature graph` and the report draw it. It has no coordinates, which layout.h computes; svg.h, dot.h, mermaid.h and
 * graph_json.h write it. Everything is in an arena; strings that are absent are NULL. */
#ifndef ARMATURE_PLUGIN_GRAPH_H
#define ARMATURE_PLUGIN_GRAPH_H

#include "model.h"
#include "schema/schema.h"

enum graph_columns { GRAPH_COLUMNS_ALL, GRAPH_COLUMNS_KEYS, GRAPH_COLUMNS_NONE };

struct graph_column {
    const char *name;           /* in the database */
    const char *type;           /* in C */
    struct schema_names values; /* the labels of an enum */
    bool is_key;
    bool is_foreign_key;
    bool is_unique;
    bool is_nullable;
};

/* A relation that follows others: it has no foreign key, so it is a line of its owner and not an edge. */
struct graph_path {
    const char *name;
    const char *target;        /* the name of the node */
    struct schema_names steps; /* the relations that it follows */
    bool is_list;
};

enum graph_node_kind {
    GRAPH_TABLE,
    GRAPH_VIEW,
    GRAPH_JOIN /* a join table of AR_MANY_TO_MANY, which has no struct */
};

struct graph_node {
    enum graph_node_kind kind;
    const char *name;  /* of the model; of a join table, its own */
    const char *table; /* with its schema */
    const char *link;  /* the URL of the struct, or of the relation with the join table: "tracker.h#L20" */
    struct graph_column *columns;
    size_t column_count;
    struct graph_path *paths;
    size_t path_count;
    const struct model *model;
};

enum graph_cardinality { GRAPH_ZERO_OR_ONE, GRAPH_ONE, GRAPH_ZERO_OR_MORE };

/* Where an edge is attached to a node. */
struct graph_end {
    size_t node;
    struct schema_names columns;        /* of the foreign key, or of the key that it refers to */
    enum graph_cardinality cardinality; /* how many rows of this node belong to one of the other */
    struct schema_names relations;      /* that lead to this end, of the model at the other end */
};

enum graph_edge_kind {
    GRAPH_REFERENCE, /* a foreign key */
    GRAPH_ANY,       /* one of AR_BELONGS_TO_ANY, which the database does not enforce */
    GRAPH_ONE_OF     /* one of AR_BELONGS_TO_ONE_OF */
};

struct graph_edge {
    enum graph_edge_kind kind;
    struct graph_end holder; /* of the foreign key */
    struct graph_end referred;
    const struct relation *relation; /* the first one over it */
    const char *union_name;          /* of the kinds GRAPH_ANY and GRAPH_ONE_OF */
    const char *missing_index;       /* what no index begins with: "comments (author_id)"; NULL: none is missing */
};

struct graph {
    struct graph_node *nodes;
    size_t node_count;
    struct graph_edge *edges;
    size_t edge_count;
};

/* How a graph is made. */
struct graph_options {
    enum graph_columns columns;
    const struct schema *schema; /* whose indexes count: of the models, or of a database */
    const char *directory;       /* links are relative to it; NULL: to the current one, as the headers were given */
};

/* Return the graph of the models, on which model_plan was called. */
struct graph *graph_of_models(const struct model_set *set, const struct graph_options *options);

/* Return the node of the model or table with this name, or SIZE_MAX. */
size_t graph_find(const struct graph *graph, const char *name);

/* Return the part of the graph that is at most `hops` edges away from one of the nodes. */
struct graph *graph_around(struct arena *arena, const struct graph *graph, const size_t *nodes, const size_t *hops,
                           size_t count);

/* Return the names, separated by commas; NULL if there are none. */
const char *graph_join(struct arena *arena, const struct schema_names *names);

/* Return "zero or one", "one" or "zero or more". */
const char *graph_cardinality_name(enum graph_cardinality cardinality);

#endif
