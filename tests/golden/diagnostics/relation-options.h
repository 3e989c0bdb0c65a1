/* Each option at each attribute that does not have it. */
#ifndef RELATION_OPTIONS_H
#define RELATION_OPTIONS_H

#include <armature/annotations.h>
#include <stdint.h>

struct node {
    int64_t id AR_PRIMARY_KEY;
    int64_t key AR_NULLABLE;
    int64_t other_key AR_NULLABLE;
    int64_t count;
    const char *type;
} AR_TABLE(nodes)
  AR_BELONGS_TO(node, key)
  AR_BELONGS_TO(other, other_key, .target = node)
  AR_HAS_MANY(nodes, key, .target = node)
  AR_BELONGS_TO(r1, key, .target = node, .order = "id")
  AR_BELONGS_TO(r2, key, .target = node, .dependent = delete)
  AR_BELONGS_TO(r3, key, .target = node, .distinct = true)
  AR_BELONGS_TO(r4, key, .target = node, .inverse = node)
  AR_BELONGS_TO(r5, key, .target = node, .types = (node = "n"))
  AR_BELONGS_TO(r6, key, .target = node, .typ = 1)
  AR_HAS_MANY(r7, key, .target = node, .on_delete = cascade)
  AR_HAS_MANY(r8, key, .target = node, .touch = true)
  AR_HAS_MANY(r9, key, .target = node, .counter = count)
  AR_HAS_MANY(r10, key, .target = node, .distinct = true)
  AR_HAS_MANY(r11, key, .target = node, .inverse = node)
  AR_HAS_MANY(r12, key, .target = node, .types = (node = "n"))
  AR_HAS_MANY(r13, key, .target = node, .typ = 1)
  AR_HAS_ONE(r14, key, .target = node, .on_delete = cascade)
  AR_HAS_ONE(r15, key, .target = node, .touch = true)
  AR_HAS_ONE(r16, key, .target = node, .counter = count)
  AR_HAS_ONE(r17, key, .target = node, .distinct = true)
  AR_HAS_ONE(r18, key, .target = node, .inverse = node)
  AR_HAS_ONE(r19, key, .target = node, .types = (node = "n"))
  AR_HAS_ONE(r20, key, .target = node, .typ = 1)
  AR_HAS_MANY_THROUGH(r21, nodes, nodes, .target = node)
  AR_HAS_MANY_THROUGH(r22, nodes, nodes, .references = id)
  AR_HAS_MANY_THROUGH(r23, nodes, nodes, .dependent = delete)
  AR_HAS_MANY_THROUGH(r24, nodes, nodes, .on_delete = cascade)
  AR_HAS_MANY_THROUGH(r25, nodes, nodes, .touch = true)
  AR_HAS_MANY_THROUGH(r26, nodes, nodes, .counter = count)
  AR_HAS_MANY_THROUGH(r27, nodes, nodes, .types = (node = "n"))
  AR_HAS_MANY_THROUGH(r28, nodes, nodes, .typ = 1)
  AR_HAS_ONE_THROUGH(r29, node, node, .target = node)
  AR_HAS_ONE_THROUGH(r30, node, node, .references = id)
  AR_HAS_ONE_THROUGH(r31, node, node, .dependent = delete)
  AR_HAS_ONE_THROUGH(r32, node, node, .on_delete = cascade)
  AR_HAS_ONE_THROUGH(r33, node, node, .touch = true)
  AR_HAS_ONE_THROUGH(r34, node, node, .counter = count)
  AR_HAS_ONE_THROUGH(r35, node, node, .distinct = true)
  AR_HAS_ONE_THROUGH(r36, node, node, .types = (node = "n"))
  AR_HAS_ONE_THROUGH(r37, node, node, .typ = 1)
  AR_MANY_TO_MANY(r38, links, a_id, b_id, .target = node, .references = id)
  AR_MANY_TO_MANY(r39, links, a_id, b_id, .target = node, .dependent = delete)
  AR_MANY_TO_MANY(r40, links, a_id, b_id, .target = node, .on_delete = cascade)
  AR_MANY_TO_MANY(r41, links, a_id, b_id, .target = node, .touch = true)
  AR_MANY_TO_MANY(r42, links, a_id, b_id, .target = node, .counter = count)
  AR_MANY_TO_MANY(r43, links, a_id, b_id, .target = node, .distinct = true)
  AR_MANY_TO_MANY(r44, links, a_id, b_id, .target = node, .inverse = node)
  AR_MANY_TO_MANY(r45, links, a_id, b_id, .target = node, .types = (node = "n"))
  AR_MANY_TO_MANY(r46, links, a_id, b_id, .target = node, .typ = 1)
  AR_BELONGS_TO_ANY(r47, type, key, node, .target = node)
  AR_BELONGS_TO_ANY(r48, type, key, node, .references = id)
  AR_BELONGS_TO_ANY(r49, type, key, node, .where = "id = 1")
  AR_BELONGS_TO_ANY(r50, type, key, node, .order = "id")
  AR_BELONGS_TO_ANY(r51, type, key, node, .dependent = delete)
  AR_BELONGS_TO_ANY(r52, type, key, node, .on_delete = cascade)
  AR_BELONGS_TO_ANY(r53, type, key, node, .touch = true)
  AR_BELONGS_TO_ANY(r54, type, key, node, .counter = count)
  AR_BELONGS_TO_ANY(r55, type, key, node, .distinct = true)
  AR_BELONGS_TO_ANY(r56, type, key, node, .inverse = node)
  AR_BELONGS_TO_ANY(r57, type, key, node, .typ = 1)
  AR_BELONGS_TO_ONE_OF(r58, node, other, .target = node)
  AR_BELONGS_TO_ONE_OF(r59, node, other, .load = one)
  AR_BELONGS_TO_ONE_OF(r71, node, other, .typ = 1);

#endif
