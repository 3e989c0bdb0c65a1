/* Conversions of times, dates and times of day, for the table of types. */
#ifndef AR_TYPE_TIME_H
#define AR_TYPE_TIME_H

#include "model/field_text.h"

#include <armature/model.h>
#include <armature/value.h>
#include <stdbool.h>

/* As in struct type_info. */
struct ar_value ar_type_time_value(const struct ar_column *column, const void *field);
struct ar_value ar_type_timespec_value(const struct ar_column *column, const void *field);
enum ar_status ar_type_read_time(const struct field_reader *reader, const struct ar_column *column,
                                 const struct ar_value *value, void *field);
enum ar_status ar_type_read_timespec(const struct field_reader *reader, const struct ar_column *column,
                                     const struct ar_value *value, void *field);
struct ar_value ar_type_date_value(const struct ar_column *column, const void *field);
enum ar_status ar_type_read_date(const struct field_reader *reader, const struct ar_column *column,
                                 const struct ar_value *value, void *field);
struct ar_value ar_type_time_of_day_value(const struct ar_column *column, const void *field);
enum ar_status ar_type_read_time_of_day(const struct field_reader *reader, const struct ar_column *column,
                                        const struct ar_value *value, void *field);
bool ar_type_equal_times_of_day(const struct ar_column *column, const void *a, const void *b);
enum ar_status ar_type_own_time_of_day(const struct ar_column *column, struct arena *text, struct failure *failure,
                                       void *field);

#endif
