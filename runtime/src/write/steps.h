/* The steps that several kinds of writes share. */
#ifndef AR_WRITE_STEPS_H
#define AR_WRITE_STEPS_H

#include "driver/driver.h"
#include "write/write_plan.h"

#include <time.h>

/* Return AR_INVALID: this column of the key is not set. */
enum ar_status ar_write_fail_unset_key(const struct write *write, const struct ar_column *column);

/* Return AR_INVALID if the record has no key. */
enum ar_status ar_write_check_key(const struct write *write);

/* Return AR_MISUSE if nothing can be written, and AR_INVALID if the record has no key. */
enum ar_status ar_write_check_existing(const struct write *write);

/* Set a time of the copy. It always fits into its field. */
void ar_write_set_time(const struct write *write, const struct ar_column *column, struct timespec now);

/* Set AR_UPDATED_AT of the copy, and AR_CREATED_AT for an insert. */
void ar_write_set_timestamps(const struct write *write, bool is_insert);

/* Increment the version of the copy. */
void ar_write_count_version(const struct write *write);

/* Run the statement. If the database refuses it, `explain` describes the refusal. */
enum ar_status ar_write_run(struct write *write, struct statement *statement, struct outcome *outcome,
                            void (*explain)(struct write *write));

/* Read the columns of the row for which `returns` is true into the copy. */
enum ar_status ar_write_read_columns(struct write *write, const struct row *row,
                                     bool (*returns)(const struct write *write, const struct ar_column *column));

/* Return AR_NOT_FOUND for the copy's key. */
enum ar_status ar_write_fail_not_found(const struct write *write);

/* Report why no row was written: it no longer exists, or its version differs. `version` is NULL if it was not compared.
 */
enum ar_status ar_write_explain_no_row(struct write *write, const struct ar_column *version);

#endif
