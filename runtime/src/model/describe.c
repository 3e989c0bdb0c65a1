/* Values as people read them. */
#include "model/describe.h"

#include "base/calendar.h"
#include "base/text_buffer.h"
#include "base/timestamp.h"
#include "base/utf8.h"

#include <inttypes.h>

static void add_value(struct text_buffer *out, const struct ar_value *value)
{
    char time[AR_TIMESTAMP_SIZE];

    switch (value->kind) {
    case AR_VALUE_NULL:
        ar_text_buffer_add(out, "NULL");
        break;
    case AR_VALUE_ARRAY:
    case AR_VALUE_DECIMAL:
    case AR_VALUE_OUT_OF_RANGE:
    case AR_VALUE_OTHER:
        break;
    case AR_VALUE_INTEGER:
        ar_text_buffer_add(out, "%" PRId64, value->integer);
        break;
    case AR_VALUE_REAL:
        ar_text_buffer_add(out, "%g", value->real);
        break;
    case AR_VALUE_TEXT:
        ar_text_buffer_add(out, "\"%.*s\"", (int)ar_utf8_prefix(value->bytes.data, value->bytes.size, 60),
                           (const char *)value->bytes.data);
        break;
    case AR_VALUE_BLOB:
        for (size_t i = 0; i < value->bytes.size && i < 32; i++)
            ar_text_buffer_add(out, "%02x", ((const unsigned char *)value->bytes.data)[i]);
        break;
    case AR_VALUE_TIME:
        ar_text_buffer_add(out, "%.*s", (int)ar_timestamp_format(&value->time, time), time);
        break;
    case AR_VALUE_DATE:
        ar_text_buffer_add(out, "%.*s", (int)ar_date_format(value->date, time), time);
        break;
    case AR_VALUE_TIME_OF_DAY:
        ar_text_buffer_add(out, "%.*s", (int)ar_time_of_day_format(value->time_of_day, time), time);
        break;
    }
}

void ar_describe_values(const struct ar_value *values, size_t count, char *out, size_t size)
{
    struct text_buffer buffer = {out, size, 0};

    out[0] = '\0';
    for (size_t i = 0; i < count; i++) {
        ar_text_buffer_add(&buffer, "%s", i > 0 ? ", " : count > 1 ? "(" : "");
        add_value(&buffer, &values[i]);
    }
    ar_text_buffer_add(&buffer, "%s", count > 1 ? ")" : "");
}
