/* Writes of records that have parents with counters or times (parents.h): the write and the updates of the parents, in
 * one transaction. */
#ifndef AR_COUNTED_H
#define AR_COUNTED_H

#include "write/write_plan.h"

struct statement;

/* Run an insert, as ar_write_run_insert does. */
typedef enum ar_status counted_insert(struct write *write, bool or_update, bool is_undone);

/* Run the statement of an update, and fail if it changes no row. */
typedef enum ar_status counted_update(struct write *write, struct statement *statement);

/* Insert the record, with `run`. */
enum ar_status ar_counted_insert(struct write *write, bool or_update, counted_insert *run);

/* Return true if an update changes parents: it moves the record to other parents, or it touches them. */
bool ar_counted_has_update(const struct write *write);

/* Run the statement of an update, with `run`. */
enum ar_status ar_counted_update(struct write *write, struct statement *statement, counted_update *run);

#endif
