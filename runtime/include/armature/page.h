/** @file
 * Pages: the rows of a query after or before a record, in the query's order. The generated `<model>_after` and
 * `<model>_before` call these functions.
 *
 * A page begins at a record instead of an offset. It costs the same however far the record is from the beginning, if an
 * index has the columns of the order; and it neither repeats nor skips a row when rows before it come or go.
 *
 * @code
 * struct post_query *q = post_query(s);
 * struct post_list page;
 *
 * post_order_by(q, ar_desc(post_column.created_at));
 * post_limit(q, 20);
 * post_after(q, last); // of the page before; NULL for the first page
 * status = post_all(q, &page);
 * @endcode
 *
 * The order may have any columns, in any directions. The primary key is added to it as the last, so that each row has
 * its place. NULL is the smallest value. A page can be combined with conditions, relations, `_query` of a relation,
 * count, update_all and so on; in a sub-query of a _with_, each parent has its page.
 *
 * The place of a record is that of its values at the time of the call, even if its row has changed or is gone since. A
 * caller-owned struct serves as well: it needs the key and the columns of the order. If the query sorts by related
 * rows, it needs the foreign keys that lead to them; their values are read when the query runs. */
#ifndef ARMATURE_PAGE_H
#define ARMATURE_PAGE_H

#include <armature/query.h>

#ifdef __cplusplus
extern "C" {
#endif
#pragma GCC visibility push(default) /* exported */

/** Return only rows after a record. A limit takes the rows next to it.
 *
 * Error when the query runs: AR_INVALID if no column can store a value of the record by which the query sorts.
 *
 * @param q       query
 * @param record  a struct of the query's model; its values are copied. NULL removes the restriction. */
void ar_query_after(struct ar_query *q, const void *record);

/** Return only rows before a record, in the query's order. A limit takes the rows next to it: the last ones before it.
 * Combined with ar_query_after, which restricts the other end, a limit takes the first rows.
 *
 * @param q       query
 * @param record  as for ar_query_after */
void ar_query_before(struct ar_query *q, const void *record);

#pragma GCC visibility pop
#ifdef __cplusplus
}
#endif
#endif
