/* Times in the form of AR_STORED_AS. */
#ifndef AR_TIME_TEXT_H
#define AR_TIME_TEXT_H

#include "base/timestamp.h"

#include <armature/model.h>

/* Write the string that a column with AR_COLUMN_TIME_TEXT stores for this time. Return the length; 0 if its form cannot
 * represent the time. */
size_t ar_time_text(const struct ar_instant *time, const struct ar_column *column, char out[AR_TIMESTAMP_SIZE]);

#endif
