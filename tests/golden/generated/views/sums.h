/* A view with a key, one without, and a table that is only read. */
#include <armature/annotations.h>
#include <stdint.h>

struct item {
    int64_t id      AR_PRIMARY_KEY;
    int64_t list_id;
    int64_t price;
} AR_TABLE(items)
  AR_BELONGS_TO(whole, list_id, items, .target = list_sum);

struct list_sum {
    int64_t list_id AR_PRIMARY_KEY;
    int64_t total;
} AR_VIEW(list_sums, "SELECT list_id, CAST(sum(price) AS integer) AS total FROM items GROUP BY list_id",
          .postgresql = "SELECT list_id, CAST(sum(price) AS bigint) AS total FROM items GROUP BY list_id")
  AR_HAS_MANY(items, list_id, whole, .target = item)
  AR_HAS_MANY(lines, list_id, whole, .target = line);

struct line {
    int64_t list_id;
    const char *text;
} AR_VIEW("log lines")
  AR_BELONGS_TO(whole, list_id, lines, .target = list_sum);
