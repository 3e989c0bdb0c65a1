/** @file
 * An SQL value, bound to a statement or read from a row. */
#ifndef ARMATURE_VALUE_H
#define ARMATURE_VALUE_H

#include <armature/annotations.h>

#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <time.h>

/** The kind of a value. */
enum ar_value_kind {
    AR_VALUE_NULL,         /**< SQL NULL; no member applies */
    AR_VALUE_INTEGER,      /**< `integer`, also for bool and enums */
    AR_VALUE_REAL,         /**< `real` */
    AR_VALUE_TEXT,         /**< `bytes`: UTF-8, followed by a zero byte that `bytes.size` does not count */
    AR_VALUE_BLOB,         /**< `bytes`, also for UUIDs */
    AR_VALUE_ARRAY,        /**< `bytes`: the items of a struct ar_int64s or ar_texts, whose number is `size` */
    AR_VALUE_TIME,         /**< `time` */
    AR_VALUE_DATE,         /**< `date` */
    AR_VALUE_TIME_OF_DAY,  /**< `time_of_day` */
    AR_VALUE_DECIMAL,      /**< `bytes`: a numeric as PostgreSQL sends it; aggregates convert it */
    AR_VALUE_OUT_OF_RANGE, /**< a number or time that its C type or an SQL integer cannot hold; refused when used */
    AR_VALUE_OTHER /**< a value of an SQL type without a C counterpart: `bytes` as received; refused when used */
};

/** A string or blob. */
struct ar_bytes {
    const void *data; /**< not owned: valid as long as its source */
    size_t size;      /**< in bytes */
};

/** A point in time, since 1970-01-01 00:00 UTC. */
struct ar_instant {
    int64_t seconds;     /**< negative before 1970 */
    int32_t nanoseconds; /**< 0 to 999999999, added to `seconds` */
};

/** An SQL value: one kind, and the member that belongs to it. */
struct ar_value {
    enum ar_value_kind kind; /**< selects the member */
    union {
        int64_t integer;
        double real;
        struct ar_bytes bytes;
        struct ar_instant time;
        struct ar_date date;
        struct ar_time_of_day time_of_day;
    };
};

/** Return SQL NULL. */
static inline struct ar_value ar_value_null(void)
{
    struct ar_value value;
    memset(&value, 0, sizeof value);
    return value;
}

/** Return an integer. */
static inline struct ar_value ar_value_integer(int64_t integer)
{
    struct ar_value value = ar_value_null();
    value.kind = AR_VALUE_INTEGER;
    value.integer = integer;
    return value;
}

/** Return an integer; AR_VALUE_OUT_OF_RANGE above INT64_MAX, the largest SQL integer. */
static inline struct ar_value ar_value_unsigned(uint64_t number)
{
    struct ar_value value = ar_value_integer((int64_t)number);
    if (number > (uint64_t)INT64_MAX)
        value.kind = AR_VALUE_OUT_OF_RANGE;
    return value;
}

/** Return a floating-point number. */
static inline struct ar_value ar_value_real(double real)
{
    struct ar_value value = ar_value_null();
    value.kind = AR_VALUE_REAL;
    value.real = real;
    return value;
}

/** Return a string or blob; SQL NULL if `data` is NULL.
 *
 * @param kind  AR_VALUE_TEXT or AR_VALUE_BLOB
 * @param data  referenced, not copied
 * @param size  in bytes */
static inline struct ar_value ar_value_bytes(enum ar_value_kind kind, const void *data, size_t size)
{
    struct ar_value value = ar_value_null();
    if (data != NULL) {
        value.kind = kind;
        value.bytes.data = data;
        value.bytes.size = size;
    }
    return value;
}

/** Return a terminated string, which is referenced, not copied; SQL NULL if `text` is NULL. */
static inline struct ar_value ar_value_text(const char *text)
{
    return ar_value_bytes(AR_VALUE_TEXT, text, text != NULL ? strlen(text) : 0);
}

/** Return `size` bytes, which are referenced, not copied; SQL NULL if `bytes` is NULL. */
static inline struct ar_value ar_value_fixed(const uint8_t *bytes, size_t size)
{
    return ar_value_bytes(AR_VALUE_BLOB, bytes, size);
}

/** Return a UUID of 16 bytes, which are referenced, not copied; SQL NULL if `uuid` is NULL. */
static inline struct ar_value ar_value_uuid(const uint8_t uuid[16])
{
    return ar_value_bytes(AR_VALUE_BLOB, uuid, 16);
}

/** Return a time with nanoseconds. */
static inline struct ar_value ar_value_timespec(struct timespec time)
{
    struct ar_value value = ar_value_null();
    value.kind = AR_VALUE_TIME;
    value.time.seconds = (int64_t)time.tv_sec;
    value.time.nanoseconds = (int32_t)time.tv_nsec;
    return value;
}

/** Return a date. One that does not exist, such as 30 February, is refused when it is used. */
static inline struct ar_value ar_value_date(struct ar_date date)
{
    struct ar_value value = ar_value_null();
    value.kind = AR_VALUE_DATE;
    value.date = date;
    return value;
}

/** Return a time of day. One that does not exist, such as 24:00, is refused when it is used. */
static inline struct ar_value ar_value_time_of_day(struct ar_time_of_day time)
{
    struct ar_value value = ar_value_null();
    value.kind = AR_VALUE_TIME_OF_DAY;
    value.time_of_day = time;
    return value;
}

/** Return a time in whole seconds. */
static inline struct ar_value ar_value_time(time_t time)
{
    struct timespec timespec;
    timespec.tv_sec = time;
    timespec.tv_nsec = 0;
    return ar_value_timespec(timespec);
}

#endif
