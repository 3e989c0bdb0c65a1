/* Tables in a schema of PostgreSQL, with relations to one that has none. */
#ifndef SHAPES_SCHEMAS_H
#define SHAPES_SCHEMAS_H

#include <armature/annotations.h>
#include <stdint.h>
#include <time.h>

/* clang-format off */

struct client {
    int64_t     id   AR_PRIMARY_KEY;
    const char *name AR_NOT_NULL AR_UNIQUE;
    int64_t     bills_count;
} AR_TABLE(clients)
  AR_HAS_MANY(bills, client_id, client)
  AR_HAS_MANY_THROUGH(lines, bills, lines);

struct bill {
    int64_t     id         AR_PRIMARY_KEY;
    int64_t     client_id  AR_NULLABLE;
    int32_t     number     AR_UNIQUE;
    const char *state      AR_DEFAULT("'open'");
    int32_t     revision   AR_VERSION;
    time_t      deleted_at AR_NULLABLE AR_DELETED_AT;
} AR_TABLE(sales.bills)
  AR_INDEX(bills_by_state, state, number)
  AR_BELONGS_TO(client, client_id, bills, .counter = bills_count)
  AR_HAS_MANY(lines, bill_id, bill, .target = line, .dependent = delete, .order = "position")
  AR_MANY_TO_MANY(marks, sales.bill_marks, bill_id, mark_id, bills);

/* The name needs quotes. */
struct line {
    int64_t bill_id  AR_PRIMARY_KEY;
    int32_t position AR_PRIMARY_KEY;
    int64_t group_id;
    int64_t price    AR_DECIMAL(10, 2);
} AR_TABLE(sales.Lines)
  AR_BELONGS_TO(bill, bill_id, lines)
  AR_BELONGS_TO(group, group_id, lines);

struct group {
    int64_t     id        AR_PRIMARY_KEY;
    int64_t     parent_id AR_NULLABLE;
    const char *name      AR_NOT_NULL;
    const char *kind      AR_DEFAULT("'plain'");
} AR_TABLE(sales.groups)
  AR_BELONGS_TO(parent, parent_id, children, .target = group)
  AR_HAS_MANY(children, parent_id, parent, .target = group)
  AR_HAS_MANY(lines, group_id, group, .target = line);

struct mark {
    int64_t     id   AR_PRIMARY_KEY;
    const char *name AR_NOT_NULL;
} AR_TABLE(marks)
  AR_MANY_TO_MANY(bills, sales.bill_marks, mark_id, bill_id, marks);

struct bill_total {
    int64_t bill_id AR_PRIMARY_KEY;
    int64_t line_count;
} AR_VIEW(reports.bill_totals, "SELECT bill_id, count(*) AS line_count FROM \"Lines\" GROUP BY bill_id",
          .postgresql = "SELECT bill_id, count(*) AS line_count FROM sales.\"Lines\" GROUP BY bill_id")
  AR_BELONGS_TO(bill, bill_id);

struct open_bill {
    int32_t     number;
    const char *name AR_NULLABLE;
} AR_ROW
  AR_SQL(open_bills, (int32_t at_least),
         "SELECT bills.number, clients.name FROM bills LEFT JOIN clients ON clients.id = bills.client_id"
         " WHERE bills.number >= :at_least ORDER BY bills.number",
         .postgresql =
         "SELECT bills.number, clients.name FROM sales.bills LEFT JOIN clients ON clients.id = bills.client_id"
         " WHERE bills.number >= :at_least ORDER BY bills.number",
         .full_scan = "there are few bills");

#endif
