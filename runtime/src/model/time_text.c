/* Times in the form of AR_STORED_AS. */
#include "model/time_text.h"

size_t ar_time_text(const struct ar_instant *time, const struct ar_column *column, char out[AR_TIMESTAMP_SIZE])
{
    enum { DATE_LENGTH = 10 };
    bool is_midnight = time->seconds % 86400 == 0 && time->nanoseconds == 0;
    size_t length;

    if ((column->flags & AR_COLUMN_TIME_ISO) != 0)
        return ar_timestamp_format_iso(time, column->scale, out);
    length = ar_timestamp_format(time, out);
    return length > 0 && is_midnight && (column->flags & AR_COLUMN_TIME_DATE) != 0 ? DATE_LENGTH : length;
}
