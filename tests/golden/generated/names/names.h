/* S-16: names that are keywords of C, C++ or SQL, or not identifiers; and names that generated functions use
 * for their own parameters. */
#ifndef NAMES_H
#define NAMES_H

#include <armature/annotations.h>
#include <stdint.h>

/* Several enums for which the same functions would be generated. */
enum value_state { VALUE_NEW, VALUE_OLD };
typedef enum { VALUE_SMALL, VALUE_LARGE } value_state_t;
typedef enum { VALUE_ODD, VALUE_EVEN } vt;

struct order {
    int64_t id AR_PRIMARY_KEY;
    int64_t group;
    const char *select AR_COLUMN("Unit Price");
    const char *by AR_COLUMN("say \"when\" ?" "?/");
} AR_TABLE(order)
  AR_BELONGS_TO(group, group, orders)
  AR_HAS_MANY(details, order_id, order, .target = "Order Details");

struct group {
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE(group, .prefix = default)
  AR_HAS_MANY(orders, group, group, .target = order);

struct order_detail {
    int64_t s AR_PRIMARY_KEY;
    int64_t out AR_PRIMARY_KEY;
    int64_t order_id AR_COLUMN(OrderId);
} AR_TABLE("Order Details")
  AR_BELONGS_TO(order, order_id, details);

struct record {
    const char *key AR_PRIMARY_KEY;
} AR_TABLE("a */ comment", .prefix = q);

/* Reserved only in PostgreSQL. */
struct reserved {
    int32_t collation AR_PRIMARY_KEY;
    int32_t binary;
    int32_t concurrently;
    int32_t current_schema;
    int32_t freeze;
    int32_t ilike;
    int32_t overlaps;
    int32_t tablesample;
    int32_t verbose;
} AR_TABLE(authorization)
  AR_BELONGS_TO(end, binary);

struct end {
    int32_t user AR_PRIMARY_KEY;
    int32_t CamelCase;
} AR_TABLE(end);

/* Parameters of functions for aggregates, trees and unions. */
struct measure {
    int64_t id AR_PRIMARY_KEY;
    int64_t depth_id AR_NULLABLE;
    const char *about_type;
    int64_t about_id AR_NULLABLE;
} AR_TABLE(measures)
  AR_BELONGS_TO(depth, depth_id, measures)
  AR_BELONGS_TO_ANY(about, about_type, about_id, measure, depth)
  AR_HAS_MANY(others, about, .target = measure)
  AR_MANY_TO_MANY(deep, "2nd_links", measure_id, depth_id, .target = depth)
  AR_MANY_TO_MANY(deeper, "third links", measure_id, depth_id, .target = depth);

struct depth {
    int64_t id AR_PRIMARY_KEY;
    int64_t up AR_NULLABLE;
} AR_TABLE(depths)
  AR_BELONGS_TO(parent, up, children, .target = depth)
  AR_HAS_MANY(children, up, parent, .target = depth)
  AR_HAS_MANY(measures, depth_id, depth);

struct a_model_whose_name_is_so_long_that_no_dashes_fit_after_it {
    int64_t id AR_PRIMARY_KEY;
    const char *text AR_COLUMN("äöüäöüäöüäöüäöüäöüäöüäöüäöü") AR_UNIQUE;
    const char *cut_within_a_character AR_COLUMN("xäöüäöüäöüäöüäöüäöüäöüäöüäöü") AR_UNIQUE;
} AR_TABLE(a_table_whose_name_is_so_long_that_no_dashes_fit_after_it);

struct value {
    int64_t id AR_PRIMARY_KEY;
    enum value_state of_tag;
    value_state_t of_typedef;
    enum { VALUE_LOW, VALUE_HIGH } state;
    enum value_state again;
    vt parity;
    const char *about_type;
    int64_t about_id AR_NULLABLE;
} AR_TABLE(values)
  AR_BELONGS_TO_ANY(about, about_type, about_id, measure, depth);

#endif
