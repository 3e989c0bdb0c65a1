/* Pages: the rows of a query after or before a record, in the query's order.
 *
 * The position of a record consists of its values in the columns that the query sorts by, of which the primary key is
 * always the last: no other row has the same position, and a page needs no OFFSET. ar_query_after and ar_query_before
 * copy all values of the record, because an order may be added later.
 *
 * Rows after a position are those whose sort keys are lexicographically beyond it. If all keys are sorted in one
 * direction, that is a comparison of row values, `(a, b) > (?, ?)`, which both databases search in an index on a and b.
 * Otherwise consecutive keys of one direction form a group, and the groups are nested:
 *
 *     a <= ? AND (a < ? OR (b > ?))           for ORDER BY a DESC, b
 *
 * The first comparison is implied by the rest. It is there for the index on a. NULL is the smallest value, but compares
 * with nothing: in ascending order, it precedes everything, so that a comparison is right to leave it out; in
 * descending order it must be added, and a key that is NULL in the position itself is tested by IS NULL.
 *
 * The value of a key that leads to related rows is not in the record. The statement finds it, for the row as for the
 * position: the same sub-select follows the relation from a table with one row, the values of the record:
 *
 *     (SELECT u.name FROM users u WHERE u.id = posts.user_id) > (SELECT (SELECT u.name FROM users u WHERE
 *         u.id = t.user_id) FROM (SELECT ? AS user_id UNION ALL SELECT user_id FROM posts WHERE FALSE) t)
 *
 * A field may hold less than its column, for example a time_t whose column has fractions of a second. Then the position
 * is that of the record's row, which a sub-select reads, unless the row is gone or has another value. */
#ifndef AR_PAGE_H
#define AR_PAGE_H

#include "read/query.h"
#include "sql/builder.h"

/* Copy the values of a record's columns; one that the store knows not to be loaded is AR_VALUE_OTHER. Strings are
 * copied to `text`. Return NULL if out of memory. */
const struct ar_value *ar_page_position(struct store *store, const struct ar_model *model, const void *record,
                                        struct arena *objects, struct arena *text);

/* Refuse rows without a key: they have no position. */
enum ar_status ar_page_check_key(const struct ar_query *q, struct failure *failure);

/* Add the condition of the page after `intro`, if the query is one. The statement fails with AR_INVALID if no row can
 * have one of the values by which the query sorts. */
void ar_sql_add_page(struct sql *sql, const char *intro, const struct ar_query *q);

#endif
