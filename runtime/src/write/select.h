/* Selects rows that are found or written. */
#ifndef AR_WRITE_SELECT_H
#define AR_WRITE_SELECT_H

#include "driver/driver.h"
#include "write/write_plan.h"

/* Select the row with this key, model->key_count values, and call on_row for it. */
enum ar_status ar_write_select(struct link *link, const struct ar_model *model, const struct ar_value *key,
                               enum ar_reason reason, enum ar_status (*on_row)(void *payload, const struct row *row),
                               void *payload);

/* Read the row of the copy's key into the identity map, and set `known` to its record. If there is no row, set *exists
 * to false and leave `known` as it is. */
enum ar_status ar_write_load_known(struct write *write, bool *exists);

/* Return AR_NOT_FOUND with a message that names table and key, model->key_count values. */
enum ar_status ar_write_not_found(struct failure *failure, const struct ar_model *model, const struct ar_value *key);

#endif
