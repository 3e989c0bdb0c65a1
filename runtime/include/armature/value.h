/* An SQL value, bound to a statement or read from a row. */
#ifndef ARMATURE_VALUE_H
#define ARMATURE_VALUE_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <time.h>

enum ar_value_kind {
    AR_VALUE_NULL,
    AR_VALUE_INTEGER,
    AR_VALUE_REAL,
    AR_VALUE_TEXT, /* UTF-8, followed by a zero byte that `bytes.size` does not count */
    AR_VALUE_BLOB,
    AR_VALUE_TIME,         /* seconds and nanoseconds since 1970-01-01 00:00 UTC */
    AR_VALUE_OUT_OF_RANGE, /* a number or time that its C type or an SQL integer cannot hold; refused when used */
    AR_VALUE_OTHER         /* a value of an SQL type without a C counterpart, `bytes` as received; refused when used */
};

struct ar_bytes {
    const void *data; /* not owned: valid as long as its source */
    size_t size;
};

struct ar_instant {
    int64_t seconds;
    int32_t nanoseconds;
};

struct ar_value {
    enum ar_value_kind kind;
    union {
        int64_t integer;
        double real;
        struct ar_bytes bytes;
        struct ar_instant time;
    };
};

static inline struct ar_value ar_value_null(void)
{
    struct ar_value value;
    memset(&value, 0, sizeof value);
    return value;
}

static inline struct ar_value ar_value_integer(int64_t integer)
{
    struct ar_value value = ar_value_null();
    value.kind = AR_VALUE_INTEGER;
    value.integer = integer;
    return value;
}

static inline struct ar_value ar_value_unsigned(uint64_t number)
{
    struct ar_value value = ar_value_integer((int64_t)number);
    if (number > (uint64_t)INT64_MAX)
        value.kind = AR_VALUE_OUT_OF_RANGE;
    return value;
}

static inline struct ar_value ar_value_real(double real)
{
    struct ar_value value = ar_value_null();
    value.kind = AR_VALUE_REAL;
    value.real = real;
    return value;
}

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

/* A NULL `text` is SQL NULL. */
static inline struct ar_value ar_value_text(const char *text)
{
    return ar_value_bytes(AR_VALUE_TEXT, text, text != NULL ? strlen(text) : 0);
}

static inline struct ar_value ar_value_uuid(const uint8_t uuid[16])
{
    return ar_value_bytes(AR_VALUE_BLOB, uuid, 16);
}

static inline struct ar_value ar_value_timespec(struct timespec time)
{
    struct ar_value value = ar_value_null();
    value.kind = AR_VALUE_TIME;
    value.time.seconds = (int64_t)time.tv_sec;
    value.time.nanoseconds = (int32_t)time.tv_nsec;
    return value;
}

static inline struct ar_value ar_value_time(time_t time)
{
    struct timespec timespec;
    timespec.tv_sec = time;
    timespec.tv_nsec = 0;
    return ar_value_timespec(timespec);
}

#endif
