/* Conversions of blobs, byte arrays, UUIDs and arrays, for the table of types. */
#ifndef AR_TYPE_BYTES_H
#define AR_TYPE_BYTES_H

#include "model/field_text.h"

#include <armature/model.h>
#include <armature/value.h>
#include <stdbool.h>

/* As in struct type_info. */
struct ar_value ar_type_blob_value(const struct ar_column *column, const void *field);
enum ar_status ar_type_read_blob(const struct field_reader *reader, const struct ar_column *column,
                                 const struct ar_value *value, void *field);
/* Of a blob or array: a pointer, and the size of what it points to. */
bool ar_type_same_sized(const struct ar_column *column, const void *a, const void *b);
bool ar_type_equal_blobs(const struct ar_column *column, const void *a, const void *b);
enum ar_status ar_type_own_blob(const struct ar_column *column, struct arena *text, struct failure *failure,
                                void *field);
struct ar_value ar_type_bytes_value(const struct ar_column *column, const void *field);
enum ar_status ar_type_read_bytes(const struct field_reader *reader, const struct ar_column *column,
                                  const struct ar_value *value, void *field);
enum ar_status ar_type_read_uuid(const struct field_reader *reader, const struct ar_column *column,
                                 const struct ar_value *value, void *field);
enum ar_status ar_type_read_uuid_text(const struct field_reader *reader, const struct ar_column *column,
                                      const struct ar_value *value, void *field);
struct ar_value ar_type_array_value(const struct ar_column *column, const void *field);
enum ar_status ar_type_read_array(const struct field_reader *reader, const struct ar_column *column,
                                  const struct ar_value *value, void *field);
bool ar_type_equal_arrays(const struct ar_column *column, const void *a, const void *b);
enum ar_status ar_type_own_array(const struct ar_column *column, struct arena *text, struct failure *failure,
                                 void *field);

#endif
