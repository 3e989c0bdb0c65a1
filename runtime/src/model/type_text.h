/* Conversions of strings and of enums stored as strings, for the table of types. */
#ifndef AR_TYPE_TEXT_H
#define AR_TYPE_TEXT_H

#include "model/field_text.h"

#include <armature/model.h>
#include <armature/value.h>
#include <stdbool.h>

/* As in struct type_info. */
struct ar_value ar_type_text_value(const struct ar_column *column, const void *field);
struct ar_value ar_type_chars_value(const struct ar_column *column, const void *field);
enum ar_status ar_type_read_text(const struct field_reader *reader, const struct ar_column *column,
                                 const struct ar_value *value, void *field);
enum ar_status ar_type_read_chars(const struct field_reader *reader, const struct ar_column *column,
                                  const struct ar_value *value, void *field);
bool ar_type_equal_texts(const struct ar_column *column, const void *a, const void *b);
bool ar_type_equal_chars(const struct ar_column *column, const void *a, const void *b);
enum ar_status ar_type_own_text(const struct ar_column *column, struct arena *text, struct failure *failure,
                                void *field);
enum ar_status ar_type_own_chars(const struct ar_column *column, struct arena *text, struct failure *failure,
                                 void *field);
struct ar_value ar_type_enum_value(const struct ar_column *column, const void *field);
enum ar_status ar_type_read_enum(const struct field_reader *reader, const struct ar_column *column,
                                 const struct ar_value *value, void *field);

#endif
