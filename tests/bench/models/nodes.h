/* A tree of 10,000 nodes, each with up to ten children, on both databases. */
#ifndef BENCH_NODES_H
#define BENCH_NODES_H

#include <armature/annotations.h>
#include <stdint.h>

/* clang-format off */

enum { NODE_COUNT = 10000 };

struct node {
    int64_t     id AR_PRIMARY_KEY;
    int64_t     parent_id AR_NULLABLE;
    const char *name;
    const char *note;
    int64_t     size;
} AR_TABLE(nodes)
  AR_BELONGS_TO(parent, parent_id, children, .target = node)
  AR_HAS_MANY(children, parent_id, parent, .target = node);

/* Creates the rows on either database, after the table. */
#define NODES_FILL                                                                                                     \
    "INSERT INTO nodes (id, parent_id, name, note, size)"                                                              \
    " WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000)"                                 \
    " SELECT i, CASE WHEN i > 1 THEN (i - 2) / 10 + 1 END, 'node ' || i,"                                              \
    " 'a note of some length about node ' || i, i * 7 FROM n;"                                                         \
    " CREATE INDEX nodes_by_parent ON nodes (parent_id)"

/* clang-format on */

#endif
