/* Tables, a join table and a view in schemas of PostgreSQL, and a table without one. */
#include <armature/annotations.h>
#include <stdint.h>

struct mark {
    int64_t id AR_PRIMARY_KEY;
    const char *name AR_UNIQUE;
} AR_TABLE(marks);

struct bill {
    int64_t id AR_PRIMARY_KEY;
    int64_t number AR_UNIQUE;
} AR_TABLE(sales.bills)
  AR_HAS_MANY(lines, bill_id, bill, .target = line)
  AR_MANY_TO_MANY(marks, sales.bill_marks, bill_id, mark_id);

struct line {
    int64_t bill_id AR_PRIMARY_KEY;
    int32_t position AR_PRIMARY_KEY;
    int64_t mark_id;
} AR_TABLE(sales.Lines)
  AR_BELONGS_TO(bill, bill_id, lines)
  AR_BELONGS_TO(mark, mark_id);

struct bill_total {
    int64_t bill_id AR_PRIMARY_KEY;
    int64_t line_count;
} AR_VIEW(reports.bill_totals, "SELECT bill_id, count(*) AS line_count FROM \"Lines\" GROUP BY bill_id",
          .postgresql = "SELECT bill_id, count(*) AS line_count FROM sales.\"Lines\" GROUP BY bill_id")
  AR_BELONGS_TO(bill, bill_id);
